"""Records become rows of the project's tables, and rows records."""

import gc
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from wenma.records import (
    Bilingual,
    Coding,
    Document,
    Evidence,
    LeftOut,
    Paragraph,
    Quality,
    Section,
    Sign,
    SourceMap,
    Unit,
    han,
)
from wenma.sources.entry import Entry
from wenma.store.checksums import crc_of_texts, digest_of
from wenma.store.schema import STANDARD

# An encoder of our own: json.dumps makes a new one at each call that is not the default.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_OWN = ("path", "sha256")
"""Fields of a document that are columns of its row."""

SECTION = "start heading_end end level label title role parent box".split()
"""Columns of a section in the order of the record's fields."""


def document_row(document: Document, units: Sequence[Unit]) -> dict[str, Any]:
    """The row of a document, its counts made from its units."""
    row = {name: getattr(document, name) for name in _OWN}
    row |= {"text_sha256": digest_of(document.text), "quality": pack_quality(document.quality)}
    counts = {"sections": len(document.sections), **unit_counts(units)}
    return row | _characters(document, units) | counts


def content_row(document: Document) -> dict[str, str]:
    """The text of a document and its layout, as they are kept apart from its row."""
    return {"text": document.text, "layout": _layout(document)}


def attributes_of(document: Document | Entry) -> dict[str, str]:
    """What is known of a document, by the attribute's name; what is empty is left out."""
    standard = ((name, getattr(document, name)) for name in STANDARD)
    every = (*standard, *document.attributes)
    return {name: str(value) for name, value in every if value not in ("", None)}


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


def evidence_crc(rows: Iterable[Row]) -> int:
    """The checksum of the evidence in the rows of one coder's codings of a document.

    It is taken in order of place, as the project is read.
    """
    start, end, evidence = (CODING_ROW.index(one) for one in ("start", "end", "evidence"))
    ordered = sorted(rows, key=lambda row: (row[start], row[end]))
    return crc_of_texts(row[evidence] for row in ordered)


def document_of(
    row: Mapping[str, Any], attributes: Mapping[str, str], outline: Iterable[Sequence[Any]]
) -> Document:
    """The document a row, its attributes and the rows of its sections were made of."""
    layout = json.loads(row["layout"])
    known: dict[str, Any] = {name: attributes.get(name, "") for name in STANDARD}
    year = known.pop("year")
    return Document(
        id=row["id"],
        text=row["text"],
        year=int(year) if year else None,
        **known,
        **{name: row[name] for name in _OWN},
        attributes=tuple(pair for pair in attributes.items() if pair[0] not in STANDARD),
        sections=tuple(Section(*node) for node in outline),
        paragraphs=tuple(Paragraph(*one) for one in layout["paragraphs"]),
        source_map=_map(layout),
        quality=unpack_quality(row["quality"]),
    )


def pack_quality(quality: Quality) -> str:
    """How a document was read, in one line of JSON; "{}" where nothing is known.

    >>> pack_quality(Quality())
    '{}'
    >>> one = Quality(9, 3, 3, signs=(Sign("repeated", Bilingual("重复", "repeated")),))
    >>> unpack_quality(pack_quality(one)) == one
    True
    """
    if quality == Quality():
        return "{}"
    return _json(
        {
            "size": quality.size,
            "characters": quality.characters,
            "han": quality.han,
            "pages": quality.pages,
            "blank_pages": quality.blank_pages,
            "left_out": quality.left_out,
            "signs": [
                [one.kind, one.said.zh, one.said.en, one.look, one.where] for one in quality.signs
            ],
            "facts": quality.facts,
        }
    )


def unpack_quality(text: str) -> Quality:
    """How a document was read; what a project of an earlier wenma does not say is empty."""
    told = json.loads(text)
    if not told:
        return Quality()
    signs = (
        Sign(kind, Bilingual(zh, en), look, where) for kind, zh, en, look, where in told["signs"]
    )
    return Quality(
        told["size"],
        told["characters"],
        told["han"],
        told["pages"],
        tuple(told["blank_pages"]),
        tuple(LeftOut(*one) for one in told["left_out"]),
        tuple(signs),
        tuple((str(name), str(value)) for name, value in told.get("facts", ())),
    )


def source_map(layout: str) -> SourceMap:
    """The map back to the file, from a document's `layout`."""
    return _map(json.loads(layout))


def _map(layout: Mapping[str, Any]) -> SourceMap:
    return SourceMap(*(tuple(column) for column in layout["map"]))


def unpack_evidence(text: str) -> tuple[Evidence, ...]:
    """Evidence as it was before it was packed into its column."""
    return _evidence(json.loads(text))


def unpack_all(texts: Iterable[str]) -> list[tuple[Evidence, ...]]:
    """The evidence of many codings: read at once, a third of the time of one by one."""
    # Tuples hold no cycles: the collector would look through all of them again and again.
    looking = gc.isenabled()
    gc.disable()
    try:
        return [_evidence(parts) for parts in json.loads(f"[{','.join(texts)}]")]
    finally:
        if looking:
            gc.enable()


def _evidence(parts: Iterable[str | int]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    rule: str | int = ""
    numbers = iter(parts)
    for one in numbers:
        if isinstance(one, str):
            rule = one
        else:
            found.append(Evidence._make((rule, one, next(numbers))))
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


def unit_counts(units: Iterable[Unit]) -> dict[str, int]:
    """How many units, paragraphs and sections of a document hold text, and how many headings only.

    >>> unit_counts([Unit(0, 0, 4, "heading", 0, 0), Unit(1, 5, 9, "body", 0, 1)])["paragraphs"]
    1
    """
    text, every = [], []
    for unit in units:
        every.append(unit)
        if unit.kind != "heading":
            text.append(unit)
    paragraphs = len({one.paragraph for one in text})
    sections = len({one.section for one in text})
    return {
        "units": len(text),
        "headings": len(every) - len(text),
        "paragraphs": paragraphs,
        "heading_paragraphs": len({one.paragraph for one in every}) - paragraphs,
        "text_sections": sections,
        "heading_sections": len({one.section for one in every}) - sections,
    }


def _layout(document: Document) -> str:
    places = document.source_map
    return _json(
        {
            "paragraphs": document.paragraphs,
            "map": [places.starts, places.pages, places.lines],
        }
    )


def _characters(document: Document, units: Sequence[Unit]) -> dict[str, int]:
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
