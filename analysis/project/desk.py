"""A person's desk: code, review and note, and take any of it back.

Each method is one act: all of it is kept or nothing, it can be undone, and it stands
in the history with who did it and when.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, select

from analysis.codebook.yaml_file import parse_codebook
from analysis.errors import ProjectError
from analysis.project import schema
from analysis.project.acts import (
    KEYS,
    Act,
    Edit,
    act_of,
    effective,
    last_done,
    last_undone,
    perform,
    present,
    unpacked,
)
from analysis.project.store import Project, seat_of
from analysis.records import Unit

Judgement = Literal["accepted", "rejected"]
Span = tuple[int, int]

SETTLED = "定稿"
"""Whose codings those are that coders agreed on in the end."""

LONGEST_NAME = 60
LONGEST_MEMO = 100_000
"""Characters of a person's name and of a memo."""


class Verdict(NamedTuple):
    """What a person thinks of a proposal: a code that rules set on a span of a document.

    Accepted, the coding becomes the person's own too. `instead` are the code and the
    span a rejected proposal is replaced by, where the person gives them.
    """

    document: str
    start: int
    end: int
    code: str
    coder: str
    verdict: Judgement
    reason: str = ""
    instead: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Desk:
    """Where one person works on a project. `now` is an ISO time everywhere."""

    project: Project
    person: str

    def __post_init__(self) -> None:
        if not self.person.strip() or self.person != self.person.strip():
            raise ProjectError("a coder has no name", cure="Write your name first.")
        if self.person.startswith("rules:") or not self.person.isprintable():
            raise ProjectError(
                f"{self.person!r} is no person's name",
                cure="Names of rules begin with rules:, people's do not.",
            )
        if len(self.person) > LONGEST_NAME:
            raise ProjectError(f"a name has at most {LONGEST_NAME} characters", cure="Shorten it.")

    # -- coding ----------------------------------------------------------------

    def code(self, document: str, start: int, end: int, code: str, *, now: str) -> Act:
        """Set a code on a span."""
        with self.project.alone() as connection:
            paper = self._paper(connection, document)
            edit = self._added(connection, paper, (start, end), code, now)
            return self._act(connection, [edit], "code", document, now)

    def uncode(self, document: str, start: int, end: int, code: str, *, now: str) -> Act:
        """Take one's own code off a span."""
        with self.project.alone() as connection:
            paper = self._paper(connection, document)
            edit = self._removed(connection, paper, (start, end), code)
            return self._act(connection, [edit], "uncode", document, now)

    def recode(self, document: str, start: int, end: int, code: str, to: str, *, now: str) -> Act:
        """Another code on the same span."""
        return self._moved(document, [(start, end)], code, [(start, end)], to, "recode", now)

    def extend(
        self,
        document: str,
        start: int,
        end: int,
        code: str,
        to_start: int,
        to_end: int,
        *,
        now: str,
    ) -> Act:
        """The same code on another span in its place."""
        return self._moved(
            document, [(start, end)], code, [(to_start, to_end)], code, "extend", now
        )

    def split(self, document: str, start: int, end: int, code: str, at: int, *, now: str) -> Act:
        """Two codings in the place of one, cut before the character `at`."""
        if not start < at < end:
            raise ProjectError(
                f"{start}–{end} cannot be split at {at}", cure="Choose a place inside the span."
            )
        halves = [(start, at), (at, end)]
        return self._moved(document, [(start, end)], code, halves, code, "split", now)

    def merge(self, document: str, spans: Sequence[Span], code: str, *, now: str) -> Act:
        """One coding from the first character of several to the last."""
        if len(set(spans)) < 2:
            raise ProjectError("one span alone cannot be merged", cure="Choose two or more.")
        whole = (min(start for start, _ in spans), max(end for _, end in spans))
        return self._moved(document, list(dict.fromkeys(spans)), code, [whole], code, "merge", now)

    # -- review and memos ----------------------------------------------------------

    def decide(self, verdicts: Sequence[Verdict], *, now: str) -> Act:
        """Judge proposals, one or many at once."""
        if not verdicts:
            raise ProjectError("there is nothing to decide on", cure="Choose a proposal.")
        with self.project.alone() as connection:
            papers = {
                one: self._paper(connection, one)
                for one in dict.fromkeys(verdict.document for verdict in verdicts)
            }
            edits: list[Edit] = []
            for verdict in verdicts:
                edits += self._judged(connection, papers[verdict.document], verdict, now)
            verbs = {verdict.verdict for verdict in verdicts}
            verb = "accept" if verbs == {"accepted"} else "reject" if len(verbs) == 1 else "decide"
            where = verdicts[0].document if len(papers) == 1 else ""
            return self._act(connection, edits, verb, where, now)

    def note(self, about: str, text: str, *, now: str) -> Act:
        """Write a memo about the project, a document, a code or a coding; empty takes it away."""
        if len(text) > LONGEST_MEMO:
            raise ProjectError(
                f"a memo has at most {LONGEST_MEMO:,} characters", cure="Keep it in a file."
            )
        if about.partition(":")[0] not in ("project", "document", "code", "coding"):
            raise ProjectError(f"{about!r} can have no memo", cure="Name a document or a code.")
        with self.project.alone() as connection:
            key = (about, self.person)
            before = present(connection, "memo", key)
            after = {"text": text, "at": now} if text.strip() else None
            if before is None and after is None:
                raise ProjectError("the memo is empty", cure="Write something.")
            edits = [Edit("memo", key, before, after)]
            document = about.partition(":")[2] if about.startswith("document:") else ""
            return self._act(connection, edits, "note", document, now)

    # -- tasks -----------------------------------------------------------------------

    def assign(
        self, task: str, people: Sequence[str], units: Sequence[tuple[str, int]], *, now: str
    ) -> Act:
        """Give each of these people the same units to code, in this order, blind to each other."""
        if not task.strip() or len(task) > LONGEST_NAME or not task.isprintable():
            raise ProjectError("the task has no good name", cure="Name it in a few words.")
        if not units or not people:
            raise ProjectError("a task needs units and people", cure="Name both.")
        for person in people:
            Desk(self.project, person)  # refuses what is no name
        with self.project.alone() as connection:
            taken = select(schema.assignment.c.task).where(schema.assignment.c.task == task)
            if connection.execute(taken.limit(1)).first():
                raise ProjectError(f"there is a task {task!r} already", cure="Choose another name.")
            keys = {
                one: self._paper(connection, one).key
                for one in dict.fromkeys(document for document, _ in units)
            }
            edits = [
                Edit(
                    "assignment",
                    (task, person, keys[document], unit),
                    None,
                    {"position": position, "done": ""},
                )
                for person in dict.fromkeys(people)
                for position, (document, unit) in enumerate(units)
            ]
            return self._act(connection, edits, "assign", "", now)

    def judge(self, task: str, document: str, unit: int, codes: Sequence[str], *, now: str) -> Act:
        """Code one unit of a task with exactly these codes (none is an answer too)."""
        with self.project.alone() as connection:
            paper = self._paper(connection, document)
            row = (task, self.person, paper.key, unit)
            before = present(connection, "assignment", row)
            if before is None:
                raise ProjectError(
                    f"unit {unit} of {document!r} is no part of your task {task!r}",
                    cure="Open the task again.",
                )
            one = next(one for one in paper.units if one.number == unit)
            span = (one.start, one.end)
            edits = [Edit("assignment", row, before, {**before, "done": now})]
            edits += self._exactly(connection, paper, span, codes, now)
            return self._act(connection, edits, "judge", document, now)

    def settle(self, document: str, unit: int, codes: Sequence[str], note: str, *, now: str) -> Act:
        """Say what holds where coders differ; the desk of `SETTLED` keeps it, with a note."""
        with self.project.alone() as connection:
            paper = self._paper(connection, document)
            one = next((one for one in paper.units if one.number == unit), None)
            if one is None:
                raise ProjectError(f"{document!r} has no unit {unit}", cure="Choose another.")
            span = (one.start, one.end)
            edits = Desk(self.project, SETTLED)._exactly(connection, paper, span, codes, now)
            key = (f"unit:{document}:{unit}", self.person)
            before = present(connection, "memo", key)
            # The note is also what says that a unit was settled with no code at all.
            edits.append(Edit("memo", key, before, {"text": note or "—", "at": now}))
            return self._act(connection, edits, "settle", document, now)

    def _exactly(
        self,
        connection: Connection,
        paper: "_Paper",
        span: Span,
        codes: Sequence[str],
        now: str,
    ) -> list[Edit]:
        """Edits after which this person's codings of a span have these codes and no others."""
        table = schema.coding
        had = connection.execute(
            select(table.c.code).where(
                table.c.document == paper.key,
                table.c.coder == self.person,
                table.c.start == span[0],
                table.c.end == span[1],
            )
        ).scalars()
        there = set(had)
        wanted = dict.fromkeys(codes)
        gone = [self._removed(connection, paper, span, one) for one in sorted(there - set(wanted))]
        return gone + [
            self._added(connection, paper, span, one, now) for one in wanted if one not in there
        ]

    # -- back and forth ------------------------------------------------------------

    def undo(self, *, now: str) -> Act | None:
        """Take back the last act that holds; None when there is none."""
        with self.project.alone() as connection:
            last = last_done(connection, self.person)
            return None if last is None else self._again(connection, last, "undo", now)

    def redo(self, *, now: str) -> Act | None:
        """Do again what was taken back last; None when there is nothing."""
        with self.project.alone() as connection:
            last = last_undone(connection, self.person)
            return None if last is None else self._again(connection, last, "redo", now)

    def _again(
        self, connection: Connection, id: int, kind: Literal["undo", "redo"], now: str
    ) -> Act:
        act = act_of(connection, id)
        edits = [one.back for one in reversed(act.edits)] if kind == "undo" else list(act.edits)
        return perform(
            connection,
            edits,
            person=self.person,
            verb=act.verb,
            document=act.document,
            at=now,
            kind=kind,
            of=id,
            name=self.project.name,
        )

    # -- edits -----------------------------------------------------------------------

    def _act(
        self, connection: Connection, edits: Sequence[Edit], verb: str, document: str, now: str
    ) -> Act:
        return perform(
            connection,
            edits,
            person=self.person,
            verb=verb,
            document=document,
            at=now,
            name=self.project.name,
        )

    def _moved(
        self,
        document: str,
        spans: Sequence[Span],
        code: str,
        to_spans: Sequence[Span],
        to: str,
        verb: str,
        now: str,
    ) -> Act:
        with self.project.alone() as connection:
            paper = self._paper(connection, document)
            edits = [self._removed(connection, paper, span, code) for span in spans]
            gone = {(*span, code) for span in spans}
            for span in to_spans:
                if (*span, to) in gone:
                    raise ProjectError("nothing would change", cure="Choose another span or code.")
                edits.append(self._added(connection, paper, span, to, now))
            return self._act(connection, edits, verb, document, now)

    def _added(
        self, connection: Connection, paper: "_Paper", span: Span, code: str, now: str
    ) -> Edit:
        start, end = span
        if not 0 <= start < end <= paper.length:
            raise ProjectError(
                f"{start}–{end} is no span of {paper.document!r}, which has {paper.length:,} "
                "characters",
                file=self.project.name,
                cure="Select the text again.",
            )
        if code not in _paths(self._codebook(connection)):
            raise ProjectError(
                f"the codebook has no code {code!r}",
                file=self.project.name,
                cure="Choose one of its codes.",
            )
        key = (paper.key, self.person, start, end, code)
        if present(connection, "coding", key) is not None:
            raise ProjectError(
                f"you have coded {start}–{end} with {code} already", cure="Nothing needs doing."
            )
        row = {"unit": seat_of(paper.units, start, end), "evidence": "[]", "made": now}
        return Edit("coding", key, None, row)

    def _removed(self, connection: Connection, paper: "_Paper", span: Span, code: str) -> Edit:
        key = (paper.key, self.person, *span, code)
        before = present(connection, "coding", key)
        if before is None:
            raise ProjectError(
                f"you have no coding {code} at {span[0]}–{span[1]} of {paper.document!r}",
                file=self.project.name,
                cure="It may have been taken off in another tab: load the page again.",
            )
        return Edit("coding", key, before, None)

    def _judged(
        self, connection: Connection, paper: "_Paper", verdict: Verdict, now: str
    ) -> list[Edit]:
        span, code = (verdict.start, verdict.end), verdict.code
        key = (paper.key, *span, code, self.person)
        row = {
            "verdict": verdict.verdict,
            "reason": verdict.reason,
            "coder": verdict.coder,
            "at": now,
        }
        edits = [Edit("verdict", key, present(connection, "verdict", key), row)]
        mine = (paper.key, self.person, *span, code)
        before = present(connection, "coding", mine)
        if verdict.verdict == "accepted" and before is None:
            edits.append(self._added(connection, paper, span, code, now))
        if verdict.verdict == "rejected":
            if before is not None:
                edits.append(Edit("coding", mine, before, None))
            if verdict.instead is not None:
                start, end, other = verdict.instead
                taken = (paper.key, self.person, start, end, other)
                if taken == mine or present(connection, "coding", taken) is None:
                    edits.append(self._added(connection, paper, (start, end), other, now))
        return edits

    def _paper(self, connection: Connection, document: str) -> "_Paper":
        table, unit = schema.document, schema.unit
        found = connection.execute(
            select(table.c.key, table.c.text).where(table.c.id == document)
        ).first()
        if found is None:
            raise ProjectError(
                f"has no document {document!r}", file=self.project.name, cure="Choose another."
            )
        rows = connection.execute(
            select(*(unit.c[name] for name in Unit._fields))
            .where(unit.c.document == found.key)
            .order_by(unit.c.number)
        )
        return _Paper(document, found.key, len(found.text), tuple(Unit(*row) for row in rows))

    def _codebook(self, connection: Connection) -> str:
        table = schema.codebook
        text = connection.execute(
            select(table.c.text).order_by(table.c.used.desc(), table.c.id.desc()).limit(1)
        ).scalar()
        if text is None:
            raise ProjectError(
                "holds no codebook", file=self.project.name, cure="Code it with rules first."
            )
        return str(text)


