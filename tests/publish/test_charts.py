import json
import math

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.publish.charts import (
    attention_heatmap,
    cooccurrence_heatmap,
    cooccurrence_network,
    framework_matrix,
    frequency_bars,
    frequency_small_multiples,
)
from wenma.publish.drawing import code_rows
from wenma.queries.cooccurrence import ASSOCIATION_MEASURES, cooccurrence
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Table

LEAVES = [
    "stage/resist",
    "stage/absorb",
    "stage/recover",
    "stage/adapt",
    "layer/institution",
    "layer/technology",  # given itself here, it stands for its children
    "layer/actor",
]
CHARTS = {
    "bars": (frequency_bars, frequency, {}),
    "small multiples": (frequency_small_multiples, frequency, {"by": "city"}),
    "attention": (attention_heatmap, frequency, {"by": "city"}),
    "attention by document": (attention_heatmap, frequency, {"by": "document"}),
    "framework": (framework_matrix, matrix, {}),
    "framework by city": (framework_matrix, matrix, {"by": "city"}),
    "codes by city": (framework_matrix, matrix, {"columns": "city"}),
    "co-occurrence": (cooccurrence_heatmap, cooccurrence, {}),
    "network": (cooccurrence_network, cooccurrence, {}),
    "network of all": (cooccurrence_network, cooccurrence, {"children": True}),
}


def drawn(chart):
    """The rows of each of a chart's data sets."""
    return list(chart.to_dict()["datasets"].values())


def rows_of(chart, *keys):
    """The chart's rows that have these keys, in order."""
    return next(rows for rows in drawn(chart) if rows and all(key in rows[0] for key in keys))


def walk(spec):
    if isinstance(spec, dict):
        yield from spec.items()
        spec = list(spec.values())
    if isinstance(spec, list):
        for part in spec:
            yield from walk(part)


@pytest.fixture(params=CHARTS)
def chart_and_table(request, large):
    draw, query, options = CHARTS[request.param]
    table = large.ask(query, **options)
    return draw(table, large.codes), table


def test_a_chart_is_a_valid_specification_and_asks_the_network_for_nothing(chart_and_table):
    # Altair checks what it writes against Vega-Lite's schema.
    for key, value in walk(chart_and_table[0].to_dict(validate=True)):
        assert key not in {"url", "href"}
        if key != "$schema" and isinstance(value, str):
            assert "://" not in value


def test_names_are_never_cut_turned_or_left_out(chart_and_table):
    axis = chart_and_table[0].to_dict()["config"]["axis"]
    assert (axis["labelLimit"], axis["labelAngle"], axis["labelOverlap"]) == (0, 0, False)


def test_the_numbers_drawn_are_the_tables(large):
    table = large.ask(frequency)
    rows = rows_of(frequency_bars(table, large.codes), "references")
    expected = table.frame.set_index("code")["references"]
    assert {row["code"] for row in rows} == set(LEAVES)
    assert {row["code"]: row["references"] for row in rows} == expected[LEAVES].to_dict()


@pytest.mark.parametrize("draw", [frequency_small_multiples, attention_heatmap])
@pytest.mark.parametrize("measure", ["references", "share", "per_1000", "documents"])
def test_every_city_and_code_is_drawn_with_its_number(draw, measure, large):
    table = large.ask(frequency, by="city")
    rows = rows_of(draw(table, large.codes, measure=measure), measure)
    leaves = table.frame[table.frame["code"].isin(LEAVES)].set_index(["group", "code"])[measure]
    assert {(row["group"], row["code"]): row[measure] for row in rows} == leaves.to_dict()


@pytest.mark.parametrize("options", [{}, {"by": "city"}, {"columns": "city"}])
def test_every_cell_of_a_cross_table_is_drawn(options, large):
    table = large.ask(matrix, **options)
    rows = rows_of(framework_matrix(table, large.codes), "units")
    assert [row["units"] for row in rows] == table.frame["units"].tolist()


@pytest.mark.parametrize("measure", ASSOCIATION_MEASURES)
def test_every_pair_is_drawn_with_its_measure(measure, large):
    table = large.ask(cooccurrence)
    rows = rows_of(cooccurrence_heatmap(table, large.codes, measure=measure), "n11")
    keys = [(row["code"], row["code_b"], row[measure]) for row in rows]
    assert keys == list(table.frame[["code", "code_b", measure]].itertuples(index=False, name=None))


