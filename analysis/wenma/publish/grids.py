"""Tables become grids of cells as a page prints them, each number with its way to the passages."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wenma.publish.columns import WORDED, Words, number_text
from wenma.publish.labels import NAMELESS, Language, heading, value
from wenma.queries.table import Table

Link = Callable[[Mapping[str, Any]], str]
"""From the door of a number to the anchor of its passages; "" where there are none."""

COUNTING = ("references", "units", "n11", "coded")
"""Columns that count what the door of their row leads to."""

_CODES = ("code", "code_b")
_SHORT = 12
_SUM = Words("合计", "Sum")


@dataclass(frozen=True)
class Cell:
    """One cell: its text, the anchor it leads to, what stands small beside it.

    `counts` are numbers that stand beside it too, each with an anchor of its own.
    """

    text: str
    anchor: str = ""
    small: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    depth: int = 0
    number: bool = False
    head: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it is printed; `title` names its group where there are several."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


def rows_grid(
    table: Table, rows: Sequence[int], *, names: Mapping[str, str], language: Language, link: Link
) -> Grid:
    """These rows of a table, a column for each that holds anything."""
    frame = table.frame
    columns = [str(c) for c in frame if _holds(frame[c])]
    # Of the sample, units are all a document has, coded or not.
    counting = [c for c in COUNTING if c in columns and (table.name, c) != ("documents", "units")]
    head = tuple(heading(c, language=language, by=table.by) for c in columns)
    # Codes stand under one another where those above them are rows too.
    tree = (
        "code_b" not in frame and "code" in frame and bool((~frame["code"].str.contains("/")).any())
    )
    lines = []
    for row in rows:
        door = table.drill_through(row)
        cells = []
        for at, column in enumerate(columns):
            anchor = ""
            if column in counting or (not counting and at == 0 and _leads(door)):
                anchor = link(door)
            elif column in ("n1", "n2"):
                alone = {**door, "code": door["code" if column == "n1" else "also"]}
                anchor = link({k: v for k, v in alone.items() if k != "also"})
            elif column in table.also:
                anchor = link(table.drill_through(row, column))
            elif column == "references_own":
                anchor = link({**door, "children": False})
            content = frame[column].iloc[row]
            deep = str(content).count("/") if tree and column == "code" else 0
            cells.append(_cell(content, column, names, language, anchor, at == 0, deep))
        lines.append(tuple(cells))
    return Grid(head, tuple(lines))


def drawn_grids(
    table: Table, *, names: Mapping[str, str], language: Language, link: Link
) -> list[Grid]:
    """A `matrix` or an `assessment` as it is read in print, one grid for each group."""
    frame = table.frame
    crossing = "code_b" in frame
    across = "code_b" if crossing else "group"
    blocks = frame["group"] if crossing and "group" in frame else pd.Series([""] * len(frame))
    grids = []
    for block in dict.fromkeys(blocks):
        at = [n for n, name in enumerate(blocks) if name == block]
        lines = list(dict.fromkeys(frame["code"].iloc[at]))
        columns = list(dict.fromkeys(frame[across].iloc[at]))
        spot = {(frame["code"].iloc[n], frame[across].iloc[n]): n for n in at}
        sums = "judgement" not in frame
        rows = []
        for line in lines:
            spots = [spot[line, column] for column in columns]
            cells = [_code_cell(line, names, head=True)]
            cells += [_crossing(table, n, language, link) for n in spots]
            if sums:
                cells.append(_sum(table, spots))
            rows.append(tuple(cells))
            if sums:
                rows.append(_expected(table, spots, language))
        head = ["", *(names.get(str(c), str(c) or getattr(NAMELESS, language)) for c in columns)]
        if sums:
            word = getattr(_SUM, language)
            head.append(word)
            down = [_sum(table, [spot[line, c] for line in lines]) for c in columns]
            rows.append((Cell(word, head=True), *down, _sum(table, at)))
        grids.append(Grid(tuple(head), tuple(rows), str(block)))
    return grids


def wide_grid(
    table: Table,
    *,
    value: str,
    beside: str,
    codes: Sequence[str],
    sizes: Mapping[str, tuple[int, float]],
    names: Mapping[str, str],
    language: Language,
    link: Link,
) -> Grid:
    """Groups down, codes across: `value` in each cell, the count `beside` it in brackets.

    `sizes` has each group's documents and countable Han: no comparison of
    cities is printed without its denominators.
    """
    frame = table.frame
    spot = {(g, c): n for n, (g, c) in enumerate(zip(frame["group"], frame["code"], strict=True))}
    head = (
        heading("group", language=language, by=table.by),
        heading("documents", language=language),
        heading("countable", language=language),
        *(names.get(code, code) for code in codes),
    )
    rows = []
    for group in dict.fromkeys(frame["group"]):
        documents, countable = sizes.get(group, (0, math.nan))
        cells = [
            Cell(group or getattr(NAMELESS, language), head=True),
            Cell(f"{documents:,}", number=True),
            Cell(number_text(countable, "countable"), number=True),
        ]
        for code in codes:
            n = spot[group, code]
            count = f" ({frame[beside].iloc[n]:,})" if beside else ""
            text = number_text(frame[value].iloc[n], value) + count
            cells.append(Cell(text, link(table.drill_through(n)), number=True))
        rows.append(tuple(cells))
    return Grid(head, tuple(rows))


def _holds(column: "pd.Series[Any]") -> bool:
    """Has a column anything to show? Counts and measures always have."""
    if pd.api.types.is_numeric_dtype(column) and column.name != "year":
        return True
    return bool((column.notna() & (column.astype(object) != "")).any())


def _leads(door: Mapping[str, Any]) -> bool:
    return bool({"code", "document"} & set(door))


def _cell(
    content: Any,
    column: str,
    names: Mapping[str, str],
    language: Language,
    anchor: str,
    first: bool,
    depth: int,
) -> Cell:
    if column in _CODES:
        path = str(content)
        return _code_cell(path, names, head=first, anchor=anchor, depth=depth)
    if column in WORDED:
        return Cell(value(str(content), language=language), anchor)
    if isinstance(content, str):
        if column == "group" and not content:
            content = getattr(NAMELESS, language)
        if column == "sha256":
            return Cell(content[:_SHORT])
        return Cell(content, anchor, head=first)
    if content is None or pd.isna(content):
        return Cell("—", number=True)
    return Cell(number_text(content, column), anchor, number=True)


def _code_cell(
    path: str,
    names: Mapping[str, str],
    *,
    head: bool = False,
    anchor: str = "",
    depth: int = 0,
) -> Cell:
    return Cell(names.get(path, path), anchor, path, depth=depth, head=head)


def _crossing(table: Table, at: int, language: Language, link: Link) -> Cell:
    row = table.frame.iloc[at]
    anchor = link(table.drill_through(at))
    if "judgement" not in row:
        return Cell(_counted(row["units"], row["percent"]), anchor, number=True)
    word = value(str(row["judgement"]), language=language)
    stances = ("achievement", "commitment", "deficit")
    if not any(row[name] for name in stances):
        return Cell(word, anchor)
    return Cell(
        word,
        anchor,
        counts=tuple(
            (str(int(row[name])), link(table.drill_through(at, name))) for name in stances
        ),
    )


def _counted(units: float, percent: float) -> str:
    return f"{int(units):,} ({number_text(percent, 'percent')})"


def _sum(table: Table, rows: Sequence[int]) -> Cell:
    some = table.frame.iloc[list(rows)]
    return Cell(_counted(some["units"].sum(), some["percent"].sum(skipna=False)), number=True)


def _expected(table: Table, rows: Sequence[int], language: Language) -> tuple[Cell, ...]:
    """Under a line of a cross table, the numbers expected if lines and columns were independent."""
    expected = table.frame["expected"].iloc[list(rows)]
    numbers = (number_text(one, "expected") for one in expected)
    name = Cell(heading("expected", language=language), depth=1)
    return (name, *(Cell(number, number=True) for number in numbers), Cell("", number=True))
