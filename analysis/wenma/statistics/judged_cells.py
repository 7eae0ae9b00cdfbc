"""What a machine's counts come to once a sample with known chances was coded by people.

Units are put into cells that are alike to the machine: coded with a code, silent about it. Of
each cell it is known how many units there are, and from the sample which share of them people
hold to be coded. That is post-stratification, of which the difference estimator of survey
sampling (Cassel, Särndal & Wretman 1976), prediction-powered inference (Angelopoulos et al. 2023)
and design-based supervised learning (Egami et al. 2023) are the general case. The limits of a
cell's share are Clopper and Pearson's on its effective size (Korn & Graubard 1998); what is made
of several cells has limits by squaring and adding (MOVER: Zou & Donner 2008).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isnan, nan, sqrt

import numpy as np

from wenma.statistics.arrays import Floats
from wenma.statistics.score_intervals import NORMAL_95

Z_POWER = 0.841621
"""The quantile for a power of .8."""


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """Units alike to the machine, and what people said of those that were drawn.

    units   how many there are
    judged  how many of them people have coded
    share   of all of them that carry the code, by the sample; nan where none was judged
    low, high  its 95 % limits
    """

    units: int
    judged: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Limits:
    """An estimate and its 95 % interval; all three nan where nothing can be said."""

    value: float
    low: float
    high: float


UNKNOWN = Limits(nan, nan, nan)


def judged_cell(units: int, given: Floats, chances: Floats) -> JudgedCell:
    """The cell of so many units, of which some were judged.

    `given` has for each judged unit 1 where people gave the code, 0 where they did not, and
    between where they differ; `chances` the probability with which each was drawn.

    >>> judged_cell(100, np.array([1.0, 1, 1, 0]), np.full(4, 0.04))
    JudgedCell(units=100, judged=4, share=0.75, low=0.205..., high=0.988...)

    Where every unit was judged nothing is left to chance:

    >>> judged_cell(4, np.array([1.0, 1, 1, 0]), np.ones(4))
    JudgedCell(units=4, judged=4, share=0.75, low=0.75, high=0.75)
    """
    judged = len(given)
    if not judged:
        return JudgedCell(units, 0, nan, nan, nan)
    weights = 1 / chances
    share = float(weights @ given / weights.sum())
    # Unequal chances make a sample worth less than its size (Kish 1965).
    size = float(weights.sum() ** 2 / (weights @ weights))
    low, high = clopper_pearson(share * size, size)
    left = sqrt(max(0.0, 1 - judged / units)) if units else 0.0
    return JudgedCell(
        units, judged, share, share - left * (share - low), share + left * (high - share)
    )


def clopper_pearson(hits: float, size: float) -> tuple[float, float]:
    """The exact 95 % limits of a share of `size` independent units; both may be broken numbers.

    Clopper & Pearson (1934). Newcombe (1998), table I, method 5: of 263 units 81, of 29 one:

    >>> [round(limit, 4) for limit in clopper_pearson(81, 263)]
    [0.2527, 0.3676]
    >>> [round(limit, 4) for limit in clopper_pearson(1, 29)]
    [0.0009, 0.1776]
    """
    from scipy.special import betaincinv

    low = 0.0 if hits <= 1e-9 else float(betaincinv(hits, size - hits + 1, 0.025))
    high = 1.0 if size - hits <= 1e-9 else float(betaincinv(hits + 1, size - hits, 0.975))
    return low, high


def square_and_add(made: Callable[[Floats], float], cells: Sequence[JudgedCell]) -> Limits:
    """What is `made` of the shares of cells, with limits from theirs.

    `made` rises or falls all the way with each share. Each cell is moved to its limits alone;
    what that changes is squared and added, upwards and downwards apart. `UNKNOWN` where a cell
    with units in it has no judged one, or where `made` is nan of the shares themselves.

    >>> cells = [judged_cell(100, np.array([1.0, 1, 1, 0]), np.full(4, 0.04))] * 2
    >>> found = square_and_add(lambda shares: 100 * shares[0] + 100 * shares[1], cells)
    >>> [round(limit, 1) for limit in (found.value, found.low, found.high)]
    [150.0, 73.0, 183.8]
    """
    held = np.array([cell.share if cell.units else 0.0 for cell in cells])
    value = float(made(held))
    if np.isnan(held).any() or isnan(value):
        return UNKNOWN
    down = up = 0.0
    for at, cell in enumerate(cells):
        if not cell.units:
            continue
        moved = []
        for limit in (cell.low, cell.high):
            shares = held.copy()
            shares[at] = limit
            moved.append(made(shares))
        changes = [one - value for one in moved if not isnan(one)]
        down += min([0.0, *changes]) ** 2
        up += max([0.0, *changes]) ** 2
    return Limits(value, value - sqrt(down), value + sqrt(up))


# -- what is made of the cells: the first holds what the machine coded, the others what it did not


def estimated_total(cells: Sequence[JudgedCell]) -> Limits:
    """How many units carry the code."""
    sizes = _sizes(cells)
    return _within(square_and_add(lambda shares: float(sizes @ shares), cells), 0, sizes.sum())


def estimated_recall(cells: Sequence[JudgedCell]) -> Limits:
    """Of the units that carry the code, the share the machine coded; nan where none does."""
    sizes = _sizes(cells)

    def made(shares: Floats) -> float:
        right, every = sizes[0] * shares[0], sizes @ shares
        return float(right / every) if every > 0 else nan

    return _within(square_and_add(made, cells), 0, 1)


def estimated_misses(cells: Sequence[JudgedCell]) -> Limits:
    """Of the units the machine did not code, the share that carries the code."""
    sizes = _sizes(cells)
    silent = sizes[1:].sum()
    if not silent:
        return UNKNOWN
    return _within(
        square_and_add(lambda shares: float(sizes[1:] @ shares[1:] / silent), cells), 0, 1
    )


def estimated_f1(cells: Sequence[JudgedCell]) -> Limits:
    """F1 of the machine against people; nan where neither has the code anywhere."""
    sizes = _sizes(cells)

    def made(shares: Floats) -> float:
        both = sizes[0] + sizes @ shares
        return float(2 * sizes[0] * shares[0] / both) if both > 0 else nan

    return _within(square_and_add(made, cells), 0, 1)


def estimated_kappa(cells: Sequence[JudgedCell]) -> Limits:
    """Cohen's κ of machine and people over all units."""
    sizes = _sizes(cells)

    def made(shares: Floats) -> float:
        a, b, c, d = _four(sizes, shares)
        beyond = (a + b) * (b + d) + (a + c) * (c + d)
        return float(2 * (a * d - b * c) / beyond) if beyond > 0 else nan

    return _within(square_and_add(made, cells), -1, 1)


