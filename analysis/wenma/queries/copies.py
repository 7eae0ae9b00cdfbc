"""Which documents are copies of each other, stand inside another, or are akin."""

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers


def copies(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
) -> Table:
    """Documents that are copies of another, stand inside it, or are akin to it.

    A row for each, with the document it is most like:

    document, other   the copy, or the one inside; and the earlier one in the order of the corpus,
                      or the one that holds it
    kinship           same file; same text (but for layout and punctuation); near copy (from 80 %
                      alike); inside (90 % of it stands in the other); akin (half does)
    likeness          runs of 8 characters that both have, in percent of those either has
    in_other, of_other  of the runs of the document, and of those of the other, those shared

    With `by`, a block for each value of the documents. All of the text is compared, headings too.
    """
    grouped = data.grouped("copies", by=by, headings=headings)
    kinship = data.kinship
    names = np.array([*kinship.documents, ""], dtype=object)
    case = {name: at for at, name in reversed([*enumerate(grouped.cases["document"])])}
    near = kinship.nearest
    group = grouped.case_groups[[case[names[one.text]] for one in near]] if near else _NONE
    order = np.argsort(group, kind="stable")
    rows = [near[at] for at in order.tolist()]
    return grouped.table(
        {
            "document": names[[one.text for one in rows]] if rows else names[:0],
            "other": names[[one.other for one in rows]] if rows else names[:0],
            "kinship": np.array([one.kind for one in rows], dtype=object),
            "likeness": np.array([100 * one.likeness for one in rows], dtype=np.float64),
            "in_other": np.array([100 * one.share for one in rows], dtype=np.float64),
            "of_other": np.array([100 * one.share_other for one in rows], dtype=np.float64),
        },
        group=group[order],
        notes=[] if rows else [_ALONE],
        basis={"copies": str(len(kinship.copy_of))},
    )


_NONE: Integers = np.zeros(0, dtype=np.int64)
_ALONE = Note(
    "No document is a copy of another, or half of it in another.",
    zh="没有文件与另一份相同、相近或有一半见于另一份。",
)
