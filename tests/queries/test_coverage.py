import math

import pytest

from wenma.queries.coverage import coverage
from wenma.queries.excerpts import excerpts

BY = ("city", "plan", "period", "document")


def test_overlapping_passages_cover_their_characters_once(small):
    rows = small.ask(coverage).frame.set_index("code")
    # 甲: [0,10) and [10,20), the free span [5,15) adds nothing; 乙: [0,10).
    assert rows.loc["stage/resist", "coded"] == 30


def test_a_parent_covers_the_union_of_its_children(small):
    rows = small.ask(coverage).frame.set_index("code")
    assert rows.loc["layer/technology/sensing", "coded"] == 20
    assert rows.loc["layer/technology/platform", "coded"] == 10
    assert rows.loc["layer/technology", "coded"] == 20


def test_coverage_is_in_percent_of_the_characters_of_the_group(small):
    frame = small.ask(coverage, by="city").frame.set_index(["group", "code"])
    assert frame.loc[("璇江市", "stage/resist"), "characters"] == 4000
    assert math.isclose(frame.loc[("璇江市", "stage/resist"), "coverage"], 0.75)
    assert frame.loc[("浔汀市", "stage/resist"), "coverage"] == 0


def test_headings_need_the_number_of_their_characters(small):
    table = small.ask(coverage, headings=True)
    assert table.frame["coverage"].isna().all()
    assert any("heading_characters" in note for note in table.notes)
    small.documents["heading_characters"] = 250
    frame = small.ask(coverage, headings=True).frame.set_index("code")
    assert math.isclose(frame.loc["stage/absorb", "coverage"], 100 * 10 / 7000)


def test_more_than_everything_is_explained(small):
    small.documents["characters"] = 5
    assert any("above 100 %" in note for note in small.ask(coverage).notes)


@pytest.mark.parametrize("by", [None, *BY])
def test_the_coded_characters_are_those_of_the_excerpts(large, by):
    table = large.ask(coverage, by=by)
    for row in range(0, len(table.frame), 9 if by == "document" else 1):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        characters = {
            (name, at)
            for name, start, end in behind[["document", "start", "end"]].itertuples(index=False)
            for at in range(start, end)
        }
        assert len(characters) == table.frame["coded"].iloc[row]
