"""A table as a paper prints it: titles, a heading line, short cells and notes below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from wenma.errors import QueryError
from wenma.publish.columns import WORDED, Words, number_text
from wenma.publish.crossed import judged
from wenma.publish.labels import (
    NAMELESS,
    Language,
    basis_line,
    code_names,
    heading,
    notes,
    title,
    value,
)
from wenma.publish.panels import Fitted, Panel, fitted
from wenma.queries.table import Note, Table
from wenma.statistics.percentages import rounded_to_whole
from wenma.version import __version__

MOST_ROWS = 5_000
"""Rows beyond which a table is no table of a paper."""
UNDEFINED = "—"
FIGURE_SPACE = "\u2007"
"""A blank as wide as a digit: it keeps the points of percentages under each other."""

IN_CELLS = Words(
    "格中为单元数（占表总数 %），其下为期望数（行、列独立时）。",
    "Cells: units (% of the table); under them the number expected if rows and columns were "
    "independent.",
)
"""What stands in the cells of a cross table."""
_WITH_COUNT = {"frequency": ("references", "share"), "coverage": ("coded", "coverage")}
"""Of tables by city: the count a cell shows, and the percentage behind it."""
_BASES = ("countable", "characters", "n")
"""Columns of denominators."""
_NOT_PRINTED = {
    "documents": (
        "document",
        "plan",
        "kind",
        "level",
        "source",
        "heading_han",
        "characters",
        "sha256",
    ),
    "cooccurrence": ("dice", "cosine", "lift", "uneven"),
    "excerpts": ("plan", "period", "page", "line", "unit", "kind", "role", "coder", "evidence"),
}
"""Columns that a paper has no room for; the notes name them."""


@dataclass(frozen=True)
class Paper:
    """The panels of one table with what stands above and below them."""

    zh: str
    en: str
    panels: tuple[Panel, ...]
    notes: tuple[str, ...]
    basis: str
    language: Language
    landscape: bool
    """Whether the page lies on its side."""
    size: float
    """Points of the type."""

    @property
    def room(self) -> float:
        """Ems across the page."""
        return Fitted(self.panels, self.landscape, self.size).room


def paper(
    table: Table,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    caption: str | None = None,
) -> Paper:
    """The table as a paper prints it.

    Tables by city stand with the cities side by side; what is too wide for a
    page goes on in another panel. Percentages that are parts of one whole add
    up to it as printed, with their count beside them. `caption` replaces the
    title in the language of the table.
    """
    names = {} if codes is None else code_names(codes, language=language)
    added, frame = _adding_up(table)
    shown = replace(table, frame=frame)
    said: list[str] = []
    if table.name == "assessment":
        panels = list(_assessed(shown, names, language))
    elif table.name == "matrix":
        panels = list(_crossing(shown, names, language))
        said.append(getattr(IN_CELLS, language))
    elif table.name in _WITH_COUNT and "group" in frame:
        panels = list(_side_by_side(shown, names, language))
        count, percent = (heading(c, language=language) for c in _WITH_COUNT[table.name])
        mark = ("格中为", "（", "）。") if language == "zh" else ("Cells: ", " (", ").")
        said.append(f"{mark[0]}{count}{mark[1]}{percent}{mark[2]}")
    else:
        same, frame = _the_same_everywhere(frame, language)
        panels = [_as_it_is(replace(shown, frame=frame), names, language)]
        said += [*same, *_left_out(table, language)]
    if added:
        said.append(added.zh if language == "zh" else str(added))
    if (many := sum(len(panel.rows) for panel in panels)) > MOST_ROWS:
        raise QueryError(
            f"{many:,} rows are no table for a paper",
            cure="Ask for fewer (one city, one code), or write xlsx, csv or json",
            zh=f"{many:,} 行排不成论文表格：请缩小范围（一市或一码），或存为 xlsx、csv。",
        )
    titles = {one: _titled(table, one) for one in ("zh", "en")} | (
        {language: caption} if caption else {}
    )
    laid = fitted(panels)
    gap = "；软件 " if language == "zh" else "; software "
    return Paper(
        zh=titles["zh"],
        en=titles["en"],
        panels=laid.panels,
        notes=(*said, *notes(table, language=language)),
        basis=basis_line(table, language=language)
        + ("" if "software" in table.basis else f"{gap}wenma {__version__}"),
        language=language,
        landscape=laid.landscape,
        size=laid.size,
    )


def _titled(table: Table, language: Language) -> str:
    words = title(table.name, language=language)
    if not table.by:
        return words
    by = value(table.by, language=language)
    return f"{words}（按{by}）" if language == "zh" else f"{words} by {by}"


def _adding_up(table: Table) -> tuple[Note | None, pd.DataFrame]:
    """The frame with its percentages as they are printed, and what to say of them."""
    frame = table.frame.copy()
    groups = frame["group"] if "group" in frame else pd.Series("", index=frame.index)
    if table.name == "frequency":
        for _, block in frame.groupby(groups, sort=False):
            frame.loc[block.index, "share"] = _down_the_tree(
                block["code"].tolist(), block["share"].tolist()
            )
    elif table.name == "matrix" and "percent" in frame:
        by_panel = groups if "code_b" in frame else pd.Series("", index=frame.index)
        for _, block in frame.groupby(by_panel, sort=False):
            frame.loc[block.index, "percent"] = rounded_to_whole(block["percent"].tolist())
    else:
        return None, frame
    return Note(
        "Percentages are rounded by largest remainders, so that the parts of one whole add up to "
        "it as printed.",
        zh="百分比按最大余数法取舍，同一整体各部分之和恰为整体。",
    ), frame


def _down_the_tree(paths: Sequence[str], shares: Sequence[float]) -> list[float]:
    """Shares rounded from the top down: what is under a code adds up to it as printed."""
    exact = dict(zip(paths, shares, strict=True))
    printed: dict[str, float] = {}
    for path in paths:
        if "/" not in path:
            printed[path] = round(exact[path], 2)
        under = [one for one in paths if one.rpartition("/")[0] == path]
        if under and not pd.isna(exact[path]):
            # What a code has of its own is a part of it too, though no row shows it.
            own = max(exact[path] - sum(exact[one] for one in under), 0.0)
            own = own if own > 1e-9 else 0.0
            parts = rounded_to_whole([*(exact[one] for one in under), own], whole=printed[path])
            # nan where all of them are 0: parts of nothing are 0 here, since the code is there.
            parts = [0.0 if pd.isna(part) else part for part in parts]
            printed.update(zip(under, parts, strict=False))
    return [printed.get(path, exact[path]) for path in paths]


def _name(path: str, names: Mapping[str, str]) -> str:
    return names.get(path, path)


def _depths(paths: Sequence[str]) -> tuple[int, ...]:
    """How far each code is set in, where the codes above it have rows too."""
    there = set(paths)
    return tuple(
        sum("/".join(path.split("/")[:step]) in there for step in range(1, path.count("/") + 1))
        for path in paths
    )


def _side_by_side(table: Table, names: Mapping[str, str], language: Language) -> Iterator[Panel]:
    """Codes down, groups across: count and percentage in a cell, the denominators below."""
    count, percent = _WITH_COUNT[table.name]
    frame = table.frame
    groups, paths = list(dict.fromkeys(frame["group"])), list(dict.fromkeys(frame["code"]))
    cells = {
        (row.group, row.code): (getattr(row, count), getattr(row, percent))
        for row in frame.itertuples()
    }
    columns = [_counted([cells[group, path] for path in paths], percent) for group in groups]
    rows = [
        (_name(path, names), *line)
        for path, line in zip(paths, zip(*columns, strict=True), strict=True)
    ]
    indents = list(_depths(paths))
    # No ranking of cities without what their counts are to be divided by.
    below = "countable" if table.name == "frequency" else "characters"
    totals = frame.drop_duplicates("group")[below].tolist()
    rows.append((heading(below, language=language), *(number_text(one, below) for one in totals)))
    yield Panel(
        group="",
        head=(
            heading("code", language=language),
            *(group or getattr(NAMELESS, language) for group in groups),
        ),
        rows=tuple(rows),
        numeric=(False, *[True] * len(groups)),
        indents=(*indents, 0),
    )


def _counted(cells: Sequence[tuple[Any, Any]], percent: str) -> list[str]:
    """Counts with their percentages, the points of the percentages under each other."""
    shown = [
        (number_text(count, "references"), number_text(share, percent)) for count, share in cells
    ]
    # A dash is as wide as two digits.
    lengths = [len(share) + (share == UNDEFINED) for _, share in shown]
    wide = max(lengths, default=0)
    return [
        f"{count} {FIGURE_SPACE * (wide - length)}({share})"
        for (count, share), length in zip(shown, lengths, strict=True)
    ]


def _crossing(table: Table, names: Mapping[str, str], language: Language) -> Iterator[Panel]:
    """A matrix with its sums: units and percent in a cell, the expected number under them."""
    frame = table.frame
    across = "code_b" if "code_b" in frame else "group"
    blocks = list(dict.fromkeys(frame["group"])) if {"group", "code_b"} <= {*frame} else [None]
    word = "合计" if language == "zh" else "Sum"
    for group in blocks:
        block = frame if group is None else frame[frame["group"] == group]
        rows, columns = list(dict.fromkeys(block["code"])), list(dict.fromkeys(block[across]))
        places = [*zip(block["code"], block[across], strict=True)]
        cells = dict(zip(places, zip(block["units"], block["percent"], strict=True), strict=True))
        expected = dict(zip(places, block["expected"], strict=True))
        lines = [[cells[down, over] for over in columns] for down in rows]
        lines = [[*line, _summed(line)] for line in lines]
        if lines:
            lines.append([_summed(line) for line in zip(*lines, strict=True)])
        drawn = [_counted(line, "percent") for line in zip(*lines, strict=True)]
        printed: list[tuple[str, ...]] = []
        for name, line in zip([*rows, None], zip(*drawn, strict=True), strict=True):
            printed.append((word if name is None else _name(name, names), *line))
            if name is not None:
                chance = [number_text(expected[name, over], "expected") for over in columns]
                printed.append((heading("expected", language=language), *chance, ""))
        yield Panel(
            group="" if group is None else group or getattr(NAMELESS, language),
            head=("", *(_name(one, names) or getattr(NAMELESS, language) for one in columns), word),
            rows=tuple(printed),
            numeric=(False, *[True] * (len(columns) + 1)),
            indents=(*(0, 1) * len(rows), 0)[: len(printed)],
        )


def _summed(cells: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    return sum(count for count, _ in cells), sum(share for _, share in cells)


def _assessed(table: Table, names: Mapping[str, str], language: Language) -> Iterator[Panel]:
    for head, *rows in judged(table, names, language=language):
        yield Panel(
            group=head[0],
            head=("", *head[1:]),
            rows=tuple(map(tuple, rows)),
            numeric=(False,) * len(head),
            indents=(0,) * len(rows),
        )


def _as_it_is(table: Table, names: Mapping[str, str], language: Language) -> Panel:
    """The rows as they are, codes by their names, without the columns no paper has room for."""
    other = "grade_en" if language == "zh" else "grade"
    gone = [*_NOT_PRINTED.get(table.name, ()), other]
    frame = table.frame.drop(columns=gone, errors="ignore")
    first = next(iter(frame), None)
    indents = _depths(frame["code"].tolist()) if first == "code" else (0,) * len(frame)
    columns: list[list[str]] = []
    numeric: list[bool] = []
    for name in map(str, frame):
        numeric.append(pd.api.types.is_numeric_dtype(frame[name]) and name != "year")
        columns.append([_cell(one, name, names, language) for one in _undefined_none(frame[name])])
    return Panel(
        group="",
        head=tuple(heading(str(name), language=language, by=table.by) for name in frame),
        rows=tuple(zip(*columns, strict=True)),
        numeric=tuple(numeric),
        indents=indents,
    )


def _undefined_none(column: "pd.Series[Any]") -> list[Any]:
    cells: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return cells


def _cell(cell: Any, column: str, names: Mapping[str, str], language: Language) -> str:
    if column in ("code", "code_b", "codes") and cell is not None:
        return "; ".join(_name(path, names) for path in str(cell).split("; "))
    if column in WORDED:
        return value(str(cell), language=language)
    if column == "group" and cell == "":
        return str(getattr(NAMELESS, language))
    if column == "year" and cell is not None:
        return str(cell)
    if cell is None or isinstance(cell, int | float):
        return number_text(cell, column)
    return " ".join(str(cell).split())


def _the_same_everywhere(frame: pd.DataFrame, language: Language) -> tuple[list[str], pd.DataFrame]:
    """What every row is divided by is said once, below, where it is one number."""
    bases = [c for c in _BASES if c in frame and len(frame) > 1 and frame[c].nunique() == 1]
    gap, end = ("：", "。") if language == "zh" else (": ", ".")
    said = [
        f"{heading(c, language=language)}{gap}{number_text(frame[c].iloc[0], c)}{end}"
        for c in bases
    ]
    return said, frame.drop(columns=bases)


def _left_out(table: Table, language: Language) -> list[str]:
    gone = [c for c in _NOT_PRINTED.get(table.name, ()) if c in table.frame]
    if not gone:
        return []
    if language == "zh":
        return [
            f"未列出的栏见 Excel 或 csv：{'、'.join(heading(c, language='zh') for c in gone)}。"
        ]
    words = ", ".join(heading(c, language="en") for c in gone)
    return [f"Columns in Excel and csv only: {words}."]
