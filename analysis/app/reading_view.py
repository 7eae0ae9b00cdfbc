"""A document becomes blocks of runs: what the reader draws, worked out before it is drawn.

A run is a stretch within which nothing changes: one unit, the same codes,
evidence or not. The browser then only lays strings side by side; it never
counts characters, so that no two ways of counting them can disagree.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.records import Coding, Document, Paragraph, Unit


class Run(NamedTuple):
    """A stretch of text; `unit` is -1 outside units, `codes` in the order asked for."""

    text: str
    unit: int
    codes: tuple[int, ...]
    evidence: bool


class Block(NamedTuple):
    """A paragraph; `level` is that of the section a heading opens, 0 for other text."""

    kind: str
    level: int
    start: int
    runs: tuple[Run, ...]


class Entry(NamedTuple):
    """A line of the outline: the block its section opens with, the codings that lie in it."""

    title: str
    level: int
    block: int
    codings: int


def blocks(
    document: Document,
    units: Sequence[Unit],
    codings: Iterable[Coding],
    *,
    order: Mapping[str, int],
) -> list[Block]:
    """The whole document, a block for each paragraph.

    `order` numbers the codes to be shown; codings of other codes leave no
    mark. The texts of all runs, joined, are the text without its line ends.
    """
    shown = [one for one in codings if one.code in order]
    marks = _marks(units, shown, order)
    points = sorted({at for start, end, _ in marks for at in (start, end)})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, (start, end, _) in enumerate(marks):
        opening.setdefault(start, []).append(number)
        closing.setdefault(end, []).append(number)
    return [
        Block(kind, level, paragraph.start, tuple(runs))
        for paragraph, kind, level, runs in _walk(
            document, marks, points, opening=opening, closing=closing
        )
    ]


def excerpt_runs(
    text: str, start: int, evidence: Iterable[tuple[int, int]], codes: tuple[int, ...]
) -> tuple[Run, ...]:
    """One passage that stands alone, its evidence apart from the rest.

    `start` is where the passage begins in the document the evidence counts in.

    >>> [run.text for run in excerpt_runs("储备应急物资。", 100, [(102, 106)], (0,))]
    ['储备', '应急物资', '。']
    """
    flags = [False] * len(text)
    for first, last in evidence:
        for at in range(max(0, first - start), min(len(text), last - start)):
            flags[at] = True
    cuts = [0, *(n for n in range(1, len(text)) if flags[n] != flags[n - 1]), len(text)]
    return tuple(Run(text[a:b], -1, codes, flags[a]) for a, b in pairwise(cuts) if a < b)


def outline(document: Document, codings: Iterable[Coding]) -> list[Entry]:
    """The sections that have a heading, each with the codings that begin in it.

    Those of its own sections are among them.
    """
    starts = sorted(one.start for one in codings)
    paragraphs = [one.start for one in document.paragraphs]
    return [
        Entry(
            f"{node.number} {node.title}".strip(),
            node.level,
            bisect_right(paragraphs, node.start) - 1,
            bisect_right(starts, node.end - 1) - bisect_right(starts, node.start - 1),
        )
        for node in document.sections
        if node.start < node.heading_end
    ]


def unit_at(units: Sequence[Unit], offset: int) -> Unit | None:
    """The unit at a place, or the next one after it; None where there is none."""
    following = (one for one in units if one.end > offset)
    return min(following, key=lambda one: one.start, default=None)


def codes_used(codings: Iterable[Coding], known: Collection[str]) -> dict[str, int]:
    """How often each code stands in a document, in the order of the codebook."""
    counts = Counter(one.code for one in codings)
    return {code: counts[code] for code in known if counts[code]}


class _Mark(NamedTuple):
    start: int
    end: int
    what: tuple[str, int]  # ("unit" or "code", its number) or ("evidence", 0)


def _marks(
    units: Sequence[Unit], codings: Sequence[Coding], order: Mapping[str, int]
) -> list[_Mark]:
    marks = [_Mark(one.start, one.end, ("unit", one.number)) for one in units]
    for coding in codings:
        marks.append(_Mark(coding.start, coding.end, ("code", order[coding.code])))
        marks += [_Mark(one.start, one.end, ("evidence", 0)) for one in coding.evidence]
    return [mark for mark in marks if mark.start < mark.end]


def _walk(
    document: Document,
    marks: Sequence[_Mark],
    points: Sequence[int],
    *,
    opening: Mapping[int, Sequence[int]],
    closing: Mapping[int, Sequence[int]],
) -> Iterator[tuple[Paragraph, str, int, list[Run]]]:
    active: dict[int, tuple[str, int]] = {}
    at = 0
    for paragraph in document.paragraphs:
        runs: list[Run] = []
        here = paragraph.start
        while at < len(points) and points[at] < paragraph.end:
            if points[at] > here:
                runs.append(_run(document.text[here : points[at]], active))
                here = points[at]
            _cross(points[at], active, marks, opening, closing)
            at += 1
        if here < paragraph.end:
            runs.append(_run(document.text[here : paragraph.end], active))
        level = 0
        if paragraph.kind == "heading" and paragraph.section >= 0:
            level = document.sections[paragraph.section].level
        yield paragraph, paragraph.kind, level, runs


def _cross(
    point: int,
    active: dict[int, tuple[str, int]],
    marks: Sequence[_Mark],
    opening: Mapping[int, Sequence[int]],
    closing: Mapping[int, Sequence[int]],
) -> None:
    for number in closing.get(point, ()):
        active.pop(number, None)
    for number in opening.get(point, ()):
        active[number] = marks[number].what


def _run(text: str, active: Mapping[int, tuple[str, int]]) -> Run:
    here = set(active.values())
    unit = next((number for kind, number in here if kind == "unit"), -1)
    codes = tuple(sorted(number for kind, number in here if kind == "code"))
    return Run(text, unit, codes, ("evidence", 0) in here)
