"""The history of a project: every act of people and every run of rules, to read and to keep."""

import json
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import func, select

from wenma.records import SETTLED
from wenma.store import schema
from wenma.store.edit_log import ACT, Act, effective, perform, unpack_act
from wenma.store.keyed_rows import KEYS
from wenma.store.project import Project


def history(project: Project, *, most: int | None = None) -> tuple[list[Act], set[int]]:
    """The acts, the newest first (the `most` newest), and the numbers of all that hold."""
    table = schema.act
    newest = select(*ACT).order_by(table.c.id.desc()).limit(most)
    # Which acts hold is told by every act, but not by what each changed.
    order = select(table.c.id, table.c.kind, table.c.of).order_by(table.c.id)
    return [unpack_act(row) for row in project.rows(newest)], effective(project.rows(order))


def count_acts(project: Project, person: str) -> int:
    """How many acts this person has done so far, those that take back others among them."""
    table = schema.act
    (found,) = project.rows(select(func.count()).select_from(table).where(table.c.person == person))
    return int(found[0])


def log_run(project: Project, command: str, *, coder: str, now: str) -> None:
    """Keep the command with which rules coded; it changed nothing that could be taken back."""
    with project.exclusive() as connection:
        perform(
            connection,
            (),
            person=coder,
            verb="run",
            document=command,
            at=now,
            name=project.name,
        )


def describe_act(act: Act, titles: Mapping[int, str]) -> dict[str, Any]:
    """An act as a line of a history file; `titles` has each document's id by its key."""
    return {
        "number": act.id,
        "at": act.at,
        "person": act.person,
        "kind": act.kind,
        "verb": act.verb,
        "of": act.of,
        "edits": [
            {
                "table": edit.table,
                "key": [
                    titles.get(value, value) if column == "document" else value
                    for column, value in zip(KEYS[edit.table], edit.key, strict=True)
                ],
                "before": edit.before,
                "after": edit.after,
            }
            for edit in act.edits
        ],
    }


def may_be_seen(act: Act, hidden: AbstractSet[str]) -> bool:
    """Was it neither done by people who are `hidden`, nor on what they coded, decided or wrote?"""
    if act.person in hidden:
        return False
    for edit in act.edits:
        key = dict(zip(KEYS[edit.table], edit.key, strict=True))
        if edit.table != "assignment" and hidden & {key.get("coder"), key.get("person")}:
            return False
        if SETTLED in hidden and str(key.get("about", "")).startswith("unit:"):
            return False  # the note to what was settled
    return True


def history_lines(project: Project, *, hidden: Collection[str] = ()) -> str:
    """The whole history as JSON lines, the oldest first; without the acts of who is `hidden`."""
    table = schema.document
    titles = {key: id for key, id in project.rows(select(table.c.key, table.c.id))}
    acts, _ = history(project)
    return "".join(
        json.dumps(describe_act(act, titles), ensure_ascii=False) + "\n"
        for act in reversed(acts)
        if may_be_seen(act, frozenset(hidden))
    )
