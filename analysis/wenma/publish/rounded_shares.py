"""Percentages rounded so that the parts of one whole add up to it as printed."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wenma.queries.table import Note, Table
from wenma.statistics.percentages import rounded_to_whole


def with_rounded_shares(table: Table) -> tuple[Table, tuple[Note, ...]]:
    """The table with its percentages as they are printed, and what to say of them."""
    frame = table.frame.copy()
    groups = frame["group"] if "group" in frame else pd.Series("", index=frame.index)
    if table.name == "frequency":
        for _, block in frame.groupby(groups, sort=False):
            frame.loc[block.index, "share"] = _down_the_tree(
                block["code"].tolist(), block["share"].tolist()
            )
    elif table.name == "matrix" and "percent" in frame:
        by_panel = groups if "code_b" in frame else pd.Series("", index=frame.index)
        for _, block in frame.groupby(by_panel, sort=False):
            frame.loc[block.index, "percent"] = rounded_to_whole(block["percent"].tolist())
    else:
        return table, ()
    note = Note(
        "Percentages are rounded by largest remainders, so that the parts of one whole add up to "
        "it as printed.",
        zh="百分比按最大余数法取舍，同一整体各部分之和恰为整体。",
    )
    return replace(table, frame=frame), (note,)


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
