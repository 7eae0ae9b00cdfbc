"""Who is compared, on which documents: what every question about two coders or more begins with."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By
from wenma.queries.reliability_data import ReliabilityData, Size
from wenma.queries.table import Note, nearest
from wenma.queries.unit_texts import UnitTexts, unit_texts

ASKED = "asked"
"""The column of cases that were given to every coder, as a task's are."""


class ComparedCoders(NamedTuple):
    """The coders, the units they are compared on, and what to say of both.

    `ground` is None where there is no text to look at.
    """

    coders: list[str]
    kept: UnitTexts
    ground: ReliabilityData | None
    notes: list[Note]
    basis: dict[str, str]

    @property
    def pairs(self) -> list[tuple[int, int, str]]:
        """Each two coders by number, and how the two are named."""
        return [
            (one, other, f"{self.coders[one]} × {self.coders[other]}")
            for one, other in combinations(range(len(self.coders)), 2)
        ]


def compared_coders(
    data: Dataset, name: str, *, by: By, headings: bool, coders: Sequence[str], size: Size
) -> ComparedCoders:
    """What a question of that name compares; `QueryError` for fewer than two coders."""
    named = [coders] if isinstance(coders, str) else list(coders)
    compared = coders_compared(data, named)
    shared, left_out = documents_of_all(data, compared)
    kept = unit_texts(shared, name, by=by, headings=headings)
    ground = ReliabilityData(kept, compared, size) if len(kept.units) else None
    told = {"coders": "; ".join(compared), "size": size, "sampling": sampling(data)}
    return ComparedCoders(compared, kept, ground, [*left_out, *kept.notes], told)


def sampling(data: Dataset) -> str:
    """Which units are compared: those of tasks, or all of the documents every coder has coded."""
    return "units of tasks" if ASKED in data.cases else "all units of documents all have coded"


def coders_compared(data: Dataset, named: Sequence[str]) -> list[str]:
    """Who is compared; QueryError when it is not two at least, or not known who coded what.

    Of units that were given to every coder somebody may have coded nothing.
    """
    silent = ASKED in data.cases
    columns = data.columns
    if columns.coder is None:
        raise QueryError(
            "the codings have no column coder",
            cure="Give the name of whoever coded each",
            zh="编码表没有 coder 列。",
        )
    there = sorted(columns.coders[at] for at in np.unique(columns.coder))
    if merged := [one for one in there if "; " in one]:
        raise QueryError(
            f"codings that coders share were made one ({merged[0]})",
            cure="Ask agreement of a study: it keeps the coders apart",
            zh=f"几位编码者相同的编码已合为一条（{merged[0]}）。请从研究（Study）提问，它分开各人。",
        )
    for one in named:
        if there and one not in there and not silent:
            raise QueryError(
                f'there are no codings by "{one}"',
                cure=nearest(one, there),
                zh=f"没有 {one} 的编码。",
            )
    chosen = list(dict.fromkeys(named or there))
    if there and len(chosen) < 2:
        raise QueryError(
            f"agreement is between two coders or more, and here is only {chosen[0]}",
            cure="Name two: --coders NAME NAME",
            zh=f"一致性须有两位以上编码者，此处只有 {chosen[0]}。",
        )
    return chosen


def documents_of_all(data: Dataset, coders: Sequence[str]) -> tuple[Dataset, list[Note]]:
    """The documents every coder has coded or was asked to, and how many are left out."""
    columns = data.columns
    assert columns.coder is not None  # `coders_compared` had refused
    seats = pd.Index(columns.coders).get_indexer(pd.Index(coders))
    data = data.only(np.isin(columns.coder, seats))
    columns, coder = data.columns, data.columns.coder
    each = np.unique(np.stack([columns.document, coder]), axis=1)[0] if len(data) else np.zeros(0)
    times = np.bincount(each.astype(np.int64), minlength=len(columns.documents))
    by_all = np.flatnonzero((times == len(coders)) & (times > 0))
    everyone = {columns.documents[at] for at in by_all}
    cases = data.cases
    if ASKED in cases:
        everyone |= set(cases["document"][cases[ASKED].astype(bool)])
    kept = np.array([one in everyone for one in cases["document"]], dtype=bool)
    gone = [*dict.fromkeys(cases["document"][~kept])]
    if not gone or not len(data):
        return (data.of_cases(kept) if gone else data), []
    return data.of_cases(kept), [
        Note(
            f"Left out: {len(gone)} documents that not every one of these coders has coded "
            f"({first_few(gone)}).",
            zh=f"未计入：并非所有编码者都编过的文件 {len(gone)} 份（{first_few(gone)}）。",
        )
    ]
