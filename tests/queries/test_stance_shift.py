"""What is done, promised or lacking of each code."""

import math

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.stance_shift import stance_shift

DONE, BEGUN, TO_DO, LACKING = (
    "stance/achievement",
    "stance/achievement/emerging",
    "stance/commitment",
    "stance/deficit",
)


@pytest.fixture
def spoken(small, coding_of):
    """Resist: done, begun, promised twice, lacking, both promised and lacking, nothing said."""
    said = [[DONE], [BEGUN], [TO_DO], [TO_DO], [LACKING], [TO_DO, LACKING], []]
    rows = [
        coding_of("甲", unit, path)
        for unit, stances in enumerate(said)
        for path in ["stage/resist", *stances]
    ]
    return type(small)(pd.DataFrame(rows), small.documents, small.codes)


def test_stances_are_counted_in_units_with_the_codes_under_them(spoken):
    row = spoken.ask(stance_shift).frame.set_index("code").loc["stage/resist"]
    assert row[["units", "achievement", "commitment", "deficit", "unstated"]].tolist() == [
        *(7, 2, 3, 2, 1)
    ]
    assert row[["achieved", "promised", "lacking"]].tolist() == pytest.approx(
        [100 * n / 6 for n in (2, 3, 2)]
    )
    assert row["promises_per_deficit"] == 1.5


def test_what_nobody_speaks_of_is_empty_not_nought(spoken):
    row = spoken.ask(stance_shift).frame.set_index("code").loc["stage/absorb"]
    assert row["units"] == 0
    assert all(math.isnan(row[n]) for n in ("achieved", "promised", "lacking"))
    assert math.isnan(row["promises_per_deficit"])


def test_rows_are_the_codes_asked_for_in_the_codebooks_order(spoken):
    every = spoken.ask(stance_shift).frame["code"].tolist()
    assert every[0] == "stage/resist" and not any(code.startswith("stance") for code in every)
    some = spoken.ask(stance_shift, of=["layer", "stage"]).frame["code"].tolist()
    assert some == [code for code in every if code.startswith(("stage", "layer"))]
    deep = spoken.ask(stance_shift, of="layer/technology").frame["code"].tolist()
    assert deep == ["layer/technology/sensing", "layer/technology/platform"]


def test_each_city_adds_up_to_the_whole(large, coding_of):
    extra = [
        coding_of(name, unit, path, city=city)
        for name, city in zip(large.documents["document"], large.documents["city"], strict=True)
        for unit, path in enumerate([DONE, TO_DO, LACKING, TO_DO] * 10)
    ]
    codes = [{"code": path} for path in ("stance", DONE, TO_DO, LACKING)]
    codings = pd.concat([large.codings, pd.DataFrame(extra)], ignore_index=True)
    study = type(large)(codings, large.documents, pd.concat([large.codes, pd.DataFrame(codes)]))
    counts = ["units", "achievement", "commitment", "deficit", "unstated"]
    whole = study.ask(stance_shift).frame.set_index("code")[counts]
    by_city = study.ask(stance_shift, by="city").frame.groupby("code")[counts].sum()
    pd.testing.assert_frame_equal(by_city.loc[whole.index], whole, check_like=True)
    # By hand, over sets of units.
    inside = codings[(codings["unit"] >= 0) & (codings["kind"] != "heading")]
    units = {c: set(zip(f["document"], f["unit"], strict=True)) for c, f in inside.groupby("code")}
    assert whole.loc["stage/adapt", "deficit"] == len(units["stage/adapt"] & units[LACKING])


def test_a_number_leads_to_its_units(spoken):
    table = spoken.ask(stance_shift, by="document")
    for at, row in table.frame.iterrows():
        door = table.drill_through(at)
        found = spoken.ask(excerpts, **door).frame
        assert len(found.drop_duplicates(["document", "unit"])) == row["units"]
        found = spoken.ask(excerpts, **door, also=LACKING).frame
        assert len(found.drop_duplicates(["document", "unit"])) == row["deficit"]


def test_a_codebook_without_these_stances_says_how_to_name_its_own(large):
    with pytest.raises(QueryError, match="--achievement CODE"):
        large.ask(stance_shift)


def test_without_codings_all_is_nought_and_the_reason_stands(small):
    table = stance_shift(
        dataset(small.codings.iloc[:0], documents=small.documents, codes=small.codes)
    )
    assert (table.frame["units"] == 0).all()
    assert any("code the documents first" in note for note in table.notes)


def test_each_count_has_a_door_of_its_own_to_the_units_it_counts(spoken):
    table = spoken.ask(stance_shift)
    opened = 0
    for at, row in enumerate(table.frame.to_dict("records")):
        for column in table.also:
            found = spoken.ask(excerpts, **table.drill_through(at, column)).frame
            there = found[found["unit"] >= 0].drop_duplicates(["document", "unit"])
            assert len(there) == row[column]
            opened += len(there)
    assert opened


def test_whether_other_documents_would_stand_so_is_asked_by_dealing_whole_ones(small, coding_of):
    """Two cities of three documents: of the 20 ways two are as they are, or its mirror image."""
    rows, documents = [], []
    for at, name in enumerate("甲乙丙丁戊己"):
        city = "璇江市" if at < 3 else "和槐市"
        documents.append(small.documents.iloc[0].to_dict() | {"document": name, "city": city})
        for unit in range(12):
            done = unit < (9 if at < 3 else 2)
            rows += [
                coding_of(name, unit, path, city=city)
                for path in ("stage/resist", DONE if done else TO_DO)
            ]
    study = type(small)(pd.DataFrame(rows), pd.DataFrame(documents), small.codes)
    table = study.ask(stance_shift, by="city", of="stage")
    row = table.frame.set_index(["group", "code"]).loc[("璇江市", "stage/resist")]
    assert (row["achieved"], row["p"]) == (75, pytest.approx(2 / 20))
    assert any("The sample is documents" in note for note in table.notes)
    alone = study.ask(stance_shift, by="document", of="stage")
    assert alone.frame[["p", "q"]].isna().all(axis=None)
    assert any("One document alone" in note for note in alone.notes)
    assert "p" not in study.ask(stance_shift).frame
