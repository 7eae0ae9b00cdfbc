"""Indicators: what is measured, how much of it, in which unit, for which year, how binding."""

import numpy as np
import pandas as pd

from wenma.language.indicators import Indicator, TextPart, find_indicators
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By, positions
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers

_NO_TEXT = Note(
    "The texts are not at hand: indicators are looked for in texts.",
    zh="没有正文：指标须从正文中查找。",
)
_NONE = Note(
    "No indicator was found: neither a row of a table nor an amount of something measurable.",
    zh="没有找到指标：既无指标表的行，也无可度量事物的数值。",
)

_NOTHING: tuple[list[str], Integers, list[Indicator]] = ([], np.zeros(0, dtype=np.int64), [])


def indicators(data: Dataset, *, by: By = None, headings: bool = False) -> Table:
    """Every indicator of the documents, in tables and in sentences, a row for each amount.

    With `by` a row for each group: how many amounts, of how many different indicators, and how
    many of them are binding (约束性) or anticipated (预期性). Whether one is, and its year, are
    empty where the text does not say. `headings` changes nothing here.
    """
    by = None if by in ("document", ["document"], ("document",)) else by
    grouped = data.grouped("indicators", by=by, headings=headings)
    units = data.units
    notes = [_NO_TEXT] * (units is None)
    names, cases, told = _all(data, units) if units is not None else _NOTHING
    if units is not None and not told:
        notes = [_NONE]
    if by:
        return _counted(grouped, cases, told, notes)
    return grouped.table(
        {
            "document": np.array(names, dtype=object),
            "indicator": np.array([one.name for one in told], dtype=object),
            "amount": np.array([one.amount for one in told], dtype=object),
            "value": np.array(
                [np.nan if one.number is None else one.number for one in told], float
            ),
            "measured_in": np.array([one.unit for one in told], dtype=object),
            "for_year": np.array([one.year for one in told], dtype=object),
            "nature": np.array([one.nature for one in told], dtype=object),
            "changes": np.array(["by" if one.change else "to" for one in told], dtype=object),
            "start": np.array([one.start for one in told], dtype=np.int64),
            "end": np.array([one.end for one in told], dtype=np.int64),
        },
        notes=notes,
    )


def _all(data: Dataset, units: pd.DataFrame) -> tuple[list[str], Integers, list[Indicator]]:
    """The document's name and the case of each indicator, and the indicators."""
    names: list[str] = []
    told: list[Indicator] = []
    body = units[units["kind"] != "heading"]
    for name, part in body.groupby("document", sort=False, observed=True):
        columns = (part["text"], part["kind"] == "table", part["start"])
        here = find_indicators([TextPart(*one) for one in zip(*columns, strict=True)])
        names += [str(name)] * len(here)
        told += here
    document = positions(data.columns.documents, pd.Series(names, dtype=object))
    start = np.array([one.start for one in told], dtype=np.int64)
    case = data.case_map.at(document, start)
    kept = np.flatnonzero((document >= 0) & (case >= 0))
    return [names[at] for at in kept], case[kept], [told[at] for at in kept]


def _counted(grouped: Grouped, cases: Integers, told: list[Indicator], notes: list[Note]) -> Table:
    group = grouped.case_groups[cases]
    many = len(grouped.groups)

    def count(kept: list[bool]) -> Integers:
        return np.bincount(group[np.array(kept, dtype=bool)], minlength=many)

    different: set[tuple[int, str]] = {
        (at, one.name) for at, one in zip(group.tolist(), told, strict=True)
    }
    return grouped.table(
        {
            "documents": grouped.documents_of_groups(),
            "amounts": np.bincount(group, minlength=many),
            "indicators": np.bincount(
                np.array([at for at, _ in different], dtype=np.int64), minlength=many
            ),
            "binding": count([one.nature == "binding" for one in told]),
            "anticipated": count([one.nature == "anticipated" for one in told]),
        },
        group=np.arange(many),
        notes=notes,
    )
