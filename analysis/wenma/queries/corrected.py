"""What the counts of a table come to, corrected by a judged sample: columns beside theirs."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.judged_units import JudgedUnits
from wenma.queries.table import Note
from wenma.statistics.arrays import Floats
from wenma.statistics.judged_cells import estimated_total

CORRECTED_HELP = "units corrected by what people judged of a drawn sample (wenma audit)"
"""What the option says of itself."""
_NAMES = ("corrected", "corrected_low", "corrected_high")

Corrected = tuple[Mapping[str, Floats], Sequence[Note], Mapping[str, str]]


def corrected_columns(
    data: Dataset,
    name: str,
    rows: Iterable[tuple[Sequence[str], int]],
    *,
    by: By,
    headings: bool,
) -> Corrected:
    """The units that carry the codes of each row in its group, with limits; notes; basis.

    A row is of one code, or of several that stand in one unit. QueryError without a sample.
    """
    judged = JudgedUnits.of(data, name, by=by, headings=headings, everywhere=False)
    found = [
        estimated_total(judged.cells([judged.tree.at[path] for path in paths], group))
        for paths, group in rows
    ]
    limits = np.array([(one.value, one.low, one.high) for one in found]).reshape(-1, 3)
    told = Note(
        "corrected counts units that carry the code, references count passages: see estimates.",
        zh="“校正后单元”计带该编码的单元，参考点计片段，二者不是同一口径；详见 estimates。",
    )
    columns = dict(zip(_NAMES, limits.T, strict=True))
    return columns, [*judged.notes, told], judged.basis()
