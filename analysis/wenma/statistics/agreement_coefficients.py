"""Agreement other than Krippendorff's α: percent, Holsti, and the κ family.

Each takes units as `krippendorff_alpha` does: for each unit the value each coder
gave it, None for none; `times` says how often each unit counts (once). Each returns
a number up to 1, and nan where chance explains everything or nothing was compared.
"""

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats
from wenma.statistics.krippendorff import Units, ValueCounts, tally_values


def percent_agreement(
    units: Units, *, times: ArrayLike | None = None, each_value: bool = False
) -> float:
    """The share of pairs of coders that agree, 0 to 1, over units with two values or more.

    Each unit weighs the same, however many coders it has (Gwet); with
    `each_value` each value does, which is 1 − Krippendorff's observed disagreement.

    Krippendorff (2004), p. 224:

    >>> percent_agreement(list(zip("1100000000", "0110010100", strict=True)))
    0.6
    """
    counted = _paired(tally_values(units, times=times))
    weight = counted.times * (counted.counts.sum(axis=1) if each_value else 1)
    return _ratio(float(weight @ _agreeing(counted)), float(weight.sum()))


def holsti(units: Units, *, times: ArrayLike | None = None) -> float:
    """Holsti's coefficient, 2M / (N₁ + N₂); of more coders, the mean of all pairs.

    M are the units two coders gave the same, N the units each gave anything: a
    coder who gives nothing has made no decision there. nan where a pair gave
    nothing at all.

    Holsti (1969), Content Analysis for the Social Sciences and Humanities.

    >>> holsti([("a", "a"), ("a", None), (None, None), ("b", "a")])
    0.4
    """
    weight = _times(units, times)
    each = []
    for first, second in combinations(range(_coders(units)), 2):
        same = given = 0.0
        for unit, often in zip(units, weight, strict=True):
            a, b = unit[first], unit[second]
            same += often * (a is not None and a == b)
            given += often * ((a is not None) + (b is not None))
        each.append(_ratio(2 * same, given))
    return float(np.mean(each)) if each else nan


def composite_reliability(mean: float, coders: int) -> float:
    """Holsti's composite reliability of n coders, nK / (1 + (n − 1) K), K the mean of their pairs.

    Holsti (1969), p. 137. `mean` is K, 0 to 1; nan where it is.

    >>> round(composite_reliability(0.8, 3), 3)
    0.923
    """
    return _ratio(coders * mean, 1 + (coders - 1) * mean)


def cohen_kappa(units: Units, *, times: ArrayLike | None = None) -> float:
    """Cohen's κ of two coders, on the units both gave something.

    Cohen (1960). nan when each gave one and the same value only.

    >>> units = [(1, 1), (1, 0), (0, 1), (0, 0)]
    >>> round(cohen_kappa(units, times=[20, 5, 10, 15]), 3)
    0.4
    """
    table = _table(units, times)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    return _beyond(float(np.trace(table)), float(rows @ columns))


def kappa_max(units: Units, *, times: ArrayLike | None = None) -> float:
    """The highest κ these two coders could reach, given how often each uses each value.

    Cohen (1960), p. 43; nan as `cohen_kappa`. His table:

    >>> cells = [88, 14, 18, 10, 40, 10, 2, 6, 12]
    >>> units = [(a, b) for a in range(3) for b in range(3)]
    >>> round(cohen_kappa(units, times=cells), 3), round(kappa_max(units, times=cells), 3)
    (0.492, 0.831)
    """
    table = _table(units, times)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    return _beyond(float(np.minimum(rows, columns).sum()), float(rows @ columns))


def scott_pi(units: Units, *, times: ArrayLike | None = None) -> float:
    """Scott's π of two coders: as κ, but chance is the same for both of them.

    Scott (1955). The table of Artstein & Poesio (2008), p. 558:

    >>> units = [(1, 1), (1, 0), (0, 1), (0, 0)]
    >>> round(scott_pi(units, times=[20, 10, 20, 50]), 3)
    0.341
    """
    table = _table(units, times)
    pooled = (table.sum(axis=1) + table.sum(axis=0)) / 2
    return _beyond(float(np.trace(table)), float(pooled @ pooled))


def fleiss_kappa(units: Units, *, times: ArrayLike | None = None) -> float:
    """Fleiss' κ of two coders or more: Scott's π for many.

    With gaps as Gwet (2014) has it: pairs from units with two values or more,
    chance from the mean share of each value over all units with any. nan when only
    one value was ever given.

    Fleiss (1971), Psychological Bulletin 76, 378–382: thirty patients, six
    psychiatrists each, five diagnoses.

    >>> patients = (
    ...     "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 "
    ...     "144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 "
    ...     "555555 244444 224555 114444 144445 222224 111155 224444 133333 555555").split()
    >>> round(fleiss_kappa(patients), 3)
    0.43
    """
    counted = _given(tally_values(units, times=times))
    shares = _shares(counted)
    return _beyond(_observed(counted), float(shares @ shares))


