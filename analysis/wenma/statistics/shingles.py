"""How much of one text stands in another, by the short runs of characters both hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenma.statistics.arrays import Integers

_FACTOR = 0x9E3779B97F4A7C15
"""An odd number with its bits well mixed: 2**64 over the golden ratio."""
MANY = 64
"""A shingle that more texts share is common wording: of those, only neighbours are compared."""


@dataclass(frozen=True)
class Overlap:
    """What two sets of shingles share.

    jaccard  shared shingles, of all that either has
    first    the part of the first text's shingles that the second has, and `second` the other way
    """

    jaccard: float
    first: float
    second: float


def shingles(codes: Integers, size: int) -> Integers:
    """A number for each run of `size` characters, equal for equal runs.

    Of 64 bits: among the millions of runs of a corpus, two that differ have one number with a
    chance below one in a million.

    >>> ab, bc, again = shingles(np.array([7, 8, 9, 7, 8]), 2)[[0, 1, 3]]
    >>> bool(ab == again), bool(ab == bc)
    (True, False)
    """
    count = max(len(codes) - size + 1, 0)
    found = np.zeros(count, dtype=np.uint64)
    signs = codes.astype(np.uint64)
    for step in range(size):
        found = found * np.uint64(_FACTOR) + signs[step : step + count]
    # Runs that differ in their last character alone lie near each other: mixed, they do not.
    found ^= found >> np.uint64(30)
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    return found.view(np.int64)


def sampled(different: Integers, size: int) -> Integers:
    """The `size` lowest of the different shingles of a text, in order: a sketch of it.

    The lowest of mixed numbers are a sample drawn alike from every text, so that what two
    sketches share tells what the texts share. Broder (1997), On the resemblance and containment
    of documents.

    >>> sampled(np.array([5, 1, 4, 1]), 2).tolist()
    [1, 4]
    """
    if len(different) > 4 * size:  # most are far above the lowest: sort these alone
        low = np.unique(np.partition(different, 2 * size)[: 2 * size])
        if len(low) > size:
            return low[:size]
    return np.unique(different)[:size]


def overlap(first: Integers, second: Integers) -> Overlap:
    """What two sets of shingles share; nan where one has none.

    >>> overlap(np.array([1, 2, 3, 4]), np.array([3, 4]))
    Overlap(jaccard=0.5, first=0.5, second=1.0)
    """
    one, two = np.unique(first), np.unique(second)
    if not len(one) or not len(two):
        return Overlap(float("nan"), float("nan"), float("nan"))
    both = len(np.intersect1d(one, two, assume_unique=True))
    return Overlap(both / (len(one) + len(two) - both), both / len(one), both / len(two))


def estimated_share(first: Integers, second: Integers, shared: int, size: int) -> float:
    """How much of the shorter of two texts the other holds, by `shared` of their sketches.

    Sketches are of at most `size` shingles; a shorter one is all of its text. Compared is where
    both are whole: up to the last of the one that ends first.

    >>> estimated_share(np.array([1, 2, 9]), np.array([2, 4, 6, 8]), 1, 4)
    0.5
    """
    ends = [one[-1] for one in (first, second) if len(one) == size]
    parts: tuple[Integers, ...] = (first, second)
    if ends:
        parts = tuple(one[: np.searchsorted(one, min(ends), side="right")] for one in parts)
    return shared / min(map(len, parts))


def likely_pairs(sketches: Sequence[Integers], *, least: int = 1) -> list[tuple[int, int, int]]:
    """The pairs of texts whose sketches share at least `least`, the lower first; and how many.

    What more than `MANY` share pairs each with the next one alone: else a sentence that stands
    in ten thousand documents would make fifty million pairs.

    >>> likely_pairs([np.array([1, 2]), np.array([3]), np.array([2, 9])])
    [(0, 2, 1)]
    """
    if not sketches:
        return []
    numbers = np.concatenate(sketches)
    text = np.repeat(np.arange(len(sketches)), [len(one) for one in sketches])
    order = np.argsort(numbers, kind="stable")
    numbers, text = numbers[order], text[order]
    new = np.append(True, np.diff(numbers) != 0)[: len(numbers)]
    first = np.flatnonzero(new)
    size = np.diff(np.append(first, len(numbers)))
    left = np.repeat(first + size, size) - np.arange(len(numbers)) - 1  # holders still to come
    reach = np.where(np.repeat(size, size) > MANY, np.minimum(left, 1), left)
    one = np.repeat(np.arange(len(numbers)), reach)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(reach) - reach, reach)
    pair, times = np.unique(text[one] * len(sketches) + text[two], return_counts=True)
    enough = times >= least
    lower, higher = np.divmod(pair[enough], len(sketches))
    return list(zip(lower.tolist(), higher.tolist(), times[enough].tolist(), strict=True))
