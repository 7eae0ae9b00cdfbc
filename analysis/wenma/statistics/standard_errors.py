"""The standard error and 95 % interval of a measure of agreement, by formula.

Another study would have other units and the same coders: the error is that of sampling
units, by linearisation, as in Gwet (2014) for ratings (his formulas for a table of two
coders divide by n where these divide by n − 1). `resampling` draws the units instead;
that is safer where units are few or come from few documents. Where many units have one
coder only, the errors here are a little too large.

Units and `times` are those of `agreement_coefficients`.
"""

from collections.abc import Hashable
from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from wenma.statistics.arrays import Floats
from wenma.statistics.krippendorff import Units, tally_values


class Estimate(NamedTuple):
    """A measure with its standard error and 95 % interval; nan where they are not defined."""

    value: float
    error: float
    low: float
    high: float


class _Sample(NamedTuple):
    """Units with any value: how often each has each value, and counts."""

    counts: Floats
    times: Floats

    @property
    def each(self) -> Floats:
        """How many coders each unit has."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def size(self) -> float:
        return float(self.times.sum())


def gwet_ac1_error(units: Units, *, times: ArrayLike | None = None) -> Estimate:
    """Gwet's AC1 with its error; nan when only one value was ever given.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29–48; with
    gaps Gwet (2014), Handbook of Inter-Rater Reliability: .775, error .143, from .461 to 1.

    >>> units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".split()
    >>> found = gwet_ac1_error([[None if c == "." else c for c in unit] for unit in units])
    >>> [round(one, 3) for one in found]
    [0.775, 0.143, 0.461, 1.0]
    """
    sample = _sample(units, times)
    share = _shares(sample)
    used = int(np.count_nonzero(share))
    if used < 2:
        return Estimate(nan, nan, nan, nan)
    chance = float(share @ (1 - share)) / (used - 1)
    return _estimate(sample, chance, _parts(sample) @ (1 - share) / (used - 1))


def fleiss_kappa_error(units: Units, *, times: ArrayLike | None = None) -> Estimate:
    """Fleiss' κ with its error; of two coders without gaps Scott's π.

    Gwet (2014), the ratings of `gwet_ac1_error`: .761. nan when one value only was given.

    >>> units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".split()
    >>> found = fleiss_kappa_error([[None if c == "." else c for c in unit] for unit in units])
    >>> round(found.value, 3)
    0.761
    """
    sample = _sample(units, times)
    share = _shares(sample)
    return _estimate(sample, float(share @ share), _parts(sample) @ share)


def brennan_prediger_error(units: Units, *, times: ArrayLike | None = None) -> Estimate:
    """Brennan and Prediger's coefficient with its error, for the values that were given.

    Gwet (2014), the ratings of `gwet_ac1_error`: .773. nan when one value only was given.

    >>> units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".split()
    >>> found = brennan_prediger_error([[None if c == "." else c for c in unit] for unit in units])
    >>> round(found.value, 3)
    0.773
    """
    sample = _sample(units, times)
    used = int(np.count_nonzero(_shares(sample)))
    if used < 2:
        return Estimate(nan, nan, nan, nan)
    return _estimate(sample, 1 / used, np.full(len(sample.times), 1 / used))


def conger_kappa_error(units: Units, *, times: ArrayLike | None = None) -> Estimate:
    """Conger's κ of two coders or more; of two without gaps Cohen's κ.

    Gwet (2014), the table of four categories in irrCAC's tests: .432, error .046.

    >>> table = [[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]]
    >>> cells = [(a, b) for a in range(4) for b in range(4)]
    >>> found = conger_kappa_error(cells, times=[table[a][b] for a, b in cells])
    >>> round(found.value, 3), round(found.error, 3)
    (0.432, 0.046)
    """
    sample, given = _sample(units, times), _given(units, times)
    if not len(given):
        return Estimate(nan, nan, nan, nan)
    has = given.sum(axis=2)
    often = sample.times @ has  # how many units each coder gave a value
    coders = len(often)
    if coders < 2 or not (often > 0).all():
        return Estimate(nan, nan, nan, nan)
    share = np.einsum("u,ucv->cv", sample.times, given) / often[:, None]
    others = share.sum(axis=0) - share
    pairs = coders * (coders - 1)
    # What each unit makes of the chance: its part in the shares of every coder.
    scale = (sample.size / often)[None, :, None]
    moved = scale * (given - (has[:, :, None] - 1 / scale) * share)
    each = (moved * others).sum(axis=(1, 2)) / pairs
    return _estimate(sample, float((share * others).sum() / pairs), each)


def _sample(units: Units, times: ArrayLike | None) -> _Sample:
    counted = tally_values(units, times=times)
    kept = (counted.counts.sum(axis=1) >= 1) & (counted.times > 0)
    return _Sample(counted.counts[kept], counted.times[kept])


def _given(units: Units, times: ArrayLike | None) -> Floats:
    """1 where a coder gave a unit a value: the units of the sample by coders by values."""
    counted = np.ones(len(units)) if times is None else np.asarray(times, dtype=np.float64)
    number: dict[Hashable, int] = {}
    kept = [
        unit
        for unit, often in zip(units, counted, strict=True)
        if often > 0 and any(one is not None for one in unit)
    ]
    seats = [
        (row, coder, number.setdefault(value, len(number)))
        for row, unit in enumerate(kept)
        for coder, value in enumerate(unit)
        if value is not None
    ]
    given = np.zeros((len(kept), max(map(len, kept), default=0), len(number)))
    if seats:
        given[tuple(np.array(seats).T)] = 1
    return given


def _parts(sample: _Sample) -> Floats:
    return np.asarray(sample.counts / sample.each[:, None])


def _shares(sample: _Sample) -> Floats:
    if not sample.size:
        return np.zeros(sample.counts.shape[1])
    return np.asarray(sample.times @ _parts(sample) / sample.size)


def _estimate(sample: _Sample, chance: float, chance_of_each: Floats) -> Estimate:
    """The measure and its error, from the chance and what each unit makes of it."""
    paired = sample.each >= 2
    with_two = float(sample.times @ paired)
    if not with_two or chance >= 1 - 1e-12:
        return Estimate(nan, nan, nan, nan)
    pairs = np.where(paired, sample.each * (sample.each - 1), 1)
    agreeing = (sample.counts * (sample.counts - 1)).sum(axis=1) / pairs
    seen = float(sample.times @ agreeing) / with_two
    value = float((seen - chance) / (1 - chance))
    size = sample.size
    if size < 2:
        return Estimate(value, nan, nan, nan)
    each = (size / with_two) * (agreeing - chance * paired) / (1 - chance)
    each = each - 2 * (1 - value) * (chance_of_each - chance) / (1 - chance)
    error = float(np.sqrt(sample.times @ (each - value) ** 2 / (size * (size - 1))))
    reach = float(stdtrit(size - 1, 0.975)) * error
    return Estimate(value, error, max(-1.0, value - reach), min(1.0, value + reach))
