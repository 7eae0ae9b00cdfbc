"""Headings that carry a number: which numbered lines head something, and how far they reach."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from wenma.sources.lines import Text
from wenma.sources.outlines.furniture import promised, wording
from wenma.sources.outlines.numbering import FAMILIES, Family, Number, number
from wenma.sources.outlines.title_lines import dated

_LONGEST_HEADING = 70
_LONGEST_RUN_IN = 50
_LONGEST_SENTENCE = 60
_LONGEST_OF_CLAUSES = 30
_SENTENCE = re.compile("[。！？；]")
_COUNTED_APART = ("part", "chapter", "section", "article", "box", "appendix")
_NO_BEGINNING = "，、。；！？,.;）)》”"
_OF_LAWS = ("part", "chapter", "section", "article", "appendix")
_DECIMALS = ("decimal 2", "decimal 3", "decimal 4")
# 应急 and 宜居 demand nothing.
_DEMANDS = re.compile(
    "应(?![急对用变战届邀聘])|宜(?![居业游人])|须|不得|可[按由采]|按照?[^，。]*规定"
)
RANKS: dict[str, float] = {family: rank for rank, family in enumerate(FAMILIES)}
"""How deep each family of numbers stands, as a rule."""
OUTER, INNER = -1.0, 20.0
"""Ranks of headings without a number: above all that have one, or below."""


class Heading(NamedTuple):
    """A heading: in which paragraph, how far it reaches there, its words, its depth.

    `alone` says that it fills the paragraph. `level` counts from 1.
    """

    paragraph: int
    end: int
    number: str
    title: str
    level: int
    alone: bool
    family: str

    @property
    def box(self) -> bool:
        """Whether it heads a 专栏."""
        return self.family == "box"


class Found(NamedTuple):
    """A heading before its level is known; `rank` orders families, outermost least."""

    paragraph: int
    end: int
    number: str
    title: str
    rank: float
    alone: bool
    family: str
    value: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines that may be headings, and what the whole document says of them."""

    texts: Sequence[Text]
    numbers: Mapping[int, Number | None]
    following: Mapping[int, int]
    promised: frozenset[str]
    chapters: Mapping[int, Number]
    silent: frozenset[str]  # families that head nothing here
    clauses: frozenset[str]  # families whose lines are sentences of a standard


@dataclass(slots=True)
class _Counts:
    """Where each count stands, and the 专栏 that is open."""

    last: dict[str, tuple[int, ...]] = field(default_factory=dict)
    box: int = -1  # its last line so far; -1 outside
    boxed: int = 0  # its last point
    annexes: int = -1  # the last line so far of a list that 附件： opens


def numbered(texts: Sequence[Text], chapters: Mapping[int, Number]) -> list[Found]:
    """The headings with a number among `texts`; `chapters` are known to be some."""
    lines, counts = _lines(texts, chapters), _Counts()
    found: list[Found] = []
    for at, here in lines.numbers.items():
        if here is None or here.family in lines.silent:
            continue
        if here.family == "appendix" and (not found or _listed(lines, at)):
            continue
        heading = _heading(lines, counts, at, here)
        if heading is not None:
            found.append(heading)
    return found


def _lines(texts: Sequence[Text], chapters: Mapping[int, Number]) -> _Lines:
    body = [at for at, text in enumerate(texts) if text.kind == "body"]
    numbers = {at: chapters.get(at) or number(texts[at].text) for at in body}
    law = sum(n is not None and n.family == "article" for n in numbers.values()) >= 5
    return _Lines(
        texts,
        numbers,
        dict(pairwise(body)),
        frozenset(promised(texts)),
        chapters,
        frozenset(FAMILIES).difference(_OF_LAWS) if law else frozenset(),
        _clauses(texts, numbers),
    )


