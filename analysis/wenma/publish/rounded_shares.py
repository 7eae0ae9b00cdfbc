"""Percentages rounded so that the parts of one whole add up to it as printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from wenma.publish.columns import TABLE_COLUMNS
from wenma.queries.table import Note, Table
from wenma.statistics.percentages import rounded_to_whole

_TREES = {"frequency": ("group",), "periods": ("group", "period")}
"""Tables whose share is of a dimension: codes under each other, in each of these."""
_DOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "attention": ("share", ("group",)),
    "cities": ("share", ("group", "period")),
    "matrix": ("percent", ("group",)),
}
"""Tables with percentages that add up down the rows of each of these."""
_ACROSS = {"stance_shift": ("achieved", "promised", "lacking")}
"""Tables with percentages that add up across a row, unless a unit may be counted in two."""

ROUNDED = Note(
    "Percentages are rounded by largest remainders, so that the parts of one whole add up to "
    "it as printed.",
    zh="百分比按最大余数法取舍，同一整体各部分之和恰为整体。",
)
"""What stands under a table of such percentages."""


def with_rounded_shares(table: Table) -> tuple[Table, tuple[Note, ...]]:
    """The table with its percentages as they are printed, and what to say of them.

    Only what is a part of a whole is rounded so: where the percentages of a row or a block do
    not add up to 100, as of units that stand in two cells, they stay as they are.
    """
    frame = table.frame.copy()
    if table.name in _TREES and "share" in frame:
        for rows in _blocks(frame, _TREES[table.name]):
            block = frame.loc[rows]
            frame.loc[rows, "share"] = _down_the_tree(
                block["code"].tolist(), block["share"].tolist()
            )
    elif table.name in _DOWN and _DOWN[table.name][0] in frame:
        column, keys = _DOWN[table.name]
        # A cross table of codes and groups is one whole, and not one for each group.
        keys = () if table.name == "matrix" and "code_b" not in frame else keys
        for rows in _blocks(frame, keys):
            frame.loc[rows, column] = _parts(frame.loc[rows, column].tolist())
    elif table.name in _ACROSS and {*_ACROSS[table.name]} <= {*frame}:
        columns = list(_ACROSS[table.name])
        decimals = TABLE_COLUMNS[columns[0]].decimals
        lines = [_parts(line, decimals) for line in frame[columns].to_numpy().tolist()]
        frame[columns] = pd.DataFrame(lines, columns=columns, index=frame.index, dtype=float)
    else:
        return table, ()
    return replace(table, frame=frame), (ROUNDED,)


def _blocks(frame: pd.DataFrame, keys: Sequence[str]) -> Iterator[pd.Index]:
    """The rows of each whole."""
    there = [key for key in keys if key in frame]
    if not there:
        yield frame.index
        return
    for _, block in frame.groupby(there, sort=False, dropna=False):
        yield block.index


def _parts(values: list[float], decimals: int = 2) -> list[float]:
    """These percentages rounded to a whole of 100, or as they are where they are no parts of it."""
    if any(map(pd.isna, values)) or abs(sum(values) - 100) > 1e-6:
        return values
    return rounded_to_whole(values, decimals)


def _down_the_tree(paths: Sequence[str], shares: Sequence[float]) -> list[float]:
    """Shares rounded from the top down: what is under a code adds up to it as printed."""
    exact = dict(zip(paths, shares, strict=True))
    printed: dict[str, float] = {}
    for path in paths:
        if "/" not in path:
            printed[path] = round(exact[path], 2)
        under = [one for one in paths if one.rpartition("/")[0] == path]
        if under and not pd.isna(exact[path]):
            # What a code has of its own is a part of it too, though no row shows it.
            own = max(exact[path] - sum(exact[one] for one in under), 0.0)
            own = own if own > 1e-9 else 0.0
            parts = rounded_to_whole([*(exact[one] for one in under), own], whole=printed[path])
            # nan where all of them are 0: parts of nothing are 0 here, since the code is there.
            parts = [0.0 if pd.isna(part) else part for part in parts]
            printed.update(zip(under, parts, strict=False))
    return [printed.get(path, exact[path]) for path in paths]
