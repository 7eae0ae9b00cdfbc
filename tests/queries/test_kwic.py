import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.kwic import kwic


def one_document(study, *texts):
    rows = [
        study.units.iloc[0].to_dict()
        | {"unit": n, "start": 50 * n, "end": 50 * n + len(text), "text": text}
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows)


def lines(table):
    cells = table.frame[["left", "hit", "right"]]
    return list(cells.itertuples(index=False, name=None))


def test_the_offsets_are_those_of_the_document(large):
    texts = {}
    for name, units in large.units.groupby("document"):
        text = [" "] * (units["end"].max() + 1)
        for row in units.itertuples():
            # The made-up sentences overlap: those asked about are written last.
            text[row.start : row.end] = row.text
        texts[name] = "".join(text)
    # Every seventh unit by itself, so that none is overwritten.
    units = large.units[large.units["unit"] % 7 == 0]
    for row in units.itertuples():
        text = texts[row.document]
        texts[row.document] = text[: row.start] + row.text + text[row.end :]
    frame = large.ask(kwic, units=units, pattern="应急", limit=0).frame
    assert len(frame) > 50
    for row in frame.itertuples():
        assert texts[row.document][row.start : row.end] == row.hit == "应急"


def test_a_line_is_what_stands_before_and_after_in_its_sentence(small):
    table = small.ask(kwic, pattern="演练")
    assert lines(table) == [("应急预警和应急", "演练", "。")]
    assert lines(small.ask(kwic, pattern="演练", width="2")) == [("应急", "演练", "。")]


def test_words_may_overlap_themselves(small):
    units = one_document(small, "人人人都知道")
    assert len(small.ask(kwic, units=units, pattern="人人").frame) == 2


def test_nothing_is_found_across_the_border_of_two_units(small):
    units = one_document(small, "建立应", "急预警")
    for options in ({}, {"regex": True}):
        table = small.ask(kwic, units=units, pattern="应急", **options)
        assert not len(table.frame)
        assert any("nowhere" in note for note in table.notes)
    assert not len(small.ask(kwic, units=units, pattern="应\n急").frame)
    assert not len(small.ask(kwic, units=units, pattern=r"应\s急", regex=True).frame)


def test_without_regex_signs_are_signs(small):
    units = one_document(small, "达到3.5%（预期）", "达到325%")
    assert len(small.ask(kwic, units=units, pattern="3.5%").frame) == 1
    assert len(small.ask(kwic, units=units, pattern="3.5%", regex=True).frame) == 2


def test_an_expression_finds_what_differs(small):
    table = small.ask(kwic, pattern=r"应急(预警|救援)", regex=True)
    assert table.frame["hit"].tolist() == ["应急预警", "应急救援"]


def test_an_expression_may_match_nothing_and_is_then_no_line(small):
    assert set(small.ask(kwic, pattern="演?练?", regex=True).frame["hit"]) == {"演练"}


@pytest.mark.parametrize("pattern", ["(", "(?=应)急", "*", r"(急)\1"])
def test_an_expression_that_is_not_sound_is_refused_with_a_cure(small, pattern):
    with pytest.raises(QueryError, match="no regular expression") as refused:
        small.ask(kwic, pattern=pattern, regex=True)
    assert "RE2" in refused.value.cure


@pytest.mark.parametrize("pattern", ["", " "])
def test_nothing_cannot_be_looked_for(small, pattern):
    with pytest.raises(QueryError, match="pattern is empty"):
        small.ask(kwic, pattern=pattern)


def test_whole_leaves_the_places_that_are_a_word(small):
    units = one_document(small, "发展改革委推动发展", "数字经济发展。")
    every = small.ask(kwic, units=units, pattern="发展")
    assert len(every.frame) == 3
    assert lines(small.ask(kwic, units=units, pattern="发展", whole=True)) == [
        ("发展改革委推动", "发展", ""),
        ("数字经济", "发展", "。"),
    ]
    # Two words are not one.
    assert not len(small.ask(kwic, units=units, pattern="经济发展", whole=True).frame)


def test_lines_follow_the_documents_and_their_text(large):
    frame = large.ask(kwic, limit=0).frame
    order = {name: number for number, name in enumerate(large.documents["document"])}
    places = [(order[row.document], row.start) for row in frame.itertuples()]
    assert places == sorted(places)
    assert len(frame) == large.units.query("kind != 'heading'")["text"].str.count("应急").sum()


def test_lines_are_sorted_by_whole_words_beside_the_hit(small):
    units = one_document(small, "产业监测", "发展监测", "产业发展，监测", "监测", "创新监测产业")
    left = small.ask(kwic, units=units, pattern="监测", sort="left")
    # Nothing comes first; then 产业, 创新, 发展, and 发展 with a word behind it.
    assert [line[0] for line in lines(left)] == ["", "产业", "创新", "发展", "产业发展，"]
    right = small.ask(kwic, units=units, pattern="监测", sort="right")
    assert lines(right)[-1] == ("创新", "监测", "产业")