class _Paper(NamedTuple):
    """A document as its coder needs it."""

    document: str
    key: int
    length: int
    units: tuple[Unit, ...]


@lru_cache(maxsize=8)
def _paths(codebook: str) -> frozenset[str]:
    return frozenset(code.path for code in parse_codebook(codebook, file="codebook").codes)


def verdicts(project: Project, document: str, *, person: str) -> dict[tuple[int, int, str], str]:
    """What a person thinks of the proposals in a document: (start, end, code) → verdict."""
    table, paper = schema.verdict, schema.document
    rows = project.rows(
        select(table.c.start, table.c.end, table.c.code, table.c.verdict)
        .join(paper, paper.c.key == table.c.document)
        .where(paper.c.id == document, table.c.person == person)
    )
    return {(start, end, code): verdict for start, end, code, verdict in rows}


def rejected_by_people(project: Project, code: str, *, most: int) -> list[str]:
    """Sentences from which people took a proposed code, the last first: near misses to be."""
    table, paper = schema.verdict, schema.document
    rows = project.rows(
        select(paper.c.text, table.c.start, table.c.end)
        .join(paper, paper.c.key == table.c.document)
        .where(table.c.code == code, table.c.verdict == "rejected")
        .order_by(table.c.at.desc())
        .limit(most)
    )
    return list(dict.fromkeys(text[start:end] for text, start, end in rows))


