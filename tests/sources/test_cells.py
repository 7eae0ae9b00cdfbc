from wenma.sources.cells import cells, columned
from wenma.sources.lines import Text

BODY = "我们统筹发展和安全，健全监测预警体系，完善应急物资储备，提升基层治理能力，守牢底线。"
TABLE = ["序号", "指标", "单位", "1", "绿地率", "%", "2", "避难场所", "处"]


def found(*texts):
    return sorted(cells([Text(text, "body") for text in texts]))


def test_a_run_of_cells_is_a_table_and_the_text_around_it_is_none():
    assert found("一、目标", BODY, *TABLE, "二、任务", BODY) == list(range(2, 11))


def test_a_sentence_in_a_cell_belongs_to_the_table():
    assert found(*TABLE, "新建避难场所，并配套物资。", *TABLE) == list(range(19))


def test_a_run_of_names_or_headings_is_no_table():
    assert found("云州市人民政府办公厅", "云州市应急管理局", "云州市水务局规划处",
                 "云州市自然资源局", "云州市住房保障局", "云州市财政局预算处") == []  # fmt: skip
    assert found(*[f"（{n}）完善预案" for n in "一二三四五六七"]) == []


def test_a_caption_goes_with_its_table():
    assert found("表1 主要指标", "表1所示的指标如下。", BODY) == [0]


def test_what_stands_under_a_caption_is_its_table_up_to_the_next_number():
    table = ["等级 描述", "高韧性", "震后功能不中断。", "低韧性", "震后可能倒塌，无法修复。"]
    assert found("表1 韧性等级", *table, "5.2.3 道路应保持畅通。", BODY) == list(range(6))
    assert found("表1 韧性等级", BODY, BODY, BODY) == [0]
    assert found("表1 韧性等级", "高", "低", "表现在四方面：", "1．标准偏低", BODY) == [0]


def test_a_cover_is_no_table():
    cover = ["云州市规划", "（草案）", "2021年9月", "云州市", "水务局", "前言"]
    assert found(*cover, BODY) == []


def test_rows_that_gaps_set_apart_are_rows_and_spaced_headings_are_not():
    rows = ["指标\t单位\t属性", "绿地率  %  预期性", "避难场所　　处　　约束性"]
    assert sorted(columned([BODY, *rows, BODY])) == [1, 2, 3]
    assert columned(["第一节  严格  监管", "第二节  鼓励  参与", "第三节  加强  领导"]) == set()
    assert columned(["第一章　　总　　则", BODY]) == set()
