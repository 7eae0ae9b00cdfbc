"""What intervals a sample will give, before anybody has coded a unit of it."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.judged_units import machine_codes, unit_kinds
from wenma.queries.table import Note, Table
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.allocation import halved_allocation
from wenma.statistics.arrays import Integers
from wenma.statistics.judged_cells import JudgedCell, clopper_pearson, estimated_total

SIZES = ("80", "160", "320")
"""The sizes of samples that are planned for, unless others are named."""
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
    texts = unit_texts(data, "sample_plan", by=None, headings=headings)
    machine = machine_codes(texts)
    kinds = unit_kinds(data, texts, machine)
    tree = texts.grouped.tree
    parents = {path.rpartition("/")[0] for path in tree.paths}
    ends = [
        code
        for code, path in enumerate(tree.paths)
        if path not in parents and path not in data.everywhere and machine[:, code].any()
    ]
    stratum = _rarest(machine[:, ends])
    capacities = np.bincount(stratum[stratum >= 0], minlength=len(ends)).tolist()
    silent = [int((kinds == kind).sum()) for kind in (2, 3)]
    rows: list[dict[str, object]] = []
    for size in [
        whole_number("sizes", one) for one in ([sizes] if isinstance(sizes, str) else sizes)
    ]:
        takes = halved_allocation(
            capacities, silent[:1], silent[1:], size, np.random.default_rng(1)
        )
        for at, code in enumerate(ends):
            units = int(machine[:, code].sum())
            cells = _expected(units, takes[0][at], kinds, takes, **known)
            found = estimated_total(cells)
            rows.append(
                {
                    "code": tree.paths[code],
                    "coded_units": units,
                    "sample_size": size,
                    "judged_coded": takes[0][at],
                    "corrected": found.value,
                    "corrected_low": found.low,
                    "corrected_high": found.high,
                    "by_half": 50 * (found.high - found.low) / found.value,
                }
            )
    names = list(rows[0]) if rows else []
    notes = [
        *texts.notes,
        Note(
            f"Expected of the machine: precision {known['precision']:g}, recall "
            f"{known['recall']:g}. An audit tells what they are.",
            zh=f"假定机器查准率 {known['precision']:g}、查全率 {known['recall']:g}；"
            "实际数值由审核得出。",
        ),
    ]
    return texts.table(
        {name: np.array([row[name] for row in rows]) for name in names},
        group=np.zeros(len(rows), dtype=np.int64),
        notes=notes,
    )


def _rarest(machine: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]") -> Integers:
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
    left = np.sqrt(1 - judged / units)
    low, high = clopper_pearson(share * judged, judged)
    return JudgedCell(
        units, judged, share, share - left * (share - low), share + left * (high - share)
    )


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