def added_by_people(project: Project, code: str, *, most: int) -> list[str]:
    """What people coded so and no rules did, the last first: examples to be."""
    table, paper = schema.coding, schema.document
    rules = table.alias("rules")
    by_rules = select(rules.c.id).where(
        rules.c.document == table.c.document,
        rules.c.code == table.c.code,
        rules.c.start < table.c.end,
        rules.c.end > table.c.start,
        rules.c.coder.like("rules:%"),
    )
    rows = project.rows(
        select(paper.c.text, table.c.start, table.c.end)
        .join(paper, paper.c.key == table.c.document)
        .where(table.c.code == code, table.c.coder.not_like("rules:%"), ~by_rules.exists())
        .order_by(table.c.id.desc())
        .limit(most)
    )
    return list(dict.fromkeys(text[start:end] for text, start, end in rows))


class Task(NamedTuple):
    """One unit somebody is to code; `done` is when it was, or nothing."""

    task: str
    person: str
    document: str
    unit: int
    done: str


def tasks(project: Project, *, person: str | None = None) -> list[Task]:
    """What people are to code, by task and in its order; of one person, or of all."""
    table, paper = schema.assignment, schema.document
    query = (
        select(table.c.task, table.c.person, paper.c.id, table.c.unit, table.c.done)
        .join(paper, paper.c.key == table.c.document)
        .order_by(table.c.task, table.c.person, table.c.position)
    )
    if person is not None:
        query = query.where(table.c.person == person)
    return [Task(*row) for row in project.rows(query)]


