"""Of what a pair of codes is counted: the windows in which both could stand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenma.queries.code_tree import CodeTree
from wenma.queries.grouped import Grouped
from wenma.queries.incidence import CooccurrenceCounts
from wenma.queries.scope import IN_SCOPE, anywhere
from wenma.queries.table import Note
from wenma.queries.windows import Window, window_counts
from wenma.statistics.arrays import Floats, Integers


@dataclass(frozen=True)
class Population:
    """The windows of each group, and those in scope.

    paths     the codes there are
    codes     the numbers of the codes that are paired; behind them that of `IN_SCOPE`, where
              some windows are in scope and others not
    free      of each of the codes that are paired, whether it can stand outside the scope
    windows   of each group, nan where unknown
    """

    paths: tuple[str, ...]
    codes: Integers
    free: NDArray[np.bool_]
    windows: Floats
    notes: tuple[Note, ...]

    @classmethod
    def of(cls, counted: Grouped, pairing: Integers, window: Window) -> "Population":
        """The population of pairs of these codes; `counted` may hold units in scope."""
        windows, notes = window_counts(counted, window)
        scope = counted.tree.at.get(IN_SCOPE)
        if scope is None:
            return cls(
                counted.tree.paths, pairing, np.ones(len(pairing), dtype=bool), windows, notes
            )
        free = anywhere(counted.tree, (*counted.data.everywhere, IN_SCOPE))[pairing]
        codes = np.append(pairing, scope)
        return cls(counted.tree.paths, codes, free, windows, notes)

    @property
    def scoped(self) -> bool:
        """Are some windows in scope, and others not?"""
        return len(self.codes) > len(self.free)

    def margins(
        self, met: CooccurrenceCounts, group: Integers, first: Integers, second: Integers
    ) -> tuple[Integers, Integers, Floats]:
        """Windows with the first code of each pair, with the second, and all of both's."""
        n1, n2, n = met.rows(group, first), met.rows(group, second), self.windows[group]
        if not self.scoped:
            return n1, n2, n
        scope = np.full(len(group), len(self.free))
        both_free = self.free[first] & self.free[second]
        return (
            np.where(both_free, n1, met.both(group, first, scope)),
            np.where(both_free, n2, met.both(group, second, scope)),
            np.where(both_free, n, met.rows(group, scope)),
        )

    def tests(self, met: CooccurrenceCounts, tree: CodeTree) -> Integers:
        """How many pairs of each group can be tested: both codes vary, none under the other."""
        found = []
        every, scope = np.arange(len(self.free)), len(self.free)
        for group, windows in enumerate(self.windows):
            at = np.full(len(every), group)
            alone = met.rows(at, every)
            varies = (alone > 0) & (alone < windows)
            if not self.scoped:
                found.append(_pairs(tree, self.codes[varies]))
                continue
            inside = met.both(at, every, np.full(len(every), scope))
            there = (inside > 0) & (inside < met.rows(at[:1], np.array([scope])))
            # Pairs in scope but those of free codes among themselves, which are of all windows.
            paired = self.codes[:scope]
            found.append(
                _pairs(tree, paired[there])
                - _pairs(tree, paired[there & self.free])
                + _pairs(tree, paired[varies & self.free])
            )
        return np.array(found, dtype=np.int64)

    def basis(self, met: CooccurrenceCounts) -> dict[str, str]:
        """How much is in scope and which codes are not bound to it, for the line under a table."""
        if not self.scoped:
            return {}
        inside = int(met.table_of_rows()[:, -1].sum())
        anywhere = [self.paths[code] for code in self.codes[:-1][self.free]]
        highest = dict.fromkeys(path.partition("/")[0] for path in anywhere)
        bound = {self.paths[code].partition("/")[0] for code in self.codes[:-1][~self.free]}
        whole = [one for one in highest if one not in bound]
        apart = [path for path in anywhere if path.partition("/")[0] in bound]
        return {
            "in_scope": f"{inside:,} of {np.nansum(self.windows):,.0f}",
            "anywhere": "; ".join([*whole, *apart]),
        }


def _pairs(tree: CodeTree, codes: Integers) -> int:
    """Pairs of these codes of which none stands under the other."""
    _, above = tree.lineage(codes)
    under_another = int(np.isin(above, codes).sum()) - len(codes)
    return len(codes) * (len(codes) - 1) // 2 - under_another
