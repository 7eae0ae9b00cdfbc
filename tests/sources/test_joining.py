from wenma.sources.joining import paragraphs, right_margin
from wenma.sources.lines import Line
from wenma.sources.outlines.furniture import furnished


def joined(texts):
    lines = [Line(t, None, n) for n, t in enumerate(texts, 1) if t]
    return [("".join(p.text for p in j.parts), j.kind) for j in paragraphs(furnished(lines))]


def folded(text, size=24):
    return [text[at : at + size] for at in range(0, len(text), size)]


LONG = (
    "云州市坚持人民至上，把韧性城市建设放在突出位置，统筹防灾减灾救灾和安全生产，"
    "健全监测预警体系，完善应急物资储备，提升基层治理能力，推动资源向薄弱地区倾斜，"
    "让每个社区都有避难场所、每条街道都有专业队伍，形成共建共治共享的新格局。"
)


def test_hard_wrapped_lines_become_one_paragraph_again():
    assert joined(folded(LONG)) == [(LONG, "body")]


def test_one_paragraph_a_line_stays_as_it_is():
    texts = [LONG[:70] + "。", "二、任务", LONG, LONG[20:] + "再接再厉", "抓好落实。", LONG[:40]]
    assert [text for text, _ in joined(texts)] == texts


def test_a_heading_on_its_own_line_is_not_drawn_into_the_text():
    texts = ["一、总体要求", *folded(LONG), "二、主要任务", *folded(LONG)]
    assert [text for text, _ in joined(texts)] == ["一、总体要求", LONG, "二、主要任务", LONG]


def test_a_page_number_inside_a_sentence_is_set_after_the_paragraph():
    lines = folded(LONG)
    texts = [*lines[:2], "", "— 7 —", "", *lines[2:], "二、主要任务"]
    assert joined(texts) == [(LONG, "body"), ("— 7 —", "page_number"), ("二、主要任务", "body")]


def test_a_page_may_end_within_a_paragraph_though_lines_are_not_wrapped():
    texts = [LONG + "我们要继续完善全市应急联动", "— 8 —", "体系，守住底线。", LONG]
    assert joined(texts)[0] == (LONG + "我们要继续完善全市应急联动体系，守住底线。", "body")


def test_an_empty_line_ends_a_paragraph_where_not_every_line_has_one():
    lines = folded(LONG)
    texts = [*lines, "", *lines, *lines[:-1]]
    assert joined(texts)[0] == (LONG, "body")


def test_a_heading_broken_over_two_lines_is_whole_where_the_contents_know_it():
    contents = ["目 录", "第一篇 立足新起点，打造更高水平创新之城 3", "第二篇 坚持统筹发展 9"]
    broken = ["第一篇 立足新起点，打造更高水平", "创新之城", LONG, "第二篇 坚持统筹发展", LONG]
    texts = contents + broken
    assert ("第一篇 立足新起点，打造更高水平创新之城", "body") in joined(texts)


def test_the_lowered_figure_of_a_pollutant_does_not_break_the_sentence():
    lines = folded(LONG)
    texts = [*lines[:2], "2.5", *lines[2:]]
    assert joined(texts) == [(LONG, "body"), ("2.5", "body")]


def test_the_margin_is_where_lines_pile_up():
    assert right_margin(folded(LONG)).width == 48
    assert right_margin([LONG[: 30 + 7 * n] for n in range(10)]).width == 0
