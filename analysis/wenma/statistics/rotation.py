"""Do two codes meet more than where each stands in its document would lead to?

Units of one document are no independent draws: a code comes in clumps, and documents differ in how
much they have of it. So one code is held, and the other is turned round in each document, its end
joined to its beginning: its clumps stay, and where it stands beside the first is chance (the
toroidal shift of Lotwick and Silverman 1982, in one dimension).
"""

import numpy as np
from scipy.special import betainc, gammainc, ndtr

from wenma.statistics.arrays import Floats

FEW_EXPECTED = 5
"""Below so many expected meetings the normal curve is a poor guide."""


def rotation_variance(standing: Floats) -> Floats:
    """The variance of meetings of each two codes over all turns of one document.

    `standing` has a row for each code and a column for each unit, in their order. By the power
    spectra of both (Parseval), so that no turn need be made.

    >>> rotation_variance(np.array([[1, 1, 0, 0], [1, 1, 0, 0]]))[0, 1]  # 2, 1, 0, 1 meetings
    np.float64(0.5)
    """
    units = standing.shape[1]
    spectra = np.fft.rfft(standing, axis=1)[:, 1:]
    power = spectra.real**2 + spectra.imag**2
    # All frequencies but the middle one of an even number stand for two.
    twice = np.full(power.shape[1], 2.0)
    if units % 2 == 0 and len(twice):
        twice[-1] = 1.0
    return np.asarray((power * twice) @ power.T / units**2)


def meeting_tail(met: Floats, expected: Floats, variance: Floats) -> Floats:
    """The chance that so many meet or more, given what turning leads to; nan where nothing varies.

    By the normal curve; below five expected by the negative binomial of the same mean and variance
    (Poisson where the variance is no larger than the mean).

    >>> meeting_tail(np.array([12.0, 1.0]), np.array([8.0, 0.1]), np.array([4.0, 0.1])).round(4)
    array([0.0228, 0.0952])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        normal = ndtr((expected - met) / np.sqrt(variance))
        size = expected**2 / (variance - expected)
        clumped = betainc(np.maximum(met, 1), size, 1 - expected / variance)
        few = np.where(variance > expected * (1 + 1e-9), clumped, gammainc(met, expected))
    few = np.where(met <= 0, 1.0, few)
    found = np.where(expected < FEW_EXPECTED, few, normal)
    return np.where(variance > 1e-12, found, np.nan)
