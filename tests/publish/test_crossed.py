"""A matrix drawn as people draw it holds the numbers of the table."""

from analysis.publish.crossed import crossed, with_sums
from analysis.publish.table_files import markdown_text
from analysis.queries.matrix import matrix


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
    assert last[0].rstrip("| ").endswith(str(total))
    assert with_sums(drawn, word="合计")[-1][-1] == total
