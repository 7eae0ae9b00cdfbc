"""A person's desk: code, review and note, and take any of it back.

Each method is one act: all of it is kept or nothing, it can be undone, and it stands
in the history with who did it and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select

from wenma.errors import ProjectError
from wenma.records import MIXED, RULES, SETTLED, by_rules
from wenma.store import schema
from wenma.store.attribute_edits import (
    Case,
    Correction,
    case_edits,
    case_removed,
    correction_edits,
)
from wenma.store.document_edits import (
    LONGEST_MEMO,
    DocumentEdits,
    Span,
    Verdict,
    document_edits,
    document_key,
)
from wenma.store.edit_log import (
    Act,
    Edit,
    act_of,
    last_done,
    last_undone,
    moved_since,
    perform,
    stale,
)
from wenma.store.keyed_rows import present_row, present_rows
from wenma.store.project import Project

LONGEST_NAME = 60
"""Characters of a person's name."""


class Settlement(NamedTuple):
    """The codes that hold for a unit; none is an answer too."""

    document: str
    unit: int
    codes: Sequence[str]


def checked_name(person: str) -> str:
    """The name, when it can be a person's; `ProjectError` when it cannot."""
    if not person.strip() or person != person.strip():
        raise ProjectError(
            "a coder has no name", cure="Write your name first.", zh="没有姓名。请先写下姓名。"
        )
    if by_rules(person) or person in (SETTLED, *MIXED) or not person.isprintable():
        raise ProjectError(
            f"{person!r} is no person's name",
            cure=f"{RULES}… are rules, {SETTLED} is what was settled, {' and '.join(MIXED)} are"
            " rules and people together; write another.",
            zh=f"{person!r} 不能作姓名：{RULES}… 是规则，{SETTLED} 是定稿，"
            f"{'、'.join(MIXED)} 是规则与人工合计。请另写一个。",
        )
    if len(person) > LONGEST_NAME:
        raise ProjectError(
            f"a name has at most {LONGEST_NAME} characters",
            cure="Shorten it.",
            zh=f"姓名至多 {LONGEST_NAME} 字，请缩短。",
        )
    return person


def _only(edited: Sequence[Case | Correction]) -> str:
    """The document all of these are in; "" when there are several."""
    documents = {one.document for one in edited}
    return documents.pop() if len(documents) == 1 else ""


