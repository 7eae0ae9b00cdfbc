"""Which units carry which codes, and where two codes meet."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from wenma.queries.grouped import Grouped
from wenma.queries.table import Note
from wenma.queries.windows import CUT, Window, window_membership
from wenma.statistics.arrays import Integers


@dataclass(frozen=True)
class Incidence:
    """Units by codes, each pair once; `group` is that of the unit. All arrays run parallel."""

    unit: Integers
    code: Integers
    group: Integers
    units: int
    codes: int
    groups: int


@dataclass(frozen=True)
class CooccurrenceCounts:
    """How many units carry a row's code, a column's code, and both, in each group.

    Rows and columns are positions in the lists of codes that were counted.
    `_both` is (group, row) by column, `_rows` group by row.
    """

    _both: csr_array
    _rows: Integers

    def both(self, group: Integers, row: Integers, column: Integers) -> Integers:
        """Units of the group that carry both codes."""
        if not len(group):
            return group
        size = self._rows.shape[1]
        found = self._both[group * size + row, column]
        return np.asarray(found.todense() if hasattr(found, "todense") else found).ravel()

    def rows(self, group: Integers, row: Integers) -> Integers:
        """Units of the group that carry the row's code."""
        return self._rows[group, row]

    def table_of_rows(self) -> Integers:
        """Units that carry each row's code: groups by rows."""
        return self._rows

    def alone(self, group: int) -> Integers:
        """Units of the group that carry each row's code."""
        return np.asarray(self._rows[group])

    def pairs(self) -> tuple[Integers, Integers, Integers]:
        """Group, row and column (after the row) of the pairs that meet at all."""
        found = self._both.tocoo()
        group, row = np.divmod(found.row.astype(np.int64), self._rows.shape[1])
        column = found.col.astype(np.int64)
        after = column > row
        order = np.lexsort((column[after], row[after], group[after]))
        return group[after][order], row[after][order], column[after][order]


def incidence(
    grouped: Grouped, *, aggregate: bool, window: Window = "unit", off: int = 0
) -> tuple[Incidence, tuple[Note, ...]]:
    """The units that carry each code; with `aggregate`, where a code under it stands, too.

    With another `window` the clauses, paragraphs, sections or documents that do; with
    `off`, the units that have it at most so many units off. Codings on free
    spans (unit -1) are left out, with a note, but where clauses or sentences count.
    """
    inside, place = window_membership(grouped, window, off)
    free = 0 if window in CUT else int((grouped.unit < 0).sum())
    notes = (
        Note(
            f"Left out: {free} codings on free spans, which belong to no unit.",
            zh=f"未计入：不属于任何编码单元的自由选段 {free} 处。",
        ),
    ) * (free > 0)
    code, group = grouped.code[inside], grouped.group[inside]
    every, unit = np.unique(place, return_inverse=True)
    if aggregate:
        position, code = grouped.tree.lineage(code)
        unit, group = unit[position], group[position]
    size = len(grouped.tree.paths)
    first = np.unique(unit * size + code, return_index=True)[1]
    return Incidence(
        unit[first], code[first], group[first], len(every), size, len(grouped.groups)
    ), notes


def cooccurrence_counts(
    standing: Incidence, rows: Integers, columns: Integers
) -> CooccurrenceCounts:
    """Count the units where each of the row codes meets each of the column codes."""
    # A unit lies in one group, so that one product of (group, code) by unit with
    # unit by code counts all groups at once.
    left = _incidence(standing, rows, by_group=True)
    right = _incidence(standing, columns, by_group=False)
    alone = np.asarray(left.sum(axis=0), dtype=np.int64).reshape(standing.groups, len(rows))
    return CooccurrenceCounts((left.T @ right).tocsr(), alone)


def _incidence(standing: Incidence, codes: Integers, *, by_group: bool) -> csr_array:
    column_of = np.full(standing.codes, -1, dtype=np.int64)
    column_of[codes] = np.arange(len(codes))
    column = column_of[standing.code]
    kept = column >= 0
    column, width = column[kept], len(codes)
    if by_group:
        column, width = standing.group[kept] * width + column, standing.groups * width
    return csr_array(
        (np.ones(len(column), dtype=np.int64), (standing.unit[kept], column)),
        shape=(standing.units, width),
    )
