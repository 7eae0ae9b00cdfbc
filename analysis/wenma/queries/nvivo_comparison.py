"""Two coders compared as NVivo's coding comparison query does."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
import pandas as pd

from wenma.queries.compared_coders import compared_coders
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.reliability_data import Size
from wenma.queries.table import Note, Table
from wenma.reliability.coding_comparison import Compared

_COLUMNS = (
    "pair code document compared kappa agreed both_percent neither_percent differing_percent "
    "first_percent second_percent"
).split()
_NVIVO = {
    "Kappa": "kappa",
    "Agreement (%)": "agreed",
    "A and B (%)": "both_percent",
    "Not A and Not B (%)": "neither_percent",
    "Disagreement (%)": "differing_percent",
    "A and Not B (%)": "first_percent",
    "B and Not A (%)": "second_percent",
}


def nvivo_comparison(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    size: Annotated[Size, "what is compared"] = "character",
) -> Table:
    """Each code in each document as NVivo's coding comparison has it: κ, agreement, who alone.

    A row for each two coders, code and document (and group), of the codes that one of the two gave
    anywhere. Codes count as they were given: a parent does not gather those under it. Columns:

    pair, code, document
    compared          characters of the document's units (or units, paragraphs)
    kappa             Cohen's κ; nan where NVivo prints 1 because both coded all or nothing
    agreed            per cent both coded or both left
    both_percent, neither_percent, differing_percent   coded by both, by neither, by one
    first_percent, second_percent  by the first of the pair alone, by the second alone
    """
    asked = compared_coders(
        data, "nvivo_comparison", by=by, headings=headings, coders=coders, size=size
    )
    grouped, ground = asked.kept.grouped, asked.ground
    rows: list[tuple[int, Compared, str]] = []
    if ground is not None:
        coding, place, coder = ground.marks
        code = grouped.code[coding]
        file_of, files = ground.file, ground.files
        many = len(files[0])
        whole = np.bincount(file_of, weights=ground.weight, minlength=many)
        names = grouped.data.columns.documents

        def coded(who: int, what: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
            there = np.zeros(len(ground.weight), dtype=bool)
            there[place[(coder == who) & (code == what)]] = True
            return there

        for one, other, called in asked.pairs:
            for what in np.unique(code[(coder == one) | (coder == other)]).tolist():
                first, second = coded(one, what), coded(other, what)
                sides = (first & second, first & ~second, second & ~first)
                each = [
                    np.bincount(file_of[side], weights=ground.weight[side], minlength=many)
                    for side in sides
                ]
                for file in range(many):
                    both, alone, other_alone = (int(counts[file]) for counts in each)
                    length = int(whole[file])
                    compared = Compared(
                        grouped.tree.paths[what],
                        names[files[1][file]],
                        length,
                        both,
                        alone,
                        other_alone,
                        length - both - alone - other_alone,
                    )
                    rows.append((int(files[0][file]), compared, called))
    frame = pd.DataFrame(
        [
            {"pair": called, "code": one.code, "document": one.document, "compared": one.size}
            | {_NVIVO[name]: number for name, number in one.row().items() if name in _NVIVO}
            for _, one, called in rows
        ],
        columns=_COLUMNS,
    )
    return grouped.table(
        {name: frame[name].to_numpy() for name in _COLUMNS},
        group=np.array([group for group, *_ in rows], dtype=np.int64),
        notes=[*asked.notes, *([_AS_NVIVO] if rows else [])],
        basis=asked.basis,
    )


_AS_NVIVO = Note(
    "As NVivo counts: what neither coded agrees, so that a rare code is near 100 % whoever codes; "
    "κ is empty where both coded all or nothing, where NVivo prints 1.",
    zh="按 NVivo 的算法：双方均未编之处计为一致，故少见的编码总接近 100%；"
    "双方全编或全不编处 κ 留空（NVivo 显示为 1）。",
)
