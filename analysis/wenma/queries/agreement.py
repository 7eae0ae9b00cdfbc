"""How far coders agree, code by code."""

from collections.abc import Hashable, Iterator, Sequence
from math import nan
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.queries.compared_coders import coders_compared, documents_of_all, sampling
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouping import By
from wenma.queries.reliability_data import ReliabilityData, Size
from wenma.queries.span_alphas import cu_alphas
from wenma.queries.table import Note, Table
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.agreement_coefficients import (
    brennan_prediger,
    cohen_kappa,
    composite_reliability,
    fleiss_kappa,
    gwet_ac1,
    holsti,
    percent_agreement,
    scott_pi,
)
from wenma.statistics.alpha_bootstrap import AlphaBootstrap, with_absence
from wenma.statistics.alpha_jackknife import AlphaJackknife
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.krippendorff import krippendorff_alpha
from wenma.statistics.resampling import RELIABLE, TENTATIVE
from wenma.statistics.score_intervals import FEW

HIGH = 0.8
"""AC1 from which on a low α may come of a code that is rare, or nearly everywhere."""
HIGH_PERCENT = 90.0
"""The per cent that must agree besides."""

_COLUMNS = (
    "code compared by_any by_all by_each agreed holsti composite kappa pi alpha alpha_low "
    "alpha_high ac1 brennan_prediger u_alpha cu_alpha verdict"
).split()

_Row = dict[str, Any]
Resampled = Literal["unit", "document"]
Intervals = AlphaBootstrap | AlphaJackknife


def agreement(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    size: Annotated[Size, "what is compared"] = "unit",
    resamples: Annotated[str | int, "samples for α's interval by units; 0 for none"] = 1000,
    resample: Annotated[Resampled, "what is a sample: documents, or single units"] = "document",
) -> Table:
    """How far two coders or more agree on each code and dimension.

    Counted are the documents every one of them has coded, with all their units:
    where none of them put a code they agree that it is absent. A code's row
    compares who put the code, or one under it, on what; a dimension's row
    compares which of the codes directly under it each coder put there. Columns:

    compared      units, paragraphs or characters
    by_any, by_all, by_each  of these, with the code by one of them at least, by all, by each
    agreed        per cent on which pairs of coders agree
    holsti        2M / (N₁ + N₂) of what was given; composite is Holsti's reliability of all
    kappa, pi     Cohen's κ and Scott's π of two; Fleiss' κ of more
    alpha         Krippendorff's α, nominal, with its 95 % interval
    ac1, brennan_prediger  the two that a rare code does not press down
    u_alpha       Krippendorff's _uα of 2016, on the very spans, whatever the size
    cu_alpha      where both coded something of the dimension, is it coded alike? _cuα of a
                  dimension, _(k)uα of a code
    verdict       reliable from .800, tentative from .667, unreliable below; of these prevalence
                  where AC1 and per cent are high, since the code is rare or nearly everywhere;
                  few where fewer than 10 units hold the code, or lack it: too few to say
    """
    samples = whole_number("resamples", resamples)
    named = [coders] if isinstance(coders, str) else list(coders)
    compared = coders_compared(data, named)
    shared, left_out = documents_of_all(data, compared)
    kept = unit_texts(shared, "agreement", by=by, headings=headings)
    rows: list[_Row] = []
    notes: list[Note] = []
    groups: list[int] = []
    if len(kept.units):
        ground = ReliabilityData(kept, compared, size)
        alphas = _alphas(ground, resample, samples)
        columns = [_rows(ground, alphas, code) for code in range(len(kept.grouped.tree.paths))]
        rows = [one for of_group in zip(*columns, strict=True) for one in of_group]
        groups = np.repeat(np.arange(len(kept.grouped.groups)), len(columns)).tolist()
        notes = list(_notes(ground, alphas, rows))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return kept.grouped.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=np.array(groups, dtype=np.int64),
        notes=[*left_out, *kept.notes, *notes],
        basis={
            "coders": "; ".join(compared),
            "size": size,
            "sampling": sampling(data),
            **({"resample": resample} if samples else {}),
            **({"resamples": str(samples)} if samples and resample == "unit" else {}),
        },
    )


