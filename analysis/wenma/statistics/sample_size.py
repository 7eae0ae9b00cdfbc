"""Sample sizes: to see a rare code, to trust an α, to represent all units.

All numbers are rounded up, since a sample may be too large but not too small.
"""

from math import ceil, log

Z_95 = 1.645
"""The quantile of the normal distribution for 95 %, one-sided."""


def units_to_see(share: float, *, level: float = 0.05) -> int:
    """Units to look at so that a code on this share of them is seen at least once.

    The chance of missing it is `level` at most: ln(level) / ln(1 − share).
    Krippendorff (2004), table 6.1:

    >>> [units_to_see(p) for p in (0.1, 0.01, 0.001)]
    [29, 299, 2995]
    """
    _share("share", share)
    _share("level", level)
    return ceil(log(level) / log(1 - share))


def share_seen(units: int, *, level: float = 0.05) -> float:
    """The smallest share of units a code may have to be seen in so many of them.

    The chance of missing it is `level` at most: 1 − level^(1/n), `units_to_see` the other way.

    >>> [round(share_seen(n), 3) for n in (29, 299, 2995)]
    [0.098, 0.01, 0.001]
    """
    if units < 1:
        raise ValueError(f"units is {units}: it is 1 or more")
    _share("level", level)
    return 1 - float(level ** (1 / units))


def units_for_alpha(share: float, *, alpha: float = 0.8, z: float = Z_95) -> int:
    """Units two coders must both code to tell this α from a lower one, for a code on this share.

    z² ((1 + α)(3 − α) / (4 (1 − α) p (1 − p)) − α); the rarest code decides.
    Krippendorff (2004), chapter 11, after Bloch & Kraemer (1989).

    >>> [units_for_alpha(p) for p in (0.5, 0.25, 0.1)]
    [52, 70, 147]
    """
    _share("share", share)
    _share("alpha", alpha)
    spread = 4 * (1 - alpha) * share * (1 - share)
    return ceil(z**2 * ((1 + alpha) * (3 - alpha) / spread - alpha))


def units_of_population(
    population: int, agreement: float, *, margin: float = 0.05, z: float = Z_95
) -> int:
    """Units to code twice of so many, when coders agree on a share of all units.

    The agreement found is then within the margin: ((N − 1) SE² + PQN) / ((N − 1) SE² + PQ),
    SE = margin / z. Lacy & Riffe (1996), Journalism & Mass Communication Quarterly 73, 963–973.

    >>> units_of_population(1000, 0.9)
    90
    """
    _share("agreement", agreement)
    if population < 1 or margin <= 0:
        raise ValueError("population is 1 or more, and margin above 0")
    error = (population - 1) * (margin / z) ** 2
    spread = agreement * (1 - agreement)
    return ceil((error + spread * population) / (error + spread))


def _share(name: str, given: float) -> None:
    if not 0 < given < 1:
        raise ValueError(f"{name} is {given}: it lies between 0 and 1")
