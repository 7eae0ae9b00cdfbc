"""A matrix drawn as people draw it holds the numbers of the table."""

import pandas as pd
from wenma.queries.dataset import dataset
from wenma.publish.crossed import crossed, judged, with_sums
from wenma.publish.table_files import markdown_text
from wenma.queries.assessment import assessment
from wenma.queries.matrix import matrix


def test_every_cell_of_the_drawing_is_a_row_of_the_table(small):
    table = small.ask(matrix)
    (drawn,) = crossed(table, {})
    rows = {(row.code, row.code_b): row.units for row in table.frame.itertuples()}
    seen = {
        (code, column): drawn.cells[i][j]
        for i, code in enumerate(drawn.rows)
        for j, column in enumerate(drawn.columns)
    }
    assert seen == rows


def test_each_city_has_a_drawing_of_its_own_and_cities_can_be_the_columns(small):
    by_city = crossed(small.ask(matrix, by="city"), {})
    assert [one.group for one in by_city] == list(dict.fromkeys(small.documents["city"]))
    (across,) = crossed(small.ask(matrix, columns="city"), {})
    assert list(across.columns) == [one.group for one in by_city]


def test_markdown_draws_the_matrix_with_names_and_sums(small):
    table = small.ask(matrix)
    text = markdown_text(table, codes=small.codes)
    (drawn,) = crossed(table, {})
    total = sum(map(sum, drawn.cells))
    last = [line for line in text.split("\n") if line.startswith("| 合计")]
    assert len(last) == 1
    assert last[0].rstrip("| ").endswith(f"{total} (100.00)")
    assert text.count("| 期望数 ") == len(drawn.rows)
    assert with_sums(drawn, word="合计")[-1][-1] == total


def test_an_assessment_is_drawn_with_what_each_judgement_rests_on(small):
    lacking = small.codings[small.codings["unit"] == 0].assign(code="stance/deficit")
    codings = pd.concat([small.codings, lacking], ignore_index=True)
    table = assessment(dataset(codings, documents=small.documents, codes=small.codes), by="city")
    one, *_ = judged(table, {"stage/resist": "抵御"}, language="zh")
    assert one[0] == ["璇江市", "layer/institution", "layer/technology", "layer/actor"]
    assert one[1] == ["抵御", "短板 0/0/1", "短板 0/0/1", "未述"]
    text = markdown_text(table, codes=small.codes, language="en")
    assert "deficit 0/0/1" in text and "not stated" in text