@pytest.mark.parametrize(("threshold", "min_count"), [(0.0, 1), (0.03, 2), (0.0, 40), (1.0, 2)])
def test_the_network_joins_the_pairs_above_the_threshold_and_says_which(
    threshold, min_count, large
):
    table = large.ask(cooccurrence)
    chart = cooccurrence_network(
        table, large.codes, measure="jaccard", threshold=threshold, min_count=min_count
    )
    above = table.frame[(table.frame["n11"] >= min_count) & (table.frame["jaccard"] >= threshold)]
    lines = [rows for rows in drawn(chart) if rows and "x2" in rows[0]]
    seen = {(row["code"], row["code_b"]) for rows in lines for row in rows}
    assert seen == set(zip(above["code"], above["code_b"], strict=True))
    subtitle = " ".join(chart.to_dict()["title"]["subtitle"])
    assert f"共现单元 ≥ {min_count} 且 Jaccard ≥ {threshold:.2f}：{len(above)} 对" in subtitle


def test_codes_of_the_network_keep_their_place_whatever_the_city_and_threshold(large):
    places = []
    table = large.ask(cooccurrence, by="city")
    for city, threshold in (("璇江市", 0.0), ("和槐市", 0.1), ("璇江市", 0.0)):
        chart = cooccurrence_network(table.block(city), large.codes, threshold=threshold)
        rows = [row for rows in drawn(chart) for row in rows if "label_x" in row]
        places.append({row["code"]: (row["x"], row["y"]) for row in rows})
    assert places[0] == places[1] == places[2] and len(places[0]) == 9


def test_no_two_codes_of_the_network_stand_on_one_place(large):
    chart = cooccurrence_network(large.ask(cooccurrence), large.codes)
    spots = {(r["x"], r["y"]) for rows in drawn(chart) for r in rows if "label_x" in r}
    assert len(spots) == 9 and all(
        math.isclose(math.hypot(*spot), 1, rel_tol=1e-5) for spot in spots
    )


def test_drawing_twice_gives_the_same_chart(chart_and_table, large, request):
    draw, _, _ = CHARTS[request.node.callspec.params["chart_and_table"]]
    chart, table = chart_and_table
    assert draw(table, large.codes).to_json() == chart.to_json()


def test_a_code_has_the_codebooks_colour_in_every_chart(large):
    colours = dict(zip(large.codes["code"], large.codes["colour"], strict=True))
    for chart in (
        frequency_bars(large.ask(frequency), large.codes),
        frequency_small_multiples(large.ask(frequency, by="city"), large.codes),
    ):
        scales = [v for k, v in walk(chart.to_dict()) if k == "scale" and "range" in v]
        assert [dict(zip(s["domain"], s["range"], strict=True)) for s in scales] == [colours]
    network = cooccurrence_network(large.ask(cooccurrence), large.codes)
    nodes = [row for rows in drawn(network) for row in rows if "colour" in row]
    assert nodes and all(row["colour"] == colours[row["code"]] for row in nodes)


def test_a_code_without_a_colour_has_that_of_the_code_above(large):
    codes = large.codes.assign(colour=["#123456", *[""] * (len(large.codes) - 1)])
    chart = frequency_bars(large.ask(frequency), codes)
    scale = next(v for k, v in walk(chart.to_dict()) if k == "scale" and "range" in v)
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    assert colours["stage/adapt"] == "#123456" and colours["layer/actor"] == "#767676"


def test_an_undefined_number_is_a_dash_without_a_shade(small):
    table = small.ask(frequency, by="city")
    rows = rows_of(attention_heatmap(table, small.codes), "share")
    nowhere = [row for row in rows if row["group"] == "浔汀市"]
    assert all(row["share"] is None and row["shown"] == "–" for row in nowhere)


def test_pairs_that_never_meet_are_printed_but_not_shaded(small):
    rows = rows_of(
        cooccurrence_heatmap(small.ask(cooccurrence), small.codes, measure="npmi"), "n11"
    )
    never = [row for row in rows if not row["n11"] and row["npmi"] is not None]
    assert never and all(row["shade"] is None and row["shown"] == "-1.00" for row in never)
    assert all(row["shade"] == row["npmi"] for row in rows if row["n11"])


def test_each_dimension_of_a_heat_map_has_shades_of_its_own_and_says_so(large):
    table = large.ask(frequency, by="city")
    chart = attention_heatmap(table, large.codes)
    rows = rows_of(chart, "share")
    for dimension in {row["dimension"] for row in rows}:
        own = [row for row in rows if row["dimension"] == dimension and row["share"] is not None]
        top = max(row["share"] for row in own)
        assert max(row["shade"] for row in own) == 1.0
        assert all(math.isclose(row["shade"] * top, row["share"]) for row in own)
    assert len({row["dimension"] for row in rows}) > 1
    assert "各维度的色阶" in " ".join(chart.to_dict()["title"]["subtitle"])


