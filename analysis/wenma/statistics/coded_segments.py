"""Coded segments of a text as arrays, which take a tenth of the time of one object each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wenma.statistics.arrays import Integers

_AT_ONCE = 60
"""Codes whose presence is one number, a bit for each."""


class MarkedSegments(NamedTuple):
    """The segments of one coder, from `start` to before `end`, each with the number of a code.

    Unless a function says otherwise they are in order of place and do not overlap.
    """

    start: Integers
    end: Integers
    code: Integers


def numbered_sets(has: Sequence[tuple[Integers, Integers]], rows: int) -> tuple[Integers, Integers]:
    """Which rows have the same set of codes: the first row of each set, and each row's set.

    `has` gives, for each code, the rows at which it begins or ends (+1, −1): a row has the
    codes that began before it and have not ended. Sets are numbered by their codes, the
    empty set first where there is one.

    >>> one, other = np.array([0, 2]), np.array([1, 3])
    >>> begin, cease = np.array([1, -1]), np.array([1, -1])
    >>> first, number = numbered_sets([(one, begin), (other, cease)], 4)
    >>> number.tolist(), first.tolist()
    ([1, 3, 2, 0], [3, 0, 2, 1])
    """
    number = np.zeros(rows, dtype=np.int64)
    first = np.zeros(min(rows, 1), dtype=np.int64)
    for begin in range(0, len(has), _AT_ONCE):
        change = np.zeros(rows, dtype=np.int64)
        for bit, (at, step) in enumerate(has[begin : begin + _AT_ONCE]):
            np.add.at(change, at, step << bit)
        masks, number_of_mask = np.unique(np.cumsum(change), return_inverse=True)
        both = number_of_mask.ravel() + number * len(masks)
        _, first, number = np.unique(both, return_index=True, return_inverse=True)
        number = number.ravel().astype(np.int64)
    return first.astype(np.int64), number


def join_marks(marks: MarkedSegments) -> MarkedSegments:
    """The marks with those of one code that overlap joined; marks that only touch stay two.

    Marks may be in any order, and marks of different codes may overlap.

    >>> marks = MarkedSegments(np.array([5, 0, 9]), np.array([9, 7, 12]), np.array([0, 0, 0]))
    >>> joined = join_marks(marks)
    >>> joined.start.tolist(), joined.end.tolist()
    ([0, 9], [9, 12])
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
    """The marks of each coder as segments with the number of their set, and the number of sets.

    Marks may overlap. A set of codes has the same number for every coder, counted from 1.

    >>> marks = MarkedSegments(np.array([0, 5]), np.array([9, 12]), np.array([0, 1]))
    >>> (found,), sets = split_overlaps([marks], 2)
    >>> found.start.tolist(), found.end.tolist(), found.code.tolist(), sets
    ([0, 5, 9], [5, 9, 12], [1, 3, 2], 3)
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
    """The segments with the gaps before, between and after them as segments of code 0.

    Raises ValueError where segments overlap or lie outside the text of that length.

    >>> filled = fill_gaps(MarkedSegments(*np.array([[3], [5], [1]])), 9)
    >>> filled.start.tolist(), filled.code.tolist()
    ([0, 3, 5], [0, 1, 0])
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
    """The code between each two cuts; -1 where there is no segment.

    >>> cut_at(MarkedSegments(*np.array([[3], [5], [1]])), np.array([0, 3, 5, 9])).tolist()
    [-1, 1, -1]
    """
    if not len(segments.start) or len(cuts) < 2:
        return np.full(max(len(cuts) - 1, 0), -1, dtype=np.int64)
    at = np.searchsorted(segments.start, cuts[:-1], side="right") - 1
    inside = (at >= 0) & (cuts[:-1] < segments.end[np.maximum(at, 0)])
    return np.where(inside, segments.code[np.maximum(at, 0)], -1).astype(np.int64)
