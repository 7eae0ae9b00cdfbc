"""Meetings of two codes that rest on the same characters: the codebook's doing, not the text's."""

import numpy as np

from wenma.errors import QueryError
from wenma.queries.grouped import Grouped
from wenma.queries.incidence import CooccurrenceCounts, Incidence, cooccurrence_counts
from wenma.queries.windows import Window, window_membership
from wenma.statistics.arrays import Integers


def overlapping_counts(
    grouped: Grouped, pairing: Integers, *, aggregate: bool, window: Window = "unit"
) -> CooccurrenceCounts | None:
    """How many windows hold two codes whose evidence shares characters, in each group.

    Rows and columns are positions in `pairing`. None where the evidence is not known.
    """
    inside, place = window_membership(grouped, window, 0)
    spans = grouped.data.spans(grouped.position[inside])
    if spans is None:
        return None
    at, start, end = spans
    code, group = grouped.code[inside][at], grouped.group[inside][at]
    unit = np.unique(place, return_inverse=True)[1][at]
    if aggregate:
        position, code = grouped.tree.lineage(code)
        unit, group, start, end = (one[position] for one in (unit, group, start, end))
    kept = np.isin(code, pairing)
    unit, group, start, end, code = (one[kept] for one in (unit, group, start, end, code))
    first, second = _touching(unit, start, end)
    apart = code[first] != code[second]
    first, second = first[apart], second[apart]
    # Each pair of codes that share characters in a window, once, as a window of its own.
    size = len(grouped.tree.paths)
    low, high = np.minimum(code[first], code[second]), np.maximum(code[first], code[second])
    _, once = np.unique((unit[first] * size + low) * size + high, return_index=True)
    pairs, both = len(once), np.concatenate([low[once], high[once]])
    alone = Incidence(
        unit=np.tile(np.arange(pairs), 2),
        code=both,
        group=np.tile(group[first[once]], 2),
        units=pairs,
        codes=size,
        groups=len(grouped.groups),
    )
    return cooccurrence_counts(alone, pairing, pairing)


def no_evidence() -> QueryError:
    """Why meetings on the same characters cannot be left out."""
    return QueryError(
        "which characters two codes rest on is not known here",
        cure="Leave out disjoint, or ask it of two sets of codes of a project",
        zh="这里不知道编码的依据字词，无法排除重叠。请去掉 disjoint，或对项目中的两组编码查询。",
    )


def _touching(unit: Integers, start: Integers, end: Integers) -> tuple[Integers, Integers]:
    """The pairs of spans in one window that share characters."""
    reach = int(end.max(initial=0)) + 1
    order = np.lexsort((start, unit))
    begins = unit[order] * reach + start[order]
    until = np.searchsorted(begins, unit[order] * reach + end[order], side="left")
    many = np.maximum(until - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), many)
    step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
    return order[first], order[first + 1 + step]
