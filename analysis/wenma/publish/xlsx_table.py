"""Tables in Excel workbooks: numbers stay numbers, text never becomes a formula or a link."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from wenma.errors import QueryError
from wenma.publish.labels import QUERIES
from wenma.publish.markdown_table import display_width
from wenma.publish.printed_table import Panel, PrintedTable
from wenma.records import Bilingual

EXCEL_ROWS = 1_048_576
EXCEL_TEXT = 32_767
"""Excel's limits: rows of a sheet, UTF-16 units of a cell."""

_NO_NAME = re.compile(r"[\[\]:*?/\\]")
"""What no sheet may have in its name."""
_CROSSED = Bilingual("交叉表", "Matrix")
_NOTES = Bilingual("说明", "Notes")


def xlsx_bytes(printed: PrintedTable) -> bytes:
    """The table as an Excel workbook; notes and basis on the last sheet.

    Where the table has every column of its answer behind it as `data`, those stand
    on a sheet, and its panels, with counts alone, on one before it. A cell's text
    ends at Excel's limit of 32,767, and the last sheet says how many were cut.
    The same table gives the same bytes.
    """
    language = printed.language
    data = printed.data or (printed.panels[0] if len(printed.panels) == 1 else None)
    if (many := len(data.rows) if data else 0) >= EXCEL_ROWS:
        raise QueryError(
            f"{many:,} rows do not fit on an Excel sheet",
            cure="Write csv or json instead",
            zh=f"{many:,} 行超出 Excel 工作表，请改存 csv 或 json。",
        )
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    if printed.data or data is None:
        _crossed(book.add_worksheet(_CROSSED.in_language(language)), printed)
    cut = 0
    if data:
        cut = _data(book, book.add_worksheet(_sheet_name(printed)), data, head, wrap)
    said = [*printed.layout_notes, *printed.notes]
    if cut:
        said.append(
            f"{cut} 个单元格超过 Excel 的 32,767 字上限，已截断；完整文本见 csv 或 JSON。"
            if language == "zh"
            else f"{cut} texts were cut at Excel's limit of 32,767; csv and JSON have them whole."
        )
    about = book.add_worksheet(_NOTES.in_language(language))
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    for row, (key, words) in enumerate([*printed.facts, *(("", note) for note in said)]):
        about.write_string(row, 0, key, head)
        about.write_string(row, 1, words, wrap)
    book.close()
    return out.getvalue()


def _crossed(sheet: Any, printed: PrintedTable) -> None:
    """The panels as they are read, but for the numbers expected: counts to reckon with."""
    sheet.set_column(0, 0, 14)
    at = 0
    for panel in printed.panels:
        rows = [row for row in panel.rows if row[0].role != "expected"]
        for column, words in enumerate((panel.group, *panel.head[1:])):
            sheet.write(at, column, words)
        for line, row in enumerate(rows, start=at + 1):
            for column, cell in enumerate(row):
                sheet.write(line, column, cell.words if cell.value is None else cell.value)
        at += len(rows) + 2


def _data(book: Any, sheet: Any, data: Panel, head: Any, wrap: Any) -> int:
    """Every column with its heading; how many texts were cut."""
    sheet.freeze_panes(1, 0)
    cut = 0
    columns = list(zip(*data.rows, strict=True)) or [()] * len(data.columns)
    for at, (column, cells) in enumerate(zip(data.columns, columns, strict=True)):
        decimals = f"0.{'0' * column.decimals}" if column.decimals else "0"
        style = book.add_format({"num_format": decimals})
        texts = [] if column.numeric else [cell.words for cell in cells[:200]]
        widest = max(map(display_width, [column.heading, *texts]))
        sheet.set_column(at, at, min(max(widest + 2, 8), 60))
        sheet.write_string(0, at, column.heading, head)
        for row, cell in enumerate(cells, start=1):
            if not cell.number:
                whole = _cut(cell.words)
                cut += whole != cell.words
                sheet.write_string(row, at, whole, wrap)
            elif cell.value is not None:
                sheet.write_number(row, at, cell.value, style)
    if data.rows:
        sheet.autofilter(0, 0, len(data.rows), max(len(data.columns) - 1, 0))
    return cut


def _sheet_name(printed: PrintedTable) -> str:
    name = QUERIES.get(printed.name, printed.title).in_language(printed.language)
    return _NO_NAME.sub(" ", name)[:31]


def _cut(text: str) -> str:
    """The text up to Excel's limit; characters beyond the first plane count twice there."""
    if 2 * len(text) <= EXCEL_TEXT:
        return text
    units = text.encode("utf-16-le")
    return units[: 2 * EXCEL_TEXT].decode("utf-16-le", errors="ignore")
