"""What people have decided on what rules proposed, and the passages that belong elsewhere."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from wenma.store import schema
from wenma.store.project import Project


class DecisionRow(NamedTuple):
    """One person's verdict on a code on a span."""

    document: str
    start: int
    end: int
    code: str
    person: str
    verdict: str


def decision_rows(project: Project, *, hidden: Collection[str] = ()) -> list[DecisionRow]:
    """Every verdict but those of people who are `hidden`."""
    table, paper = schema.verdict, schema.document
    columns = (table.c[name] for name in DecisionRow._fields[1:])
    query = (
        select(paper.c.id, *columns)
        .join(paper, paper.c.key == table.c.document)
        .where(table.c.person.not_in(list(hidden)))
        .order_by(table.c.at)
    )
    return [DecisionRow(*row) for row in project.rows(query)]
