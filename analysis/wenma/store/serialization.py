"""Records become rows of the project's tables, and rows records."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from wenma.records import (
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
    return [(key, *coding[1:6], pack_evidence(coding.evidence), made) for coding in codings]


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


def unpack_evidence(text: str) -> tuple[Evidence, ...]:
    """Evidence as it was before it was packed into its column."""
    found: list[Evidence] = []
    rule = ""
    numbers = iter(json.loads(text))
    for one in numbers:
        if isinstance(one, str):
            rule = one
        else:
            found.append(Evidence(rule, one, next(numbers)))
    return tuple(found)


def pack_evidence(evidence: Iterable[Evidence]) -> str:
    """Evidence in one line of JSON: a rule, then the starts and ends of its words, and on.

    >>> pack_evidence([Evidence("must", 2, 4), Evidence("must", 8, 10), Evidence("doing", 12, 14)])
    '["must",2,4,8,10,"doing",12,14]'
    """
    # Written by hand: of a large corpus this is most of what there is to encode.
    parts: list[str] = []
    last = None
    for rule, start, end in evidence:
        if rule != last:
            parts.append(_quoted(rule))
            last = rule
        parts.append(f"{start},{end}")
    return f"[{','.join(parts)}]"


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
    # Nearly all of a text is in its units: counting what is not spares counting it twice.
    ends = [0, *(one.end for one in units)]
    starts = [*(one.start for one in units), len(text)]
    outside = [text[a:b] for a, b in zip(ends, starts, strict=True)]
    countable, heading_han = han("".join(counted)), han("".join(headings))
    return {
        "han": countable + heading_han + han("".join(outside)),
        "countable": countable,
        "heading_han": heading_han,
        "characters": sum(map(len, counted)),
        "heading_characters": sum(map(len, headings)),
    }