def test_lines_are_sorted_by_the_second_word(small):
    units = one_document(small, "监测创新产业", "监测产业创新", "监测发展")
    table = small.ask(kwic, units=units, pattern="监测", sort="right", nth="2")
    assert [line[2] for line in lines(table)] == ["发展", "创新产业", "产业创新"]
    assert table.basis["nth"] == "2"


def test_only_lines_with_another_word_near(small):
    units = one_document(
        small, "应急，产业，创新", "应急，监测，发展，产业", "产业，应急", "产业", "应急"
    )
    for window, expected in ((1, 2), ("3", 3)):
        table = small.ask(kwic, units=units, near="产业", window=window)
        assert len(table.frame) == expected
    assert not len(small.ask(kwic, units=units, near="气候").frame)


def test_only_units_with_a_code_or_one_under_it(small):
    assert small.ask(kwic, code="layer/technology").frame["document"].tolist() == ["甲"] * 3
    assert len(small.ask(kwic, code="layer/institution").frame) == 2
    # A free span is in no unit.
    only_free = small.codings[small.codings["unit"] < 0]
    assert not len(
        kwic(
            dataset(only_free, documents=small.documents, units=small.units),
            pattern="应急",
            code="stage/resist",
        ).frame
    )  # fmt: skip
    with pytest.raises(QueryError, match='Did you mean "stage/resist"'):
        small.ask(kwic, code="stage/resits")


def test_only_one_city_or_document(small):
    assert set(small.ask(kwic, where={"city": "璇江市"}).frame["document"]) == {"甲", "乙"}
    assert set(small.ask(kwic, document="丁").frame["document"]) == {"丁"}
    assert not len(small.ask(kwic, where={"city": "和槐市"}).frame)
    with pytest.raises(QueryError, match='Did you mean "璇江市"'):
        small.ask(kwic, where={"city": "璇江"})


def test_more_lines_than_the_limit_are_told_in_a_note(small):
    table = small.ask(kwic, limit="2")
    every = small.ask(kwic, limit=0)
    assert len(table.frame) == 2 < len(every.frame)
    assert f"the first 2 of {len(every.frame)} lines" in table.notes[-1]
    assert table.basis["lines"] == every.basis["lines"] == str(len(every.frame))
    assert lines(table) == lines(every)[:2]


def test_groups_come_in_blocks(large):
    frame = large.ask(kwic, by="period", sort="left", limit=0).frame
    assert (frame["group"] != frame["group"].shift()).sum() == 2


def test_the_heading_a_line_stands_under_is_named(small):
    units = small.units.copy()
    units.loc[units["kind"] == "heading", "section"] = 1
    units.loc[(units["document"] == "甲") & (units["unit"] == 3), "section"] = 1
    frame = small.ask(kwic, units=units, document="甲").frame
    assert dict(zip(frame["start"], frame["section"], strict=True)) == {
        2: "",
        10: "",
        15: "",
        32: "第一节应急管理的任务",
        37: "第一节应急管理的任务",
    }


@pytest.mark.parametrize(
    "option,given",
    [("width", "-1"), ("limit", "all"), ("nth", "0"), ("window", "0"), ("sort", "colour")],
)
def test_an_option_that_makes_no_sense_is_refused(small, option, given):
    with pytest.raises(QueryError, match=given):
        small.ask(kwic, **{option: given})


def test_what_is_typed_is_tidied_as_documents_are(small):
    plain = small.ask(kwic, pattern="数字经济").frame
    assert len(plain) == 1
    for typed in ("数字 经济", "数字\u200b经济", " 数字经济　"):
        assert small.ask(kwic, pattern=typed).frame.equals(plain)
    assert len(small.ask(kwic, pattern="３.５%").frame) == len(
        small.ask(kwic, pattern="3.5%").frame
    )
    assert small.ask(kwic, pattern="[数] ?字经济", regex=True).frame["hit"].tolist() == ["数字经济"]
    near = small.ask(kwic, pattern="数字经济", near="产 业").frame
    assert near.equals(small.ask(kwic, pattern="数字经济", near="产业").frame) and len(near) == 1


def test_words_are_found_in_either_script_in_the_order_of_the_text(small):
    units = one_document(small, "提升城市韌性，", "提升城市韧性。")
    for pattern in ("韧性", "韌性"):
        table = small.ask(kwic, units=units, pattern=pattern)
        assert lines(table) == [("提升城市", "韌性", "，"), ("提升城市", "韧性", "。")]
