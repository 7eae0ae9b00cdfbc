"""What one person has before them: their tasks, verdicts and acts, and the memos they may read."""

from typing import TYPE_CHECKING, NamedTuple

from wenma.store.annotations import Task as Task
from wenma.store.annotations import (
    added_by_people,
    decided_proposals,
    memos,
    rejected_by_people,
    settled_codes,
    tasks,
)
from wenma.store.document_edits import memo_on as memo_on
from wenma.store.history import count_acts

if TYPE_CHECKING:
    from wenma.study.study import Study


class ProposalKey(NamedTuple):
    """A code that rules set on a span, by which a proposal is known in every version of them."""

    document: str
    start: int
    end: int
    code: str


class OfferedSentences(NamedTuple):
    """Sentences for a code of a codebook: what people rejected, and what they added."""

    near_misses: list[str]
    examples: list[str]


def own_tasks(study: "Study") -> list[Task]:
    """The units the person who asks is to code, by task and in its order, done or not."""
    return tasks(study.project, person=study.access.person)


def own_verdicts(study: "Study", document: str | None = None) -> dict[ProposalKey, str]:
    """What the person who asks thinks of proposals, in one document or in all."""
    found = decided_proposals(study.project, person=study.access.person, document=document)
    return {ProposalKey(*key): verdict for key, verdict in found.items()}


def own_acts(study: "Study") -> int:
    """How many acts the person who asks has done so far, those that take back among them."""
    return count_acts(study.project, study.access.person)


def seen_memos(study: "Study") -> dict[str, list[tuple[str, str]]]:
    """What a memo is about → each person who wrote one, and their words; none of hidden people."""
    found: dict[str, list[tuple[str, str]]] = {}
    for about, who, text, _ in memos(study.project):
        if who not in study.hidden:
            found.setdefault(about, []).append((who, text))
    return found


def settled(study: "Study") -> dict[tuple[str, int], list[str]]:
    """The codes that hold for each unit that was settled, by document and number of the unit."""
    return settled_codes(study.project)


def offered_sentences(study: "Study", code: str, *, most: int) -> OfferedSentences:
    """Sentences that may become near misses or examples of a code, the last first.

    Nothing of people who are hidden from whoever asks.
    """
    return OfferedSentences(
        rejected_by_people(study.project, code, most=most, hidden=study.hidden),
        added_by_people(study.project, code, most=most, hidden=study.hidden),
    )
