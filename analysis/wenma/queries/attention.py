"""Who speaks more of what: groups by codes, against what their sums alone would lead to."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.intervals import INTERVAL_HELP, Interval, interval_columns
from wenma.queries.only_cities import only_cities
from wenma.queries.per_document import (
    amounts_by_document,
    chosen_codes,
    counts_by_document,
    document_amounts,
    reference_counts,
)
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.contingency import SPARSE, Contingency, contingency
from wenma.statistics.permutation import PermutationTest, permutation_test
from wenma.statistics.significance import STARS, benjamini_hochberg, significance_stars


def attention(
    data: Dataset,
    *,
    by: By = "city",
    headings: bool = False,
    of: Annotated[
        Sequence[str], "the code whose children are compared, or several codes; first dimension"
    ] = (),
    provinces: Annotated[bool, "the State and provinces are compared too"] = False,
    interval: Annotated[Interval, INTERVAL_HELP] = "none",
) -> Table:
    """Which city (plan, period, document) gives which code more or less than its due.

    A row for each group and each code directly under `of` (or each of several), the codes under it
    included. Passages are counted as `frequency` does.

    references  passages with the code
    share       percent of the group's references in this table, which are `share_of`
    per_1000    references for every 1,000 Han characters that are counted
    expected    what the group's and the code's sums alone would lead to
    residual    how many standard deviations the references lie from that (adjusted, Haberman
                1973): above 0 more than its due, below 0 less
    documents   documents of the group with references; of a single one, nothing can be told of
                others: p, q and stars are empty
    p           how often a residual so large comes out when whole documents are dealt to the
                groups at random (permutation, two-sided)
    q           p adjusted for so many cells (Benjamini & Hochberg 1995)
    stars       * q below .05, ** below .01, *** below .001; none where fewer than 5 are expected
    evenness    of the group: Shannon's H by ln K, 0 all on one code, 1 all codes alike
    hhi         of the group: Herfindahl's sum of squared shares, 1/K to 1
    share_low, share_high, per_1000_low, per_1000_high
                with `interval`: the 95 % interval of both, documents being a sample

    By city, documents of the State and of provinces are left out and named, unless `provinces`.
    The notes say χ² of the whole table with its p by the same dealings, and Cramér's V (corrected
    for bias, Bergsma 2013). A passage with two of the codes is two references.
    """
    by = by or "city"
    left_out: list[Note] = []
    said: dict[str, str] = {}
    if by == "city" and not provinces:
        data, left_out, said = only_cities(data)
    grouped = data.grouped("attention", by=by, headings=headings)
    paths = grouped.tree.paths
    if not paths:
        return grouped.table(dict.fromkeys(_COLUMNS, ()), group=np.zeros(0, dtype=np.int64))
    picked = chosen_codes(grouped, of)
    children = picked.codes
    groups = len(grouped.groups)
    every, of_group = counts_by_document(grouped, reference_counts(grouped), grouped.case_groups)
    each = every[:, children]
    references = np.zeros((groups, len(children)), dtype=np.int64)
    np.add.at(references, of_group, each)
    test = contingency(references)
    dealt = permutation_test(each, of_group, groups)
    documents = np.bincount(of_group[each.any(axis=1)], minlength=groups)
    whole = references.sum(axis=1, keepdims=True)
    countable = grouped.sums("countable", *["heading_han"] * headings)[0][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, references / whole, np.nan)
        rate = np.where(countable > 0, 1000 * references / countable, np.nan)
    q = benjamini_hochberg(dealt.p)
    han = document_amounts(grouped, "countable", *["heading_han"] * headings)
    limits, of_limits, asked = interval_columns(
        interval,
        each,
        each,
        each.sum(axis=1),
        amounts_by_document(grouped, han, grouped.case_groups),
        of_group,
        grouped.groups,
    )
    group, code = (axis.ravel() for axis in np.indices(references.shape))
    names = np.array(paths, dtype=object)[children]
    return grouped.table(
        {
            "code": names[code],
            "documents": documents[group],
            "references": references.ravel(),
            "share": 100 * share.ravel(),
            "share_of": np.repeat(whole.ravel(), len(children)),
            "per_1000": rate.ravel(),
            "expected": test.expected.ravel(),
            "residual": test.residuals.ravel(),
            "p": dealt.p.ravel(),
            "q": q.ravel(),
            "stars": np.where(test.expected < SPARSE, "", significance_stars(q)).ravel(),
            "evenness": evenness(share)[group],
            "hhi": np.square(share).sum(axis=1)[group],
            **limits,
        },
        group=group,
        notes=[
            *_said(test, dealt),
            *_alone(grouped.groups, documents),
            *left_out,
            *_silent(grouped.groups, whole.ravel()),
            *_unused(names, references),
            *of_limits,
        ],
        basis={"of": picked.of, **said, **asked},
    )


_COLUMNS = (
    "code documents references share share_of per_1000 expected residual p q stars evenness hhi"
).split()


def evenness(shares: Floats) -> Floats:
    """Shannon's entropy of each row of shares by the most it could be, ln K; nan for one code.

    >>> evenness(np.array([[0.25, 0.25, 0.25, 0.25], [1.0, 0.0, 0.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    many = shares.shape[1]
    if many < 2:
        return np.full(len(shares), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.where(shares == 0, 0.0, -shares * np.log(shares))
    return np.asarray(information.sum(axis=1) / np.log(many) + 0.0)


def _said(test: Contingency, dealt: PermutationTest) -> list[Note]:
    """The test of the whole table, how it was made, and what to beware of."""
    if np.isnan(test.chi2):
        return [
            Note(
                "Two groups and two codes with references are needed to compare: expected, "
                "residual and q are empty.",
                zh="至少要有两组、两个编码有参考点才能比较：期望值、残差与 q 留空。",
            )
        ]
    size = f"χ² = {test.chi2:.2f}, df = {test.df}, Cramér's V = {test.v:.3f}"
    notes = []
    if np.isnan(dealt.p_whole):
        notes.append(Note(f"{size}.", zh=f"{size.replace(', ', '，')}。"))
    else:
        p = f"p = {dealt.p_whole:.3f}".replace("0.", ".", 1)
        ways = f"all {dealt.dealings:,}" if dealt.exact else f"{dealt.dealings:,} random"
        zh_ways = "全部 " if dealt.exact else "随机 "
        marks = ", ".join(
            f"{mark} q < {str(limit).removeprefix('0')}" for limit, mark in STARS[::-1]
        )
        notes.append(
            Note(
                f"{size}, {p} (would other documents differ? by {ways} ways to deal the whole "
                f"documents to the groups). {marks}.",
                zh=f"{size.replace(', ', '，')}，{p}（推及其他文件：把整份文件按"
                f"{zh_ways}{dealt.dealings:,} 种方式重新分派到各组）。{marks}。",
            )
        )
    if test.small > 0.2:
        notes.append(
            Note(
                f"{test.small:.0%} of the cells expect fewer than {SPARSE}, and have no stars "
                "(Cochran 1954).",
                zh=f"{test.small:.0%} 的格子期望频数不足 {SPARSE}，不标星号（Cochran 1954）。",
            )
        )
    return notes


def _alone(groups: tuple[str, ...], documents: Integers) -> list[Note]:
    """Groups of which one document cannot tell how others would be."""
    single = [groups[at] for at in np.flatnonzero(documents == 1)]
    return [
        Note(
            f"One document alone: {first_few(single)}. Whether other documents of theirs would "
            "differ cannot be told from it: p, q and stars are empty.",
            zh=f"只有一份文件：{first_few(single)}。无法推断其他文件是否也如此，p、q 与星号留空。",
        )
    ] * bool(single)


def _silent(groups: tuple[str, ...], whole: Integers) -> list[Note]:
    empty = [groups[at] for at in np.flatnonzero(whole == 0)]
    return [
        Note(
            f"No references in {first_few(empty)}: its shares are empty and it is not compared.",
            zh=f"{first_few(empty)} 没有参考点，占比留空，不参与比较。",
        )
    ] * bool(empty)


def _unused(names: "np.ndarray", references: Integers) -> list[Note]:
    empty = [str(names[at]) for at in np.flatnonzero(references.sum(axis=0) == 0)]
    return [
        Note(
            f"Nobody uses {first_few(empty)}: nothing is expected there.",
            zh=f"各组均未使用 {first_few(empty)}，无期望值。",
        )
    ] * bool(empty)
