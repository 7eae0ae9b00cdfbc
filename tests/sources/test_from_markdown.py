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
