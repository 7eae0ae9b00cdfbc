"""Documents fall into units where a careful reader would cut them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.language.units import clauses, sentences, units
from wenma.records import Document, Paragraph, Section, Unit


def parts(text, cut=sentences):
    return [text[start:end] for start, end in cut(text)]


@pytest.mark.parametrize(
    "marked",
    [
        # each | stands where a sentence must end, and nowhere else
        "健全体系。|完善机制！|谁来负责？|强化保障；|夯实基础",
        "增长3.5%，见第4.2节和1.1，达10.5万，升级到v2.0。|完成",
        "详见https://a.cn/b?c=1;d=2!e.html。|完",
        "居全省第3位;|投资增长5%;|创最好成绩!|好",
        "他说：“要抓好落实。”|会议结束。",
        "“要抓好落实。”他说。|会议结束。",
        "“要抓好落实！”市长强调说，要快。|完",
        "坚持“一是预防。二是救援；”的思路，抓落实。|完",
        "树立“抓而不紧，等于不抓；抓而不实，等于白抓”的意识。|完",
        "做优“顶呱呱！”品牌。|完",
        "《谁来保护我们？》出版。|完",
        "完善预案（含总体预案；专项预案。）和演练。|完",
        "完善预案。|（责任单位：市应急局。）|健全机制。",
        "推进（先试点（三个区；两个县）后推广）改革。|完",
        "没有收尾的“引号。|也要断开；|完",
        "已经收尾。”|完",
        "怎么办？！|一起办。”|完",
        "分为“怎么看？”、“怎么办？”两问。|完",
        "包括道路、桥梁……等设施。|完",
        "前路漫漫……|我们出发",
        '他说"好。"然后走了。|完',
        "第一行\n|第二行。\r\n|第三行",
    ],
)
def test_sentences_end_where_the_bars_stand(marked):
    text = marked.replace("|", "")
    assert parts(text) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "坚持预防为主，|加强监测、预警；|完善机制。",
        "主要任务：|建设1,000个站点,|覆盖12:30前后的“早，晚”高峰（含周末，节日），|完成",
        "第一,|第二:|第三",
    ],
)
def test_clauses_end_where_the_bars_stand(marked):
    assert parts(marked.replace("|", ""), clauses) == marked.split("|")


def test_a_stretch_without_a_word_is_no_sentence():
    assert parts("。　——\n* * *\n完善机制。 ！\n") == ["完善机制。"]


@given(st.text(alphabet='应急，。；！？…“”《》（）()" \n　a1.;!?、：', max_size=60))
def test_sentences_hold_every_word_once_in_order_and_clauses_lie_inside_them(text):
    spans = sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() and "\n" not in text[a:b] for a, b in spans)
    inside = {at for a, b in spans for at in range(a, b)}
    assert {at for at, character in enumerate(text) if character.isalnum()} <= inside
    assert all(any(a <= c and d <= b for a, b in spans) for c, d in clauses(text))


def document(*lines: tuple[str, str, int], sections: tuple[Section, ...] = ()) -> Document:
    """A document of (text, kind, section) lines."""
    paragraphs, at = [], 0
    for text, kind, section in lines:
        paragraphs.append(Paragraph(at, at + len(text), kind, section))
        at += len(text) + 1
    text = "\n".join(line[0] for line in lines)
    return Document("d", text, paragraphs=tuple(paragraphs), sections=sections)


LINES = (
    ("某市规划", "title", -1),
    ("说明。", "body", -1),
    ("一、总则", "heading", 0),
    ("  （一）监测。建网；建站。 ", "body", 1),
    ("— 3 —", "page_number", 1),
    ("站点 | 数量。", "table", 1),
    ("（二）救援。练兵。", "body", 2),
)
TEXT = document(*LINES).text


def section(heading: str, text: str, upto: str = "", *, level=2, parent=0) -> Section:
    """The section with this heading, up to where `upto` begins or to the end."""
    start = text.index(heading)
    end = text.index(upto) if upto else len(text)
    return Section(start, start + len(heading), end, level, "", "", "other", parent)


PLAN = document(
    *LINES,
    sections=(
        section("一、总则", TEXT, level=1, parent=-1),
        section("（一）监测。", TEXT, "（二）"),
        section("（二）救援。", TEXT),
    ),
)


def shown(found: list[Unit]) -> list[tuple[str, str, int, int]]:
    return [(PLAN.text[u.start : u.end], u.kind, u.section, u.paragraph) for u in found]


def test_every_unit_knows_its_kind_section_and_paragraph():
    assert shown(units(PLAN)) == [
        ("说明。", "body", -1, 1),
        ("一、总则", "heading", 0, 2),
        ("（一）监测。", "heading", 1, 3),
        ("建网；", "body", 1, 3),
        ("建站。", "body", 1, 3),
        ("站点 | 数量。", "table", 1, 5),
        ("（二）救援。", "heading", 2, 6),
        ("练兵。", "body", 2, 6),
    ]


def test_a_paragraph_is_one_unit_but_for_its_heading():
    assert ("建网；建站。", "body", 1, 3) in shown(units(PLAN, size="paragraph"))
    assert len(units(PLAN, size="paragraph")) == 7


def test_a_section_is_its_own_text_without_its_subsections():
    assert shown(units(PLAN, size="section")) == [
        ("说明。", "body", -1, 1),
        ("一、总则", "heading", 0, 2),
        (TEXT[TEXT.index("（一）") : TEXT.index("\n（二）")], "body", 1, 3),
        ("（二）救援。练兵。", "body", 2, 6),
    ]


@pytest.mark.parametrize("size", ["sentence", "clause", "paragraph", "section"])
def test_units_are_numbered_from_nought_in_order(size):
    found = units(PLAN, size=size)
    assert [unit.number for unit in found] == list(range(len(found)))
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_text_after_a_box_is_the_sections_second_unit():
    lines = (
        ("一、任务", "heading", 0),
        ("专栏1", "heading", 1),
        ("建站。", "table", 1),
        ("再建站。", "body", 0),
    )
    text = document(*lines).text
    task = section("一、任务", text, level=1, parent=-1)
    plan = document(*lines, sections=(task, section("专栏1", text, "再建")))
    assert [unit.section for unit in units(plan, size="section")] == [0, 1, 0]


def test_a_document_without_text_has_no_units():
    assert units(Document("d", "")) == []