def _clauses(texts: Sequence[Text], numbers: Mapping[int, Number | None]) -> frozenset[str]:
    """The families of decimals that number the demands of a standard: 5.1.2 …应…。"""
    sentences: dict[str, list[bool]] = {family: [] for family in _DECIMALS}
    for at, here in numbers.items():
        if here is None or here.family not in sentences:
            continue
        words = texts[at].text
        if words[-1] in "：:" or "。" in words:
            sentences[here.family].append(bool(_DEMANDS.search(words, 0, 120)))
    return frozenset(
        family
        for family, told in sentences.items()
        if len(told) >= 3 and sum(told) >= len(told) / 2
    )


def _listed(lines: _Lines, at: int) -> bool:
    """Whether 附件2 is an item of a list of annexes: others stand beside it, nothing below."""
    here = lines.numbers[at]
    before = next((one for one in range(at - 1, -1, -1) if not _furniture(lines, one)), -1)
    after = next((n for n in range(at + 1, len(lines.texts)) if not _furniture(lines, n)), -1)
    beside = [lines.numbers.get(one) for one in (before, after) if one >= 0]
    annexes = [n is not None and n.family == "appendix" and n.end > 0 for n in beside]
    signed = any(dated(text.text) for text in lines.texts[after : after + 2])
    below = after >= 0 and not annexes[-1] and not signed
    return bool(here and here.value) and any(annexes) and not below


def _furniture(lines: _Lines, at: int) -> bool:
    return lines.texts[at].kind in ("page_number", "running_head")


def _heading(lines: _Lines, counts: _Counts, at: int, here: Number) -> Found | None:
    words, family = lines.texts[at].text, here.family
    sure = at in lines.chapters or (bool(lines.promised) and wording(words) in lines.promised)
    if _names_annex(lines, counts, at, here):
        counts.annexes = at
        if family == "point":
            return None
    boxed = counts.box >= 0 and family in ("point", "bracketed point", "decimal 2")
    if boxed and _in_box(lines, counts, at, here):
        return _box_point(lines, counts, at, here)
    # A row of a table begins with a figure too: only the contents or 1.1 tell a 1 范围 from it.
    if not sure and (family == "clause" or not _follows(here, counts.last)):
        return None
    # Points inside a 专栏 are its contents; the count outside goes on past them.
    if boxed and here.value != _next(counts.last.get(family)):
        return None
    reach = _reach(lines, at, here)
    if reach is None:
        return None
    counts.box, counts.boxed = (at, 0) if family == "box" else (-1, 0)
    counts.last[family] = here.value
    return _found(at, words, here, reach, family)


def _names_annex(lines: _Lines, counts: _Counts, at: int, here: Number) -> bool:
    """Whether a line opens a list of annexes (附件：1.清单) or goes on with it."""
    words = lines.texts[at].text
    if here.family == "appendix":
        item = number(words[here.end :])
        opens = item is not None and item.family == "point"
        return opens or (here.end == len(words) and words[-1] in "：:")
    listed = here.family == "point" and lines.following.get(counts.annexes) == at
    return listed and len(words) <= _LONGEST_SENTENCE and not _SENTENCE.search(words)


def _found(at: int, words: str, here: Number, reach: tuple[int, bool], family: Family) -> Found:
    end, alone = reach
    shown, title = words[: here.end].strip().rstrip("：:"), heading_words(words[here.end : end])
    return Found(at, end, shown, title, RANKS[family], alone, family, here.value)


def _in_box(lines: _Lines, counts: _Counts, at: int, here: Number) -> bool:
    """Whether a point belongs to the open 专栏 and its own count."""
    if here.family != "point" or any(t.kind == "table" for t in lines.texts[counts.box + 1 : at]):
        return False
    if here.value == (1,):
        return True
    beside = lines.following.get(counts.box) == at
    outside = here.value == _next(counts.last.get("point"))
    return counts.boxed > 0 and here.value == (counts.boxed + 1,) and (beside or not outside)


def _box_point(lines: _Lines, counts: _Counts, at: int, here: Number) -> Found | None:
    """A point of a 专栏 heads what follows it in its paragraph, else it is an item."""
    counts.box, counts.boxed = at, here.value[0]
    words = lines.texts[at].text
    reach = _run_in(words, here.end, _SENTENCE.search(words[here.end :]))
    if reach is None or reach[0] == len(words):
        return None
    return _found(at, words, here, reach, "box point")


