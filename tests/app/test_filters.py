"""Any attribute filters and groups, on every page."""

from pathlib import Path

import pytest

from tests.app.conftest import coded_with, drawn_by_us
from tests.app.test_address import said


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents of a manifest with attributes of its own: a text, a number, a date."""
    folder = tmp_path_factory.mktemp("stated")
    for name in ("甲", "乙", "丙"):
        text = (
            f"一、任务\n加强预警。\n{'完善预案。' * ord(name) if name == '甲' else '开展演练。'}\n"
        )
        (folder / f"{name}.txt").write_text(text[:400], encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "path,title,city,period,区域,人口,印发日期\n"
        "甲.txt,甲规划,东市,十五五,沿海,120,2025-03\n"
        "乙.txt,乙规划,东市,十四五,内陆,87,2021-06\n"
        "丙.txt,丙规划,西市,十四五,内陆,9,2021-05\n",
        encoding="utf-8",
    )
    return coded_with("resilience", folder, folder / "stated.db")


def box(app, label):
    return next(one for one in app.multiselect if one.label == label)


def test_the_usual_attributes_stand_first_and_every_other_one_that_tells_documents_apart(
    opened, stated
):
    app = opened(project=stated)
    labels = [one.label for one in app.multiselect]
    usual = [one for one in labels if one in ("城市", "规划", "规划期")]
    assert labels[: len(usual)] == usual and {"城市", "规划期"} <= set(usual)
    assert set(labels) >= {"区域", "人口", "印发日期"}
    assert box(app, "人口").options == ["9", "87", "120"]  # as numbers sort
    assert box(app, "规划期").options == ["十四五", "十五五"]


def test_a_filter_on_any_attribute_narrows_every_page_and_stands_in_the_address(opened, stated):
    app = box(opened(project=stated), "区域").set_value(["内陆"]).run()
    assert app.metric[0].value == "2"
    assert said(app, "where.区域") == ["内陆"]
    for page in ("documents", "history", "overview"):
        app.session_state["step"] = (page, {})
        app = app.run()
        app = app.run()
        assert said(app, "where.区域") == ["内陆"]
    number = {"where.人口": "120"}
    assert opened(project=stated, **number).metric[0].value == "1"


def test_several_filters_must_all_be_passed_and_values_of_one_are_alternatives(opened, stated):
    assert opened(project=stated, city="东市", period="十四五").metric[0].value == "1"
    app = box(opened(project=stated), "城市").set_value(["东市", "西市"]).run()
    assert app.metric[0].value == "3"
    none = opened(project=stated, **{"city": "西市", "where.区域": "沿海"})
    assert not none.exception and "放宽筛选" in none.info[0].value


def test_what_a_filter_leaves_out_is_named_in_the_basis(opened, stated):
    app = opened("frequencies", project=stated, **{"where.区域": "内陆"})
    assert "区域=内陆" in drawn_by_us(app, "-notes")


def test_any_attribute_or_two_crossed_break_a_table_down(opened, stated):
    shown = opened("frequencies", project=stated, by="区域").dataframe[0].value
    assert set(shown["group"]) == {"沿海", "内陆"}
    crossed = opened("frequencies", project=stated, by="period", **{"and": "city"})
    assert not crossed.exception
    groups = list(dict.fromkeys(crossed.dataframe[0].value["group"]))
    assert groups == ["十四五 · 东市", "十四五 · 西市", "十五五 · 东市"]
    cities = opened("cities", project=stated, by="印发日期")
    assert not cities.exception and len(cities.dataframe[0].value) == 3


def test_a_group_of_any_attribute_stands_beside_another(opened, stated):
    app = opened("framework", project=stated, left="区域=沿海", right="人口=9")
    assert not app.exception and len(app.dataframe) == 2


def test_an_attribute_can_be_a_side_of_the_framework(opened, stated):
    app = opened("framework", project=stated, rows="区域", columns="stage")
    assert not app.exception
    (table,) = app.dataframe
    assert set(table.value["group"]) == {"沿海", "内陆"}


def test_a_door_leads_through_any_attribute(opened, stated):
    app = opened(project=stated, excerpts='{"where": {"区域": "沿海"}, "code": "stage"}')
    assert not app.exception
    assert "区域 沿海" in drawn_by_us(app, "excerpts-title")
