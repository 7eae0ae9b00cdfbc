"""The figures a study is introduced with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wenma.queries.dataset import Dataset


@dataclass(frozen=True)
class Totals:
    """How much there is, and how much of it is coded; `coded` is nan without units."""

    documents: int
    han: int
    references: int
    units: int
    coded: float


def totals(data: "Dataset", *, headings: bool = False) -> Totals:
    """Documents, Han characters, references, units, and the share of units with a code.

    A reference is one code on one passage. A unit counts as coded by codes that look
    for their subject: one considered everywhere, such as a stance, would make nearly
    every unit coded. A free span makes no unit coded.
    """
    cases, columns = data.cases, data.columns
    han, units = int(cases["countable"].sum()), int(cases["units"].sum())
    if headings:
        han += int(cases["heading_han"].sum())
        units += int(cases["headings"].sum())
    there = data.case >= 0
    if not headings:
        there &= ~columns.heading
    passage = np.stack([columns.document, columns.start, columns.end, columns.code])[:, there]
    subject = np.array([path not in data.everywhere for path in columns.paths], dtype=bool)
    inside = there & (columns.unit >= 0) & subject[columns.code]
    coded = np.unique(np.stack([columns.document, columns.unit])[:, inside], axis=1).shape[1]
    return Totals(
        documents=int(cases["document"].nunique()),
        han=han,
        references=np.unique(passage, axis=1).shape[1],
        units=units,
        coded=coded / units if units else float("nan"),
    )
