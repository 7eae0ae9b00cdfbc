"""A document under somebody's hand: the edits that code it, refused where they cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from sqlalchemy import Connection, func, select

from analysis.codebook.yaml_file import parse_codebook
from analysis.errors import ProjectError
from analysis.project import schema
from analysis.project.acts import Edit, present
from analysis.project.store import seat_of
from analysis.records import Unit

Judgement = Literal["accepted", "rejected"]
Span = tuple[int, int]


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
class Sheet:
    """A document inside a transaction: its length, its units, the codes there are."""

    connection: Connection
    project: str
    document: str
    key: int
    length: int
    units: tuple[Unit, ...]
    codes: frozenset[str]

    def unit(self, number: int) -> Unit:
        """The unit of that number; `ProjectError` when there is none."""
        found = next((one for one in self.units if one.number == number), None)
        if found is None:
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
        if present(self.connection, "coding", key) is not None:
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
        before = present(self.connection, "coding", key)
        if before is None:
            raise ProjectError(
                f"you have no coding {code} at {span[0]}–{span[1]} of {self.document!r}",
                file=self.project,
                cure="It may have been taken off in another tab: load the page again.",
                zh=f"“{self.document}”的 {span[0]}–{span[1]} 处没有您的编码“{code}”。"
                "或已在另一标签页取消，请刷新页面。",
            )
        return Edit("coding", key, before, None)

    def exactly(self, coder: str, span: Span, codes: Sequence[str], now: str) -> list[Edit]:
        """Edits after which this coder's codings of a span have these codes and no others."""
        table = schema.coding
        there = set(
            self.connection.execute(
                select(table.c.code).where(
                    table.c.document == self.key,
                    table.c.coder == coder,
                    table.c.start == span[0],
                    table.c.end == span[1],
                )
            ).scalars()
        )
        wanted = dict.fromkeys(codes)
        gone = [self.removed(coder, span, one) for one in sorted(there - set(wanted))]
        return gone + [self.added(coder, span, one, now) for one in wanted if one not in there]

    def judged(self, person: str, verdict: Verdict, now: str) -> list[Edit]:
        """Edits that keep a verdict, and what it makes of the person's own codings."""
        span, code = (verdict.start, verdict.end), verdict.code
        key = (self.key, *span, code, person)
        row = {
            "verdict": verdict.verdict,
            "reason": verdict.reason,
            "coder": verdict.coder,
            "at": now,
        }
        edits = [Edit("verdict", key, present(self.connection, "verdict", key), row)]
        mine = (self.key, person, *span, code)
        before = present(self.connection, "coding", mine)
        if verdict.verdict == "accepted" and before is None:
            edits.append(self.added(person, span, code, now))
        if verdict.verdict == "rejected":
            if before is not None:
                edits.append(Edit("coding", mine, before, None))
            if verdict.instead is not None:
                start, end, other = verdict.instead
                taken = (self.key, person, start, end, other)
                if taken == mine or present(self.connection, "coding", taken) is None:
                    edits.append(self.added(person, (start, end), other, now))
        return edits


def sheet(connection: Connection, document: str, *, project: str) -> Sheet:
    """The document as it is now; `ProjectError` when the project has none of that id."""
    table, unit, book = schema.document, schema.unit, schema.codebook
    found = connection.execute(
        select(table.c.key, func.length(table.c.text)).where(table.c.id == document)
    ).first()
    if found is None:
        raise ProjectError(
            f"has no document {document!r}",
            file=project,
            cure="Choose another.",
            zh=f"没有文件“{document}”，请另选。",
        )
    key, length = found
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
    return Sheet(connection, project, document, key, length, units, _paths(str(text)))


@lru_cache(maxsize=8)
def _paths(codebook: str) -> frozenset[str]:
    return frozenset(code.path for code in parse_codebook(codebook, file="codebook").codes)
