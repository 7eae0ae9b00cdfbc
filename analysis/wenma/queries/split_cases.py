"""Documents cut into cases: a passage that belongs to another city than its document."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from wenma.queries.case_map import CaseMap, whole_documents
from wenma.records import han
from wenma.statistics.arrays import Integers


class CaseSpan(NamedTuple):
    """A stretch of a document that has another value of an attribute than the document."""

    document: str
    start: int
    end: int
    attribute: str
    value: str


def split_cases(
    documents: pd.DataFrame, spans: Sequence[CaseSpan] = (), units: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, CaseMap]:
    """The cases of these documents, a row each, and which case each place is in.

    A document without spans is one case. Where spans overlap, each adds its attribute; of two
    of one attribute the shorter (inner) one holds. Counts are those of the units that begin in
    the case (`units`: those of the documents that have spans, at least), so that the cases of a
    document add up to it. Columns that no unit tells (sections) stay with the first case.

    >>> documents = pd.DataFrame({"document": ["甲"], "city": ["成都"], "units": [2]})
    >>> units = pd.DataFrame({"document": ["甲", "甲"], "start": [0, 5], "end": [4, 9],
    ...     "kind": ["body", "body"], "text": ["成都。", "深圳。"], "paragraph": [0, 0],
    ...     "section": [0, 0]})
    >>> cases, where = split_cases(documents, [CaseSpan("甲", 5, 9, "city", "深圳")], units)
    >>> cases[["city", "units"]].values.tolist()
    [['成都', 1], ['深圳', 1]]
    >>> where.at(np.array([0, 0]), np.array([2, 6])).tolist()
    [0, 1]
    """
    by_document: dict[str, list[CaseSpan]] = {}
    for one in spans:
        by_document.setdefault(one.document, []).append(one)
    names = documents["document"].astype(str).tolist()
    if units is None or not set(by_document) & set(names):
        return documents, whole_documents(len(names), len(names))
    rows: list[int] = []
    changes: list[dict[str, str]] = []
    place: list[tuple[int, int, int]] = []
    for number, name in enumerate(names):
        known: dict[tuple[tuple[str, str], ...], int] = {}
        for start, values in _stretches(by_document.get(name, ())):
            key = tuple(sorted(values.items()))
            if key not in known:
                known[key] = len(rows)
                rows.append(number)
                changes.append(dict(values))
            place.append((number, start, known[key]))
    document, start_of, case = (np.array(one, dtype=np.int64) for one in zip(*place, strict=True))
    where = CaseMap(document, start_of, case)
    cases = documents.iloc[rows].reset_index(drop=True)
    cases = _stated(cases, changes)
    return _counted(cases, np.array(rows, dtype=np.int64), where, names, by_document, units), where


def _stretches(spans: Sequence[CaseSpan]) -> list[tuple[int, dict[str, str]]]:
    """Where each stretch of a document begins, and what it has of its own."""
    cuts = sorted({0, *(one.start for one in spans), *(one.end for one in spans)})
    longest_first = sorted(spans, key=lambda one: one.start - one.end)
    return [
        (cut, {one.attribute: one.value for one in longest_first if one.start <= cut < one.end})
        for cut in cuts
    ]


def _stated(cases: pd.DataFrame, changes: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    for name in dict.fromkeys(name for change in changes for name in change):
        old = cases[name].astype(object) if name in cases else pd.Series("", cases.index)
        cases[name] = [change.get(name, value) for change, value in zip(changes, old, strict=True)]
    return cases


def _counted(
    cases: pd.DataFrame,
    of_document: Integers,
    where: CaseMap,
    names: Sequence[str],
    split: Mapping[str, Sequence[CaseSpan]],
    units: pd.DataFrame,
) -> pd.DataFrame:
    """The cases of split documents with the counts of their own units."""
    some = units[units["document"].isin([*split])]
    at = {name: number for number, name in enumerate(names)}
    document = np.array([at[one] for one in some["document"]], dtype=np.int64)
    case = where.at(document, some["start"].to_numpy(dtype=np.int64))
    texts = some["text"].astype(str)
    heading = (some["kind"] == "heading").to_numpy()
    counted = pd.DataFrame(
        {
            "case": case,
            "heading": heading,
            "paragraph": some["paragraph"].to_numpy(),
            "section": some["section"].to_numpy(),
            "han": texts.map(han).to_numpy(),
            "characters": texts.str.len().to_numpy(),
        }
    )
    body, heads = counted[~heading], counted[heading]
    sums: dict[str, pd.Series[int]] = {
        "units": body.groupby("case").size(),
        "countable": body.groupby("case")["han"].sum(),
        "characters": body.groupby("case")["characters"].sum(),
        "paragraphs": body.groupby("case")["paragraph"].nunique(),
        "text_sections": body.groupby("case")["section"].nunique(),
        "headings": heads.groupby("case").size(),
        "heading_han": heads.groupby("case")["han"].sum(),
        "heading_characters": heads.groupby("case")["characters"].sum(),
        "heading_paragraphs": heads.groupby("case")["paragraph"].nunique(),
        "heading_sections": heads.groupby("case")["section"].nunique(),
        "han": counted.groupby("case")["han"].sum(),
    }
    is_split = np.array([names[n] in split for n in of_document], dtype=bool)
    first = np.unique(of_document, return_index=True)[1]
    later = np.ones(len(cases), dtype=bool)
    later[first] = False
    for name, found in sums.items():
        if name in cases:
            own = found.reindex(range(len(cases)), fill_value=0).to_numpy()
            cases[name] = np.where(is_split, own, cases[name].to_numpy())
    if "sections" in cases:
        cases["sections"] = np.where(later, 0, cases["sections"].to_numpy())
    return cases
