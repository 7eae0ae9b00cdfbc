"""Proposals are judged one at a time and many at once, under one's name, and taken back."""

import json
import shutil
from pathlib import Path

import pytest

from tests.app.conftest import NOW
from wenma.store.annotations import decided_proposals
from wenma.store.coding_session import CodingSession
from wenma.store.document_edits import Verdict
from wenma.store.history import history
from wenma.store.project import Project

WHO = "林一"
CODE = "stage/recover"


@pytest.fixture
def mine(sample: Path, tmp_path: Path) -> Path:
    """The sample, to be worked on."""
    with Project.open(sample):  # what was written last goes into the file itself
        return Path(shutil.copy(sample, tmp_path / "mine.db"))


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    return app.run()


def card(app) -> dict:
    """What the card of the proposal is given to draw."""
    found = app.get("bidi_component")
    several = [json.loads(one.proto.json) for one in found if one.proto.json]
    return next(one for one in several if one.get("form") == "review")


def had(file: Path) -> tuple[dict, list]:
    with Project.open(file) as project:
        known = decided_proposals(project, person=WHO)
        own = [one for id in project.document_ids() for one in project.codings(id, coder=WHO)]
    return known, own


def test_without_a_name_nothing_can_be_decided(opened, mine):
    app = opened("review", project=mine)
    assert any("请先写下姓名" in one.value for one in app.info)
    assert not app.button


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_all_the_filters_leave_are_decided_in_one_act(opened, mine, verdict):
    with Project.open(mine) as project:
        rows = [c for id in project.document_ids() for c in project.codings(id)]
        heading = {
            (id, one.number)
            for id in project.document_ids()
            for one in project.units(id)
            if one.kind == "heading"
        }
        every = {
            (c.document, c.start, c.end)
            for c in rows
            if c.code == "stance/commitment" and (c.document, c.unit) not in heading
        }
        first = next(c for c in rows if (c.document, c.start, c.end) in every)
        mark = Verdict(
            first.document, first.start, first.end, "stance/commitment", first.coder, "accepted"
        )
        CodingSession(project, WHO).decide([mark], now=NOW)
    app = opened("review", project=mine, person=WHO, reviewed="stance/commitment")
    left = len(every) - 1
    assert left > 40  # more than the page lists
    (tick,) = [one for one in app.checkbox if f"{left:,}" in one.label]
    app = tick.check().run()
    word = {"accepted": "接受", "rejected": "拒绝"}[verdict]
    assert f"{word} ({left:,})" in [one.label for one in app.button]
    app = press(app, f"{word} ({left:,})")
    known, own = had(mine)
    assert len(known) == len(every)
    assert list(known.values()).count(verdict) == left + (verdict == "accepted")
    assert len(own) == (len(every) if verdict == "accepted" else 1)
    assert card(app)["proposal"] is None and card(app)["acts"] == 2
    with Project.open(mine) as project:
        assert len([one for one in history(project)[0] if one.verb != "run"]) == 2


def test_the_proposal_shown_is_the_first_nobody_of_that_name_has_decided(opened, mine):
    for number in range(3):
        app = opened("review", project=mine, person=WHO, reviewed=CODE)
        assert not app.exception
        shown = card(app)["proposal"]
        key = tuple(shown[name] for name in ("document", "start", "end", "code"))
        assert key not in had(mine)[0]
        assert (key[3], card(app)["acts"], card(app)["person"]) == (CODE, number, WHO)
        (bar,) = app.get("progress")
        assert f"已复核 {number} /" in str(bar.proto)
        with Project.open(mine) as project:
            verdict = Verdict(*key, shown["coder"], "accepted")
            CodingSession(project, WHO).decide([verdict], now=NOW)


def test_the_history_page_tells_what_was_done(opened, mine):
    with Project.open(mine) as project:
        one = project.codings(project.document_ids()[0], coder=project.codebooks()[-1].coder)[0]
        desk = CodingSession(project, WHO)
        desk.code(one.document, one.start, one.end, one.code, now=NOW)
        desk.undo(now=NOW)
    shown = opened("history", project=mine).dataframe[0].value
    assert list(shown["what"]) == ["撤销：编码", "编码", "规则编码"]
    assert list(shown["taken_back"]) == [False, True, False]