def estimated_alpha(cells: Sequence[JudgedCell]) -> Limits:
    """Krippendorff's nominal α of machine and people over all units."""
    sizes = _sizes(cells)
    twice = 2 * sizes.sum()

    def made(shares: Floats) -> float:
        a, b, c, _ = _four(sizes, shares)
        given = 2 * a + b + c
        expected = given * (twice - given) / (twice - 1)
        return float(1 - (b + c) / expected) if expected > 0 else nan

    return _within(square_and_add(made, cells), -1, 1)


def estimated_difference(one: Sequence[JudgedCell], other: Sequence[JudgedCell]) -> Limits:
    """The share of units with the code in one group less that in another."""
    first, second = _sizes(one), _sizes(other)
    if not first.sum() or not second.sum():
        return UNKNOWN

    def made(shares: Floats) -> float:
        here = first @ shares[: len(one)] / first.sum()
        return float(here - second @ shares[len(one) :] / second.sum())

    return _within(square_and_add(made, [*one, *other]), -1, 1)


def units_by_hand(share: Limits) -> float:
    """Units drawn evenly and coded by hand alone that would give as narrow an interval.

    The smallest sample whose interval, by Clopper and Pearson, is no wider than this one at this
    share; nan where there is no width to reach.

    >>> units_by_hand(Limits(0.5, 0.4, 0.6))
    104.0
    """
    width = share.high - share.low
    if isnan(width) or width <= 0:
        return nan

    def wider(units: int) -> bool:
        low, high = clopper_pearson(share.value * units, units)
        return high - low > width

    low, high = 1, 2
    while wider(high) and high < 10**9:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wider(middle) else (low, middle)
    return float(high)


def more_to_tell(found: Limits, judged: int) -> float:
    """Units to judge besides so that a difference this large is told at .05 with power .8.

    The error shrinks with the root of the sample; 0 where it is told already, nan where there
    is no difference or nothing is known.

    >>> more_to_tell(Limits(0.10, 0.02, 0.18), 100), more_to_tell(Limits(0.10, -0.02, 0.22), 100)
    (0.0, 195.0)
    """
    towards = found.low if found.value > 0 else found.high
    half = abs(found.value - towards)
    if isnan(half) or not found.value:
        return nan
    if towards * found.value > 0:
        return 0.0
    wanted = abs(found.value) * NORMAL_95 / (NORMAL_95 + Z_POWER)
    return float(ceil(judged * (half / wanted) ** 2)) - judged


def _sizes(cells: Sequence[JudgedCell]) -> Floats:
    return np.array([cell.units for cell in cells], dtype=np.float64)


def _four(sizes: Floats, shares: Floats) -> tuple[float, float, float, float]:
    """Units coded by both, by the machine alone, by people alone, by neither."""
    right, missed = float(sizes[0] * shares[0]), float(sizes[1:] @ shares[1:])
    return right, float(sizes[0]) - right, missed, float(sizes[1:].sum()) - missed


def _within(found: Limits, least: float, most: float) -> Limits:
    return Limits(found.value, max(found.low, least), min(found.high, most))
