"""How often two codes would meet if one were turned round in each document."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from wenma.queries.grouped import Grouped
from wenma.queries.population import Population
from wenma.queries.scope import IN_SCOPE
from wenma.queries.windows import Window, window_counts, window_membership
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.rotation import rotation_variance

MOST_CELLS = 20_000_000
"""Of more groups by codes by codes nothing is turned round: there is no room for so many."""


@dataclass(frozen=True)
class CodesInCase:
    """Where codes stand in one case: `standing` is codes by windows, in their order.

    `codes` are positions among the codes that are paired; `windows` how many there are of which
    `standing` may hold more, where the text has others between them.
    """

    case: int
    bound: bool
    codes: Integers
    standing: Floats
    windows: float


def codes_in_cases(
    counted: Grouped, population: Population, *, aggregate: bool, window: Window
) -> Iterator[CodesInCase]:
    """Each case twice: the windows in scope with all codes, and all windows with the free ones.

    Without a scope all codes are free.
    """
    inside, place = window_membership(counted, window, 0)
    case, code = counted.case[inside], counted.code[inside]
    turn = place
    if window == "unit":
        numbered = not counted.headings and counted.data.columns.ordinal is not None
        turn = (counted.number("ordinal") if numbered else counted.unit)[inside]
    if aggregate:
        position, code = counted.tree.lineage(code)
        place, case, turn = place[position], case[position], turn[position]
    many = len(counted.cases)
    scope = counted.tree.at.get(IN_SCOPE, -1) if population.scoped else -1
    number = np.full(len(counted.tree.paths), -1, dtype=np.int64)
    number[population.codes[: len(population.free)]] = np.arange(len(population.free))
    each_case = replace(
        counted.grouping, of_case=np.arange(many), names=tuple(map(str, range(many)))
    )
    windows = window_counts(replace(counted, grouping=each_case), window)[0]
    order = np.argsort(case, kind="stable")
    ends = np.searchsorted(case[order], np.arange(many + 1))
    for one in range(many):
        here = order[ends[one] : ends[one + 1]]
        if not len(here):
            continue
        codes, places = number[code[here]], place[here]
        if scope >= 0:
            about = np.unique(places[code[here] == scope])
            kept = (codes >= 0) & np.isin(places, about)
            at = np.searchsorted(about, places[kept])
            yield _standing(one, True, codes[kept], at, len(about), float(len(about)))
        kept = codes >= 0
        kept[kept] = population.free[codes[kept]]
        at = turn[here][kept]
        if window != "unit" and len(at):
            at = at - turn[here].min()
        length = max(int(np.nan_to_num(windows[one])), int(at.max(initial=-1)) + 1)
        yield _standing(one, False, codes[kept], at, length, float(windows[one]))


def _standing(
    case: int, bound: bool, codes: Integers, at: Integers, length: int, windows: float
) -> CodesInCase:
    there, row = np.unique(codes, return_inverse=True)
    standing = np.zeros((len(there), length))
    standing[row, at] = 1.0
    return CodesInCase(case, bound, there, standing, windows)


def rotated(
    counted: Grouped,
    population: Population,
    group: Integers,
    first: Integers,
    second: Integers,
    *,
    aggregate: bool,
    window: Window,
) -> tuple[Floats, Floats]:
    """Expected meetings of each pair, and their variance, over all turns in each document.

    nan where there are more than `MOST_CELLS`.
    """
    size, groups = len(population.free), len(counted.groups)
    if groups * size**2 > MOST_CELLS:
        return np.full(len(group), np.nan), np.full(len(group), np.nan)
    both_free = population.free[first] & population.free[second]
    expected, variance = np.zeros(len(group)), np.zeros(len(group))
    sums: dict[tuple[int, bool], tuple[Floats, Floats]] = {}
    for one in codes_in_cases(counted, population, aggregate=aggregate, window=window):
        if not len(one.codes) or not one.windows > 0:
            continue
        own = int(counted.case_groups[one.case]), one.bound
        if own not in sums:
            sums[own] = np.zeros((size, size)), np.zeros((size, size))
        alone = one.standing.sum(axis=1)
        cells = np.ix_(one.codes, one.codes)
        sums[own][0][cells] += np.outer(alone, alone) / one.windows
        sums[own][1][cells] += rotation_variance(one.standing)
    for at in range(groups):
        for bound in (True, False):
            if (at, bound) in sums:
                here = (group == at) & (both_free != bound)
                means, spreads = sums[at, bound]
                expected[here] = means[first[here], second[here]]
                variance[here] = spreads[first[here], second[here]]
    return expected, variance
