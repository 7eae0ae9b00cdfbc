import re

from hypothesis import given
from hypothesis import strategies as st

from wenma.sources.cleaning import tidy
from wenma.sources.document import parse_document
from wenma.sources.encodings.encoding import decode
from wenma.sources.from_text import extract, split
from wenma.sources.lines import Line

BODY = "我们统筹发展和安全，健全监测预警体系，完善应急物资储备，提升基层治理能力。"


def read(*texts, **options):
    return parse_document(extract("\n".join(texts).encode()).lines, **options)


def held(document):
    """What every document promises, whatever the file was."""
    text, paragraphs, sections = document.text, document.paragraphs, document.sections
    assert "\n".join(text[p.start : p.end] for p in paragraphs) == text
    at = 0
    for p in paragraphs:
        assert p.start == at and p.end > p.start
        assert "\n" not in text[p.start : p.end]
        at = p.end + 1
    if paragraphs:
        assert paragraphs[-1].end == len(text)
    for n, s in enumerate(sections):
        assert 0 <= s.start <= s.heading_end <= s.end <= len(text)
        assert s.start < s.heading_end or (s.role == "problems" and s.start < s.end)
        heading = re.sub("[ 。：:]", "", text[s.start : s.heading_end])
        assert heading == re.sub("[ 。：:]", "", s.number + s.title)
        assert s.parent < n
        if s.parent >= 0:
            above = sections[s.parent]
            assert above.start < s.start and s.end <= above.end and above.level < s.level
    assert list(sections) == sorted(sections, key=lambda s: s.start)
    for p in paragraphs:
        around = [n for n, s in enumerate(sections) if s.start <= p.start < s.end]
        assert p.section == max(around, key=lambda n: sections[n].level, default=-1)
    starts = document.source_map.starts
    assert list(starts) == sorted(set(starts))
    assert not text or starts[0] == 0


def test_the_heading_is_the_text_between_its_offsets():
    document = read("一、总体要求", BODY, "（一）指导思想。" + BODY)
    found = [document.text[s.start : s.heading_end] for s in document.sections]
    assert found == ["一、总体要求", "（一）指导思想。"]


def test_a_paragraph_knows_its_innermost_section():
    document = read("序幕在此，" + BODY, "一、目标", BODY, "（一）近期", BODY)
    assert [p.section for p in document.paragraphs] == [-1, 0, 0, 1, 1]


def test_a_box_ends_with_its_table_and_the_section_goes_on():
    table = [Line("预警平台 | 3处", None, 3, "table"), Line("避难场所 | 9处", None, 4, "table")]
    text = [Line("一、任务", None, 1), Line("专栏1 工程", None, 2), *table, Line(BODY, None, 5)]
    document = parse_document(text)
    assert [p.section for p in document.paragraphs] == [0, 1, 1, 1, 0]
    held(document)


def test_every_character_leads_back_to_its_page_and_line():
    document = parse_document([Line("一、目标", 4, 9), Line("到２０２５年　建成", 5, 1)])
    assert document.source_map.place(0) == (4, 9)
    assert document.source_map.place(document.text.index("建成")) == (5, 1)


def test_a_sentence_over_two_pages_is_whole_and_each_half_knows_its_page():
    half, rest = "我们要继续完善覆盖全市的应急联动", "体系，守住城市安全底线。"
    document = parse_document([Line(half, 1, 30), Line("— 1 —", 1, 31), Line(rest, 2, 1)])
    assert half + rest in document.text
    assert document.source_map.place(document.text.index("联动")).page == 1
    assert document.source_map.place(document.text.index("体系")).page == 2
    assert [p.kind for p in document.paragraphs] == ["body", "page_number"]


def test_latin_words_broken_over_lines_keep_their_space():
    filler = ["我们统筹发展和安全并健全监测预警体系与应急" for _ in range(6)]
    document = read(*filler, "采用国际通行的方法即 Contract Development", "and Research 的办法。")
    assert "Contract Development and Research" in document.text


def test_a_very_long_document_is_read_in_good_time():
    # 20,000 lines of one paragraph, and a run of dots on which a pattern would try for ever.
    line = "我们统筹发展和安全健全监测预警体系完善应急物资"
    lines_ = [Line(line, None, n) for n in range(1, 20_001)]
    assert len(parse_document(lines_).paragraphs) == 1
    assert parse_document([Line("甲" + "." * 50_000 + "乙", None, 1)]).text


pieces = st.sampled_from(
    [
        *"第一章 总则|第二章 任务|第一节 目标|一、总体要求|二、任务|（一）加强监测。".split("|"),
        *"（二）健全预案|1.预警平台|1.1 基础|2.1 现状|第三条 市政府|专栏1 工程|附件".split("|"),
        *"名词解释|目 录|第一章 总则......1|— 3 —|各位代表：|2023年工作回顾|附录 A|1 范围".split(
            "|"
        ),
        *"2025年3月1日|云政发〔2025〕3号|指标|%|2.5|7|12|1|第|（|专栏|##| |".split("|"),
        *[BODY, BODY[:24], BODY[5:29], BODY + BODY, "\u200b", "Ａ\u3000Ｂ", "|"],
    ]
)


@given(st.lists(st.lists(pieces, max_size=3).map("".join), max_size=60))
def test_whatever_the_lines_paragraphs_tile_sections_nest_and_places_hold(texts):
    document = parse_document([Line(text, None, n) for n, text in enumerate(texts, 1)])
    held(document)
    origins(document, texts)


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_keeps_the_promises(text):
    held(parse_document([Line(part, 1, n) for n, part in enumerate(text.split("\n"), 1)]))


def origins(document, raw):
    """Each stretch of the text stands on the line its place names."""
    source = document.source_map
    for n, start in enumerate(source.starts):
        end = source.starts[n + 1] if n + 1 < len(source.starts) else len(document.text)
        stretch = re.sub("[ \n]", "", document.text[start:end])
        assert stretch in tidy(raw[source.lines[n] - 1]).replace(" ", "")


def test_every_real_document_keeps_the_promises(shared):
    for path in sorted((shared / "corpus").rglob("*.txt")):
        found = extract(path.read_bytes()).lines
        document = parse_document(found, title=path.stem)
        held(document)
        origins(document, split(decode(path.read_bytes()).text))


def test_rows_set_apart_by_tabs_are_rows():
    document = read(
        "一、目标", BODY, "指标\t单位\t属性", "绿地率\t%\t预期性", "场所\t处\t约束性", BODY
    )
    kinds = [one.kind for one in document.paragraphs]
    assert kinds == ["heading", "body", "table", "table", "table", "body"]
    held(document)


def test_an_annex_and_the_title_on_the_next_lines_are_one_heading():
    document = read("一、任务", BODY, "附件1", "2026年民生实事", BODY, "附件2", "名词解释", BODY)
    assert [(s.number, s.title) for s in document.sections[1:]] == [
        ("附件1", "2026年民生实事"),
        ("附件2", "名词解释"),
    ]
    place = document.text.index("民生实事")
    assert document.source_map.place(place) == (None, 4)
    held(document)


def test_points_of_a_box_lie_inside_it_and_end_with_it():
    document = read("一、任务", BODY, "专栏1 工程", "1．预警。" + BODY, "2．避难。" + BODY,
                    "二、保障", BODY)  # fmt: skip
    box, first, second = document.sections[1:4]
    assert (box.box, first.parent, second.parent) == (True, 1, 1)
    assert second.end == box.end == document.sections[4].start
    held(document)
