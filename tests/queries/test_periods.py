"""What grew and what went: tested against scipy, and by their excerpts."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control, permutation_test

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.grouping import listing_order
from wenma.queries.periods import periods


@pytest.fixture
def two(small, coding_of):
    """The small study, whose 丁 is a 十五五 of 璇江市 with 3 resist and 1 adapt."""
    of = small.documents["document"] == "丁"
    small.documents.loc[of, ["city", "period"]] = ["璇江市", "十五五"]
    for unit, code in enumerate(["stage/resist"] * 3 + ["stage/adapt"]):
        small.codings.loc[len(small.codings)] = coding_of("丁", unit, code) | {"period": "十五五"}
    return small


def test_a_period_stands_under_the_one_before_with_what_changed(two):
    frame = two.ask(periods, by="city", only=["stage"]).frame
    rows = frame.set_index(["group", "code", "period"])
    before, now = (rows.loc[("璇江市", "stage/resist", one)] for one in ("十四五", "十五五"))
    assert (before["references"], before["share"], before["before"]) == (4, 100, "")
    assert before[["change", "log_ratio", "p", "q"]].isna().all()
    # 4 in 2,000 Han before, 3 in 500 now; 4 of 4 stages before, 3 of 4 now.
    assert (now["references"], now["share"], now["change"]) == (3, 75, -25)
    assert now["before"] == "十四五" and now["per_1000"] == 6
    assert math.isclose(now["log_ratio"], math.log2((3 / 500) / (4 / 2000)))
    # Of the three ways to take one of three documents for the later period, this one alone.
    assert math.isclose(now["p"], 1 / 3)


def test_a_count_of_nought_is_a_half_and_two_are_no_ratio(two):
    table = two.ask(periods, by="city", only=["stage"])
    rows = table.frame.set_index(["group", "code", "period"])
    new = rows.loc[("璇江市", "stage/adapt", "十五五")]
    assert math.isclose(new["log_ratio"], math.log2((1 / 500) / (0.5 / 2000)))
    assert math.isnan(rows.loc[("璇江市", "stage/recover", "十五五"), "log_ratio"])
    assert math.isnan(rows.loc[("璇江市", "stage/recover", "十五五"), "p"])
    assert "Of 1 log ratios one count is 0 and taken as 0.5." in table.notes


def test_a_city_with_one_period_is_named_and_has_no_change(two):
    table = two.ask(periods, by="city")
    assert table.frame.query("group == '和槐市'")["change"].isna().all()
    assert any("One period only in 和槐市" in note for note in table.notes)
    assert not any("和槐市" in note for note in two.ask(periods).notes)


def test_periods_of_different_cities_are_warned_of(two, large):
    assert any("not of the same cities" in note for note in two.ask(periods).notes)
    assert not any("not of the same cities" in note for note in large.ask(periods).notes)


def test_counts_and_shares_are_those_of_frequency(large):
    rows = large.ask(periods).frame.set_index(["period", "code"])
    known = large.ask(frequency, by="period").frame.set_index(["group", "code"]).loc[rows.index]
    assert (rows["references"] == known["references"]).all()
    np.testing.assert_allclose(rows["share"], known["share"])
    np.testing.assert_allclose(rows["per_1000"], known["per_1000"])


def test_every_p_is_scipys_and_q_is_adjusted_for_all_of_the_table(large):
    frame = large.ask(periods).frame
    tested = frame["p"].notna()
    own = large.ask(frequency, by="document").frame.set_index(["group", "code"])["references_own"]
    documents = large.documents.set_index("document")["period"]
    later = (documents == "十五五").to_numpy()
    assert tested.sum() > 5
    for _, row in frame[tested].iloc[::2].iterrows():
        top = row["code"].partition("/")[0]
        counts = np.array(
            [
                [
                    sum(own.get((name, c), 0) for c in set(own.index.get_level_values(1))
                        if f"{c}/".startswith(f"{above}/"))
                    for above in (row["code"], top)
                ]
                for name in documents.index
            ]
        )  # fmt: skip

        def change(now, counts=counts):
            sides = [counts[side].sum(axis=0) for side in (now == 1, now == 0)]
            return abs(sides[0][0] / sides[0][1] - sides[1][0] / sides[1][1])

        judge = permutation_test(
            (later.astype(int),), change, permutation_type="pairings", vectorized=False,
            n_resamples=4_000, alternative="greater", rng=1,
        )  # fmt: skip
        assert row["p"] == pytest.approx(judge.pvalue, abs=0.035)
    np.testing.assert_allclose(
        frame["q"][tested], false_discovery_control(frame["p"][tested]), rtol=1e-9
    )


def test_one_document_on_each_side_can_tell_nothing_of_others(large):
    table = large.ask(periods, by="city")
    assert table.frame[["p", "q"]].isna().all(axis=None)
    assert table.frame["change"].notna().any()
    assert any("have one document on each side" in note for note in table.notes)


@pytest.mark.parametrize("headings", [False, True])
@pytest.mark.parametrize("by", [None, "city", "plan", "period", "document"])
def test_every_number_leads_to_its_excerpts(large, by, headings):
    table = large.ask(periods, by=by, headings=headings)
    for row in range(0, len(table.frame), 1 if by is None else 7):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        assert len(behind) == table.frame["references"][row]


def test_periods_come_by_their_numerals_and_others_by_their_year():
    labels = ["十五五", "“十三五”", "十五", "第十四个五年规划", "远期", "2035"]
    assert listing_order(labels, instead={"远期": "2030"}) == [
        "十五", "“十三五”", "第十四个五年规划", "十五五", "远期", "2035",
    ]  # fmt: skip
    assert listing_order(["二〇三五年", "十五五", "八五"]) == ["八五", "十五五", "二〇三五年"]


def test_three_periods_are_each_compared_with_the_one_before(large):
    documents = large.documents.copy()
    documents.loc[documents["city"].isin(["璇江市", "和槐市"]), "period"] = "十三五"
    frame = periods(dataset(large.codings, documents=documents, codes=large.codes)).frame
    assert frame["period"].tolist()[:3] == ["十三五", "十四五", "十五五"]
    assert frame["before"].tolist()[:3] == ["", "十三五", "十四五"]


def test_documents_without_a_period_are_left_out_or_nothing_is_compared(small):
    small.documents.loc[0, "period"] = None
    assert any("1 documents that state no period" in note for note in small.ask(periods).notes)
    small.documents["period"] = ""
    table = small.ask(periods, by="city")
    assert not len(table.frame) and any("No document states a period" in n for n in table.notes)


def test_an_unknown_length_leaves_the_rates_empty_but_not_the_shares(two):
    table = periods(dataset(two.codings, codes=two.codes))
    assert table.frame[["per_1000", "log_ratio"]].isna().all(axis=None)
    assert table.frame["change"].notna().any()
    assert any("no rate and no log ratio" in note for note in table.notes)


def test_a_code_that_is_not_there_is_refused(small):
    with pytest.raises(QueryError, match='Did you mean "stage/resist"'):
        small.ask(periods, only=["stage/resits"])


def test_without_codings_and_codes_there_is_a_reason(small):
    table = periods(dataset(small.codings.iloc[:0]))
    assert isinstance(table.frame, pd.DataFrame) and not len(table.frame)
    assert any("no codings" in note for note in table.notes)
