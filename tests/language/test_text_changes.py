from hypothesis import given
from hypothesis import strategies as st

from wenma.language.text_changes import text_changes, word_changes

paragraphs = st.lists(st.text(alphabet="甲乙丙丁", max_size=6), max_size=12)


def kinds(old, new):
    return [(one.kind, one.old, one.new) for one in text_changes(old, new)]


@given(paragraphs, paragraphs)
def test_each_paragraph_of_both_versions_is_told_once(old, new):
    found = text_changes(old, new)
    assert sorted(one.old for one in found if one.old >= 0) == [*range(len(old))]
    assert [one.new for one in found if one.new >= 0] == [*range(len(new))]
    for one in found:
        assert (one.old < 0) == (one.kind == "new") and (one.new < 0) == (one.kind == "gone")
        if one.kind in ("same", "moved"):
            assert old[one.old] == new[one.new]
        if one.kind == "changed":
            assert "".join(p.text for p in one.parts if p.kind != "new") == old[one.old]
            assert "".join(p.text for p in one.parts if p.kind != "gone") == new[one.new]


@given(paragraphs)
def test_a_text_beside_itself_is_the_same(old):
    assert {kind for kind, *_ in kinds(old, old)} <= {"same"}


def test_what_moved_changed_went_and_came():
    old = ["一、总则", "加强监测预警和救援。", "储备应急物资。", "开展演练。"]
    new = ["储备应急物资。", "一、总则", "加强监测预警与救援。", "建设避难场所。"]
    assert kinds(old, new) == [
        ("moved", 2, 0), ("same", 0, 1), ("changed", 1, 2), ("gone", 3, -1), ("new", -1, 3)
    ]  # fmt: skip


def test_a_paragraph_that_moved_and_changed_is_a_version_of_itself_and_not_of_another():
    old = ["加强城市内涝监测预警能力建设。", "完善社区应急物资储备体系。", "总则"]
    new = ["总则", "完善社区应急物资储备与调拨体系。", "加强城市内涝监测能力建设。"]
    assert [one for one in kinds(old, new) if one[0] == "changed"] == [
        ("changed", 1, 1), ("changed", 0, 2)
    ]  # fmt: skip


def test_words_are_those_the_cutter_gives():
    assert [*map(tuple, word_changes(["加强", "监测", "。"], ["加强", "预警", "。"]))] == [
        ("same", "加强"), ("gone", "监测"), ("new", "预警"), ("same", "。")
    ]  # fmt: skip


def test_a_text_of_one_paragraph_many_times_takes_no_more_than_a_moment():
    found = kinds(["同一段话。"] * 300 + ["甲乙丙丁"], ["同一段话。"] * 301)
    assert [kind for kind, *_ in found].count("same") == 300
    assert ("gone", 300, -1) in found and ("new", -1, 300) in found
