"""How good the machine's codings are, by a sample with known chances that people judged."""

from collections.abc import Callable, Sequence
from typing import Annotated

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.judged_units import JudgedUnits
from wenma.queries.table import Note, Table
from wenma.statistics.judged_cells import (
    JudgedCell,
    Limits,
    estimated_alpha,
    estimated_f1,
    estimated_kappa,
    estimated_misses,
    estimated_recall,
)
from wenma.statistics.score_intervals import FEW

_MEASURES: dict[str, Callable[[Sequence[JudgedCell]], Limits]] = {
    "precision": lambda cells: Limits(cells[0].share, cells[0].low, cells[0].high),
    "miss_rate": estimated_misses,
    "recall": estimated_recall,
    "f1": estimated_f1,
    "kappa": estimated_kappa,
    "alpha": estimated_alpha,
}


def audit(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    everywhere: Annotated[bool, "count units out of the codebook's scope, too"] = False,
) -> Table:
    """Precision, misses, recall, F1, κ and α of each code, weighted by the chances of the sample.

    Columns:

    coded_units, judged_coded  units the machine coded so, and how many of them people judged
    silent, judged_silent  the others
    precision   of the coded units, the share people gave the code, with its 95 % interval
    miss_rate   of the silent ones, the share people gave the code
    recall, f1, kappa, alpha  over all units, each with its interval

    Each judged unit counts for the units it stands for, so that nothing is as it would be in the
    sample alone. Intervals: Clopper and Pearson on the effective size, squared and added
    (Korn & Graubard 1998; Zou & Donner 2008).
    """
    judged = JudgedUnits.of(data, "audit", by=by, headings=headings, everywhere=everywhere)
    rows: list[dict[str, object]] = []
    group: list[int] = []
    few = 0
    for number in range(judged.groups):
        for code, path in enumerate(judged.tree.paths):
            cells = judged.cells([code], number)
            of = {
                "coded_units": cells[0].units,
                "judged_coded": cells[0].judged,
                "silent": sum(cell.units for cell in cells[1:]),
                "judged_silent": sum(cell.judged for cell in cells[1:]),
            }
            few += 0 < cells[0].judged < FEW
            rows.append({"code": path, **of} | _measured(cells))
            group.append(number)
    columns: dict[str, object] = {}
    if rows:
        columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    notes = [*judged.notes]
    if few:
        notes.append(
            Note(
                f"In {few} rows fewer than {FEW} codings were judged: their intervals are "
                "all that can be said.",
                zh=f"{few} 行中判定的编码不足 {FEW} 处，只能以区间为准。",
            )
        )
    return judged.units.table(
        columns, group=np.array(group, dtype=np.int64), notes=notes, basis=judged.basis()
    )


def _measured(cells: Sequence[JudgedCell]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, measure in _MEASURES.items():
        limits = measure(cells)
        found |= {name: limits.value, f"{name}_low": limits.low, f"{name}_high": limits.high}
    return found
