import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control, fisher_exact

from wenma.errors import QueryError
from wenma.queries import cooccurrence as room
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts

BY = ("city", "plan", "period", "document")


def units_behind(study, door):
    frame = study.ask(excerpts, **door).frame
    return len(frame[frame["unit"] >= 0].drop_duplicates(["document", "unit"]))


def pairs(table):
    return table.frame.set_index(["code", "code_b"])


def test_codes_meet_in_units_not_in_coders_or_free_spans(small):
    table = small.ask(cooccurrence)
    row = pairs(table).loc[("stage/resist", "layer/technology/sensing")]
    assert (row["n11"], row["n1"], row["n2"], row["n"]) == (2, 3, 2, 400)
    assert math.isclose(row["jaccard"], 2 / 3)
    assert any("1 codings on free spans" in note for note in table.notes)


def test_codes_of_one_dimension_are_paired_too(small):
    key = ("layer/technology/sensing", "layer/technology/platform")
    assert pairs(small.ask(cooccurrence)).loc[key, "n11"] == 1


def test_codes_apart_leave_out_parents_nobody_gave_themselves(small):
    frame = small.ask(cooccurrence).frame
    assert not {"stage", "layer", "layer/technology"} & {*frame["code"], *frame["code_b"]}
    assert len(frame) == 14 * 13 / 2


def test_with_children_a_parent_counts_once_and_is_not_paired_with_its_own(small):
    rows = pairs(small.ask(cooccurrence, children=True))
    assert rows.loc[("stage/resist", "layer/technology"), "n11"] == 2
    assert rows.loc[("stage", "layer"), "n11"] == 3
    assert ("layer", "layer/technology/sensing") not in rows.index
    assert ("layer/technology/sensing", "layer/actor") in rows.index


def test_only_keeps_the_pairs_of_some_codes(small):
    frame = small.ask(cooccurrence, only=["stage"]).frame
    assert {*frame["code"], *frame["code_b"]} == {
        "stage/resist",
        "stage/absorb",
        "stage/recover",
        "stage/adapt",
    }


def test_a_lopsided_pair_is_marked(small, coding_of):
    more = [coding_of("乙", unit, "stage/adapt") for unit in range(50, 61)]
    codings = pd.concat([small.codings, pd.DataFrame(more)])
    frame = cooccurrence(dataset(codings, documents=small.documents, codes=small.codes)).frame
    uneven = frame.set_index(["code", "code_b"])["uneven"]
    # 12 against 2 is more than fivefold, 12 against 3 is not.
    assert uneven[("stage/adapt", "layer/technology/sensing")]
    assert not uneven[("stage/resist", "stage/adapt")]


def test_without_documents_the_measures_that_need_all_units_are_undefined(small):
    table = cooccurrence(dataset(small.codings, codes=small.codes))
    assert table.frame[["lift", "npmi", "phi", "g2"]].isna().all(axis=None)
    assert table.frame["jaccard"].notna().any()
    assert any("units" in note for note in table.notes)


def test_headings_are_units_when_they_are_counted(small):
    frame = small.ask(cooccurrence, headings=True).frame
    assert set(frame["n"]) == {436}


