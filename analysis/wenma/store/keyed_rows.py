"""The rows people change: how they stand now, and many of them changed at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select

from wenma.store import schema

Key = tuple[Any, ...]
Row = Mapping[str, Any] | None
"""A row without its key; None for one that is not there. A column that holds nothing is left out,
so that what an act of an earlier version says of a row still holds when the table has grown."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "coding": ("document", "coder", "start", "end", "code"),
    "verdict": ("document", "start", "end", "code", "person"),
    "memo": ("about", "person"),
    "assignment": ("task", "person", "document", "unit"),
    "codebook": ("fingerprint",),
    "attribute": ("document", "name"),
    "case_span": ("document", "start", "end", "attribute"),
}
"""The tables people change, and what names a row of each."""
PEOPLES = ("coding", "verdict", "memo", "assignment")
"""Those of them whose rows are somebody's, named in the row's key."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "coding": ("unit", "evidence", "made", "probability"),
    "verdict": ("verdict", "reason", "coder", "at"),
    "memo": ("text", "at"),
    "assignment": ("position", "done", "chance"),
    "codebook": ("used",),  # the version used last is the one in use
    "attribute": ("value", "stated"),
    "case_span": ("value", "origin", "at"),
}

SHARED: Mapping[str, tuple[str, ...]] = {
    "coding": ("document", "coder"),
    "verdict": ("document", "person"),
    "memo": ("person",),
    "assignment": ("task", "person"),
    "codebook": (),
    "attribute": ("document",),
    "case_span": ("document",),
}
"""What the rows of one act have in common: all with the same of these are read at once."""

FEW = 8
"""So many rows are asked for one by one: somebody may have thousands in a document."""


def present_row(connection: Connection, table: str, key: Sequence[Any]) -> Row:
    """The row of that key as it is now; None when it is not there."""
    rows: Table = getattr(schema, table)
    found = connection.execute(
        select(*(rows.c[column] for column in VALUES[table])).where(
            *(rows.c[name] == value for name, value in zip(KEYS[table], key, strict=True))
        )
    ).first()
    return None if found is None else held(VALUES[table], found)


def present_rows(connection: Connection, table: str, keys: Sequence[Key]) -> dict[Key, Row]:
    """The row of each of these keys as it is now; None for those that are not there."""
    found: dict[Key, Row] = dict.fromkeys(keys)
    for where, some in _groups(table, list(found)):
        if len(some) <= FEW:
            found |= {key: present_row(connection, table, key) for key in some}
            continue
        names = VALUES[table]
        for key, values in _all(connection, table, where, names):
            if key in found:
                found[key] = held(names, values)
    return found


def change_rows(connection: Connection, table: str, rows: Sequence[tuple[Key, Row, Row]]) -> None:
    """Change each row from what it was to what it is to be, given by its key; no key twice."""
    into: Table = getattr(schema, table)
    # Under other names than the columns': a statement may not have both of one name.
    named = [f"of_{column}" for column in KEYS[table]]
    this = and_(
        *(
            into.c[column] == bindparam(name)
            for column, name in zip(KEYS[table], named, strict=True)
        )
    )
    nothing = dict.fromkeys(VALUES[table])
    gone, new, other = [], [], []
    for key, before, after in rows:
        if after is None:
            gone.append(dict(zip(named, key, strict=True)))
        elif before is None:
            new.append({**dict(zip(KEYS[table], key, strict=True)), **nothing, **after})
        else:
            other.append({**dict(zip(named, key, strict=True)), **nothing, **after})
    if table == "coding" and len(gone) > FEW:
        # Their keys are in no index: by key, each would be looked for in its whole document.
        numbers = _numbers(connection, [key for key, _, after in rows if after is None])
        lost = [{"number": one} for one in numbers]
        connection.execute(into.delete().where(into.c.id == bindparam("number")), lost)
    elif gone:
        connection.execute(into.delete().where(this), gone)
    if new:
        connection.execute(into.insert(), new)
    if other:
        connection.execute(into.update().where(this), other)


def held(names: Sequence[str], values: Iterable[Any]) -> dict[str, Any]:
    """The columns of a row that hold anything, by name."""
    pairs = zip(names, values, strict=True)
    return {name: value for name, value in pairs if value is not None}


def _numbers(connection: Connection, codings: Sequence[Key]) -> list[int]:
    """The numbers of codings in their table."""
    wanted = set(codings)
    return [
        number
        for where, _ in _groups("coding", codings)
        for key, (number,) in _all(connection, "coding", where, ("id",))
        if key in wanted
    ]


def _groups(table: str, keys: Sequence[Key]) -> Iterable[tuple[Mapping[str, Any], list[Key]]]:
    """The keys by what they share: its columns with their values, and the keys."""
    at = {column: KEYS[table].index(column) for column in SHARED[table]}
    groups: dict[Key, list[Key]] = {}
    for key in keys:
        groups.setdefault(tuple(key[place] for place in at.values()), []).append(key)
    return ((dict(zip(at, group, strict=True)), some) for group, some in groups.items())


def _all(
    connection: Connection, table: str, where: Mapping[str, Any], names: Sequence[str]
) -> Iterable[tuple[Key, tuple[Any, ...]]]:
    """The keys of all rows with these values, and what is in the columns named."""
    rows: Table = getattr(schema, table)
    wanted = [rows.c[column] for column in (*KEYS[table], *names)]
    query = select(*wanted).where(*(rows.c[column] == value for column, value in where.items()))
    many = len(KEYS[table])
    return [(tuple(row[:many]), tuple(row[many:])) for row in connection.execute(query)]
