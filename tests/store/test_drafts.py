"""A draft of a codebook outlives the browser, with every step of it."""

import pytest
from sqlalchemy import select

from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.drafts import DraftStep, KeptDraft, keep_draft, kept_draft

STEPS = tuple(DraftStep(f"codebook: {n}", {"a": f"b{n}"}) for n in range(4))


def test_a_draft_comes_back_with_its_steps_and_where_it_stands(project):
    draft = KeptDraft("base", STEPS, 2)
    keep_draft(project, "small", "林一", draft, instead_of=None)
    assert kept_draft(project, "small", "林一") == draft
    assert kept_draft(project, "small", "周二") is None
    assert kept_draft(project, "other", "林一") is None
    keep_draft(project, "small", "林一", None, instead_of=draft)
    assert kept_draft(project, "small", "林一") is None


def test_a_step_taken_back_and_another_made_leaves_no_trace_of_the_first(project):
    first = KeptDraft("base", STEPS, 3)
    keep_draft(project, "small", "林一", first, instead_of=None)
    other = KeptDraft("base", (*STEPS[:2], DraftStep("codebook: x", {})), 2)
    keep_draft(project, "small", "林一", other, instead_of=first)
    assert kept_draft(project, "small", "林一") == other
    assert len(project.rows(select(schema.draft.c.number))) == 3


def test_a_draft_is_no_act_and_changes_nothing_the_pages_keep(project):
    before = project.change_token()
    keep_draft(project, "small", "林一", KeptDraft("base", STEPS, 0), instead_of=None)
    assert project.change_token() == before
    assert project.rows(select(schema.act.c.id)) == []


def test_what_another_window_has_drafted_meanwhile_is_not_written_over(project):
    first, other = KeptDraft("base", STEPS[:2], 1), KeptDraft("base", STEPS[:3], 2)
    keep_draft(project, "small", "林一", first, instead_of=None)
    with pytest.raises(ProjectError, match="another window"):
        keep_draft(project, "small", "林一", other, instead_of=None)
    assert kept_draft(project, "small", "林一") == first
