"""What intervals a sample will give, before anybody has coded a unit of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.judged_units import machine_codes, unit_kinds
from wenma.queries.table import Note, Table
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.allocation import halved_allocation
from wenma.statistics.arrays import Integers
from wenma.statistics.judged_cells import JudgedCell, estimated_total, judged_cell

SIZES = ("80", "160", "320")
"""The sizes of samples that are planned for, unless others are named."""
_COLUMNS = (
    "code coded_units sample_size judged_coded corrected corrected_low corrected_high by_half"
).split()
EXPECTED = 0.7
"""Precision and recall expected of the machine where nothing is known of it yet."""


def sample_plan(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    sizes: Annotated[Sequence[str], "units to be judged: 80 160 320"] = SIZES,
    precision: Annotated[str | float, "of the machine, as expected"] = EXPECTED,
    recall: Annotated[str | float, "of the machine, as expected"] = EXPECTED,
) -> Table:
    """The interval each code will get from a sample of so many units, drawn as `assign` does.

    Columns:

    coded_units   units the machine coded so
    sample_size   units that are judged, half of them of what is coded
    judged_coded  of them, those of this code
    corrected, corrected_low, corrected_high  what the estimate will come to, if precision and
                  recall are what is expected of them
    by_half       the interval's half width in per cent of the estimate

    Of units in scope. A code drawn for alone, with --code, gets all of the coded half.
    """
    known = {"precision": _share("precision", precision), "recall": _share("recall", recall)}
    texts = unit_texts(data, "sample_plan", by=by, headings=headings)
    machine = machine_codes(texts)
    tree = texts.grouped.tree
    ends = [
        code
        for code in tree.lowest.tolist()
        if tree.paths[code] not in data.everywhere and machine[:, code].any()
    ]
    plan = _Strata(machine[:, ends], unit_kinds(data, texts, machine), texts.group)
    named = [sizes] if isinstance(sizes, str) else list(sizes)
    groups = len(texts.grouped.groups)
    cells = [
        (group, size, code, row)
        for group in range(groups)
        for size in (whole_number("sizes", one) for one in named)
        # As many of each group, as `assign --by` draws them.
        for code, row in zip(ends, plan.planned(group, size // groups, **known), strict=True)
    ]
    frame = pd.DataFrame(
        [{"code": tree.paths[code], "sample_size": size, **row} for _, size, code, row in cells],
        columns=_COLUMNS,
    )
    told = Note(
        f"Expected of the machine: precision {known['precision']:g}, recall "
        f"{known['recall']:g}. An audit tells what they are.",
        zh=f"假定机器查准率 {known['precision']:g}、查全率 {known['recall']:g}；"
        "实际数值由审核得出。",
    )
    return texts.table(
        {name: frame[name].to_numpy() for name in _COLUMNS},
        group=np.array([group for group, *_ in cells], dtype=np.int64),
        notes=[*texts.notes, told],
    )


@dataclass(frozen=True, eq=False)
class _Strata:
    """Units by the codes that are drawn for, with their kind and group."""

    machine: NDArray[np.bool_]
    kind: Integers
    group: Integers

    def planned(
        self, group: int, size: int, *, precision: float, recall: float
    ) -> list[dict[str, float]]:
        """Of each code what a sample of so many units of a group will give."""
        here = self.group == group
        machine, kind = self.machine[here], self.kind[here]
        stratum = _rarest(machine)
        capacities = np.bincount(stratum[stratum >= 0], minlength=machine.shape[1]).tolist()
        silent = [int((kind == one).sum()) for one in (2, 3)]
        takes = halved_allocation(
            capacities, silent[:1], silent[1:], size, np.random.default_rng(1)
        )
        rows = []
        for at, judged in enumerate(takes[0]):
            units = int(machine[:, at].sum())
            cells = _expected(units, judged, kind, takes, precision=precision, recall=recall)
            found = estimated_total(cells)
            half = 50 * (found.high - found.low)
            rows.append(
                {
                    "coded_units": units,
                    "judged_coded": judged,
                    "corrected": found.value,
                    "corrected_low": found.low,
                    "corrected_high": found.high,
                    "by_half": half / found.value if found.value else np.nan,
                }
            )
        return rows


def _rarest(machine: NDArray[np.bool_]) -> Integers:
    """The stratum of each unit: the rarest of its codes, -1 without any."""
    found = np.full(len(machine), -1, dtype=np.int64)
    for code in np.argsort(-machine.sum(axis=0), kind="stable"):
        found[machine[:, code]] = code
    return found


def _expected(
    units: int,
    judged: int,
    kinds: Integers,
    takes: tuple[list[int], list[int], list[int]],
    *,
    precision: float,
    recall: float,
) -> list[JudgedCell]:
    """The cells of a code in scope as they will be."""
    missed = units * precision * (1 - recall) / recall
    others, silent = int((kinds == 1).sum()) - units, int((kinds == 2).sum())
    rate = missed / max(others + silent, 1)
    return [
        _cell(units, judged, precision),
        _cell(others, sum(takes[0]) - judged, rate),
        _cell(silent, sum(takes[1]), rate),
    ]


def _cell(units: int, judged: int, share: float) -> JudgedCell:
    judged, share = min(judged, units), min(share, 1.0)
    if not judged:
        return JudgedCell(units, 0, share, 0.0, 1.0)
    return judged_cell(units, np.full(judged, share), np.full(judged, judged / units))


def _share(name: str, given: str | float) -> float:
    try:
        share = float(given)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise QueryError(
            f"{name} is {given}: it is a share",
            cure="Give one above 0 and up to 1, as 0.7",
            zh=f"{name} 为 {given}，应为大于 0、不超过 1 的份额，如 0.7。",
        )
    return share
