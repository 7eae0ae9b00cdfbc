"""The tables of a project file, and the way from an older format to this one.

Spans are code points of `document.text`, end excluded. `layout` and `evidence`
are JSON: they are read whole with their row and never searched by SQL.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    select,
)

FORMAT = 4
"""Version of this layout; a step in `UPGRADES` for every change."""

APPLICATION_ID = 0x77656E6D  # "wenm": told by `file` and by SQLite's own header

tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

document = Table(
    "document",
    tables,
    # Other tables refer to the short key: an id is a path, and every unit would repeat it.
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("year", Integer),
    Column("kind", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("layout", Text, nullable=False),  # paragraphs and the map back to the file
    Column("unit_size", Text, nullable=False),
    # Counted once, when the text is in hand.
    Column("han", Integer, nullable=False),
    Column("countable", Integer, nullable=False),
    Column("heading_han", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("heading_characters", Integer, nullable=False),
    # What the work on it was done from: equal fingerprints need no second run.
    Column("fingerprint", Text, nullable=False),
)

section = Table(
    "section",
    tables,
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parent", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("box", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("heading_end", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

unit = Table(
    "unit",
    tables,
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("section", Integer, nullable=False),
    Column("paragraph", Integer, nullable=False),
    sqlite_with_rowid=False,
)

codebook = Table(
    "codebook",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("used", Text, nullable=False),  # when it was last coded with
)

coding = Table(
    "coding",
    tables,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), nullable=False),
    Column("unit", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("made", Text, nullable=False),
    # By the short key alone: coders are few, and their names made the index three times as large.
    Index("coding_by_document", "document"),
)

work = Table(
    "work",
    tables,
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("coder", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),  # of the codebook it was coded with
    sqlite_with_rowid=False,
)

verdict = Table(
    "verdict",
    tables,
    # On a code on a span, whichever version of the rules proposed it: it outlives the version.
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("verdict", Text, nullable=False),  # accepted, rejected
    Column("reason", Text, nullable=False),
    Column("coder", Text, nullable=False),  # who proposed it
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)

memo = Table(
    "memo",
    tables,
    Column("about", Text, primary_key=True),  # project, document:…, code:…, coding:…
    Column("person", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)

assignment = Table(
    "assignment",
    tables,
    Column("task", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("unit", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("done", Text, nullable=False),  # when, or nothing
    sqlite_with_rowid=False,
)

act = Table(
    "act",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),  # do, undo, redo
    Column("verb", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("edits", Text, nullable=False),
    Column("of", Integer),
    Index("act_by_person", "person"),
)

draft = Table(
    "draft",
    tables,
    Column("codebook", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("base", Text, nullable=False),  # fingerprint of the version it began from
    Column("text", Text, nullable=False),
    Column("paths", Text, nullable=False),
    Column("mark", Text, nullable=False),  # of text and paths
    Column("holds", Integer, nullable=False),  # 1 for the step that holds
)

PEOPLES = (verdict, memo, assignment, act)
"""What people add to a project, apart from codings."""

Step = Callable[[Connection], None]


def _room_for_people(connection: Connection) -> None:
    """To format 3: verdicts, memos, tasks and the acts that made them."""
    tables.create_all(connection, tables=PEOPLES)


def _room_for_drafts(connection: Connection) -> None:
    """To format 4: what people have begun to change in a codebook."""
    tables.create_all(connection, tables=(draft,))


def _shorter_evidence_and_index(connection: Connection) -> None:
    """To format 2: a rule's name once for all its words, codings by document alone."""
    key, evidence = coding.c.id, coding.c.evidence
    change = coding.update().where(key == bindparam("of")).values(evidence=bindparam("short"))
    rows = [
        {"of": id, "short": _without_repeats(json.loads(long))}
        for id, long in connection.execute(select(key, evidence))
    ]
    if rows:
        connection.execute(change, rows)
    index = next(one for one in coding.indexes if one.name == "coding_by_document")
    index.drop(connection)
    index.create(connection)


def _without_repeats(evidence: Sequence[tuple[str, int, int]]) -> str:
    flat: list[str | int] = []
    for rule, of_rule in groupby(evidence, key=lambda one: one[0]):
        flat += [rule, *(at for _, *span in of_rule for at in span)]
    return json.dumps(flat, ensure_ascii=False, separators=(",", ":"))


UPGRADES: Mapping[int, Step] = {
    1: _shorter_evidence_and_index,
    2: _room_for_people,
    3: _room_for_drafts,
}
"""From format n to n+1, under the key n."""


def upgrade(
    connection: Connection, found: int, *, to: int = FORMAT, steps: Mapping[int, Step] = UPGRADES
) -> None:
    """Bring a project of format `found` to format `to`, inside the caller's transaction."""
    for version in range(found, to):
        steps[version](connection)
        connection.execute(
            meta.update().where(meta.c.key == "format").values(value=str(version + 1))
        )
