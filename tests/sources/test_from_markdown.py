import pytest

from wenma.sources.from_markdown import extract


def texts(source):
    return [(line.text, line.hint) for line in extract(source.encode()).lines if line.text]


def test_marks_go_and_words_stay():
    assert texts("****一、总体要求****\n建成**韧性**城市，见[附表](http://a.cn/b)。") == [
        ("一、总体要求", ""),
        ("建成韧性城市，见附表。", ""),
    ]


def test_headings_and_table_rows_are_hinted():
    assert texts("## 目标 ##\n| 指标 | 值 |\n|---|:-:|\n| 绿地 | 9 |") == [
        ("目标", "h2"),
        ("指标 | 值", "table"),
        ("绿地 | 9", "table"),
    ]


def test_comments_and_rules_are_no_text_and_the_line_numbers_hold():
    found = extract("<!-- 甲\n乙 -->\n---\n正文。".encode()).lines
    assert [(line.line, line.text) for line in found if line.text] == [(4, "正文。")]


def test_emphasis_over_two_lines_is_laid_bare():
    assert texts("**云州市关于\n应急的意见**") == [("云州市关于", ""), ("应急的意见", "")]


def test_a_figure_multiplied_and_a_blank_to_fill_in_keep_their_marks():
    assert texts("占地5*3*2米，自____年起。") == [("占地5*3*2米，自____年起。", "")]


def test_marks_within_marks_go_too():
    assert texts("**建成*韧性*城市**") == [("建成韧性城市", "")]


def test_a_fence_is_no_text_and_what_it_holds_is():
    assert texts("```\n一、目标\n~~~") == [("一、目标", "")]


def test_comments_are_told_and_one_that_never_ends_is_text():
    found = extract("<!-- 甲乙 -->正文。<!-- 丙".encode())
    assert [line.text for line in found.lines] == ["正文。<!-- 丙"]
    assert [(part.kind, part.parts) for part in found.left_out] == [("comment", 1)]


HEAVY = {
    "comments that never end": "<!--" * 500_000,
    "table rules": "|-" * 500_000 + "甲",
    "stars": "*" * 500_000 + "甲",
    "spaced stars": "* " * 500_000 + "甲",
    "marks that never close": "**甲 __乙 `丙 " * 100_000,
    "brackets": "[" * 500_000 + "](",
    "links that never close": "[甲](" * 300_000,
    "heading signs": "# " + "# " * 500_000 + "甲",
    "low lines": "_" * 500_000 + "甲",
    "quotes": "> " * 500_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_takes_time_in_proportion(name):
    """A pattern that takes the square of its input would not end here."""
    assert extract(HEAVY[name].encode()).lines
