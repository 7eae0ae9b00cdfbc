import math

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
    with pytest.raises(QueryError, match="already break the table down.*Leave out by"):
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
