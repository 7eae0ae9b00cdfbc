"""What a page carries besides its text: page numbers, running heads, tables of contents."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from wenma.records import ParagraphKind
from wenma.sources.lines import Line, Text
from wenma.sources.outlines.numbering import number
from wenma.sources.outlines.page_numbers import BARE_PAGE, ROMAN_PAGE, mark_number_chain

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
# The date on a cover, and the first words of the next page.
_COVER = re.compile(
    "((?:19|20)[0-9]{2} ?年(?: ?[0-9]{1,2} ?月)?(?: ?[0-9]{1,2} ?日)?) +([前引序] ?言|目 ?[录次])$"
)
_LEADERS = {".": 4, "…": 2, "·": 4, "．": 3, "—": 6}
_CONTENTS_TITLE = re.compile(r"[ivx]{0,4}(?:目[录次]|contents)$", re.I)
_SENTENCE_END = "。！？；"
_FIELD = re.compile(
    "[（(\\[【]?[一-龥、/]{2,12}[：:]|[（(]?(?:责任|牵头|配合|主管|实施|参与|协同|负责)(?:单位|部门|处室|领导|人)"
)


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
    stuck = mark_number_chain(texts, kinds)
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
            glued = _COVER.match(line.text) if len(line.text) <= 30 else None
            parts += [line._replace(text=one) for one in glued.groups()] if glued else [line]
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
    """From 目录 to where its first entry comes back as a heading, word for word.

    What 目录 heads where no entry comes back is a list like any other.
    """
    last = {wording(text): at for at, text in enumerate(texts) if len(text) <= 120 and at > title}
    end, first = title + 1, ""
    # 前言, the first entry, may not come back where the second does.
    begins = next((at for at in range(end, min(end + 4, len(texts)))
                   if last.get(wording(texts[at]), 0) > at), title)  # fmt: skip
    while end < len(texts):
        text, key = texts[end], wording(texts[end])
        # The heading may come back broken over two lines.
        if first and (key == first or (len(key) >= 6 and first.startswith(key))):
            break
        if text[-1] in _SENTENCE_END or len(text) > 120:
            break
        entry = last[key] > end or number(text) or kinds[end] != "body" or end < begins
        if not entry and end == title + 1:
            break
        comes_back = last[key] > end or (not first and _comes_back_broken(key, end, last))
        first = first or (key if comes_back else "")
        end += 1
    # The last lines before the text may be a heading without entry: give them back.
    while end > title + 1 and kinds[end - 1] == "body" and not (
        last[wording(texts[end - 1])] >= end or number(texts[end - 1])
    ):  # fmt: skip
        end -= 1
    if end - title > 2 and (first or "contents" in kinds[title + 1 : end]):
        for at in range(title, end):
            if not _SIGNED_PAGE.match(texts[at]):
                kinds[at] = "contents"


def _comes_back_broken(key: str, at: int, last: Mapping[str, int]) -> bool:
    """Whether a line further down is the first half of a long entry."""
    return any(last.get(key[:length], 0) > at for length in range(6, len(key)))


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
        if BARE_PAGE.match(texts[at])
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
            if ROMAN_PAGE.match(texts[at]):
                kinds[at] = "page_number"
    heads: dict[str, list[int]] = defaultdict(list)
    for on_edge in edges.values():
        for at in on_edge:
            if kinds[at] == "body" and len(texts[at]) <= 40:
                heads[_bare(texts[at])].append(at)
    everywhere = Counter(_bare(text) for text in texts if len(text) <= 40)
    for head, places in heads.items():
        often = len(places) >= max(3, len(pages) / 4, 0.6 * everywhere[head])
        if often and head and _may_run(texts[places[0]]):
            for at in places:
                kinds[at] = "running_head"


def _bare(text: str) -> str:
    return re.sub("[0-9 ]", "", text)


def _may_run(text: str) -> bool:
    """Whether a line that repeats may be a running head; 责任单位：… repeats for its own sake."""
    return text[-1] not in _SENTENCE_END and not _FIELD.match(text)


def _mark_running_heads(texts: list[str], kinds: list[ParagraphKind]) -> None:
    """A short line that stands beside page number after page number."""
    beside: dict[str, list[int]] = defaultdict(list)
    numbers = [at for at, kind in enumerate(kinds) if kind == "page_number"]
    for at in numbers:
        for other in (at - 1, at + 1):
            if 0 <= other < len(texts) and kinds[other] == "body" and len(texts[other]) <= 40:
                beside[texts[other]].append(other)
    everywhere = Counter(text for text in texts if len(text) <= 40)
    for text, places in beside.items():
        if len(places) >= max(3, 0.6 * everywhere[text]) and _may_run(text):
            for at in places:
                kinds[at] = "running_head"
