"""The project file: everything a study keeps, safe against a kill at any moment.

One SQLite file, or any database SQLAlchemy reaches (``postgresql://…``); the
same statements run on both. A document, its outline, its units and the
codings of one coder are written in one transaction: a run that is killed
keeps every document it had finished and nothing by halves.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Table, func, select

from wenma.errors import ProjectError
from wenma.records import RULES, Codebook, Coding, Document, Unit
from wenma.store import opening, schema
from wenma.store.attribute_rows import ATTRIBUTE_CHANGES, add_attributes, state_attributes
from wenma.store.checksums import crc_of_block, crc_of_document, crc_of_rows, verify_document
from wenma.store.coding_blocks import packed_block, packed_scope, packed_spans
from wenma.store.following import Unplaced, follow
from wenma.store.opening import (
    WRITING_AT_ONCE,
    bring_up,
    engine_for,
    engine_in_memory,
    talking,
)
from wenma.store.relocation import relocate
from wenma.store.serialization import (
    CODING_ROW,
    SECTION,
    SECTION_ROW,
    UNIT_ROW,
    Row,
    attributes_of,
    coding_rows,
    content_row,
    document_of,
    document_row,
    evidence_crc,
    section_rows,
    unit_rows,
    unpack_evidence,
)


@dataclass(frozen=True)
class StoredCodebook:
    """A version of a codebook as a project keeps it."""

    id: int
    name: str
    version: str
    coder: str
    fingerprint: str
    text: str
    added: str
    used: str


READING = "rules:none"
"""Who is said to have moved people's work when a document was read anew and not coded."""


