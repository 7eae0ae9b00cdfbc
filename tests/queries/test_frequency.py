import math

import numpy as np
import pandas as pd
import pytest

from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency

BY = ("city", "plan", "period", "document")


def by_code(table):
    return table.frame.set_index("code")


def test_two_coders_on_one_passage_make_one_reference(small):
    # 甲: units 0 and 1 and the free span; 乙: unit 0.
    assert by_code(small.ask(frequency)).loc["stage/resist", "references"] == 4


def test_a_passage_in_two_children_counts_once_in_the_parent(small):
    rows = by_code(small.ask(frequency))
    # Unit 1 of 甲 is sensing and platform at once.
    assert rows.loc["layer/technology/sensing", "references"] == 2
    assert rows.loc["layer/technology/platform", "references"] == 1
    assert rows.loc["layer/technology", "references"] == 2
    assert rows.loc["layer/technology", "references_own"] == 0
    assert rows.loc["layer", "references"] == 3


def test_a_code_nobody_used_has_a_row_of_noughts(small):
    row = by_code(small.ask(frequency)).loc["layer/actor"]
    assert (row["documents"], row["references"], row["share"], row["per_1000"]) == (0, 0, 0, 0)


def test_rows_stand_in_the_order_of_the_codebook(small):
    assert list(small.ask(frequency).frame["code"]) == list(small.codes["code"])


def test_documents_are_counted_once_each(small):
    rows = by_code(small.ask(frequency))
    assert rows.loc["stage/resist", "documents"] == 2
    assert rows.loc["stage", "documents"] == 3


def test_shares_of_a_dimension_add_up_and_the_dimension_has_a_hundred(small):
    share = by_code(small.ask(frequency))["share"]
    # layer: sensing 2, platform 1, institution 1.
    assert share["layer/technology/sensing"] == 50
    assert share["layer/technology"] == 75
    assert share["layer"] == 100
    stages = ["stage/resist", "stage/absorb", "stage/recover", "stage/adapt"]
    assert math.isclose(share[stages].sum(), 100)


def test_the_rate_is_for_a_thousand_countable_han_characters(small):
    # 4 references in 500 + 1500 + 500 + 500 characters.
    rows = by_code(small.ask(frequency))
    assert math.isclose(rows.loc["stage/resist", "per_1000"], 4 / 3)
    assert rows.loc["stage/resist", "countable"] == 3000


def test_headings_come_in_with_their_characters(small):
    rows = by_code(small.ask(frequency, headings=True))
    assert rows.loc["stage/absorb", "references"] == 1
    assert math.isclose(rows.loc["stage/absorb", "per_1000"], 1000 / 3400)
    assert by_code(small.ask(frequency)).loc["stage/absorb", "references"] == 0


def test_each_city_has_its_own_rows_and_its_own_characters(small):
    frame = small.ask(frequency, by="city").frame
    assert list(frame["group"].unique()) == ["璇江市", "和槐市", "浔汀市"]
    cell = frame.set_index(["group", "code"]).loc[("璇江市", "stage/resist")]
    assert (cell["references"], cell["documents"], cell["countable"]) == (4, 2, 2000)
    assert cell["per_1000"] == 2


def test_a_share_of_nothing_is_undefined_and_the_note_says_why(small):
    table = small.ask(frequency, by="city")
    nowhere = table.frame[table.frame["group"] == "浔汀市"]
    assert nowhere["references"].eq(0).all() and nowhere["share"].isna().all()
    assert nowhere["per_1000"].eq(0).all()
    assert "No references of the dimension stage in 浔汀市: its shares are empty." in table.notes


def test_without_documents_the_rates_are_undefined_and_the_note_says_why(small):
    table = frequency(dataset(small.codings, codes=small.codes))
    assert table.frame["per_1000"].isna().all()
    assert table.frame["references"].tolist() == small.ask(frequency).frame["references"].tolist()
    assert any("countable" in note for note in table.notes)


def test_a_document_of_unknown_length_leaves_its_own_group_empty_only(small):
    small.documents["countable"] = [500, None, 500, 500]
    frame = small.ask(frequency, by="city").frame.set_index(["group", "code"])
    assert pd.isna(frame.loc[("璇江市", "stage"), "per_1000"])
    assert frame.loc[("和槐市", "stage"), "per_1000"] == 2


def test_without_a_codebook_the_tree_comes_from_the_paths(small):
    assert list(frequency(dataset(small.codings)).frame["code"]) == [
        "layer",
        "layer/institution",
        "layer/technology",
        "layer/technology/platform",
        "layer/technology/sensing",
        "stage",
        "stage/absorb",
        "stage/adapt",
        "stage/resist",
    ]


@pytest.mark.parametrize("headings", [False, True])
@pytest.mark.parametrize("by", [None, *BY])
def test_every_count_equals_the_excerpts_behind_it(large, by, headings):
    table = large.ask(frequency, by=by, headings=headings)
    for row in range(0, len(table.frame), 7 if by == "document" else 1):
        cells, door = table.frame.iloc[row], table.drill_through(row)
        behind = large.ask(excerpts, **door).frame
        alone = large.ask(excerpts, **door, children=False).frame
        assert len(behind) == cells["references"], door
        assert behind["document"].nunique() == cells["documents"], door
        assert len(alone) == cells["references_own"], door


def test_counts_agree_with_a_group_by(large):
    body = large.codings[large.codings["kind"] != "heading"]
    spots = body.drop_duplicates(["document", "start", "end", "code"])
    expected = spots.groupby(["city", "code"]).size()
    frame = large.ask(frequency, by="city").frame.set_index(["group", "code"])["references_own"]
    assert frame[frame > 0].sort_index().tolist() == expected.sort_index().tolist()


def test_a_share_says_what_it_is_of(large):
    frame = large.ask(frequency, by="city").frame
    leaf = frame[frame["references"] == frame["references_own"]]
    expected = 100 * leaf["references_own"] / leaf["share_of"].where(leaf["share_of"] > 0)
    np.testing.assert_allclose(leaf["share"], expected)
    top = frame[~frame["code"].str.contains("/")]
    assert (top["share_of"] >= top["references"]).all()
