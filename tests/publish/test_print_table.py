import re
from decimal import Decimal

import pandas as pd
import pytest

from wenma.publish.latex_table import tex_text
from wenma.publish.print_table import print_every_column, print_table
from wenma.queries.assessment import assessment
from wenma.queries.attention import attention
from wenma.queries.cities import cities
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.coverage import coverage
from wenma.queries.documents import documents
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Table


def texts(panel):
    """The words of each cell."""
    return [tuple(cell.words for cell in row) for row in panel.rows]


def test_percentages_of_one_whole_add_up_to_it_as_printed(by_city, large):
    panels = print_table(by_city, codes=large.codes).panels
    for panel in panels:
        for column in range(1, len(panel.head)):
            shares = {
                row[0]: Decimal(re.search(r"\((.*)\)", row[column])[1]) for row in texts(panel)[:11]
            }
            assert shares["阶段"] == 100 == sum(shares[n] for n in ("抵御", "吸收", "恢复", "适应"))
            assert shares["层面"] == 100 == sum(shares[n] for n in ("制度", "技术", "主体"))


def test_each_share_stands_with_the_n_it_is_of(by_city, large):
    (panel,) = print_table(by_city, codes=large.codes).panels
    frame = by_city.frame
    lines = {row[0]: row[1:] for row in texts(panel)[11:]}
    assert list(lines) == ["阶段 n（参考点）", "层面 n（参考点）", "计数汉字"]
    for name, path in (("阶段", "stage"), ("层面", "layer")):
        wanted = frame.loc[frame["code"] == path, "share_of"]
        assert lines[f"{name} n（参考点）"] == tuple(f"{one:,.0f}" for one in wanted)


SHARED = [(attention, {}, ["group"]), (cities, {"view": "profile"}, ["group"])]


@pytest.mark.parametrize(("question", "options", "keys"), SHARED)
def test_the_shares_of_each_city_add_up_as_printed_in_every_format(large, question, options, keys):
    table = large.ask(question, **options)
    for printed in (print_table(table), print_every_column(table)):
        (panel,) = printed.panels
        at, many = (panel.head.index(one) for one in ("占维度参考点 %", "占比分母"))
        for _, rows in table.frame.groupby(keys):
            shown = [panel.rows[row] for row in rows.index]
            assert sum(Decimal(row[at].text) for row in shown) == 100
            counts = rows["references"].sum()
            assert {row[many].text.replace(",", "") for row in shown} == {str(counts)}
        assert any("最大余数法" in note for note in printed.layout_notes)
    # Data for other programs keep all their digits.
    assert (table.frame["share"].round(2) != table.frame["share"]).any()


def test_the_shares_of_each_period_add_up_down_the_tree():
    frame = pd.DataFrame(
        {
            "code": ["a", "a/b", "a/c", "a/d"] * 2,
            "period": ["十三五"] * 4 + ["十四五"] * 4,
            "references": [3, 1, 1, 1, 6, 1, 1, 4],
            "share": [100, 100 / 3, 100 / 3, 100 / 3, 100, 100 / 6, 100 / 6, 400 / 6],
        }
    )
    (panel,) = print_table(Table("periods", frame)).panels
    shares = [row[-1] for row in texts(panel)]
    assert shares == ["100.00", "33.34", "33.33", "33.33", "100.00", "16.67", "16.67", "66.66"]


def test_stances_add_up_unless_a_unit_has_two():
    frame = pd.DataFrame(
        {
            "code": ["a", "b"],
            "units": [3, 2],
            "achieved": [100 / 3, 100.0],
            "promised": [100 / 3, 50.0],
            "lacking": [100 / 3, 0.0],
        }
    )
    rows = texts(print_table(Table("stance_shift", frame)).panels[0])
    assert rows[0][2:] == ("33.4", "33.3", "33.3") and rows[1][2:] == ("100.0", "50.0", "0.0")


def test_a_code_with_references_of_its_own_keeps_room_for_them():
    codes = ["a", "a/b", "a/b/c", "a/b/d", "a/e"]
    frame = pd.DataFrame(
        {"code": codes, "references": [3, 2, 1, 0, 1], "share": [100, 200 / 3, 100 / 3, 0, 100 / 3]}
    )
    rows = print_table(Table("frequency", frame)).panels[0]
    # 1 of b's own 2: what is under it makes half of its 66.67, one of them the odd hundredth.
    assert [row[-1] for row in texts(rows)] == ["100.00", "66.67", "33.34", "0.00", "33.33"]


def test_a_cross_table_adds_up_at_both_edges(large):
    panel = print_table(large.ask(matrix), codes=large.codes).panels[0]
    counted = texts(panel)[::2]  # under each the numbers expected
    shares = [[Decimal(re.search(r"\((.*)\)", c)[1]) for c in row[1:]] for row in counted]
    assert shares[-1][-1] == 100
    for line in (*shares, *zip(*shares, strict=True)):
        assert sum(line[:-1]) == line[-1]
    assert panel.head[-1] == "合计" == panel.rows[-1][0].text


def test_a_cross_table_has_the_numbers_expected_under_its_own(large):
    table = large.ask(matrix)
    panel = print_table(table, codes=large.codes).panels[0]
    under = texts(panel)[1::2]
    assert {row[0] for row in under} == {"期望数"} and len(under) == 4
    printed = [float(cell.replace(",", "")) for row in under for cell in row[1:-1]]
    assert printed == pytest.approx(table.frame["expected"].tolist(), abs=0.005)
    assert "期望数" in tex_text(print_table(table, codes=large.codes))


def test_what_is_undefined_is_a_dash_with_its_reason_below(small):
    laid = print_table(small.ask(frequency, by="city"), codes=small.codes)
    at = laid.panels[0].head.index("浔汀市")
    assert laid.panels[0].rows[0][at].text.endswith("(—)")
    assert any("占比留空" in note for note in laid.notes)


def test_columns_a_paper_has_no_room_for_are_named(large):
    laid = print_table(large.ask(cooccurrence), codes=large.codes)
    assert "余弦" not in laid.panels[0].head
    assert any("余弦" in note and "csv" in note for note in laid.layout_notes)
    assert "层级" in print_table(large.ask(documents)).layout_notes[-1]


def test_a_judgement_and_a_coverage_are_printed_with_their_counts(small):
    laid = print_table(small.ask(assessment), codes=small.codes)
    assert laid.panels[0].head == ("", "制度", "技术", "主体")
    covered = print_table(small.ask(coverage, by="city"), codes=small.codes).panels[0]
    assert texts(covered)[-1] == ("字符总数", "4,000", "1,000", "1,000")
    assert texts(covered)[1][1] == "30 (0.75)"


def test_rows_beyond_the_first_are_left_out_and_counted(small):
    whole = print_table(small.ask(excerpts))
    cut = print_table(small.ask(excerpts), most=2)
    assert cut.panels[0].rows == whole.panels[0].rows[:2]
    assert f"前 2 行（共 {len(whole.panels[0].rows)} 行）" in cut.layout_notes[0]
