"""Which pieces of a page are the document, and why the others are not."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from wenma.sources.html.menus import menus, named_menu
from wenma.sources.html.page import Element, Page, Piece
from wenma.sources.html.prose import bare, clause_set, repeats

_PROSE = 5  # sentences that make a page one of prose
_MOST = 0.9
_HALF = 0.4  # a copy may lack a little
_LONG = 15  # characters of a line that stands twice only in a copy
_DISCLAIMS = re.compile(
    r"未经.{0,12}(?:授权|许可|同意)|免责声明|版权归|不得转载|转载.{0,8}(?:注明|声明)|本网(?:站|注明|转载)"
    r"|本站|浏览器|JavaScript|客户端|公众号|扫描二维码|您即将(?:离开|访问)|违法和不良信息|凡本网"
    r"|点击(?:查看|下载)|Cookie",
    re.I,
)
_OPENS = re.compile(r".{0,20}[〔\[［（(【](?:19|20)\d\d[〕\]］）)】]\s*第?\s*\d{1,5}\s*号")
_CLOSES = re.compile(
    r"(?:[（(].{0,20}(?:公开|删减|印发).{0,10}[）)]|(?:抄送|主送|公开方式|附件\d{0,2})[:：].*|附件\d{0,2}"
    r"|(?:(?:19|20)\d\d|[一二][〇○零ОO0一二三四五六七八九]{3})\s*年.{1,4}月.{1,4}日|.{2,40}印发)"
)
_UNFOLDS = re.compile(
    r"展开(?:全文|更多|阅读)|(?:阅读|查看|显示|加载)(?:全文|全部|更多|剩余)|点击展开"
)


class Article(NamedTuple):
    """The pieces of a page by what became of them, each a list of places in order."""

    text: list[int]
    left: dict[str, list[int]]  # menu, hidden, facts, copy
    doubtful: list[int]  # of those left: sentences that no menu, copy or notice of the site holds
    unfolded: bool  # whether hidden text was read, as a script of the page would show it


def article(page: Page, facts: set[int]) -> Article:
    """The pieces that are the page's document, whole and once.

    facts   places of pieces that are labels and values of the page's own table of facts
    """
    pieces = page.pieces
    shown, unfolded = _shown(page)
    menu = menus(page) & shown
    open_ = shown - menu - facts
    text = _whole(page, open_)
    text -= (copies := _copies(pieces, sorted(text)))
    known = clause_set(pieces[at].text for at in text)
    beside = [at for at in sorted(open_ - text - copies) if pieces[at].prose]
    copies |= {at for at in beside if repeats([pieces[at].text], known)}
    hidden = sorted(set(range(len(pieces))) - shown)
    left = {
        "facts": facts & shown,
        "hidden": hidden,
        "copy": copies,
        "menu": (shown - facts) - text - copies,
    }
    maybe = [at for at in (*beside, *hidden) if at not in copies and pieces[at].prose]
    return Article(
        sorted(text),
        {kind: sorted(places) for kind, places in left.items()},
        [at for at in maybe if _doubtful(pieces[at], known)],
        unfolded,
    )


def _doubtful(piece: Piece, known: set[str]) -> bool:
    return not _disclaims(piece) and not repeats([piece.text], known)


def _shown(page: Page) -> tuple[set[int], bool]:
    """What the page shows, and what it hides only until a script shows it."""
    pieces = page.pieces
    groups: dict[int, list[int]] = {}
    for at, piece in enumerate(pieces):
        groups.setdefault(piece.hidden, []).append(at)
    shown = set(groups.pop(-1, ()))
    seen = sum(pieces[at].prose for at in shown)
    unfolds = any(len(pieces[at].text) < 30 and _UNFOLDS.search(pieces[at].text) for at in shown)
    known = clause_set(pieces[at].text for at in shown)
    counted = {element: _weight(pieces, places) for element, places in groups.items()}
    unfolded = False
    for element in sorted(groups, key=lambda one: -counted[one]):
        held = [pieces[at].text for at in groups[element]]
        if counted[element] < 2 or named_menu(page.elements[element]) or repeats(held, known):
            continue
        if counted[element] > seen or unfolds:
            shown.update(groups[element])
            known |= clause_set(held)
            seen = max(seen, counted[element])
            unfolded = True
    return shown, unfolded


def _weight(pieces: Sequence[Piece], places: Sequence[int]) -> int:
    return sum(pieces[at].prose for at in places if not _disclaims(pieces[at]))


def _whole(page: Page, open_: set[int]) -> set[int]:
    """From the first sentence of the document to its last, with what belongs to its two ends."""
    pieces = page.pieces
    counted = [
        piece.prose if at in open_ and not _disclaims(piece) else 0
        for at, piece in enumerate(pieces)
    ]
    if sum(counted) < _PROSE:
        return open_
    first, last = _extent(page, [0, *accumulate(counted)])
    order = sorted(open_)
    before = [at for at in order if at < first][:-7:-1]
    after = [at for at in order if at >= last][:6]
    ends = (*_belonging(pieces, before, _OPENS), *_belonging(pieces, after, _CLOSES))
    return {*(at for at in order if first <= at < last), *ends}


def _disclaims(piece: Piece) -> bool:
    """Whether a short block speaks of the site's rights and readers; a long one is of the text."""
    return len(piece.text) < 200 and bool(_DISCLAIMS.search(piece.text))


