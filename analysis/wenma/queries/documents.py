"""The sample: which documents were read."""

import numpy as np
import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By, as_text
from wenma.queries.table import Note, Table

_FACTS = ("title", "city", "plan", "period", "kind", "level", "issuer", "number", "year", "source")
_COUNTS = ("han", "countable", "sections", "units")


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
    text and tables, and references: passages that carry any code. `copy_of` names the
    document of which this one is a copy, or inside which it stands (see `copies`).
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
                "references": np.bincount(grouped.group[first], minlength=len(every)),
            },
            group=every,
            notes=[note for some in notes for note in some],
        )
    frame = grouped.cases
    missing = [c for c in (*_FACTS, *_COUNTS, "sha256") if c not in frame.columns]
    columns: dict[str, object] = {"document": as_text(frame["document"]).to_numpy(dtype=object)}
    for column in (*_FACTS, *_COUNTS, "sha256"):
        if column in missing:
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
        * bool(missing),
    )
