"""Claims on invented studies, whose answer is known by hand; and as the tables count."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.queries.conftest import CODES, code_frame, coding, document
from wenma.errors import QueryError
from wenma.queries.claim import FAILS, HOLDS, UNDEFINED, claim
from wenma.queries.claim_sides import claimed_order
from wenma.queries.claim_summary import ClaimSummary, claim_choices, claim_hinges, claim_summary
from wenma.queries.claim_text import read_claim
from wenma.queries.dataset import Dataset, dataset
from wenma.queries.frequency import frequency
from wenma.queries.table import Table
from wenma.queries.ways import CHOICES

FORM = [("form", "体例", "Form", "#777777"), ("form/boilerplate", "套话", "Stock", "#777777")]


def put(
    sentence: str, codings: list[dict[str, Any]], documents: list[dict[str, Any]], **options: Any
) -> Table:
    data = dataset(
        pd.DataFrame(codings),
        documents=pd.DataFrame(documents),
        codes=code_frame([*CODES, *FORM]),
    )
    return of(sentence, data, **options)


def of(sentence: str, data: Dataset, **options: Any) -> Table:
    assert data.codes is not None
    order = claimed_order(read_claim(sentence), data.cases, data.codes)
    return claim(order, {"by rules": data}, **options)


def told(table: Table) -> ClaimSummary:
    return claim_summary(table)


def recovering(name: str, many: int, *, city: str, first: int = 0, **facts: Any) -> list[dict]:
    """So many references of 恢复 in a document, each in a unit of its own."""
    return [coding(name, first + at, "stage/recover", city=city, **facts) for at in range(many)]


def also() -> list[dict]:
    """One reference of 适应 in each, so that 恢复 is not the whole dimension."""
    places = (("甲", "上海"), ("乙", "广州"))
    return [coding(name, 90, "stage/adapt", city=city) for name, city in places]


TWO = [document("甲", city="上海"), document("乙", city="广州")]


def test_what_is_more_in_every_way_holds_in_every_way():
    rows = recovering("甲", 5, city="上海") + recovering("乙", 1, city="广州") + also()
    table = put("恢复: 上海 > 广州", rows, TWO)
    found = told(table)
    assert found.usual == HOLDS and found.values == (10.0, 2.0) and found.references == (5, 1)
    # Four denominators (rate, number, units, dimension) × headings out and in.
    assert (found.ways, found.holding, found.undefined) == (8, 8, 0)
    assert found.share == 100 and not found.turning and not found.failing
    # 5/6 by 1/2 of the dimension is the least, 5 times the most.
    assert found.ratios == pytest.approx((5 / 3, 5))
    backwards = told(put("恢复: 上海 < 广州", rows, TWO))
    assert (backwards.usual, backwards.holding, backwards.ways) == (FAILS, 0, 8)


def test_a_claim_that_hangs_on_one_rule_names_it_and_no_other():
    rows = recovering("甲", 2, city="上海", rule="r1")
    rows += recovering("甲", 2, city="上海", first=5, rule="r2")
    rows += recovering("乙", 3, city="广州", rule="r3")
    table = put("恢复: 上海 > 广州", rows, TWO)
    found = told(table)
    assert found.tried["rule"] == 3
    assert {one for one in found.hinges if one[0] == "rule"} == {("rule", "r1"), ("rule", "r2")}
    without = table.frame[table.frame["left_out"] == "r1"].iloc[0]
    assert (without["value_a"], without["value_b"]) == (4.0, 6.0)
    assert without["verdict"] == FAILS
    assert set(table.frame[table.frame["left_out"] == "r3"]["verdict"]) <= {HOLDS, UNDEFINED}


def test_a_reference_that_two_rules_made_or_a_person_too_depends_on_none_of_them():
    rows = recovering("甲", 3, city="上海", rule="r1; r2") + recovering("乙", 2, city="广州")
    rows += recovering("甲", 1, city="上海", first=20, coder="林一", rule="")
    table = put("恢复: 上海 > 广州", rows, TWO)
    assert told(table).tried["rule"] == 1  # that of 乙


def test_a_claim_that_hangs_on_one_document_names_it():
    documents = [
        document("甲一", city="上海"), document("甲二", city="上海"), document("乙", city="广州"),
    ]  # fmt: skip
    rows = recovering("甲一", 9, city="上海") + recovering("甲二", 1, city="上海")
    rows += recovering("乙", 2, city="广州")
    table = put("恢复: 上海 > 广州", rows, documents)
    found = told(table)
    assert found.values == (10.0, 4.0) and found.tried["document"] == 3
    assert [one for one in found.hinges if one[0] == "document"] == [("document", "甲一")]
    # Without 乙 nothing is left to compare: neither holds nor fails, and why.
    row = table.frame[table.frame["left_out"] == "乙"].iloc[0]
    assert row["verdict"] == UNDEFINED and np.isnan(row["value_b"])
    assert row["reason"].zh == "广州已无文件"
    hinges = claim_hinges(table).frame.set_index("left_out")
    assert bool(hinges.loc["甲一", "usual_turns"]) and "乙" not in hinges.index


def test_a_claim_that_hangs_on_headings_fails_only_where_they_are_counted():
    rows = recovering("甲", 3, city="上海") + recovering("乙", 2, city="广州")
    rows += recovering("乙", 7, city="广州", first=50, kind="heading")
    rows += also()
    table = put("恢复: 上海 > 广州", rows, TWO)
    found = told(table)
    assert found.usual == HOLDS and found.turning == (frozenset({("with_headings", "counted")}),)
    choices = claim_choices(table).frame.set_index(["choice", "option"])
    assert choices.loc[("with_headings", "left out"), "holding_share"] == 100
    counted = choices.loc[("with_headings", "counted")]
    assert counted["holding"] == 0 and counted["turns"] == counted["turned_of"] == 4


def test_a_claim_that_hangs_on_its_denominator_says_so():
    documents = [document("甲", city="上海", countable=5000), document("乙", city="广州")]
    rows = recovering("甲", 5, city="上海") + recovering("乙", 2, city="广州")
    found = told(put("恢复: 上海 < 广州", rows, documents))
    assert found.usual == HOLDS and found.values == (1.0, 4.0)
    assert frozenset({("counted_as", "number")}) in found.turning
    assert frozenset({("counted_as", "share of units")}) in found.turning


def test_equal_is_neither_more_nor_less():
    documents = [
        document("甲", city="上海", countable=300),
        document("乙", city="广州", countable=900),
    ]
    rows = recovering("甲", 1, city="上海") + recovering("乙", 3, city="广州")
    for sign in "><":
        found = told(put(f"恢复: 上海 {sign} 广州", rows, documents))
        assert found.usual == FAILS and found.values[0] == pytest.approx(found.values[1])


def test_a_claim_that_hangs_on_a_term_names_it():
    rows = recovering("甲", 3, city="上海") + recovering("乙", 2, city="广州")
    frame = pd.DataFrame(rows)
    from wenma.records import Evidence

    words = ["重建"] * 2 + ["恢复"] + ["修复"] * 2
    frame["excerpt"] = words
    frame["evidence_spans"] = [(Evidence("r1", start, start + 2),) for start in frame["start"]]
    data = dataset(frame, documents=pd.DataFrame(TWO), codes=code_frame(CODES))
    found = told(of("恢复: 上海 > 广州", data))
    assert found.tried["term"] == 3
    assert {one for one in found.hinges if one[0] == "term"} == {("term", "重建"), ("term", "恢复")}


def test_boilerplate_is_left_out_as_its_units_are_everywhere():
    rows = recovering("甲", 4, city="上海") + recovering("乙", 2, city="广州")
    rows += [coding("甲", at, "form/boilerplate", city="上海") for at in range(3)]
    rows += also()
    table = put("恢复: 上海 > 广州", rows, TWO, boilerplate="form/boilerplate")
    found = told(table)
    assert found.turning == (frozenset({("boilerplate", "left out")}),)
    number = table.frame[(table.frame["boilerplate"] == "left out")
                         & (table.frame["counted_as"] == "number")].iloc[0]  # fmt: skip
    assert (number["value_a"], number["value_b"]) == (1, 2)


def test_other_sizes_of_units_are_counted_where_they_are_known():
    rows = [one | {"paragraph": 0} for one in recovering("甲", 4, city="上海")]
    rows += [one | {"paragraph": at} for at, one in enumerate(recovering("乙", 2, city="广州"))]
    documents = [one | {"paragraphs": 10, "heading_paragraphs": 0} for one in TWO]
    table = put("恢复: 上海 > 广州", rows, documents)
    found = told(table)
    # The four references of 甲 stand in one paragraph, the two of 乙 in two.
    assert frozenset({("counted_in", "paragraph")}) in found.turning
    way = table.frame[(table.frame["counted_in"] == "paragraph")
                      & (table.frame["counted_as"] == "share of units")].iloc[0]  # fmt: skip
    assert (way["value_a"], way["value_b"]) == (10, 20)


def test_two_codes_in_one_group_are_compared_by_number():
    rows = [*recovering("甲", 3, city="上海"), coding("甲", 9, "stage/resist", city="上海")]
    table = put("上海: 恢复 > 抵御", rows, TWO)
    assert set(table.frame["counted_as"]) == {"number"}
    assert told(table).values == (3, 1)
    whole = put("恢复 > 抵御", rows, TWO)  # of all documents
    assert told(whole).values == (3, 1) and "share of documents" in set(whole.frame["counted_as"])


def test_an_order_of_several_holds_where_each_step_does():
    documents = [*TWO, document("丙", city="成都")]
    rows = recovering("甲", 5, city="上海") + recovering("乙", 3, city="广州")
    rows += recovering("丙", 2, city="成都")
    first = put("恢复: 上海 > 广州 > 成都", rows, documents).frame.iloc[0]
    assert first["verdict"] == HOLDS
    # The step that is nearest to failing decides.
    assert (first["side_a"], first["side_b"]) == ("广州", "成都")
    assert put("恢复: 广州 > 上海 > 成都", rows, documents).frame.iloc[0]["verdict"] == FAILS
    most = put("恢复: 上海 最多", rows, documents).frame.iloc[0]
    assert most["verdict"] == HOLDS and (most["side_a"], most["side_b"]) == ("上海", "广州")
    assert put("Recover: 成都 lowest", rows, documents).frame.iloc[0]["verdict"] == HOLDS
    assert put("恢复: 广州 最少", rows, documents).frame.iloc[0]["verdict"] == FAILS


def test_a_change_between_periods_and_a_period_of_one_city():
    documents = [
        document("甲", city="上海", period="十四五"), document("乙", city="上海", period="十五五"),
        document("丙", city="广州", period="十五五"),
    ]  # fmt: skip
    rows = recovering("甲", 2, city="上海") + recovering("乙", 1, city="上海")
    rows += recovering("丙", 9, city="广州")
    assert told(put("恢复: 十五五 > 十四五", rows, documents)).values == (10.0, 4.0)
    found = told(put("恢复 · 上海: 十五五 > 十四五", rows, documents))
    assert found.usual == FAILS and found.values == (2.0, 4.0)
    assert found.tried["document"] == 2


def test_without_a_text_or_a_dimension_the_way_says_why_it_says_nothing():
    documents = [document("甲", city="上海", countable=0), document("乙", city="广州")]
    table = put("恢复: 上海 > 广州", recovering("乙", 2, city="广州"), documents)
    rate, share = (
        table.frame[table.frame["counted_as"] == one].iloc[0]
        for one in ("per 1,000 Han", "share of dimension")
    )
    assert rate["verdict"] == share["verdict"] == UNDEFINED
    assert str(rate["reason"]) == "上海 has nothing to divide by"
    assert share["reason"].zh == "上海没有该维度的参考点"
    found = told(table)
    assert found.undefined and found.usual == UNDEFINED and not found.turning


@pytest.mark.parametrize("headings", [False, True])
def test_the_numbers_are_those_of_the_table_of_frequencies(large, headings):
    data = large.data
    groups = frequency(data, by="city", headings=headings).frame.set_index(["group", "code"])
    for code, a, b in (
        ("layer/technology", "璇江市", "澜屿市"), ("stage/adapt", "磐岭市", "和槐市"),
    ):  # fmt: skip
        frame = of(f"{code}: {a} > {b}", data).frame
        said = "counted" if headings else "left out"
        ways = frame[(frame["kind"] == "") & (frame["with_headings"] == said)
                     & (frame["counted_in"] == "as coded") & (frame["copies"] == "counted")
                     ].set_index("counted_as")  # fmt: skip
        for way, column in (
            ("number", "references"), ("per 1,000 Han", "per_1000"),
            ("share of dimension", "share"),
        ):  # fmt: skip
            assert ways.loc[way, "value_a"] == pytest.approx(groups.loc[(a, code), column])
            assert ways.loc[way, "value_b"] == pytest.approx(groups.loc[(b, code), column])


def test_without_a_rule_or_a_document_the_numbers_are_those_of_a_study_without_it(large):
    """Where each coding is by one rule, leaving the rule out is leaving its codings out."""
    data, code, a, b = large.data, "stage/adapt", "磐岭市", "和槐市"
    frame = of(f"{code}: {a} > {b}", data).frame
    cases = data.cases.set_index("document")
    some = frame[(frame["kind"] != "") & (frame["counted_as"] == "share of dimension")]
    assert len(some)
    for _, row in some.iterrows():
        codings = large.codings
        if row["kind"] == "document":
            codings = codings[codings["document"] != row["left_out"]]
        elif row["kind"] == "rule":
            rule = str(row["left_out"]).rpartition(" ")[2]
            codings = codings[(codings["rule"] != rule) | (codings["code"] != code)]
        else:
            continue
        less = dataset(codings, documents=large.documents, codes=large.codes)
        shares = frequency(less, by="city").frame.set_index(["group", "code"])["share"]
        for value, city in ((row["value_a"], a), (row["value_b"], b)):
            assert value == pytest.approx(shares[(city, code)], nan_ok=True)
    assert set(cases["city"]) >= {a, b}


def test_every_way_is_there_once_and_the_usual_one_first(large):
    frame = of("stage/adapt: 磐岭市 > 和槐市", large.data).frame
    counting = frame[frame["kind"] == ""]
    assert not counting.duplicated([*CHOICES]).any()
    assert counting["departures"].iloc[0] == 0 and (counting["departures"].iloc[1:] > 0).all()
    assert (frame["departures"][frame["kind"] != ""] <= 2).all()


# -- the sentence ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "en", "zh"),
    [
        ("恢复: 上海", "says of nothing", "没有说明孰多孰少"),
        ("恢复: 上海 ≥ 广州", '"≥" is not a sign', "“≥”不能用于论断"),
        ("恢复: 上海 > 广州 < 成都", "both > and <", "既有 > 又有 <"),
        ("恢复: > 广州", "a name is missing", "缺少名称"),
        ("：上海 > 广州", "a name is missing before the colon", "冒号之前"),
        ("恢复: 上每 > 广州", 'no city 上每. Did you mean "上海"?', "没有 city “上每”"),
        ("恢福: 上海 > 广州", 'no code 恢福. Did you mean "恢复"?', "没有编码“恢福”"),
        ("成都: 抵御 > 恢复", "no city 成都. There are: 上海, 广州", "现有：上海, 广州"),
        ("上海 > 广州", "names no code for 上海", "没有编码"),
        ("恢复: 抵御 > 适应", "names 2 codes", "有 2 个编码"),
        ("恢复: 上海 > 上海", "compares 上海 with itself", "与自身比较"),
        ("恢复 · 上海: 广州 > 上海", "no document is both", "既是"),
        ("恢复: city=长安 > 广州", 'has the city "长安"', "长安"),
        ("恢复: 城市=上海 > 广州", 'no attribute "城市"', "没有属性"),
    ],
)
def test_a_sentence_that_cannot_be_claimed_is_one_clear_line(sentence, en, zh):
    with pytest.raises(QueryError) as error:
        put(sentence, recovering("甲", 1, city="上海"), TWO)
    assert en in str(error.value) and "\n" not in str(error.value)
    assert zh in error.value.said("zh")


@pytest.mark.parametrize(
    "sentence",
    [
        "恢复：上海＞广州", "stage/recover: 上海>广州", "Recover : 上海 > 广州",
        "recover: 上海 > 广州",
        "恢复: city=上海 > city＝广州", "上海 · 恢复 > 广州 · 恢复", "恢复: 上海・十四五 > 广州",
    ],
)  # fmt: skip
def test_a_sentence_may_be_written_in_several_ways(sentence):
    rows = recovering("甲", 3, city="上海") + recovering("乙", 1, city="广州")
    assert told(put(sentence, rows, TWO)).values == (6.0, 2.0)


def test_a_value_of_two_attributes_is_asked_for_by_its_attribute():
    documents = [
        document("甲", city="吉林", level="市"),
        document("乙", city="广州", province="吉林"),
        document("丙", city="广州", province="广东"),
    ]
    data = dataset(
        pd.DataFrame(recovering("甲", 1, city="吉林")),
        documents=pd.DataFrame(documents),
        codes=code_frame(CODES),
    )
    text = read_claim("恢复: 吉林 > 广州")
    with pytest.raises(QueryError, match="is a value of city and of province"):
        claimed_order(text, data.cases, data.codes)
    sides = claimed_order(text, data.cases, data.codes, by="province").sides
    assert sides[0].where == (("province", "吉林"),) and sides[1].where == (("city", "广州"),)
    with pytest.raises(QueryError, match="no attribute"):
        claimed_order(text, data.cases, data.codes, by="land")
