import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats.contingency import expected_freq

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.matrix import matrix

BY = ("city", "plan", "period", "document")


def units_behind(study, door):
    frame = study.ask(excerpts, **door).frame
    return len(frame[frame["unit"] >= 0].drop_duplicates(["document", "unit"]))


def test_stage_by_layer_has_all_cells_with_noughts_shown(small):
    frame = small.ask(matrix).frame
    wide = frame.pivot(index="code", columns="code_b", values="units")
    assert wide.shape == (4, 3)
    assert wide.loc["stage/resist", "layer/technology"] == 2  # units 0 and 1 of 甲
    assert wide.loc["stage/resist", "layer/institution"] == 1
    assert wide.loc["stage/adapt", "layer/actor"] == 0


def test_percent_and_expected_come_from_the_sums_of_the_table(small):
    row = small.ask(matrix).frame.set_index(["code", "code_b"])
    cell = row.loc[("stage/resist", "layer/technology")]
    assert math.isclose(cell["percent"], 200 / 3) and cell["expected"] == 2


def test_the_expected_counts_are_those_of_scipy(large):
    frame = large.ask(matrix).frame
    wide = frame.pivot(index="code", columns="code_b", values=["units", "expected"])
    np.testing.assert_allclose(wide["expected"], expected_freq(wide["units"]))


def test_codes_by_city(small):
    table = small.ask(matrix, columns="city")
    wide = table.frame.pivot(index="code", columns="group", values="units")
    assert wide.loc["stage/resist"].to_dict() == {"璇江市": 3, "和槐市": 0, "浔汀市": 0}
    assert wide.loc["stage/adapt", "和槐市"] == 1
    assert table.by == "city"


def test_an_empty_table_of_a_city_has_no_percent_and_says_so(small):
    table = small.ask(matrix, by="city")
    nowhere = table.frame[table.frame["group"] == "浔汀市"]
    assert nowhere["units"].eq(0).all()
    assert nowhere[["percent", "expected"]].isna().all(axis=None)
    assert any("浔汀市" in note and "percent" in note for note in table.notes)


def test_a_dimension_that_is_not_there_is_refused_with_the_nearest(small):
    with pytest.raises(QueryError, match='Did you mean "layer"'):
        small.ask(matrix, columns="layers")


def test_cities_cannot_be_columns_and_blocks_at_once(small):
    with pytest.raises(QueryError, match=r"already break the table down.*Leave out by"):
        small.ask(matrix, columns="city", by="period")


@pytest.mark.parametrize(
    "options", [{}, {"by": "city"}, {"headings": True}, *({"columns": by} for by in BY)]
)
def test_every_cell_equals_the_units_of_its_excerpts(large, options):
    table = large.ask(matrix, **options)
    for row in range(0, len(table.frame), 3):
        door = table.drill_through(row)
        assert units_behind(large, door) == table.frame["units"].iloc[row], door


def test_free_spans_are_left_out_and_said_so(small):
    assert any("free spans" in note for note in small.ask(matrix).notes)


def test_no_coding_at_all_gives_noughts(small):
    frame = matrix(
        dataset(small.codings.iloc[:0], documents=small.documents, codes=small.codes)
    ).frame
    assert len(frame) == 12 and frame["units"].eq(0).all()
    assert pd.isna(frame["percent"]).all()


def units_by_hand(study, carries):
    """The (document, unit) pairs of body text and tables with a coding that `carries`."""
    body = study.codings[(study.codings["kind"] != "heading") & (study.codings["unit"] >= 0)]
    stated = body.drop(columns=["city", "period"]).merge(
        study.documents[["document", "city", "period", "year"]], on="document"
    )
    kept = stated[stated.apply(carries, axis=1)]
    return set(zip(kept["document"], kept["unit"], strict=True))


def of(code):
    return lambda row: row["code"] == code or row["code"].startswith(f"{code}/")


def of_years(study):
    years = [2026 - n % 3 for n in range(len(study.documents))]
    return replace(study, documents=study.documents.assign(year=years))


STAGES = ["stage/resist", "stage/absorb", "stage/recover", "stage/adapt"]
LAYERS = ["layer/institution", "layer/technology", "layer/actor"]
SECOND = [*STAGES, *LAYERS]


