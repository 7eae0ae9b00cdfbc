"""Records become rows of the project's tables, and rows records."""

import json
from collections.abc import Iterable, Mapping, Sequence
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


def section_rows(document: Document) -> list[dict[str, Any]]:
    """A row for each section."""
    return [
        dict(
            zip(
                SECTION,
                (
                    node.start,
                    node.heading_end,
                    node.end,
                    node.level,
                    node.number,
                    node.title,
                    node.role,
                    node.parent,
                    node.box,
                ),
                strict=True,
            )
        )
        | {"document": document.id, "number": number}
        for number, node in enumerate(document.sections)
    ]


def document_of(row: Mapping[str, Any], outline: Iterable[Sequence[Any]]) -> Document:
    """The document a row and the rows of its sections were made of."""
    layout = json.loads(row["layout"])
    return Document(
        id=row["id"],
        **{name: row[name] for name in METADATA},
        sections=tuple(Section(*node) for node in outline),
        paragraphs=tuple(Paragraph(*one) for one in layout["paragraphs"]),
        source_map=SourceMap(*(tuple(column) for column in layout["map"])),
    )


def coding_row(coding: Coding, *, made: str) -> dict[str, Any]:
    """The row of a coding."""
    return coding._asdict() | {"evidence": _packed(coding.evidence), "made": made}


def unpacked(text: str) -> tuple[Evidence, ...]:
    """Evidence as it was before it was packed into its column."""
    return tuple(Evidence(*one) for one in json.loads(text))


def _packed(evidence: Iterable[Evidence]) -> str:
    return json.dumps([list(one) for one in evidence], ensure_ascii=False, separators=(",", ":"))


def _layout(document: Document) -> str:
    places = document.source_map
    return json.dumps(
        {
            "paragraphs": [list(one) for one in document.paragraphs],
            "map": [places.starts, places.pages, places.lines],
        },
        separators=(",", ":"),
    )


def _counts(document: Document, units: Sequence[Unit]) -> dict[str, int]:
    """Han characters of the whole text, of what counts, and of headings."""
    countable = heading = characters = heading_characters = 0
    for one in units:
        inside = han(document.text[one.start : one.end])
        if one.kind == "heading":
            heading += inside
            heading_characters += one.end - one.start
        else:
            countable += inside
            characters += one.end - one.start
    return {
        "han": han(document.text),
        "countable": countable,
        "heading_han": heading,
        "characters": characters,
        "heading_characters": heading_characters,
    }
