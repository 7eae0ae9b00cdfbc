"""Keyness: how far the rates of a word in two texts differ.

Of a text of `c` words `a` are the word, of a text of `d` words `b`. Numbers or
arrays go in, arrays come out; what is not defined is nan. The test of all four
cells (words that are it, words that are not) is `association.g2` with n11=a,
n1=a+b, n2=c, n=c+d.
"""

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats


def log_likelihood(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Floats:
    """Rayson and Garside's log-likelihood (2000): of the two cells that count the word, from 0.

    Above 3.84, 6.63, 10.83 or 15.13 for p below .05, .01, .001, .0001. It is
    below Dunning's of all four cells, much so when the word is frequent. nan
    where the word stands nowhere or a text is empty.

    >>> log_likelihood([7, 0], [2, 0], 10, 9).round(4).tolist()
    [2.4401, nan]
    """
    a, b, c, d = _floats(a, b, c, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected_a, expected_b = c * (a + b) / (c + d), d * (a + b) / (c + d)
        total = np.where(a > 0, a * np.log(a / expected_a), 0.0)
        total = total + np.where(b > 0, b * np.log(b / expected_b), 0.0)
    # Equal rates can come out a hair below nought.
    return np.where((a + b > 0) & (c > 0) & (d > 0), np.maximum(2 * total, 0.0), np.nan)


def log_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Floats:
    """How many times the rate doubles from the second text to the first (Hardie).

    A count of 0 is taken for 0.5; nan where both are 0 or a text is empty.

    >>> log_ratio([7, 4, 0], [2, 0, 0], 10, 9).round(4).tolist()
    [1.6554, 2.848, nan]
    """
    a, b, c, d = _floats(a, b, c, d)
    defined = (a + b > 0) & (c > 0) & (d > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(a > 0, a, 0.5) / c / (np.where(b > 0, b, 0.5) / d)
        return np.where(defined, np.log2(ratio), np.nan)


def weighted_log_odds(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, alpha: ArrayLike, every: ArrayLike
) -> tuple[Floats, Floats]:
    """Delta, the difference of the word's log odds, and zeta, the same in standard errors.

    Monroe, Colaresi and Quinn (2008), equations 15 to 22. `alpha` is the prior
    of the word: so often it is taken to have been read before, in each text;
    `every` is that of all words together. nan where prior and count are 0.

    >>> delta, zeta = weighted_log_odds([30, 10, 60], [10, 40, 50], 100, 100, alpha=.01, every=.03)
    >>> zeta.round(4).tolist()
    [3.6965, -5.0676, 2.117]
    """
    a, b, c, d = _floats(a, b, c, d)
    alpha, every = _floats(alpha, every)
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log((a + alpha) / (c + every - a - alpha))
        delta = delta - np.log((b + alpha) / (d + every - b - alpha))
        zeta = delta / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    defined = np.isfinite(delta)
    return np.where(defined, delta, np.nan), np.where(defined, zeta, np.nan)


def _floats(*numbers: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.asarray(number, dtype=np.float64) for number in numbers)
