"""Which rules made the codings."""

from typing import Annotated

import numpy as np
import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table


def rules(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    of: Annotated[str | None, "only this code and the codes under it"] = None,
) -> Table:
    """Which rules made the codings: how often each fired, and how often alone.

    A row for each code and rule that fired (and each group), in the codebook's
    order, the busiest rule first:

    references  passages of the code in whose evidence the rule is
    alone       of these, passages no other rule of the code fired on
    of_code     percent of the code's passages

    Codings by people have no rule and are left out, with a note.
    """
    grouped = data.grouped("rules", by=by, headings=headings)
    wanted = grouped.tree.below(of) if of is not None else range(len(grouped.tree.paths))
    frame = pd.DataFrame(
        {
            "group": grouped.group,
            "code": grouped.code,
            "passage": grouped.passage,
            "rule": grouped.words("rules"),
        }
    )
    frame = frame[frame["code"].isin(wanted)]
    by_people = int((frame["rule"] == "").sum())
    frame = frame[frame["rule"] != ""]
    whole = frame.groupby(["group", "code"])["passage"].nunique()
    fired = frame.assign(rule=frame["rule"].str.split("; ")).explode("rule").drop_duplicates()
    together = fired.groupby(["group", "code", "passage"])["rule"].transform("size")
    counts = (
        fired.assign(alone=together == 1)
        .groupby(["group", "code", "rule"], as_index=False)
        .agg(references=("passage", "size"), alone=("alone", "sum"))
        .sort_values(["group", "code", "references", "rule"], ascending=[True, True, False, True])
    )
    key = pd.MultiIndex.from_frame(counts[["group", "code"]])
    paths = np.array(grouped.tree.paths, dtype=object)
    note = Note(
        f"Left out: {by_people} codings by people, which no rule made.",
        zh=f"未计入：人工编码 {by_people} 处，并非规则所编。",
    )
    return grouped.table(
        {
            "code": paths[counts["code"].to_numpy(dtype=np.int64)],
            "rule": counts["rule"].to_numpy(dtype=object),
            "references": counts["references"].to_numpy(dtype=np.int64),
            "alone": counts["alone"].to_numpy(dtype=np.int64),
            "of_code": 100 * counts["references"].to_numpy() / whole.reindex(key).to_numpy(),
        },
        group=counts["group"].to_numpy(dtype=np.int64),
        notes=[note] * bool(by_people),
        basis={"children": "apart", **({"of": of} if of is not None else {})},
    )
