"""What is stated of a document is shown with its kind, corrected, and had back."""

import shutil
from pathlib import Path

import pytest

from tests.app.conftest import drawn_by_us
from wenma.study.study import Study

WHO = "林一"


@pytest.fixture
def mine(sample: Path, tmp_path: Path) -> Path:
    with Study.open(sample):
        return Path(shutil.copy(sample, tmp_path / "mine.db"))


def stated(file: Path, attribute: str) -> str:
    with Study.open(file) as study:
        frame = study.documents()
        return str(frame[attribute].iloc[0]) if attribute in frame else ""


def add(app, name: str, value: str):
    next(one for one in app.text_input if one.key == "new attribute name").set_value(name)
    next(one for one in app.text_input if one.key == "new attribute value").set_value(value)
    next(one for one in app.button if one.label == "加上属性").click()
    return app.run()


def editor(app):
    (table,) = [one.value for one in app.dataframe if "attribute" in one.value]
    return table.set_index("attribute")


def test_an_attribute_is_corrected_shown_with_its_kind_and_had_back(opened, mine):
    before = stated(mine, "city")
    app = opened("documents", project=mine, person=WHO)
    assert editor(app).loc["年份", "kind"] in ("数", "日期")
    assert editor(app).loc["城市", "value"] == before
    app = add(app, "city", "新市")
    assert not app.exception and stated(mine, "city") == "新市"
    assert editor(app).loc["城市", "value"] == "新市"
    assert "新市" in set(app.dataframe[0].value["city"])
    next(one for one in app.button if one.label == "撤销").click()
    app = app.run()
    assert stated(mine, "city") == before
    assert editor(app).loc["城市", "value"] == before


def test_a_new_attribute_filters_at_once_and_its_kind_is_found_out(opened, mine):
    app = add(opened("documents", project=mine, person=WHO), "人口", "120")
    assert editor(app).loc["人口", "kind"] == "数"
    assert any(one.label == "人口" for one in opened("frequencies", project=mine).multiselect) is (
        False
    )  # one value tells nothing apart
    with Study.open(mine) as study:
        other = study.document_ids()[1]
    add(opened("documents", project=mine, person=WHO, of=other), "人口", "87")
    assert any(one.label == "人口" for one in opened("frequencies", project=mine).multiselect)


def test_what_cannot_be_is_told_and_nothing_is_changed(opened, mine):
    app = add(opened("documents", project=mine, person=WHO), "year", "某年")
    assert not app.exception and "不是年份" in drawn_by_us(app, "attribute-fault")
    with Study.open(mine) as study:
        assert {one.verb for one in study.history()[0]} == {"run"}


def test_without_a_name_nothing_can_be_corrected(opened, mine):
    app = opened("documents", project=mine)
    assert next(one for one in app.button if one.label == "加上属性").disabled


def test_what_is_unstated_is_offered_with_its_ground_and_taken(opened, tmp_path):
    from tests.app.conftest import coded

    folder = tmp_path / "found"
    folder.mkdir()
    text = "昆山市应急体系规划\n（2026年2月7日印发）\n一、任务\n加强灾害监测预警。"
    (folder / "1.txt").write_text(text, encoding="utf-8")
    mine = coded(folder, tmp_path / "found.db")
    app = opened("documents", project=mine, person=WHO)
    (offered,) = [one for one in app.multiselect if one.label.startswith("空缺的属性")]
    assert any("昆山 ← 昆山市应急体系规划" in one for one in offered.options)
    next(one for one in app.button if one.label == "采纳所选").click()
    app = app.run()
    assert not app.exception and stated(mine, "city") == "昆山" and stated(mine, "year") == "2026"
    assert not [one for one in app.multiselect if one.label.startswith("空缺的属性")]
