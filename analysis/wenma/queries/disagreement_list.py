"""The units on which coders differ, with what each gave."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.queries.compared_coders import compared_coders
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By
from wenma.queries.table import Note, Table

_COLUMNS = "pair document unit start end excerpt by_both by_first by_second".split()


def disagreement_list(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    coders: Annotated[Sequence[str], "the coders to compare; all"] = (),
    code: Annotated[str, "look at this code and those under it only"] = "",
) -> Table:
    """The units on which two coders do not have the same codes, in the order of the text.

    A row for each two coders and unit. Codings on free spans count for every unit they
    touch. Columns:

    pair                 the two coders
    document, unit, start, end, excerpt   the unit: ``document.text[start:end]``
    by_both, by_first, by_second  codes of both, of the first alone, of the second alone
    """
    asked = compared_coders(
        data, "disagreement_list", by=by, headings=headings, coders=coders, size="unit"
    )
    grouped, ground, units = asked.kept.grouped, asked.ground, asked.kept.units
    if code:
        grouped.tree.check(code)
    groups, rows = [], []
    compared = 0
    if ground is not None:
        compared = len(ground.weight)
        coding, place, coder = ground.marks
        number = grouped.code[coding]
        if code:
            kept = np.isin(number, grouped.tree.below(code))
            place, coder, number = place[kept], coder[kept], number[kept]
        given: dict[tuple[int, int], set[int]] = {}
        marks = (place.tolist(), coder.tolist(), number.tolist())
        for where, who, what in zip(*marks, strict=True):
            given.setdefault((where, who), set()).add(what)
        cells = {name: units[name].tolist() for name in ("document", "unit", "start", "end")}
        texts, group_of = asked.kept.each, ground.group.tolist()
        for at in np.unique(place).tolist():
            for one, other, called in asked.pairs:
                first, second = given.get((at, one), set()), given.get((at, other), set())
                if first == second:
                    continue
                sides = (first & second, first - second, second - first)
                paths = ("; ".join(grouped.tree.paths[n] for n in sorted(side)) for side in sides)
                place_of = (cells[name][at] for name in ("document", "unit", "start", "end"))
                rows.append((called, *place_of, texts[at], *paths))
                groups.append(group_of[at])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_COLUMNS)
    whole = ("unit", "start", "end")
    return grouped.table(
        {
            name: np.array(values, dtype=np.int64 if name in whole else object)
            for name, values in zip(_COLUMNS, columns, strict=True)
        },
        group=np.array(groups, dtype=np.int64),
        notes=[*asked.notes, *_told(len(rows), compared, len(asked.pairs))],
        basis={**asked.basis, **({"code": code} if code else {})},
    )


def _told(rows: int, compared: int, pairs: int) -> list[Note]:
    if not compared:
        return []
    return [
        Note(
            f"{rows:,} of {compared * pairs:,} units compared"
            f"{f' ({pairs} pairs of coders)' if pairs > 1 else ''} differ in a code or more.",
            zh=f"所比 {compared * pairs:,} 个单元{f'（{pairs} 对编码者）' if pairs > 1 else ''}中，"
            f"{rows:,} 个至少有一个编码不一致。",
        )
    ]
