import pytest

from tests.sources.word_files import abstract, level, num, numbered, paragraph, word_file
from wenma.sources.from_docx import extract
from wenma.sources.word.figures import list_figure
from wenma.sources.word.numbering import numbered_text


def labels(body, lists, **parts):
    """The texts of numbered paragraphs 甲 without that 甲."""
    found = extract(word_file("".join(body), numbering=lists, **parts)).lines
    return [line.text.removesuffix("甲").strip() for line in found]


@pytest.mark.parametrize(
    ("style", "one", "ten", "twelve", "twenty"),
    [
        ("decimal", "1", "10", "12", "20"),
        ("decimalZero", "01", "10", "12", "20"),
        ("decimalFullWidth", "１", "１０", "１２", "２０"),
        ("decimalEnclosedCircle", "①", "⑩", "⑫", "⑳"),
        ("decimalEnclosedCircleChinese", "①", "⑩", "⑫", "⑳"),
        ("decimalEnclosedParen", "⑴", "⑽", "⑿", "⒇"),
        ("decimalEnclosedFullstop", "⒈", "⒑", "⒓", "⒛"),
        ("chineseCounting", "一", "十", "十二", "二十"),
        ("chineseCountingThousand", "一", "十", "十二", "二十"),
        ("japaneseCounting", "一", "十", "十二", "二十"),
        ("taiwaneseCountingThousand", "一", "十", "十二", "二十"),
        ("ideographDigital", "一", "一〇", "一二", "二〇"),
        ("chineseLegalSimplified", "壹", "壹拾", "壹拾贰", "贰拾"),
        ("ideographLegalTraditional", "壹", "壹拾", "壹拾貳", "貳拾"),
        ("ideographTraditional", "甲", "癸", "12", "20"),
        ("ideographZodiac", "子", "酉", "亥", "20"),
        ("ideographZodiacTraditional", "甲子", "癸酉", "乙亥", "癸未"),
        ("ideographEnclosedCircle", "㊀", "㊉", "12", "20"),
        ("upperLetter", "A", "J", "L", "T"),
        ("lowerLetter", "a", "j", "l", "t"),
        ("upperRoman", "I", "X", "XII", "XX"),
        ("lowerRoman", "i", "x", "xii", "xx"),
        ("ordinal", "1st", "10th", "12th", "20th"),
        ("none", "", "", "", ""),
        ("bullet", "", "", "", ""),
        ("a format to come", "1", "10", "12", "20"),
    ],
)
def test_each_format_writes_its_own_figures(style, one, ten, twelve, twenty):
    found = tuple(list_figure(count, style) for count in (1, 10, 12, 20))
    assert found == (one, ten, twelve, twenty)


def test_figures_beyond_ninety_nine():
    assert [list_figure(n, "chineseCountingThousand") for n in (101, 110, 123, 1005, 10010)] == [
        "一百〇一", "一百一十", "一百二十三", "一千〇五", "一万〇一十",
    ]  # fmt: skip
    assert list_figure(123, "japaneseCounting") == "百二十三"
    assert list_figure(28, "lowerLetter") == "bb"
    assert list_figure(51, "decimalEnclosedCircle") == "51"
    assert list_figure(0, "chineseCounting") == "0"


def test_lists_of_levels_count_and_begin_anew_below_each_other():
    lists = abstract(
        5,
        level(0, "%1、", "chineseCountingThousand"),
        level(1, "（%2）", "chineseCountingThousand"),
        level(2, "%3."),
    ) + num(1, 5)
    body = [numbered("甲", 1, at) for at in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert labels(body, lists) == ["一、", "（一）", "（二）", "1.", "2.", "二、", "（一）", "1."]


def test_levels_show_the_counts_above_them_and_legal_ones_in_arabic_digits():
    lists = abstract(
        5,
        level(0, "第%1章", "chineseCounting"),
        level(1, "%1.%2", more="<w:isLgl/>"),
        level(2, "%1-%2-%3"),
    ) + num(1, 5)
    body = [numbered("甲", 1, at) for at in (0, 1, 1, 2, 0, 1)]
    assert labels(body, lists) == ["第一章", "1.1", "1.2", "一-2-1", "第二章", "2.1"]


@pytest.mark.parametrize(
    ("restart", "shown"),
    [
        ("", ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]),
        ('<w:lvlRestart w:val="0"/>', ["1", "1.1", "1.1.1", "1.2", "1.2.2", "2", "2.1", "2.1.3"]),
        ('<w:lvlRestart w:val="1"/>', ["1", "1.1", "1.1.1", "1.2", "1.2.2", "2", "2.1", "2.1.1"]),
        ('<w:lvlRestart w:val="9"/>', ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]),
    ],
)
def test_a_level_begins_anew_after_the_level_it_names(restart, shown):
    lists = abstract(
        5, level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3", more=restart)
    ) + num(1, 5)
    body = [numbered("甲", 1, at) for at in (0, 1, 2, 1, 2, 0, 1, 2)]
    assert labels(body, lists) == shown


