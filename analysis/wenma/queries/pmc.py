"""How completely each policy is made: the PMC index."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By, as_text
from wenma.queries.table import Note, Table
from wenma.records import Grade, Index
from wenma.statistics.arrays import Floats


def pmc(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
) -> Table:
    """The PMC index of each document: its variables X1, X2, …, their sum, its grade.

    Policy Modelling Consistency (Estrada 2011, Journal of Policy Modeling 33:
    523). The codebook's `index`, names the variables and
    grades; QueryError when it has none. Columns, for each document:

    x1, x2, …  the share of the codes directly under the variable that the document has, be it
               once, itself or a code under it; 1 for a constant variable
    pmc        their sum
    grade      what the codebook calls so much, `grade_en` in English

    With `by` (city, plan, period) the means over the `documents` of a group,
    and the grade of the mean. nan where a document has no text to judge, where
    nothing is coded, and where `codes` is not given.
    """
    by = None if by in ("document", ["document"], ("document",)) else by
    grouped = data.grouped("pmc", by=by, headings=headings)
    index = _index(data)
    names = _documents(grouped)
    answerable = len(data) > 0 and index is not None
    judged = judged_cases(grouped, len(names)) & answerable
    index = index or Index((), ())
    if by is None:
        group, size = np.arange(len(names)), len(names)
    else:
        group, size = grouped.case_groups, len(grouped.groups)
    counted = np.bincount(group[judged], minlength=size)
    with np.errstate(invalid="ignore"):
        values = [
            np.bincount(group[judged], weights=one[judged], minlength=size) / counted
            for one in _values(grouped, index, len(names))
        ]
    total = np.where(counted > 0, np.sum([np.zeros(size), *values], axis=0), np.nan)
    reached = [grade(value, index.grades) for value in total]
    table = grouped.table(
        {
            **({"document": names} if by is None else {"documents": counted}),
            **{f"x{number}": value for number, value in enumerate(values, 1)},
            "pmc": total,
            "grade": np.array([one.zh if one else "" for one in reached], dtype=object),
            "grade_en": np.array([one.en if one else "" for one in reached], dtype=object),
        },
        group=np.arange(size),
        notes=[
            *_legend(index, data.codes),
            *_without_text(names[~judged & answerable].tolist(), bool(by)),
        ],
    )
    return replace(table, index=data.index)


def surface(table: Table, row: int, *, index: Index) -> Floats:
    """Nine variables of one row of the table as three rows of three: the PMC surface.

    QueryError when the index names no surface.
    """
    if not index.surface:
        raise QueryError(
            "the codebook's index has no surface",
            cure="Name nine of its variables under 'surface', see docs/codebook.md",
            zh="编码本的指数没有曲面。请在 surface 中写九个变量，见 docs/codebook.md。",
        )
    columns = [f"x{index.variables.index(name) + 1}" for name in index.surface]
    return table.frame[columns].iloc[row].to_numpy(dtype=np.float64).reshape(3, 3)


def grade(value: float, grades: Sequence[Grade]) -> Grade | None:
    """The first grade that begins at `value` or below; None for nan.

    >>> cuts = [Grade("优秀", "Excellent", 7), Grade("其他", "Other", 0)]
    >>> grade(7.0, cuts).en, grade(6.99, cuts).en, grade(float("nan"), cuts)
    ('Excellent', 'Other', None)
    """
    # Thirds and sixths that add up to 7 may miss it by the last bit.
    return next((one for one in grades if round(value, 9) >= one.at_least), None)


def _index(data: Dataset) -> Index | None:
    """The index of the codebook; None when nothing is known of the codebook."""
    if data.codes is None:
        return None
    index = data.index
    if index is None:
        raise QueryError(
            "the codebook of these codings has no index",
            cure="Code the documents with codebooks/pmc.yaml, or add 'index:' to your codebook "
            "(docs/codebook.md) and code again",
            zh="这些编码的编码本没有指数。请用 codebooks/pmc.yaml 编码，"
            "或在编码本中加 index（见 docs/codebook.md）后重编。",
        )
    return index


def _documents(grouped: Grouped) -> NDArray[np.object_]:
    """The documents' ids, in the order of their numbers."""
    return as_text(grouped.cases["document"]).to_numpy(dtype=object)


def judged_cases(grouped: Grouped, documents: int) -> NDArray[np.bool_]:
    """Of each document, whether there is text that could have been coded."""
    coded = np.bincount(grouped.case, minlength=documents) > 0
    columns = ["countable", *["heading_han"] * grouped.headings]
    if not {*columns} <= {*grouped.cases.columns}:
        return coded
    # nan, an unknown length, is more than nothing only where something is coded.
    written = grouped.cases[columns].to_numpy(dtype=np.float64).sum(axis=1) > 0
    return np.asarray(coded | written)


def _values(grouped: Grouped, index: Index, documents: int) -> list[Floats]:
    """Of each variable, its value in each document."""
    return [
        np.ones(documents) if variable in index.constant else _share(grouped, variable, documents)
        for variable in index.variables
    ]


def _share(grouped: Grouped, variable: str, documents: int) -> Floats:
    """The share of the codes directly under a variable that each document has."""
    tree = grouped.tree
    children = tree.children(variable)
    there = np.zeros((documents, len(children)), dtype=bool)
    for column, child in enumerate(children):
        there[grouped.case[np.isin(grouped.code, tree.below(tree.paths[child]))], column] = True
    return np.asarray(there.mean(axis=1))


def _legend(index: Index, codes: pd.DataFrame | None) -> list[Note]:
    """Which variables these are, and where each grade begins."""
    if codes is None:
        return [
            Note(
                "Nothing is known of the codebook, so the index is empty: give `codes`.",
                zh="缺少编码本信息，指数留空：请给出 codes。",
            )
        ]
    named = codes.set_index("code")
    numbered = [(f"X{n}", named.loc[path]) for n, path in enumerate(index.variables, 1)]
    return [
        Note(
            "; ".join(f"{x} {code['en']}" for x, code in numbered) + ".",
            zh="；".join(f"{x} {code['zh']}" for x, code in numbered) + "。",
        ),
        Note(
            "Grades: " + ", ".join(f"{one.en} ≥ {one.at_least:g}" for one in index.grades) + ".",
            zh="等级：" + "，".join(f"{one.zh} ≥ {one.at_least:g}" for one in index.grades) + "。",
        ),
    ]


def _without_text(names: Sequence[str], by: bool) -> list[Note]:
    if not names:
        return []
    then, zh = (
        ("their index is empty", "指数留空")
        if not by
        else (
            "left out of the means, and a group of nothing else is empty",
            "不计入均值，全组如此则留空",
        )
    )
    return [
        Note(
            f"No text to judge in {first_few(names)}: {then}.",
            zh=f"没有可评的正文：{first_few(names)}，{zh}。",
        )
    ]
