import pytest

from wenma.sources.cleaning import tidied
from wenma.sources.lines import Text
from wenma.sources.outlines.outline import outline

BODY = "我们统筹发展和安全，健全监测预警体系，完善应急物资储备，提升基层治理能力，守牢底线。"


def read(*texts, title=""):
    return outline([t if isinstance(t, Text) else Text(t, "body") for t in texts], title=title)


def tree(*texts, **options):
    return [(h.level, h.number, h.title) for h in read(*texts, **options).headings]


def test_chapters_hold_sections_hold_items():
    assert tree(
        "第一章 发展基础", "第一节 现状", "一、成效", BODY, "第二节 形势", BODY, "第二章 任务", BODY
    ) == [
        (1, "第一章", "发展基础"),
        (2, "第一节", "现状"),
        (3, "一、", "成效"),
        (2, "第二节", "形势"),
        (1, "第二章", "任务"),
    ]


def test_levels_count_only_the_families_that_occur():
    assert [level for level, _, _ in tree("一、回顾", "（一）稳增长", BODY, "1．扩投资", BODY)] == [
        1,
        2,
        3,
    ]


def test_decimals_nest_under_items():
    assert tree(
        "一、新起点", "1.1 基础", BODY, "1.1.1 经济实力提升。" + BODY, "1.2 环境", BODY
    ) == [
        (1, "一、", "新起点"),
        (2, "1.1", "基础"),
        (3, "1.1.1", "经济实力提升"),
        (2, "1.2", "环境"),
    ]


def test_a_run_in_heading_ends_at_its_full_stop_and_the_paragraph_stays_body():
    found = read("（一）加强监测。" + BODY)
    assert found.headings[0].end == len("（一）加强监测。")
    assert not found.headings[0].alone
    assert found.kinds == ("body",)


def test_a_heading_alone_on_its_line_is_a_heading():
    assert read("（一）加强监测", BODY).kinds == ("heading", "body")
    assert read("（一）加强监测。", BODY, "（二）健全预案。", BODY).kinds[0] == "heading"


def test_items_of_a_list_are_no_headings():
    assert tree("一、依据", "（一）有关法律、法规的规定；", "（二）本市的实际情况；") == [
        (1, "一、", "依据")
    ]
    assert tree("一、依据", "1.居民住宅底层不进水。", "2.一条车道积水不深。") == [
        (1, "一、", "依据")
    ]


def test_an_article_of_a_law_is_headed_by_its_number_alone():
    laws = [f"第{n}条 市人民政府统一领导全市应急工作。" for n in "一二三四五"]
    found = read("第一章 总则", *laws, "（一）组织编制规划；")
    assert [(h.number, h.title, h.end) for h in found.headings][:2] == [
        ("第一章", "总则", 6),
        ("第一条", "", 4),
    ]
    assert found.kinds[1:] == ("body",) * 6


def test_congresses_and_quarters_are_no_headings():
    assert tree("一、回顾", "第十届人民代表大会召开", "第三季度经济回升", BODY) == [
        (1, "一、", "回顾")
    ]


def test_lines_of_the_contents_never_become_sections():
    contents = [Text("第一章 总则......1", "contents"), Text("第二章 任务......9", "contents")]
    assert len(read(*contents, "第一章 总则", BODY, "第二章 任务", BODY).headings) == 2


def test_a_line_the_contents_promise_is_a_heading_without_a_number():
    contents = [Text("第一章 总则......1", "contents"), Text("收官之语......9", "contents")]
    assert tree(*contents, "第一章 总则", BODY, "收官之语", BODY)[1] == (1, "", "收官之语")


def test_a_year_line_between_paragraphs_heads_what_follows():
    found = tree("各位代表：", BODY, "2023年工作回顾", BODY, "一、经济", BODY,
                 "2024年重点工作", BODY, "一、产业", BODY)  # fmt: skip
    assert found == [
        (1, "", "2023年工作回顾"),
        (2, "一、", "经济"),
        (1, "", "2024年重点工作"),
        (2, "一、", "产业"),
    ]


def test_the_chapter_on_government_itself_stands_beside_the_years_work():
    found = tree(
        "2024年工作安排", BODY, "一、产业", BODY, "二、民生", BODY, "加强政府自身建设", BODY
    )
    assert found[-1] == (1, "", "加强政府自身建设")


def test_a_box_is_a_section_below_the_one_it_stands_in_and_keeps_its_points():
    found = read("一、任务", BODY, "专栏1 重点工程", "1.预警平台建设", "2.避难场所建设", BODY,
                 "二、保障", BODY)  # fmt: skip
    assert [(h.level, h.number, h.title, h.box) for h in found.headings] == [
        (1, "一、", "任务", False),
        (2, "专栏1", "重点工程", True),
        (1, "二、", "保障", False),
    ]


def test_an_appendix_stands_at_the_top_and_counts_its_own_levels():
    assert tree("第一章 任务", BODY, "第一节 预警", BODY, "附件", "一、指标解释", BODY) == [
        (1, "第一章", "任务"),
        (2, "第一节", "预警"),
        (1, "附件", ""),
        (2, "一、", "指标解释"),
    ]


def test_markdown_headings_are_headings_and_the_single_first_one_is_the_title():
    found = read(Text("云州市规划", "body", "h1"), Text("背景", "body", "h2"), BODY)
    assert [h.title for h in found.headings] == ["背景"]
    assert found.kinds == ("title", "heading", "body")


