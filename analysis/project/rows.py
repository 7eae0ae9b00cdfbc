"""The rows people change: how they stand now, and many of them changed at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select

from analysis.project import schema

Key = tuple[Any, ...]
Row = Mapping[str, Any] | None
"""A row without its key; None for one that is not there."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "coding": ("document", "coder", "start", "end", "code"),
    "verdict": ("document", "start", "end", "code", "person"),
    "memo": ("about", "person"),
    "assignment": ("task", "person", "document", "unit"),
}
"""The tables people change, and what names a row of each."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "coding": ("unit", "evidence", "made"),
    "verdict": ("verdict", "reason", "coder", "at"),
    "memo": ("text", "at"),
    "assignment": ("position", "done"),
}

SHARED: Mapping[str, tuple[str, ...]] = {
    "coding": ("document", "coder"),
    "verdict": ("document", "person"),
    "memo": ("person",),
    "assignment": ("task", "person"),
}
"""What the rows of one act have in common: all with the same of these are read at once."""

FEW = 8
"""So many rows are asked for one by one: somebody may have thousands in a document."""


def present(connection: Connection, table: str, key: Sequence[Any]) -> Row:
    """The row of that key as it is now; None when it is not there."""
    rows: Table = getattr(schema, table)
    found = connection.execute(
        select(*(rows.c[column] for column in VALUES[table])).where(
            *(rows.c[name] == value for name, value in zip(KEYS[table], key, strict=True))
        )
    ).first()
    return None if found is None else found._asdict()


def standing(connection: Connection, table: str, keys: Sequence[Key]) -> dict[Key, Row]:
    """The row of each of these keys as it is now; None for those that are not there."""
    shared = SHARED[table]
    at = [KEYS[table].index(column) for column in shared]
    found: dict[Key, Row] = dict.fromkeys(keys)
    groups: dict[Key, list[Key]] = {}
    for key in found:
        groups.setdefault(tuple(key[place] for place in at), []).append(key)
    for group, some in groups.items():
        if len(some) <= FEW:
            found |= {key: present(connection, table, key) for key in some}
            continue
        for key, row in _all(connection, table, dict(zip(shared, group, strict=True))):
            if key in found:
                found[key] = row
    return found


def change(connection: Connection, table: str, rows: Sequence[tuple[Key, Row, Row]]) -> None:
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
    gone, new, other = [], [], []
    for key, before, after in rows:
        if after is None:
            gone.append(dict(zip(named, key, strict=True)))
        elif before is None:
            new.append({**dict(zip(KEYS[table], key, strict=True)), **after})
        else:
            other.append({**dict(zip(named, key, strict=True)), **after})
    if gone:
        connection.execute(into.delete().where(this), gone)
    if new:
        connection.execute(into.insert(), new)
    if other:
        connection.execute(into.update().where(this), other)


def _all(
    connection: Connection, table: str, where: Mapping[str, Any]
) -> Sequence[tuple[Key, Mapping[str, Any]]]:
    rows: Table = getattr(schema, table)
    names = VALUES[table]
    wanted = [rows.c[column] for column in (*KEYS[table], *names)]
    query = select(*wanted).where(*(rows.c[column] == value for column, value in where.items()))
    many = len(KEYS[table])
    return [
        (tuple(row[:many]), dict(zip(names, row[many:], strict=True)))
        for row in connection.execute(query)
    ]
