"""The texts of documents as Han characters, each with its unit and its place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wenma.language.characters import han_characters
from wenma.queries.grouping import as_text
from wenma.queries.unit_texts import UnitTexts
from wenma.statistics.arrays import Integers

_LEVELS = (
    ("国家", "中央", "全国", "national"),
    ("省", "自治区", "直辖市", "provincial"),
    ("市", "地", "municipal", "city"),
    ("县", "区", "旗", "county"),
    ("乡", "镇", "街道", "township"),
)
"""How levels are written, from the highest down."""


@dataclass(frozen=True, eq=False)
class ComparedTexts:
    """The documents that have text, in the order of the corpus.

    codes, places, units  of each document, parallel: its Han characters, where each stands in
                          its text, and the row of `chosen.units` it belongs to
    """

    chosen: UnitTexts
    documents: tuple[str, ...]
    codes: list[Integers]
    places: list[Integers]
    units: list[Integers]

    def facts(self, name: str) -> "pd.Series[Any]":
        """An attribute of each document as text, "" where it states none."""
        cases = self.chosen.grouped.cases
        if name not in cases:
            return pd.Series([""] * len(self.documents), dtype=object)
        first = cases.drop_duplicates("document").set_index("document")[name]
        return as_text(first.reindex(list(self.documents)).reset_index(drop=True))

    def years(self) -> Integers:
        """The year of each document; -1 where it states none."""
        years = pd.to_numeric(self.facts("year"), errors="coerce").fillna(-1)
        return np.asarray(years, dtype=np.int64)

    def levels(self) -> Integers:
        """The level of each document's issuer, 0 for the nation; -1 where it states none."""
        return np.array([_level(said) for said in self.facts("level")], dtype=np.int64)

    def order(self) -> Integers:
        """The rank of each document in time: by year, then as the corpus has them.

        Those without a year come last.
        """
        years = self.years()
        dated = np.where(years < 0, np.iinfo(np.int64).max, years)
        rank = np.empty(len(years), dtype=np.int64)
        rank[np.argsort(dated, kind="stable")] = np.arange(len(years))
        return rank


def compared_texts(chosen: UnitTexts) -> ComparedTexts:
    """The Han characters of the units chosen, document by document."""
    kept = han_characters(chosen.text)
    unit = np.searchsorted(chosen.at, kept.places, side="right") - 1
    start = chosen.units["start"].to_numpy(dtype=np.int64)
    place = kept.places - chosen.at[unit] + start[unit] if len(unit) else kept.places
    document = chosen.document[unit] if len(unit) else unit
    edges = np.flatnonzero(np.append(True, np.diff(document) != 0)[: len(document)])
    names = chosen.grouped.data.columns.documents
    return ComparedTexts(
        chosen,
        tuple(names[number] for number in document[edges].tolist()),
        np.split(kept.codes, edges[1:]) if len(edges) else [],
        np.split(place, edges[1:]) if len(edges) else [],
        np.split(unit, edges[1:]) if len(edges) else [],
    )


def _level(said: str) -> int:
    """The rank of a level as documents state it.

    >>> [_level(said) for said in ("国家", "省级", "市", "区县", "")]
    [0, 1, 2, 3, -1]
    """
    words = said.strip().lower()
    for rank, names in enumerate(_LEVELS):
        if any(words.startswith(name) for name in names):
            return rank
    return -1
