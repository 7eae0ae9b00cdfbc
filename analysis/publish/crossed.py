"""A matrix as people draw it: codes down, codes or cities across, sums at the edges."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.queries.table import Table


@dataclass(frozen=True)
class Crossed:
    """One drawn matrix: `cells` are units, `group` the city or plan it is of ("" for all)."""

    group: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def crossed(table: Table, names: Mapping[str, str]) -> list[Crossed]:
    """The matrices in a `matrix` table, one for each group, codes by their names."""
    frame = table.frame
    across = "code_b" if "code_b" in frame else "group"
    blocks = "group" if across == "code_b" and "group" in frame else None
    drawn = []
    for group in dict.fromkeys(frame[blocks]) if blocks else [""]:
        block = frame[frame[blocks] == group] if blocks else frame
        wide = block.pivot(index="code", columns=across, values="units")
        rows, columns = list(dict.fromkeys(block["code"])), list(dict.fromkeys(block[across]))
        wide = wide.loc[rows, columns].astype(int)
        drawn.append(
            Crossed(
                group=str(group),
                rows=tuple(names.get(row, row) for row in rows),
                columns=tuple(names.get(str(column), str(column)) for column in columns),
                cells=tuple(tuple(line) for line in wide.to_numpy().tolist()),
            )
        )
    return drawn


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
