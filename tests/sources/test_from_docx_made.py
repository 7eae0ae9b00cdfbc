"""The Word files of ../shared/made, each with the value its README gives."""

import pytest

from wenma.sources.reading import read


@pytest.fixture
def made(shared):
    folder = shared / "made" / "word"
    if not folder.exists():
        pytest.skip("needs the made files in ../shared/made, which are not here")
    return folder


def document(folder, name):
    (found,) = read(folder / f"{name}.docx")
    return found


@pytest.mark.parametrize("name", ["autonum", "onecell", "sdt", "textbox", "tracked"])
def test_twins_of_one_plan_read_as_the_plain_one(made, name):
    plain, twin = document(made, "headings"), document(made, name)
    assert twin.text == plain.text
    assert [s.title for s in twin.sections] == [s.title for s in plain.sections]
    assert [s.level for s in twin.sections] == [s.level for s in plain.sections]


def test_what_was_lost_with_the_text_boxes_is_there(made):
    text = document(made, "textbox").text
    lost = (made / "textbox.lost").read_text(encoding="utf-8").split("\n")
    assert [line for line in lost if line and line not in text] == []


def test_a_plan_with_nested_tables_holds_all_of_the_plain_one(made):
    plain, nested = document(made, "headings"), document(made, "nested")
    assert set(plain.text.split("\n")) <= set(nested.text.split("\n"))


def test_a_merged_cell_counts_once(made):
    text = document(made, "vmerge").text
    assert text.count("完善区域协同应急联动机制") == 1
    assert len([line for line in text.split("\n") if " | " in line]) == 5


@pytest.mark.parametrize(
    ("name", "there", "gone"),
    [
        ("x_fldSimple", "到表1，建成韧性城市。", "REF"),
        ("x_hidden", "甲乙。", "隐藏文字"),
        ("x_ins", "甲完善应急联动，建成韧性城市。", ""),
        ("x_smartTag", "到2025年12月31日，建成韧性城市。", ""),
        ("short/tracked", "大力发展特色产业，带动农民增收。", "大数据"),
        ("short/hidden", "推进乡村建设。", "大数据"),
        ("short/textbox", "专栏1 数字乡村工程：建设大数据平台。", ""),
        ("short/content_control", "推进数字乡村建设。", ""),
        ("short/field", "推进数字乡村建设。", ""),
        ("short/smarttag", "推进数字乡村建设。", ""),
        ("short/nested_table", "数字乡村 | 开展人才培训。", ""),
        ("short/box_table", "2.人才培训工程。培育新农人。", ""),
    ],
)
def test_what_word_shows_is_read_and_nothing_else(made, name, there, gone):
    lines = document(made, name).text.split("\n")
    assert there in lines
    assert not gone or not any(gone in line for line in lines)


def test_tracked_changes_are_told(made):
    for name in ("tracked", "x_ins", "short/tracked"):
        quality = document(made, name).quality
        assert [sign.kind for sign in quality.signs] == ["tracked_changes"]
        assert not quality.to_look_at
