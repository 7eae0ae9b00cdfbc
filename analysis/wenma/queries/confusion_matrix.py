"""Which code one coder gave where another gave another."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from wenma.queries.compared_coders import compared_coders
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.per_document import chosen_codes
from wenma.queries.reliability_data import ReliabilityData, Size
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers

NONE_OF_THESE = "none of these"
"""Stands in the place of a code where a coder gave none that is looked at."""


def confusion_matrix(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    of: Annotated[
        Sequence[str], "the code whose children are crossed, or several codes; the first dimension"
    ] = (),
    size: Annotated[Size, "what is compared"] = "unit",
) -> Table:
    """Which code one coder gave where another gave another: a row for each pair of codes.

    Of each two coders (and each group) the codes of the first by those of the second, with what
    lies under them. On the diagonal are codes both gave. Of a unit with several codes what both
    gave is counted there, and only what is left over is crossed: a code of the one with each
    of the other's, or with none of these. Columns:

    pair           the two coders: the first gave `code`, the second `code_b`
    code, code_b   a code, or none of these
    units          units (paragraphs, characters); `expected` what the margins alone would give
    percent        in percent of the table
    """
    asked = compared_coders(
        data, "confusion_matrix", by=by, headings=headings, coders=coders, size=size
    )
    grouped = asked.kept.grouped
    picked = chosen_codes(grouped, of)
    named = [*(grouped.tree.paths[code] for code in picked.codes.tolist()), NONE_OF_THESE]
    pairs, groups, cells = [], [], []
    for group in range(len(grouped.groups)) if asked.ground is not None else ():
        assert asked.ground is not None
        given = _given(asked.ground, picked.codes)
        here = asked.ground.group == group
        for one, other, called in asked.pairs:
            counts = _crossed(given[here, :, one], given[here, :, other], asked.ground.weight[here])
            pairs.append(called)
            groups.append(group)
            cells.append(counts)
    size_of, tables = len(named), len(cells)
    counted = np.array(cells, dtype=np.int64).reshape(tables, size_of, size_of)
    whole = counted.sum(axis=(1, 2))[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = counted.sum(axis=2)[:, :, None] * counted.sum(axis=1)[:, None, :] / whole
        percent = 100 * counted / whole
    row, column = (axis.ravel() for axis in np.indices((size_of, size_of)))
    names = np.array(named, dtype=object)
    return grouped.table(
        {
            "pair": np.repeat(np.array(pairs, dtype=object), size_of**2),
            "code": np.tile(names[row], tables),
            "code_b": np.tile(names[column], tables),
            "units": counted.ravel(),
            "percent": percent.ravel(),
            "expected": expected.ravel(),
        },
        group=np.repeat(np.array(groups, dtype=np.int64), size_of**2),
        notes=[*asked.notes, *([_CROSSED] if tables else [])],
        basis={**asked.basis, "of": picked.of},
    )


_CROSSED = Note(
    "Rows are the first coder of a pair, columns the second. A unit with several codes is counted "
    "at each: cells add up to decisions, not to units.",
    zh="行为前一位编码者，列为后一位。含几个编码的单元逐一计入，各格之和为判断次数而非单元数。",
)


def _given(ground: ReliabilityData, codes: Integers) -> NDArray[np.bool_]:
    """Places by codes by coders: who put what."""
    found = np.zeros((len(ground.weight), len(codes), len(ground.coders)), dtype=bool)
    for column, code in enumerate(codes.tolist()):
        place, coder = ground.placed(code)
        found[place, column, coder] = True
    return found


def _crossed(one: NDArray[np.bool_], other: NDArray[np.bool_], weight: Integers) -> Integers:
    """Codes of the one by those of the other, none of these last."""
    both = one & other
    rows, columns = one & ~other, other & ~one
    # Where all they gave is the same, nothing is left to cross; where nobody gave any, none is.
    left = rows.any(axis=1) | columns.any(axis=1) | ~one.any(axis=1)
    rows, columns = (np.column_stack([side, ~side.any(axis=1)])[left] for side in (rows, columns))
    found = (rows.T * weight[left]) @ columns.astype(np.int64)
    size = one.shape[1]
    found[np.arange(size), np.arange(size)] += weight @ both
    return np.asarray(found, dtype=np.int64)
