"""A row of print for each row of an answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from wenma.publish.columns import TABLE_COLUMNS, WORD_COLUMNS, number_text
from wenma.publish.labels import CODED_COLUMNS, NAMELESS, Language, fixed_word, heading, named
from wenma.publish.printed_table import Cell, Emphasis, Panel, PrintedColumn
from wenma.queries.table import Note, Table

Link = Callable[[Mapping[str, Any]], str]
"""From the drill-through of a number to the anchor of its passages; "" where there are none."""

COUNTING = ("references", "units", "n11", "coded", "problem_units")
"""Columns that count what the drill-through of their row leads to."""

WORD_COUNTS = ("tf", "a")
"""Columns that count the lines of their row's word."""

_SHORT = 12


def list_rows(
    table: Table,
    columns: Sequence[str],
    *,
    names: Mapping[str, str],
    language: Language,
    rows: Sequence[int] | None = None,
    link: Link | None = None,
) -> Panel:
    """These columns and rows of an answer, codes by their names.

    Codes of the first column are set in where the codes above them have rows too.
    """
    frame = table.frame
    places = range(len(frame)) if rows is None else rows
    numeric = [
        pd.api.types.is_numeric_dtype(frame[name]) and name not in ("year", *WORD_COLUMNS)
        for name in columns
    ]
    cells = [
        _column_cells(frame[name].iloc[list(places)], names, language, number=right, first=not at)
        for at, (name, right) in enumerate(zip(columns, numeric, strict=True))
    ]
    rows_of_cells = [*zip(*cells, strict=True)]
    if link:
        rows_of_cells = [
            tuple(replace(cell, anchor=to) for cell, to in zip(line, anchors, strict=True))
            for line, anchors in zip(
                rows_of_cells, _anchors(table, columns, places, link), strict=True
            )
        ]
    heads = [heading(name, language=language, by=table.by) for name in columns]
    return Panel(tuple(map(PrintedColumn, heads, numeric)), tuple(rows_of_cells))


def held_columns(table: Table) -> list[str]:
    """The columns that have anything to show; counts and measures always have."""
    return [str(name) for name in table.frame if _holds(table.frame[name])]


def depths(paths: Sequence[str]) -> list[int]:
    """How far each code is set in, where the codes above it have rows too.

    >>> depths(["stage", "stage/resist", "layer/actor"])
    [0, 1, 0]
    """
    there = set(paths)
    return [
        sum("/".join(path.split("/")[:step]) in there for step in range(1, path.count("/") + 1))
        for path in paths
    ]


def every_column(table: Table, *, names: Mapping[str, str] | None, language: Language) -> Panel:
    """The answer whole, numbers without commas: what terminals and spreadsheets show."""
    frame = full_frame(table, names, language)
    columns = []
    cells = []
    for name in map(str, frame):
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        decimals = TABLE_COLUMNS[name].decimals
        columns.append(
            PrintedColumn(heading(name, language=language, by=table.by), numeric, decimals)
        )
        cells.append(
            [
                Cell(number_text(one, name).replace(",", ""), number=True, value=one)
                if numeric
                else Cell("—" if one is None else cell_text(one, language))
                for one in plain_values(frame, name)
            ]
        )
    return Panel(tuple(columns), tuple(zip(*cells, strict=True)))


def full_frame(table: Table, names: Mapping[str, str] | None, language: Language) -> pd.DataFrame:
    """The answer's frame with names beside codes and fixed words in their language."""
    frame = table.frame.copy() if names is None else named(table, names)
    for column in WORD_COLUMNS:
        if column in frame:
            frame[column] = [fixed_word(str(word), language=language) for word in frame[column]]
    return frame


def plain_values(frame: pd.DataFrame, column: str) -> list[Any]:
    """A column as plain Python values; None for what is undefined, counts as whole numbers."""
    values = frame[column]
    cells: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    if pd.api.types.is_float_dtype(values) and not TABLE_COLUMNS[column].decimals:
        # A count that can be unknown is a float to pandas, but not to a reader.
        return [None if cell is None else int(cell) for cell in cells]
    return cells


def _holds(column: "pd.Series[Any]") -> bool:
    if pd.api.types.is_numeric_dtype(column) and column.name != "year":
        return True
    return bool((column.notna() & (column.astype(object) != "")).any())


def _column_cells(
    column: "pd.Series[Any]",
    names: Mapping[str, str],
    language: Language,
    *,
    number: bool,
    first: bool,
) -> list[Cell]:
    """The cells of one column, without anchors."""
    name = str(column.name)
    contents: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    if name in WORD_COLUMNS:
        return [Cell(fixed_word(str(one), language=language)) for one in contents]
    if name in ("code", "code_b") and None not in contents:
        sets_in = depths(contents) if first and name == "code" else [0] * len(contents)
        role: Emphasis = "head" if first else ""
        return [
            Cell(
                names.get(path) or fixed_word(path, language=language),
                small=path,
                depth=deep,
                role=role,
            )
            for path, deep in zip(contents, sets_in, strict=True)
        ]
    cells = []
    for one in contents:
        text = _text(one, name, names, language)
        named = first and isinstance(one, str)
        cells.append(Cell(text, number=number, role="head" if named else ""))
    return cells


def _text(content: Any, column: str, names: Mapping[str, str], language: Language) -> str:
    if content is None or isinstance(content, int | float):
        return number_text(content, column)
    if column in CODED_COLUMNS and column != "name":
        return "; ".join(names.get(path, path) for path in str(content).split("; "))
    if column == "group" and content == "":
        return NAMELESS.in_language(language)
    if column == "sha256":
        return str(content)[:_SHORT]
    return " ".join(cell_text(content, language).split())


def cell_text(content: Any, language: Language) -> str:
    """A cell that knows itself in both languages is told in one."""
    return content.zh if isinstance(content, Note) and language == "zh" else str(content)


def _only_in_scope(table: Table, door: Mapping[str, Any], column: str) -> bool:
    """Is this code counted in scope beside one bound to it, while its passages are everywhere?"""
    anywhere = table.basis.get("anywhere", "").split("; ")
    own, other = ("code", "also") if column == "n1" else ("also", "code")
    free = {
        key: any(f"{door[key]}/".startswith(f"{one}/") for one in anywhere if one)
        for key in (own, other)
    }
    return free[own] and not free[other]


def _anchors(
    table: Table, columns: Sequence[str], rows: Sequence[int], link: Link
) -> Iterator[list[str]]:
    """For each row the anchors of its cells."""
    # Of the sample, units are all a document has, coded or not.
    counting = [c for c in COUNTING if c in columns and (table.name, c) != ("documents", "units")]
    for row in rows:
        door = table.drill_through(row)
        anchors = []
        for at, column in enumerate(columns):
            anchor = ""
            own = column in (WORD_COUNTS if table.drill_to == "kwic" else counting)
            if own or (not counting and at == 0 and {"code", "document"} & set(door)):
                anchor = link(door)
            elif column in ("n1", "n2") and not _only_in_scope(table, door, column):
                alone = {**door, "code": door["code" if column == "n1" else "also"]}
                anchor = link({k: v for k, v in alone.items() if k != "also"})
            elif column in table.elsewhere:
                other = table.drill_through(row, column)
                anchor = link(other) if other["code"] else ""
            elif column in table.also:
                anchor = link(table.drill_through(row, column))
            elif column == "references_own":
                anchor = link({**door, "children": False})
            anchors.append(anchor)
        yield anchors
