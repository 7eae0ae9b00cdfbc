"""Agreement on many codes at once: the codes' coefficients pooled, with a jackknife over documents.

Each unit is one yes or no for each code. A coefficient of all codes is made of the sums of what
is observed and of what chance would give, not of the mean of coefficients: De Vries, Elliott,
Kanouse & Teleki (2008), Field Methods 20, 272–282. It hides the codes that fail; report those.
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats
from wenma.statistics.jackknife import jackknife_limits


@dataclass(frozen=True)
class PooledAgreement:
    """Coefficients of several codes together; nan where nothing was given, or nothing varies."""

    agreed: float
    holsti: float
    kappa: float
    pi: float
    ac1: float
    alpha: float


def pooled_agreement(together: ArrayLike, apart: ArrayLike, units: float) -> PooledAgreement:
    """The coefficients of several codes that the same coders gave to the same units, or not.

    together  codes by coders by coders: units with the code by both; by one on the diagonal
    apart     for each code Σ m₁ (m − m₁) / (m − 1) over the units, m₁ of m coders having given it
    units     how many units were compared

    κ is Cohen's of two coders and Fleiss' of more. Of one code these are its own coefficients;
    Krippendorff (2004), p. 224:

    >>> found = pooled_agreement([[[2, 1], [1, 4]]], [4], 10)
    >>> round(found.alpha, 3), found.agreed
    (0.095, 0.6)
    """
    both, differing = (np.asarray(one, dtype=np.float64) for one in (together, apart))
    codes, coders, _ = both.shape if both.size else (0, 2, 2)
    if not codes or not units:
        return PooledAgreement(*[nan] * 6)
    given = np.diagonal(both, axis1=1, axis2=2)
    seen = 1 - differing * 2 / (coders * units)
    share = given / units
    mean = share.mean(axis=1)
    by_pi = mean**2 + (1 - mean) ** 2
    by_kappa = share.prod(axis=1) + (1 - share).prod(axis=1) if coders == 2 else by_pi
    pairs = [(one, other) for one in range(coders) for other in range(one)]
    same = [float(both[:, one, other].sum()) for one, other in pairs]
    two = [float(given[:, one].sum() + given[:, other].sum()) for one, other in pairs]
    holsti = [2 * m / n if n else nan for m, n in zip(same, two, strict=True)]
    return PooledAgreement(
        agreed=float(seen.mean()),
        holsti=float(np.mean(holsti)),
        kappa=_beyond_chance(seen, by_kappa),
        pi=_beyond_chance(seen, by_pi),
        ac1=_beyond_chance(seen, 2 * mean * (1 - mean)),
        alpha=float(
            _alphas(differing, given.sum(axis=1), np.asarray(coders * units, dtype=np.float64))
        ),
    )


def pooled_alpha_interval(apart: Floats, given: Floats, values: Floats) -> tuple[float, float]:
    """The 95 % interval of the pooled α by leaving out each document in turn.

    apart, given  documents by codes: as in `pooled_agreement`, and how often it was given
    values        of each document, units times coders

    As of one code's α: see `jackknife_limits`; nan for fewer than three documents and where no
    two coders differ, which says too little.
    """
    whole = _alphas(apart.sum(axis=0), given.sum(axis=0), values.sum())
    without = _alphas(apart.sum(axis=0) - apart, given.sum(axis=0) - given, values.sum() - values)
    if len(values) < 3:
        return nan, nan
    return jackknife_limits(float(whole), without, values, "correlation")


def _beyond_chance(seen: Floats, chance: Floats) -> float:
    room = len(seen) - float(chance.sum())
    return (float(seen.sum()) - float(chance.sum())) / room if room > 1e-12 else nan


def _alphas(apart: Floats, given: Floats, values: Floats) -> Floats:
    """1 − ΣD_o / ΣD_e over the last axis, the codes."""
    n = np.asarray(values)[..., None] if np.ndim(apart) > 1 else values
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = (2 * apart / n).sum(axis=-1)
        expected = (2 * given * (n - given) / (n * (n - 1))).sum(axis=-1)
        return np.asarray(np.where(expected > 1e-15, 1 - observed / expected, np.nan))
