"""Acts of people on a project: what each changed, kept for ever, and how it is taken back.

An act is a list of edits. An edit names a row by its key and says what the row was
and what it is now (None: it was not there, it is gone), so that taking back is the
same list read the other way, and an edit made to what somebody else has changed
meanwhile is noticed: the row is not what the edit says it was. Acts are only ever
added; taking one back is an act too.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, func, select

from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.keyed_rows import Key, Row, change_rows, present_rows

FOLLOW = "follow"
"""What the act is called that carries people's work to where its words have gone."""

Kind = Literal["do", "undo", "redo"]


class Edit(NamedTuple):
    """One row of one table, before and after. `key` has the values of `rows.KEYS[table]`."""

    table: str
    key: tuple[Any, ...]
    before: Row
    after: Row

    @property
    def back(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.table, self.key, self.after, self.before)


class Act(NamedTuple):
    """What somebody did, when; `of` is the act an undo or redo is about."""

    id: int
    at: str
    person: str
    kind: Kind
    verb: str
    document: str
    edits: tuple[Edit, ...]
    of: int | None


ACT = tuple(schema.act.c[name] for name in Act._fields)
"""The columns of an act, in the order of its fields."""


def perform(
    connection: Connection,
    edits: Sequence[Edit],
    *,
    person: str,
    verb: str,
    document: str,
    at: str,
    kind: Kind = "do",
    of: int | None = None,
    name: str,
) -> Act:
    """Make these edits and keep the act, inside the caller's transaction.

    `ProjectError` when a row is not what its edit says it was; nothing is changed then.
    """
    if len({(edit.table, edit.key) for edit in edits}) == len(edits):
        _make(connection, edits, name)
    else:  # a row that is changed twice is changed once after the other
        for edit in edits:
            _make(connection, [edit], name)
    number = 1 + (connection.execute(select(func.max(schema.act.c.id))).scalar() or 0)
    connection.execute(
        schema.act.insert().values(
            id=number,
            at=at,
            person=person,
            kind=kind,
            verb=verb,
            document=document,
            edits=_packed(edits),
            of=of,
        )
    )
    return Act(number, at, person, kind, verb, document, tuple(edits), of)


def last_done(connection: Connection, person: str) -> int | None:
    """The act this person would take back next; None when there is none."""
    done, _ = _stacks(connection, person)
    return done[-1] if done else None


def last_undone(connection: Connection, person: str) -> int | None:
    """The act this person would do again next; None when there is none."""
    _, undone = _stacks(connection, person)
    return undone[-1] if undone else None


def act_of(connection: Connection, id: int) -> Act:
    """The act of that number."""
    row = connection.execute(select(*ACT).where(schema.act.c.id == id)).one()
    return unpack_act(row)


def effective(acts: Iterable[tuple[int, Kind, int | None]]) -> set[int]:
    """Numbers of the acts that hold: done and not taken back, or done again since.

    From the number, kind and `of` of every act, the oldest first.

    >>> effective([(1, "do", None), (2, "do", None), (3, "undo", 2)])
    {1}
    """
    holding: set[int] = set()
    for id, kind, of in acts:
        if kind == "undo":
            holding.discard(of or 0)
        else:
            holding.add(of or id)
    return holding


def moved_since(connection: Connection, act: Act) -> Edit | None:
    """An edit of this act whose row has since followed the words of a changed document."""
    table = schema.act
    later = select(*ACT).where(table.c.id > act.id, table.c.verb == FOLLOW)
    touched = {
        (edit.table, edit.key)
        for one in map(unpack_act, connection.execute(later))
        for edit in one.edits
    }
    return next((edit for edit in act.edits if (edit.table, edit.key) in touched), None)


def unpack_act(row: Any) -> Act:
    """An act from its row."""
    edits = tuple(
        Edit(table, tuple(key), before, after)
        for table, key, before, after in json.loads(row.edits)
    )
    return Act(row.id, row.at, row.person, row.kind, row.verb, row.document, edits, row.of)


def _stacks(connection: Connection, person: str) -> tuple[list[int], list[int]]:
    """What this person has done and has taken back, the last at the end."""
    act = schema.act
    rows = connection.execute(
        select(act.c.id, act.c.kind).where(act.c.person == person).order_by(act.c.id)
    )
    done: list[int] = []
    undone: list[int] = []
    for id, kind in rows:
        if kind == "undo":
            undone.append(done.pop())
        elif kind == "redo":
            done.append(undone.pop())
        else:
            done.append(id)
            undone.clear()  # who does something new has chosen another way
    return done, undone


def _make(connection: Connection, edits: Sequence[Edit], name: str) -> None:
    """Make edits of different rows, all looked at before one is made."""
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.table, []).append(edit)
    now: dict[str, dict[Key, Row]] = {
        table: present_rows(connection, table, [edit.key for edit in some])
        for table, some in by_table.items()
    }
    for edit in edits:
        if now[edit.table][edit.key] != (None if edit.before is None else dict(edit.before)):
            raise stale(edit, name)
    for table, some in by_table.items():
        change_rows(connection, table, [(edit.key, edit.before, edit.after) for edit in some])


def stale(edit: Edit, name: str) -> ProjectError:
    """What is said of an edit whose row is not what it was."""
    return ProjectError(
        f"{_said(edit)} was changed by somebody else meanwhile",
        file=name,
        cure="Load the page again and look at what is there now.",
        zh=f"{_said_zh(edit)}其间已被别人改动。请刷新页面，先看现在的内容。",
    )


def _packed(edits: Iterable[Edit]) -> str:
    return json.dumps([list(edit) for edit in edits], ensure_ascii=False, separators=(",", ":"))


def _said_zh(edit: Edit) -> str:
    if edit.table == "codebook":
        return "现用的编码本版本"
    if edit.table == "memo":
        return f"备忘（{edit.key[0]}）"
    if edit.table == "assignment":
        return f"任务“{edit.key[0]}”的第 {edit.key[3]} 个单元"
    if edit.table == "attribute":
        return f"属性“{edit.key[1]}”"
    if edit.table == "case_span":
        return f"{edit.key[1]}–{edit.key[2]} 处的属性“{edit.key[3]}”"
    start, end, code = edit.key[-3:] if edit.table == "coding" else edit.key[1:4]
    return f"{start}–{end} 处的“{code}”"


def _said(edit: Edit) -> str:
    if edit.table == "memo":
        return f"the memo on {edit.key[0]}"
    if edit.table == "codebook":
        return "the version of the codebook that is in use"
    if edit.table == "assignment":
        return f"unit {edit.key[3]} of the task {edit.key[0]}"
    if edit.table == "attribute":
        return f"the attribute {edit.key[1]}"
    if edit.table == "case_span":
        return f"{edit.key[3]} at {edit.key[1]}–{edit.key[2]}"
    start, end, code = edit.key[-3:] if edit.table == "coding" else edit.key[1:4]
    return f"{code} at {start}–{end}"
