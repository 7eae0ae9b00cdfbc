"""How far two codes belong together, with an interval that knows units of one document are alike.

Units of one document resemble each other, so that an interval which takes each unit as an
independent draw is too narrow. Here whole documents are left out one at a time (jackknife).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats

FEWEST_UNITS = 5
"""Each cell of the fourfold table holds at least so many units, or there is no interval."""
FEWEST_DOCUMENTS = 5
"""At least so many documents hold both codes, or there is no interval."""
_HALF = 0.5
"""Added to each cell before logarithms are taken (Haldane 1956; Gart & Zweifel 1967)."""


class OddsInterval(NamedTuple):
    """The 95 % interval of each pair's odds ratio; nan where there is too little to say."""

    low: Floats
    high: Floats


def odds_ratio(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """The odds of the second code where the first is, by its odds where the first is not.

    1 is chance, below 1 the codes avoid each other, 0 they never meet. nan where no unit carries
    one of the codes, every unit does, or one never stands without the other.

    Agresti (2013), Categorical Data Analysis, table 2.1: heart attacks with placebo (189 of
    11,034) and aspirin (104 of 11,037).

    >>> round(float(odds_ratio(189, 11034, 189 + 104, 11034 + 11037)), 2)
    1.83
    """
    both, first, second, every = (np.asarray(one, dtype=np.float64) for one in (n11, n1, n2, n))
    one, other, neither = first - both, second - both, every - first - second + both
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = both * neither / (one * other)
    varies = (first > 0) & (second > 0) & (first < every) & (second < every)
    return np.where(varies & (one > 0) & (other > 0), odds, np.nan)


def clustered_odds_interval(
    n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike
) -> OddsInterval:
    """The interval of the odds ratio of units drawn as whole documents (documents by pairs).

    The jackknife of the log odds ratio, a document left out at a time; Student's t with the
    degrees of freedom of Johnson & Rust (1992, *Proceedings of the Survey Research Methods
    Section*, ASA), which are few where few documents carry the variance, and at most one less
    than the documents that hold both codes. Documents without units count as none.

    Two documents are no sample of documents:

    >>> interval = clustered_odds_interval([[9], [8]], [[12], [12]], [[14], [14]], [[40], [40]])
    >>> interval.low.tolist()
    [nan]
    """
    both, first, second, every = (np.asarray(one, dtype=np.float64) for one in (n11, n1, n2, n))
    cells = np.stack([both, first - both, second - both, every - first - second + both])
    sums = cells.sum(axis=1)
    documents = (every > 0).sum(axis=0)
    holding = (both > 0).sum(axis=0)
    enough = (sums >= FEWEST_UNITS).all(axis=0) & (holding >= FEWEST_DOCUMENTS)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = _log_odds(sums)
        # A document without units changes nothing where it is left out.
        away = np.square(_log_odds(sums[:, None] - cells) - whole)
        spread = np.sqrt((documents - 1) / documents * away.sum(axis=0))
        carry = np.square(away.sum(axis=0)) / np.square(away).sum(axis=0)
        # Documents without both codes say little of how far these belong together: simulated
        # intervals of seven documents were too narrow with a degree of freedom for each.
        carry = np.minimum((3.16 - 2.77 / np.sqrt(documents)) * carry, holding - 1)
        reach = _quantile(np.where(enough, np.maximum(carry, 1.0), 1.0)) * spread
        low, high = (np.exp(whole + sign * reach) for sign in (-1, 1))
    return OddsInterval(np.where(enough, low, np.nan), np.where(enough, high, np.nan))


def _log_odds(cells: Floats) -> Floats:
    both, one, other, neither = np.log(cells + _HALF)
    return np.asarray(both - one - other + neither)


def _quantile(freedom: Floats) -> Floats:
    """Student's t that leaves 2.5 % above it."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom, 0.975), dtype=np.float64)
