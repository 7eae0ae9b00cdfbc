"""The project file: everything a study keeps, safe against a kill at any moment.

One SQLite file, or any database SQLAlchemy reaches (``postgresql://…``); the
same statements run on both. A document, its outline, its units and the
codings of one coder are written in one transaction: a run that is killed
keeps every document it had finished and nothing by halves.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from analysis.errors import ProjectError
from analysis.project import schema
from analysis.records import (
    Codebook,
    Coding,
    Document,
    Evidence,
    Paragraph,
    Section,
    SourceMap,
    Unit,
    han,
)

_METADATA = (
    "title city plan period year kind level issuer number source note path sha256 text".split()
)
_SQLITE_HEADER = b"SQLite format 3\x00"
PATIENCE = 30.0
"""Seconds to wait for another program that is writing."""


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
        name = str(where)
        if "://" in name:
            engine = _server(name)
            hidden = engine.url.set(drivername="postgresql").render_as_string(hide_password=True)
            return cls._opened(engine, hidden, create=create)
        path = Path(where)
        _refuse_strangers(path, create=create)
        engine = create_engine(
            f"sqlite:///{path}", connect_args={"timeout": PATIENCE, "check_same_thread": False}
        )
        _sqlite_manners(engine)
        return cls._opened(engine, name, create=create)

    @classmethod
    def in_memory(cls) -> "Project":
        """A project that lives as long as the object: for notebooks."""
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        _sqlite_manners(engine)
        return cls._opened(engine, "(in memory)", create=True)

    @classmethod
    def _opened(cls, engine: Engine, name: str, *, create: bool) -> "Project":
        project = cls(engine, name)
        with project._writing() as connection:
            there = set(inspect(connection).get_table_names())
            if "meta" not in there:
                if there and not _ours_half_made(there):
                    raise _stranger(name)
                if not create and not there:
                    raise _missing(name)
                schema.tables.create_all(connection)
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                connection.execute(
                    schema.meta.insert(), [{"key": "format", "value": str(schema.FORMAT)}]
                )
                return project
            value = connection.execute(
                select(schema.meta.c.value).where(schema.meta.c.key == "format")
            ).scalar()
            if value is None or not value.isdigit():
                raise _stranger(name)
            if int(value) > schema.FORMAT:
                raise ProjectError(
                    f"was written by a newer wenma (format {value}, this one knows"
                    f" {schema.FORMAT})",
                    file=name,
                    cure="Update with: pip install --upgrade wenma",
                )
            schema.upgrade(connection, int(value))
        return project

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing ---------------------------------------------------------------

    def keep_codebook(self, codebook: Codebook, *, now: str) -> None:
        """Keep this version of a codebook; the last one used is the current one."""
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
                        used=now,
                    )
                )
            else:
                connection.execute(table.update().where(table.c.id == known).values(used=now))

    def keep(
        self,
        document: Document,
        units: Sequence[Unit],
        codings: Sequence[Coding],
        *,
        codebook: Codebook,
        unit_size: str,
        fingerprint: str,
        position: int,
        now: str,
    ) -> None:
        """Keep a document, its units and one coder's codings of it: all or nothing.

        An unchanged document stays as it is and only its codings are replaced; a
        changed one takes all its codings by rules with it.
        """
        with self._writing() as connection:
            table = schema.document
            known = connection.execute(
                select(table.c.fingerprint, table.c.unit_size, table.c.text).where(
                    table.c.id == document.id
                )
            ).first()
            if known is None or tuple(known)[:2] != (fingerprint, unit_size):
                if known is not None and known.text != document.text:
                    self._spare_people(connection, document.id)
                row = {name: getattr(document, name) for name in _METADATA}
                row |= {"position": position, "layout": _layout(document)}
                row |= {"unit_size": unit_size, "fingerprint": fingerprint}
                row |= _counts(document, units)
                if known is None:
                    connection.execute(table.insert().values(id=document.id, **row))
                else:
                    connection.execute(
                        table.update().where(table.c.id == document.id).values(**row)
                    )
                self._replace_outline(connection, document, units)
            self._replace_codings(connection, document.id, codings, codebook, now)

    def _spare_people(self, connection: Connection, document: str) -> None:
        """A changed text would move people's codings off their words: stop instead."""
        coding = schema.coding
        people = connection.execute(
            select(coding.c.coder)
            .where(coding.c.document == document, coding.c.coder.not_like("rules:%"))
            .limit(1)
        ).scalar()
        if people is not None:
            raise ProjectError(
                f"the text of {document!r} has changed and holds codings by {people!r}",
                file=self.name,
                cure="Code the changed text in a new project file.",
            )

    def _replace_outline(
        self, connection: Connection, document: Document, units: Sequence[Unit]
    ) -> None:
        """Sections and units anew; codings by rules made from the old ones go."""
        section, unit, coding = schema.section, schema.unit, schema.coding
        for table in (section, unit, schema.work):
            connection.execute(table.delete().where(table.c.document == document.id))
        connection.execute(
            coding.delete().where(coding.c.document == document.id, coding.c.coder.like("rules:%"))
        )
        if document.sections:
            connection.execute(
                section.insert(),
                [
                    {
                        "document": document.id,
                        "number": number,
                        "parent": node.parent,
                        "level": node.level,
                        "label": node.number,
                        "title": node.title,
                        "role": node.role,
                        "box": node.box,
                        "start": node.start,
                        "heading_end": node.heading_end,
                        "end": node.end,
                    }
                    for number, node in enumerate(document.sections)
                ],
            )
        if units:
            connection.execute(
                unit.insert(), [{"document": document.id} | one._asdict() for one in units]
            )

    def _replace_codings(
        self,
        connection: Connection,
        document: str,
        codings: Sequence[Coding],
        codebook: Codebook,
        now: str,
    ) -> None:
        coding, work, coder = schema.coding, schema.work, codebook.coder
        connection.execute(
            coding.delete().where(coding.c.document == document, coding.c.coder == coder)
        )
        connection.execute(work.delete().where(work.c.document == document, work.c.coder == coder))
        if codings:
            connection.execute(
                coding.insert(),
                [c._asdict() | {"evidence": _packed(c.evidence), "made": now} for c in codings],
            )
        connection.execute(
            work.insert().values(document=document, coder=coder, fingerprint=codebook.fingerprint)
        )

    # -- reading ---------------------------------------------------------------

    def finished(self, codebook: Codebook, unit_size: str) -> Mapping[str, str]:
        """Document id → fingerprint, of what this codebook has coded in these units."""
        document, work = schema.document, schema.work
        query = (
            select(document.c.id, document.c.fingerprint)
            .join(work, work.c.document == document.c.id)
            .where(
                work.c.coder == codebook.coder,
                work.c.fingerprint == codebook.fingerprint,
                document.c.unit_size == unit_size,
            )
        )
        return {id: fingerprint for id, fingerprint in self.rows(query)}

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
        table = schema.document
        found = self.rows(select(table).where(table.c.id == id))
        if not found:
            raise ProjectError(
                f"has no document {id!r}", file=self.name, cure="See: wenma query FILE documents"
            )
        row = found[0]._asdict()
        layout = json.loads(row["layout"])
        nodes = schema.section
        outline = self.rows(
            select(
                nodes.c.start,
                nodes.c.heading_end,
                nodes.c.end,
                nodes.c.level,
                nodes.c.label,
                nodes.c.title,
                nodes.c.role,
                nodes.c.parent,
                nodes.c.box,
            )
            .where(nodes.c.document == id)
            .order_by(nodes.c.number)
        )
        return Document(
            id=id,
            **{name: row[name] for name in _METADATA},
            sections=tuple(Section(*node) for node in outline),
            paragraphs=tuple(Paragraph(*one) for one in layout["paragraphs"]),
            source_map=SourceMap(*(tuple(column) for column in layout["map"])),
        )

    def units(self, id: str) -> list[Unit]:
        """The units of one document, in order."""
        table = schema.unit
        query = (
            select(*(table.c[name] for name in Unit._fields))
            .where(table.c.document == id)
            .order_by(table.c.number)
        )
        return [Unit(*row) for row in self.rows(query)]

    def codings(self, id: str, *, coder: str | None = None) -> list[Coding]:
        """The codings of one document, in order of place."""
        table = schema.coding
        query = select(*(table.c[name] for name in Coding._fields)).where(table.c.document == id)
        if coder is not None:
            query = query.where(table.c.coder == coder)
        query = query.order_by(table.c.start, table.c.end, table.c.id)
        return [
            Coding(**row._asdict() | {"evidence": unpacked(row.evidence)})
            for row in self.rows(query)
        ]

    def coders(self) -> dict[str, int]:
        """Coder → number of codings."""
        coder = schema.coding.c.coder
        return {
            name: count
            for name, count in self.rows(
                select(coder, func.count()).group_by(coder).order_by(coder)
            )
        }

    def rows(self, query: Any) -> Sequence[Any]:
        """The answer to a SELECT, whole."""
        with self._talking(self._engine.connect) as connection:
            return connection.execute(query).all()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._talking(self._engine.begin) as connection:
            yield connection

    @contextmanager
    def _talking(self, connect: Any) -> Iterator[Connection]:
        """A connection whose faults are told in one line."""
        try:
            with connect() as connection:
                yield connection
        except DBAPIError as error:
            raise _told(error, self.name) from error
        except SQLAlchemyError as error:
            raise ProjectError(f"cannot be used ({error})", file=self.name) from error


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