def test_too_many_pairs_leave_out_those_that_never_meet(large, monkeypatch):
    whole = large.ask(cooccurrence, by="city")
    monkeypatch.setattr(room, "MOST_PAIRS", 10)
    short = large.ask(cooccurrence, by="city")
    met = whole.frame[whole.frame["n11"] > 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(short.frame, met)
    assert any("never meet are not listed" in note for note in short.notes)
    monkeypatch.setattr(room, "MOST_PAIRS", 200_000)
    whole = large.ask(cooccurrence, children=True)
    monkeypatch.setattr(room, "MOST_PAIRS", 10)
    short = large.ask(cooccurrence, children=True)
    met = whole.frame[whole.frame["n11"] > 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(short.frame, met)


@pytest.mark.parametrize("headings", [False, True])
@pytest.mark.parametrize("children", [False, True])
@pytest.mark.parametrize("by", [None, "city", "period"])
def test_every_meeting_equals_the_units_of_its_excerpts(large, by, children, headings):
    table = large.ask(cooccurrence, by=by, children=children, headings=headings)
    for row in range(0, len(table.frame), 1 if by is None else 13):
        cells, door = table.frame.iloc[row], table.drill_through(row)
        assert units_behind(large, door) == cells["n11"], door
        assert units_behind(large, door | {"also": None}) == cells["n1"], door
        second = door | {"also": None, "code": door["also"]}
        assert units_behind(large, second) == cells["n2"], door


@pytest.mark.parametrize("by", BY)
def test_the_groups_of_a_pair_add_up_to_the_whole(large, by):
    whole = pairs(large.ask(cooccurrence))
    parts = large.ask(cooccurrence, by=by).frame.groupby(["code", "code_b"], sort=False)
    for column in ("n11", "n1", "n2", "n"):
        assert np.array_equal(parts[column].sum().to_numpy(), whole[column].to_numpy())


def test_the_counts_are_those_of_a_cross_table(large):
    body = large.codings.query("kind != 'heading' and unit >= 0")
    carried = pd.crosstab([body["document"], body["unit"]], body["code"]).clip(upper=1)
    expected = carried.T @ carried
    for (first, second), row in pairs(large.ask(cooccurrence)).iterrows():
        if {first, second} <= set(expected):
            assert row["n11"] == expected.loc[first, second]


def test_ten_thousand_codes_give_the_pairs_that_meet(coding_of):
    codings = [coding_of("甲", n // 2, f"topic/{n:05}") for n in range(10_000)]
    frame = cooccurrence(dataset(pd.DataFrame(codings))).frame
    assert len(frame) == 5_000 and frame["n11"].eq(1).all()


def test_q_is_of_all_pairs_of_a_city(large):
    frame = large.ask(cooccurrence, by="city").frame
    assert frame["p"].notna().all()
    for _, city in frame.groupby("group"):
        np.testing.assert_allclose(city["q"], false_discovery_control(city["p"]))


def test_what_is_expected_is_of_each_document_and_added_up(large):
    whole = pairs(large.ask(cooccurrence, by="document"))
    by_hand = (whole["n1"] * whole["n2"] / whole["n"]).groupby(level=[0, 1], sort=False).sum()
    np.testing.assert_allclose(pairs(large.ask(cooccurrence))["expected"], by_hand)


def test_the_chance_of_a_pair_is_that_of_turning_one_code_round_in_each_document(large):
    """By hand: every turn of one document, then as many sums over all as there is time for."""
    row = pairs(large.ask(cooccurrence)).loc[("stage/resist", "layer/actor")]
    random, sums = np.random.default_rng(1), np.zeros(4000)
    codings = large.codings[(large.codings["unit"] >= 0) & (large.codings["kind"] != "heading")]
    for _, document in large.documents.iterrows():
        own = codings[codings["document"] == document["document"]]
        one, other = np.zeros((2, document["units"]))
        one[own.loc[own["code"] == "stage/resist", "unit"].unique()] = 1
        other[own.loc[own["code"] == "layer/actor", "unit"].unique()] = 1
        turns = np.array([one @ np.roll(other, by) for by in range(len(one))])
        sums += random.choice(turns, len(sums))
    assert row["expected"] == pytest.approx(sums.mean(), rel=0.02)
    by_hand = (sums >= row["n11"]).mean() - (sums == row["n11"]).mean() / 2
    assert row["p"] == pytest.approx(by_hand, abs=0.03)


def test_whole_documents_are_tested_by_fisher(large):
    table = large.ask(cooccurrence, window="document")
    for _, row in table.frame.iterrows():
        a, b, c = row["n11"], row["n1"] - row["n11"], row["n2"] - row["n11"]
        if math.isnan(row["p"]):
            continue
        cells = [[a, b], [c, row["n"] - a - b - c]]
        assert row["p"] == pytest.approx(fisher_exact(cells, alternative="greater").pvalue)
    assert any("documents being the sample" in note for note in table.notes)


@pytest.fixture
def apart(coding_of):
    """Three units of one paragraph and one of the next; a heading between; nine units in all."""
    rows = [
        coding_of("甲", 1, "stage/resist") | {"paragraph": 1, "section_number": 0, "ordinal": 0},
        coding_of("甲", 3, "layer/actor") | {"paragraph": 1, "section_number": 0, "ordinal": 2},
        coding_of("甲", 5, "layer/institution")
        | {"paragraph": 3, "section_number": 1, "ordinal": 3},
        coding_of("乙", 1, "layer/actor") | {"paragraph": 1, "section_number": 0, "ordinal": 0},
    ]
    counts = {"units": 9, "paragraphs": 4, "text_sections": 2}
    documents = [{"document": name, "city": "璇江市"} | counts for name in ("甲", "乙")]
    return pd.DataFrame(rows), pd.DataFrame(documents)


@pytest.mark.parametrize(
    ("options", "with_actor", "with_institution", "n"),
    [
        ({}, 0, 0, 18),
        ({"window": "paragraph"}, 1, 0, 8),
        ({"window": "section"}, 1, 0, 4),
        ({"window": "document"}, 1, 1, 2),
        # They stand on units 0, 2 and 3: two and three apart.
        ({"within": 1}, 0, 0, 18),
        ({"within": "2"}, 1, 0, 18),
        ({"within": 3}, 2, 1, 18),
    ],
)
def test_codes_may_meet_in_a_wider_window(apart, options, with_actor, with_institution, n):
    codings, documents = apart
    table = cooccurrence(dataset(codings, documents=documents), **options)
    rows = pairs(table)
    assert rows.loc[("layer/actor", "stage/resist"), "n11"] == with_actor
    assert rows.loc[("layer/institution", "stage/resist"), "n11"] == with_institution
    assert (table.frame["n"] == n).all()


def test_of_windows_that_overlap_no_chance_is_told(apart):
    codings, documents = apart
    table = cooccurrence(dataset(codings, documents=documents), within=2)
    assert table.frame[["p", "q"]].isna().all().all()
    assert any("overlap" in note for note in table.notes)


@pytest.mark.parametrize("window", ["paragraph", "section", "document"])
def test_passages_behind_a_wider_window_stand_in_it(apart, window):
    codings, documents = apart
    table = cooccurrence(dataset(codings, documents=documents), window=window)
    row = table.frame.index[
        (table.frame["code"] == "layer/actor") & (table.frame["code_b"] == "stage/resist")
    ][0]
    door = table.drill_through(row)
    assert door["window"] == window
    frame = excerpts(dataset(codings, documents=documents), **door).frame
    assert frame[["document", "unit"]].values.tolist() == [["甲", 3]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"window": "chapter"}, 'no window "chapter"'),
        ({"window": "clause", "units": None}, "Give units="),
        ({"within": -1}, "whole number from 0 to 50"),
        ({"within": "two"}, "whole number from 0 to 50"),
        ({"window": "section", "within": 2}, "Leave out one of them"),
    ],
)
def test_a_window_that_is_none_is_refused(small, options, said):
    with pytest.raises(QueryError, match=said):
        small.ask(cooccurrence, **options)


def test_without_the_documents_nothing_is_known_to_be_near(apart):
    with pytest.raises(QueryError, match="Give the documents"):
        cooccurrence(dataset(apart[0]), within=1)
