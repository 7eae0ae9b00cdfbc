import csv
import json
from io import StringIO

import pandas as pd
import pytest

from wenma.publish.data_text import csv_text, json_text
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.table import Table

NASTY = '=HYPERLINK("http://example.org","点我")'


def read_csv(text):
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def excerpt(text):
    """A table of one excerpt."""
    return Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [text]}))


def test_csv_holds_every_number_in_full(large):
    table = large.ask(frequency, by="city")
    head, *rows = read_csv(csv_text(table))
    assert head[:3] == ["城市", "编码", "文件数"]
    share = head.index("占维度参考点 %")
    assert [float(row[share]) for row in rows] == table.frame["share"].tolist()


def test_csv_leaves_an_undefined_number_empty(small):
    head, *rows = read_csv(csv_text(small.ask(frequency, by="city"), language="en"))
    share = head.index("% of dimension")
    assert {row[share] for row in rows if row[0] == "浔汀市"} == {""}


def test_csv_begins_with_the_mark_excel_needs_unless_another_program_reads(small):
    table = small.ask(frequency)
    assert csv_text(table).startswith("\ufeff编码,")
    assert csv_text(table, bom=False).startswith("编码,")


@pytest.mark.parametrize("text", [NASTY, "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "－防汛"])
def test_a_text_that_looks_like_a_formula_is_none_in_csv(text):
    assert read_csv(csv_text(excerpt(text)))[1][1] == f"'{text}"


def test_a_negative_number_stays_a_number_in_csv():
    table = Table("cooccurrence", pd.DataFrame({"code": ["a"], "npmi": [-1.0]}))
    assert read_csv(csv_text(table))[1] == ["a", "-1.0"]


@pytest.mark.parametrize("text", ['他说："好，\n再来。"', "逗号, 分号;", "𠮷野"])
def test_csv_and_json_give_a_text_back_exactly(text):
    assert read_csv(csv_text(excerpt(text)))[1][1] == text
    assert json.loads(json_text(excerpt(text)))["rows"][0]["excerpt"] == text


def test_json_has_null_for_what_is_undefined_and_the_reason_beside(small):
    table = small.ask(frequency, by="city")
    content = json.loads(json_text(table, language="en"))
    assert list(content) == ["name", "columns", "rows", "notes", "basis"]
    assert content["name"] == "frequency" and content["columns"] == list(table.frame)
    nowhere = [row for row in content["rows"] if row["group"] == "浔汀市"]
    assert all(row["share"] is None and row["references"] == 0 for row in nowhere)
    assert any("its shares are empty" in note for note in content["notes"])
    assert content["basis"]["by"] == "city"


def test_json_gives_the_table_back(large):
    table = large.ask(cooccurrence, by="city")
    again = pd.DataFrame(json.loads(json_text(table))["rows"])
    unknown = ("overlapping", "odds_low", "odds_high")  # null in every row here
    again = again.astype(dict.fromkeys(unknown, float))
    pd.testing.assert_frame_equal(again, table.frame, check_dtype=False)


def test_a_count_is_a_whole_number_in_every_file(small):
    table = small.ask(frequency)
    assert '"countable": 3000}' in json_text(table)
    assert read_csv(csv_text(table))[1][-1] == "3000"


def test_names_of_codes_stand_beside_their_paths(small):
    head, *rows = read_csv(csv_text(small.ask(frequency), codes=small.codes, language="en"))
    assert head[:2] == ["Code", "Name of code"] and rows[1][:2] == ["stage/resist", "Resist"]
    rows = json.loads(json_text(small.ask(excerpts), codes=small.codes))["rows"]
    assert rows[0]["codes_name"] == "抵御; 感知"


def test_words_in_cells_are_in_the_readers_language(small):
    rows = read_csv(csv_text(small.ask(excerpts, kind="heading"), language="zh"))
    assert "标题" in rows[1] and "任务" in rows[1]
    assert "否" in read_csv(csv_text(small.ask(cooccurrence), language="zh"))[1]