def test_lists_of_one_kin_count_on_and_one_told_to_start_does_not():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    lists = abstract(5, level(0, "%1.")) + num(1, 5) + num(2, 5) + num(3, 5, anew)
    body = [numbered("甲", n) for n in (1, 1, 2, 3, 3, 1)]
    assert labels(body, lists) == ["1.", "2.", "3.", "3.", "4.", "5."]


def test_a_list_may_replace_a_level():
    changed = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "lowerLetter")}</w:lvlOverride>'
    lists = abstract(5, level(0, "%1.")) + num(1, 5) + num(2, 5, changed)
    assert labels([numbered("甲", 1), numbered("甲", 2)], lists) == ["1.", "（b）"]


def test_a_level_starts_where_it_says_and_one_passed_over_shows_its_start():
    lists = abstract(5, level(0, "%1", start="4"), level(1, "%1.%2")) + num(1, 5)
    assert labels([numbered("甲", 1, 1)], lists) == ["4.1"]
    assert labels([numbered("甲"), numbered("甲")], lists) == ["4", "5"]


def test_bullets_are_no_numbers_and_words_without_figure_are():
    lists = abstract(5, level(0, "●", "bullet"), level(1, "附件：", "none")) + num(1, 5)
    assert labels([numbered("甲", 1, 0), numbered("甲", 1, 1)], lists) == ["", "附件："]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="None"><w:basedOn w:val="H1"/><w:pPr><w:numPr>'
    '<w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_numbers_come_with_styles_and_along_their_chains():
    lists = abstract(
        5,
        level(0, "第%1章", "chineseCounting", more='<w:pStyle w:val="H1"/>'),
        level(1, "第%2节", "chineseCounting", more='<w:pStyle w:val="H2"/>'),
    ) + num(1, 5)
    body = [paragraph("甲", style=name) for name in ("H1", "H2", "H2", "Mine", "H2", "None")]
    body.append(paragraph("甲", style="H1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'))
    shown = labels(body, lists, styles=STYLES)
    assert shown == ["第一章", "第一节", "第二节", "第二章", "第一节", "", ""]


def test_a_list_that_points_to_a_list_style_is_that_list():
    lists = (
        abstract(5, more='<w:numStyleLink w:val="Kept"/>')
        + abstract(6, level(0, "%1、", "chineseCounting"), more='<w:styleLink w:val="Kept"/>')
        + num(1, 5)
        + num(2, 6)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Kept"><w:pPr><w:numPr><w:numId w:val="2"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    assert labels([numbered("甲", 1), numbered("甲", 2)], lists, styles=styles) == ["一、", "二、"]


def test_a_paragraph_without_words_counts_and_is_not_shown_in_text():
    lists = abstract(5, level(0, "%1.")) + num(1, 5)
    assert labels([numbered("甲"), numbered(""), numbered("甲")], lists) == ["1.", "3."]


def test_a_deleted_paragraph_does_not_count():
    lists = abstract(5, level(0, "%1.")) + num(1, 5)
    gone = numbered("").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    gone = gone.replace("</w:p>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>")
    assert labels([numbered("甲"), gone, numbered("甲")], lists) == ["1.", "2."]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [("", "第一章 总则"), ('<w:suff w:val="space"/>', "第一章 总则"),
     ('<w:suff w:val="nothing"/>', "第一章总则")],
)  # fmt: skip
def test_what_stands_between_number_and_words(suffix, text):
    lists = abstract(5, level(0, "第%1章", "chineseCounting", more=suffix)) + num(1, 5)
    (line,) = extract(word_file(numbered("总则"), numbering=lists)).lines
    assert line.text == text


def test_a_number_that_ends_in_a_stop_stands_close_to_han_alone():
    assert numbered_text("（一） ", "总则") == "（一）总则"
    assert numbered_text("1. ", "5G网络") == "1. 5G网络"
    assert numbered_text("", "　总则") == "　总则"


def test_odd_values_are_passed_over():
    lists = abstract(5, level(0, "%1.", start="abc")) + num(1, 5) + '<w:num w:numId="x"/>'
    odd = '<w:numPr><w:ilvl w:val="-3"/><w:numId w:val="{}"/></w:numPr>'
    body = [
        numbered("甲", 1, 0),
        paragraph("甲", properties=odd.format(1)),
        paragraph("甲", properties=odd.format("9" * 5000)),
        numbered("甲", 1, 77),
        numbered("甲", 44),
    ]
    assert labels(body, lists) == ["1.", "", "", "", ""]


def test_list_styles_that_point_at_each_other_end():
    lists = abstract(5, more='<w:numStyleLink w:val="A"/>') + num(1, 5)
    styles = (
        '<w:style w:type="numbering" w:styleId="A"><w:basedOn w:val="A"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert labels([numbered("甲", 1)], lists, styles=styles) == [""]
