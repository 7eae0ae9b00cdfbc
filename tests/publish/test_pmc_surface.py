import math

import pandas as pd
import pytest

from tests.publish.charted import rows_of
from wenma.errors import QueryError
from wenma.publish.pmc_surface import pmc_relief, pmc_surface
from wenma.queries.pmc import pmc, surface
from wenma.queries.table import Table
from wenma.records import Grade, Index

VARIABLES = tuple(f"v{number}" for number in range(1, 11))
INDEX = Index(VARIABLES, (Grade("差", "Poor", 0),), surface=VARIABLES[:9])


@pytest.fixture
def codes():
    frame = pd.DataFrame({"code": VARIABLES, "zh": [f"变量{v[1:]}" for v in VARIABLES]})
    frame["en"], frame["colour"] = frame["code"], ""
    return frame


def table(rows, *, index=INDEX):
    names = [f"x{number}" for number in range(1, 11)]
    frame = pd.DataFrame(rows, columns=["document", *names])
    frame["pmc"] = frame[names].sum(axis=1, skipna=False)
    return Table("pmc", frame, index=index)


def test_the_cells_are_the_surface_row_by_row(codes):
    one = table([["甲", *[n / 10 for n in range(1, 11)]]])
    rows = rows_of(pmc_surface(one, codes), "height")
    heights = surface(one, 0, index=INDEX)
    assert {(r["line"], r["across"]): r["height"] for r in rows} == {
        (i, j): heights[i][j] for i in range(3) for j in range(3)
    }
    assert rows[4]["name"] == "变量5" and rows[4]["number"] == "X5  0.50"
    assert {row["panel"] for row in rows} == {"甲  PMC 5.50"}


def test_the_corners_of_the_relief_are_as_high_as_the_surface(codes):
    one = table([["甲", *[n / 10 for n in range(1, 11)]]])
    rows = rows_of(pmc_relief(one, codes), "panel")
    corners = [row for row in rows if row["kind"] == "corner"]
    assert [row["height"] for row in corners] == [n / 10 for n in range(1, 10)]
    flat = [
        row["y"]
        for row in rows_of(pmc_relief(table([["甲", *[0.0] * 10]]), codes), "panel")
        if row["kind"] == "corner"
    ]
    raised = [row["y"] - low for row, low in zip(corners, flat, strict=True)]
    assert [up / raised[0] for up in raised] == pytest.approx(range(1, 10))


def test_a_document_without_an_index_is_left_out(codes):
    both = table([["甲", *[0.5] * 10], ["乙", *[math.nan] * 10]])
    assert {row["panel"] for row in rows_of(pmc_surface(both, codes), "height")} == {"甲  PMC 5.00"}


def test_more_surfaces_than_a_page_holds_are_refused(codes):
    with pytest.raises(QueryError, match="13 surfaces do not fit"):
        pmc_surface(table([[f"文{n}", *[0.5] * 10] for n in range(13)]), codes)


def test_a_codebook_without_an_index_or_a_surface_is_refused(codes, small):
    with pytest.raises(QueryError, match="has no surface"):
        pmc_surface(small.ask(pmc), small.codes)
    with pytest.raises(QueryError, match=r"codebooks/pmc\.yaml"):
        pmc_surface(table([["甲", *[0.5] * 10]], index=None), codes)