def _server(address: str) -> Engine:
    # Neither the address nor the fault may show a password, so neither is repeated.
    kind = address.partition("://")[0]
    if kind not in ("postgresql", "postgres"):
        raise ProjectError(
            f"{kind}:// is no place for a project",
            cure="Name a file, or write postgresql://user@host/name",
        )
    try:
        return create_engine(make_url(address).set(drivername="postgresql+psycopg"))
    except ModuleNotFoundError as error:
        raise ProjectError(
            f"{kind}:// needs the package {error.name!r}",
            cure="Install it with: pip install 'wenma[postgresql]'",
        ) from None
    except (SQLAlchemyError, ValueError):
        raise ProjectError(
            "the database's address cannot be read",
            cure="Write it as postgresql://user@host/name",
        ) from None


def _sqlite_manners(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # pysqlite opens a transaction only at the first INSERT; then a reader that goes on
        # to write could find the file changed under it.
        connection.exec_driver_sql("BEGIN")


def _refuse_strangers(path: Path, *, create: bool) -> None:
    """Look at the first bytes before SQLite may write a single one."""
    if path.is_dir():
        raise ProjectError("is a folder", file=path, cure="Name a file, such as study.db.")
    if not path.exists():
        if not create:
            raise _missing(str(path))
        if not path.parent.is_dir():
            raise ProjectError(
                f"cannot be made: there is no folder {str(path.parent)!r}",
                file=path,
                cure="Make the folder first.",
            )
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise ProjectError(f"cannot be read ({error.strerror})", file=path) from None
    if head and head != _SQLITE_HEADER:
        raise _stranger(str(path))
    if head:
        _refuse_other_databases(path)


def _refuse_other_databases(path: Path) -> None:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            names = {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type='table'"
                )
            }
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise ProjectError(
            f"cannot be opened ({error})", file=path, cure="Restore it from a copy."
        ) from None
    if names and "meta" not in names and not _ours_half_made(names):
        raise _stranger(str(path))


def _ours_half_made(names: set[str]) -> bool:
    # Tables are made in one transaction, so this only guards against our own older slips.
    return names <= set(schema.tables.tables)


def _missing(name: str) -> ProjectError:
    return ProjectError(
        "there is no such project",
        file=name,
        cure=f"Make it with: wenma code FOLDER --codebook FILE --project {name}",
    )


def _stranger(name: str) -> ProjectError:
    return ProjectError(
        "is not a wenma project", file=name, cure="Name another file; this one is left as it is."
    )


def _told(error: DBAPIError, name: str) -> ProjectError:
    said = str(error.orig).strip().split("\n")[0]
    if "locked" in said:
        return ProjectError(
            "is in use by another program", file=name, cure="Close it there, or try again."
        )
    if "readonly" in said or "read-only" in said:
        return ProjectError("may not be written to", file=name, cure="Look at its permissions.")
    if "full" in said:
        return ProjectError(
            "could not be written: the disk is full",
            file=name,
            cure="Make room and run the same command again; what was finished is kept.",
        )
    if "malformed" in said or "not a database" in said:
        return ProjectError(f"is damaged ({said})", file=name, cure="Restore it from a copy.")
    return ProjectError(f"the database says: {said}", file=name)