def _alphas(ground: ReliabilityData, resample: Resampled, samples: int) -> Intervals:
    """What gives α its interval: documents left out in turn, or units drawn again and again."""
    groups = len(ground.kept.grouped.groups)
    if resample == "document" and samples:
        return AlphaJackknife(ground.file, ground.weight, ground.group, groups=groups)
    # Characters of one sentence are not drawn apart: they were coded in one go.
    return AlphaBootstrap(
        ground.sentence, ground.weight, ground.group, groups=groups, resamples=samples
    )


# -- rows --------------------------------------------------------------------------------


def _rows(ground: ReliabilityData, alphas: Intervals, code: int) -> list[_Row]:
    """The rows of a code, one for each group."""
    given = ground.given(code)
    has = np.array([[one is not None for one in unit] for unit in given.kinds])
    group = ground.group[given.place]
    rows = []
    on_spans = zip(ground.u_alphas(code), cu_alphas(ground, code), strict=True)
    for number, (u_alpha, cu_alpha) in enumerate(on_spans):
        here = group == number
        place, kind = given.place[here], given.kind[here]
        times = np.bincount(kind, weights=ground.weight[place], minlength=len(given.kinds)).astype(
            np.float64  # of no places at all, numpy counts in whole numbers
        )
        compared = int(alphas.compared[number])
        times[0] = compared - times[1:].sum()
        measured = _measures(given.kinds, times)
        few = _cases(ground, code, number, place, has[kind].all(axis=1)) < FEW
        low, high = nan, nan
        if not few:
            low, high = alphas.interval(number, given.kinds, place, kind, measured["alpha"])
        rows.append(
            {
                "code": ground.tree.paths[code],
                "compared": compared,
                "by_any": int(times @ has.any(axis=1)),
                "by_all": int(times @ has.all(axis=1)),
                "by_each": "; ".join(str(int(one)) for one in times @ has),
                **measured,
                "alpha_low": low,
                "alpha_high": high,
                "u_alpha": u_alpha,
                "cu_alpha": cu_alpha,
                "verdict": _verdict(measured, few=few),
            }
        )
    return rows


def _cases(
    ground: ReliabilityData, code: int, group: int, place: Integers, by_all: NDArray[np.bool_]
) -> int:
    """How many units α rests on: those that hold the code, or those that do not, if fewer."""
    held = len(np.unique(ground.sentence[place]))
    if ground.children(code):  # a dimension varies in the codes under it
        return held
    units = int(ground.units_of_groups[group])
    return min(held, units - len(np.unique(ground.sentence[place[by_all]])))


def _measures(kinds: list[tuple[Hashable, ...]], times: Floats) -> dict[str, float]:
    units, coders = with_absence(kinds), len(kinds[0])
    two = coders == 2
    mean = holsti(kinds, times=times)
    many = fleiss_kappa(units, times=times)
    return {
        "agreed": 100 * percent_agreement(units, times=times),
        "holsti": mean,
        "composite": composite_reliability(mean, coders),
        "kappa": cohen_kappa(units, times=times) if two else many,
        "pi": scott_pi(units, times=times) if two else many,
        "alpha": krippendorff_alpha(units, times=times),
        "ac1": gwet_ac1(units, times=times),
        "brennan_prediger": brennan_prediger(units, times=times),
    }


def _verdict(measured: dict[str, float], *, few: bool) -> str:
    alpha = measured["alpha"]
    if np.isnan(alpha):
        return "undefined"
    if few:
        return "few"
    if alpha >= RELIABLE:
        return "reliable"
    if alpha >= TENTATIVE:
        return "tentative"
    even = measured["ac1"] >= HIGH and measured["agreed"] >= HIGH_PERCENT
    return "prevalence" if even else "unreliable"


# -- notes -------------------------------------------------------------------------------