def fleiss_kappa_by_value(units: Units, *, times: ArrayLike | None = None) -> dict[Hashable, float]:
    """Fleiss' κ of each value against all others together.

    Fleiss (1971), p. 381. Units with fewer than two values are left out; nan for a value
    that was given always. Of two coders and two values both have κ:

    >>> units = [(1, 1), (1, 0), (0, 1), (0, 0)]
    >>> {k: round(v, 3) for k, v in fleiss_kappa_by_value(units, times=[20, 10, 20, 50]).items()}
    {1: 0.341, 0: 0.341}
    """
    counted = _paired(tally_values(units, times=times))
    number = counted.counts.sum(axis=1)
    found: dict[Hashable, float] = {}
    for value, given in zip(counted.values, counted.counts.T, strict=True):
        share = _ratio(counted.times @ (given / number), counted.times.sum())
        again = counted.times @ (given * (given - 1) / (number * (number - 1)))
        same = _ratio(again, counted.times @ (given / number))
        found[value] = _beyond(same, share)
    return found


def gwet_ac1(units: Units, *, times: ArrayLike | None = None) -> float:
    """Gwet's AC1: chance is highest where the values are even, not where one prevails.

    It stays high where nearly all units have one value and κ falls: report it
    beside κ, not in its place. nan when only one value was ever given.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29–48.
    Two readers of 100 abstracts (Gwet 2014):

    >>> units = [(a, b) for a in range(3) for b in range(3)]
    >>> round(gwet_ac1(units, times=[13, 0, 0, 0, 20, 7, 0, 4, 56]), 3)
    0.849
    """
    counted = _given(tally_values(units, times=times))
    shares = _shares(counted)
    used = int(np.count_nonzero(shares))
    if used < 2:
        return nan
    chance = float(shares @ (1 - shares)) / (used - 1)
    return _beyond(_observed(counted), chance)


def brennan_prediger(
    units: Units, *, times: ArrayLike | None = None, values: int | None = None
) -> float:
    """Brennan and Prediger's coefficient, Bennett's S: chance is 1/q, all q values being alike.

    q is the number of values coders could give, or of those they gave. nan when
    only one value was ever given.

    Brennan & Prediger (1981); Bennett, Alpert & Goldstein (1954). The abstracts of
    `gwet_ac1`:

    >>> units = [(a, b) for a in range(3) for b in range(3)]
    >>> round(brennan_prediger(units, times=[13, 0, 0, 0, 20, 7, 0, 4, 56]), 3)
    0.835
    """
    counted = _given(tally_values(units, times=times))
    used = int(np.count_nonzero(_shares(counted)))
    return _beyond(_observed(counted), 1 / (values or used)) if used > 1 else nan


def _beyond(seen: float, chance: float) -> float:
    """What is reached of what chance leaves; rounding must not hide that it leaves nothing."""
    return (seen - chance) / (1 - chance) if chance < 1 - 1e-12 else nan


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else nan


def _times(units: Units, times: ArrayLike | None) -> Sequence[float]:
    return [1.0] * len(units) if times is None else np.asarray(times, dtype=np.float64).tolist()


def _coders(units: Units) -> int:
    return max(map(len, units), default=0)


def _table(units: Units, times: ArrayLike | None) -> Floats:
    """Shares of the pairs of values of two coders; nan when there are none."""
    number: dict[Hashable, int] = {}
    cells: list[tuple[int, int, float]] = []
    for (a, b), often in _pairs(units, times):
        cells.append((number.setdefault(a, len(number)), number.setdefault(b, len(number)), often))
    table = np.zeros((len(number), len(number)))
    for row, column, often in cells:
        table[row, column] += often
    whole = table.sum()
    return table / whole if whole else np.full((1, 1), nan)


def _pairs(
    units: Units, times: ArrayLike | None
) -> Iterator[tuple[tuple[Hashable, Hashable], float]]:
    for unit, often in zip(units, _times(units, times), strict=True):
        if len(unit) != 2:
            raise ValueError(f"a unit has {len(unit)} coders: this measure is of two")
        a, b = unit
        if a is not None and b is not None:
            yield (a, b), often


def _kept(counted: ValueCounts, least: int) -> ValueCounts:
    kept = (counted.counts.sum(axis=1) >= least) & (counted.times > 0)
    return ValueCounts(counted.values, counted.counts[kept], counted.times[kept])


def _paired(counted: ValueCounts) -> ValueCounts:
    return _kept(counted, 2)


def _given(counted: ValueCounts) -> ValueCounts:
    return _kept(counted, 1)


def _agreeing(counted: ValueCounts) -> Floats:
    """The share of the pairs of each unit that agree."""
    number = counted.counts.sum(axis=1)
    pairs = (counted.counts * (counted.counts - 1)).sum(axis=1)
    return np.asarray(pairs / (number * (number - 1)))


def _observed(counted: ValueCounts) -> float:
    paired = _paired(counted)
    return _ratio(float(paired.times @ _agreeing(paired)), float(paired.times.sum()))


def _shares(counted: ValueCounts) -> Floats:
    """The mean share of each value over the units."""
    each = counted.counts / counted.counts.sum(axis=1, keepdims=True)
    whole = counted.times.sum()
    return np.asarray(counted.times @ each / whole) if whole else np.full(len(counted.values), nan)
