import pytest

from wenma.sources.lines import Line
from wenma.sources.outlines.furniture import furnished

SENTENCE = "我们坚持统筹发展和安全，推动城市安全发展和基层治理"


def kinds(texts, pages=None):
    pages = pages or [None] * len(texts)
    lines = [Line(t, p, n) for n, (t, p) in enumerate(zip(texts, pages, strict=True), 1)]
    return [(m.text, m.kind) for m in furnished(lines)]


def test_a_signed_page_number_is_recognised_anywhere():
    for text in ["— 12 —", "- 12 -", "－12－", "第12页", "第 3 页 共 20 页", "3 / 20"]:
        assert kinds(["正文在此。", text, "正文又起。"])[1] == (text, "page_number")


def test_a_bare_number_in_a_table_is_no_page_number():
    cells = ["序号", "指标", "1", "绿地率", "2", "覆盖率", "3", "达标率"]
    assert all(kind == "body" for _, kind in kinds(cells))


def test_bare_numbers_that_climb_through_the_document_are_page_numbers():
    texts = []
    for page in range(1, 9):
        texts += [SENTENCE] * 20 + [str(page)]
    found = [text for text, kind in kinds(texts) if kind == "page_number"]
    assert found == [str(page) for page in range(1, 9)]


def test_a_page_number_stuck_to_the_next_line_is_taken_off():
    texts = [SENTENCE] * 20
    for page in range(1, 9):
        texts += [f"{page}{SENTENCE}"] + [SENTENCE] * 20
    found = kinds(texts)
    assert [text for text, kind in found if kind == "page_number"] == [
        str(page) for page in range(1, 9)
    ]
    assert all(text == SENTENCE for text, kind in found if kind == "body")


def test_a_line_with_leaders_is_contents():
    texts = ["第一章 总则......1", "第二章 任务……12", "第三章 保障 ·······16", "正文。"]
    assert [kind for _, kind in kinds(texts)] == ["contents"] * 3 + ["body"]


def test_a_sentence_that_trails_off_in_dots_is_no_contents():
    assert kinds(["老人说起那场洪水……", "我们还将继续努力......"]) == [
        ("老人说起那场洪水……", "body"),
        ("我们还将继续努力......", "body"),
    ]


def test_contents_without_leaders_end_where_the_first_entry_comes_back():
    texts = [
        "目 录",
        "第一章 总则",
        "第二章 任务",
        "第一章 总则",
        "正文。",
        "第二章 任务",
        "正文。",
    ]
    assert [kind for _, kind in kinds(texts)] == ["contents"] * 3 + ["body"] * 4


def test_the_same_line_on_the_edge_of_every_page_is_a_running_head():
    texts, pages = [], []
    for page in range(1, 6):
        texts += ["云州市综合规划", SENTENCE + "。", SENTENCE + "。", str(page)]
        pages += [page] * 4
    found = kinds(texts, pages)
    assert [kind for _, kind in found[:4]] == ["running_head", "body", "body", "page_number"]
    assert sum(kind == "running_head" for _, kind in found) == 5


def test_a_text_that_lost_its_line_ends_gets_its_headings_back():
    prose = "我们推动城市安全发展。" * 400
    texts = [f"各位代表：现作报告。 一、去年工作回顾 {prose} — 3 — （一）稳住经济。{prose}"]
    found = [(text[:8], kind) for text, kind in kinds(texts)]
    assert ("一、去年工作回顾", "body") in found
    assert ("— 3 —", "page_number") in found
    assert ("（一）稳住经济。", "body") in found


@pytest.mark.parametrize(
    "field", ["责任单位：市应急局", "（牵头单位：市水务局）", "配合部门：各区", "完成时限：年底前"]
)
def test_a_field_that_repeats_on_the_edge_of_pages_is_no_running_head(field):
    texts, pages = [], []
    for page in range(1, 6):
        texts += [SENTENCE + "。", SENTENCE + "。", field, str(page)]
        pages += [page] * 4
    assert all(kind == "body" for text, kind in kinds(texts, pages) if text == field)
    unpaged = [line for page in range(1, 9) for line in (*[SENTENCE] * 20, field, f"— {page} —")]
    assert all(kind == "body" for text, kind in kinds(unpaged) if text == field)


def test_a_line_that_stands_in_the_text_as_often_as_on_edges_is_no_running_head():
    texts, pages = [], []
    for page in range(1, 6):
        texts += [
            "预警措施",
            SENTENCE + "。",
            "预警措施",
            SENTENCE + "。",
            SENTENCE + "。",
            str(page),
        ]
        pages += [page] * 6
    assert all(kind == "body" for text, kind in kinds(texts, pages) if text == "预警措施")


def test_contents_end_though_their_first_entry_does_not_come_back():
    chapters = ["第一章 总则", "第二章 任务", "第三章 保障"]
    body = [line for chapter in chapters for line in (chapter, SENTENCE + "。")]
    found = kinds(["目录", "前言", *chapters, *body])
    assert [kind for _, kind in found] == ["contents"] * 5 + ["body"] * 6


def test_the_list_of_boxes_after_the_contents_is_contents():
    listed = ["目录", "第一章 总则", "第二章 任务", "专栏目录", "专栏1 预警工程", "专栏2 避难工程"]
    body = ["第一章 总则", SENTENCE + "。", "专栏1 预警工程", SENTENCE + "。", "第二章 任务"]
    found = kinds([*listed, *body])
    assert [kind for _, kind in found] == ["contents"] * 6 + ["body"] * 5


def test_a_list_that_目录_heads_and_no_heading_takes_up_is_no_contents():
    listed = ["目录", "一、帐篷", "二、棉被", "三、水泵", "以上物资由各区储备。"]
    assert all(kind == "body" for _, kind in kinds(listed))


def test_a_chapter_written_1总则_is_no_page_number():
    texts = []
    for chapter in range(1, 9):
        texts += [f"{chapter}预警措施", f"{chapter}.1 目的", *[SENTENCE] * 14]
    assert [text for text, kind in kinds(texts) if kind == "page_number"] == []


def test_the_date_of_a_cover_is_parted_from_the_page_after_it():
    found = kinds(["2021 年 9 月 前 言", SENTENCE + "。"])
    assert [text for text, _ in found[:2]] == ["2021 年 9 月", "前 言"]
