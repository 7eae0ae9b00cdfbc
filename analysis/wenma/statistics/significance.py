"""Multiple testing: q-values and their stars."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wenma.statistics.arrays import Floats

STARS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))
"""Marks of a q-value below each of these, the smallest first."""


def benjamini_hochberg(p: ArrayLike, *, unlisted: int = 0) -> Floats:
    """The q-value of each p-value: the share of false finds among those as small (BH 1995).

    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B
    57: 289. Where p is nan, q is nan and the test is not counted.
    `unlisted` tests were made too and found nothing (p = 1). Their data, of which
    four stand at q = .05:

    >>> p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
    ...      .6528, .7590, 1.000]
    >>> int((benjamini_hochberg(p) <= .05).sum())
    4
    """
    given = np.asarray(p, dtype=np.float64)
    found = np.full(given.shape, np.nan)
    defined = ~np.isnan(given)
    if defined.any():
        tests = np.concatenate([np.clip(given[defined], 0, 1), np.ones(unlisted)])
        order = np.argsort(tests)[::-1]
        rank = np.arange(len(tests), 0, -1)
        q = np.empty(len(tests))
        # The smallest that this p-value or any greater one comes to.
        q[order] = np.minimum.accumulate(tests[order] * len(tests) / rank)
        found[defined] = q[: defined.sum()]
    return found


def significance_stars(q: ArrayLike) -> NDArray[np.object_]:
    """``***`` below .001, ``**`` below .01, ``*`` below .05, else nothing.

    >>> significance_stars([0.0004, 0.02, 0.5, float("nan")]).tolist()
    ['***', '*', '', '']
    """
    given = np.asarray(q, dtype=np.float64)
    marks = np.full(given.shape, "", dtype=object)
    for limit, mark in reversed(STARS):
        marks[given < limit] = mark
    return marks
