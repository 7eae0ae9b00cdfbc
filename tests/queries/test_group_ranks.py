"""How firm the order of cities and of cells is."""

import pandas as pd
import pytest
from scipy.stats import kendalltau, spearmanr

from wenma.errors import QueryError
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.robustness import robustness


def rates(study, **options) -> pd.DataFrame:
    frame = study.ask(frequency, by="city", **options).frame
    return frame.pivot(index="group", columns="code", values="per_1000")


def row_of(table, variant: str, code: str = "") -> pd.Series:
    frame = table.frame[table.frame["variant"] == variant]
    return (frame[frame["ranked_code"] == code] if code else frame).iloc[0]


def test_the_order_of_cities_is_compared_as_scipy_does(large):
    table = large.ask(robustness, rank="groups", by="city")
    one, other = rates(large), rates(large, headings=True)
    for code in ("stage/resist", "layer/actor"):
        row = row_of(table, "headings in", code)
        assert row["ranked"] == 7
        assert row["tau"] == pytest.approx(kendalltau(one[code], other[code]).statistic)
        assert row["rho"] == pytest.approx(spearmanr(one[code], other[code]).statistic)


def test_counts_that_length_does_not_divide_are_another_way(large):
    table = large.ask(robustness, rank="groups", by="city", of=["stage"])
    frame = large.ask(frequency, by="city").frame
    for column, variant in (("references", "raw counts"), ("share", "share")):
        wide = frame.pivot(index="group", columns="code", values=column)
        expected = kendalltau(rates(large)["stage/adapt"], wide["stage/adapt"]).statistic
        assert row_of(table, variant, "stage/adapt")["tau"] == pytest.approx(expected)


def test_the_document_left_out_is_the_one_that_changes_the_order_most(large):
    code = "stage/recover"
    row = row_of(large.ask(robustness, rank="groups", by="city"), "one document out", code)
    before = rates(large)[code]
    found = {}
    for name in large.documents["document"]:
        fewer = type(large)(
            large.codings[large.codings["document"] != name],
            large.documents[large.documents["document"] != name],
            large.codes,
        )
        found[name] = kendalltau(before, rates(fewer)[code].reindex(before.index)).statistic
    assert row["tau"] == pytest.approx(min(found.values()))
    assert found[row["left_out"]] == pytest.approx(row["tau"])


def test_cells_are_put_in_one_order(large):
    table = large.ask(robustness, rank="cells", by="city", of=["stage"])
    assert "ranked_code" not in table.frame and table.basis["ranked"] == "cells"
    columns = ["stage/resist", "stage/absorb", "stage/recover", "stage/adapt"]
    one, other = (rates(large, headings=h)[columns].to_numpy().ravel() for h in (False, True))
    row = row_of(table, "headings in")
    assert row["ranked"] == 28
    assert row["tau"] == pytest.approx(kendalltau(one, other).statistic)


def test_what_moves_leads_to_its_passages(large):
    table = large.ask(robustness, rank="groups", by="city", of=["layer"])
    for at in table.frame.index[table.frame["move"] > 0][:3]:
        door = table.drill_through(at)
        city = door.pop("where")["city"]
        count = len(large.ask(excerpts, where={"city": city}, **door).frame)
        assert count and table.frame["group"][at] == city
    still = table.frame.index[table.frame["move"] == 0]
    assert all("where" not in table.drill_through(at) for at in still)


def test_one_city_has_no_order(large):
    alone = large.documents.assign(city="澜屿市")
    with pytest.raises(QueryError, match="two groups"):
        type(large)(large.codings, alone, large.codes).ask(robustness, rank="groups")
