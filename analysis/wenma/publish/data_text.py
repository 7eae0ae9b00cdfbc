"""Answers as data for other programs: every row and column, numbers in full."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pandas as pd

from wenma.publish.labels import Language, code_names, heading, named, notes
from wenma.publish.list_layout import full_frame, plain_values
from wenma.queries.table import Table

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


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
    names = None if codes is None else code_names(codes, language=language)
    frame = full_frame(table, names, language)
    out = StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(heading(str(c), language=language, by=table.by) for c in frame)
    columns = [[_harmless(cell) for cell in plain_values(frame, str(c))] for c in frame]
    write.writerows(zip(*columns, strict=True))
    return ("\ufeff" if bom else "") + out.getvalue()


def json_text(table: Table, *, codes: pd.DataFrame | None = None, language: Language = "zh") -> str:
    """The table as JSON: name, columns, rows (one object each), notes, basis.

    Columns keep the names the library uses; an undefined number is null, and
    the notes say why.
    """
    frame = table.frame if codes is None else named(table, code_names(codes, language=language))
    columns = [str(column) for column in frame]
    rows = zip(*(plain_values(frame, column) for column in columns), strict=True)
    content = {
        "name": table.name,
        "columns": columns,
        "rows": [dict(zip(columns, row, strict=True)) for row in rows],
        "notes": notes(table, language=language),
        "basis": dict(table.basis),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
