"""Scores on ordinal scales: sums seen by eye, the published formula, what is undefined."""

import math
import random
from dataclasses import replace

import pandas as pd
import pytest

from tests.queries.conftest import LAYER, STAGE
from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.scores import scores
from wenma.records import Product, Scale, Scoring

FORCE = Scale("p", tuple((f"p/{n}", float(n)) for n in range(1, 6)), Scoring())
AIM = Scale("g", tuple((f"g/{n}", float(n)) for n in range(1, 6)), Scoring())
MEANS = Scale("m", tuple((f"m/{n}", float(n)) for n in range(1, 6)), Scoring())
STRENGTH = Product("s", "政策效力", "Policy strength", (("p",), ("g", "m")))


def policies(rows, *, scales=(FORCE, AIM, MEANS)):
    """One coding a score: rows are (year, p, g, m), None for none."""
    codings, documents = [], []
    for number, (year, *given) in enumerate(rows):
        name = f"政策{number}"
        documents.append({"document": name, "year": year, "countable": 100})
        for unit, (scale, score) in enumerate(zip("pgm", given, strict=True)):
            if score is not None:
                codings.append(
                    {"document": name, "start": 10 * unit, "end": 10 * unit + 9, "unit": unit,
                     "kind": "body", "code": f"{scale}/{score}", "coder": "甲"}
                )  # fmt: skip
    codes = pd.DataFrame(
        {"code": [one for s in scales for one in (s.code, *(path for path, _ in s.points))]}
    )
    codes = codes.assign(zh=codes["code"], en=codes["code"])
    return dataset(
        pd.DataFrame(codings), documents=pd.DataFrame(documents), codes=codes,
        scales=scales, products=(STRENGTH,),
    )  # fmt: skip


def test_the_yearly_total_and_mean_are_those_of_the_formula():
    # Peng, Zhong & Sun (2008): Σ (g + m) p of the policies of a year, and that by their number.
    draw = random.Random(7)
    rows = [(2000 + n % 4, *(draw.randint(1, 5) for _ in "pgm")) for n in range(60)]
    frame = scores(policies(rows), by="year", view="products").frame.set_index("group")
    for year in range(2000, 2004):
        each = [p * (g + m) for y, p, g, m in rows if y == year]
        assert frame.loc[str(year), "total"] == sum(each)
        assert math.isclose(frame.loc[str(year), "mean"], sum(each) / len(each))
        assert frame.loc[str(year), "scored_documents"] == len(each) == 15


def test_a_policy_without_one_of_the_scores_is_left_out_of_the_product_and_told():
    rows = [(2000, 5, 3, 4), (2000, 2, 1, None), (2001, 1, None, 1)]
    table = scores(policies(rows), by="year", view="products")
    first, second = table.frame.to_dict("records")
    assert (first["documents"], first["scored_documents"]) == (2, 1)
    assert (first["total"], first["mean"]) == (35, 35)
    assert second["scored_documents"] == 0 and math.isnan(second["total"])
    assert any("2 of 3 documents lack a score" in note for note in table.notes)
    assert any("= p × (g + m), of each document" in note for note in table.notes)
    assert any("empty, and not 0" in note for note in table.notes)


def test_an_absent_point_counts_what_the_codebook_says():
    means = MEANS._replace(scoring=Scoring(absent=0.0))
    rows = [(2000, 5, 3, 4), (2000, 2, 1, None)]
    table = scores(policies(rows, scales=(FORCE, AIM, means)), view="products")
    assert table.frame["total"].item() == 35 + 2
    plain = scores(policies(rows, scales=(FORCE, AIM, means)))
    row = plain.frame.set_index("code").loc["m"]
    assert (row["scored_documents"], row["mean"], row["lowest"]) == (2, 2, 0)
    assert any("1 documents have no point and count 0" in note for note in plain.notes)


def test_a_document_without_text_has_no_score_even_where_absence_counts():
    means = MEANS._replace(scoring=Scoring(absent=0.0))
    data = policies([(2000, 5, 3, 4), (2000, None, None, None)], scales=(FORCE, AIM, means))
    empty = replace(data, cases=data.cases.assign(countable=[100, 0]))
    assert scores(data).frame.set_index("code").loc["m", "scored_documents"] == 2
    assert scores(empty).frame.set_index("code").loc["m", "scored_documents"] == 1


def test_a_unit_counts_by_its_highest_point_and_a_document_as_the_codebook_says(small, coding_of):
    # 甲: units 0 and 1 resist, a free span resist; technology in units 0 and 1.
    small.codings.loc[len(small.codings)] = coding_of("甲", 1, "stage/recover")
    small.codings.loc[len(small.codings)] = coding_of("甲", 1, "layer/actor")
    frame = small.ask(scores).frame.set_index("code")
    stage, layer = frame.loc["stage"], frame.loc["layer"]
    # 甲 recover 3, 乙 resist 1, 丙 adapt 4; 丁 nothing.
    assert (stage["documents"], stage["scored_documents"], stage["scored_units"]) == (4, 3, 5)
    assert (stage["mean"], stage["median"], stage["total"]) == (8 / 3, 3, 8)
    # Units: 甲 0 technology 2, 甲 1 technology and actor 4, 乙 0 institution 1.
    assert layer["score_of"] == "unit" and layer["scored_units"] == 3
    assert (layer["total"], layer["mean"], layer["median"]) == (7, 7 / 3, 2)
    assert layer["scored_documents"] == 4  # absent is 0
    points = small.ask(scores, view="points").frame.set_index("code")
    assert points.loc["layer/technology", ["scored_units"]].tolist() == [1]
    assert math.isnan(points.loc["layer/technology", "scored_documents"])
    assert points.loc["stage/recover", ["scored_units", "scored_documents"]].tolist() == [1, 1]
    assert math.isclose(points.loc["stage/recover", "of_documents"], 100 / 3)
    each = points.loc[[path for path, _ in STAGE.points]]
    assert each["of_units"].sum() == 100 and each["scored_units"].sum() == 5


@pytest.mark.parametrize("several", ["highest", "mean", "sum"])
def test_a_document_takes_the_highest_the_mean_or_the_sum_of_its_units(small, several):
    one = STAGE._replace(scoring=Scoring("document", several))
    data = replace(small.data, scales=(one, LAYER))
    frame = scores(data, by="document").frame
    of = frame[frame["code"] == "stage"].set_index("group")["mean"]
    # 甲 has resist on two units and a span; absorb stands in a heading.
    assert of["甲"] == {"highest": 1, "mean": 1, "sum": 3}[several]
    with_heading = scores(data, by="document", headings=True).frame
    of = with_heading[with_heading["code"] == "stage"].set_index("group")["mean"]
    assert of["甲"] == {"highest": 2, "mean": 5 / 4, "sum": 5}[several]
    assert math.isnan(of["丁"])


def test_what_lies_under_a_point_counts_as_the_point_and_the_scale_itself_as_nothing(
    small, coding_of
):
    small.codings.loc[len(small.codings)] = coding_of("丁", 0, "stage", city="浔汀市")
    frame = small.ask(scores, by="document").frame
    of = frame[frame["code"] == "stage"].set_index("group")
    assert of.loc["丁", "scored_units"] == 0  # sensing under technology counted above


def test_codebooks_without_scales_or_products_are_refused_with_a_cure(small):
    with pytest.raises(QueryError, match="has no scale") as error:
        scores(replace(small.data, scales=()))
    assert "scale: ordinal" in error.value.zh
    with pytest.raises(QueryError, match="no product of scales"):
        scores(replace(small.data, products=()), view="products")
