"""The tables of a project file.

Spans are code points of the document's text, end excluded. `layout`, `evidence`, `quality` and
`unplaced.row` are JSON: they are read whole with their row and never searched by SQL.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

FORMAT = 5
"""Version of this layout; a step in `wenma.store.upgrades` for every change."""

APPLICATION_ID = 0x77656E6D  # "wenm": told by `file` and by SQLite's own header

tables = MetaData()

_BY_PERSON = text("substr(coder, 1, 6) <> 'rules:'")
BY_PERSON = text("substr(coding.coder, 1, 6) <> 'rules:'")
"""The condition under which a coding is not by rules; said so, an index answers it."""

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
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the file's bytes
    Column("text_sha256", Text, nullable=False),
    Column("unit_size", Text, nullable=False),
    # Counted once, when the text is in hand.
    Column("han", Integer, nullable=False),
    Column("countable", Integer, nullable=False),
    Column("heading_han", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("heading_characters", Integer, nullable=False),
    Column("sections", Integer, nullable=False),
    Column("units", Integer, nullable=False),  # without headings
    Column("headings", Integer, nullable=False),
    # Paragraphs and sections that hold units with text, and those that hold headings alone.
    Column("paragraphs", Integer, nullable=False),
    Column("heading_paragraphs", Integer, nullable=False),
    Column("text_sections", Integer, nullable=False),
    Column("heading_sections", Integer, nullable=False),
    # What the work on it was done from: equal fingerprints need no second run.
    Column("fingerprint", Text, nullable=False),
    Column("quality", Text, nullable=False),  # what reading it ran into
    # Checksums: see `wenma.store.checksums`.
    Column("crc", BigInteger, nullable=False),  # of this row
    Column("outline_crc", BigInteger, nullable=False),  # of its sections and units
)

content = Table(
    "content",
    tables,
    # Apart from the document's row: to count documents must not read their texts.
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("layout", Text, nullable=False),  # paragraphs and the map back to the file
)

attribute = Table(
    "attribute",
    tables,
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # what holds; empty where a person took it away
    Column("stated", Text, nullable=False),  # what the manifest said last
    sqlite_with_rowid=False,
)

attribute_name = Table(
    "attribute_name",
    tables,
    Column("name", Text, primary_key=True),
    Column("position", Integer, nullable=False),  # as first seen, the standard ones first
    sqlite_with_rowid=False,
)

case_span = Table(
    "case_span",
    tables,
    # A section or passage that belongs to another attribute value than its document.
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("attribute", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("origin", Text, nullable=False),  # a person, rule:headings or rule:names
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
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
    Column("probability", Float),  # of a model's coding
    # By the short key alone: coders are few, and their names made the index three times as large.
    Index("coding_by_document", "document"),
    # People's codings are few among those of rules, and asked for by themselves. On PostgreSQL
    # the index is of all: to say otherwise would load its dialect for every file.
    Index("coding_by_person", "coder", sqlite_where=_BY_PERSON),
)

coding_columns = Table(
    "coding_columns",
    tables,
    # The codings of one version of the rules on one document once more, as numbers to count:
    # see `wenma.store.coding_blocks`.
    Column("document", Integer, ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
    Column("coder", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("first", Integer, nullable=False),  # the lowest id of these codings
    Column("columns", LargeBinary, nullable=False),
    Column("crc", BigInteger, nullable=False),  # of the block
    Column("evidence_crc", BigInteger, nullable=False),  # of the evidence, in the same order
    # Where the evidence stands, as in `packed_spans`, to be compared without reading it.
    Column("spans", LargeBinary, nullable=False),
    Column("spans_crc", BigInteger, nullable=False),
    # The units in scope, as `SCOPE_COLUMNS`; null where the codebook has no scope, or where it
    # was coded before scopes were kept.
    Column("scope", LargeBinary),
    Column("scope_crc", BigInteger),
)

term = Table(
    "term",
    tables,
    # The texts `coding_columns` names by number: paths of codes, ids of rules.
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
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
    Column("chance", Float),  # probability with which the unit was drawn, where it is known
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

unplaced = Table(
    "unplaced",
    tables,
    # What people had done on words that a changed document does not hold any more.
    Column("id", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("table", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Text, nullable=False),
)

remembered = Table(
    "remembered",
    tables,
    # Answers that took long; they may be thrown away at any time.
    Column("question", Text, primary_key=True),
    Column("token", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

STANDARD = "title city plan period year kind level issuer number source note".split()
"""Attributes every project knows, in the order of their columns."""

PEOPLES = (verdict, memo, assignment, act)
"""What people add to a project, apart from codings."""