@dataclass(frozen=True)
class CodingSession:
    """Where one person works on a project. `now` is an ISO time everywhere."""

    project: Project
    person: str

    def __post_init__(self) -> None:
        checked_name(self.person)

    # -- coding ----------------------------------------------------------------

    def code(self, document: str, start: int, end: int, code: str, *, now: str) -> Act:
        """Set a code on a span."""
        with self.project.exclusive() as connection:
            edit = self._sheet(connection, document).added(self.person, (start, end), code, now)
            return self._act(connection, [edit], "code", document, now)

    def uncode(self, document: str, start: int, end: int, code: str, *, now: str) -> Act:
        """Take one's own code off a span."""
        with self.project.exclusive() as connection:
            edit = self._sheet(connection, document).removed(self.person, (start, end), code)
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
                f"{start}–{end} cannot be split at {at}",
                cure="Choose a place inside the span.",
                zh=f"{start}–{end} 不能在 {at} 处拆分。请选其中的一处。",
            )
        halves = [(start, at), (at, end)]
        return self._moved(document, [(start, end)], code, halves, code, "split", now)

    def merge(self, document: str, spans: Sequence[Span], code: str, *, now: str) -> Act:
        """One coding from the first character of several to the last."""
        if len(set(spans)) < 2:
            raise ProjectError(
                "one span alone cannot be merged",
                cure="Choose two or more.",
                zh="只有一处，不能合并。请选两处以上。",
            )
        whole = (min(start for start, _ in spans), max(end for _, end in spans))
        return self._moved(document, list(dict.fromkeys(spans)), code, [whole], code, "merge", now)

    # -- review and memos ----------------------------------------------------------

    def decide(self, verdicts: Sequence[Verdict], *, now: str) -> Act:
        """Judge proposals, one or many at once."""
        if not verdicts:
            raise ProjectError(
                "there is nothing to decide on",
                cure="Choose a proposal.",
                zh="没有可复核的编码。请选一处。",
            )
        by_document: dict[str, list[Verdict]] = {}
        for verdict in verdicts:
            by_document.setdefault(verdict.document, []).append(verdict)
        with self.project.exclusive() as connection:
            edits: list[Edit] = []
            for document, some in by_document.items():
                edits += self._sheet(connection, document).judged(self.person, some, now)
            verbs = {verdict.verdict for verdict in verdicts}
            verb = "accept" if verbs == {"accepted"} else "reject" if len(verbs) == 1 else "decide"
            where = verdicts[0].document if len(by_document) == 1 else ""
            return self._act(connection, edits, verb, where, now)

    def note(self, about: str, text: str, *, now: str) -> Act:
        """Write a memo about the project, a document, a code or a coding; empty takes it away."""
        if len(text) > LONGEST_MEMO:
            raise ProjectError(
                f"a memo has at most {LONGEST_MEMO:,} characters",
                cure="Keep it in a file.",
                zh=f"备忘至多 {LONGEST_MEMO:,} 字，更长的请存为文件。",
            )
        if about.partition(":")[0] not in ("project", "document", "code", "coding"):
            raise ProjectError(
                f"{about!r} can have no memo",
                cure="Name a document or a code.",
                zh=f"{about!r} 不能加备忘。请选文件或编码。",
            )
        with self.project.exclusive() as connection:
            key = (about, self.person)
            before = present_row(connection, "memo", key)
            after = {"text": text, "at": now} if text.strip() else None
            if before is None and after is None:
                raise ProjectError(
                    "the memo is empty", cure="Write something.", zh="备忘是空的，请写些什么。"
                )
            edits = [Edit("memo", key, before, after)]
            document = about.partition(":")[2] if about.startswith("document:") else ""
            return self._act(connection, edits, "note", document, now)

    # -- attributes and cases ---------------------------------------------------------

    def correct(self, document: str, name: str, value: str, *, now: str) -> Act:
        """Say what an attribute of a document is; "" says that it has none.

        The correction stays when the manifest is read again, until this says something new.
        """
        return self.correct_all([Correction(document, name, value)], now=now)

    def correct_all(self, corrections: Sequence[Correction], *, now: str) -> Act:
        """Correct several attributes, of several documents, in one act: all of them or none."""
        with self.project.exclusive() as connection:
            edits = correction_edits(connection, corrections, project=self.project.name)
            return self._act(connection, edits, "correct", _only(corrections), now)

    def set_case(
        self, document: str, start: int, end: int, attribute: str, value: str, *, now: str
    ) -> Act:
        """Say that a stretch of a document belongs to another value than the document itself."""
        return self.set_cases([Case(document, start, end, attribute, value)], now=now)

    def set_cases(self, cases: Sequence[Case], *, now: str, origin: str = "") -> Act:
        """Say so of many stretches in one act; `origin` is the rule that found them."""
        with self.project.exclusive() as connection:
            edits = case_edits(
                connection, cases, origin or self.person, now, project=self.project.name
            )
            return self._act(connection, edits, "set_case", _only(cases), now)

    def remove_case(self, document: str, start: int, end: int, attribute: str, *, now: str) -> Act:
        """Let a stretch belong to what its document belongs to again."""
        return self.remove_cases([Case(document, start, end, attribute, "")], now=now)

    def remove_cases(self, cases: Sequence[Case], *, now: str) -> Act:
        """Let many stretches belong to what their documents belong to again, in one act."""
        name = self.project.name
        with self.project.exclusive() as connection:
            keys = [
                (
                    document_key(connection, one.document, project=name)[0],
                    one.start,
                    one.end,
                    one.attribute,
                )
                for one in cases
            ]
            edits = [case_removed(connection, key, project=name) for key in keys]
            return self._act(connection, edits, "remove_case", _only(cases), now)

    # -- tasks -----------------------------------------------------------------------

    def assign(
        self,
        task: str,
        people: Sequence[str],
        units: Sequence[tuple[str, int]],
        *,
        now: str,
        chances: Sequence[float] = (),
    ) -> Act:
        """Give each of these people the same units to code, in this order, blind to each other.

        `chances` are the probabilities with which the units were drawn, where they are known.
        """
        if not task.strip() or len(task) > LONGEST_NAME or not task.isprintable():
            raise ProjectError(
                "the task has no good name",
                cure="Name it in a few words.",
                zh=f"任务名不合用。请用不超过 {LONGEST_NAME} 字的名称。",
            )
        if not units or not people:
            raise ProjectError(
                "a task needs units and people",
                cure="Name both.",
                zh="任务要有单元和人，缺一不可。",
            )
        for person in people:
            checked_name(person)
        with self.project.exclusive() as connection:
            taken = select(schema.assignment.c.task).where(schema.assignment.c.task == task)
            if connection.execute(taken.limit(1)).first():
                raise ProjectError(
                    f"there is a task {task!r} already",
                    cure="Choose another name.",
                    zh=f"已有任务“{task}”，请另取一个名称。",
                )
            keys = {
                one: self._sheet(connection, one).key
                for one in dict.fromkeys(document for document, _ in units)
            }
            edits = [
                Edit(
                    "assignment",
                    (task, person, keys[document], unit),
                    None,
                    {"position": position, "done": ""}
                    | ({"chance": float(chances[position])} if chances else {}),
                )
                for person in dict.fromkeys(people)
                for position, (document, unit) in enumerate(units)
            ]
            return self._act(connection, edits, "assign", "", now)

    def judge(self, task: str, document: str, unit: int, codes: Sequence[str], *, now: str) -> Act:
        """Code one unit of a task with exactly these codes (none is an answer too)."""
        with self.project.exclusive() as connection:
            paper = self._sheet(connection, document)
            row = (task, self.person, paper.key, unit)
            before = present_row(connection, "assignment", row)
            if before is None:
                raise ProjectError(
                    f"unit {unit} of {document!r} is no part of your task {task!r}",
                    cure="Open the task again.",
                    zh=f"“{document}”的第 {unit} 个单元不在您的任务“{task}”中。请重新打开任务。",
                )
            one = paper.unit(unit)
            edits = [Edit("assignment", row, before, {**before, "done": now})]
            edits += paper.exactly(self.person, {(one.start, one.end): codes}, now)
            return self._act(connection, edits, "judge", document, now)

    def settle(self, units: Sequence[Settlement], note: str, *, now: str) -> Act:
        """Say what holds where coders differ, or that what they agree on does; one unit or many.

        Kept as the codings of `SETTLED`, with a note for each unit.
        """
        if not units:
            raise ProjectError(
                "there is nothing to settle",
                cure="Choose a unit.",
                zh="没有可定稿的单元。请选一处。",
            )
        by_document: dict[str, dict[int, Sequence[str]]] = {}
        for one in units:
            by_document.setdefault(one.document, {})[one.unit] = one.codes
        edits: list[Edit] = []
        with self.project.exclusive() as connection:
            for document, codes in by_document.items():
                paper = self._sheet(connection, document)
                places = {unit: paper.unit(unit) for unit in codes}
                edits += paper.exactly(
                    SETTLED, {(p.start, p.end): codes[unit] for unit, p in places.items()}, now
                )
            keys = [
                (f"unit:{document}:{unit}", self.person)
                for document, codes in by_document.items()
                for unit in codes
            ]
            # The note is also what says that a unit was settled with no code at all.
            written = {"text": note or "—", "at": now}
            edits += [
                Edit("memo", key, before, written)
                for key, before in present_rows(connection, "memo", keys).items()
            ]
            where = units[0].document if len(by_document) == 1 else ""
            return self._act(connection, edits, "settle", where, now)

    # -- back and forth ------------------------------------------------------------

    def undo(self, *, now: str) -> Act | None:
        """Take back the last act that holds; None when there is none."""
        with self.project.exclusive() as connection:
            last = last_done(connection, self.person)
            return None if last is None else self._again(connection, last, "undo", now)

    def redo(self, *, now: str) -> Act | None:
        """Do again what was taken back last; None when there is nothing."""
        with self.project.exclusive() as connection:
            last = last_undone(connection, self.person)
            return None if last is None else self._again(connection, last, "redo", now)

    def next_back(self, way: Literal["undo", "redo"]) -> Act | None:
        """The act that would be taken back or done again next; None when there is none."""
        with self.project.exclusive() as connection:
            found = (last_done if way == "undo" else last_undone)(connection, self.person)
            return None if found is None else act_of(connection, found)

    def _again(
        self, connection: Connection, id: int, kind: Literal["undo", "redo"], now: str
    ) -> Act:
        act = act_of(connection, id)
        if (moved := moved_since(connection, act)) is not None:
            raise stale(moved, self.project.name)
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
        with self.project.exclusive() as connection:
            paper = self._sheet(connection, document)
            places = [(*span, code) for span in spans]
            wanted = [(*span, to) for span in to_spans]
            if set(places) == set(wanted):
                raise ProjectError(
                    "nothing would change",
                    cure="Choose another span or code.",
                    zh="什么也不会变。请另选一处或另一个编码。",
                )
            edits = [
                paper.removed(self.person, (start, end), code)
                for start, end, code in places
                if (start, end, code) not in wanted
            ]
            edits += [
                paper.added(self.person, (start, end), code, now)
                for start, end, code in wanted
                if (start, end, code) not in places
            ]
            edits += paper.followed(self.person, places, wanted, now)
            return self._act(connection, edits, verb, document, now)

    def _sheet(self, connection: Connection, document: str) -> DocumentEdits:
        return document_edits(connection, document, project=self.project.name)
