"""Any attribute breaks a table down, or several crossed; ordinals stand as people sort them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.grouping import grouping, listing_order

CASES = pd.DataFrame(
    {
        "document": ["丁", "丙", "乙", "甲"],
        "city": ["璇江", "和槐", "璇江", "和槐"],
        "period": ["十五五", "十四五", "十三五", "十四五"],
        "year": [2026, None, 2016, 2021],
        "batch": ["第十批", "第二批", "", "第一批"],
        "day": ["2021年11月", "2021年3月", "2021年3月", "2020年"],
        "units": [1, 2, 3, 4],
    }
)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("city", ("璇江", "和槐")),
        ("document", ("丁", "丙", "乙", "甲")),
        ("period", ("十三五", "十四五", "十五五")),
        ("year", ("2016", "2021", "2026", "")),
        ("batch", ("第一批", "第二批", "第十批", "")),
        ("day", ("2020年", "2021年3月", "2021年11月")),
    ],
)
def test_ordinals_stand_as_people_sort_them_and_names_as_the_corpus_has_them(by, names):
    assert grouping(CASES, by).names == names


@pytest.mark.parametrize("by", [["city", "period"], ["period", "city"], ["year", "batch", "city"]])
def test_crossed_groups_are_sorted_by_the_first_attribute_and_then_the_next(by):
    found = grouping(CASES, by)
    orders = [grouping(CASES, one).names for one in by]
    ranks = [
        tuple(order.index(one) for order, one in zip(orders, values, strict=True))
        for values in found.values
    ]
    assert ranks == sorted(set(ranks))
    for case, group in enumerate(found.of_case.tolist()):
        stated = [CASES[one].astype(object)[case] for one in by]
        assert found.values[group] == tuple(
            "" if pd.isna(one) else f"{one:.0f}" if isinstance(one, float) else one
            for one in stated
        )


def test_a_missing_value_in_a_crossed_group_has_a_sign_and_leads_to_its_excerpts(small):
    small.documents["batch"] = ["第十批", None, "第二批", None]
    table = small.ask(frequency, by=["city", "batch"])
    assert list(table.frame["group"].unique()) == [
        "璇江市 · 第十批", "璇江市 · —", "和槐市 · 第二批", "浔汀市 · —",
    ]  # fmt: skip
    row = table.frame.query("group == '璇江市 · —' and code == 'stage/resist'").index[0]
    door = table.drill_through(int(row))
    assert door["where"] == {"city": "璇江市", "batch": ""}
    assert len(small.ask(excerpts, **door).frame) == table.frame["references"][row] == 1


@pytest.mark.parametrize("by", ["level", ["city", "year"], ["period", "city", "plan"], "year"])
def test_the_groups_of_any_attribute_add_up_to_the_whole_and_equal_a_group_by(large, by):
    years = [2021 + n % 3 for n in range(len(large.documents))]
    large = replace(large, documents=large.documents.assign(year=years))
    named = [by] if isinstance(by, str) else by
    parts = large.ask(frequency, by=by).frame
    whole = large.ask(frequency).frame.set_index("code")["references_own"]
    assert parts.groupby("code")["references_own"].sum().reindex(whole.index).equals(whole)
    body = large.codings[large.codings["kind"] != "heading"]
    spots = body.drop_duplicates(["document", "start", "end", "code"])[["document", "code"]]
    stated = spots.merge(large.documents[["document", *named]], on="document")
    name = stated[named].astype(str).agg(" · ".join, axis=1)
    expected = stated.groupby([name, stated["code"]]).size()
    found = parts.set_index(["group", "code"])["references_own"]
    assert found[found > 0].sort_index().tolist() == expected.sort_index().tolist()


@pytest.mark.parametrize("by", ["units", "sha256", "ctiy", ["city", "ctiy"]])
def test_what_is_counted_of_a_document_is_not_an_attribute(by):
    with pytest.raises(QueryError, match="no attribute") as refused:
        grouping(CASES.assign(sha256="0"), by)
    assert "没有属性" in refused.value.zh


def test_names_with_a_number_somewhere_stay_names():
    cities = ["上海2021", "广州2035", "三亚"]
    assert listing_order(cities) == cities


def test_no_case_at_all_has_no_group():
    found = grouping(CASES.iloc[:0], ["city", "year"])
    assert found.names == () and not len(found.of_case)
    assert np.array_equal(grouping(CASES, None).of_case, [0, 0, 0, 0])