def test_a_percentage_has_its_count_beside_it(small):
    rows = rows_of(attention_heatmap(small.ask(frequency, by="city"), small.codes), "share")
    assert next(row for row in rows if row["code"] == "stage/resist")["shown"] == "100.00\n(4)"


def test_nought_in_a_cross_table_is_printed(small):
    rows = rows_of(framework_matrix(small.ask(matrix), small.codes), "units")
    assert [row["shown"] for row in rows].count("0") == 10


def test_marks_are_doors_when_asked(large):
    table = large.ask(frequency, by="city")
    chart = attention_heatmap(
        table, large.codes, door=lambda keys: f"?code={keys['code']}&city={keys['where']['city']}"
    )
    rows = rows_of(chart, "href")
    assert rows[0]["href"] == "?code=stage/resist&city=璇江市"
    assert "href" in dict(walk(chart.to_dict()))
    pairs = large.ask(cooccurrence)
    network = cooccurrence_network(pairs, large.codes, door=lambda keys: json.dumps(keys))
    doors = [json.loads(row["href"]) for rows in drawn(network) for row in rows if "href" in row]
    assert {"code": "stage/adapt", "children": False} in doors
    assert {"code": "stage/resist", "also": "layer/actor", "children": False} in doors


def test_a_chart_of_one_place_refuses_many_and_the_other_way_round(large):
    with pytest.raises(QueryError, match=r"Choose one: table.block\('璇江市'\)"):
        cooccurrence_heatmap(large.ask(cooccurrence, by="city"), large.codes)
    with pytest.raises(QueryError, match='by="city"'):
        attention_heatmap(large.ask(frequency), large.codes)


def test_a_measure_that_is_not_there_is_refused_with_the_nearest(large):
    with pytest.raises(QueryError, match='Did you mean "jaccard"'):
        cooccurrence_heatmap(large.ask(cooccurrence), large.codes, measure="jacard")


def test_the_chart_of_a_block_names_its_city(large):
    table = large.ask(cooccurrence, by="city").block("澜屿市")
    for draw in (cooccurrence_heatmap, cooccurrence_network):
        assert draw(table, large.codes).to_dict()["title"]["subtitle"][0] == "澜屿市"


def test_a_place_without_a_name_is_called_so(small):
    small.documents.loc[small.documents["city"] == "浔汀市", "city"] = ""
    chart = attention_heatmap(small.ask(frequency, by="city"), small.codes)
    assert "（未注明）" in {row["place"] for row in rows_of(chart, "place")}


def test_nothing_coded_still_draws(small):
    nothing = type(small)(small.codings.iloc[:0], small.documents, small.codes)
    for draw, query, options in CHARTS.values():
        assert draw(nothing.ask(query, **options), small.codes).to_json()


def test_more_than_five_thousand_cells_are_drawn():
    codes = pd.DataFrame(
        {"code": [f"a/{n}" for n in range(60)], "zh": "码", "en": "code", "colour": ""}
    )
    cells = pd.DataFrame(
        {"group": [f"文件{n // 60}" for n in range(6000)], "code": [*codes["code"]] * 100}
    ).assign(references=1)
    table = Table("frequency", cells, basis={"by": "document"})
    rows = rows_of(attention_heatmap(table, codes, measure="references"), "references")
    assert len(rows) == 6000


def test_english_names_come_with_english_words(large):
    chart = frequency_bars(large.ask(frequency), large.codes, language="en")
    assert "Resist" in {row["name"] for row in rows_of(chart, "references")}
    assert chart.to_dict()["title"]["text"] == "Code frequencies"


def test_a_parent_given_itself_is_drawn_and_stands_for_its_children():
    codes = pd.DataFrame(
        {
            "code": ["a", "a/b", "a/b/c", "a/d", "a/d/e"],
            "zh": ["甲", "乙", "丙", "丁", "戊"],
            "en": "",
            "colour": "#444444",
        }
    )
    frame = pd.DataFrame(
        {
            "code": codes["code"],
            "references_own": [0, 5, 1, 0, 2],
            "references": [8, 6, 1, 2, 2],
            "share": [100.0, 75.0, 12.5, 25.0, 25.0],
        }
    )
    rows = code_rows(Table("frequency", frame), codes, "share", language="zh", door=None)
    assert [row["code"] for row in rows] == ["a/b", "a/d/e"]
    assert sum(row["share"] for row in rows) == 100
