"""How sure the odds ratio of two codes is, if other documents could have been chosen."""

from collections.abc import Iterator

import numpy as np

from wenma.queries.documents_apart import documents_apart
from wenma.queries.grouped import Grouped
from wenma.queries.incidence import cooccurrence_counts, incidence
from wenma.queries.overlapping import overlapping_counts
from wenma.queries.population import Population
from wenma.queries.table import Note
from wenma.queries.windows import Window
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.clustered_odds import (
    FEWEST_DOCUMENTS,
    FEWEST_UNITS,
    OddsInterval,
    clustered_odds_interval,
)

_AT_ONCE = 2_000_000
"""Numbers worked on at once, so that many documents with many pairs fit the memory."""

HOW_SURE = Note(
    "Odds ratio: 1 is chance, below it codes avoid each other. Its 95 % interval says what other "
    "documents might show: jackknife of whole documents, Student's t (degrees of freedom of "
    f"Johnson & Rust 1992); empty below {FEWEST_UNITS} units with both codes, with either alone or "
    f"with none, and where fewer than {FEWEST_DOCUMENTS} documents hold both: too few to say.",
    zh="比值比：1 为随机，小于 1 为相互回避。其 95% 区间推及其他文件：以整份文件为单位的刀切法，"
    "t 分布（自由度按 Johnson & Rust 1992）；"
    f"两码皆有、仅有其一或皆无的单元不足 {FEWEST_UNITS} 个，"
    f"或兼有两码的文件不足 {FEWEST_DOCUMENTS} 份时样本太少，留空。",
)
"""What stands under a table with these intervals."""


def odds_intervals(
    counted: Grouped,
    grouped: Grouped,
    pairing: Integers,
    pairs: tuple[Integers, Integers, Integers],
    *,
    aggregate: bool,
    window: Window,
    off: int,
    disjoint: bool,
) -> OddsInterval:
    """The interval of each pair (group, first and second position in `pairing`).

    `counted` may hold units in scope, as for the `Population`; with `disjoint`, meetings on the
    same characters, which `grouped` knows, are no meetings.
    """
    apart, group_of = documents_apart(counted)
    standing, _ = incidence(apart, aggregate=aggregate, window=window, off=off)
    population = Population.of(apart, pairing, window)
    met = cooccurrence_counts(standing, population.codes, population.codes)
    shared = None
    if disjoint:
        alone, _ = documents_apart(grouped)
        shared = overlapping_counts(alone, pairing, aggregate=aggregate, window=window)
    group, first, second = pairs
    low, high = (np.full(len(group), np.nan) for _ in range(2))
    for documents, rows in _blocks(group_of, group):
        size = (len(documents), len(rows))
        at = np.repeat(documents, len(rows))
        one, other = (np.tile(side[rows], len(documents)) for side in (first, second))
        n11 = met.both(at, one, other)
        if shared is not None:
            n11 = n11 - shared.both(at, one, other)
        n1, n2, n = population.margins(met, at, one, other)
        cells = (np.asarray(count, dtype=np.float64).reshape(size) for count in (n11, n1, n2, n))
        low[rows], high[rows] = clustered_odds_interval(*cells)
    return OddsInterval(low, high)


def sure_enough(n11: Integers, n1: Integers, n2: Integers, n: Floats) -> "np.ndarray":
    """Which pairs have units enough in every cell for an interval."""
    return np.asarray(
        (n11 >= FEWEST_UNITS)
        & (n1 - n11 >= FEWEST_UNITS)
        & (n2 - n11 >= FEWEST_UNITS)
        & (n - n1 - n2 + n11 >= FEWEST_UNITS)
    )


def _blocks(group_of: Integers, group: Integers) -> Iterator[tuple[Integers, Integers]]:
    """The documents of each group with some of its pairs."""
    for one in np.unique(group):
        documents, rows = np.flatnonzero(group_of == one), np.flatnonzero(group == one)
        if len(documents) < FEWEST_DOCUMENTS:
            continue
        step = max(1, _AT_ONCE // len(documents))
        for start in range(0, len(rows), step):
            yield documents, rows[start : start + step]
