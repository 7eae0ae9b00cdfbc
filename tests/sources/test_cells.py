from wenma.sources.cells import cells
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
