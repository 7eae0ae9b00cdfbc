"""Does one group say more of a code than another, once the machine's errors are counted in?"""

from collections.abc import Sequence
from itertools import combinations
from math import nan
from typing import Annotated, Any, Literal

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.group_profiles import lone_group_note
from wenma.queries.grouping import By
from wenma.queries.judged_units import JudgedUnits
from wenma.queries.table import Note, Table
from wenma.statistics.judged_cells import JudgedCell, estimated_difference, more_to_tell

Told = Literal["more", "less", "open", ""]
_WORDS = ("code", "verdict")
_COLUMNS = (
    "one other code coded_points corrected_points points_low points_high verdict judged more_units"
).split()


def differences(
    data: Dataset,
    *,
    by: By = "city",
    headings: bool = False,
    everywhere: Annotated[bool, "count units out of the codebook's scope, too"] = False,
) -> Table:
    """The difference of two groups in the share of units with a code, corrected, code by code.

    Columns:

    group, group_b   the groups; the difference is the first less the second
    coded_points     by the machine's codings alone, in percentage points of all units
    corrected_points corrected by the judged sample, with its 95 % interval
    verdict          more, less, or open where the interval holds 0
    judged           units of both groups that people judged
    more_units       units to judge besides, of those there are, to tell a difference this large
                     at .05 with power .8

    These are differences of measurement: of the texts there are. Whether other documents of
    these groups would differ no sample of units can tell.
    """
    judged = JudgedUnits.of(data, "differences", by=by, headings=headings, everywhere=everywhere)
    names = judged.units.grouped.groups
    codes = range(len(judged.tree.paths))
    cells = [[judged.cells([code], group) for code in codes] for group in range(judged.groups)]
    rows = [
        {"one": one, "other": other, "code": judged.tree.paths[code]}
        | _row(cells[one][code], cells[other][code])
        for one, other in combinations(range(judged.groups), 2)
        for code in codes
    ]
    columns: dict[str, Any] = {
        name: np.array([row[name] for row in rows], dtype=object if name in _WORDS else None)
        for name in _COLUMNS
    }
    unknown = sum(1 for row in rows if not row["verdict"])
    notes = [*judged.notes, *lone_group_note(judged.groups)]
    if unknown:
        notes.append(
            Note(
                f"{unknown} rows are empty: of the coded or the silent units of a group none was "
                "judged. Draw for them: wenma audit --by NAME.",
                zh=f"{unknown} 行为空：某组已编码或未编码的单元中没有人工判定的。"
                "请为它们抽取：wenma audit --by 属性。",
            )
        )
    by_name = judged.units.grouped.by_name
    named = {
        "group": np.array(names, dtype=object)[columns.pop("one").astype(np.int64)],
        "group_b": np.array(names, dtype=object)[columns.pop("other").astype(np.int64)],
    }
    return judged.units.table(
        named | columns,
        group=None,
        notes=notes,
        basis={**judged.basis(), "by": by_name},
    )


def _row(first: Sequence[JudgedCell], second: Sequence[JudgedCell]) -> dict[str, object]:
    found = estimated_difference(first, second)
    sizes = [sum(cell.units for cell in cells) for cells in (first, second)]
    here, there = (
        cells[0].units / size if size else nan
        for cells, size in zip((first, second), sizes, strict=True)
    )
    drawn = sum(cell.judged for cell in (*first, *second))
    told: Told = "open"
    if found.value != found.value:
        told = ""
    elif found.low > 0:
        told = "more"
    elif found.high < 0:
        told = "less"
    return {
        "coded_points": 100 * (here - there),
        "corrected_points": 100 * found.value,
        "points_low": 100 * found.low,
        "points_high": 100 * found.high,
        "verdict": told,
        "judged": drawn,
        # Whoever has judged them all knows.
        "more_units": np.minimum(more_to_tell(found, drawn), sum(sizes) - drawn),
    }
