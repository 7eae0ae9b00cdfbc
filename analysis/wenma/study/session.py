"""A person's acts on a study, each asked for its role, dated, and undone like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from wenma.records import Coding
from wenma.store.attribute_edits import Case, Correction, KeptCase
from wenma.store.coding_session import CodingSession
from wenma.store.coding_session import Settlement as Settlement
from wenma.store.document_edits import Decision as Decision
from wenma.store.document_edits import Place, Span
from wenma.store.document_edits import Verdict as Verdict
from wenma.store.edit_log import Act as Act
from wenma.study.access import AccessRole
from wenma.study.case_rules import FoundCase
from wenma.study.clock import now

if TYPE_CHECKING:
    from wenma.study.guessed import Offer
    from wenma.study.study import Study


SUPERVISED = ("assign", "settle", "correct", "set_case", "remove_case", "revise")
"""Acts that need a supervisor to take them back, as they needed one to be done."""


@dataclass(frozen=True, eq=False)
class Session:
    """Where one person works on a study; use it in a ``with`` block or keep it.

    Every act is kept whole or not at all, needs the role it says, can be taken back with `undo`,
    and stands in the history. Spans are code points of the document's text.
    """

    study: "Study"
    person: str
    _own: CodingSession = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", CodingSession(self.study.project, self.person))

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    # -- coding (role coder) ---------------------------------------------------

    def code(self, document: str, start: int, end: int, code: str) -> Act:
        """Set a code on a span."""
        return self._done("coder", "code", document, start, end, code)

    def uncode(self, document: str, start: int, end: int, code: str) -> Act:
        """Take one's own code off a span."""
        return self._done("coder", "uncode", document, start, end, code)

    def recode(self, document: str, start: int, end: int, code: str, to: str) -> Act:
        """Put another code on the same span."""
        return self._done("coder", "recode", document, start, end, code, to)

    def extend(
        self, document: str, start: int, end: int, code: str, to_start: int, to_end: int
    ) -> Act:
        """Move a code to another span."""
        return self._done("coder", "extend", document, start, end, code, to_start, to_end)

    def split(self, document: str, start: int, end: int, code: str, at: int) -> Act:
        """Make two codings of one, cut before the character `at`."""
        return self._done("coder", "split", document, start, end, code, at)

    def merge(self, document: str, spans: Sequence[Span], code: str) -> Act:
        """Make one coding of several."""
        return self._done("coder", "merge", document, spans, code)

    def accept(self, coding: Coding, reason: str = "") -> Act:
        """Accept a proposal: it becomes one's own coding too."""
        return self.decide([_verdict(coding, "accepted", reason)])

    def reject(self, coding: Coding, reason: str = "", *, instead: Place | None = None) -> Act:
        """Reject a proposal, giving the code and span that are right `instead` where there are."""
        return self.decide([_verdict(coding, "rejected", reason, instead)])

    def decide(self, verdicts: Sequence[Verdict]) -> Act:
        """Judge proposals, one or many at once."""
        return self._done("coder", "decide", verdicts)

    def note(self, about: str, text: str) -> Act:
        """Write a memo about the project, a document, a code or a coding; empty takes it away."""
        return self._done("coder", "note", about, text)

    def judge(self, task: str, document: str, unit: int, codes: Sequence[str]) -> Act:
        """Code one unit of a task with exactly these codes (none is an answer too)."""
        return self._done("coder", "judge", task, document, unit, codes)

    # -- what supervisors do ---------------------------------------------------

    def assign(
        self, task: str, people: Sequence[str], units: Sequence[tuple[str, int]], **chances: Any
    ) -> Act:
        """Give these people the same units to code, blind to each other."""
        return self._done("supervisor", "assign", task, people, units, **chances)

    def settle(self, units: Sequence[Settlement], note: str) -> Act:
        """Say what holds where coders differ."""
        return self._done("supervisor", "settle", units, note)

    def correct(self, document: str, name: str, value: str) -> Act:
        """Correct an attribute of a document; "" takes it away."""
        return self._done("supervisor", "correct", document, name, value)

    def correct_all(self, corrections: Sequence[tuple[str, str, str]]) -> Act:
        """Correct several attributes in one act: documents, names and values."""
        return self._done("supervisor", "correct_all", [Correction(*one) for one in corrections])

    def accept_guesses(self, offers: "Sequence[Offer]") -> Act:
        """Let documents state what was guessed (`Study.guesses`), in one act."""
        return self.correct_all(
            [(one.document, one.guess.attribute, one.guess.value) for one in offers]
        )

    def set_case(self, document: str, start: int, end: int, attribute: str, value: str) -> Act:
        """Let a passage belong to another value of an attribute than its document (a case)."""
        return self._done("supervisor", "set_case", document, start, end, attribute, value)

    def keep_cases(self, found: Sequence[FoundCase], *, origin: str) -> Act:
        """Keep the passages a rule found (`Study.find_cases`), in one act."""
        cases = [Case(*one[:5]) for one in found]
        return self._done("supervisor", "set_cases", cases, origin=origin)

    def remove_case(self, document: str, start: int, end: int, attribute: str) -> Act:
        """Let a passage belong where its document does again."""
        return self._done("supervisor", "remove_case", document, start, end, attribute)

    def remove_cases(self, kept: Sequence[KeptCase]) -> Act:
        """Let these passages (of `Study.cases`) belong where their documents do, in one act."""
        return self._done("supervisor", "remove_cases", [Case(*one[:5]) for one in kept])

    # -- back and forth --------------------------------------------------------

    def undo(self) -> Act | None:
        """Take back one's last act that holds; None when there is none."""
        return self._back("undo")

    def redo(self) -> Act | None:
        """Do again what one took back last; None when there is nothing."""
        return self._back("redo")

    def next_back(self, way: Literal["undo", "redo"]) -> Act | None:
        """The act that `undo` would take back, or `redo` do again; None for none."""
        self.study.access.demand("coder")
        return self._own.next_back(way)

    def _back(self, way: Literal["undo", "redo"]) -> Act | None:
        self.study.access.demand("coder")
        if (coming := self._own.next_back(way)) is not None and coming.verb in SUPERVISED:
            self.study.access.demand("supervisor")
        act: Act | None = getattr(self._own, way)(now=now())
        self.study.forget()
        return act

    def _done(self, least: AccessRole, verb: str, *given: Any, **named: Any) -> Act:
        self.study.access.demand(least)
        act: Act = getattr(self._own, verb)(*given, **named, now=now())
        self.study.forget()
        return act


def _verdict(
    coding: Coding, verdict: Decision, reason: str, instead: Place | None = None
) -> Verdict:
    return Verdict(
        coding.document, coding.start, coding.end, coding.code, coding.coder, verdict, reason,
        instead,
    )  # fmt: skip
