"""How sure the ratio of two rates is, when the texts are a sample: a jackknife by document."""

import numpy as np
from scipy.special import stdtrit

from wenma.statistics.arrays import Floats


def log_ratio_interval(
    own: Floats, sizes: Floats, rest: Floats, rest_sizes: Floats, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """From where to where the log ratio (base 2) of each word lies, would other texts be drawn.

    `own` and `rest` are documents by words of the two sides, `sizes` and `rest_sizes` all words of
    each document. Each document is left out once (Tukey 1958); the variances of both sides add
    up, with Student's t of Satterthwaite's (1946) degrees of freedom, that of a few documents wide.
    nan where a side has the word in fewer than two documents.

    >>> own, rest = np.array([[8.0], [10.0], [12.0]]), np.array([[4.0], [5.0], [6.0]])
    >>> low, high = log_ratio_interval(own, np.full(3, 100.0), rest, np.full(3, 100.0))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.34], [1.66])
    """
    (first, one), (second, other) = _side(own, sizes), _side(rest, rest_sizes)
    middle, variance = first - second, one + other
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = variance**2 / (one**2 / (len(own) - 1) + other**2 / (len(rest) - 1))
        reach = stdtrit(freedom, (1 + level) / 2) * np.sqrt(variance)
    return middle - reach, middle + reach


def _side(counts: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """log2 of each word's rate and its variance by leaving out each document."""
    many = len(sizes)
    total, every = counts.sum(axis=0), sizes.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.log2(total / every)
        without = np.log2((total - counts) / (every - sizes)[:, None])
        variance = (many - 1) / many * np.square(without - without.mean(axis=0)).sum(axis=0)
    told = np.count_nonzero(counts, axis=0) > 1
    return np.where(told, rate, np.nan), np.where(told, variance, np.nan)
