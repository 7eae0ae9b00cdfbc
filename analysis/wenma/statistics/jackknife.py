"""The 95 % interval of any measure of documents, from its values without each of them in turn."""

from math import atanh, exp, log, nan, sqrt, tanh
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.cluster_intervals import bell_mccaffrey_df

Scale = Literal["correlation", "share"]
"""What a measure is like: between −1 and 1 (Fisher's atanh), or between 0 and 1 (logit)."""


def jackknife_limits(
    value: float, without: Floats, sizes: Floats | Integers, scale: Scale
) -> tuple[float, float]:
    """The limits of a measure, from its `value` and what it is `without` each document.

    Documents left out in turn give the error (Tukey 1958; Efron & Stein 1981), carried to a scale
    on which the error is about the same wherever the measure lies; Student's t has the degrees of
    freedom that documents of such sizes leave (Bell & McCaffrey 2002). nan for fewer than two
    documents, at the ends of the scale (nothing varies), where the measure hangs on one document
    (it is not defined without it), and where no document changes it.

    >>> without = np.array([0.80, 0.82, 0.78, 0.84, 0.81])
    >>> [round(limit, 3) for limit in jackknife_limits(0.81, without, np.full(5, 9), "correlation")]
    [0.666, 0.896]
    >>> jackknife_limits(1.0, np.ones(5), np.ones(5), "share")
    (nan, nan)
    """
    many = len(without)
    lowest = -1.0 if scale == "correlation" else 0.0
    if many < 2 or not lowest < value < 1 or np.isnan(without).any():
        return nan, nan
    error = sqrt((many - 1) / many * float(((without - without.mean()) ** 2).sum()))
    reach = float(stdtrit(float(bell_mccaffrey_df(sizes)), 0.975)) * error
    if not reach:
        return nan, nan
    if scale == "correlation":
        at, off = atanh(value), reach / (1 - value**2)
        return tanh(at - off), tanh(at + off)
    at, off = log(value / (1 - value)), reach / (value * (1 - value))
    return _share(at - off), _share(at + off)


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0
