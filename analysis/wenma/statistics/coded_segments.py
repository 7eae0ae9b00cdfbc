"""Stretches of a text as arrays: of a large corpus, a tenth of the time of one object each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wenma.statistics.arrays import Integers

AT_ONCE = 60
"""Codes whose presence is one number, a bit for each."""


class MarkedSegments(NamedTuple):
    """Stretches of one coder, from `start` to before `end`, each with the number of a code.

    In order of place, none over another, where nothing else is said.
    """

    start: Integers
    end: Integers
    code: Integers


def numbered_sets(has: Sequence[tuple[Integers, Integers]], rows: int) -> tuple[Integers, Integers]:
    """Which rows have the same set of codes: the first row of each set, and the set of each row.

    `has` gives for each code which rows begin or cease to have it (+1, −1), row by row:
    a row has what the rows before it began. Sets are numbered as their codes say, the
    empty one first where there is one.

    >>> one, other = np.array([0, 2]), np.array([1, 3])
    >>> begin, cease = np.array([1, -1]), np.array([1, -1])
    >>> first, number = numbered_sets([(one, begin), (other, cease)], 4)
    >>> number.tolist(), first.tolist()
    ([1, 3, 2, 0], [3, 0, 2, 1])
    """
    number = np.zeros(rows, dtype=np.int64)
    first = np.zeros(min(rows, 1), dtype=np.int64)
    for begin in range(0, len(has), AT_ONCE):
        change = np.zeros(rows, dtype=np.int64)
        for bit, (at, step) in enumerate(has[begin : begin + AT_ONCE]):
            np.add.at(change, at, step << bit)
        masks, number_of_mask = np.unique(np.cumsum(change), return_inverse=True)
        both = number_of_mask.ravel() + number * len(masks)
        _, first, number = np.unique(both, return_index=True, return_inverse=True)
        number = number.ravel().astype(np.int64)
    return first.astype(np.int64), number


def join_marks(marks: MarkedSegments) -> MarkedSegments:
    """Marks of one code that overlap made one; those that only touch stay two.

    They may be in any order, and those of different codes over each other.
    """
    real = marks.start < marks.end
    start, end, code = (one[real] for one in marks)
    if not len(start):
        return MarkedSegments(start, end, code)
    order = np.lexsort((end, start, code))
    # Each code on a line of its own, all lines behind each other.
    line = code[order] * (int(end.max()) + 1)
    begin, upto = start[order] + line, end[order] + line
    reached = np.maximum.accumulate(upto)
    first = np.flatnonzero(np.append(True, begin[1:] >= reached[:-1]))
    own = line[first]
    return MarkedSegments(
        begin[first] - own, np.maximum.reduceat(upto, first) - own, code[order][first]
    )


def split_overlaps(
    coders: Sequence[MarkedSegments], codes: int
) -> tuple[list[MarkedSegments], int]:
    """The marks of each coder, however they overlap, as stretches with a number for their set.

    Equal sets have equal numbers, whoever has them, from 1; then how many sets there are.
    """
    bounds: list[Integers] = []
    changes: list[tuple[list[Integers], list[Integers]]] = [([], []) for _ in range(codes)]
    before = 0
    for marks in coders:
        start, end, code = join_marks(marks)
        at = np.unique(np.concatenate([start, end]))
        bounds.append(at)
        begins, ends = np.searchsorted(at, start) + before, np.searchsorted(at, end) + before
        for one in np.unique(code).tolist():
            mine = code == one
            changes[one][0].extend((begins[mine], ends[mine]))
            steps = np.ones(mine.sum(), dtype=np.int64)
            changes[one][1].extend((steps, -steps))
        before += len(at)
    nothing = np.zeros(0, dtype=np.int64)
    has = [
        (np.concatenate([nothing, *at]), np.concatenate([nothing, *step])) for at, step in changes
    ]
    # Behind the last bound of a coder nothing is marked: that row is always the empty set, 0.
    first, number = numbered_sets(has, before)
    found, low = [], 0
    for at in bounds:
        here = number[low : low + len(at)]
        marked = np.flatnonzero(here[:-1] > 0)
        found.append(MarkedSegments(at[marked], at[marked + 1], here[marked]))
        low += len(at)
    return found, max(len(first) - 1, 0)


def fill_gaps(segments: MarkedSegments, length: int) -> MarkedSegments:
    """With the gaps between, before and behind as segments of code 0.

    ValueError where one lies over another or outside the text of that length.
    """
    order = np.argsort(segments.start, kind="stable")
    start, end, code = (one[order] for one in segments)
    before, behind = np.append(0, end), np.append(start, length)
    wrong = np.flatnonzero((start < before[:-1]) | (start >= end) | (end > length))
    if len(wrong):
        at = wrong[0]
        raise ValueError(f"{start[at]}–{end[at]} overlaps another span or leaves the text")
    gap = before < behind
    every = MarkedSegments(
        np.concatenate([start, before[gap]]),
        np.concatenate([end, behind[gap]]),
        np.concatenate([code, np.zeros(int(gap.sum()), dtype=np.int64)]),
    )
    order = np.argsort(every.start, kind="stable")
    return MarkedSegments(*(one[order] for one in every))


def cut_at(segments: MarkedSegments, cuts: Integers) -> Integers:
    """The code on each stretch between two cuts; -1 where no segment is."""
    if not len(segments.start) or len(cuts) < 2:
        return np.full(max(len(cuts) - 1, 0), -1, dtype=np.int64)
    at = np.searchsorted(segments.start, cuts[:-1], side="right") - 1
    inside = (at >= 0) & (cuts[:-1] < segments.end[np.maximum(at, 0)])
    return np.where(inside, segments.code[np.maximum(at, 0)], -1).astype(np.int64)
