"""What a CSV file cannot say of itself: its columns, notes and basis, in a JSON file beside it.

The convention is CSV on the Web (W3C, 2015): FILE.csv-metadata.json lies beside FILE.csv,
and a program that reads it knows the columns' names, titles and kinds without asking.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd

from wenma.publish.columns import TABLE_COLUMNS
from wenma.publish.labels import Language, basis_line, code_names, heading, notes, title
from wenma.publish.list_layout import full_frame
from wenma.queries.table import Table

ENDING = "-metadata.json"
"""What the name of the description adds to the name of its CSV file."""

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def csv_description(
    table: Table,
    file: str,
    *,
    codes: pd.DataFrame | None = None,
    language: Language = "zh",
) -> str:
    """The description of the CSV file of that name, as JSON.

    Titles, notes and basis in Chinese and English; `language` is that of the
    file's headings and words.
    """
    names = None if codes is None else code_names(codes, language=language)
    frame = full_frame(table, names, language)
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": quote(file),
        "dc:title": [_said(title(table.name, language=one), one) for one in _LANGUAGES],
        "dc:language": language,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {"columns": [_column(frame, str(name), table.by) for name in frame]},
        "notes": [
            _note({one: words for one, words in zip(_LANGUAGES, said, strict=True)})
            for said in [
                *zip(*(notes(table, language=one) for one in _LANGUAGES), strict=True),
                tuple(basis_line(table, language=one) for one in _LANGUAGES),
            ]
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _column(frame: pd.DataFrame, name: str, by: str | None) -> dict[str, Any]:
    numeric = pd.api.types.is_numeric_dtype(frame[name])
    whole = numeric and not TABLE_COLUMNS[name].decimals
    return {
        "name": name,
        "titles": {one: heading(name, language=one, by=by) for one in _LANGUAGES},
        "datatype": "integer" if whole else "number" if numeric else "string",
    }


def _note(words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "Annotation",
        "body": [{"value": said, "language": one} for one, said in words.items()],
    }


def _said(words: str, language: str) -> dict[str, str]:
    return {"@value": words, "@language": language}
