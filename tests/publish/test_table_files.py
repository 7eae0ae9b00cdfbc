import csv
import json
import math
from io import BytesIO, StringIO

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from wenma.errors import QueryError
from wenma.publish import table_files
from wenma.publish.table_files import WRITERS, csv_text, json_text, markdown_text, xlsx_bytes
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.documents import documents
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.table import BY, Note, Table, queries

NASTY = '=HYPERLINK("http://example.org","点我")'


def read_csv(text):
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def sheets(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def excerpt(text):
    """A table of one excerpt."""
    return Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [text]}))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
@pytest.mark.parametrize("form", WRITERS)
def test_every_query_goes_into_every_file(form, query, language, small):
    for by in (None, *BY):
        table = small.ask(query.function, by=by)
        assert WRITERS[form](table, language=language)
        assert WRITERS[form](table, language=language, codes=small.codes)


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_table_is_a_file_with_headings_only(form, small):
    assert WRITERS[form](small.ask(excerpts, city="浔汀市"))


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
    pd.testing.assert_frame_equal(again, table.frame, check_dtype=False)


def test_a_count_is_a_whole_number_in_every_file(small):
    table = small.ask(frequency)
    assert '"countable": 3000}' in json_text(table)
    assert read_csv(csv_text(table))[1][-1] == "3000"


def test_markdown_prints_a_dash_for_the_undefined_and_the_notes_and_basis_below(small):
    text = markdown_text(small.ask(frequency, by="city"), language="zh")
    line = next(line for line in text.split("\n") if "浔汀市" in line and "stage/resist" in line)
    assert [cell.strip() for cell in line.split("|")[1:-1]] == (
        ["浔汀市", "stage/resist", "0", "0", "0", "—", "0", "0.000", "500"]
    )
    assert "- 浔汀市：维度 stage 没有参考点，占比留空。" in text
    assert text.rstrip().split("\n")[-1].startswith("统计依据：文件 4")


def test_markdown_keeps_a_text_in_its_cell_and_free_of_markup():
    line = markdown_text(excerpt("水位|雨量\n<b>与*风*</b>")).split("\n")[2]
    assert r"水位\|雨量 \<b>与\*风\*\</b>" in line


def test_markdown_lines_of_short_cells_stand_under_each_other(small):
    lines = markdown_text(small.ask(documents, by="city")).split("\n")[:5]
    assert len({table_files.display_width(line) for line in lines}) == 1


def test_names_of_codes_stand_beside_their_paths(small):
    head, *rows = read_csv(csv_text(small.ask(frequency), codes=small.codes, language="en"))
    assert head[:2] == ["Code", "Name of code"] and rows[1][:2] == ["stage/resist", "Resist"]
    rows = json.loads(json_text(small.ask(excerpts), codes=small.codes))["rows"]
    assert rows[0]["codes_name"] == "抵御; 感知"


def test_excel_gives_back_numbers_as_numbers_and_text_as_text(small):
    table = small.ask(frequency, by="city")
    content = sheets(xlsx_bytes(table))
    head, *rows = content["编码频次"]
    assert head[:2] == ["城市", "编码"] and len(rows) == len(table.frame)
    for row, cells in zip(rows, table.frame.itertuples(index=False), strict=True):
        for seen, put in zip(row, cells, strict=True):
            assert seen == "" if isinstance(put, float) and math.isnan(put) else seen == put


def test_excel_has_notes_and_basis_on_a_second_sheet(small):
    about = sheets(xlsx_bytes(small.ask(frequency, by="city"), language="en"))["Notes"]
    assert ["by", "city"] in about
    assert any("its shares are empty" in words for _, words in about)


@pytest.mark.parametrize("text", [NASTY, "https://example.org/", "0012", "\x01控制符", "{=1+1}"])
def test_excel_never_makes_a_formula_a_link_or_a_number_of_a_text(text):
    content = xlsx_bytes(excerpt(text))
    assert sheets(content)["原文片段"][1][1] == text
    # Formulas and links would show in the sheet's own markup.
    from zipfile import ZipFile

    sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet


def test_a_text_beyond_excels_limit_is_cut_and_the_second_sheet_says_so():
    for text in ("韧" * 40_000, "𠮷" * 20_000):
        content = sheets(xlsx_bytes(excerpt(text)))
        seen = content["原文片段"][1][1]
        assert text.startswith(seen) and 32_765 <= len(seen.encode("utf-16-le")) // 2 <= 32_767
        assert any("1 个单元格" in words for _, words in content["说明"])


def test_a_table_too_long_for_a_sheet_is_refused_before_it_is_written(monkeypatch):
    monkeypatch.setattr(table_files, "EXCEL_ROWS", 2)
    with pytest.raises(QueryError, match="Write csv or json instead"):
        xlsx_bytes(Table("frequency", pd.DataFrame({"code": ["a", "b"]})))


def test_the_same_table_gives_the_same_excel_file(small):
    table = small.ask(frequency)
    assert xlsx_bytes(table) == xlsx_bytes(table)


def test_words_in_cells_are_in_the_readers_language(small):
    rows = read_csv(csv_text(small.ask(excerpts, kind="heading"), language="zh"))
    assert "标题" in rows[1] and "任务" in rows[1]
    assert "否" in read_csv(csv_text(small.ask(cooccurrence), language="zh"))[1]


def test_a_note_is_printed_in_the_language_asked_for():
    table = Table("frequency", pd.DataFrame({"code": ["a"]}), (Note("Why.", zh="缘由。"),))
    assert "- 缘由。" in markdown_text(table) and "- Why." in markdown_text(table, language="en")
