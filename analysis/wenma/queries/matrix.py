"""Two sets of codes, or codes and cities, crossed."""

from typing import Annotated

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, Integers, dataset, listed
from wenma.queries.incidence import cooccurrence_counts, incidence
from wenma.queries.table import BY, By, Note, Table


def matrix(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    by: By | None = None,
    headings: bool = False,
    rows: Annotated[str, "the code whose children are the rows"] = "stage",
    columns: Annotated[
        str, "the code whose children are the columns, or city, plan, period, document"
    ] = "layer",
) -> Table:
    """Two sets of codes crossed, or codes and cities: units in each cell.

    Rows are the codes directly under `rows`, each with the codes under it;
    columns those under `columns`, or the groups of "city", "plan", "period"
    or "document". All cells of a group form one table:

    units     units that carry both codes (or the code, in that city); 0 is a finding
    percent   percent of the table's sum
    expected  what the sums of the cell's row and column alone would lead to

    A unit with several codes of one set stands in several cells: the sum
    counts meetings, not units.
    """
    crossing_groups = columns in BY
    if crossing_groups and by is not None:
        raise QueryError(
            f'columns "{columns}" already break the table down by it',
            cure=f'Leave out by "{by}"',
            zh=f"列“{columns}”已按此分组，不能再按“{by}”分。",
        )
    asked = dataset(
        "matrix",
        codings,
        documents=documents,
        codes=codes,
        by=columns if crossing_groups else by,
        headings=headings,
    )
    row_codes = asked.tree.parts(rows)
    standing, notes = incidence(asked, aggregate=True)
    paths = np.array(asked.tree.paths, dtype=object)
    if crossing_groups:
        shape = (1, len(row_codes), len(asked.groups))
        _, row, group = (axis.ravel() for axis in np.indices(shape))
        crossed = (
            cooccurrence_counts(standing, row_codes, row_codes).rows(group, row).reshape(shape)
        )
        names: dict[str, object] = {"code": paths[row_codes[row]]}
    else:
        column_codes = asked.tree.parts(columns)
        shape = (len(asked.groups), len(row_codes), len(column_codes))
        group, row, column = (axis.ravel() for axis in np.indices(shape))
        met = cooccurrence_counts(standing, row_codes, column_codes)
        crossed = met.both(group, row, column).reshape(shape)
        names = {"code": paths[row_codes[row]], "code_b": paths[column_codes[column]]}
    total = crossed.sum(axis=(1, 2), keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(total > 0, 100 * crossed / total, np.nan)
        margins = crossed.sum(axis=2, keepdims=True) * crossed.sum(axis=1, keepdims=True)
        expected = np.where(total > 0, margins / total, np.nan)
    return asked.table(
        {
            **names,
            "units": crossed.ravel(),
            "percent": percent.ravel(),
            "expected": expected.ravel(),
        },
        group=group,
        notes=[*notes, *_empty(asked, total.ravel(), crossing_groups)],
        basis={"rows": rows, "columns": columns, "window": "unit"},
    )


def _empty(asked: Dataset, total: Integers, crossing_groups: bool) -> list[Note]:
    if not (total == 0).any():
        return []
    empty = [] if crossing_groups else [asked.groups[g] for g in np.flatnonzero(total == 0)]
    where = f" in {listed(empty)}" if asked.by and empty else ""
    wo = f"{listed(empty)}：" if asked.by and empty else ""
    return [
        Note(
            f"No unit stands in the table{where}: percent and expected are empty.",
            zh=f"{wo}表中没有任何单元，百分比与期望值留空。",
        )
    ]
