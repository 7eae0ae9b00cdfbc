"""A cross table holds the numbers of its answer."""

from wenma.publish.cross_layout import crossed
from wenma.queries.matrix import matrix


def counts(panel):
    """The counts of a panel by row and column, but for sums and numbers expected."""
    return {
        (row[0].text, column): cell.value
        for row in panel.rows[:-1:2]
        for column, cell in zip(panel.head[1:-1], row[1:-1], strict=True)
    }


def test_every_cell_is_a_row_of_the_answer(small):
    table = small.ask(matrix)
    (panel,) = crossed(table, names={}, language="zh")
    rows = {(row.code, row.code_b): row.units for row in table.frame.itertuples()}
    assert counts(panel) == rows


def test_each_group_has_a_panel_of_its_own_and_groups_can_be_the_columns(small):
    panels = list(crossed(small.ask(matrix, by="city"), names={}, language="zh"))
    cities = list(dict.fromkeys(small.documents["city"]))
    assert [one.group for one in panels] == cities
    (across,) = crossed(small.ask(matrix, columns="city"), names={}, language="zh")
    assert list(across.head[1:-1]) == cities


def test_a_group_without_a_name_is_said_to_have_none(small):
    table = small.ask(matrix, by="city")
    table.frame["group"] = ""
    (panel,) = crossed(table, names={}, language="en")
    assert panel.group == "(not stated)"


def test_each_number_leads_where_its_row_does_and_sums_lead_nowhere(small):
    table = small.ask(matrix)
    (panel,) = crossed(table, names={}, language="zh", link=lambda door: "×".join(door.values()))
    line = panel.rows[0]
    assert [cell.anchor for cell in line[1:-1]] == [
        f"{line[0].text}×{column}" for column in panel.head[1:-1]
    ]
    assert line[-1].anchor == "" and not any(cell.anchor for cell in panel.rows[1])
