"""A matrix as people draw it: codes down, codes or cities across, sums at the edges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wenma.publish.labels import Language, value
from wenma.queries.table import Table

if TYPE_CHECKING:
    import pandas as pd

DRAWN = ("matrix", "assessment")
"""The queries whose tables are drawn."""


@dataclass(frozen=True)
class Crossed:
    """One drawn matrix: `cells` are units, `group` the city or plan it is of ("" for all)."""

    group: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def crossed(table: Table, names: Mapping[str, str]) -> list[Crossed]:
    """The matrices in a `matrix` table, one for each group, codes by their names."""
    across = "code_b" if "code_b" in table.frame else "group"
    return [
        Crossed(
            group=group,
            rows=tuple(names.get(row, row) for row in wide.index),
            columns=tuple(names.get(str(column), str(column)) for column in wide.columns),
            cells=tuple(tuple(line) for line in wide.astype(int).to_numpy().tolist()),
        )
        for group, wide in _wide(table, across, "units")
    ]


def judged(
    table: Table, names: Mapping[str, str], *, language: Language
) -> Iterator[list[list[str]]]:
    """An `assessment` as people draw it: a heading line, and each cell with what it rests on.

    A cell says its judgement and, where there are any, the units with
    achievements, commitments and deficits: 短板 1/0/3.
    """
    frame = table.frame
    counts = zip(frame["achievement"], frame["commitment"], frame["deficit"], strict=True)
    shown = frame.assign(
        cell=[
            " ".join([value(word, language=language), *["/".join(map(str, some))] * any(some)])
            for word, some in zip(frame["judgement"], counts, strict=True)
        ]
    )
    for group, wide in _wide(replace(table, frame=shown), "code_b", "cell"):
        lines = zip(wide.index, wide.to_numpy().tolist(), strict=True)
        yield [
            [group, *(names.get(column, column) for column in wide.columns)],
            *([names.get(row, row), *cells] for row, cells in lines),
        ]


def _wide(table: Table, across: str, values: str) -> "Iterator[tuple[str, pd.DataFrame]]":
    """The table of each group ("" for all) with `across` as its columns, all in their order."""
    frame = table.frame
    blocks = "group" if across == "code_b" and "group" in frame else None
    for group in dict.fromkeys(frame[blocks]) if blocks else [""]:
        block = frame[frame[blocks] == group] if blocks else frame
        wide = block.pivot(index="code", columns=across, values=values)
        rows, columns = list(dict.fromkeys(block["code"])), list(dict.fromkeys(block[across]))
        yield str(group), wide.loc[rows, columns]


def with_sums(matrix: Crossed, *, word: str) -> list[list[str | int]]:
    """The drawn matrix with a heading line, and the sums of rows and columns under `word`.

    >>> drawn = Crossed("", ("抵御", "吸收"), ("制度", "技术"), ((1, 2), (3, 4)))
    >>> for line in with_sums(drawn, word="合计"):
    ...     print(line)
    ['', '制度', '技术', '合计']
    ['抵御', 1, 2, 3]
    ['吸收', 3, 4, 7]
    ['合计', 4, 6, 10]
    """
    lines: list[list[str | int]] = [[matrix.group, *matrix.columns, word]]
    for name, cells in zip(matrix.rows, matrix.cells, strict=True):
        lines.append([name, *cells, sum(cells)])
    sums = [sum(column) for column in zip(*matrix.cells, strict=True)]
    return [*lines, [word, *sums, sum(sums)]]