PREPLAN = ["{}总则", "1.1 目的", BODY, "1.2 原则", BODY, "{}组织体系", "2.1 指挥机构", BODY,
           "2.1.1 职责", BODY, "{}附则", BODY]  # fmt: skip


@pytest.mark.parametrize("form", ["{} ", "{}　", "{}", "{}. ", "{}．", "{}、"])
def test_chapters_that_count_above_1_1_are_headings_without_a_table_of_contents(form):
    count = iter("123")
    lines = [
        tidied(one.format(form.format(next(count))) if "{}" in one else one) for one in PREPLAN
    ]
    assert [(level, title) for level, _, title in tree("云州市应急预案", *lines)] == [
        (1, "总则"),
        (2, "目的"),
        (2, "原则"),
        (1, "组织体系"),
        (2, "指挥机构"),
        (3, "职责"),
        (1, "附则"),
    ]


def test_figures_that_count_things_are_no_chapters():
    found = tree("1 总则", "1.1 目的", BODY, "2 个工作组", "3 名专家", BODY,
                 "2 响应", "2.1 分级", BODY, "3 支队伍", "3 支持系统", BODY)  # fmt: skip
    assert [title for level, _, title in found if level == 1] == ["总则", "响应", "支持系统"]


def test_a_list_that_happens_to_reach_the_next_chapters_figure_is_no_chapter():
    found = tree(
        "1 总则", "1.1 目的", BODY, "2 响应", "2.1 物资", BODY, "1 帐篷", "2 棉被", "3 水泵"
    )
    assert [title for level, _, title in found if level == 1] == ["总则", "响应"]


def test_chapters_of_a_preplan_stay_below_items_that_hold_them():
    found = tree("一、总体要求", "1总则", "1.1 目的", BODY, "2原则", "2.1 统一领导", BODY)
    assert [level for level, _, _ in found] == [1, 2, 3, 2, 3]


def test_levels_of_the_format_hold_though_one_heading_has_a_number():
    lines = [
        Text("（一）火灾预案", "body", "h1"),
        Text("总则", "body", "h1"),
        Text("范围", "body", "h2"),
        Text(BODY, "body"),
        Text("响应", "body", "h1"),
        Text("报告", "body", "h2"),
        Text("1．值守。" + BODY, "body"),
    ]
    found = [(level, title) for level, _, title in tree(*lines)]
    assert found == [
        (1, "火灾预案"), (1, "总则"), (2, "范围"), (1, "响应"), (2, "报告"), (3, "值守"),
    ]  # fmt: skip


def test_levels_of_the_format_that_tell_nothing_apart_leave_it_to_the_numbers():
    words = "一、任务", "（一）预警", BODY, "（二）避难", BODY, "二、保障", "（一）资金", BODY
    lines = [Text(one, "body", "" if one == BODY else "h1") for one in words]
    assert [level for level, _, _ in tree(*lines)] == [1, 2, 2, 1, 2]


def test_a_chapter_without_a_hint_stands_above_hinted_sections():
    lines = [
        Text("第一章 任务", "body"), Text("第一节 预警", "body", "h2"), Text(BODY, "body"),
        Text("第二节 避难", "body", "h2"), Text(BODY, "body"),
    ]  # fmt: skip
    assert [level for level, _, _ in tree(*lines)] == [1, 2, 2]


def test_points_of_a_box_that_run_in_are_headings_inside_it():
    found = read("一、任务", BODY, "专栏1 重点工程", "1.预警平台。" + BODY, "2.避难场所：" + BODY,
                 "（一）预警", BODY, "1.监测网。" + BODY)  # fmt: skip
    assert [(h.level, h.title, h.family == "box point") for h in found.headings] == [
        (1, "任务", False),
        (2, "重点工程", False),
        (3, "预警平台", True),
        (3, "避难场所", True),
        (2, "预警", False),
        (3, "监测网", False),
    ]


def test_demands_of_a_standard_are_clauses_and_not_headings():
    clauses = ["5.1.1 建筑应按抗震等级设计。", "5.1.2 场所分为以下类别：", "5.1.3 道路宜保持畅通。",
               "5.2.1 物资不得挪用。"]  # fmt: skip
    found = tree(
        "5 设施", "5.1 建筑", *clauses[:3], "5.2 物资", clauses[3], "6 附则", "6.1 施行", BODY
    )
    assert [title for _, _, title in found] == ["设施", "建筑", "物资", "附则", "施行"]


@pytest.mark.parametrize(
    "line", ["第三章，第五章的规定另行制定", "二、，进一步压实责任", "（二），完善"]
)
def test_a_line_whose_words_begin_with_a_comma_heads_nothing(line):
    assert [title for _, _, title in tree("第一章 总则", BODY, line, BODY)] == ["总则"]


def test_a_line_that_stands_twice_is_a_label_and_no_heading():
    found = tree("一、任务", BODY, "牵头部门职责", BODY, "二、保障", BODY, "牵头部门职责", BODY)
    assert [title for _, _, title in found] == ["任务", "保障"]


def test_a_list_of_annexes_heads_nothing_and_annexes_themselves_do():
    listed = "附件1 任务清单", "附件2 指标解释", "附件3 名单"
    found = tree("一、任务", BODY, *listed, "云州市人民政府", "2025年3月1日",
                 "附件1 任务清单", BODY)  # fmt: skip
    assert [(number, title) for _, number, title in found][1:] == [("附件1", "任务清单")]
    assert tree("一、任务", BODY, "附件：1．清单", "2．名单", "云州市人民政府")[2:] == []
