import pytest

from wenma.language.units import units
from wenma.records import Document
from wenma.sources.document import parse_document
from wenma.sources.from_text import extract
from wenma.sources.lines import Extract, Text
from wenma.sources.outlines.references import references
from wenma.sources.quality import reading_quality

BODY = "我们统筹发展和安全，健全监测预警体系，完善应急物资储备，提升基层治理能力，守牢底线。"
NUMBERED = [
    "[1] 林一, 周二. 韧性城市的监测预警[J]. 云州学刊, 2023(6): 91-99.",
    "[2] 林一. 避难场所布局研究[D]: [硕士学位论文]. 云州: 云州大学, 2025.",
    "[3] 云州市水务局. 防洪志[M]. 云州: 云州出版社, 2019.",
]
AUTHOR_YEAR = [
    "林一，周二（2023）. 韧性城市的监测预警. 云州学刊.",
    "Lin, Y. (2021). Resilient cities and warning. Cities, 12, 34–56.",
    "周二. 2019. 防洪志. 云州出版社.",
]
NOTES = ["① 林一：《防洪志》，云州出版社2019年版，第5页。", "② 同上，第9页。"]


def found(*texts):
    return sorted(references([Text(text, "body") for text in texts]))


@pytest.mark.parametrize("title", ["参考文献", "主要参考文献：", "七、参考文献", "References"])
@pytest.mark.parametrize("entries", [NUMBERED, AUTHOR_YEAR, ["- " + one for one in NUMBERED]])
def test_a_titled_list_of_references_is_known_with_its_title(title, entries):
    assert found(BODY, title, *entries, BODY) == [1, 2, 3, 4]


def test_entries_broken_over_lines_stay_whole():
    broken = [NUMBERED[0][:20], NUMBERED[0][20:], NUMBERED[1]]
    assert found("参考文献", *broken) == [0, 1, 2, 3]


def test_entries_without_a_title_are_known_by_the_kind_of_work_they_name():
    assert found(BODY, *NUMBERED, BODY) == [1, 2, 3]
    assert found(BODY, NUMBERED[0], BODY) == []


def test_endnotes_that_name_sources_are_references_and_a_glossary_is_none():
    assert found(BODY, "注释", *NOTES) == [1, 2, 3]
    assert (
        found("注释", "［1］一降三减：", "火灾起数下降，伤亡减少。", "［2］四库：", "水库、粮库。")
        == []
    )


def test_what_follows_the_references_is_text_again():
    assert found("参考文献", *NUMBERED, "附件1 清单", "[4] 储备帐篷。") == [0, 1, 2, 3]
    assert found("参考文献", *NUMBERED, BODY, BODY, BODY, BODY) == [0, 1, 2, 3]


def test_sources_named_among_the_tasks_are_no_list_of_references():
    assert found("参考资料", BODY, BODY) == []
    assert (
        found("一、任务", "1．印发《云州学刊》2023年第3期。", "2．支持云州出版社2024年选题。") == []
    )


def test_the_standards_a_standard_cites_are_references_and_their_chapter_stays():
    cited = "GB 50011 建筑抗震设计规范", "GB/T 38591 韧性评价标准", "DB11/T 1234 避难场所标准"
    assert found("2 规范性引用文件", "下列文件适用于本文件。", *cited, "3 术语", BODY) == [2, 3, 4]


def test_references_are_in_no_unit_and_are_told_as_left_out():
    data = "\n".join(["一、任务", BODY, "参考文献", *NUMBERED]).encode()
    taken: Extract = extract(data)
    parsed = parse_document(taken.lines)
    assert [one.kind for one in parsed.paragraphs] == ["heading", "body"] + ["reference"] * 4
    document = Document(
        id="a", text=parsed.text, sections=parsed.sections, paragraphs=parsed.paragraphs
    )
    coded = [parsed.text[unit.start : unit.end] for unit in units(document)]
    assert coded == ["一、任务", BODY]
    told = reading_quality(taken, parsed, size=len(data), city="").left_out
    lengths = sum(map(len, ["参考文献", *NUMBERED]))
    assert [tuple(one) for one in told] == [("reference", 4, lengths)]


def test_the_references_of_the_paper_are_found(shared):
    lines = extract((shared / "method" / "framework_paper.txt").read_bytes()).lines
    parsed = parse_document(lines)
    texts = [parsed.text[one.start : one.end] for one in parsed.paragraphs]
    title = texts.index("参考文献")
    assert {one.kind for one in parsed.paragraphs[title:]} == {"reference"}
    assert all(one.kind != "reference" for one in parsed.paragraphs[:title])
