"""The 95 % interval of a share by Wilson's score: good for small numbers and near 0 and 1."""

from math import nan

import numpy as np
from scipy.special import ndtri

from wenma.statistics.arrays import Floats

NORMAL_95 = float(ndtri(0.975))
"""The quantile of the normal distribution for a two-sided interval of 95 %."""
FEW = 10
"""Of fewer cases no judgement is made: they are too few to say."""


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of `right` among so many independent judgements; nan of none.

    Newcombe (1998), Two-sided confidence intervals for the single proportion, table I:

    >>> [round(limit, 4) for limit in wilson(81, 263)]
    [0.2553, 0.3662]
    >>> [round(limit, 4) for limit in wilson(15, 148)]
    [0.0624, 0.1605]
    >>> [round(limit, 4) for limit in wilson(0, 20)]
    [0.0, 0.1611]
    >>> [round(limit, 4) for limit in wilson(1, 29)]
    [0.0061, 0.1718]
    >>> wilson(0, 0)
    (nan, nan)
    """
    if not of:
        return nan, nan
    low, high = score_limits(np.array(right / of), np.array(float(of)), NORMAL_95)
    return float(low), float(high)


def score_limits(
    share: Floats, size: Floats, z: Floats | float, *, counts: bool = False
) -> tuple[Floats, Floats]:
    """Wilson's limits of shares of so many cases, which need not be whole numbers.

    `z` is the quantile, normal or Student's. With `counts`, `share` is a rate and `size` the
    events it rests on: the limits of a Poisson count, to which Wilson's come as shares get small.
    """
    square = np.square(z)
    if counts:
        middle = 1 + square / (2 * size)
        reach = z * np.sqrt(1 / size + square / (4 * size**2))
        return np.maximum(share * (middle - reach), 0.0), share * (middle + reach)
    middle = (share + square / (2 * size)) / (1 + square / size)
    reach = z * np.sqrt(share * (1 - share) / size + square / (4 * size**2)) / (1 + square / size)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def difference_limits(
    first: Floats,
    of_first: tuple[Floats, Floats],
    second: Floats,
    of_second: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """The interval of first − second, from the values and limits of two independent groups.

    Newcombe (1998), Interval estimation for the difference between independent proportions,
    method 10, table II: 56 of 70 less 48 of 80. Zou & Donner (2008) show it for any two values.

    >>> limits = difference_limits(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    >>> [round(float(limit), 4) for limit in limits]
    [0.0524, 0.3339]
    """
    apart = first - second
    (low, high), (low_b, high_b) = of_first, of_second
    return (
        np.asarray(apart - np.hypot(first - low, high_b - second)),
        np.asarray(apart + np.hypot(high - first, second - low_b)),
    )


def ratio_limits(
    first: Floats,
    of_first: tuple[Floats, Floats],
    second: Floats,
    of_second: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """The interval of first / second in the same way, on the scale of logarithms.

    0 and infinite where a limit of one of them is 0; nan where the ratio is not defined.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = np.log(first), np.log(second)
        low, high = difference_limits(
            a,
            (np.log(of_first[0]), np.log(of_first[1])),
            b,
            (np.log(of_second[0]), np.log(of_second[1])),
        )
        return np.exp(low), np.exp(high)