def _belonging(pieces: Sequence[Piece], near: Sequence[int], form: re.Pattern[str]) -> list[int]:
    """Of the pieces beside the text those up to the farthest that has a form of its own."""
    far = 0
    for count, at in enumerate(near, 1):
        if len(pieces[at].text) > 60 or pieces[at].linked:
            break
        if form.fullmatch(pieces[at].text.strip()):
            far = count
    return list(near[:far])


def _extent(page: Page, summed: Sequence[int]) -> tuple[int, int]:
    """The first piece of the document and the one after its last.

    Down to the innermost element that holds nearly all sentences; then up again, and on each
    way every block beside it that holds sentences of its own is taken in.
    """
    elements = page.elements
    children = _children(elements)

    def inside(at: int) -> int:
        return summed[elements[at].last] - summed[elements[at].first]

    way = [0]
    while (inner := _heart(page, children[way[-1]], inside, inside(way[-1]))) >= 0:
        way.append(inner)
    first, last = elements[way[-1]].first, elements[way[-1]].last
    known = clause_set(piece.text for piece in page.pieces[first:last])
    for above, came in zip(reversed(way[:-1]), reversed(way[1:]), strict=True):
        for child in children[above]:
            if child != came and _belongs(page, elements[child], inside(child), known):
                first = min(first, elements[child].first)
                last = max(last, elements[child].last)
    return first, last


def _heart(page: Page, children: Sequence[int], inside: Callable[[int], int], whole: int) -> int:
    """Of an element's children the one that holds nearly all of its sentences; -1 for none.

    Where two say the same, for screen and print, it is the first.
    """
    most = [one for one in children if inside(one) >= _MOST * whole]
    if most or not whole:
        return most[0] if most else -1
    halves = [one for one in children if inside(one) >= _HALF * whole]
    if len(halves) != 2:
        return -1
    one, other = (page.elements[half] for half in halves)
    known = clause_set(piece.text for piece in page.pieces[one.first : one.last])
    again = (piece.text for piece in page.pieces[other.first : other.last])
    return halves[0] if repeats(again, known) else -1


def _children(elements: Sequence[Element]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in elements]
    for at, element in enumerate(elements):
        if element.parent >= 0:
            found[element.parent].append(at)
    return found


def _belongs(page: Page, element: Element, inside: int, known: set[str]) -> bool:
    """Whether a block beside the text goes on with it."""
    if not inside or named_menu(element):
        return False
    pieces = page.pieces[element.first : element.last]
    characters = sum(len(bare(piece.text)) for piece in pieces)
    if sum(piece.linked for piece in pieces) > 0.3 * characters:
        return False
    return not repeats((piece.text for piece in pieces), known)


def _copies(pieces: Sequence[Piece], text: Sequence[int]) -> set[int]:
    """Pieces of a second copy: some pages carry their text twice, for telephones or for print."""
    lines = [bare(pieces[at].text) for at in text]
    seen: set[str] = set()
    again: list[int] = []
    once = twice = 0
    for at, line in enumerate(lines):
        length = len(line) if len(line) >= _LONG else 0
        if line in seen:
            again.append(at)
            twice += length
        else:
            seen.add(line)
            once += length
    if not twice or twice < 0.6 * once:
        return set()
    start = next(at for at in again if len(lines[at]) >= _LONG)
    while start - 1 in again:
        start -= 1
    return {text[at] for at in again if at >= start}
