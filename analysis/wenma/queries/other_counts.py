"""References counted otherwise: of the same groups and codes, or in units of other sizes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import positions
from wenma.queries.incidence import incidence
from wenma.queries.per_document import ChosenCodes, Names, reference_counts, sum_by_cell
from wenma.queries.table import Note
from wenma.queries.windows import CUT, Window
from wenma.statistics.arrays import Floats, Integers

_UNITS: dict[str, Window] = {
    "clauses": "clause",
    "sentences": "sentence",
    "paragraphs": "paragraph",
    "sections": "section",
}
_UNITS_ZH = {"clauses": "分句", "sentences": "句", "paragraphs": "段落", "sections": "章节"}


def counts_by_unit(
    grouped: Grouped, codes: Integers
) -> tuple[dict[str, Integers | Floats], tuple[Note, ...]]:
    """Units of other sizes that carry each code, in each group."""
    ways: dict[str, Integers | Floats] = {}
    missing = []
    for variant, window in _UNITS.items():
        try:
            if window in CUT and len(grouped.cut(window).start) == _own_units(grouped):
                continue  # pieces as many as the units are the units themselves
            standing, _ = incidence(grouped, aggregate=True, window=window)
        except QueryError:
            missing.append(variant)
            continue
        cell = standing.group * standing.codes + standing.code
        counts = np.bincount(cell, minlength=standing.groups * standing.codes)
        ways[variant] = counts.reshape(standing.groups, standing.codes)[:, codes]
    named = ", ".join(missing)
    zh = "、".join(_UNITS_ZH[variant] for variant in missing)
    return ways, (
        Note(
            f"Not counted by {named}: where these stand in the text is unknown here.",
            zh=f"缺少正文位置信息，未按{zh}计数。",
        ),
    ) * bool(missing)


def _own_units(grouped: Grouped) -> int:
    units = grouped.data.units
    if units is None:
        return -1
    return len(units) if grouped.headings else int((units["kind"] != "heading").sum())


def lowest_codes(grouped: Grouped) -> ChosenCodes:
    """The codes without codes under them."""
    return ChosenCodes(grouped.tree.lowest, "lowest level")


def aligned_counts(other: Grouped, groups: Sequence[str], paths: Names) -> Integers:
    """References of these groups and codes counted otherwise, 0 where there are none."""
    found = sum_by_cell(reference_counts(other), other.case_groups, len(other.groups))
    row = positions(other.groups, pd.Series([*groups], dtype=object))
    column = positions(other.tree.paths, pd.Series(paths))
    wide = np.pad(found, ((0, 1), (0, 1)))  # the last row and column stand for those not there
    return np.asarray(wide[np.ix_(row, column)])