class Project:
    """A study on disk. Open with `Project.open`, close when done (or use `with`)."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self.name = name

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> "Project":
        """Open a project file or database URL; `create` makes it where there is none.

        `ProjectError` when it is missing, another program's, or of a newer format;
        none of these touches what is there.
        """
        return cls._opened(*engine_for(where, create=create), create=create)

    @classmethod
    def in_memory(cls) -> "Project":
        """A project that lives as long as the object: for notebooks."""
        return cls._opened(engine_in_memory(), "(in memory)", create=True)

    @classmethod
    def _opened(cls, engine: Engine, name: str, *, create: bool) -> "Project":
        project = cls(engine, name)
        with project._writing() as connection:
            bring_up(connection, name, create=create)
        return project

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing ---------------------------------------------------------------

    def keep_codebook(self, codebook: Codebook, *, now: str, in_use: bool = True) -> None:
        """Keep this version of a codebook; the last one used is the current one.

        Not yet `in_use`, it is kept beside it.
        """
        table = schema.codebook
        with self._writing() as connection:
            known = connection.execute(
                select(table.c.id).where(table.c.fingerprint == codebook.fingerprint)
            ).scalar()
            if known is None:
                connection.execute(
                    table.insert().values(
                        name=codebook.id,
                        version=codebook.version,
                        coder=codebook.coder,
                        fingerprint=codebook.fingerprint,
                        text=codebook.text,
                        added=now,
                        used=now if in_use else "",
                    )
                )
            elif in_use:
                connection.execute(table.update().where(table.c.id == known).values(used=now))

    def keep(
        self,
        document: Document,
        units: Sequence[Unit],
        codings: Sequence[Coding],
        *,
        codebook: Codebook | None,
        unit_size: str,
        fingerprint: str,
        position: int,
        now: str,
        in_scope: Collection[int] | None = None,
    ) -> tuple[Unplaced, ...]:
        """Keep a document, its units and one coder's codings of it: all or nothing.

        Without a codebook it is kept uncoded. `in_scope` has the numbers of the units most
        codes can stand in; None where that is unknown, or the codebook has no scope.

        An unchanged document stays as it is and only its codings are replaced; a
        changed one takes all its codings by rules with it, and what people did on it
        is carried to the same words. Returned is what was not found again.
        What is known of a document that is there already is not changed: see `state`.
        """
        unplaced: tuple[Unplaced, ...] = ()
        with self.exclusive() as connection:
            table = schema.document
            known = connection.execute(
                select(table.c.key, table.c.fingerprint, table.c.unit_size).where(
                    table.c.id == document.id
                )
            ).first()
            same = (fingerprint, unit_size)
            row: dict[str, Any] = {}
            if known is None or (known.fingerprint, known.unit_size) != same:
                row = document_row(document, units) | {"position": position}
                row |= {"fingerprint": fingerprint, "unit_size": unit_size}
                row |= {"crc": crc_of_document(row | {"id": document.id})}
            if known is None:
                new = table.insert().returning(table.c.key)
                named = {"id": document.id, "outline_crc": 0}
                key = connection.execute(new, row | named).scalar_one()
                content = content_row(document) | {"document": key}
                connection.execute(schema.content.insert(), content)
                add_attributes(connection, key, attributes_of(document))
                self._add_outline(connection, key, document, units)
            else:
                key = known.key
                if row:
                    connection.execute(table.update().where(table.c.key == key).values(**row))
                    unplaced = self._replace(connection, key, document, units, codebook, now)
                if codebook is not None:
                    self._remove_codings(connection, key, codebook.coder)
            if codebook is not None:
                self._add_codings(connection, key, units, codings, in_scope, codebook, now)
        return unplaced

    def _replace(
        self,
        connection: Connection,
        key: int,
        document: Document,
        units: Sequence[Unit],
        codebook: Codebook | None,
        now: str,
    ) -> tuple[Unplaced, ...]:
        """Another text or outline in the place of the old one; people's work follows it."""
        content, section = schema.content, schema.section
        of_it = content.c.document == key
        old = connection.execute(select(content.c.text, content.c.layout).where(of_it)).one()
        old_units = units_of(connection, key)
        outline = connection.execute(
            select(*(section.c[name] for name in SECTION_ROW))
            .where(section.c.document == key)
            .order_by(section.c.number)
        )
        new = content_row(document)
        as_it_was = (*old, old_units, [tuple(node) for node in outline])
        if as_it_was == (*new.values(), list(units), section_rows(key, document)):
            return ()
        connection.execute(content.update().where(of_it).values(**new))
        self._remove_outline(connection, key)
        self._add_outline(connection, key, document, units)
        return follow(
            connection,
            key,
            document.id,
            relocate(old.text, old_units, document.text, units),
            units,
            person=codebook.coder if codebook else READING,
            now=now,
            name=self.name,
        )

    def state(self, known: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        """Take over what a manifest says now of documents, by id; which of them changed.

        Where it says what it said before, a person's correction stays; where it says
        something else, that holds from now on. What is not in the project is passed over.
        """
        with self.exclusive() as connection:
            return state_attributes(connection, known)

    def _remove_outline(self, connection: Connection, key: int) -> None:
        """Sections and units go, and with them the codings rules made from them."""
        coding = schema.coding
        for table in (schema.section, schema.unit, schema.work, schema.coding_columns):
            connection.execute(table.delete().where(table.c.document == key))
        connection.execute(
            coding.delete().where(coding.c.document == key, coding.c.coder.like(f"{RULES}%"))
        )

    def _add_outline(
        self, connection: Connection, key: int, document: Document, units: Sequence[Unit]
    ) -> None:
        sections, rows = section_rows(key, document), unit_rows(key, units)
        _insert(connection, schema.section, SECTION_ROW, sections)
        _insert(connection, schema.unit, UNIT_ROW, rows)
        table, crc = schema.document, crc_of_rows((*sections, *rows))
        connection.execute(table.update().where(table.c.key == key).values(outline_crc=crc))

    def _remove_codings(self, connection: Connection, key: int, coder: str) -> None:
        for table in (schema.coding, schema.work, schema.coding_columns):
            connection.execute(
                table.delete().where(table.c.document == key, table.c.coder == coder)
            )

    def _add_codings(
        self,
        connection: Connection,
        key: int,
        units: Sequence[Unit],
        codings: Sequence[Coding],
        in_scope: Collection[int] | None,
        codebook: Codebook,
        now: str,
    ) -> None:
        coding, coder = schema.coding, codebook.coder
        rows = coding_rows(key, codings, made=now)
        _insert(connection, coding, CODING_ROW, rows)
        done = {"document": key, "coder": coder, "fingerprint": codebook.fingerprint}
        connection.execute(schema.work.insert(), done)
        of_these = select(func.min(coding.c.id))
        first = of_these.where(coding.c.document == key, coding.c.coder == coder)
        block, spans = packed_block(connection, units, codings), packed_spans(codings)
        columns = {
            "document": key,
            "coder": coder,
            "rows": len(codings),
            "first": connection.execute(first).scalar() or 0,
            "columns": block,
            "crc": crc_of_block(block),
            "evidence_crc": evidence_crc(rows),
            "spans": spans,
            "spans_crc": crc_of_block(spans),
        }
        if in_scope is not None:
            scope = packed_scope(units, in_scope)
            columns |= {"scope": scope, "scope_crc": crc_of_block(scope)}
        connection.execute(schema.coding_columns.insert(), columns)

    def keep_scope(self, id: str, coder: str, in_scope: Collection[int]) -> None:
        """Keep which units of a document are in scope, where it was coded before that was kept."""
        document, blocks = schema.document, schema.coding_columns
        scope = packed_scope(self.units(id), in_scope)
        key = select(document.c.key).where(document.c.id == id).scalar_subquery()
        with self.exclusive() as connection:
            connection.execute(
                blocks.update()
                .where(blocks.c.document == key, blocks.c.coder == coder)
                .values(scope=scope, scope_crc=crc_of_block(scope))
            )

    # -- reading ---------------------------------------------------------------

    def finished(self, codebook: Codebook | None, unit_size: str) -> Mapping[str, str]:
        """Document id → fingerprint, of what this codebook has coded in these units.

        Without a codebook, of what is read and cut into them.
        """
        document, work = schema.document, schema.work
        query = select(document.c.id, document.c.fingerprint).where(
            document.c.unit_size == unit_size
        )
        if codebook is not None:
            query = query.join(work, work.c.document == document.c.key).where(
                work.c.coder == codebook.coder, work.c.fingerprint == codebook.fingerprint
            )
        return {id: fingerprint for id, fingerprint in self.rows(query)}

    def coded_with(self, codebook: StoredCodebook) -> set[str]:
        """Ids of the documents that this very text of the codebook has coded."""
        return self.coded_by(codebook.coder, codebook.fingerprint)

    def coded_by(self, coder: str, fingerprint: str) -> set[str]:
        """Ids of the documents coded by a codebook of this name with a text of this fingerprint."""
        document, work = schema.document, schema.work
        query = (
            select(document.c.id)
            .join(work, work.c.document == document.c.key)
            .where(work.c.coder == coder, work.c.fingerprint == fingerprint)
        )
        return {id for (id,) in self.rows(query)}

    def origins(self) -> dict[str, str]:
        """Document id → the file it was read from."""
        table = schema.document
        return dict(self.rows(select(table.c.id, table.c.path)))

    def unit_sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Size of unit → number of these documents that are cut into it."""
        table, wanted = schema.document, set(ids)
        rows = self.rows(select(table.c.id, table.c.unit_size))
        return dict(Counter(size for id, size in rows if id in wanted))

    def codebooks(self) -> list[StoredCodebook]:
        """Every version of every codebook used, the current one last."""
        query = select(schema.codebook).order_by(schema.codebook.c.used, schema.codebook.c.id)
        return [StoredCodebook(*row) for row in self.rows(query)]

    def document_ids(self) -> list[str]:
        """Ids in the order of the corpus."""
        table = schema.document
        query = select(table.c.id).order_by(table.c.position, table.c.id)
        return [id for (id,) in self.rows(query)]

    def document(self, id: str) -> Document:
        """One document, whole, with its outline."""
        table, content, attribute = schema.document, schema.content, schema.attribute
        query = select(table, content.c.text, content.c.layout).join(content)
        found = self.rows(query.where(table.c.id == id))
        if not found:
            raise ProjectError(
                f"has no document {id!r}",
                file=self.name,
                cure="See: wenma query FILE documents",
                zh=f"没有文件“{id}”。可查看：wenma query 项目.db documents",
            )
        nodes = schema.section
        outline = self.rows(
            select(*(nodes.c[name] for name in SECTION))
            .where(nodes.c.document == found[0].key)
            .order_by(nodes.c.number)
        )
        name = schema.attribute_name
        known = self.rows(
            select(attribute.c.name, attribute.c.value)
            .join(name, name.c.name == attribute.c.name)
            .where(attribute.c.document == found[0].key, attribute.c.value != "")
            .order_by(name.c.position, name.c.name)
        )
        row = found[0]._asdict()
        verify_document(row, self.name)
        return document_of(row, dict(map(tuple, known)), outline)

    def unplaced(self) -> list[Unplaced]:
        """What people had done on words that changed documents do not hold any more."""
        table = schema.unplaced
        columns = (table.c[name] for name in Unplaced._fields)
        rows = self.rows(select(*columns).order_by(table.c.id))
        return [Unplaced(**row._asdict() | {"row": json.loads(row.row)}) for row in rows]

    def digests(self) -> dict[str, str]:
        """Document id → SHA-256 of the bytes of the file it was read from."""
        table = schema.document
        return dict(map(tuple, self.rows(select(table.c.id, table.c.sha256))))

    def units(self, id: str) -> list[Unit]:
        """The units of one document, in order."""
        table, document = schema.unit, schema.document
        query = (
            select(*(table.c[name] for name in Unit._fields))
            .join(document)
            .where(document.c.id == id)
            .order_by(table.c.number)
        )
        return [Unit(*row) for row in self.rows(query)]

    def codings(self, id: str, *, coder: str | None = None) -> list[Coding]:
        """The codings of one document, in order of place."""
        table, document = schema.coding, schema.document
        query = (
            select(*(table.c[name] for name in Coding._fields[1:]))
            .join(document)
            .where(document.c.id == id)
            .order_by(table.c.start, table.c.end, table.c.id)
        )
        if coder is not None:
            query = query.where(table.c.coder == coder)
        return [
            Coding(**row._asdict() | {"document": id, "evidence": unpack_evidence(row.evidence)})
            for row in self.rows(query)
        ]

    def attribute_names(self) -> list[str]:
        """What documents may state, in the order in which it was first seen."""
        table = schema.attribute_name
        query = select(table.c.name).order_by(table.c.position, table.c.name)
        return [name for (name,) in self.rows(query)]

    def judged(self) -> bool:
        """Has anybody decided on a proposal?"""
        return bool(self.rows(select(schema.verdict.c.person).limit(1)))

    def coders(self) -> dict[str, int]:
        """Coder → number of codings."""
        coder, blocks = schema.coding.c.coder, schema.coding_columns
        by_rules = select(blocks.c.coder, func.sum(blocks.c.rows)).group_by(blocks.c.coder)
        by_people = select(coder, func.count()).where(schema.BY_PERSON).group_by(coder)
        counts = [*self.rows(by_rules), *self.rows(by_people)]
        return {name: int(count) for name, count in sorted(map(tuple, counts)) if count}

    def change_token(self) -> tuple[float, ...]:
        """Numbers that change when what rules or the corpus made does; the last, when people act.

        Documents and their characters, changes of their attributes by manifests, pieces of
        work, codings by rules and when a codebook was last used; acts.
        """
        blocks = schema.coding_columns
        changes = select(schema.meta.c.value).where(schema.meta.c.key == ATTRIBUTE_CHANGES)
        counts = [
            select(func.count(), func.sum(schema.document.c.characters)),
            select(changes.scalar_subquery()),
            select(func.count()).select_from(schema.work),
            select(func.sum(blocks.c.rows), func.max(blocks.c.first)),
            select(func.max(schema.codebook.c.used)),
            select(func.max(schema.act.c.id)),
        ]
        found = [value for query in counts for value in self.rows(query)[0]]
        stamp = datetime.fromisoformat(found[-2]).timestamp() if found[-2] else 0.0
        return (*(float(one or 0) for one in found[:-2]), stamp, float(found[-1] or 0))

    # -- answers that took long ----------------------------------------------------

    def recall(self, question: str, token: str) -> bytes | None:
        """The answer remembered for this question, if `token` is the one it was kept under."""
        table = schema.remembered
        here = (table.c.question == question, table.c.token == token)
        found = self.rows(select(table.c.answer).where(*here))
        return bytes(found[0].answer) if found else None

    def remember(self, question: str, token: str, answer: bytes, now: str) -> None:
        """Keep an answer that took long, in place of the one to the same question.

        Where the project cannot be written to just now, nothing is kept and nothing is raised.
        """
        table = schema.remembered
        row = {"question": question, "token": token, "answer": answer, "at": now}
        with suppress(ProjectError), self._writing() as connection:
            connection.execute(table.delete().where(table.c.question == question))
            connection.execute(table.insert(), row)

    def rows(self, query: Any) -> Sequence[Any]:
        """The answer to a SELECT, whole."""
        with talking(self._engine.connect, self.name) as connection:
            return connection.execute(query).all()

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A transaction of one writer at a time, to look at what is there and change it.

        All of it is kept when the block ends, or nothing.
        """
        engine = self._engine.execution_options(**{WRITING_AT_ONCE: True})
        with talking(engine.begin, self.name) as connection:
            if connection.dialect.name == "postgresql":
                wait = f"SET LOCAL lock_timeout = {opening.PATIENCE * 1000:.0f}"
                connection.exec_driver_sql(wait)  # else it waits for ever
                connection.exec_driver_sql("LOCK TABLE act IN EXCLUSIVE MODE")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with talking(self._engine.begin, self.name) as connection:
            yield connection


def units_of(connection: Connection, key: int) -> list[Unit]:
    """The units of the document of that key, in order."""
    table = schema.unit
    columns = (table.c[name] for name in Unit._fields)
    query = select(*columns).where(table.c.document == key).order_by(table.c.number)
    return [Unit(*row) for row in connection.execute(query)]


def _insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Insert rows as plain tuples: of a large corpus, half the time of dictionaries."""
    if not rows:
        return
    statement = _statement(table, tuple(columns), connection.dialect)
    if statement.positional:
        order = [columns.index(name) for name in statement.positiontup or ()]
        straight = order == list(range(len(columns)))
        given: Any = rows if straight else [tuple(row[at] for at in order) for row in rows]
    else:
        given = [dict(zip(columns, row, strict=True)) for row in rows]
    connection.exec_driver_sql(str(statement), given)


@lru_cache(maxsize=16)
def _statement(table: Table, columns: tuple[str, ...], dialect: Dialect) -> Any:
    return table.insert().compile(dialect=dialect, column_keys=list(columns))
