"""A table file becomes rows of cells, written as people see them in their spreadsheet.

What it is is told by its bytes, not its name: CSV (commas, semicolons, tabs …; UTF-8, UTF-16 or
GB 18030), or a workbook (.xlsx, .xls, .ods).
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from wenma.errors import SourceError
from wenma.sources.encodings.encoding import decode

TABLES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods"})
"""Suffixes of files that hold a table."""

_DELIMITERS: Mapping[str, str] = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "，": "full-width commas",
    "；": "full-width semicolons", "|": "bars",
}  # fmt: skip
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:html|!doctype|table|meta|\?xml)", re.IGNORECASE)
_LARGEST = 200 << 20
_MOST_CELLS = 20_000_000
_LONGEST_CELL = 50_000_000
_LOOKED_AT = 20
"""So many rows are looked at to tell how a file is cut and which row is its header."""

Score = Callable[[Sequence[str]], int]


class GridRow(NamedTuple):
    """A row and where it stands: the line of a text file it ends in, or the row of a sheet."""

    line: int
    cells: tuple[str, ...]


class CellGrid(NamedTuple):
    """The rows of a table that hold anything, the header first.

    `between` says what stands between the cells ("commas"); "" in a workbook.
    """

    rows: tuple[GridRow, ...]
    between: str = ""


def grid(data: bytes, score: Score) -> CellGrid:
    """The rows of a table file, from its header on.

    score  how much a row looks like the header looked for. It tells what stands between the
           cells, which sheet of a workbook is meant, and how many rows (a title, who filled it
           in) stand above the header; where no row scores, the first is the header.

    Raises SourceError when the bytes are no table.
    """
    if data.startswith(_WORKBOOK):
        return _from(_best(_sheets(data), score), "", score)
    if _PAGE.match(data[:200]):
        raise SourceError(
            "is a web page under the name of a table",
            cure="Open it in a spreadsheet and save it as .xlsx",
            zh="名为表格，实为网页。请在电子表格中打开，另存为 .xlsx。",
        )
    text = decode(data).text.removeprefix("\ufeff")
    if (line := _SEPARATOR_LINE.match(text)) and line[1] in _DELIMITERS:
        return _from(_cut(text[line.end() :], line[1], 1), _DELIMITERS[line[1]], score)
    apart = _delimiter(text, score)
    return _from(_cut(text, apart, 0), _DELIMITERS[apart], score)


def _best(sheets: Sequence[list[GridRow]], score: Score) -> Sequence[GridRow]:
    """The sheet that is meant: the one with the row that scores most, of equals the first."""

    def scored(rows: Sequence[GridRow]) -> int:
        return max((score(row.cells) for row in rows[:_LOOKED_AT]), default=0)

    return max(filter(None, sheets), key=scored, default=[])


def _from(rows: Sequence[GridRow], between: str, score: Score) -> CellGrid:
    top = range(min(len(rows), _LOOKED_AT))
    header = max(top, key=lambda at: score(rows[at].cells), default=0)
    return CellGrid(tuple(rows[header:]), between)


def _delimiter(text: str, score: Score) -> str:
    """What stands between the cells of these lines: the mark under which they score most."""
    lines = io.StringIO(text[:200_000], newline="")
    head = [line for line, _ in zip(lines, range(_LOOKED_AT), strict=False)]

    def scored(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(head, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return max(map(score, rows), default=0), len(rows[0]) if rows else 0

    return max(_DELIMITERS, key=scored)


def _cut(text: str, delimiter: str, before: int) -> list[GridRow]:
    """The rows of CSV; `before` lines stood above `text`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    usual = csv.field_size_limit(_LONGEST_CELL)  # a whole plan may stand in a cell
    try:
        return [
            GridRow(reader.line_num + before, tuple(cells))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as slip:
        raise SourceError(
            f"is no sound CSV ({slip})",
            place=f"line {reader.line_num + before}",
            cure="Save it again as CSV (UTF-8) from a spreadsheet",
            zh=f"不是完好的 CSV（{slip}）。请在电子表格中另存为 CSV（UTF-8）。",
        ) from slip
    finally:
        csv.field_size_limit(usual)


def _sheets(data: bytes) -> list[list[GridRow]]:
    """The rows of each sheet that people see, in order."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _refuse_flood(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        return [_seen(book.get_sheet_by_name(name)) for name in names]
    except SourceError:
        raise
    except BaseException as slip:
        # The reader is compiled: its panics are no Exception.
        if not isinstance(slip, Exception) and type(slip).__name__ != "PanicException":
            raise
        locked = "password" in str(slip).casefold() or type(slip).__name__ == "PasswordError"
        raise _no_workbook(locked=locked) from slip


def _seen(sheet: Any) -> list[GridRow]:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise _too_large()
    rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
    shown = ((line, tuple(map(shown_value, cells))) for line, cells in rows)
    return [GridRow(line, cells) for line, cells in shown if any(map(str.strip, cells))]


def shown_value(value: object) -> str:
    """A cell's value as its sheet shows it; dates in ISO form.

    >>> shown_value(2021.0), shown_value(3.5), shown_value(datetime(2021, 12, 30))
    ('2021', '3.5', '2021-12-30')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _refuse_flood(data: bytes) -> None:
    """A workbook that unfolds past all bounds is not opened."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            size = sum(part.file_size for part in whole.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as slip:
        raise _no_workbook(locked=False) from slip
    if size > _LARGEST:
        raise _too_large()


def _too_large() -> SourceError:
    return SourceError(
        "holds more cells than a table of documents can",
        cure="Save the sheet that is meant as CSV (UTF-8)",
        zh="单元格过多，超出文件表应有的范围。请把所需的工作表另存为 CSV（UTF-8）。",
    )


def _no_workbook(*, locked: bool) -> SourceError:
    if locked:
        return SourceError(
            "is a workbook locked by a password",
            cure="Open it with its password and save it again without one",
            zh="工作簿设有密码。请用密码打开，另存为无密码的文件。",
        )
    return SourceError(
        "cannot be read as a workbook (broken or cut short)",
        cure="Open it in a spreadsheet and save it again as .xlsx",
        zh="无法作为工作簿读取（损坏或不完整）。请在电子表格中打开，另存为 .xlsx。",
    )
