"""How much of the text each code covers."""

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers


def coverage(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
) -> Table:
    """How much of the text each code covers, in percent of its characters.

    Columns, for each code (and group):

    coded       characters that carry the code or one under it; where passages overlap, once
    characters  all characters of body text and tables (with `headings`, of headings too)
    coverage    coded, in percent of characters
    """
    grouped = data.grouped("coverage", by=by, headings=headings)
    groups, paths = len(grouped.groups), grouped.tree.paths
    position, above = grouped.tree.lineage(grouped.code)
    key = grouped.case[position] * len(paths) + above
    cell = grouped.group[position] * len(paths) + above
    start, end = grouped.start[position], grouped.end[position]
    coded = np.bincount(
        cell, weights=_new_characters(key, start, end), minlength=groups * len(paths)
    ).astype(np.int64)
    characters, notes = grouped.sums("characters", *["heading_characters"] * headings)
    group, code = np.divmod(np.arange(groups * len(paths)), max(len(paths), 1))
    whole = characters[group]
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(whole > 0, 100 * coded / whole, np.nan)
    if (percent > 100).any():
        notes += (
            Note(
                "Coverage above 100 %: some passages reach over headings and line ends, which "
                "are not among the characters counted.",
                zh="覆盖率超过 100%：部分片段跨越标题与换行，而这些字符不在计数之内。",
            ),
        )
    return grouped.table(
        {
            "code": np.array(paths, dtype=object)[code],
            "coded": coded,
            "characters": whole,
            "coverage": percent,
        },
        group=group,
        notes=notes,
    )


def _new_characters(key: Integers, start: Integers, end: Integers) -> Integers:
    """For each span, how many characters no earlier span of its key has covered.

    >>> spans = np.array([[0, 10], [5, 15], [6, 9]])
    >>> _new_characters(np.zeros(3, dtype=int), spans[:, 0], spans[:, 1]).tolist()
    [10, 5, 0]
    """
    if not len(key):
        return key
    order = np.lexsort((start, key))
    # One running maximum for all keys: each key's offsets lie above the last key's.
    shift = np.unique(key[order], return_inverse=True)[1] * (end.max() + 1)
    first, last = start[order] + shift, end[order] + shift
    before = np.maximum.accumulate(np.concatenate(([0], last)))[:-1]
    new: Integers = np.empty_like(first)
    new[order] = np.maximum(last - np.maximum(first, before), 0)
    return new
