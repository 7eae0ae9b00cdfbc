"""Cohen's weighted κ: two coders on a scale, near misses counting less than far ones."""

from math import nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats
from wenma.statistics.krippendorff import Units

KappaWeights = Literal["linear", "quadratic"]


def weighted_kappa(
    units: Units, weights: KappaWeights = "linear", *, times: ArrayLike | None = None
) -> float:
    """Weighted κ of two coders, 1 − Σ d o / Σ d e, on the units both gave a number.

    d is how far the two numbers are apart (linear; Cicchetti & Allison 1971) or its square
    (quadratic; Fleiss & Cohen 1973), o what is observed, e what chance would give. `times`
    says how often each unit counts. nan when both gave one and the same number throughout;
    ValueError for other than two coders.

    Cohen (1968). Ninety-one couples, Agresti (2002), p. 432:

    >>> table = [7, 7, 2, 3, 2, 8, 3, 7, 1, 5, 4, 9, 2, 8, 9, 14]
    >>> units = [(a, b) for a in range(4) for b in range(4)]
    >>> round(weighted_kappa(units, times=table), 4)
    0.2374
    """
    often = np.ones(len(units)) if times is None else np.asarray(times, dtype=np.float64)
    pairs: list[tuple[float, float, float]] = []
    for unit, count in zip(units, often.tolist(), strict=True):
        if len(unit) != 2:
            raise ValueError(f"a unit has {len(unit)} coders: this measure is of two")
        a, b = unit
        if a is not None and b is not None:
            pairs.append((float(a), float(b), count))  # type: ignore[arg-type]  # numbers are asked
    if not pairs:
        return nan
    first, second, weight = np.array(pairs, dtype=np.float64).T
    one, other = (_shares(side, weight) for side in (first, second))
    apart = _distance(first - second, weights)
    by_chance = _distance(one[0][:, None] - other[0][None, :], weights)
    expected = float(one[1] @ by_chance @ other[1])
    observed = float(apart @ weight / weight.sum()) if weight.sum() else nan
    return 1 - observed / expected if expected > 0 else nan


def _distance(difference: Floats, weights: KappaWeights) -> Floats:
    return np.asarray(np.abs(difference) if weights == "linear" else difference**2)


def _shares(numbers: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The different numbers, and the share of each."""
    different, at = np.unique(numbers, return_inverse=True)
    counted = np.bincount(at.ravel(), weights=weight)
    return different, counted / counted.sum()
