"""From format 4 to 5: attributes are rows, texts stand apart, codings by rules are columns too."""

import hashlib
from itertools import groupby

from sqlalchemy import Connection, bindparam, inspect, select, text

from wenma.records import RULES, Coding, Unit
from wenma.store import schema
from wenma.store.checksums import crc_of_block, crc_of_document, crc_of_rows
from wenma.store.coding_blocks import packed_block, packed_spans
from wenma.store.serialization import (
    SECTION_ROW,
    coding_rows,
    evidence_crc,
    unit_counts,
    unit_rows,
    unpack_evidence,
)

_NEW = (
    schema.content,
    schema.attribute,
    schema.attribute_name,
    schema.case_span,
    schema.coding_columns,
    schema.term,
    schema.unplaced,
    schema.remembered,
)


def to_format_five(connection: Connection) -> None:
    """Bring the tables of format 4 to those of format 5, with all they hold."""
    schema.tables.create_all(connection, tables=_NEW)
    _attributes(connection)
    connection.execute(
        text("INSERT INTO content (document, text, layout) SELECT key, text, layout FROM document")
    )
    for column in ("text", "layout", *schema.STANDARD):
        connection.execute(text(f"ALTER TABLE document DROP COLUMN {column}"))
    for name in ("text_sha256", "quality"):
        given = "{}" if name == "quality" else ""
        _add(connection, "document", f"{name} TEXT NOT NULL DEFAULT '{given}'")
    for name in ("crc", "outline_crc"):
        _add(connection, "document", f"{name} BIGINT NOT NULL DEFAULT 0")
    for name in ("sections", *unit_counts(())):
        _add(connection, "document", f"{name} INTEGER NOT NULL DEFAULT 0")
    _add(connection, "coding", "probability FLOAT")
    _add(connection, "assignment", "chance FLOAT")
    next(one for one in schema.coding.indexes if one.name == "coding_by_person").create(
        connection, checkfirst=True
    )
    keys = connection.execute(select(schema.document.c.key)).scalars().all()
    for key in keys:
        _document(connection, key)


def _attributes(connection: Connection) -> None:
    for position, name in enumerate(schema.STANDARD):
        value = f"CAST({name} AS TEXT)"
        there = f"{name} IS NOT NULL AND {value} <> ''"
        made = connection.execute(
            text(
                "INSERT INTO attribute (document, name, value, stated) "
                f"SELECT key, '{name}', {value}, {value} FROM document WHERE {there}"
            )
        )
        if made.rowcount:
            connection.execute(schema.attribute_name.insert().values(name=name, position=position))


def _add(connection: Connection, table: str, column: str) -> None:
    """Add a column; a step before this one makes today's tables, which have it already."""
    name = column.split()[0]
    if name not in {one["name"] for one in inspect(connection).get_columns(table)}:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column}"))


def _document(connection: Connection, key: int) -> None:
    """The counts of a document and the columns of its codings by rules."""
    document, content, section = schema.document, schema.content, schema.section
    unit, coding = schema.unit, schema.coding
    units = [
        Unit(*row)
        for row in connection.execute(
            select(*(unit.c[name] for name in Unit._fields))
            .where(unit.c.document == key)
            .order_by(unit.c.number)
        )
    ]
    words = connection.execute(select(content.c.text).where(content.c.document == key))
    sections = connection.execute(select(section.c.number).where(section.c.document == key)).all()
    counts = {"sections": len(sections), **unit_counts(units)}
    digest = hashlib.sha256(words.scalar_one().encode()).hexdigest()
    connection.execute(
        document.update()
        .where(document.c.key == bindparam("of"))
        .values(text_sha256=digest, **counts),
        {"of": key},
    )
    _seal(connection, key, units)
    rows = connection.execute(
        select(*(coding.c[name] for name in (*Coding._fields, "id")))
        .where(coding.c.document == key, coding.c.coder.like(f"{RULES}%"))
        .order_by(coding.c.coder, coding.c.id)
    ).all()
    for coder, own in groupby(rows, key=lambda row: row.coder):
        some = list(own)
        codings = [
            Coding("", row.unit, row.start, row.end, row.code, coder, unpack_evidence(row.evidence))
            for row in some
        ]
        block, spans = packed_block(connection, units, codings), packed_spans(codings)
        connection.execute(
            schema.coding_columns.insert().values(
                document=key,
                coder=coder,
                rows=len(codings),
                first=some[0].id,
                columns=block,
                crc=crc_of_block(block),
                evidence_crc=evidence_crc(coding_rows(key, codings, made="")),
                spans=spans,
                spans_crc=crc_of_block(spans),
            )
        )


def _seal(connection: Connection, key: int, units: list[Unit]) -> None:
    """Checksums of a document as it is now: what was damaged before cannot be told any more."""
    document, section = schema.document, schema.section
    this = document.c.key == key
    row = connection.execute(select(document).where(this)).one()._asdict()
    nodes = connection.execute(
        select(*(section.c[name] for name in SECTION_ROW))
        .where(section.c.document == key)
        .order_by(section.c.number)
    )
    crc = crc_of_rows([*map(tuple, nodes), *unit_rows(key, units)])
    sealed = {"crc": crc_of_document(row), "outline_crc": crc}
    connection.execute(document.update().where(this).values(**sealed))
