"""People's work follows the words it was done on when a document's text or units change."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from wenma.records import Unit
from wenma.store import schema
from wenma.store.edit_log import FOLLOW, Edit, perform
from wenma.store.keyed_rows import KEYS, VALUES, Key, Row, held
from wenma.store.relocation import Relocation
from wenma.store.seating import seat_of

Where = tuple[Key | None, dict[str, Any]]
"""The key a row has now (None: its words were not found) and its values."""


class Unplaced(NamedTuple):
    """What somebody had done on words that their document does not hold any more.

    `table` is what it was: a coding, verdict, memo, assignment (a unit of a task, or its
    answer) or case_span. `row` is all that was kept of it; `words` are those it stood on.
    """

    document: str
    table: str
    person: str
    row: dict[str, Any]
    words: str
    at: str


class Whereabouts(NamedTuple):
    """A row of people's work: its key in the old text and in the new (None: not found there).

    `span` is where its words stood in the old text.
    """

    table: str
    key: Key
    row: dict[str, Any]
    new_key: Key | None
    values: dict[str, Any]
    span: tuple[int, int] | None


def follow(
    connection: Connection,
    key: int,
    document: str,
    way: Relocation,
    units: Sequence[Unit],
    *,
    person: str,
    now: str,
    name: str,
) -> tuple[Unplaced, ...]:
    """Carry all that people did on a document to the same words; what was not found again.

    One act in the history, signed by whoever changed the document; nobody can undo it.
    """
    before: dict[tuple[str, Key], Row] = {}
    after: dict[tuple[str, Key], Row] = {}
    moved: set[tuple[str, Key]] = set()
    lost: list[Unplaced] = []
    for one in whereabouts(connection.execute, key, document, way, units):
        table = one.table
        before[table, one.key] = one.row
        if one.new_key is None:
            words = way.old[slice(*one.span)] if one.span else ""
            told = _told(one, document)
            lost.append(Unplaced(document, table, _person(table, told), told, words, now))
        else:
            after[table, one.new_key] = one.values
            if one.new_key != one.key:
                moved |= {(table, one.key), (table, one.new_key)}
    # Of two that change places the rows may look as they did: they are others all the same.
    edits = [
        Edit(*place, before.get(place), after.get(place))
        for place in dict.fromkeys((*before, *after))
        if place in moved or before.get(place) != after.get(place)
    ]
    if edits:
        perform(connection, edits, person=person, verb=FOLLOW, document=document, at=now, name=name)
    if lost:
        rows = [one._asdict() | {"row": json.dumps(one.row, ensure_ascii=False)} for one in lost]
        connection.execute(schema.unplaced.insert(), rows)
    return tuple(lost)


def whereabouts(
    run: Callable[[Any], Iterable[Any]],
    key: int,
    document: str,
    way: Relocation,
    units: Sequence[Unit],
) -> Iterator[Whereabouts]:
    """All that people did on a document, and where it would stand in its new version.

    `run` gives the rows of a query; nothing is written.
    """
    for table in ("coding", "verdict", "memo", "assignment", "case_span"):
        for old_key, row in _rows(run, table, key, document):
            new_key, values, span = _moved(table, old_key, row, document, way, units)
            yield Whereabouts(table, old_key, row, new_key, values, span)


def person_of(one: Whereabouts, document: str) -> str:
    """Who did it."""
    return _person(one.table, _told(one, document))


def _told(one: Whereabouts, document: str) -> dict[str, Any]:
    return dict(zip(KEYS[one.table], one.key, strict=True)) | one.row | {"document": document}


def _rows(
    run: Callable[[Any], Iterable[Any]], table: str, key: int, document: str
) -> list[tuple[Key, dict[str, Any]]]:
    """What people have on the document in this table."""
    rows = getattr(schema, table)
    query = select(*(rows.c[name] for name in (*KEYS[table], *VALUES[table])))
    if table == "memo":
        # A name may hold % or _, so that LIKE would find others too: they are sorted out below.
        starts = (f"coding:{document}:", f"unit:{document}:")
        query = query.where(rows.c.about.like("coding:%") | rows.c.about.like("unit:%"))
    else:
        query = query.where(rows.c.document == key)
    if table == "coding":
        query = query.where(schema.BY_PERSON)
    width = len(KEYS[table])
    found = []
    for row in run(query):
        if table == "memo" and (not row[0].startswith(starts) or _place(row[0], document) is None):
            continue
        found.append((tuple(row[:width]), held(VALUES[table], row[width:])))
    return found


def _place(about: str, document: str) -> tuple[int, ...] | None:
    """The span, or the unit, a memo is about; None where it is of another document after all.

    A document may be called 甲.txt:3, so that what follows the name must be figures alone.
    """
    kind, _, rest = about.partition(":")
    parts = rest.removeprefix(f"{document}:").split(":")
    figures = parts[:2] if kind == "coding" else parts
    wanted = 2 if kind == "coding" else 1
    if len(figures) != wanted or not all(one.isdecimal() for one in figures):
        return None
    return tuple(map(int, figures))


def _moved(
    table: str,
    key: Key,
    row: dict[str, Any],
    document: str,
    way: Relocation,
    units: Sequence[Unit],
) -> tuple[Key | None, dict[str, Any], tuple[int, int] | None]:
    """The new key of a row (None: not found), its values, and the span it stood on."""
    told = dict(zip(KEYS[table], key, strict=True))
    if table == "memo":
        place = _place(told["about"], document) or ()
        if len(place) == 1:
            unit = way.unit(place[0])
            about = None if unit is None else f"unit:{document}:{unit}"
            span = way.unit_span(place[0])
        else:
            span = (place[0], place[1])
            found = way.span(*span)
            code = told["about"].removeprefix(f"coding:{document}:{span[0]}:{span[1]}:")
            about = found and f"coding:{document}:{found[0]}:{found[1]}:{code}"
        return (about and (about, told["person"])) or None, row, span
    if table == "assignment":
        unit = way.unit(told["unit"])
        new = None if unit is None else _with(table, key, unit=unit)
        return new, row, way.unit_span(told["unit"])
    span = (told["start"], told["end"])
    found = way.span(*span)
    if found is None:
        return None, row, span
    values = row | {"unit": seat_of(units, *found)} if table == "coding" else row
    return _with(table, key, start=found[0], end=found[1]), values, span


def _with(table: str, key: Key, **changed: Any) -> Key:
    return tuple((dict(zip(KEYS[table], key, strict=True)) | changed).values())


def _person(table: str, told: dict[str, Any]) -> str:
    own = {"coding": "coder", "case_span": "origin"}.get(table, "person")
    return str(told[own])
