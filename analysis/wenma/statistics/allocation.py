"""How many units each stratum gives, and which: so that rare ones are seen."""

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


def root_allocation(capacities: Sequence[int], size: int, random: np.random.Generator) -> list[int]:
    """How many to draw from each stratum: as the root of what it has, one at least.

    Between even shares, which see the rare, and proportional ones, which are best for the whole
    (power allocation: Bankier 1988). The numbers add up as in `even_allocation`.

    >>> root_allocation([400, 100, 4], 16, np.random.default_rng(0))
    [10, 5, 1]
    """
    shares = [min(1, most) for most in capacities] if size >= len(capacities) else []
    if not shares:
        return even_allocation(capacities, size, random)
    roots = np.sqrt(np.array(capacities, dtype=np.float64))
    for _ in range(min(size, sum(capacities)) - sum(shares)):
        # The next unit goes where the stratum is furthest behind its share (Webster's rule).
        behind = [
            root / (2 * share + 1) if share < most else -1.0
            for root, share, most in zip(roots, shares, capacities, strict=True)
        ]
        shares[int(np.argmax(behind))] += 1
    return shares


def halved_allocation(
    coded: Sequence[int],
    silent: Sequence[int],
    outside: Sequence[int],
    size: int,
    random: np.random.Generator,
    *,
    even: bool = False,
) -> tuple[list[int], list[int], list[int]]:
    """How many to draw from strata a machine has coded, and from those where it is silent.

    Half of what is coded, half of what is not, and of that a quarter from `outside` the scope,
    where hardly anything is missed. What one side cannot give another does. What is coded is
    drawn by `root_allocation`, or `even` over the strata. Half and half keeps the intervals of
    precision and of misses of one order.

    >>> halved_allocation([50, 3], [100], [900], 16, np.random.default_rng(0), even=True)
    ([5, 3], [6], [2])
    """
    whole = [sum(strata) for strata in (coded, silent, outside)]
    wanted = [size - size // 2, 0, size // 8 if sum(silent) else size // 2]
    wanted[1] = size - wanted[0] - wanted[2]
    takes = [min(one, most) for one, most in zip(wanted, whole, strict=True)]
    for at in (0, 1, 2):
        takes[at] += min(whole[at] - takes[at], size - sum(takes))
    of_coded = even_allocation if even else root_allocation
    return (
        of_coded(coded, takes[0], random),
        even_allocation(silent, takes[1], random),
        even_allocation(outside, takes[2], random),
    )


def systematic_sample(units: int, size: int, random: np.random.Generator) -> Integers:
    """The positions of `size` of so many units in a row, at even steps from a random start.

    Each unit has the chance size / units; in a row that is sorted, neighbours are seldom drawn
    together, so that what the row is sorted by is spread (Madow & Madow 1944).

    >>> systematic_sample(10, 5, np.random.default_rng(0)).tolist()
    [1, 3, 5, 7, 9]
    """
    if not size:
        return np.zeros(0, dtype=np.int64)
    step = units / size
    found = np.floor(random.uniform(0, step) + step * np.arange(size)).astype(np.int64)
    return np.asarray(np.minimum(found, units - 1), dtype=np.int64)
