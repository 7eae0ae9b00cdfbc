"""The hypergeometric distribution's upper tail: Fisher's exact test, one-sided."""

import numpy as np
from scipy.special import betaln

from wenma.statistics.arrays import Floats


def hypergeometric_tail(least: Floats, first: Floats, second: Floats, every: Floats) -> Floats:
    """The probability of at least `least` in common when `first` and `second` are drawn of `every`.

    All arrays of one shape. The terms are summed from `least` away from the mean, each from the
    one before it. Fisher's lady and her eight cups:

    >>> eight = [np.array([float(n)]) for n in (3, 4, 4, 8)]
    >>> round(float(hypergeometric_tail(*eight)[0]), 4)
    0.2429
    """
    lowest, highest = np.maximum(0, first + second - every), np.minimum(first, second)
    up = least > first * second / every
    at = np.where(up, least, least - 1)
    inside = (at >= lowest) & (at <= highest)
    total = np.zeros(at.shape)
    here = np.flatnonzero(inside)
    j, n1, n2, n = (one[here] for one in (at, first, second, every))
    rising = up[here]
    term = np.exp(_log_choose(n1, j) + _log_choose(n - n1, n2 - j) - _log_choose(n, n2))
    total[here] = term
    step = np.where(rising, 1.0, -1.0)
    while len(here):
        rest = n - n1 - n2
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(
                rising,
                (n1 - j) * (n2 - j) / ((j + 1) * (rest + j + 1)),
                j * (rest + j) / ((n1 - j + 1) * (n2 - j + 1)),
            )
        term, j = term * ratio, j + step
        total[here] += term
        going = term > 1e-18 * total[here]
        here, rising = here[going], rising[going]
        j, n1, n2, n, term, step = (one[going] for one in (j, n1, n2, n, term, step))
    below = np.where(at < lowest, 1.0, 1.0 - total)
    return np.clip(np.where(up, total, below), 0.0, 1.0)


def _log_choose(of: Floats, many: Floats) -> Floats:
    return np.asarray(-betaln(1 + of - many, 1 + many) - np.log1p(of))
