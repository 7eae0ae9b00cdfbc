"""A document under somebody's hand: the edits that code it, refused where they cannot be."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from sqlalchemy import Connection, func, select

from wenma.errors import ProjectError
from wenma.records import Unit
from wenma.store import schema
from wenma.store.edit_log import Edit
from wenma.store.keyed_rows import Key, Row, present_row, present_rows
from wenma.store.seating import seat_of

Decision = Literal["accepted", "rejected"]
Span = tuple[int, int]
Place = tuple[int, int, str]
"""A span and the code on it."""

LONGEST_MEMO = 100_000
"""Characters of a memo."""


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
    verdict: Decision
    reason: str = ""
    instead: Place | None = None


@dataclass(frozen=True)
class DocumentEdits:
    """A document inside a transaction: its length, its units, the codes there are."""

    connection: Connection
    project: str
    document: str
    key: int
    length: int
    units: tuple[Unit, ...]
    codes: frozenset[str]
    seen: dict[tuple[str, Key], Row] = field(default_factory=dict, compare=False)
    """Rows looked up at once for an act of many edits; nobody else writes meanwhile."""

    def unit(self, number: int) -> Unit:
        """The unit of that number; `ProjectError` when there is none."""
        at = bisect_left(self.units, number, key=lambda one: one.number)
        found = self.units[at] if at < len(self.units) else None
        if found is None or found.number != number:
            raise ProjectError(
                f"{self.document!r} has no unit {number}",
                cure="Choose another.",
                zh=f"“{self.document}”没有第 {number} 个单元，请另选。",
            )
        return found

    def added(self, coder: str, span: Span, code: str, now: str) -> Edit:
        """The edit that sets a code on a span."""
        start, end = span
        if not 0 <= start < end <= self.length:
            raise ProjectError(
                f"{start}–{end} is no span of {self.document!r}, which has {self.length:,} "
                "characters",
                file=self.project,
                cure="Select the text again.",
                zh=f"{start}–{end} 不在“{self.document}”之内（共 {self.length:,} 字）。"
                "请重新选取文字。",
            )
        if code not in self.codes:
            raise ProjectError(
                f"the codebook has no code {code!r}",
                file=self.project,
                cure="Choose one of its codes.",
                zh=f"编码本中没有编码“{code}”。请从现有编码中选。",
            )
        key = (self.key, coder, start, end, code)
        if self._now("coding", key) is not None:
            raise ProjectError(
                f"you have coded {start}–{end} with {code} already",
                cure="Nothing needs doing.",
                zh=f"您已将 {start}–{end} 编为“{code}”，无需再做。",
            )
        row = {"unit": seat_of(self.units, start, end), "evidence": "[]", "made": now}
        return Edit("coding", key, None, row)

    def removed(self, coder: str, span: Span, code: str) -> Edit:
        """The edit that takes a code off a span."""
        key = (self.key, coder, *span, code)
        before = self._now("coding", key)
        if before is None:
            raise ProjectError(
                f"you have no coding {code} at {span[0]}–{span[1]} of {self.document!r}",
                file=self.project,
                cure="It may have been taken off in another tab: load the page again.",
                zh=f"“{self.document}”的 {span[0]}–{span[1]} 处没有您的编码“{code}”。"
                "或已在另一标签页取消，请刷新页面。",
            )
        return Edit("coding", key, before, None)

    def exactly(self, coder: str, wanted: Mapping[Span, Sequence[str]], now: str) -> list[Edit]:
        """Edits after which this coder's codings of these spans have these codes, no others."""
        table = schema.coding
        there: dict[Span, set[str]] = {}
        of_coder = select(table.c.start, table.c.end, table.c.code).where(
            table.c.document == self.key, table.c.coder == coder
        )
        if len(wanted) == 1:
            ((start, end),) = wanted
            of_coder = of_coder.where(table.c.start == start, table.c.end == end)
        for start, end, code in self.connection.execute(of_coder):
            there.setdefault((start, end), set()).add(code)
        gone = [(s, one) for s in wanted for one in sorted(there.get(s, set()) - set(wanted[s]))]
        new = [
            (span, one)
            for span, codes in wanted.items()
            for one in dict.fromkeys(codes)
            if one not in there.get(span, ())
        ]
        self._look("coding", [(self.key, coder, *span, code) for span, code in (*gone, *new)])
        edits = [self.removed(coder, span, code) for span, code in gone]
        return edits + [self.added(coder, span, code, now) for span, code in new]

    def followed(
        self, person: str, places: Sequence[Place], to: Sequence[Place], now: str
    ) -> list[Edit]:
        """Edits after which a person's memos on codings are on those that took their place.

        Each has all of them, different texts one after the other, with what one had written
        there already. Memos of others stay: they are theirs to move.
        """
        keys = {place: (memo_on(self.document, place), person) for place in (*places, *to)}
        found = {place: present_row(self.connection, "memo", key) for place, key in keys.items()}
        moved = [(place, row) for place in places if (row := found[place]) is not None]
        if not moved:
            return []
        edits = [Edit("memo", keys[place], row, None) for place, row in moved if place not in to]
        for place in to:
            rows = [row for row in (found[place], *(row for _, row in moved)) if row is not None]
            texts = list(dict.fromkeys(row["text"] for row in rows))
            text = "\n\n".join(texts)
            if len(text) > LONGEST_MEMO:
                raise ProjectError(
                    f"the memos together have more than {LONGEST_MEMO:,} characters",
                    cure="Shorten one first.",
                    zh=f"几则备忘合起来超过 {LONGEST_MEMO:,} 字。请先删短一则。",
                )
            after = dict(rows[0]) if len(texts) == 1 else {"text": text, "at": now}
            if after != found[place]:
                edits.append(Edit("memo", keys[place], found[place], after))
        return edits

    def judged(self, person: str, verdicts: Sequence[Verdict], now: str) -> list[Edit]:
        """Edits that keep these verdicts, and what they make of the person's own codings."""
        spans = [(one.start, one.end, one.code) for one in verdicts]
        others = [one.instead for one in verdicts if one.instead is not None]
        self._look("verdict", [(self.key, *span, person) for span in spans])
        self._look("coding", [(self.key, person, *span) for span in (*spans, *others)])
        return [edit for one in verdicts for edit in self._judged(person, one, now)]

    def _judged(self, person: str, verdict: Verdict, now: str) -> list[Edit]:
        span, code = (verdict.start, verdict.end), verdict.code
        key = (self.key, *span, code, person)
        row = {
            "verdict": verdict.verdict,
            "reason": verdict.reason,
            "coder": verdict.coder,
            "at": now,
        }
        edits = [Edit("verdict", key, self._now("verdict", key), row)]
        mine = (self.key, person, *span, code)
        before = self._now("coding", mine)
        if verdict.verdict == "accepted" and before is None:
            edits.append(self.added(person, span, code, now))
        if verdict.verdict == "rejected":
            if before is not None:
                edits.append(Edit("coding", mine, before, None))
            if verdict.instead is not None:
                start, end, other = verdict.instead
                taken = (self.key, person, start, end, other)
                if taken == mine or self._now("coding", taken) is None:
                    edits.append(self.added(person, (start, end), other, now))
        return edits

    def _look(self, table: str, keys: Sequence[Key]) -> None:
        found = present_rows(self.connection, table, keys)
        self.seen.update({(table, key): row for key, row in found.items()})

    def _now(self, table: str, key: Key) -> Row:
        if (table, key) in self.seen:
            return self.seen[table, key]
        return present_row(self.connection, table, key)