def _next(value: tuple[int, ...] | None) -> tuple[int, ...] | None:
    return (*value[:-1], value[-1] + 1) if value else None


def _follows(here: Number, last: dict[str, tuple[int, ...]]) -> bool:
    """Whether a number goes on where its family stood, or begins anew at 1."""
    if here.family in _COUNTED_APART:
        return True
    before = last.get(here.family)
    if here.value[-1] == 1:
        return True
    if before is None:
        return here.value[-1] <= 3
    if len(here.value) > 1 and here.value[:-1] != before[:-1]:
        return False
    return 0 < here.value[-1] - before[-1] <= 3


def _reach(lines: _Lines, at: int, here: Number) -> tuple[int, bool] | None:
    """Where the heading ends, and whether it stands alone; None for an item of a list."""
    words, family = lines.texts[at].text, here.family
    rest = words[here.end :]
    # 第三条，第五条的规定 goes on with a sentence.
    if rest and rest[0] in _NO_BEGINNING and family != "box":
        return None
    if family == "article":
        return here.end, not rest
    if not rest:
        return (len(words), True) if family in _COUNTED_APART else None
    stop = _SENTENCE.search(rest)
    if family in lines.clauses and _demands(rest, stop):
        return None
    if family in ("part", "chapter", "section"):
        if stop is None and len(rest) <= 90 and not rest.endswith(("，", "、", ",")):
            return len(words), True
        return _run_in(words, here.end, stop)
    if family == "box":
        return _reach_of_box(words, here.end, stop)
    if family == "appendix":
        return (len(words), True) if len(rest) <= 60 and stop is None else None
    if stop is None:
        return (len(words), True) if _heads(lines, at, family, rest) else None
    if rest[stop.start()] == "。" and stop.end() == len(rest):
        return (len(words), True) if _heads_as_sentence(lines, at, family, rest) else None
    return _run_in(words, here.end, stop)


def _demands(rest: str, stop: re.Match[str] | None) -> bool:
    """Whether a line of a family of clauses is one; 3.4 may name a term, in Latin letters too."""
    long = sum(not char.isascii() for char in rest) > _LONGEST_OF_CLAUSES
    return bool(stop) or rest[-1] in "：:" or long


def _reach_of_box(words: str, begin: int, stop: re.Match[str] | None) -> tuple[int, bool]:
    if len(words) - begin <= 45 and stop is None:
        return len(words), True
    gap = words.find(" ", begin)
    return (gap, False) if 0 < gap - begin <= 45 else (begin, False)


def _heads(lines: _Lines, at: int, family: str, rest: str) -> bool:
    """Whether a line that ends like no sentence heads what follows."""
    if len(rest) > _LONGEST_HEADING or rest.endswith(("，", "、", ",")):
        return False
    if rest[-1] in "：:" and len(rest) > 20:
        return False
    return family != "bracketed point" or at in lines.following


def _heads_as_sentence(lines: _Lines, at: int, family: str, rest: str) -> bool:
    """One sentence and no more: a heading when text of its own follows, else an item."""
    if len(rest) > _LONGEST_SENTENCE or family == "bracketed point" or at not in lines.following:
        return False
    nearby = lines.numbers[lines.following[at]]
    # Points may count on through the document: what follows （二） may be 10．
    return nearby is None or (
        RANKS[nearby.family] > RANKS[family]
        and (nearby.value[-1:] == (1,) or nearby.family == "point")
    )


def _run_in(words: str, begin: int, stop: re.Match[str] | None) -> tuple[int, bool] | None:
    colon = words.find("：", begin, begin + 26)
    comma = words.find("，", begin, begin + 26)
    sentence = begin + stop.start() if stop else len(words)
    if 0 < colon < sentence and not 0 < comma < colon and colon + 1 < len(words):
        return colon + 1, False
    if stop is None or stop[0] != "。" or stop.start() > _LONGEST_RUN_IN:
        return None
    return sentence + 1, False


def heading_words(words: str) -> str:
    """The words of a heading without the marks around them."""
    return words.strip("：: ").rstrip("。：: ")
