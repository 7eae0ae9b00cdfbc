"""Records become rows of the project's tables, and rows records."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from analysis.records import (
    Coding,
    Document,
    Evidence,
    Paragraph,
    Section,
    SourceMap,
    Unit,
    han,
)

# An encoder of our own: json.dumps makes a new one at each call that is not the default.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

METADATA = (
    "title city plan period year kind level issuer number source note path sha256 text".split()
)
"""Fields of a document that are columns of their own."""

SECTION = "start heading_end end level label title role parent box".split()
"""Columns of a section in the order of the record's fields."""


def document_row(document: Document, units: Sequence[Unit]) -> dict[str, Any]:
    """The row of a document, its counts made from its units."""
    row = {name: getattr(document, name) for name in METADATA}
    return row | {"layout": _layout(document)} | _counts(document, units)


Row = tuple[Any, ...]

SECTION_ROW = ["document", "number", *SECTION]
UNIT_ROW = ["document", *Unit._fields]
CODING_ROW = ["document", "unit", "start", "end", "code", "coder", "evidence", "made"]


def section_rows(key: int, document: Document) -> list[Row]:
    """A row for each section of the document of that key, its columns as in `SECTION_ROW`."""
    return [
        (
            key,
            number,
            node.start,
            node.heading_end,
            node.end,
            node.level,
            node.number,
            node.title,
            node.role,
            node.parent,
            node.box,
        )
        for number, node in enumerate(document.sections)
    ]


def unit_rows(key: int, units: Iterable[Unit]) -> list[Row]:
    """A row for each unit, its columns as in `UNIT_ROW`."""
    return [(key, *unit) for unit in units]


def coding_rows(key: int, codings: Iterable[Coding], *, made: str) -> list[Row]:
    """A row for each coding, its columns as in `CODING_ROW`."""
    return [(key, *coding[1:6], _packed(coding.evidence), made) for coding in codings]


def document_of(row: Mapping[str, Any], outline: Iterable[Sequence[Any]]) -> Document:
    """The document a row and the rows of its sections were made of."""
    layout = json.loads(row["layout"])
    return Document(
        id=row["id"],
        **{name: row[name] for name in METADATA},
        sections=tuple(Section(*node) for node in outline),
        paragraphs=tuple(Paragraph(*one) for one in layout["paragraphs"]),
        source_map=_map(layout),
    )


def source_map(layout: str) -> SourceMap:
    """The map back to the file, from a document's `layout`."""
    return _map(json.loads(layout))


def _map(layout: Mapping[str, Any]) -> SourceMap:
    return SourceMap(*(tuple(column) for column in layout["map"]))


def unpacked(text: str) -> tuple[Evidence, ...]:
    """Evidence as it was before it was packed into its column."""
    return tuple(Evidence(*one) for one in json.loads(text))


def _packed(evidence: Iterable[Evidence]) -> str:
    # Written by hand: of a large corpus this is most of what there is to encode.
    return f"[{','.join([f'[{_quoted(rule)},{a},{b}]' for rule, a, b in evidence])}]"


@cache
def _quoted(rule: str) -> str:
    return _json(rule)


def _layout(document: Document) -> str:
    places = document.source_map
    return _json(
        {
            "paragraphs": document.paragraphs,
            "map": [places.starts, places.pages, places.lines],
        }
    )


def _counts(document: Document, units: Sequence[Unit]) -> dict[str, int]:
    """Han characters of the whole text, of what counts, and of headings; and all characters."""
    text = document.text
    counted = [text[one.start : one.end] for one in units if one.kind != "heading"]
    headings = [text[one.start : one.end] for one in units if one.kind == "heading"]
    return {
        "han": han(text),
        "countable": han("".join(counted)),
        "heading_han": han("".join(headings)),
        "characters": sum(map(len, counted)),
        "heading_characters": sum(map(len, headings)),
    }
