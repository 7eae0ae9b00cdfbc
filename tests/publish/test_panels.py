import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.publish.panels import SMALLEST, fitted, fitted_for_paper, heading_lines, printed_ems
from wenma.publish.print_table import print_table
from wenma.publish.printed_table import Cell, panel_of
from wenma.queries.table import Table


def panel_in_print(head, rows, *, texts=1):
    """A panel whose first columns are texts, all others numbers."""
    return panel_of(
        head,
        [[Cell(one, number=at >= texts) for at, one in enumerate(row)] for row in rows],
    )


def test_no_number_and_no_name_breaks_whatever_the_width():
    names = [f"新疆维吾尔自治区{at}" for at in range(40)]
    rows = tuple((f"编码{at}", *["1,234 (56.78)"] * 40) for at in range(5))
    panel = panel_in_print(("编码", *names), rows)
    laid = fitted([panel])
    assert laid.landscape and laid.size == SMALLEST and len(laid.panels) > 1
    assert [name for one in laid.panels for name in one.panel.head[1:]] == names
    assert all(
        one.panel.head[0] == "编码" and one.panel.rows[4][0].text == "编码4" for one in laid.panels
    )
    for one in laid.panels:
        widths = one.widths(laid.room)
        assert sum(widths) <= laid.room
        for wide, *column in zip(widths, *one.panel.rows, strict=True):
            assert all(printed_ems(cell.words) < wide for cell in column)
    # No last part of a column or two.
    assert len({len(one.panel.head) for one in laid.panels}) <= 2
    assert min(len(one.panel.head) for one in laid.panels) > 4


def test_what_names_a_row_in_two_columns_is_repeated_whole():
    numbers = ["1,234.567"] * 40
    panel = panel_in_print(("城市", "编码", *numbers), (("上海", "抵御", *numbers),), texts=2)
    laid = fitted([panel])
    assert len(laid.panels) > 1
    assert {tuple(cell.text for cell in one.panel.rows[0][:2]) for one in laid.panels} == {
        ("上海", "抵御")
    }


def test_type_grows_smaller_before_a_table_is_divided():
    def of(columns):
        head = ("编码", *["1,234 (56.78)"] * columns)
        return fitted([panel_in_print(head, (head,))])

    laid = [of(columns) for columns in range(1, 15)]
    sizes = [(one.landscape, one.size) for one in laid if len(one.panels) == 1]
    assert list(dict.fromkeys(sizes)) == [
        (False, 10.5), (False, 9.0), (True, 10.5), (True, 9.0), (True, 7.5)
    ]  # fmt: skip
    assert len(laid[-1].panels) == 2


def test_a_heading_breaks_between_words_only():
    assert heading_lines("自身参考点数", 4) == ["自身", "参考点数"]
    assert heading_lines("与他组均值之差（百分点）", 5)[-1] == "（百分点）"
    assert heading_lines("Per 1,000 words in the group", 8) == [
        "Per 1,000",
        "words in the",
        "group",
    ]


def test_more_rows_than_a_paper_has_are_refused_with_a_cure():
    frame = pd.DataFrame({"document": ["甲"] * 5001, "excerpt": "一句"})
    with pytest.raises(QueryError, match="xlsx, csv or json"):
        fitted_for_paper(print_table(Table("excerpts", frame)))