def _notes(ground: ReliabilityData, alphas: Intervals, rows: Sequence[_Row]) -> Iterator[Note]:
    yield Note(
        "What nobody coded counts as agreement that the code is absent. A dimension's row compares "
        "the sets of codes directly under it.",
        zh="无人编码之处计为一致认为没有该编码；维度一行比较的是其直接下级编码的集合。",
    )
    if len(ground.coders) > 2:
        yield Note(
            "κ is Fleiss' κ, of more than two coders; π is the same. Holsti is the mean of all "
            "pairs.",
            zh="编码者多于两人：κ 为 Fleiss κ，π 与之相同；Holsti 为两两均值。",
        )
    if ground.free and ground.size != "character":
        yield Note(
            f"{ground.free} codings lie on free spans: they count for all they touch.",
            zh=f"自由选段 {ground.free} 处：计入其涉及的每个单元或段落。",
        )
    yield from _interval_notes(ground, alphas, rows)
    if few := sum(row["verdict"] == "few" for row in rows):
        yield Note(
            f"Too few to say in {few} rows: fewer than {FEW} units hold the code, or lack it; α "
            "has no interval there and is not judged. Code more units that hold it.",
            zh=f"{few} 行太少，无法判断：含该编码（或不含）的单元不足 {FEW} 个，α 不给区间，"
            "也不作判断。请增加含该编码的单元。",
        )
    if undefined := sum(row["verdict"] == "undefined" for row in rows):
        yield Note(
            f"What is corrected for chance is empty in {undefined} rows: nobody gave the code, or "
            "all gave it everywhere, and agreement on what never varies cannot be told from "
            "chance. Holsti is empty where nobody gave it.",
            zh=f"{undefined} 行的机遇校正系数留空：无人使用该编码，或处处皆有；没有变化便无从与"
            "随机一致区分。无人使用时 Holsti 亦留空。",
        )
    if any(row["verdict"] == "prevalence" for row in rows):
        yield Note(
            f"prevalence: α is below {TENTATIVE}, AC1 is {HIGH} or more and {HIGH_PERCENT:g} % "
            "agree. The code is rare, or nearly everywhere: they agree that it is absent, and a "
            "few units decide about α. Holsti tells how far they agree where it was given; code "
            "more units that hold it.",
            zh=f"分布偏斜：α 低于 {TENTATIVE}，而 AC1 不低于 {HIGH} 且一致率达 {HIGH_PERCENT:g}%。"
            "该编码很少或几乎处处皆有：一致多在“没有”，少数单元即左右 α。给出编码之处是否一致看 "
            "Holsti；请增加含该编码的单元。",
        )


def _interval_notes(
    ground: ReliabilityData, alphas: Intervals, rows: Sequence[_Row]
) -> Iterator[Note]:
    if isinstance(alphas, AlphaBootstrap):
        if not alphas.resamples:
            return
        paragraphs = ground.size == "paragraph"
        what, was = ("paragraphs", "段落") if paragraphs else ("units", "单元")
        yield Note(
            f"α's 95 % interval is of {alphas.resamples} samples of the {what}. Those of one "
            "document are alike, so that it is too narrow: report that of documents "
            "(resample document).",
            zh=f"α 的 95% 区间：对{was}重抽样 {alphas.resamples} 次。同一文件内的{was}彼此相近，"
            "区间偏窄；请报告按文件（resample document）所得区间。",
        )
        return
    documents = len(set(ground.kept.grouped.case_documents.tolist()))
    yield Note(
        f"α's 95 % interval answers: would other documents be coded as alike? Each of the "
        f"{documents} documents is left out in turn (jackknife, Student's t, on Fisher's scale); "
        "empty for a single document, and where nobody disagrees.",
        zh=f"α 的 95% 区间回答“换一批文件是否也如此一致”：逐一去除 {documents} 份文件之一"
        "（刀切法，t 分布，Fisher 尺度）；只有一份文件或毫无分歧时留空。",
    )