@pytest.mark.parametrize(
    ("rows", "columns", "down", "across"),
    [
        (["stage"], ["layer"], STAGES, LAYERS),
        (["stage/resist"], ["layer"], ["stage/resist"], LAYERS),
        (["layer/technology"], ["stage/adapt", "stage/resist"],
         ["layer/technology/sensing", "layer/technology/platform"],
         ["stage/adapt", "stage/resist"]),
        (["level:2"], ["level:1"], SECOND, ["stage", "layer"]),
        (["level:3"], ["stage"],
         ["layer/technology/sensing", "layer/technology/platform"], STAGES),
    ],
)  # fmt: skip
def test_codes_and_levels_cross_as_counted_by_hand(large, rows, columns, down, across):
    table = large.ask(matrix, rows=rows, columns=columns)
    found = {(row.code, row.code_b): row.units for row in table.frame.itertuples()}
    carrying = {code: units_by_hand(large, of(code)) for code in {*down, *across}}
    assert list(found) == [(one, other) for one in down for other in across]
    for (one, other), units in found.items():
        assert units == len(carrying[one] & carrying[other]), (one, other)
    assert (table.basis["rows"], table.basis["columns"]) == ("; ".join(rows), "; ".join(columns))


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("named", [["city"], ["year"], ["period", "city"]])
def test_attributes_cross_with_codes_on_either_side(large, named, down):
    large = of_years(large)
    sides = {"rows": named, "columns": ["stage"]}
    if not down:
        sides = {"rows": ["stage"], "columns": named}
    table = large.ask(matrix, **sides)
    values = {
        tuple(map(str, row)) for row in large.documents[named].itertuples(index=False, name=None)
    }
    assert len(table.frame) == 4 * len(values)
    first = "group" if down else "code"
    runs = table.frame[first].ne(table.frame[first].shift()).sum()
    assert runs == (len(values) if down else 4)  # rows of the drawing stand together
    for row in range(0, len(table.frame), 3):
        cells, stated = table.frame.iloc[row], table.groups[table.frame["group"][row]]

        def there(one, cells=cells, stated=stated):
            return of(cells["code"])(one) and tuple(str(one[n]) for n in named) == stated

        assert cells["units"] == len(units_by_hand(large, there))
        assert units_behind(large, table.drill_through(row)) == cells["units"]


@pytest.mark.parametrize(
    ("rows", "columns"), [("city", "year"), (["period"], ["year", "city"]), ("year", "period")]
)
def test_attributes_cross_with_attributes_as_counted_by_hand(large, rows, columns):
    large = of_years(large)
    table = large.ask(matrix, rows=rows, columns=columns)
    wide = table.frame.pivot(index="group", columns="group_b", values="units")
    named = [[one] if isinstance(one, str) else one for one in (rows, columns)]
    for row in range(len(table.frame)):
        cells = table.frame.iloc[row]
        sides = cells["group"].split(" · "), cells["group_b"].split(" · ")

        def there(one, sides=sides):
            return all(
                [str(one[n]) for n in names] == side
                for names, side in zip(named, sides, strict=True)
            )

        assert cells["units"] == len(units_by_hand(large, there))
        if cells["units"]:
            assert units_behind(large, table.drill_through(row)) == cells["units"]
    assert wide.to_numpy().sum() == len(units_by_hand(large, lambda row: True))
    if columns == "year":
        assert table.frame["group_b"].unique().tolist() == ["2024", "2025", "2026"]


def test_a_missing_value_on_a_side_is_a_row_without_a_name_that_opens(small):
    small.documents["year"] = [2021, None, 2026, 2026]
    table = small.ask(matrix, rows="year", columns="city")
    assert table.frame["group"].unique().tolist() == ["2021", "2026", ""]
    row = table.frame.query("group == '' and group_b == '璇江市'").index[0]
    assert table.drill_through(int(row))["where"] == {"year": "", "city": "璇江市"}
    assert units_behind(small, table.drill_through(int(row))) == table.frame["units"][row] == 1


def test_what_is_not_named_is_the_largest_dimension_that_is_left(small):
    table = small.ask(matrix)
    assert table.basis["rows"] == "stage" and table.basis["columns"] == "layer"
    assert any(
        "were not named: stage, layer" in note and "stage" in note.zh for note in table.notes
    )
    alone = small.ask(matrix, rows="stage")
    assert alone.basis["columns"] == "layer"
    assert any("were not named: layer," in note for note in alone.notes)
    said = small.ask(matrix, rows="stage", columns="layer")
    assert not any("were not named" in note for note in said.notes)
    assert said.frame.equals(table.frame)


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ({"rows": "stage/resits"}, 'Did you mean "stage/resist"'),
        ({"rows": ["stage", "city"]}, "city is an attribute and stage a code"),
        ({"rows": "level:9"}, "Its levels are level:1 to level:3"),
        ({"rows": "city", "columns": "city"}, "crossed with itself"),
        ({"rows": "city", "columns": ["year", "city"]}, "crossed with itself"),
    ],
)
def test_a_side_that_is_none_is_refused_in_both_languages(large, sides, said):
    with pytest.raises(QueryError, match=said) as refused:
        large.ask(matrix, **sides)
    assert refused.value.zh


def test_a_flat_codebook_names_what_it_can_cross(small):
    flat = pd.DataFrame({"code": ["甲类", "乙类"]})
    codings = small.codings.assign(code=["甲类", "乙类"] * 5 + ["甲类"])
    with pytest.raises(QueryError, match=r"--rows city --columns CODE") as refused:
        matrix(dataset(codings, documents=small.documents, codes=flat))
    assert refused.value.zh
    data = dataset(codings, documents=small.documents, codes=flat)
    table = matrix(data, rows="city", columns="level:1")
    assert table.frame["code"].tolist() == ["甲类", "乙类"] * 3
