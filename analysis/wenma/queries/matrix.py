"""Two sets of codes, or codes and attributes, crossed."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.crossing import Side, sides
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By, group_name, grouping
from wenma.queries.incidence import Incidence, cooccurrence_counts, incidence
from wenma.queries.overlapping import no_evidence, overlapping_counts
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers


def matrix(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    rows: Annotated[
        Sequence[str], "a code (the codes under it), several codes, level:2, or attributes (city)"
    ] = (),
    columns: Annotated[Sequence[str], "the same, for the columns"] = (),
    disjoint: Annotated[bool, "leave out meetings that rest on the same characters"] = False,
) -> Table:
    """Two sets of codes crossed, or codes and attributes: units in each cell.

    A side is a code, for the codes directly under it (or itself, where there are none); several
    codes; a level of the tree (level:2); or an attribute of the documents, several of them
    crossed. A side that is not named is the largest dimension that is left, and a note says so.
    Each code counts with the codes under it. All cells of a group form one table:

    units     units that carry both codes (or the code, in that city; of two attributes, any code);
              0 is a finding
    percent   percent of the table's sum
    overlapping  of two sides of codes: units in which evidence of both shares characters, so
              that the codebook brings them together; with `disjoint` they are left out of units
    expected  what the sums of the cell's row and column alone would lead to

    A unit with several codes of one set stands in several cells: the sum is of cells, not of
    units. An attribute named twice, or on both sides, is a QueryError.
    """
    down, across, notes = sides(data, rows, columns)
    named = (*down.attributes, *across.attributes)
    if twice := {one for one in named if named.count(one) > 1}:
        raise QueryError(
            f"{', '.join(sorted(twice))} is crossed with itself",
            cure="Name another attribute, or codes, on one side",
            zh=f"{'、'.join(sorted(twice))} 不能与自己交叉，请在一侧改用别的属性或编码。",
        )
    if named and by:
        raise QueryError(
            f"rows or columns ({', '.join(named)}) already break the table down",
            cure="Leave out by, or name several attributes on one side",
            zh=f"行或列（{'、'.join(named)}）已按属性分组，不能再加 by。",
        )
    grouped = data.grouped("matrix", by=named or by, headings=headings)
    standing, left_out = incidence(grouped, aggregate=True)
    paths = np.array(grouped.tree.paths, dtype=object)
    keys: dict[str, object]
    values: Mapping[str, tuple[str, ...]] | None = None
    shared: Integers | None = None
    if down.attributes and across.attributes:
        crossed, keys, values = _attributes(grouped, standing, down, across)
        group = None
    elif named:
        codes = across.codes if down.codes is None else down.codes
        assert codes is not None  # one side is of attributes, the other of codes
        table = cooccurrence_counts(standing, codes, codes).table_of_rows()
        crossed = (table if down.attributes else table.T)[None]
        group, code = (axis.ravel() for axis in np.indices(table.shape))
        if down.codes is not None:
            code, group = (axis.ravel() for axis in np.indices(table.T.shape))
        keys = {"code": paths[codes[code]]}
    else:
        assert down.codes is not None and across.codes is not None
        shape = (len(grouped.groups), len(down.codes), len(across.codes))
        group, row, column = (axis.ravel() for axis in np.indices(shape))
        met = cooccurrence_counts(standing, down.codes, across.codes)
        every = np.unique(np.concatenate([down.codes, across.codes]))
        if overlap := overlapping_counts(grouped, every, aggregate=True):
            places = (np.searchsorted(every, codes) for codes in (down.codes, across.codes))
            first, second = (at[one] for at, one in zip(places, (row, column), strict=True))
            shared = overlap.both(group, first, second)
        crossed = met.both(group, row, column).reshape(shape)
        if disjoint and shared is not None:
            crossed = crossed - shared.reshape(shape)
        keys = {"code": paths[down.codes[row]], "code_b": paths[across.codes[column]]}
    if disjoint and shared is None:
        raise no_evidence()
    total = crossed.sum(axis=(1, 2), keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(total > 0, 100 * crossed / total, np.nan)
        margins = crossed.sum(axis=2, keepdims=True) * crossed.sum(axis=1, keepdims=True)
        expected = np.where(total > 0, margins / total, np.nan)
    return grouped.table(
        {
            **keys,
            "units": crossed.ravel(),
            "percent": percent.ravel(),
            "expected": expected.ravel(),
            **({} if shared is None else {"overlapping": shared}),
        },
        group=group,
        notes=[*notes, *left_out, *_empty(grouped, total.ravel(), bool(named))],
        basis={
            "rows": str(down),
            "columns": str(across),
            "window": "unit",
            **({"overlapping": "left out"} if disjoint else {}),
        },
        values=values,
    )


def _attributes(
    grouped: Grouped, standing: Incidence, down: Side, across: Side
) -> tuple[Integers, dict[str, object], dict[str, tuple[str, ...]]]:
    """Units with any code, by the attributes of both sides: the cells, what names each cell, and
    the values behind these names."""
    first = np.unique(standing.unit, return_index=True)[1]
    count = np.bincount(standing.group[first], minlength=len(grouped.groups))
    rows, columns = (grouping(grouped.cases, side.attributes) for side in (down, across))
    # A group of the attributes of both sides lies in one row and one column.
    row, column = (np.zeros(len(grouped.groups), dtype=np.int64) for _ in range(2))
    row[grouped.case_groups], column[grouped.case_groups] = rows.of_case, columns.of_case
    table = np.zeros((len(rows.names), len(columns.names)), dtype=np.int64)
    if len(grouped.cases):
        table[row, column] = count
    at, to = (axis.ravel() for axis in np.indices(table.shape))
    names = [np.array(side.names, dtype=object) for side in (rows, columns)]
    values = {
        group_name((left, right)): (*rows.values[i], *columns.values[j])
        for i, left in enumerate(rows.names)
        for j, right in enumerate(columns.names)
    }
    return table[None], {"group": names[0][at], "group_b": names[1][to]}, values


def _empty(grouped: Grouped, total: Integers, crossing_groups: bool) -> list[Note]:
    if not (total == 0).any():
        return []
    empty = [] if crossing_groups else [grouped.groups[g] for g in np.flatnonzero(total == 0)]
    where = f" in {first_few(empty)}" if grouped.by and empty else ""
    wo = f"{first_few(empty)}：" if grouped.by and empty else ""
    return [
        Note(
            f"No unit stands in the table{where}: percent and expected are empty.",
            zh=f"{wo}表中没有任何单元，百分比与期望值留空。",
        )
    ]
