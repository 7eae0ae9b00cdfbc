"""Two people code the same units, neither seeing the other's work before both are done."""

import shutil
from pathlib import Path

import pytest

from tests.app.conftest import NOW
from wenma.store.annotations import added_by_people, blind_to, tasks
from wenma.store.coding_session import CodingSession
from wenma.store.history import history_lines
from wenma.store.project import Project

ONE, OTHER = "林一", "周二"


@pytest.fixture
def given(sample: Path, tmp_path: Path) -> Path:
    """The sample with a task of two units for two people."""
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path / "given.db"))
    with Project.open(file) as project:
        document = project.document_ids()[0]
        body = [one.number for one in project.units(document) if one.kind == "body"][:2]
        CodingSession(project, ONE).assign(
            "试", [ONE, OTHER], [(document, n) for n in body], now=NOW
        )
    return file


def save(app, *codes):
    for code in codes:
        dimension = code.partition("/")[0]
        box = next(one for one in app.multiselect if str(one.key).endswith(f" {dimension} zh"))
        box.set_value([code])
    app = app.run()
    next(one for one in app.button if one.label == "保存，下一处").click()
    return app.run()


def test_two_code_blind_and_then_see_each_other(opened, given):
    def coders(name):
        found = [one for one in opened("overview", project=given, person=name).selectbox]
        return next((one.options for one in found if one.label == "编码者"), [])

    app = save(opened("tasks", project=given, person=ONE), "stage/resist", "layer/actor")
    app = save(app)
    assert not app.exception and any("已完成" in one.value for one in app.success)
    with Project.open(given) as project:
        mine = tasks(project, person=ONE)
        codes = [one.code for one in project.codings(mine[0].document, coder=ONE)]
        assert all(one.done for one in mine) and sorted(codes) == ["layer/actor", "stage/resist"]
    assert ONE in coders(ONE)
    assert ONE not in coders(OTHER) and ONE not in coders("")
    app = save(opened("tasks", project=given, person=OTHER), "stage/resist")
    save(app)
    assert ONE in coders(OTHER) and {ONE, OTHER} <= set(coders(""))


def test_undo_brings_the_unit_back(opened, given):
    app = save(opened("tasks", project=given, person=ONE), "stage/resist")
    next(one for one in app.button if one.label == "撤销").click()
    app = app.run()
    with Project.open(given) as project:
        assert not any(one.done for one in tasks(project, person=ONE))
        assert ONE not in project.coders()


def write(app, **fields):
    for key, value in fields.items():
        next(one for one in app.text_input if one.key == f"new task{key}").set_value(value)
    return app.run()


def press_give(app):
    next(one for one in app.button if one.label == "分派编码任务").click()
    return app.run()


def test_a_task_is_given_on_the_page_and_stands_there_for_each(opened, given):
    app = opened("tasks", project=given, person="王三")
    assert any("没有编码任务" in one.value for one in app.info)
    assert next(one for one in app.button if one.label == "分派编码任务").disabled
    app.number_input[0].set_value(10)
    app = write(app, **{"": "再试", " people": "王三、周二"})
    assert any("占比不低于 26% 的编码" in one.value for one in app.caption)
    app = press_give(app)
    assert not app.exception
    with Project.open(given) as project:
        mine, others = (
            [(one.document, one.unit) for one in tasks(project, person=name) if one.task == "再试"]
            for name in ("王三", "周二")
        )
    assert mine == others and len(mine) == 10
    # One of that name there is already.
    app = write(app, **{"": "试", " people": "王三 周二"})
    press_give(app)
    with Project.open(given) as project:
        assert {one.task for one in tasks(project, person="王三")} == {"再试"}


def test_what_was_coded_there_before_is_not_lost(opened, given):
    with Project.open(given) as project:
        first = tasks(project, person=ONE)[0]
        unit = next(u for u in project.units(first.document) if u.number == first.unit)
        desk = CodingSession(project, ONE)
        desk.code(first.document, unit.start, unit.end, "stage/adapt", now=NOW)
    save(opened("tasks", project=given, person=ONE), "layer/actor")
    with Project.open(given) as project:
        codes = {one.code for one in project.codings(first.document, coder=ONE)}
    assert codes == {"stage/adapt", "layer/actor"}


def test_what_a_task_hides_is_in_no_file_either(opened, given):
    save(opened("tasks", project=given, person=ONE), "stage/resist")
    with Project.open(given) as project:
        assert blind_to(project, OTHER) == blind_to(project, "") - {OTHER} == {ONE}
        open_lines = history_lines(project)
        hidden_lines = history_lines(project, hidden=blind_to(project, OTHER))
        assert "stage/resist" in open_lines and "stage/resist" not in hidden_lines
        added = {"code": "stage/resist", "most": 9}
        assert added_by_people(project, **added, hidden={ONE}) == []


def test_the_form_says_what_interval_a_sample_will_give(opened):
    app = opened("tasks", person=ONE)
    next(one for one in app.toggle if "80" in one.label).set_value(True).run()
    assert not app.exception
    plan = app.dataframe[0].value
    assert set(plan["sample_size"]) == {80, 160, 320} and (plan["by_half"] > 0).all()
