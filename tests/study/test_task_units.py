"""Agreement on a task is on its units: on others nobody was asked."""

import pytest

from tests.store.conftest import NOW, make_document
from wenma.errors import ProjectError
from wenma.store.coding_session import CodingSession
from wenma.study.study import Study
from wenma.study.task_units import on_tasks, on_units, shared_tasks

DOC, WARN, RESCUE = "甲.txt", "stage/resist", "stage/absorb"


@pytest.fixture
def twice(project, keep):
    """Two people coded unit 1 alike and unit 2 differently; 林 went on to a third alone."""
    keep(make_document(text="一、任务\n加强预警。\n储备物资。\n开展救援。\n其他工作。"))
    one, other = CodingSession(project, "林"), CodingSession(project, "周")
    one.assign("试", ["林", "周"], [(DOC, 1), (DOC, 2), (DOC, 3)], now=NOW)
    for desk, codes in ((one, [[WARN], [RESCUE], [RESCUE]]), (other, [[WARN], [WARN]])):
        for unit, given in enumerate(codes, start=1):
            desk.judge("试", DOC, unit, given, now=NOW)
    return project


def test_shared_are_the_units_everyone_has_done(twice):
    assert shared_tasks(twice, {"林", "周"}) == {"试": {(DOC, 1), (DOC, 2)}}
    assert shared_tasks(twice, {"林", "rules:small@1"}) == {"试": {(DOC, 1), (DOC, 2), (DOC, 3)}}
    assert shared_tasks(twice, {"林", "王"}) == {}


def test_agreement_is_counted_on_those_units_alone(twice):
    study = Study(twice)
    table = study.ask("agreement", coders=["周", "林"], task="试", resamples=0)
    row = table.frame.set_index("code").loc[WARN]
    assert (row["compared"], row["by_any"], row["by_all"]) == (2, 2, 1)
    assert row["agreed"] == 50
    usual = study.ask("agreement", coders=["周", "林"], resamples=0)  # of what they share
    assert usual.frame.equals(table.frame) and usual.basis["task"] == "试"
    assert any("2 units of the tasks" in note for note in usual.notes)
    whole = study.ask("agreement", coders=["周", "林"], task="", resamples=0)
    assert "task" not in whole.basis
    whole = whole.frame.set_index("code")
    assert whole.loc[WARN, "compared"] == 4  # all lines of the document


def test_who_coded_nothing_of_a_task_has_looked_and_found_nothing(twice):
    CodingSession(twice, "林").assign("空", ["林", "王"], [(DOC, 4)], now=NOW)
    for person, codes in (("林", [WARN]), ("王", [])):
        CodingSession(twice, person).judge("空", DOC, 4, codes, now=NOW)
    table = Study(twice).ask("agreement", coders=["林", "王"], task="空", resamples=0)
    row = table.frame.set_index("code").loc[WARN]
    assert (row["compared"], row["by_any"], row["by_all"]) == (1, 1, 0)


def test_a_task_they_do_not_share_is_told(twice):
    with pytest.raises(ProjectError, match="Tasks they share: 试") as error:
        Study(twice).ask("agreement", coders=["林", "周"], task="别的")
    assert "共有的任务：试" in error.value.said("zh")
    with pytest.raises(ProjectError):
        on_tasks(twice, Study(twice).dataset(), ["试"], ["林", "王"])


def test_a_dataset_on_units_keeps_nothing_else(twice):
    data = on_units(Study(twice).dataset(), {(DOC, 3)})
    assert set(data.details()["unit"]) == {3} and list(data.units["unit"]) == [3]


def test_how_the_units_of_a_task_were_drawn_stands_in_the_basis(twice):
    asked = {"coders": ["周", "林"]}
    study = Study(twice)
    basis = study.ask("overall_agreement", **asked).basis
    assert (basis["sampling"], basis["drawn"]) == ("units of tasks", "chances not kept")
    session = CodingSession(twice, "林")
    session.assign("抽", ["林", "周"], [(DOC, 1), (DOC, 3)], now=NOW, chances=[0.25, 0.5])
    for person in ("林", "周"):
        for unit in (1, 3):
            CodingSession(twice, person).judge("抽", DOC, unit, [WARN], now=NOW)
    assert Study(twice).ask("confusion_matrix", **asked, task="抽").basis["drawn"] == "0.25–0.5"
    whole = study.ask("overall_agreement", **asked, task="").basis
    assert "drawn" not in whole and whole["sampling"].startswith("all units")
