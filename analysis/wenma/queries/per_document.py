"""References of each code in each document, from which every sum over documents is made."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wenma.errors import QueryError
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import as_text
from wenma.queries.table import nearest
from wenma.statistics.arrays import Floats, Integers

Names = NDArray[np.object_]


def reference_counts(grouped: Grouped) -> csr_array:
    """Documents by codes: passages with the code or one under it, each once.

    A passage lies in one document, so that a group's references are the sum
    of its documents' and equal those of `frequency`.
    """
    position, above = grouped.tree.lineage(grouped.code)
    size = len(grouped.tree.paths)
    first = np.unique(grouped.passage[position] * size + above, return_index=True)[1]
    return _counted(grouped, grouped.case[position][first], above[first])


def part_counts(grouped: Grouped) -> csr_array:
    """Documents by codes: own references of the code and of those under it, added up.

    A passage with two codes under a parent counts twice for it, so that
    children add up to their parent and a dimension to all its references:
    what the shares of `frequency` are made of.
    """
    size = len(grouped.tree.paths)
    first = np.unique(grouped.passage * size + grouped.code, return_index=True)[1]
    position, above = grouped.tree.lineage(grouped.code[first])
    return _counted(grouped, grouped.case[first][position], above)


def counts_by_document(
    grouped: Grouped, counts: csr_array, cell: Integers
) -> tuple[Integers, Integers]:
    """Counts of each document in each cell, its cases there added up; and the cell of each row.

    Cases of one document are no documents of their own to a test that deals whole ones anew.
    """
    pairs, row = np.unique(np.stack([cell, grouped.case_documents]), axis=1, return_inverse=True)
    return sum_by_cell(counts, row.ravel().astype(np.int64), pairs.shape[1]), pairs[0]


def amounts_by_document(grouped: Grouped, amounts: Floats, cell: Integers) -> Floats:
    """Amounts of each case added up to the rows of `counts_by_document`, nan where unknown."""
    pairs, row = np.unique(np.stack([cell, grouped.case_documents]), axis=1, return_inverse=True)
    return np.bincount(row.ravel(), weights=amounts, minlength=pairs.shape[1]).astype(np.float64)


def sum_by_cell(counts: csr_array, cell: Integers, cells: int) -> Integers:
    """Rows of documents added up to cells; a document in cell -1 is in none."""
    inside = np.flatnonzero(cell >= 0)
    gather = csr_array(
        (np.ones(len(inside), dtype=np.int64), (cell[inside], inside)),
        shape=(cells, counts.shape[0]),
    )
    return np.asarray((gather @ counts).toarray(), dtype=np.int64)


def document_names(grouped: Grouped, column: str) -> Names:
    """What a column says of each document, in the order of their numbers ("" for nothing)."""
    if column not in grouped.cases:
        return np.full(len(grouped.cases), "", dtype=object)
    return as_text(grouped.cases[column]).to_numpy(dtype=object)


def document_amounts(grouped: Grouped, *columns: str) -> Floats:
    """What these columns of each document add up to, nan where unknown."""
    if not {*columns} <= {*grouped.cases.columns}:
        return np.full(len(grouped.cases), np.nan)
    return np.asarray(grouped.cases[list(columns)].to_numpy(dtype=np.float64).sum(axis=1))


@dataclass(frozen=True)
class ChosenCodes:
    """The codes that are compared, and how a basis names them."""

    codes: Integers
    of: str


def chosen_codes(grouped: Grouped, of: Sequence[str] | str) -> ChosenCodes:
    """The codes directly under one code, or the codes that are named.

    Nothing named is the first dimension, or all codes of a flat codebook. QueryError for a code
    that is not there, for one without codes under it, and for two of which one lies under the
    other.
    """
    tree = grouped.tree
    named = list(dict.fromkeys([of] if isinstance(of, str) else of))
    if not named or named == [""]:
        name, codes = tree.compared()
        return ChosenCodes(codes, name)
    if len(named) == 1:
        return ChosenCodes(tree.parts(named[0]), named[0])
    for path in named:
        tree.check(path)
        inside = next((one for one in named if path.startswith(f"{one}/")), None)
        if inside:
            raise QueryError(
                f'"{path}" lies under "{inside}" and would count twice',
                cure="Name one of them",
                zh=f"“{path}”在“{inside}”之下，会数两次。请只写一个。",
            )
    return ChosenCodes(
        np.array([tree.at[path] for path in named], dtype=np.int64), "; ".join(named)
    )


def checked_choice(name: str, value: str, choices: Sequence[str]) -> str:
    """The word, if it is one of the choices; QueryError with the nearest otherwise."""
    if value not in choices:
        raise QueryError(
            f'there is no {name} "{value}"',
            cure=nearest(value, choices),
            zh=f"没有“{value}”（{name}）。",
        )
    return value


def _counted(grouped: Grouped, document: Integers, code: Integers) -> csr_array:
    shape = len(grouped.case_groups), len(grouped.tree.paths)
    return csr_array((np.ones(len(code), dtype=np.int64), (document, code)), shape=shape)
