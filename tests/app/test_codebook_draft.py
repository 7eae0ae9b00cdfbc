"""A codebook changed on the page: sentences from the review, rules tried, a new version."""

import shutil
from pathlib import Path

import pytest

from analysis.project.desk import Desk
from analysis.project.peoples_work import rejected_by_people
from analysis.project.sheet import Verdict
from analysis.project.store import Project
from tests.app.conftest import NOW

CODE = "stage/absorb"


@pytest.fixture
def mine(sample: Path, tmp_path: Path) -> Path:
    with Project.open(sample):
        return Path(shutil.copy(sample, tmp_path / "mine.db"))


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    return app.run()


def edited(app, old: str, new: str):
    area = app.text_area[0]
    assert old in area.value
    area.set_value(area.value.replace(old, new, 1))
    return app.run()


def test_a_changed_rule_is_tried_then_saved_as_a_new_version(opened, mine):
    app = opened("codebook", project=mine, code=CODE, change="yes")
    assert not app.exception
    with Project.open(mine) as project:
        old = project.codebooks()[-1]
    number = old.version.rpartition(".")[2]
    newer = f"{old.version.rpartition('.')[0]}.{int(number) + 1}"
    app = edited(app, f'version: "{old.version}"', f'version: "{newer}"')
    app = edited(app, "应急指挥, 指挥调度, ", "指挥调度, ")
    app = press(app, "试用于全部文件")
    tried = app.session_state["codebook tried"]
    assert tried.gone[CODE] >= 1 and not tried.added
    with Project.open(mine) as project:
        assert project.codebooks()[-1].version == old.version  # a trial writes nothing
    app = press(app, "存为新版本并重编")
    assert not app.exception
    with Project.open(mine) as project:
        assert project.codebooks()[-1].version == newer
        kept = project.coders()
    assert kept[old.coder] - kept[f"rules:resilience@{newer}"] == sum(tried.gone.values())


def test_a_draft_that_cannot_be_is_told_and_nothing_is_written(opened, mine):
    app = edited(opened("codebook", project=mine, code=CODE, change="yes"), "codes:", "cods:")
    app = press(app, "存为新版本并重编")
    assert not app.exception
    app = edited(
        opened("codebook", project=mine, code=CODE, change="yes"),
        "应急指挥, 指挥调度, ",
        "指挥调度, ",
    )
    app = press(app, "存为新版本并重编")  # the version is the same
    with Project.open(mine) as project:
        assert len(project.codebooks()) == 1


def test_what_was_rejected_is_offered_as_a_near_miss(opened, mine):
    with Project.open(mine) as project:
        document = project.document_ids()[0]
        one = next(c for c in project.codings(document) if c.code == CODE)
        verdict = Verdict(document, one.start, one.end, one.code, one.coder, "rejected")
        Desk(project, "林一").decide([verdict], now=NOW)
        (sentence,) = rejected_by_people(project, CODE, most=5)
        assert sentence == project.document(document).text[one.start : one.end]
    app = opened("codebook", project=mine, code=CODE, change="yes")
    offered = [table.value for table in app.dataframe if list(table.value) == ["sentence"]]
    assert [list(table["sentence"]) for table in offered] == [[sentence]]


def test_only_a_supervisor_saves(opened, mine, monkeypatch):
    from analysis.app import person

    roles = {"zhou@x": "coder"}
    monkeypatch.setattr(person, "_secrets", lambda: {"auth": {}, "wenma": {"roles": roles}})
    monkeypatch.setattr(person, "known", lambda: "zhou@x")
    app = edited(
        opened("codebook", project=mine, code=CODE, change="yes"),
        "应急指挥, 指挥调度, ",
        "指挥调度, ",
    )
    press(app, "存为新版本并重编")
    with Project.open(mine) as project:
        assert len(project.codebooks()) == 1