def memo_on(document: str, place: Place) -> str:
    """What a memo on a coding is about: the code on the span, whoever set it.

    >>> memo_on("甲.txt", (7, 9, "stage/resist"))
    'coding:甲.txt:7:9:stage/resist'
    """
    start, end, code = place
    return f"coding:{document}:{start}:{end}:{code}"


def document_key(connection: Connection, document: str, *, project: str) -> tuple[int, int]:
    """Key of a document and length of its text; `ProjectError` when there is none of that id."""
    table, content = schema.document, schema.content
    length = select(table.c.key, func.length(content.c.text)).join(content)
    found = connection.execute(length.where(table.c.id == document)).first()
    if found is None:
        raise ProjectError(
            f"has no document {document!r}",
            file=project,
            cure="Choose another.",
            zh=f"没有文件“{document}”，请另选。",
        )
    return int(found[0]), int(found[1])


def document_edits(connection: Connection, document: str, *, project: str) -> DocumentEdits:
    """The document as it is now; `ProjectError` when the project has none of that id."""
    unit, book = schema.unit, schema.codebook
    key, length = document_key(connection, document, project=project)
    rows = connection.execute(
        select(*(unit.c[name] for name in Unit._fields))
        .where(unit.c.document == key)
        .order_by(unit.c.number)
    )
    latest = select(book.c.text).order_by(book.c.used.desc(), book.c.id.desc()).limit(1)
    text = connection.execute(latest).scalar()
    if text is None:
        raise ProjectError(
            "holds no codebook",
            file=project,
            cure="Code it with rules first.",
            zh="项目中没有编码本。请先用规则编码。",
        )
    units = tuple(Unit(*row) for row in rows)
    return DocumentEdits(connection, project, document, key, length, units, _paths(str(text)))


@lru_cache(maxsize=8)
def _paths(codebook: str) -> frozenset[str]:
    from wenma.codebook.yaml_file import parse_kept_codebook  # no question needs it

    return frozenset(code.path for code in parse_kept_codebook(codebook, file="codebook").codes)
