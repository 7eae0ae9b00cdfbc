"""A sample spread evenly over strata, so that rare ones are seen."""

from collections.abc import Sequence

import numpy as np

from wenma.statistics.arrays import Integers


def even_allocation(capacities: Sequence[int], size: int, random: np.random.Generator) -> list[int]:
    """How many to draw from each stratum: as many from each, none more than it has.

    The numbers add up to `size`, or to the sum of the `capacities` where that is less.
    Each round every stratum that has any left gives one; the last round is drawn by lot.

    >>> even_allocation([10, 2, 10], 12, np.random.default_rng(0))
    [5, 2, 5]
    """
    shares = [0] * len(capacities)
    left = min(size, sum(capacities))
    while left:
        unfilled = [at for at, most in enumerate(capacities) if shares[at] < most]
        if left < len(unfilled):
            unfilled = [int(at) for at in random.choice(unfilled, size=left, replace=False)]
        for at in unfilled:
            shares[at] += 1
        left -= len(unfilled)
    return shares


def stratified_sample(strata: Sequence[Integers], size: int, *, seed: int) -> Integers:
    """The positions of `size` units, as evenly over the strata as these have units to give.

    Each array of `strata` has the stratum of each unit as a number; the first array is
    divided first, and the next within it. The positions come in a random order, so that
    whoever stops half-way has a sample too. Rates in such a sample are not those of the
    whole: a rare stratum is drawn as often as a frequent one.

    >>> code = np.array([0] * 90 + [1] * 10)
    >>> np.bincount(code[stratified_sample([code], 12, seed=1)]).tolist()
    [6, 6]
    """
    random = np.random.default_rng(seed)
    units = len(strata[0])
    order = random.permutation(units)
    chosen = _spread(order, strata, min(size, units), random)
    return chosen[random.permutation(len(chosen))]


def _spread(
    order: Integers, strata: Sequence[Integers], size: int, random: np.random.Generator
) -> Integers:
    """So many of the positions, evenly over the first strata, and so on within each."""
    if not strata:
        return order[:size]
    number = strata[0][order]
    groups = [order[number == one] for one in np.unique(number)]
    shares = even_allocation([len(group) for group in groups], size, random)
    parts = [
        _spread(group, strata[1:], share, random)
        for group, share in zip(groups, shares, strict=True)
    ]
    return np.concatenate(parts) if parts else order[:0]
