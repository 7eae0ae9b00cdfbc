"""What a page carries besides its text: page numbers, running heads, tables of contents."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from wenma.records import ParagraphKind
from wenma.sources.lines import Line, Text
from wenma.sources.numbering import number

_SIGNED_PAGE = re.compile(
    r"[—–―─\-－~·•]+ ?[0-9]{1,4} ?[—–―─\-－~·•]+$|[—–―─] [0-9]{1,4}$"
    r"|第 ?[0-9]{1,4} ?页(?:[ ,，/]*共 ?[0-9]{1,4} ?页)?$"
    r"|[0-9]{1,4} ?/ ?[0-9]{1,4}$"
)
_SIGNED_INSIDE = re.compile(r"(?<=[^0-9]) ?(— [0-9]{1,3} —) ?")
_LOST_LINE_ENDS = 4000
_LOST_START = re.compile(
    "(?<=[。！？：]) ?([一二三四五六七八九十]{1,3}、[^ 。；]{2,30}) (?=[^ ])"
    "|(?<=[。！？：]) ?(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|各位代表)"
)
_BARE_PAGE = re.compile(r"[0-9](?: ?[0-9]){0,2}$")
_ROMAN_PAGE = re.compile(r"(?=.{1,7}$)[IVX](?: ?[IVX]){0,3}$|[ivx]{1,5}$")
# A page number stuck to the head of the next page's first line: 12持续推进…
_STUCK_PAGE = re.compile(r"([0-9]{1,3})(?=[^0-9.．、，,:：)）%％~～\-—/+ ×°℃a-zA-Z])")
_HEAD_WITH_PAGE = re.compile(r"([0-9]{1,3}|[ivxIVX]{1,5}) (\D.{2,39})$")
_LEADERS = {".": 4, "…": 2, "·": 4, "．": 3, "—": 6}
_CONTENTS_TITLE = re.compile(r"[ivx]{0,4}(?:目[录次]|contents)$", re.I)
_SENTENCE_END = "。！？；"


class Marked(NamedTuple):
    """A line, tidied, and what it is so far (body until the outline is read).

    `written` is the line in traditional script where `text` was folded.
    """

    text: str
    line: Line
    kind: ParagraphKind
    written: str | None = None


def furnished(lines: Sequence[Line]) -> list[Marked]:
    """The lines with page numbers, running heads and contents told from the text.

    `lines` hold no empty ones. A page number stuck to the first words of its
    page becomes a line of its own.
    """
    lines = _relined(lines)
    texts = [line.text for line in lines]
    kinds: list[ParagraphKind] = [
        "table" if line.hint == "table" or " | " in line.text else "body" for line in lines
    ]
    _mark_contents(texts, kinds)
    for at, text in enumerate(texts):
        if len(text) <= 24 and kinds[at] == "body" and _SIGNED_PAGE.match(text):
            kinds[at] = "page_number"
    paged = bool(lines) and lines[-1].page is not None
    if paged:
        _mark_page_edges(lines, texts, kinds)
    stuck = _mark_number_chain(texts, kinds)
    _mark_running_heads(texts, kinds)
    marked: list[Marked] = []
    for at, line in enumerate(lines):
        if at in stuck:
            cut = stuck[at]
            marked.append(Marked(texts[at][:cut], line, "page_number"))
            rest = texts[at][cut:].lstrip()
            marked.append(Marked(rest, line, "contents" if kinds[at] == "contents" else "body"))
        else:
            marked.append(Marked(texts[at], line, kinds[at]))
    return marked


def wording(text: str) -> str:
    """A line of contents, or a heading, as the two are compared.

    >>> wording("第一章 总 则 ......... 3") == wording("第一章　总则")
    True
    """
    words = text.rstrip()
    bare = words.rstrip("0123456789")
    if len(words) - len(bare) <= 3:  # four digits are a year
        words = bare
    return "".join(words.rstrip(" .…·．—").split())


def promised(texts: Sequence[Text]) -> set[str]:
    """The wording of every heading the table of contents names."""
    return {wording(text.text) for text in texts if text.kind == "contents"}


def _has_leaders(text: str) -> bool:
    """Whether dots lead from words to a page number, or to where it was cut off."""
    # By rstrip and not by a pattern: a long run of dots makes a pattern try for ever.
    tail = text.rstrip(" 0123456789IVXivx")
    words = tail.rstrip(" .…·．—")
    dots = tail[len(words) :]
    return bool(words and dots) and any(dots.count(dot) >= least for dot, least in _LEADERS.items())


def _relined(lines: Sequence[Line]) -> list[Line]:
    """Texts that lost their line ends get them back before headings and around `— 3 —`."""
    parts: list[Line] = []
    for line in lines:
        if len(line.text) <= _LOST_LINE_ENDS and "— " not in line.text:
            parts.append(line)
            continue
        pieces = [line.text]
        if len(line.text) > _LOST_LINE_ENDS:
            pieces = [piece for piece in _LOST_START.split(line.text) if piece]
        if "— " in line.text:
            pieces = [p.strip() for piece in pieces for p in _SIGNED_INSIDE.split(piece)]
        parts += [line._replace(text=piece) for piece in pieces if piece]
    return parts


def _mark_contents(texts: list[str], kinds: list[ParagraphKind]) -> None:
    dotted = [at for at, text in enumerate(texts) if _has_leaders(text)]
    # A sentence may trail off in dots; contents give pages, here or on the next lines.
    numbered = {at for at in dotted if texts[at][-1] not in ".…·．— "}
    dotted = [at for at in dotted if any(near in numbered for near in range(at - 3, at + 4))]
    for at in dotted:
        kinds[at] = "contents"
    # What stands between two dotted lines is an entry broken over lines.
    for one, other in pairwise(dotted):
        if other - one <= 4:
            for at in range(one + 1, other):
                if texts[at][-1] not in _SENTENCE_END and not _SIGNED_PAGE.match(texts[at]):
                    kinds[at] = "contents"
    for at, text in enumerate(texts):
        if len(text) <= 12 and _CONTENTS_TITLE.match("".join(text.split())):
            _mark_contents_block(texts, kinds, at)
            break


def _mark_contents_block(texts: list[str], kinds: list[ParagraphKind], title: int) -> None:
    """From 目录 to where its first entry comes back as a heading, word for word."""
    later: dict[str, list[int]] = defaultdict(list)
    for at in range(title + 1, len(texts)):
        if len(texts[at]) <= 120:
            later[wording(texts[at])].append(at)
    end = title + 1
    first = ""
    while end < len(texts):
        text, key = texts[end], wording(texts[end])
        # The heading may come back broken over two lines.
        if first and (key == first or (len(key) >= 6 and first.startswith(key))):
            break
        if text[-1] in _SENTENCE_END or len(text) > 120:
            break
        comes_back = later[key][-1] > end
        if not comes_back and not number(text) and kinds[end] == "body" and not first:
            break
        first = first or key
        end += 1
    # The last lines before the text may be a heading without entry: give them back.
    while end > title + 1 and kinds[end - 1] == "body" and not (
        later[wording(texts[end - 1])][-1] >= end or number(texts[end - 1])
    ):  # fmt: skip
        end -= 1
    if end - title > 2:
        for at in range(title, end):
            if not _SIGNED_PAGE.match(texts[at]):
                kinds[at] = "contents"


def _mark_page_edges(lines: Sequence[Line], texts: list[str], kinds: list[ParagraphKind]) -> None:
    """In a paged file furniture is what stands on the edge of page after page."""
    edges: dict[int, list[int]] = defaultdict(list)
    pages: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        pages[line.page or 0].append(at)
    for page, on_page in pages.items():
        edges[page] = sorted({*on_page[:2], *on_page[-2:]})
    bare = [
        (page, at, int("".join(texts[at].split())))
        for page, on_edge in edges.items()
        for at in on_edge
        if _BARE_PAGE.match(texts[at])
    ]
    # The printed number runs beside the page's place in the file.
    shifts = Counter(page - printed for page, _, printed in bare)
    if shifts:
        shift, times = shifts.most_common(1)[0]
        for page, at, printed in bare:
            if page - printed == shift and (times >= 2 or len(pages) == 1):
                kinds[at] = "page_number"
    for on_edge in edges.values():
        for at in on_edge:
            if _ROMAN_PAGE.match(texts[at]):
                kinds[at] = "page_number"
    heads: dict[str, list[int]] = defaultdict(list)
    for on_edge in edges.values():
        for at in on_edge:
            if kinds[at] == "body" and len(texts[at]) <= 40:
                heads[re.sub("[0-9 ]", "", texts[at])].append(at)
    for head, places in heads.items():
        if (
            len(places) >= max(3, len(pages) / 4)
            and head
            and texts[places[0]][-1] not in _SENTENCE_END
        ):
            for at in places:
                kinds[at] = "running_head"


def _mark_number_chain(texts: list[str], kinds: list[ParagraphKind]) -> dict[int, int]:
    """Mark bare page numbers; return where numbers stuck to a line end (line → characters).

    A number alone on a line may be a cell of a table. It is a page number when
    numbers climb one by one at the pace of pages through most of the document.
    """
    at_number: list[tuple[int, int, int]] = []  # line, printed number, stuck characters or 0
    heads = Counter(hit[2] for text in texts if (hit := _HEAD_WITH_PAGE.match(text)))
    for at, text in enumerate(texts):
        if not "0" <= text[0] <= "9" or kinds[at] not in ("body", "contents"):
            continue
        if len(text) <= 5 and _BARE_PAGE.match(text):
            at_number.append((at, int("".join(text.split())), 0))
        elif hit := _STUCK_PAGE.match(text):
            at_number.append((at, int(hit[1]), hit.end()))
        elif (head := _HEAD_WITH_PAGE.match(text)) and heads[head[2]] >= 3 and head[1].isdigit():
            at_number.append((at, int(head[1]), -1))
    chain = _longest_climb(at_number)
    stuck: dict[int, int] = {}
    if not chain or len(chain) < 5 or chain[-1][0] - chain[0][0] < 0.5 * len(texts):
        return stuck
    gaps = [b[0] - a[0] for a, b in pairwise(chain)]
    if median(gaps) < 12:
        return stuck
    chain += _between(chain, texts, kinds)
    for at, _, cut in chain:
        if cut < 0:
            kinds[at] = "running_head"
        elif cut:
            stuck[at] = cut
        else:
            kinds[at] = "page_number"
    running = {texts[at].split(" ", 1)[1] for at, _, cut in chain if cut < 0}
    for at, text in enumerate(texts):
        if running and (text in running or ((hit := _HEAD_WITH_PAGE.match(text))
                                            and hit[2] in running)):  # fmt: skip
            kinds[at] = "running_head"
    # The contents before page 1 have a little count of their own.
    for at, printed, cut in at_number:
        nearby = kinds[max(0, at - 2) : at + 1]
        in_contents = at < chain[0][0] and "contents" in nearby
        if in_contents and printed <= 12 and cut > 0:
            following = number(texts[at][cut:].lstrip())
            if following or kinds[at] != "contents":
                stuck[at] = cut
        elif in_contents and cut == 0:
            kinds[at] = "page_number"
    for at, text in enumerate(texts):
        if kinds[at] == "body" and len(text) <= 7 and _ROMAN_PAGE.match(text):
            kinds[at] = "page_number"
    return stuck


def _longest_climb(found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest run of numbers that climb by one, or by few where a page shows none."""
    best: list[tuple[float, int]] = []  # worth so far, index of the one before
    by_number: dict[int, list[int]] = defaultdict(list)
    for here, (at, printed, _) in enumerate(found):
        worth, before = 1.0, -1
        for step in range(1, 7):
            for other in by_number[printed - step][-20:]:
                if 3 * step <= at - found[other][0] <= 100 * step:
                    reached = best[other][0] + 1.3 - 0.3 * step
                    if reached > worth:
                        worth, before = reached, other
        best.append((worth, before))
        by_number[printed].append(here)
    chain: list[tuple[int, int, int]] = []
    here = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while here >= 0:
        chain.append(found[here])
        here = best[here][1]
    return chain[::-1]


def _between(
    chain: Sequence[tuple[int, int, int]], texts: Sequence[str], kinds: Sequence[ParagraphKind]
) -> list[tuple[int, int, int]]:
    """Numbers the climb stepped over because more digits follow them: page 148 in 14822、…"""
    found: list[tuple[int, int, int]] = []
    for (start, low, _), (stop, high, _) in pairwise(chain):
        for printed in range(low + 1, high):
            for at in range(start + 1, stop):
                text, head = texts[at], str(printed)
                if kinds[at] == "body" and text.startswith(head) and number(text[len(head) :]):
                    found.append((at, printed, len(head)))
                    break
    return found


def _mark_running_heads(texts: list[str], kinds: list[ParagraphKind]) -> None:
    """A short line that stands beside page number after page number."""
    beside: dict[str, list[int]] = defaultdict(list)
    numbers = [at for at, kind in enumerate(kinds) if kind == "page_number"]
    for at in numbers:
        for other in (at - 1, at + 1):
            if 0 <= other < len(texts) and kinds[other] == "body" and len(texts[other]) <= 40:
                beside[texts[other]].append(other)
    for text, places in beside.items():
        if len(places) >= 3 and text[-1] not in _SENTENCE_END:
            for at in places:
                kinds[at] = "running_head"
