"""Is a project whole? Everything stored is read and held against its checksums."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from wenma.records import Bilingual, Unit
from wenma.store import schema
from wenma.store.checksums import (
    crc_of_block,
    crc_of_document,
    crc_of_rows,
    crc_of_texts,
    digest_of,
)
from wenma.store.project import Project
from wenma.store.serialization import SECTION_ROW


class Damage(NamedTuple):
    """A part that is not as it was stored: of which document or codebook, and what of it."""

    of: str
    part: Bilingual


def damages(project: Project) -> list[Damage]:
    """What is not whole in a project, in the order of its documents; empty where all is.

    SQLite's own check of its pages comes first. Not covered: people's codings, verdicts, memos
    and tasks, and attributes, whose rows change one by one.
    """
    return [*_pages(project), *_documents(project), *_codings(project), *_codebooks(project)]


def _pages(project: Project) -> Iterator[Damage]:
    with project.exclusive() as connection:
        if connection.dialect.name != "sqlite":
            return
        told = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        told += [f"{row[0]}: no {row[2]}" for row in
                 connection.exec_driver_sql("PRAGMA foreign_key_check")]  # fmt: skip
    for line in told:
        if line != "ok":
            yield Damage("", Bilingual(f"数据库页面：{line}", f"the database's pages: {line}"))


def _documents(project: Project) -> Iterator[Damage]:
    document, content = schema.document, schema.content
    section, unit = schema.section, schema.unit
    rows = project.rows(
        select(document, content.c.text, content.c.layout)
        .outerjoin(content)
        .order_by(document.c.position, document.c.id)
    )
    for row in rows:
        told = row._asdict()
        if told["crc"] != crc_of_document(told):
            yield Damage(row.id, Bilingual("数值", "its numbers"))
        if row.text is None or digest_of(row.text) != row.text_sha256:
            yield Damage(row.id, Bilingual("正文", "its text"))
        if not _is_json(row.layout) or not _is_json(row.quality):
            yield Damage(row.id, Bilingual("版面", "its layout"))
        here = (
            select(*(section.c[name] for name in SECTION_ROW))
            .where(section.c.document == row.key)
            .order_by(section.c.number),
            select(unit.c.document, *(unit.c[name] for name in Unit._fields))
            .where(unit.c.document == row.key)
            .order_by(unit.c.number),
        )
        outline = [tuple(one) for query in here for one in project.rows(query)]
        if crc_of_rows(outline) != row.outline_crc:
            yield Damage(row.id, Bilingual("章节与单元", "its sections and units"))


def _codings(project: Project) -> Iterator[Damage]:
    blocks, coding, document = schema.coding_columns, schema.coding, schema.document
    names = dict(map(tuple, project.rows(select(document.c.key, document.c.id))))
    for row in project.rows(select(blocks)):
        of = names.get(row.document, str(row.document))
        if crc_of_block(row.columns) != row.crc:
            part = Bilingual(f"{row.coder} 的编码", f"the codings by {row.coder}")
            yield Damage(of, part)
        if crc_of_block(row.spans) != row.spans_crc:
            part = Bilingual(f"{row.coder} 的依据位置", f"the places of evidence by {row.coder}")
            yield Damage(of, part)
        if row.scope is not None and crc_of_block(row.scope) != row.scope_crc:
            part = Bilingual(f"{row.coder} 的编码范围", f"the units in scope by {row.coder}")
            yield Damage(of, part)
        evidence = project.rows(
            select(coding.c.evidence)
            .where(coding.c.document == row.document, coding.c.coder == row.coder)
            .order_by(coding.c.start, coding.c.end, coding.c.id)
        )
        if crc_of_texts(text for (text,) in evidence) != row.evidence_crc:
            yield Damage(of, Bilingual(f"{row.coder} 的依据", f"the evidence by {row.coder}"))


def _codebooks(project: Project) -> Iterator[Damage]:
    for book in project.codebooks():
        if digest_of(book.text) != book.fingerprint:
            yield Damage(book.coder, Bilingual("编码本", "its codebook"))


def _is_json(text: str | None) -> bool:
    try:
        json.loads(text or "")
    except ValueError:
        return False
    return True
