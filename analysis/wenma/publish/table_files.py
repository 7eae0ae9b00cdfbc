"""Tables become files: csv, Markdown, JSON, Excel; for papers Word and LaTeX.

Each writer takes a table and gives back the file's whole content. With
`codes` (the codebook's frame) the codes' names stand beside their paths.
Nothing that came from a document can become a formula, a link or markup.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter

from wenma.errors import QueryError
from wenma.publish.columns import COLUMNS, WORDED, number_text
from wenma.publish.crossed import DRAWN, crossed, judged, with_sums
from wenma.publish.labels import (
    Language,
    basis,
    basis_line,
    code_names,
    heading,
    named,
    notes,
    title,
    value,
)
from wenma.publish.latex_tables import tex_text
from wenma.publish.panels import Panel
from wenma.publish.paper_layout import paper
from wenma.publish.paper_tables import docx_bytes
from wenma.queries.table import Table

EXCEL_ROWS = 1_048_576
EXCEL_TEXT = 32_767
"""Excel's limits: rows of a sheet, UTF-16 units of a cell."""

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_MARKUP = re.compile(r"([\\`*|<\[\]])")


def csv_text(
    table: Table,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
    bom: bool = True,
) -> str:
    """The table as comma-separated values, numbers in full, an undefined number empty.

    `bom` sets the mark without which Excel takes Chinese for something else;
    leave it out where another program reads. A text that a spreadsheet would
    take for a formula (it begins with = + - @ or a tab) gets an apostrophe
    before it, as OWASP advises: for exact text take JSON or Excel.
    """
    frame = shown_frame(table, codes, language)
    out = StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(heading(str(c), language=language, by=table.by) for c in frame)
    columns = [[_harmless(cell) for cell in _cells(frame, c)] for c in frame]
    write.writerows(zip(*columns, strict=True))
    return ("\ufeff" if bom else "") + out.getvalue()


def markdown_text(
    table: Table, *, codes: pd.DataFrame | None = None, language: Language = "zh"
) -> str:
    """The table as Markdown that also reads well in a terminal, notes and basis under it.

    Numbers are rounded; an undefined one is a dash. A matrix and an assessment
    are drawn with their columns side by side, a matrix with the percentage and
    the number expected in each cell as papers have them; csv, JSON and Excel
    have every number of a cell in a column of its own.
    """
    said = notes(table, language=language)
    if table.name == "matrix":
        laid = paper(table, codes=codes, language=language)
        said = list(laid.notes)
        lines = [
            line for panel in laid.panels for line in [*_lines(list(_panel_columns(panel))), ""]
        ][:-1]
    elif table.name in DRAWN:
        lines = [
            line
            for drawn in _drawn(table, codes, language)
            for line in [*_lines([_padded(cells) for cells in zip(*drawn, strict=True)]), ""]
        ][:-1]
    else:
        frame = shown_frame(table, codes, language)
        lines = _lines([_column(frame, str(name), table, language) for name in frame])
    said = ["- " + _plain(note) for note in said]
    below = _plain(basis_line(table, language=language))
    return "\n".join([*lines, "", *said, *[""] * bool(said), below, ""])


