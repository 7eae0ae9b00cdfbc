"""Would other documents differ? Whole documents are dealt to the groups anew, again and again.

Sentences of one plan resemble each other, so that tests that take references as independent draws
find differences between groups that were dealt at random. A permutation of whole documents is
right for any dependence inside them; it asks that under chance alone any document might have been
in any group.
"""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

import numpy as np

from wenma.statistics.arrays import Floats, Integers

FEW = 8
"""Of so many documents every way to deal them is tried."""
_AT_ONCE = 20_000_000
"""Numbers worked on at once, so that many groups fit the memory."""


class PermutationTest(NamedTuple):
    """How often dealing the documents at random leads so far from what the sums expect.

    `p` has the table's shape, nan for a group of a single document, of which nothing can be
    told; `p_whole` is of χ² of the whole table, nan where every group has one document.
    `dealings` were made, all there are where `exact`.
    """

    p: Floats
    p_whole: float
    dealings: int
    exact: bool


def permutation_test(
    counts: Integers, group: Integers, groups: int, *, resamples: int = 1999, seed: int = 0
) -> PermutationTest:
    """Test whether groups of documents differ in their codes (documents by codes; group of each).

    Two-sided for each cell, by its adjusted residual; Phipson & Smyth (2010): the table as it
    is counts as one of the dealings. The same seed deals the same.

    >>> counts = np.array([[9, 1], [8, 2], [9, 1], [1, 9], [2, 8], [1, 9]])
    >>> test = permutation_test(counts, np.array([0, 0, 0, 1, 1, 1]), 2)
    >>> test.exact, test.dealings, test.p_whole  # 2 of the 20 ways
    (True, 20, 0.1)
    """
    table = np.asarray(counts, dtype=np.float64)
    here = np.flatnonzero((group >= 0) & (table.sum(axis=1) > 0))
    table, labels = table[here], group[here]
    many = np.bincount(labels, minlength=groups)
    nothing = PermutationTest(np.full((groups, table.shape[1]), np.nan), float("nan"), 0, False)
    if (many > 0).sum() < 2 or (table.sum(axis=0) > 0).sum() < 2 or many.max(initial=0) < 2:
        return nothing
    exact = len(labels) <= FEW
    as_it_is, whole = _distances(table, labels[None], groups)
    as_far = np.zeros(as_it_is.shape[1:])
    whole_as_far = dealings = 0
    for dealt in _every(labels) if exact else _some(labels, resamples, seed, groups):
        cells, wholes = _distances(table, dealt, groups)
        # Equal but for rounding is as far.
        as_far += (cells >= as_it_is * (1 - 1e-9) - 1e-12).sum(axis=0)
        whole_as_far += int((wholes >= whole[0] * (1 - 1e-9)).sum())
        dealings += len(dealt)
    itself = 0 if exact else 1
    p = (as_far + itself) / (dealings + itself)
    p[many < 2] = np.nan
    p[:, table.sum(axis=0) == 0] = np.nan
    return PermutationTest(p, (whole_as_far + itself) / (dealings + itself), dealings, exact)


def _distances(table: Floats, labels: Integers, groups: int) -> tuple[Floats, Floats]:
    """Of each dealing the adjusted residuals, without their signs, and χ² of the whole table."""
    member = (labels[:, None, :] == np.arange(groups)[None, :, None]).astype(np.float64)
    dealt = member @ table
    rows, columns, every = dealt.sum(axis=2, keepdims=True), table.sum(axis=0), table.sum()
    expected = rows * columns / every
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = (dealt - expected) ** 2 / expected
        apart = np.sqrt(squared / ((1 - rows / every) * (1 - columns / every)))
    return np.nan_to_num(apart), np.nansum(squared, axis=(1, 2))


def _every(labels: Integers) -> Iterator[Integers]:
    yield np.array(sorted(set(permutations(labels.tolist()))), dtype=np.int64)


def _some(labels: Integers, resamples: int, seed: int, groups: int) -> Iterator[Integers]:
    random = np.random.default_rng(seed)
    size = max(1, _AT_ONCE // max(1, len(labels) * groups))
    for first in range(0, resamples, size):
        many = min(size, resamples - first)
        yield random.permuted(np.tile(labels, (many, 1)), axis=1)
