"""What people have done in a project, as it is now: tasks, verdicts, memos, additions."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select

from wenma.records import RULES, SETTLED
from wenma.store import schema
from wenma.store.project import Project


def at_work(project: Project) -> list[str]:
    """Everybody who has coded anything or finished a unit of a task, were it with no code."""
    table = schema.assignment
    done = project.rows(select(table.c.person).where(table.c.done != "").distinct())
    return list(dict.fromkeys([*project.coders(), *sorted(person for (person,) in done)]))


def rejected_by_people(
    project: Project, code: str, *, most: int, hidden: Collection[str] = ()
) -> list[str]:
    """Sentences from which people took a proposed code, the last first: near misses to be.

    Not those of people who are `hidden`, here and below.
    """
    table, content = schema.verdict, schema.content
    rows = project.rows(
        select(_words(table))
        .join(content, content.c.document == table.c.document)
        .where(table.c.code == code, table.c.verdict == "rejected", table.c.person.not_in(hidden))
        .order_by(table.c.at.desc())
        .limit(most)
    )
    return list(dict.fromkeys(words for (words,) in rows))


def added_by_people(
    project: Project, code: str, *, most: int, hidden: Collection[str] = ()
) -> list[str]:
    """What people coded so and no rules did, the last first: examples to be."""
    table, content = schema.coding, schema.content
    rules = table.alias("rules")
    by_rules = select(rules.c.id).where(
        rules.c.document == table.c.document,
        rules.c.code == table.c.code,
        rules.c.start < table.c.end,
        rules.c.end > table.c.start,
        rules.c.coder.like(f"{RULES}%"),
    )
    rows = project.rows(
        select(_words(table))
        .join(content, content.c.document == table.c.document)
        .where(
            table.c.code == code,
            table.c.coder.not_like(f"{RULES}%"),
            table.c.coder.not_in(hidden),
            ~by_rules.exists(),
        )
        .order_by(table.c.id.desc())
        .limit(most)
    )
    return list(dict.fromkeys(words for (words,) in rows))


class Task(NamedTuple):
    """One unit somebody is to code; `done` is when it was, or nothing.

    `chance` is the probability with which the unit was drawn, where it is known.
    """

    task: str
    person: str
    document: str
    unit: int
    done: str
    chance: float | None = None


def tasks(project: Project, *, person: str | None = None) -> list[Task]:
    """What people are to code, by task and in its order; of one person, or of all."""
    table, paper = schema.assignment, schema.document
    query = (
        select(table.c.task, table.c.person, paper.c.id, table.c.unit, table.c.done, table.c.chance)
        .join(paper, paper.c.key == table.c.document)
        .order_by(table.c.task, table.c.person, table.c.position)
    )
    if person is not None:
        query = query.where(table.c.person == person)
    return [Task(*row) for row in project.rows(query)]


def task_chances(project: Project, named: Collection[str]) -> list[float | None]:
    """The chance with which each unit of these tasks was drawn; None where it was not kept."""
    table = schema.assignment
    query = (
        select(table.c.task, table.c.document, table.c.unit, func.max(table.c.chance))
        .where(table.c.task.in_(sorted(named)))
        .group_by(table.c.task, table.c.document, table.c.unit)
    )
    return [chance for *_, chance in project.rows(query)]


def blind_to(project: Project, person: str) -> set[str]:
    """Whose codings this person must not see yet: they share a task not all have finished.

    Who has no name is shown nobody's of any such task.
    """
    every = tasks(project)
    unfinished = {one.task for one in every if not one.done}
    mine = {one.task for one in every if one.person == person or not person}
    return {one.person for one in every if one.task in unfinished & mine} - {person}


def decided_proposals(
    project: Project, *, person: str, document: str | None = None
) -> dict[tuple[str, int, int, str], str]:
    """What a person thinks of proposals: (document, start, end, code) → verdict.

    In one `document`, or in all.
    """
    table, paper = schema.verdict, schema.document
    query = (
        select(paper.c.id, table.c.start, table.c.end, table.c.code, table.c.verdict)
        .join(paper, paper.c.key == table.c.document)
        .where(table.c.person == person)
    )
    if document is not None:
        query = query.where(paper.c.id == document)
    return {tuple(key): verdict for *key, verdict in project.rows(query)}


def memos(project: Project) -> list[tuple[str, str, str, str]]:
    """Every memo: about, person, text, at."""
    table = schema.memo
    columns = (table.c[name] for name in ("about", "person", "text", "at"))
    return [tuple(row) for row in project.rows(select(*columns).order_by(table.c.at))]


def settled_units(project: Project) -> set[tuple[str, int]]:
    """The units, by document and number, for which somebody has said what holds."""
    about = schema.memo.c.about
    rows = project.rows(select(about).where(about.like("unit:%")).distinct())
    places = (key.partition(":")[2].rpartition(":") for (key,) in rows)
    return {(document, int(unit)) for document, _, unit in places}


def settled_codes(project: Project) -> dict[tuple[str, int], list[str]]:
    """What holds for each settled unit: its codes, none where none does."""
    coding, document = schema.coding, schema.document
    found: dict[tuple[str, int], list[str]] = {key: [] for key in settled_units(project)}
    query = (
        select(document.c.id, coding.c.unit, coding.c.code)
        .join(document, document.c.key == coding.c.document)
        .where(coding.c.coder == SETTLED)
        .order_by(coding.c.id)
    )
    for id, unit, code in project.rows(query):
        if (id, unit) in found:
            found[id, unit].append(code)
    return found


def _words(table: Table) -> Any:
    """The text a row's span covers, cut out by the database: a document may be long."""
    return func.substr(schema.content.c.text, table.c.start + 1, table.c.end - table.c.start)
