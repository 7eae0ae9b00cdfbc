import pytest

from tests.sources.small_pdf import small_pdf, text_at
from wenma.sources.document import parse_document
from wenma.sources.from_pdf import extract
from wenma.sources.pdf.notes import notes_below


def read(*pages):
    return extract(small_pdf(*pages))


def texts(found):
    return [line.text.strip() for line in found.lines]


def test_a_note_mark_between_a_word_and_a_figure_is_left_out():
    page = text_at(
        (60, 700, 16, "全市常住人口"), (156, 708, 8, "1"), (160, 700, 16, "1761.48万人。")
    )
    found = read(page)
    assert texts(found) == ["全市常住人口1761.48万人。"]
    assert [(one.kind, one.parts, one.characters) for one in found.left_out] == [
        ("note_mark", 1, 1)
    ]


def test_a_note_mark_after_a_figure_is_left_out():
    page = text_at((60, 700, 16, "人口1761.48"), (148, 708, 8, "12"), (156, 700, 16, "万人。"))
    assert texts(read(page)) == ["人口1761.48万人。"]


@pytest.mark.parametrize("mark", ["①", "[3]", "*", "〔2〕"])
def test_marks_of_every_kind_are_left_out(mark):
    page = text_at((60, 700, 16, "全市常住人口"), (156, 709, 8, mark), (180, 700, 16, "稳步增长。"))
    assert "".join(texts(read(page))).replace(" ", "") == "全市常住人口稳步增长。"


def test_marks_drawn_after_all_text_are_left_out_too():
    page = text_at((60, 700, 16, "全市常住人口"), (160, 700, 16, "万人。"), (156, 708, 8, "1"))
    assert "1" not in "".join(texts(read(page)))


def test_square_kilometres_and_powers_of_ten_stay():
    page = text_at(
        (60, 700, 16, "面积35km"), (132, 708, 8, "2"), (140, 700, 16, "左右"),
        (60, 660, 16, "约3×10"), (124, 668, 8, "4"), (130, 660, 16, "吨"),
    )  # fmt: skip
    found = read(page)
    assert texts(found)[0].startswith("面积35km2")
    assert texts(found)[-1].replace(" ", "") == "约3×104吨"
    assert not found.left_out


def test_a_lowered_figure_stands_in_its_word():
    page = text_at((60, 700, 16, "空气中PM"), (140, 696, 9, "2.5"), (156, 700, 16, "浓度下降。"))
    assert "".join(texts(read(page))).replace(" ", "") == "空气中PM2.5浓度下降。"


NOTE = "注：数据来自市统计局。"


def page_with_note(last, *, number="7"):
    text = "健全县乡村三级工作机制明确责任单位和完成时限"
    rows = [(60.0, 700.0 - 24 * at, 16.0, text) for at in range(5)]
    return text_at(
        *rows, (60, 560, 16, last), (60 + 16 * len(last), 568, 8, "1"),
        (60, 120, 9, "1"), (66, 120, 9, NOTE), (290, 60, 9, number),
    )  # fmt: skip


def test_a_note_is_a_line_of_its_own_at_the_foot_of_its_page():
    found = read(page_with_note("按季度通报进展情况。"))
    (note,) = [line for line in found.lines if line.hint == "note"]
    assert note.text.replace(" ", "") == f"1{NOTE}"
    assert found.lines[-1].text.strip() == "7"


def test_a_note_does_not_break_the_sentence_that_runs_over_the_page():
    text = "进展情况并向社会公布接受群众监督形成工作合力"
    following = text_at(
        *[(60, 700 - 24 * at, 16, text) for at in range(4)],
        (290, 60, 9, "8"),
    )
    found = parse_document(
        read(page_with_note("健全县乡村三级工作机制明确责任单位按季度通报"), following).lines
    )
    assert "按季度通报进展情况" in found.text
    assert f"\n1{NOTE}" in found.text.replace("1 注", "1注")


def test_a_number_below_the_page_without_words_is_left_out():
    page = text_at(
        *[(60, 700 - 24 * at, 16, "健全三级工作机制明确责任单位") for at in range(4)],
        (60 + 16 * 14, 636, 8, "3"), (60, 90, 14, "3"),
    )  # fmt: skip
    assert "3" not in "".join(texts(read(page)))


def test_a_page_number_is_no_note():
    told = notes_below(["正文正文正文。", "1 注：甲。", "1"], [16, 9, 9], ["1"], ruled=None)
    assert (told.text, told.notes, told.empty) == ([0, 2], [[1]], [])


def test_small_text_without_marks_stays_text():
    told = notes_below(["正文正文正文。", "资料来源：统计局"], [16, 9], [], ruled=None)
    assert told.notes == []


def test_the_figures_of_a_real_report_are_those_it_shows(shared):
    (path,) = (shared / "formats" / "pdf").glob("2021年深圳市*.pdf")
    text = parse_document(extract(path.read_bytes()).lines).text
    for shown in ("常住人口1761.48万人", "性别比为122.44。", "户籍人口630.94万人", "0.77‰；"):
        assert shown in text


def test_the_marks_of_the_made_file_are_gone(shared):
    text = parse_document(extract((shared / "made/pdf/footnotes.pdf").read_bytes()).lines).text
    known = (shared / "made/text/known.txt").read_text(encoding="utf-8")
    assert "".join(text.split()) == "".join(known.split())
