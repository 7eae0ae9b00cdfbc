"""A whole project copied to another place: SQLite to PostgreSQL, and back, without loss."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.project import Project

AT_ONCE = 5_000
"""Rows sent together."""


def copy_project(source: Project, target: Project) -> dict[str, int]:
    """Every row of every table, its number included, into an empty project; table → rows.

    All of it arrives or nothing. `ProjectError` when the target holds anything already.
    """
    with target.exclusive() as there:
        for table in schema.tables.sorted_tables:
            if table is not schema.meta and there.execute(select(table).limit(1)).first():
                raise ProjectError(
                    "is not empty",
                    file=target.name,
                    cure="Name a place with no project in it.",
                    zh="不是空的。请另选一个没有项目的地方。",
                )
        with source.exclusive() as here:
            counts = {
                table.name: _copied(table, here, there)
                for table in schema.tables.sorted_tables
                if table is not schema.meta
            }
        if there.dialect.name == "postgresql":
            _count_on(there)
    return counts


def _copied(table: Table, here: Connection, there: Connection) -> int:
    count = 0
    for rows in _batches(here, table):
        there.execute(table.insert(), rows)
        count += len(rows)
    return count


def _batches(here: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    found = here.execute(select(table)).mappings()
    while rows := found.fetchmany(AT_ONCE):
        yield [dict(row) for row in rows]


def _count_on(there: Connection) -> None:
    """PostgreSQL counts new rows from 1 unless told how many there are."""
    for table in schema.tables.sorted_tables:
        for column in _counted(table):
            last = there.execute(select(func.max(column))).scalar()
            if last is not None:
                name = func.pg_get_serial_sequence(table.name, column.name)
                there.execute(select(func.setval(name, last)))


def _counted(table: Table) -> Sequence[Any]:
    one = table.autoincrement_column
    return [] if one is None or one.foreign_keys else [one]
