"""How often each code is used."""

from collections.abc import Mapping
from typing import Annotated

import numpy as np

from wenma.queries.corrected import CORRECTED_HELP, Corrected, corrected_columns
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By
from wenma.queries.intervals import INTERVAL_HELP, Interval, interval_columns
from wenma.queries.per_document import (
    amounts_by_document,
    counts_by_document,
    document_amounts,
    part_counts,
    reference_counts,
)
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers


def frequency(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    interval: Annotated[Interval, INTERVAL_HELP] = "none",
    corrected: Annotated[bool, CORRECTED_HELP] = False,
) -> Table:
    """How often each code is used: documents, references, share, rate.

    A reference is a passage of a document that carries the code; two coders
    on the same passage make one. Columns, for each code (and group):

    documents       documents with at least one reference, those of the codes under it included
    references_own  references of the code itself
    references      of the code and of the codes under it; a passage in two of them counts once
    share           percent of the dimension's references. It adds up: a parent's share is that
                    of its own references and its children's, a dimension's is 100. Codes at the
                    top without any under them (a flat codebook) are one dimension together
    share_of        what share divides by: references of all codes of the dimension, added up
    per_1000        references for every 1,000 Han characters that are counted
    countable       those Han characters (with `headings`, the headings' too)
    share_low, share_high, per_1000_low, per_1000_high
                    with `interval`: the 95 % interval of both, documents being a sample
    corrected, corrected_low, corrected_high
                    with `corrected`: units that carry the code, by a judged sample
    """
    grouped = data.grouped("frequency", by=by, headings=headings)
    groups, paths = len(grouped.groups), grouped.tree.paths
    own = _distinct(grouped, grouped.passage, grouped.code)
    position, above = grouped.tree.lineage(grouped.code)
    references = _distinct(grouped, grouped.passage[position], above, position)
    documents = grouped.case_documents[grouped.case]
    files = _distinct(grouped, documents[position], above, position)
    summed = _add_up(grouped, own)
    whole = grouped.tree.of_dimension(summed)
    with np.errstate(invalid="ignore"):
        share = np.where(whole > 0, 100 * summed / whole, np.nan)
    countable, notes = grouped.sums("countable", *["heading_han"] * headings)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(countable[:, None] > 0, 1000 * references / countable[:, None], np.nan)
    group, code = np.divmod(np.arange(groups * len(paths)), max(len(paths), 1))
    limits, of_limits, said = _limits(grouped, interval) if paths else ({}, [], {})
    right: Corrected = ({}, [], {})
    if corrected:
        rows = [([paths[one]], of) for one, of in zip(code.tolist(), group.tolist(), strict=True)]
        right = corrected_columns(data, "frequency", rows, by=by, headings=headings)
    return grouped.table(
        {
            "code": np.array(paths, dtype=object)[code],
            "documents": files.ravel(),
            "references_own": own.ravel(),
            "references": references.ravel(),
            "share": share.ravel(),
            "share_of": whole.ravel(),
            "per_1000": rate.ravel(),
            "countable": countable[group],
            **limits,
            **right[0],
        },
        group=group,
        notes=[
            *_counted_twice(grouped, whole, references),
            *_empty_dimensions(grouped, whole),
            *notes,
            *_empty_groups(grouped, countable),
            *of_limits,
            *right[1],
        ],
        basis={**said, **right[2]},
    )


def _limits(
    grouped: Grouped, interval: Interval
) -> tuple[Mapping[str, Floats], list[Note], dict[str, str]]:
    """The intervals, from what each document has; nothing is counted when none is asked."""
    if interval == "none":
        return {}, [], {}
    cell = grouped.case_groups
    part, of_group = counts_by_document(grouped, part_counts(grouped), cell)
    references, _ = counts_by_document(grouped, reference_counts(grouped), cell)
    han = document_amounts(grouped, "countable", *["heading_han"] * grouped.headings)
    return interval_columns(
        interval,
        references,
        part,
        grouped.tree.of_dimension(part),
        amounts_by_document(grouped, han, cell),
        of_group,
        grouped.groups,
    )


def _distinct(
    grouped: Grouped, things: Integers, codes: Integers, position: Integers | None = None
) -> Integers:
    """How many different things carry each code in each group: groups by codes."""
    size = len(grouped.tree.paths)
    if not len(things):
        return np.zeros((len(grouped.groups), size), dtype=np.int64)
    group = grouped.group if position is None else grouped.group[position]
    one = group * (int(things.max()) + 1) + things
    first = np.unique(one * size + codes, return_index=True)[1]
    counts = np.bincount(group[first] * size + codes[first], minlength=len(grouped.groups) * size)
    return counts.reshape(len(grouped.groups), size)


def _add_up(grouped: Grouped, own: Integers) -> Integers:
    """The own references of each code and of all codes under it, added."""
    every = np.arange(len(grouped.tree.paths))
    position, above = grouped.tree.lineage(every)
    total = np.zeros_like(own)
    np.add.at(total.T, above, own.T[position])
    return total


def _counted_twice(grouped: Grouped, whole: Integers, references: Integers) -> list[Note]:
    """Shares are of another number than the dimension's own, where a passage has two codes."""
    if (whole == grouped.tree.of_dimension(references)).all():
        return []
    return [
        Note(
            "Shares are of the references of a dimension's codes added up (share_of), in which a "
            "passage with two of them counts twice; the dimension's own row counts it once.",
            zh="占比的分母是该维度各编码参考点之和（占比分母），一处带两个编码计两次；"
            "维度一行的参考点数只计一次。",
        )
    ]


def _empty_dimensions(grouped: Grouped, whole: Integers) -> list[Note]:
    """Why a share is empty: nobody used the dimension there."""
    notes = []
    flat = set(grouped.tree.flat.tolist()) if len(grouped.tree.flat) > 1 else set()
    first = [n for n in dict.fromkeys(grouped.tree.dimension.tolist()) if n not in flat]
    for number in [*first, *sorted(flat)[:1]]:
        dimension = "all codes" if number in flat else grouped.tree.paths[number]
        empty = [grouped.groups[g] for g in np.flatnonzero(whole[:, number] == 0)]
        if empty:
            where = f" in {first_few(empty)}" if grouped.by else ""
            wo = f"{first_few(empty)}：" if grouped.by else ""
            notes.append(
                Note(
                    f"No references of the dimension {dimension}{where}: its shares are empty.",
                    zh=f"{wo}维度 {dimension} 没有参考点，占比留空。",
                )
            )
    return notes


def _empty_groups(grouped: Grouped, countable: np.ndarray) -> list[Note]:
    empty = [grouped.groups[g] for g in np.flatnonzero(countable == 0)]
    if not empty:
        return []
    return [
        Note(
            f"No Han characters to count{f' in {first_few(empty)}' if grouped.by else ''}: "
            "the rate is empty.",
            zh=f"{f'{first_few(empty)}：' if grouped.by else ''}没有可计的汉字，每千字频次留空。",
        )
    ]
