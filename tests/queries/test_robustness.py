"""How firm the order of codes is."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau, spearmanr

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.robustness import robustness
from wenma.statistics.rank_correlation import rank_correlation

LEAVES = [
    "stage/resist", "stage/absorb", "stage/recover", "stage/adapt", "layer/institution",
    "layer/technology/sensing", "layer/technology/platform", "layer/actor",
]  # fmt: skip


def counts(codings, study, column="references", **options):
    table = frequency(dataset(codings, documents=study.documents, codes=study.codes), **options)
    return table.frame.set_index("code")[column].reindex(LEAVES).to_numpy()


def row(table, variant):
    return table.frame.set_index("variant").loc[variant]


def same(found, before, after):
    assert math.isclose(found["tau"], kendalltau(before, after).statistic)
    assert math.isclose(found["rho"], spearmanr(before, after).statistic)


def test_headings_and_documents_are_compared_as_they_are_counted(large):
    table = large.ask(robustness)
    stands = counts(large.codings, large)
    same(row(table, "headings in"), stands, counts(large.codings, large, headings=True))
    other = large.ask(robustness, headings=True)
    same(row(other, "headings out"), counts(large.codings, large, headings=True), stands)
    assert math.isnan(row(table, "documents")["tau"])  # every code is in every document


def test_mean_rates_weigh_every_document_the_same(large):
    by_document = large.ask(frequency, by="document").frame
    rates = by_document.pivot_table(index="code", values="per_1000").loc[LEAVES, "per_1000"]
    same(row(large.ask(robustness), "mean rate"), counts(large.codings, large), rates)


def test_the_worst_document_is_the_one_without_which_the_order_differs_most(large):
    stands, worst = counts(large.codings, large), (2.0, "")
    for name in large.documents["document"]:
        without = counts(large.codings[large.codings["document"] != name], large)
        worst = min(worst, (kendalltau(stands, without).statistic, name))
    found = row(large.ask(robustness), "one document out")
    assert math.isclose(found["tau"], worst[0]) and found["left_out"] == worst[1]


def test_without_a_rule_falls_what_no_other_rule_and_no_person_coded(small, coding_of):
    # 甲 unit 0 has two rules, unit 1 李 too, the free span is 李's: only 乙's resist hangs on r1.
    more = [coding_of("丙", n, "stage/adapt", city="和槐市", rule="a1") for n in (6, 7)]
    codings = pd.concat([small.codings, pd.DataFrame(more)])
    table = robustness(dataset(codings, documents=small.documents, codes=small.codes), of=["stage"])
    found = row(table, "one rule out")
    # resist 4 and adapt 3: without a1, 4 and 1; without the r1 of resist (another than the r1
    # of adapt), 3 and 3.
    assert (found["left_out"], found["move"]) == ("stage/resist r1", 0.5)
    codings = pd.concat([codings, pd.DataFrame([more[0] | {"unit": 8, "start": 80, "end": 90}])])
    codings = pd.concat([codings, pd.DataFrame([more[0] | {"unit": 9, "start": 90, "end": 99}])])
    table = robustness(dataset(codings, documents=small.documents, codes=small.codes), of=["stage"])
    found = row(table, "one rule out")
    # adapt 5 before resist 4; without a1 1 after 4.
    assert (found["left_out"], found["tau"], found["move"]) == ("a1", -1, 1)


def test_boilerplate_goes_with_its_units_and_is_in_neither_order(small, coding_of):
    codes = pd.concat([small.codes, small.codes.iloc[:2].assign(code=["form", "form/boilerplate"])])
    more = [coding_of("丙", 5, "form/boilerplate", city="和槐市")]
    codings = pd.concat([small.codings, pd.DataFrame(more)])
    table = robustness(dataset(codings, documents=small.documents, codes=codes))
    found = row(table, "boilerplate out")
    # adapt stood on that unit: of five codes it falls behind institution and platform.
    assert (found["ranked"], found["code"], found["rank"], found["rank_then"]) == (
        5, "stage/adapt", 4, 5,
    )  # fmt: skip
    assert any("without 1 units that carry form/boilerplate" in note for note in table.notes)
    assert any("Nothing carries form/boilerplate" in note for note in small.ask(robustness).notes)
    with pytest.raises(QueryError, match="there is no code"):
        small.ask(robustness, boilerplate="form/none")


@pytest.mark.parametrize("by", [None, "city", "plan"])
@pytest.mark.parametrize("headings", [False, True])
def test_every_reference_count_leads_to_its_excerpts(large, by, headings):
    table = large.ask(robustness, by=by, headings=headings)
    moved = np.flatnonzero(table.frame["code"] != "")
    assert len(moved)
    for at in moved:
        behind = large.ask(excerpts, **table.drill_through(int(at))).frame
        assert len(behind) == table.frame["references"][at]


def test_equal_orders_name_no_code_and_open_no_door_to_one(large):
    table = large.ask(robustness, of=["stage/resist", "stage/adapt"])
    still = table.frame[table.frame["move"] == 0]
    assert len(still) and (still["code"] == "").all() and still["references"].isna().all()
    assert (still["left_out"] == "").all()
    assert "code" not in table.drill_through(int(still.index[0]))


def test_an_order_of_one_code_is_not_defined(small):
    table = small.ask(robustness, by="city", of=["stage"])
    assert table.frame.query("group == '和槐市'")["tau"].isna().all()
    assert any("tau and rho are empty in 璇江市, 和槐市" in note for note in table.notes)


def test_without_rules_there_is_none_to_leave_out(small):
    codings = small.codings.assign(rule="")
    table = robustness(dataset(codings, documents=small.documents, codes=small.codes))
    assert "one rule out" not in set(table.frame["variant"])
    assert any("No coding depends on one rule" in note for note in table.notes)


def test_without_codings_and_codes_there_is_a_reason(small):
    table = robustness(dataset(small.codings.iloc[:0]))
    assert table.frame["tau"].isna().all()
    assert any("no codings" in note for note in table.notes)


def test_codes_without_a_count_in_both_are_not_ranked():
    shift = rank_correlation([3, 0, 2, 0], [1, 0, 2, 0])
    assert (shift.ranked, shift.tau, shift.move, shift.code) == (2, -1, 1, 0)
    assert math.isnan(rank_correlation([2, 2], [1, 3]).tau)
    assert rank_correlation([], []).ranked == 0


def test_what_a_person_coded_too_stays_without_its_rule_or_its_term(small):
    from wenma.queries.leave_one_out import on_rules, on_terms
    from wenma.records import Evidence

    codings = small.codings.iloc[[2, 4, 8]].assign(coder=["rules:a@1; 李", "rules:a@1", "李"])
    codings["evidence_spans"] = [(Evidence("p1", 10, 12),)] * 3
    made = dataset(codings, codes=small.codes).grouped("robustness")
    assert on_rules(made)[0].tolist() == on_terms(made)[0].tolist() == [1]


def test_rules_of_one_name_in_two_codes_are_two_rules(small):
    from wenma.queries.leave_one_out import on_rules

    codings = small.codings.iloc[[0, 8, 10]].assign(rule="named", coder="rules:a@1")
    _, number, names = on_rules(dataset(codings, codes=small.codes).grouped("robustness"))
    assert number.tolist() == [0, 0, 1]
    assert names == ["stage/resist named", "stage/adapt named"]
