"""A document becomes blocks of runs: what the reader draws, worked out before it is drawn.

A run is a stretch within which nothing changes: one unit, the same codes,
evidence or not. The browser then only lays strings side by side. It counts
characters in one place alone (`text_offsets.js`): where somebody selects text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from wenma.records import Coding, Document, Paragraph, Unit


class TextRun(NamedTuple):
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
    runs: tuple[TextRun, ...]


class Stripe(NamedTuple):
    """A coding beside the text.

    No two codings that meet share a `lane`; lanes count from the text outward. One that
    goes on where the same code has just ended is not `named` again.
    """

    start: int
    end: int
    code: int
    lane: int
    named: bool


class OutlineLine(NamedTuple):
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


def stripes(codings: Iterable[Coding], *, order: Mapping[str, int]) -> list[Stripe]:
    """One coder's codings side by side, in order of place.

    >>> found = stripes([Coding("d", 0, 0, 5, "a", "李"), Coding("d", 0, 3, 9, "a", "李")],
    ...                 order={"a": 0})
    >>> [(one.lane, one.named) for one in found]
    [(0, True), (1, False)]
    """
    drawn: list[Stripe] = []
    lanes: list[Stripe] = []
    ended: dict[int, int] = {}
    shown = [one for one in codings if one.code in order and one.start < one.end]
    for one in sorted(shown, key=lambda one: (one.start, -one.end, order[one.code])):
        code = order[one.code]
        free = [n for n, last in enumerate(lanes) if last.end <= one.start]
        again = [n for n in free if lanes[n].code == code]
        at = (again or free or [len(lanes)])[0]
        # A line end lies between the last sentence of a paragraph and the next one's first.
        named = ended.get(code, -2) < one.start - 1
        stripe = Stripe(one.start, one.end, code, at, named)
        lanes[at : at + 1] = [stripe]
        ended[code] = max(one.end, ended.get(code, 0))
        drawn.append(stripe)
    return drawn


def undecided(
    units: Iterable[Unit],
    codings: Sequence[Coding],
    *,
    mine: Sequence[Coding],
    judged: Collection[tuple[int, int, str]] = (),
) -> list[Unit]:
    """Units others coded where the person has neither coded nor judged every proposal.

    >>> unit = Unit(0, 0, 5, "body", 0, 0)
    >>> proposal = Coding("d", 0, 0, 5, "a", "rules:x@1")
    >>> undecided([unit], [proposal], mine=[]) == [unit]
    True
    >>> undecided([unit], [proposal], mine=[], judged={(0, 5, "a")})
    []
    """
    open_ones = [one for one in codings if (one.start, one.end, one.code) not in judged]
    proposed, decided = _covered(open_ones), _covered(mine)
    return [one for one in units if _meets(one, proposed) and not _meets(one, decided)]


def carrying(units: Iterable[Unit], codings: Iterable[Coding]) -> list[Unit]:
    """The units in which one of these codings lies, if only in part."""
    covered = _covered(codings)
    return [one for one in units if _meets(one, covered)]


def within(codings: Iterable[Coding], units: Sequence[Unit]) -> list[Coding]:
    """The codings that lie in one of these units, if only in part."""
    places = _joined((one.start, one.end) for one in units)
    return [one for one in codings if _meets(one, places)]


def excerpt_runs(
    text: str, start: int, evidence: Iterable[tuple[int, int]], codes: tuple[int, ...]
) -> tuple[TextRun, ...]:
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
    return tuple(TextRun(text[a:b], -1, codes, flags[a]) for a, b in pairwise(cuts) if a < b)


def outline_lines(document: Document, codings: Iterable[Coding]) -> list[OutlineLine]:
    """The sections that have a heading, each with the codings that begin in it.

    Those of its own sections are among them.
    """
    starts = sorted(one.start for one in codings)
    paragraphs = [one.start for one in document.paragraphs]
    return [
        OutlineLine(
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


def _covered(codings: Iterable[Coding]) -> list[tuple[int, int]]:
    return _joined((one.start, one.end) for one in codings)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _meets(one: Unit | Coding, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch shares a character with one of these spans."""
    at = bisect_left(spans, (one.end,)) - 1
    return at >= 0 and spans[at][1] > one.start


def _marks(
    units: Sequence[Unit],
    codings: Sequence[Coding],
    order: Mapping[str, int],
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
) -> Iterator[tuple[Paragraph, str, int, list[TextRun]]]:
    active: dict[int, tuple[str, int]] = {}
    at = 0
    for paragraph in document.paragraphs:
        runs: list[TextRun] = []
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


def _run(text: str, active: Mapping[int, tuple[str, int]]) -> TextRun:
    here = set(active.values())
    unit = next((number for kind, number in here if kind == "unit"), -1)
    codes = tuple(sorted(number for kind, number in here if kind == "code"))
    return TextRun(text, unit, codes, ("evidence", 0) in here)