def json_text(table: Table, *, codes: pd.DataFrame | None = None, language: Language = "zh") -> str:
    """The table as JSON: name, columns, rows (one object each), notes, basis.

    Columns keep the names the library uses; an undefined number is null, and
    the notes say why.
    """
    frame = table.frame if codes is None else named(table, code_names(codes, language=language))
    columns = [str(column) for column in frame]
    rows = zip(*(_cells(frame, column) for column in columns), strict=True)
    content = {
        "name": table.name,
        "columns": columns,
        "rows": [dict(zip(columns, row, strict=True)) for row in rows],
        "notes": notes(table, language=language),
        "basis": dict(table.basis),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def xlsx_bytes(
    table: Table, *, codes: pd.DataFrame | None = None, language: Language = "zh"
) -> bytes:
    """The table as an Excel workbook; notes and basis on a second sheet.

    A matrix or an assessment stands drawn on a sheet before the one with its cells.
    Text stays text: never a formula, a number or a link. A cell's text ends
    at Excel's limit of 32,767, and the second sheet says how many were cut.
    The same table gives the same bytes.
    """
    frame = shown_frame(table, codes, language)
    if len(frame) >= EXCEL_ROWS:
        raise QueryError(
            f"{len(frame):,} rows do not fit on an Excel sheet",
            cure="Write csv or json instead",
            zh=f"{len(frame):,} 行超出 Excel 工作表，请改存 csv 或 json。",
        )
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    if table.name in DRAWN:
        across = book.add_worksheet("交叉表" if language == "zh" else "Matrix")
        across.set_column(0, 0, 14)
        lines = [line for block in _drawn(table, codes, language) for line in [*block, []]]
        for row, cells in enumerate(lines):
            for at, cell in enumerate(cells):
                across.write(row, at, cell)
    sheet = book.add_worksheet(title(table.name, language=language))
    sheet.freeze_panes(1, 0)
    cut = 0
    for at, name in enumerate(frame):
        column = str(name)
        words = heading(column, language=language, by=table.by)
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        decimals = COLUMNS[column].decimals
        style = book.add_format({"num_format": f"0.{'0' * decimals}" if decimals else "0"})
        cells = _cells(frame, column)
        widest = max(
            [
                display_width(words),
                *(display_width(str(cell)) for cell in cells[:200] if not numeric),
            ]
        )
        sheet.set_column(at, at, min(max(widest + 2, 8), 60))
        sheet.write_string(0, at, words, head)
        for row, cell in enumerate(cells, start=1):
            if isinstance(cell, str):
                whole = _cut(cell)
                cut += whole != cell
                sheet.write_string(row, at, whole, wrap)
            elif cell is not None:
                sheet.write_number(row, at, cell, style)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    said = notes(table, language=language)
    if cut:
        said.append(
            f"{cut} 个单元格超过 Excel 的 32,767 字上限，已截断；完整文本见 csv 或 JSON。"
            if language == "zh"
            else f"{cut} texts were cut at Excel's limit of 32,767; csv and JSON have them whole."
        )
    about = book.add_worksheet("说明" if language == "zh" else "Notes")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    told = [*basis(table, language=language).items(), *(("", note) for note in said)]
    for row, (key, words) in enumerate(told):
        about.write_string(row, 0, key, head)
        about.write_string(row, 1, words, wrap)
    book.close()
    return out.getvalue()


def shown_frame(table: Table, codes: pd.DataFrame | None, language: Language) -> pd.DataFrame:
    """The frame as csv and Excel have it: names beside codes, fixed words in their language."""
    frame = (
        table.frame.copy() if codes is None else named(table, code_names(codes, language=language))
    )
    for column in WORDED:
        if column in frame:
            frame[column] = [value(str(word), language=language) for word in frame[column]]
    return frame


WRITERS: dict[str, Callable[..., str | bytes]] = {
    "csv": csv_text,
    "md": markdown_text,
    "json": json_text,
    "xlsx": xlsx_bytes,
    "docx": docx_bytes,
    "tex": tex_text,
}
"""The writers by the ending of their files."""


def _drawn(
    table: Table, codes: pd.DataFrame | None, language: Language
) -> list[list[list[str | int]]]:
    names = {} if codes is None else code_names(codes, language=language)
    if table.name == "assessment":
        return [list(map(list, one)) for one in judged(table, names, language=language)]
    word = "合计" if language == "zh" else "Sum"
    return [with_sums(one, word=word) for one in crossed(table, names)]


def _lines(columns: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(cells) + " |" for cells in zip(*columns, strict=True)]


def _panel_columns(panel: Panel) -> Iterator[list[str]]:
    """The columns of a paper's panel; its group is said in the first heading."""
    head = (panel.group or panel.head[0], *panel.head[1:])
    names = [
        "\u3000" * inset + row[0] for inset, row in zip(panel.indents, panel.rows, strict=True)
    ]
    columns = [names, *zip(*(row[1:] for row in panel.rows), strict=True)]
    for word, numeric, cells in zip(head, panel.numeric, columns, strict=True):
        # The rule a column of numbers has below its heading says that they stand right.
        yield _padded([word, *cells], numeric=numeric)


def _padded(cells: Sequence[str | int], *, numeric: bool = False) -> list[str]:
    """A column of a drawn table: heading, rule, numbers to the right."""
    words = [_plain(str(cell)) for cell in cells]
    wide = max(3, *(map(display_width, words)))
    rule = "-" * (wide - 1) + ":" if numeric else "-" * wide
    pads = ((word, " " * (wide - display_width(word))) for word in [words[0], rule, *words[1:]])
    return [pad + word if numeric else word + pad for word, pad in pads]


def _cells(frame: pd.DataFrame, column: Any) -> list[Any]:
    """Plain Python values; None for what is undefined, counts as whole numbers."""
    values = frame[column]
    cells: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    if pd.api.types.is_float_dtype(values) and not COLUMNS[column].decimals:
        # A count that can be unknown is a float to pandas, but not to a reader.
        return [None if cell is None else int(cell) for cell in cells]
    return cells


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _column(frame: pd.DataFrame, name: str, table: Table, language: Language) -> list[str]:
    """A column of a Markdown table: heading, rule and cells, of one width on the screen."""
    numeric = pd.api.types.is_numeric_dtype(frame[name])
    cells = [
        number_text(cell, name).replace(",", "")
        if numeric
        else "—"
        if cell is None
        else _plain(str(cell))
        for cell in _cells(frame, name)
    ]
    head = heading(name, language=language, by=table.by)
    # One long excerpt must not push every other line off the screen.
    wide = min(max(3, *(display_width(cell) for cell in [head, *cells])), 40)
    rule = "-" * (wide - 1) + ":" if numeric else "-" * wide
    pads = ((cell, " " * max(wide - display_width(cell), 0)) for cell in [head, rule, *cells])
    return [pad + cell if numeric else cell + pad for cell, pad in pads]


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would read as markup.

    >>> print(_plain("水位|雨量 <b>"))
    水位\\|雨量 \\<b>
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def display_width(text: str) -> int:
    """Columns a text takes in a terminal: two for a Han character.

    >>> display_width("G² 共现")
    7
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _cut(text: str) -> str:
    """The text up to Excel's limit; characters beyond the first plane count twice there."""
    if 2 * len(text) <= EXCEL_TEXT:
        return text
    units = text.encode("utf-16-le")
    return units[: 2 * EXCEL_TEXT].decode("utf-16-le", errors="ignore")
