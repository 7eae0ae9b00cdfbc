"""The title a text bears: whole, where it is broken over lines, and nothing else."""

import pytest

from wenma.sources.outlines.own_title import ClueLine, own_title


def title_of(*lines: str) -> str:
    return own_title([ClueLine(text, f"line {n}", "title") for n, text in enumerate(lines, 1)])[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("甲市人民政府关于印发", "甲市防灾规划的通知"),
        ("国务院关于加快推进农业机械化", "和装备产业转型升级的指导意见"),
        ("国务院办公厅、农业部办公厅关于加强旧井", "调查和管理工作的通知"),
        ("甲省人民政府办公厅关于推行公示制度", "全过程记录制度", "审核制度的指导意见"),
        ("甲市防灾规划",),
        ("甲市国民经济和社会发展第十五个五年规划", "和二〇三五年远景目标纲要"),
        ("国务院关于暂停《甲条例", "实施办法》有关规定的决定"),
        ("甲市防灾规划（2026—2030年）（草案）",),
    ],
)
def test_a_title_broken_over_lines_is_whole(lines):
    assert title_of("首页", "云政发〔2026〕4号", *lines, "2026年5月21日") == "".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("首页", "当前位置：", "2026年5月21日"),
        ("各区人民政府：现将办法印发给你们。",),
        ("来源：甲市人民政府关于报告",),
        (),
        ("规" * 300 + "规划",),
    ],
)
def test_what_is_no_title_is_none(lines):
    assert title_of(*lines) == ""


def test_lines_above_that_are_another_thing_are_no_part():
    assert title_of("甲省要闻", "2026年政府工作报告") == "2026年政府工作报告"
    assert title_of("甲市人民政府", "甲市防灾规划") == "甲市防灾规划"


def test_a_later_heading_is_of_the_text():
    lines = [ClueLine("首页", "line 1", "title"), ClueLine("目标", "line 2", "heading")]
    assert own_title([*lines, ClueLine("实施方案", "line 3", "heading")]) == ("", "")
    assert own_title([ClueLine("实施方案", "line 1", "heading")]) == ("实施方案", "line 1")
