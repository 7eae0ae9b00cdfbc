import pytest

from wenma.sources.outlines.numbered import Heading
from wenma.sources.outlines.roles import role_of, roles


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


@pytest.mark.parametrize(
    ("title", "role"),
    [
        # What a title promises at its end is not yet achieved; its first words count.
        ("强化实施保障确保目标任务顺利实现", "safeguards"),
        ("加强资金保障，推动规划目标如期实现", "safeguards"),
        ("完善保障机制，保证规划顺利实现", "safeguards"),
        ("加快转型，努力取得更大成效", "tasks"),
        ("主要目标任务顺利实现", "current_state"),
        # A noun of doing before a noun is a name.
        ("规划依据", "other"),
        ("编制依据", "other"),
        ("编制目的", "other"),
        ("规划范围与期限", "other"),
        ("发展机遇", "problems"),
        ("发展机遇与挑战", "problems"),
        ("防控形势", "problems"),
        ("建设目标", "goals"),
        ("治理现状", "current_state"),
        ("建设基础和条件", "current_state"),
        # The same nouns behind a verb that does something.
        ("应对风险挑战", "tasks"),
        ("补齐发展短板", "tasks"),
        ("发展特色产业", "tasks"),
        # To grasp a situation is not to do anything about it.
        ("准确把握发展形势", "problems"),
        ("明确指导思想和工作目标", "goals"),
        ("明确重点任务", "tasks"),
        ("完善支持政策措施", "safeguards"),
        ("健全管理体制和保障制度", "safeguards"),
        ("完善住房保障制度", "tasks"),
        ("加强对规划工作的领导", "safeguards"),
        ("凝聚力量，为实现规划目标共同奋斗", "safeguards"),
        ("韧性城市建设实施", "safeguards"),
        ("城市抗震韧性目标", "goals"),
        ("环境影响分析", "other"),
        ("附则", "other"),
    ],
)
def test_nouns_promises_and_last_words_do_not_mislead(title, role):
    assert role_of(heading(title), "other") == role


def test_tasks_named_below_the_general_demands_are_tasks_and_end_states_are_goals():
    assert role_of(heading("重点任务"), "goals") == "tasks"
    assert role_of(heading("绿色发展取得显著成效"), "goals") == "goals"
    titles = "总体要求和目标任务", "加快转型", "治理水平明显提升", "主要目标"
    headings = [heading(titles[0]), *(heading(one, level=2) for one in titles[1:])]
    assert roles(headings, [-1, 0, 0, 0], plan=True) == ["goals", "tasks", "goals", "goals"]


def test_a_silent_opening_chapter_plays_the_part_most_of_its_sections_play():
    titles = "奋进五载", "发展成就", "面临形势", "绘就蓝图", "指导思想", "发展目标", "发展机遇"
    headings = [heading(one, level=2 - (one in ("奋进五载", "绘就蓝图"))) for one in titles]
    assert roles(headings, [-1, 0, 0, -1, 3, 3, 3], plan=True) == [
        "current_state", "current_state", "problems", "goals", "goals", "goals", "problems",
    ]  # fmt: skip


def test_general_rules_and_scope_stay_other_after_the_goals():
    headings = [heading("工作原则"), heading("规划依据"), heading("附则"), heading("绿色低碳")]
    assert roles(headings, [-1] * 4, plan=True) == ["goals", "other", "other", "tasks"]
