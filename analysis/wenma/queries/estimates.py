"""How many units carry a code, corrected for what the machine errs."""

from itertools import combinations
from math import nan
from typing import Annotated, Literal

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.judged_units import JudgedUnits
from wenma.queries.table import Note, Table
from wenma.statistics.judged_cells import Limits, estimated_total, units_by_hand

Counted = Literal["codes", "pairs"]


def estimates(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    everywhere: Annotated[bool, "count units out of the codebook's scope, too"] = False,
    of: Annotated[Counted, "single codes, or two codes in one unit"] = "codes",
) -> Table:
    """Units with each code as the machine has them, and corrected by a judged sample.

    Columns:

    units       countable units
    judged      of them, judged by people
    coded_units  of them, with the code by the machine; `coded_share` in per cent
    corrected   units that carry the code: those coded, less the wrong, with the missed; with
                its 95 % interval
    corrected_share  the same in per cent of all units
    by_hand     units drawn evenly and coded by hand alone for as narrow an interval
    count_outside  is the machine's count outside the interval?

    With pairs, rows are of two codes of which neither stands under the other, and units
    carry both. The cells are those of `judged_cells` (post-stratification; Egami et al. 2023).
    """
    judged = JudgedUnits.of(data, "estimates", by=by, headings=headings, everywhere=everywhere)
    codes = range(len(judged.tree.paths))
    asked = [(code,) for code in codes] if of == "codes" else list(_pairs(judged))
    rows: list[dict[str, object]] = []
    group: list[int] = []
    for number in range(judged.groups):
        for one in asked:
            rows.append(_row(judged, one, number))
            group.append(number)
    names = list(rows[0]) if rows else []
    notes = [*judged.notes]
    if unknown := sum(1 for row in rows if row["corrected"] != row["corrected"]):
        notes.append(
            Note(
                f"{unknown} rows cannot be corrected: of the coded, or of the silent units of the "
                "group, none was judged. Draw for them: wenma audit --by NAME.",
                zh=f"{unknown} 行无法校正：该组已编码或未编码的单元中没有人工判定的。"
                "请为它们抽取：wenma audit --by 属性。",
            )
        )
    return judged.units.table(
        {name: np.array([row[name] for row in rows]) for name in names},
        group=np.array(group, dtype=np.int64),
        notes=notes,
        basis=judged.basis(),
    )


def _pairs(judged: JudgedUnits) -> list[tuple[int, int]]:
    """The lowest codes, two by two, that meet at all."""
    return [
        (one, other)
        for one, other in combinations(judged.tree.lowest.tolist(), 2)
        if (judged.machine[:, one] & judged.machine[:, other]).any()
    ]


def _row(judged: JudgedUnits, codes: tuple[int, ...], group: int) -> dict[str, object]:
    cells = judged.cells(codes, group)
    units = sum(cell.units for cell in cells)
    found = estimated_total(cells)
    scale = 1 / units if units else nan
    share = Limits(found.value * scale, found.low * scale, found.high * scale)
    coded = cells[0].units
    paths = judged.tree.paths
    named = {"code": paths[codes[0]]} | ({"code_b": paths[codes[1]]} if len(codes) > 1 else {})
    told = found.value == found.value
    return {
        **named,
        "units": units,
        "judged": sum(cell.judged for cell in cells),
        "coded_units": coded,
        "coded_share": 100 * coded * scale,
        "corrected": found.value,
        "corrected_low": found.low,
        "corrected_high": found.high,
        "corrected_share": 100 * share.value,
        "corrected_share_low": 100 * share.low,
        "corrected_share_high": 100 * share.high,
        "by_hand": units_by_hand(share),
        "count_outside": (not found.low <= coded <= found.high) if told else False,
    }
