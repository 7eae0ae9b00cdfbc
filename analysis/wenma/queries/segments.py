"""Units cut finer: the clauses or sentences of the text, and which of them a coding stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.language.units import clauses, sentences
from wenma.records import Evidence
from wenma.statistics.arrays import Integers

_CUTS = {"clause": clauses, "sentence": sentences}


@dataclass(frozen=True)
class Segments:
    """Stretches of all documents, in order; `document` is the number of each one's document."""

    document: Integers
    start: Integers
    end: Integers

    def touched(self, document: Integers, start: Integers, end: Integers) -> tuple[Integers, ...]:
        """Each span with each piece it lies in, in part or whole: two arrays of numbers."""
        reach = 1 + max(self.end.max(initial=0), end.max(initial=0))
        base = document * reach
        first = np.searchsorted(self.document * reach + self.end, base + start, side="right")
        last = np.searchsorted(self.document * reach + self.start, base + end, side="left")
        times = np.maximum(last - first, 0)
        span = np.repeat(np.arange(len(start)), times)
        within = np.arange(len(span)) - np.repeat(np.cumsum(times) - times, times)
        return span, first[span] + within


def segments(units: pd.DataFrame, document: Integers, size: str, *, headings: bool) -> Segments:
    """The clauses or sentences ("clause", "sentence") of the units' text.

    `document` is the number of each unit's document, -1 for those left out. Text
    is put together to whole paragraphs first, so that a sentence may be made of units
    that are clauses. A heading is one piece, left out unless `headings`.
    """
    heading = units["kind"].to_numpy() == "heading"
    kept = (document >= 0) & (headings | ~heading)
    rows = np.flatnonzero(kept)
    start = units["start"].to_numpy(dtype=np.int64)
    rows = rows[np.lexsort((start[rows], document[rows]))]
    texts = units["text"].to_numpy()
    paragraph = units["paragraph"].to_numpy(dtype=np.int64)
    found: list[tuple[int, int, int]] = []
    for (number, _, is_heading), run in groupby(
        rows.tolist(), key=lambda n: (document[n], paragraph[n], heading[n])
    ):
        begin, text = _joined(list(run), start, texts)
        spans = [(0, len(text))] if is_heading else _CUTS[size](text)
        found += [(int(number), begin + a, begin + b) for a, b in spans]
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Segments(*columns)


def segment_membership(
    evidence: Sequence[Sequence[Evidence]] | None,
    document: Integers,
    start: Integers,
    end: Integers,
    cut: Segments,
) -> tuple[Integers, Integers]:
    """Each coding with each piece it stands in: position and number of the piece.

    Where its evidence is known a coding stands where that is; one without evidence
    (a person's) in all its span touches, as does one whose evidence is its heading.
    """
    known = [()] * len(start) if evidence is None else evidence
    spans: list[tuple[int, int, int]] = []
    for at, (words, a, b) in enumerate(zip(known, start.tolist(), end.tolist(), strict=True)):
        inside = [(at, one.start, one.end) for one in words if one.start < b and one.end > a]
        spans += inside or [(at, a, b)]
    position, a, b = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    span, piece = cut.touched(document[position], a, b)
    size = max(len(cut.start), 1)
    once = np.unique(position[span] * size + piece)
    return once // size, once % size


def _joined(run: list[int], start: Integers, texts: NDArray[np.object_]) -> tuple[int, str]:
    """The text of a paragraph's units and where it begins; the gaps between them are spaces."""
    begin, text = int(start[run[0]]), ""
    for number in run:
        text = text.ljust(int(start[number]) - begin) + str(texts[number])
    return begin, text
