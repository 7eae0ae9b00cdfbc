import pytest

from wenma.sources.numbered import Heading
from wenma.sources.roles import role_of, roles


def heading(title, family="item", level=1):
    return Heading(0, len(title), "一、", title, level, True, family)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("发展现状", "current_state"),
        ("2023年工作回顾", "current_state"),
        ("取得的成效", "current_state"),
        ("存在的主要问题", "problems"),
        ("面临的形势", "problems"),
        ("机遇和挑战", "problems"),
        ("指导思想", "goals"),
        ("基本原则", "goals"),
        ("总体要求", "goals"),
        ("发展目标", "goals"),
        ("主要任务", "tasks"),
        ("重大工程", "tasks"),
        ("构建现代化应急体系", "tasks"),
        ("健全社会保障体系", "tasks"),
        ("着力解决突出环境问题", "tasks"),
        ("提升安全保障能力，夯实发展基础", "tasks"),
        ("保障措施", "safeguards"),
        ("强化规划实施保障机制", "safeguards"),
        ("组织实施", "safeguards"),
        ("前言", "front_matter"),
        ("规划范围", "other"),
    ],
)
def test_the_words_of_a_heading_tell_its_role(title, role):
    assert role_of(heading(title), "other") == role


def test_a_section_without_words_of_its_own_plays_the_part_of_the_one_above():
    assert role_of(heading("聚焦稳增长，经济回升向好"), "current_state") == "current_state"
    assert role_of(heading("加强组织领导"), "safeguards") == "safeguards"
    assert role_of(heading("坚持人民至上"), "goals") == "goals"


def test_problems_stand_out_below_the_current_state_and_challenges_met_do_not():
    assert role_of(heading("存在问题与成因"), "current_state") == "problems"
    assert role_of(heading("直面困难挑战，经济回升向好"), "current_state") == "current_state"


def test_the_first_part_named_counts():
    assert role_of(heading("发展现状和面临形势"), "other") == "current_state"
    assert role_of(heading("主要目标和重点任务"), "other") == "goals"


def test_everything_below_an_appendix_is_appendix():
    assert role_of(heading("附件", family="appendix"), "other") == "appendix"
    assert role_of(heading("主要任务"), "appendix") == "appendix"


def test_a_silent_main_section_of_a_plan_after_its_goals_holds_tasks():
    headings = [heading("总体要求"), heading("绿色低碳循环"), heading("结语")]
    assert roles(headings, [-1, -1, -1], plan=True) == ["goals", "tasks", "other"]
    assert roles(headings, [-1, -1, -1], plan=False) == ["goals", "other", "other"]


def test_the_earlier_of_two_years_is_looked_back_on():
    headings = [heading("奋力完成2023年各项任务"), heading("全力实现2024年奋斗目标"),
                heading("着力推进产业立市", level=2)]  # fmt: skip
    assert roles(headings, [-1, -1, 1], plan=True) == ["current_state", "goals", "tasks"]


def test_below_goals_and_tasks_named_together_the_sections_hold_tasks():
    headings = [heading("2024年总体目标和重点任务"), heading("总体目标", level=2),
                heading("以绿色智造为主导，壮大工业", level=2)]  # fmt: skip
    assert roles(headings, [-1, 0, 0], plan=True) == ["goals", "goals", "tasks"]
