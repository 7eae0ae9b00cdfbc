"""Agreement of coders on units, beyond chance: Krippendorff's α."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats

Units = Sequence[Sequence[Hashable | None]]
"""What each coder gave each unit, None where a coder gave nothing."""
Metric = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class ValueCounts:
    """How many coders gave each unit each value.

    `counts` is units by values, `times` how often each unit counts. Values are
    in the order they first occur.
    """

    values: tuple[Hashable, ...]
    counts: Floats
    times: Floats


class DisagreementSums(NamedTuple):
    """Krippendorff's D: what is observed, and what chance would give."""

    observed: float
    expected: float


def krippendorff_alpha(
    units: Units, metric: Metric = "nominal", *, times: ArrayLike | None = None
) -> float:
    """Krippendorff's α, 1 − D_observed / D_expected.

    A unit holds the value each coder gave it, None for none; `times` says how often each
    unit counts (once). 1 is perfect agreement, 0 what chance would give. Units with fewer
    than two values are left out. nan when only one value was ever given: agreement on what
    never varies cannot be told from chance.

    Values have an order for the ordinal metric and are numbers for interval and
    ratio; ValueError when they are not.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, parts B and D:

    >>> a, b = "aabbdcccedda", "babbbccceddd"
    >>> round(krippendorff_alpha(list(zip(a, b, strict=True))), 3)
    0.692
    >>> units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".split()
    >>> numbers = [[None if c == "." else int(c) for c in unit] for unit in units]
    >>> [round(krippendorff_alpha(numbers, m), 3) for m in ("ordinal", "interval", "ratio")]
    [0.815, 0.849, 0.797]
    """
    counted = np.ones(len(units)) if times is None else np.asarray(times, dtype=np.float64)
    return float(sampled_alphas(units, counted[None, :], metric)[0])


def sampled_alphas(units: Units, times: ArrayLike, metric: Metric = "nominal") -> Floats:
    """The α of many samples at once; `times` is samples by units, how often each has each.

    >>> sampled_alphas([(1, 1), (1, 0), (0, 0)], [[7, 3, 5], [9, 0, 0]]).round(3)
    array([0.606,   nan])
    """
    observed, expected = _sums(tally_values(units), np.asarray(times, dtype=np.float64), metric)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)


def disagreement_sums(
    units: Units, metric: Metric = "nominal", *, times: ArrayLike | None = None
) -> DisagreementSums:
    """The two disagreements α is made of; nan where no unit has two values.

    Krippendorff (2004), p. 224:

    >>> a, b = "1100000000", "0110010100"
    >>> found = disagreement_sums(list(zip(a, b, strict=True)))
    >>> [round(one, 3) for one in found]
    [0.4, 0.442]
    """
    counted = np.ones(len(units)) if times is None else np.asarray(times, dtype=np.float64)
    observed, expected = _sums(tally_values(units), counted[None, :], metric)
    return DisagreementSums(float(observed[0]), float(expected[0]))


def tally_values(units: Units, *, times: ArrayLike | None = None) -> ValueCounts:
    """How many coders gave each unit each value, units by values.

    >>> tally_values([("a", "a"), ("b", None)]).counts.tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    number: dict[Hashable, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, unit in enumerate(units):
        for value in unit:
            if value is not None:
                rows.append(row)
                columns.append(number.setdefault(value, len(number)))
    counts = np.zeros((len(units), len(number)))
    np.add.at(counts, (rows, columns), 1)
    counted = np.ones(len(units)) if times is None else np.asarray(times, dtype=np.float64)
    return ValueCounts(tuple(number), counts, counted)


def alpha_of_two(
    both: ArrayLike, first_only: ArrayLike, second_only: ArrayLike, neither: ArrayLike
) -> Floats:
    """Krippendorff's α of two coders on one code, from the numbers of units; arrays at once.

    Krippendorff (2004), p. 224: ten units, α .095.

    >>> round(float(alpha_of_two(1, 1, 3, 5)), 3)
    0.095
    """
    a, b, c, d = (np.asarray(x, dtype=np.float64) for x in (both, first_only, second_only, neither))
    given = 2 * a + b + c  # how often the code was given, by either
    n = 2 * (a + b + c + d)
    expected = given * (n - given)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (n - 1) * (b + c) / expected
    return np.where(expected > 0, alpha, np.nan)


def _sums(counted: ValueCounts, times: Floats, metric: Metric) -> tuple[Floats, Floats]:
    """Observed and expected disagreement of each line of `times`; nan for an empty one."""
    many = counted.counts.sum(axis=1) >= 2
    counts, times = counted.counts[many], times[:, many]
    pairable = counts.sum(axis=1)
    given = times @ counts
    n = given.sum(axis=1)
    if metric == "nominal":
        # Pairs apart are all pairs without the equal ones: no matrix of values by values.
        within = times @ ((pairable**2 - (counts**2).sum(axis=1)) / (pairable - 1))
        between = n**2 - (given**2).sum(axis=1)
    else:
        pairs = counts[:, :, None] * counts[:, None, :] / (pairable - 1)[:, None, None]
        apart = _squared(counted.values, given, metric)
        within = (np.tensordot(times, pairs, axes=1) * apart).sum(axis=(1, 2))
        between = (given[:, :, None] * given[:, None, :] * apart).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return within / n, between / (n * (n - 1))


def _squared(values: tuple[Any, ...], given: Floats, metric: Metric) -> Floats:
    """How far values are apart, squared: samples (or one) by values by values."""
    if metric == "ordinal":
        # The ranks between two values: from the middle of the one to the middle of the other.
        order = np.array(sorted(range(len(values)), key=values.__getitem__), dtype=np.int64)
        middle = np.empty_like(given)
        middle[:, order] = np.cumsum(given[:, order], axis=1) - given[:, order] / 2
        return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)
    if metric not in ("interval", "ratio"):
        raise ValueError(f"there is no metric {metric!r}: nominal, ordinal, interval or ratio")
    number = np.array([float(value) for value in values])
    apart = number[:, None] - number[None, :]
    if metric == "ratio":
        total = number[:, None] + number[None, :]
        apart = np.divide(apart, total, out=np.zeros_like(apart), where=apart != 0)
    return np.asarray(apart[None, :, :] ** 2)
