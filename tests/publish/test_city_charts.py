from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.publish.charted import drawn, rows_of
from wenma.errors import QueryError
from wenma.publish.city_charts import city_profile, grouped_bars, stacked_bars
from wenma.queries.frequency import frequency

STAGES = ["stage/resist", "stage/absorb", "stage/recover", "stage/adapt"]


@pytest.fixture
def by_city(large):
    return large.ask(frequency, by="city")


def expected(table, measure, codes):
    leaves = table.frame[table.frame["code"].isin(codes)]
    return leaves.set_index(["group", "code"])[measure].to_dict()


def test_the_pieces_of_a_bar_are_the_tables_shares_and_fill_it(by_city, large):
    rows = rows_of(stacked_bars(by_city, large.codes), "from")
    widths = {(row["group"], row["code"]): row["to"] - row["from"] for row in rows}
    assert widths == pytest.approx(expected(by_city, "share", STAGES))
    last = defaultdict(float)
    for row in rows:
        assert row["from"] == pytest.approx(last[row["group"]])
        last[row["group"]] = row["to"]
    assert list(last.values()) == pytest.approx([100] * 7)


def test_the_numbers_printed_in_a_bar_add_up_to_a_hundred(by_city, large):
    sums = defaultdict(Decimal)
    rows = rows_of(stacked_bars(by_city, large.codes), "from")
    for row in rows:
        sums[row["place"]] += Decimal(row["printed"] or "NaN")
        assert row["said"] in (row["printed"], f"{row['name']} {row['printed']}")
    full = [total for total in sums.values() if not total.is_nan()]
    assert full and set(full) == {100}


def test_a_bar_has_its_references_behind_it(by_city, large):
    totals = rows_of(stacked_bars(by_city, large.codes), "at")
    own = by_city.frame[by_city.frame["code"].isin(STAGES)].groupby("group", sort=False)
    counts = own["references_own"].sum()
    assert {row["place"]: row["shown"] for row in totals} == {
        city: f"n = {count:,}" for city, count in counts.items()
    }


def test_a_city_without_references_has_no_bar_and_no_number(small):
    table = small.ask(frequency, by="city")
    rows = rows_of(stacked_bars(table, small.codes), "from")
    silent = [row for row in rows if row["group"] == "浔汀市"]
    assert silent and all(row["to"] == row["from"] and not row["printed"] for row in silent)


def test_another_dimension_is_drawn_when_it_is_named(by_city, large):
    rows = rows_of(stacked_bars(by_city, large.codes, dimension="layer"), "from")
    assert {row["code"].partition("/")[0] for row in rows} == {"layer"}
    with pytest.raises(QueryError, match='Did you mean "layer"'):
        stacked_bars(by_city, large.codes, dimension="layers")


@pytest.mark.parametrize("measure", ["references", "share", "per_1000"])
@pytest.mark.parametrize("draw", [grouped_bars, city_profile])
def test_every_city_and_code_has_the_tables_number(draw, measure, by_city, large):
    rows = rows_of(draw(by_city, large.codes, measure=measure), measure)
    drawn_numbers = {(row["group"], row["code"]): row[measure] for row in rows}
    assert drawn_numbers == expected(by_city, measure, STAGES)


def test_names_at_the_ends_of_lines_do_not_cover_each_other(by_city, large):
    chart = city_profile(by_city, large.codes)
    ends = rows_of(chart, "label_y")
    assert len(ends) == 7 and len({row["place"] for row in ends}) == 7
    top = max(row["share"] for row in rows_of(chart, "share")) * 1.08
    heights = sorted(row["label_y"] / top * 300 for row in ends)
    gaps = [after - before for before, after in pairwise(heights)]
    assert min(gaps) >= 15.99


@pytest.mark.parametrize("draw", [grouped_bars, city_profile])
def test_more_lines_than_can_be_told_apart_are_refused_with_a_cure(draw, large):
    table = large.ask(frequency, by="document")
    with pytest.raises(QueryError, match=r"14 lines cannot be told apart\. Choose up to 8"):
        draw(table, large.codes)


@pytest.mark.parametrize("draw", [stacked_bars, grouped_bars, city_profile])
def test_charts_of_cities_need_cities_and_draw_nothing_where_there_is_nothing(draw, small):
    with pytest.raises(QueryError, match='by="city"'):
        draw(small.ask(frequency), small.codes)
    nothing = type(small)(small.codings.iloc[:0], small.documents, small.codes)
    assert drawn(draw(nothing.ask(frequency, by="city"), small.codes))


def test_marks_are_doors_when_asked(by_city, large):
    for draw in (stacked_bars, grouped_bars, city_profile):
        chart = draw(
            by_city, large.codes, door=lambda keys: f"?{keys['where']['city']}/{keys['code']}"
        )
        assert rows_of(chart, "href")[0]["href"] == "?璇江市/stage/resist"
