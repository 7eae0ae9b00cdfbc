"""What one person has begun to change in a codebook; theirs alone, and in no pack."""

from typing import TYPE_CHECKING

from wenma.store.drafts import DraftStep as DraftStep
from wenma.store.drafts import KeptDraft as KeptDraft
from wenma.store.drafts import keep_draft, kept_draft

if TYPE_CHECKING:
    from wenma.study.study import Study


def own_draft(study: "Study", codebook: str) -> KeptDraft | None:
    """What the person who asks has begun to change in a codebook; None for nothing."""
    return kept_draft(study.project, codebook, study.access.person)


def keep_own_draft(
    study: "Study", codebook: str, draft: KeptDraft | None, *, instead_of: KeptDraft | None
) -> None:
    """Keep the draft of the person who asks in the place of the one they knew; None is none.

    `ProjectError` when another is kept by now, from another window; role coder.
    """
    study.access.demand("coder")
    keep_draft(study.project, codebook, study.access.person, draft, instead_of=instead_of)