def blind_to(project: Project, person: str) -> set[str]:
    """Whose codings this person must not see yet: they share a task not all have finished."""
    every = tasks(project)
    unfinished = {one.task for one in every if not one.done}
    mine = {one.task for one in every if one.person == person}
    return {one.person for one in every if one.task in unfinished & mine} - {person}


def decided(project: Project, *, person: str) -> dict[tuple[str, int, int, str], str]:
    """What a person has decided in all documents: (document, start, end, code) → verdict."""
    table, paper = schema.verdict, schema.document
    rows = project.rows(
        select(paper.c.id, table.c.start, table.c.end, table.c.code, table.c.verdict)
        .join(paper, paper.c.key == table.c.document)
        .where(table.c.person == person)
    )
    return {tuple(key): verdict for *key, verdict in rows}


def memos(project: Project) -> list[tuple[str, str, str, str]]:
    """Every memo: about, person, text, at."""
    table = schema.memo
    columns = (table.c[name] for name in ("about", "person", "text", "at"))
    return [tuple(row) for row in project.rows(select(*columns).order_by(table.c.at))]


def history(project: Project, *, most: int | None = None) -> tuple[list[Act], set[int]]:
    """Every act, the newest first (the `most` newest), and the numbers of those that hold."""
    table = schema.act
    rows = project.rows(select(*(table.c[n] for n in Act._fields)).order_by(table.c.id))
    acts = [unpacked(row) for row in rows]
    newest = acts[::-1]
    return newest[:most] if most else newest, effective(acts)


def told(act: Act, titles: Mapping[int, str]) -> dict[str, Any]:
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


def history_lines(project: Project) -> str:
    """The whole history as JSON lines, the oldest first."""
    table = schema.document
    titles = {key: id for key, id in project.rows(select(table.c.key, table.c.id))}
    acts, _ = history(project)
    return "".join(
        json.dumps(told(act, titles), ensure_ascii=False) + "\n" for act in reversed(acts)
    )
