"""How strong policies are: documents and units scored on ordinal scales."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.pmc import judged_cases
from wenma.queries.scale_scores import UnitScores, case_scores, checked_scales, unit_scores
from wenma.queries.table import Note, Table
from wenma.records import Product, Scale
from wenma.statistics.arrays import Floats, Integers

ScoreView = Literal["scales", "points", "products"]
_Row = dict[str, Any]
_SEVERAL = {
    "highest": ("its highest unit", "其最高的单元"),
    "mean": ("the mean of its units", "其各单元的均值"),
    "sum": ("the sum of its units", "其各单元之和"),
}


def scores(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    view: Annotated[ScoreView, "scales, their points, or what is multiplied of them"] = "scales",
) -> Table:
    """How strong policies are: scores on the ordinal scales of the codebook, means and totals.

    A unit is scored by its highest point, a document by the highest, the mean or the sum of
    its units (`several` in the codebook). Columns of `scales`, a row for each scale and group:

    score_of          what the mean is of, documents or units
    documents         documents of the group; of these scored_documents with a score
    scored_units      units with a score
    mean, median, total, lowest, highest  of the scores of documents, or of units

    `points` has for each point the units and documents whose score it is, of_units and
    of_documents in percent of those scored. `products` has scales multiplied document by
    document: Σ p (g + m) of a year is the total, and its mean is by document (Peng, Zhong &
    Sun 2008, Management World). What has no score is left out and told; nothing scored is nan.
    """
    scales = checked_scales(data)
    grouped = data.grouped("scores", by=by, headings=headings)
    ground = _ground(grouped, scales)
    if view == "points":
        rows, group = _points(ground)
        notes = [*_scoring_notes(ground), *_points_notes(ground)]
    elif view == "products":
        rows, group = _products(ground, _checked_products(data))
        notes = [*_product_notes(ground, data.products), *_scoring_notes(ground)]
    else:
        rows, group = _scales(ground)
        notes = [*_scoring_notes(ground), *_missing_notes(ground)]
    if any(row.get("mean", 0) != row.get("mean", 0) for row in rows):
        notes.append(_NOTHING)
    frame = pd.DataFrame(rows, columns=list(_COLUMNS[view]))
    return grouped.table(
        {str(name): frame[name].to_numpy() for name in frame},
        group=group,
        notes=notes,
        basis={"view": view},
    )


_NUMBERS = ("mean", "median", "total", "lowest", "highest")
_COLUMNS: Mapping[str, Sequence[str]] = {
    "scales": ("code", "score_of", "documents", "scored_documents", "scored_units", *_NUMBERS),
    "points": ("code", "score", "scored_units", "of_units", "scored_documents", "of_documents"),
    "products": ("product", "product_en", "documents", "scored_documents", *_NUMBERS),
}
_NOTHING = Note(
    "Where nothing has a score, mean and total are empty, and not 0.",
    zh="没有评分之处，均值与合计留空，不记为 0。",
)


@dataclass(frozen=True)
class _Ground:
    """What is scored: of each scale its units, and of each case the score on each scale."""

    grouped: Grouped
    scales: tuple[Scale, ...]
    units: tuple[UnitScores, ...]
    cases: tuple[Floats, ...]
    absent: tuple[int, ...]  # of each scale, the cases that count `absent`
    names: Mapping[str, tuple[str, str]]

    @property
    def of_case(self) -> Integers:
        """The group of each case."""
        return self.grouped.case_groups

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.grouped.groups)

    def documents(self) -> Integers:
        """How many cases each group has."""
        return np.bincount(self.of_case, minlength=self.groups).astype(np.int64)

    def name(self, path: str) -> tuple[str, str]:
        """What a code is called, in Chinese and English."""
        return self.names.get(path, (path, path))


def _ground(grouped: Grouped, scales: tuple[Scale, ...]) -> _Ground:
    size = len(grouped.case_groups)
    judged = judged_cases(grouped, size)
    units = tuple(unit_scores(grouped, one) for one in scales)
    cases, absent = [], []
    for scale, scored in zip(scales, units, strict=True):
        found = case_scores(scored, scale, size)
        empty = np.isnan(found) & judged
        if scale.scoring.absent is not None:
            found[empty] = scale.scoring.absent
        cases.append(found)
        absent.append(int(empty.sum()) * (scale.scoring.absent is not None))
    codes = grouped.data.codes
    names = (
        {}
        if codes is None
        else {
            str(path): (str(zh), str(en))
            for path, zh, en in zip(codes["code"], codes["zh"], codes["en"], strict=True)
        }
    )
    return _Ground(grouped, scales, units, tuple(cases), tuple(absent), names)


# -- rows --------------------------------------------------------------------------------


def _scales(ground: _Ground) -> tuple[list[_Row], Integers]:
    rows: list[_Row] = []
    documents = ground.documents()
    for group in range(ground.groups):
        inside = ground.of_case == group
        for scale, scored, cases in zip(ground.scales, ground.units, ground.cases, strict=True):
            own = scored.score[inside[scored.case]]
            with_score = cases[inside & ~np.isnan(cases)]
            of_units = scale.scoring.score_of == "unit"
            rows.append(
                {
                    "code": scale.code,
                    "score_of": scale.scoring.score_of,
                    "documents": documents[group],
                    "scored_documents": len(with_score),
                    "scored_units": len(own),
                    **_summary(own if of_units else with_score),
                }
            )
    return rows, _of_groups(ground, len(ground.scales))


def _points(ground: _Ground) -> tuple[list[_Row], Integers]:
    rows: list[_Row] = []
    for group in range(ground.groups):
        inside = ground.of_case == group
        for scale, scored, cases in zip(ground.scales, ground.units, ground.cases, strict=True):
            own = scored.score[inside[scored.case]]
            with_score = cases[inside & ~np.isnan(cases)]
            # A mean or a sum is no point: of these only units can be told.
            whole = scale.scoring.several == "highest"
            for path, score in scale.points:
                units, there = int((own == score).sum()), int((with_score == score).sum())
                rows.append(
                    {
                        "code": path,
                        "score": score,
                        "scored_units": units,
                        "of_units": _percent(units, len(own)),
                        "scored_documents": there if whole else nan,
                        "of_documents": _percent(there, len(with_score)) if whole else nan,
                    }
                )
    return rows, _of_groups(ground, sum(len(scale.points) for scale in ground.scales))


def _products(ground: _Ground, products: Sequence[Product]) -> tuple[list[_Row], Integers]:
    rows: list[_Row] = []
    documents = ground.documents()
    values = [product_scores(ground.scales, ground.cases, one) for one in products]
    for group in range(ground.groups):
        inside = ground.of_case == group
        for product, value in zip(products, values, strict=True):
            with_score = value[inside & ~np.isnan(value)]
            rows.append(
                {
                    "product": product.zh,
                    "product_en": product.en,
                    "documents": documents[group],
                    "scored_documents": len(with_score),
                    **_summary(with_score),
                }
            )
    return rows, _of_groups(ground, len(products))


def product_scores(scales: Sequence[Scale], values: Sequence[Floats], product: Product) -> Floats:
    """The product of each document: within a factor scales are added, factors multiplied.

    nan where a document has no score on one of them.

    >>> from wenma.records import Scoring
    >>> scales = [Scale(one, (), Scoring()) for one in "pgm"]
    >>> p, g, m = (np.array(one) for one in ([5.0, 2], [3.0, 1], [4.0, np.nan]))
    >>> product_scores(scales, [p, g, m], Product("s", "效力", "s", (("p",), ("g", "m")))).tolist()
    [35.0, nan]
    """
    number = {scale.code: at for at, scale in enumerate(scales)}
    found = np.ones_like(values[0])
    for factor in product.factors:
        found = found * np.sum([values[number[path]] for path in factor], axis=0)
    return np.asarray(found, dtype=np.float64)


def _summary(values: Floats) -> _Row:
    """Mean, median, total, lowest and highest; nan of nothing."""
    if not len(values):
        return dict.fromkeys(_NUMBERS, nan)
    return {
        "mean": float(values.mean()),
        "median": float(np.median(values)),
        "total": float(values.sum()),
        "lowest": float(values.min()),
        "highest": float(values.max()),
    }


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else nan


def _of_groups(ground: _Ground, times: int) -> Integers:
    return np.repeat(np.arange(ground.groups, dtype=np.int64), times)


def _checked_products(data: Dataset) -> tuple[Product, ...]:
    if not data.products:
        raise QueryError(
            "the codebook of these codings has no product of scales",
            cure="Add 'products:' to it (docs/codebook.md), and code again",
            zh="这些编码的编码本没有量表的乘积。"
            "请在编码本中加 products（见 docs/codebook.md）后重编。",
        )
    return data.products


# -- notes -------------------------------------------------------------------------------


def _scoring_notes(ground: _Ground) -> Iterator[Note]:
    for scale in ground.scales:
        zh, en = ground.name(scale.code)
        how, zh_how = _SEVERAL[scale.scoring.several]
        points = " < ".join(f"{ground.name(path)[1]} {score:g}" for path, score in scale.points)
        zh_points = " < ".join(f"{ground.name(path)[0]} {score:g}" for path, score in scale.points)
        yield Note(
            f"{en}: {points}; a unit counts by its highest point, a document by {how}.",
            zh=f"{zh}：{zh_points}；单元取其最高等级，文件取{zh_how}。",
        )
    yield Note(
        "Means and totals take the scores for numbers, their steps for equal: where that is in "
        "doubt, report the median and the points (--view points).",
        zh="均值与合计把分值当作等距的数；若有疑问，请报告中位数与各等级的分布（--view points）。",
    )


def _missing_notes(ground: _Ground) -> Iterator[Note]:
    for scale, cases, absent in zip(ground.scales, ground.cases, ground.absent, strict=True):
        zh, en = ground.name(scale.code)
        if absent:
            yield Note(
                f"{en}: {absent} documents have no point and count {scale.scoring.absent:g}, as "
                "the codebook says.",
                zh=f"{zh}：{absent} 份文件没有等级，按编码本记 {scale.scoring.absent:g} 分。",
            )
        if missing := int(np.isnan(cases).sum()):
            yield Note(
                f"{en}: {missing} of {len(cases)} documents have no score and are left out of "
                "mean, median and total.",
                zh=f"{zh}：{len(cases)} 份文件中 {missing} 份没有评分，不计入均值、中位数与合计。",
            )


def _points_notes(ground: _Ground) -> Iterator[Note]:
    if sums := [one for one in ground.scales if one.scoring.several != "highest"]:
        names = [ground.name(one.code) for one in sums]
        yield Note(
            f"{', '.join(en for _, en in names)}: a document's score is a mean or a sum, which is "
            "no point; documents are empty.",
            zh=f"{'、'.join(zh for zh, _ in names)}：文件取均值或合计，不是某一等级，文件数留空。",
        )
    yield from _missing_notes(ground)


def _product_notes(ground: _Ground, products: Sequence[Product]) -> Iterator[Note]:
    for one in products:
        yield Note(
            f"{one.en} = {_formula(ground, one, 1)}, of each document; the total adds documents "
            "up, the mean is by scored document.",
            zh=f"{one.zh} = {_formula(ground, one, 0)}，逐份文件计算；合计为各文件之和，"
            "均值除以有评分的文件数。",
        )
        missing = int(np.isnan(product_scores(ground.scales, ground.cases, one)).sum())
        if missing:
            yield Note(
                f"{one.en}: {missing} of {len(ground.of_case)} documents lack a score on one of "
                "its scales and are left out.",
                zh=f"{one.zh}：{len(ground.of_case)} 份文件中 {missing} 份缺其中某一量表的评分，"
                "不计入。",
            )


def _formula(ground: _Ground, product: Product, language: int) -> str:
    factors = [[ground.name(path)[language] for path in some] for some in product.factors]
    return " × ".join(some[0] if len(some) == 1 else f"({' + '.join(some)})" for some in factors)
