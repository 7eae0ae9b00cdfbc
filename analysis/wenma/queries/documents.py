"""The sample: which documents were read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By, as_text
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats

_FACTS = (
    "title", "city", "plan", "period", "kind", "level", "issuer", "number", "date", "year",
    "source",
)  # fmt: skip
_COUNTS = ("han", "countable", "sections", "units")
_DATES = ("date", "成文日期")
"""Attributes that say when a document was made out: no project has to know any."""


def documents(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
) -> Table:
    """The sample table: each document with its origin, length and fingerprint.

    With `by` (city, plan, period): a row for each group, with its number of
    documents and their lengths added. Counts are Han characters (`countable`
    those of body text and tables), sections of the outline, units of body
    text and tables, sentences of these, and references: passages that carry any code. `date` is
    the day the document was made out, `sha256` that of the file it was read from. `copy_of`
    names the document of which this one is a copy, or inside which it stands (see `copies`).
    """
    by = None if by in ("document", ["document"], ("document",)) else by
    grouped = data.grouped("documents", by=by, headings=headings)
    first = np.unique(grouped.passage, return_index=True)[1]
    if by:
        every = np.arange(len(grouped.groups))
        numbers, notes = zip(*(grouped.sums(column) for column in _COUNTS), strict=True)
        return grouped.table(
            {
                "documents": grouped.documents_of_groups(),
                **dict(zip(_COUNTS, numbers, strict=True)),
                "sentences": np.bincount(
                    grouped.case_groups, weights=_sentences(grouped), minlength=len(every)
                ),
                "references": np.bincount(grouped.group[first], minlength=len(every)),
            },
            group=every,
            notes=[note for some in notes for note in some],
        )
    frame = grouped.cases
    dated = next((name for name in _DATES if name in frame), "")
    missing = [c for c in (*_FACTS, *_COUNTS, "sha256") if c != "date" and c not in frame.columns]
    columns: dict[str, object] = {"document": as_text(frame["document"]).to_numpy(dtype=object)}
    for column in (*_FACTS, *_COUNTS, "sha256"):
        if column == "sha256":
            columns["sentences"] = _sentences(grouped)
        if column == "date":
            stated = as_text(frame[dated]).to_numpy(dtype=object) if dated else [""] * len(frame)
            columns[column] = stated
        elif column in missing:
            empty: object = np.nan if column in (*_COUNTS, "year") else ""
            columns[column] = [empty] * len(frame)
        elif column in _COUNTS:
            columns[column] = frame[column].to_numpy()
        elif column == "year":
            columns[column] = pd.array(frame[column].to_numpy(), dtype="Int64")
        else:
            columns[column] = as_text(frame[column]).to_numpy(dtype=object)
    copy_of = data.kinship.copy_of
    columns["copy_of"] = [copy_of.get(name, "") for name in frame["document"]]
    columns["references"] = np.bincount(grouped.case[first], minlength=len(frame))
    return grouped.table(
        columns,
        notes=[
            Note(
                f"Nothing is known of the documents' {', '.join(missing)}: left empty.",
                zh=f"缺少文件数据（{', '.join(missing)}），留空。",
            )
        ]
        * bool(missing)
        + _unstated(columns),
    )


def _sentences(grouped: Grouped) -> Floats:
    """The sentences of each case's body text and tables; nan where the text cannot be cut."""
    many = len(grouped.cases)
    if grouped.data.basis.get("unit_size") == "sentence" and "units" in grouped.cases:
        return grouped.cases["units"].to_numpy(dtype=np.float64)
    try:
        plain = replace(grouped, headings=False)
        cut = plain.cut("sentence")
    except QueryError:
        return np.full(many, np.nan)
    return np.bincount(plain.case_of(cut), minlength=many).astype(np.float64)


def _unstated(columns: Mapping[str, Any]) -> list[Note]:
    """How many documents state no date and no source: a reader of the sample looks for both."""
    many = len(columns["document"])
    date, source = (sum(not one for one in columns[name]) for name in ("date", "source"))
    if not date and not source:
        return []
    return [
        Note(
            f"Of {many} documents, {date} state no date and {source} no source: to add them, "
            "wenma documents FILE.db --set, or a manifest.",
            zh=f"{many} 份文件中，{date} 份未注明成文日期，{source} 份未注明来源："
            "可用 wenma documents 项目.db --set 或清单补上。",
        )
    ]
