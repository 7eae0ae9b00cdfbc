"""Proposals are judged one at a time and many at once, under one's name, and taken back."""

import shutil
from pathlib import Path

import pytest
from wenma.store.annotations import decided_proposals
from wenma.store.coding_session import CodingSession
from wenma.store.history import history
from wenma.store.project import Project

from tests.app.conftest import NOW

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


def had(file: Path) -> tuple[dict, list]:
    with Project.open(file) as project:
        known = decided_proposals(project, person=WHO)
        own = [one for id in project.document_ids() for one in project.codings(id, coder=WHO)]
    return known, own


def test_without_a_name_nothing_can_be_decided(opened, mine):
    app = opened("review", project=mine)
    assert any("请先写下姓名" in one.value for one in app.info)
    assert not app.button


def test_accept_reject_change_and_undo(opened, mine):
    app = opened("review", project=mine, person=WHO, reviewed=CODE)
    assert not app.exception
    app = press(app, "接受")
    known, own = had(mine)
    assert list(known.values()) == ["accepted"]
    assert [(one.code, one.coder) for one in own] == [(CODE, WHO)]
    app.text_input(key="review reason").set_value("只是套语")
    app = press(app, "拒绝")
    known, own = had(mine)
    assert sorted(known.values()) == ["accepted", "rejected"] and len(own) == 1
    app.selectbox(key="review to").set_value("stage/adapt")
    app = press(app.run(), "改为")
    assert [one.code for one in had(mine)[1]] == [CODE, "stage/adapt"]
    with Project.open(mine) as project:
        acts, _ = history(project)
        reasons = [e.after["reason"] for act in acts for e in act.edits if e.table == "verdict"]
        assert reasons == ["", "只是套语", ""]
    for left in (1, 1, 0):
        app = press(app, "撤销")
        assert len(had(mine)[1]) == left
    assert had(mine) == ({}, [])


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_all_the_filters_leave_are_decided_in_one_act_and_taken_back_in_one(opened, mine, verdict):
    app = opened("review", project=mine, person=WHO, reviewed="stance/commitment")
    app = press(app, "接受")
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
        if c.code == "stance/commitment" and c.coder != WHO
        if (c.document, c.unit) not in heading
    }
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
    with Project.open(mine) as project:
        assert len(history(project)[0]) == 2
    app = press(app, "撤销")
    assert len(had(mine)[0]) == len(had(mine)[1]) == 1
    assert not any(one.value for one in app.checkbox)  # asked for anew, not by itself


def test_the_next_proposal_is_one_nobody_has_decided(opened, mine):
    app = opened("review", project=mine, person=WHO, reviewed=CODE)
    for number in range(1, 4):
        app = press(app, "接受")
        assert len(had(mine)[0]) == number
    (bar,) = app.get("progress")
    assert "已复核 3 /" in str(bar.proto)


def test_a_reader_may_not_decide_by_any_way(opened, mine, monkeypatch):
    """With sign-in set up, a role is needed; the buttons are not what keeps people out."""
    from wenma.app import person
    from wenma.errors import ProjectError

    roles = {"zhou@x": "coder", "Wang@x": "supervisor", "typo@x": "superviser", "lin@x": "reader"}
    monkeypatch.setattr(person, "_secrets", lambda: {"auth": {}, "wenma": {"roles": roles}})
    with Project.open(mine) as project:
        assert isinstance(person.desk(project, "zhou@x"), CodingSession)
        assert isinstance(person.desk(project, "wang@x", least="supervisor"), CodingSession)
        for name in ("lin@x", "typo@x", "other@x", "", "rules:resilience@1.5"):
            with pytest.raises(ProjectError, match="may read here, not code"):
                person.desk(project, name)
        with pytest.raises(ProjectError, match="may not settle"):
            person.desk(project, "zhou@x", least="supervisor")
    assert [person.role(name) for name in ("typo@x", "other@x", "")] == [None, None, None]
    roles["*"] = "reader"
    assert [person.role(name) for name in ("zhou@x", "other@x")] == ["coder", "reader"]
    assert person.role("") is None


def test_the_history_page_tells_what_was_done(opened, mine):
    with Project.open(mine) as project:
        one = project.codings(project.document_ids()[0], coder=project.codebooks()[-1].coder)[0]
        desk = CodingSession(project, WHO)
        desk.code(one.document, one.start, one.end, one.code, now=NOW)
        desk.undo(now=NOW)
    shown = opened("history", project=mine).dataframe[0].value
    assert list(shown["what"]) == ["撤销：编码", "编码"]
    assert list(shown["taken_back"]) == [False, True]


def test_where_people_sign_in_nobody_else_is_shown_anything(opened, mine, monkeypatch):
    from wenma.app import person

    monkeypatch.setattr(person, "_secrets", lambda: {"auth": {"client_id": "x"}})
    for page in ("overview", "reader", "export"):
        app = opened(page, project=mine, person=WHO)
        assert not app.exception
        assert [one.label for one in app.button] == ["登录"]
        assert [one.value for one in app.header] == ["文码"]
        assert not (app.dataframe or app.metric or app.selectbox)
