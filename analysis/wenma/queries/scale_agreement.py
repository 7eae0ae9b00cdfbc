"""How far coders agree on ordinal scales: ordinal α and weighted κ."""

from collections.abc import Hashable, Iterator, Sequence
from math import nan
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd

from wenma.queries.compared_coders import coders_compared, documents_of_all
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.pmc import judged_cases
from wenma.queries.scale_scores import case_scores, checked_scales, unit_scores
from wenma.queries.table import Note, Table
from wenma.records import Scale
from wenma.statistics.agreement_coefficients import percent_agreement
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.jackknife import jackknife_limits
from wenma.statistics.krippendorff import krippendorff_alpha, sampled_alphas
from wenma.statistics.resampling import RELIABLE, TENTATIVE
from wenma.statistics.score_intervals import FEW
from wenma.statistics.weighted_kappa import weighted_kappa

ScaleSize = Literal["unit", "document"]
_COLUMNS = (
    "code compared by_each agreed ordinal_alpha alpha_low alpha_high kappa_linear "
    "kappa_quadratic verdict"
).split()
_Row = dict[str, Any]


def scale_agreement(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    size: Annotated[ScaleSize, "what is compared"] = "unit",
) -> Table:
    """How far coders agree on the points of each scale: ordinal α, weighted κ.

    Compared are the units to which two coders at least gave a point, or with `document` the
    documents' scores; whether they gave any is what `agreement` tells. Columns:

    compared       units or documents with a score by two coders at least
    by_each        units or documents each coder has scored
    agreed         per cent of the pairs with the same score
    ordinal_alpha  Krippendorff's α, ordinal, with the 95 % interval of each document left out in
                   turn; empty for a single document, and of fewer than ten
    kappa_linear, kappa_quadratic  Cohen's weighted κ of two; empty for more
    verdict        reliable from .800, tentative from .667; of fewer than ten units too few to say
    """
    scales = checked_scales(data)
    named = [coders] if isinstance(coders, str) else list(coders)
    compared = coders_compared(data, named)
    shared, left_out = documents_of_all(data, compared)
    grouped = shared.grouped("scale_agreement", by=by, headings=headings)
    seats = pd.Index(compared).get_indexer(pd.Index(grouped.words("coder"))).astype(np.int64)
    given = [_values(grouped, scale, seats, len(compared), size) for scale in scales]
    rows: list[_Row] = []
    for group in range(len(grouped.groups)):
        for scale, (case, values, _) in zip(scales, given, strict=True):
            inside = grouped.case_groups[case] == group
            documents = grouped.case_documents[case[inside]]
            rows.append({"code": scale.code} | _measured(values[inside], documents))
    free = sum(spans for _, _, spans in given)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return grouped.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=np.repeat(np.arange(len(grouped.groups)), len(scales)),
        notes=[*left_out, *_notes(rows, len(compared), size, free)],
        basis={"coders": "; ".join(compared), "size": size, "resample": "document"},
    )


def _values(
    grouped: Grouped, scale: Scale, seats: Integers, coders: int, size: ScaleSize
) -> tuple[Integers, Floats, int]:
    """The case of each unit or document, its score by each coder, and how many spans are free."""
    scored = unit_scores(grouped, scale, seats=seats)
    cases = len(grouped.case_groups)
    if size == "document":
        judged = judged_cases(grouped, cases)
        each = []
        for seat in range(coders):
            found = case_scores(scored.only(scored.seat == seat), scale, cases)
            if scale.scoring.absent is not None:
                found[np.isnan(found) & judged] = scale.scoring.absent
            each.append(found)
        return np.arange(cases), np.stack(each, axis=1), 0
    kept = scored.unit >= 0
    keys, at = np.unique(
        np.stack([scored.case[kept], scored.unit[kept]]), axis=1, return_inverse=True
    )
    values = np.full((keys.shape[1], coders), nan)
    values[at.ravel(), scored.seat[kept]] = scored.score[kept]
    return keys[0], values, int((~kept).sum())


def _measured(values: Floats, documents: Integers) -> _Row:
    """The measures of a scale in a group; `documents` has that of each row of values."""
    many = np.count_nonzero(~np.isnan(values), axis=1) >= 2
    units: list[tuple[Hashable | None, ...]] = [
        tuple(None if one != one else one for one in row) for row in values[many].tolist()
    ]
    two = values.shape[1] == 2
    alpha = krippendorff_alpha(units, "ordinal")
    low = high = nan
    if len(units) >= FEW:
        low, high = _limits(alpha, units, documents[many])
    return {
        "compared": len(units),
        "by_each": "; ".join(map(str, np.count_nonzero(~np.isnan(values), axis=0).tolist())),
        "agreed": 100 * percent_agreement(units),
        "ordinal_alpha": alpha,
        "alpha_low": low,
        "alpha_high": high,
        "kappa_linear": weighted_kappa(units, "linear") if two else nan,
        "kappa_quadratic": weighted_kappa(units, "quadratic") if two else nan,
        "verdict": _verdict(alpha, len(units)),
    }


def _limits(
    alpha: float, units: Sequence[tuple[Hashable | None, ...]], documents: Integers
) -> tuple[float, float]:
    """The limits of α, each document left out in turn."""
    number = {kind: at for at, kind in enumerate(dict.fromkeys(units))}
    there, row = np.unique(documents, return_inverse=True)
    counts = np.zeros((len(there), len(number)))
    kind = np.array([number[unit] for unit in units], dtype=np.int64)
    np.add.at(counts, (row.ravel(), kind), 1)
    without = sampled_alphas(list(number), counts.sum(axis=0) - counts, "ordinal")
    return jackknife_limits(alpha, without, counts.sum(axis=1), "correlation")


def _verdict(alpha: float, compared: int) -> str:
    if np.isnan(alpha):
        return "undefined"
    if compared < FEW:
        return "few"
    return "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "unreliable"


def _notes(rows: Sequence[_Row], coders: int, size: ScaleSize, free: int) -> Iterator[Note]:
    yield Note(
        "Only what two coders at least have scored is compared; whether they saw a point at all "
        "is told by agreement, in the row of the scale.",
        zh="只比较至少两人给出等级之处；是否都认为有等级，见 agreement 中该量表一行。",
    )
    if coders > 2:
        yield Note(
            "Weighted κ is of two coders, and empty here.",
            zh="加权 κ 只适用于两位编码者，此处留空。",
        )
    if free and size == "unit":
        yield Note(
            f"{free} scored spans lie on no single unit and are left out.",
            zh=f"不在单元上的自由选段 {free} 处有评分，未计入。",
        )
    if any(row["alpha_low"] != row["alpha_low"] and row["compared"] for row in rows):
        yield Note(
            "α's interval leaves out each document in turn: it is empty where α is, for a single "
            "document, for fewer than ten units, and where nobody disagrees.",
            zh="α 的区间为逐一去除文件的刀切法："
            "α 无定义、只有一份文件、不足十个单元或毫无分歧时留空。",
        )
    if any(row["ordinal_alpha"] != row["ordinal_alpha"] for row in rows):
        yield Note(
            "α and κ are empty where nothing is compared, or one and the same score was given "
            "throughout: that agreement cannot be told from chance.",
            zh="无可比较，或所有评分相同时，α 与 κ 留空：无从与随机一致区分。",
        )
