"""Units that stand in a passage of an earlier document, and what is left without them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from wenma.queries.compared_texts import compared_texts
from wenma.queries.dataset import Dataset
from wenma.queries.exclusion import less
from wenma.queries.grouping import positions
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.common_passages import SharedText

LEAST = 20
"""Han characters a passage has at least: shorter ones are phrases, which nobody copies."""


def copied_units(data: Dataset, *, least: int = LEAST) -> pd.DataFrame:
    """The units all of whose Han characters stand in passages of earlier documents.

    A document is earlier by its year, then by its place in the corpus; one without a year is
    later than all that have one. QueryError where the texts are not there.
    """
    texts = compared_texts(unit_texts(data, "reuse", by=None, headings=True))
    shared = SharedText(texts.codes, least=least)
    number = len(texts.chosen.units)
    signs, taken = np.zeros(number, dtype=np.int64), np.zeros(number, dtype=np.int64)
    for unit, copied in zip(texts.units, shared.from_lower(texts.order()), strict=True):
        signs += np.bincount(unit, minlength=number)
        taken += np.bincount(unit[copied], minlength=number)
    found: pd.DataFrame = texts.chosen.units[(signs > 0) & (taken == signs)]
    return found


def without_units(data: Dataset, gone: pd.DataFrame) -> tuple[Dataset, int]:
    """All but these units with what is coded in them, and how many went.

    A free span goes with the unit it begins in.
    """
    document = positions(data.columns.documents, gone["document"])
    start, end = (gone[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    case = data.case_map.at(document, start)
    inside = np.flatnonzero((document >= 0) & (case >= 0))
    order = inside[np.lexsort((start[inside], document[inside]))]
    columns = data.columns
    reach = np.int64(2**40)  # more characters than any document has
    begins = document[order] * reach + start[order]
    ends = document[order] * reach + end[order]
    place = np.asarray(columns.document, dtype=np.int64) * reach + columns.start
    at = np.searchsorted(begins, place, side="right") - 1
    left_out = (at >= 0) & (place < np.append(ends, 0)[at])
    fewer = replace(
        data.only(~left_out),
        cases=less(
            data.cases,
            case[order],
            (gone["kind"] == "heading").to_numpy()[order],
            list(gone["text"].to_numpy(dtype=object)[order]),
        ),
        load_units=_units_but(data, gone),
    )
    return fewer, len(order)


def _units_but(data: Dataset, gone: pd.DataFrame) -> Callable[[], pd.DataFrame]:
    """The units that are left."""
    names = pd.MultiIndex.from_frame(gone[["document", "unit"]])

    def load() -> pd.DataFrame:
        units = data.units
        assert units is not None  # else nothing had been found to leave out
        return units[~pd.MultiIndex.from_frame(units[["document", "unit"]]).isin(names)]

    return load
