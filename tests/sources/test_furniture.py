from wenma.sources.furniture import furnished
from wenma.sources.lines import Line

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
