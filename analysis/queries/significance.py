"""Chances of error where many things are tested at once."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

Floats = NDArray[np.float64]


def adjusted(p: Floats) -> Floats:
    """The q-value of each p-value: the share of false finds if it and all smaller ones are kept.

    Benjamini and Hochberg (1995). nan stays nan and is not counted among the
    tests. The example is theirs: of fifteen, four stay below .05.

    >>> p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
    ...      .6528, .7590, 1.0]
    >>> int((adjusted(np.array(p)) <= .05).sum())
    4
    """
    q = np.full(np.shape(p), np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = false_discovery_control(np.asarray(p)[tested])
    return q
