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
from numpy.typing import NDArray

from wenma.statistics.arrays import Floats, Integers

FEW = 8
"""Of so many documents every way to deal them is tried."""
_AT_ONCE = 2_000_000
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


def share_change_test(
    own: Integers, whole: Integers, now: NDArray[np.bool_], *, resamples: int = 1999, seed: int = 0
) -> Floats:
    """The p of each code's change of share between the documents of `now` and the others.

    `own` has the references of each document with each code, `whole` what they are a share of.
    Documents are dealt to the two sides anew; two-sided. nan where a side has no document or
    both have one, and where a side has nothing to share.

    >>> own = np.array([[9], [8], [9], [1], [2], [1]])
    >>> now = np.array([True, True, True, False, False, False])
    >>> share_change_test(own, np.full((6, 1), 10), now)
    array([0.1])
    """
    here = np.flatnonzero(whole.any(axis=1))
    parts, wholes, labels = own[here].astype(float), whole[here].astype(float), now[here]
    if not labels.any() or labels.all() or len(labels) < 3:
        return np.full(own.shape[1], np.nan)
    exact = len(labels) <= FEW
    numbers = labels.astype(np.int64)
    as_it_is = _changes(parts, wholes, numbers[None])[0]
    as_far, dealings = np.zeros(own.shape[1]), 0
    for dealt in _every(numbers) if exact else _some(numbers, resamples, seed, own.shape[1]):
        as_far += (_changes(parts, wholes, dealt) >= as_it_is * (1 - 1e-9) - 1e-12).sum(axis=0)
        dealings += len(dealt)
    itself = 0 if exact else 1
    # A code that nobody or everybody has can show no change.
    varies = (parts.sum(axis=0) > 0) & (parts.sum(axis=0) < wholes.sum(axis=0))
    return np.where(varies & ~np.isnan(as_it_is), (as_far + itself) / (dealings + itself), np.nan)


def profile_test(
    parts: Integers,
    whole: Integers,
    group: Integers,
    groups: int,
    *,
    resamples: int = 1999,
    seed: int = 0,
) -> Floats:
    """p of each group: how often dealing the documents sets its shares so far from those of all.

    `parts` are documents by kinds, `whole` what each document's kinds are shares of (they may
    overlap), `group` that of each document, -1 for none. Compared is the sum over the kinds
    of squared differences from what is expected, by this. nan for a group of one document.

    >>> parts = np.array([[9, 1], [8, 2], [9, 1], [1, 9], [2, 8], [1, 9]])
    >>> profile_test(parts, np.full(6, 10), np.array([0, 0, 0, 1, 1, 1]), 2).tolist()
    [0.1, 0.1]
    """
    here = np.flatnonzero((group >= 0) & (whole > 0))
    table, sizes, labels = parts[here].astype(float), whole[here].astype(float), group[here]
    many = np.bincount(labels, minlength=groups)
    found = np.full(groups, np.nan)
    able = np.flatnonzero((many > 1) & (many < len(labels)))
    if not len(able) or not table.any():
        return found
    exact = len(labels) <= FEW
    as_it_is = _strangeness(table, sizes, labels[None], able)[0]
    as_far, dealings = np.zeros(len(able)), 0
    for dealt in _every(labels) if exact else _some(labels, resamples, seed, len(able)):
        apart = _strangeness(table, sizes, dealt, able)
        as_far += (apart >= as_it_is * (1 - 1e-9) - 1e-12).sum(axis=0)
        dealings += len(dealt)
    itself = 0 if exact else 1
    found[able] = (as_far + itself) / (dealings + itself)
    return found


def _strangeness(table: Floats, sizes: Floats, dealt: Integers, able: Integers) -> Floats:
    """Of each dealing how far the shares of these groups lie from those of all."""
    member = (dealt[:, None, :] == able[None, :, None]).astype(np.float64)
    own, size, every = member @ table, (member @ sizes)[:, :, None], sizes.sum()
    used = table.sum(axis=0) > 0
    expected = size * table.sum(axis=0)[used] / every
    squared = (own[:, :, used] - expected) ** 2 / expected / (1 - size / every)
    return np.asarray(squared.sum(axis=2))


def _changes(parts: Floats, wholes: Floats, dealt: Integers) -> Floats:
    """Of each dealing how far apart the shares of the two sides are; nan where one has none."""
    here, there = dealt.astype(float), 1.0 - dealt
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [(side @ parts) / (side @ wholes) for side in (here, there)]
    return np.asarray(np.abs(shares[0] - shares[1]))


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
