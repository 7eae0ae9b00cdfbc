import math
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from wenma.errors import QueryError
from wenma.publish import xlsx_table
from wenma.publish.print_table import print_every_column, print_table
from wenma.publish.xlsx_table import xlsx_bytes
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Table

NASTY = '=HYPERLINK("http://example.org","点我")'


def excerpt(text):
    """A table of one excerpt."""
    return Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [text]}))


def sheets(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def workbook(table, **options):
    return sheets(xlsx_bytes(print_every_column(table, **options)))


def test_excel_gives_back_numbers_as_numbers_and_text_as_text(small):
    table = small.ask(frequency, by="city")
    content = workbook(table)
    head, *rows = content["编码频次"]
    assert head[:2] == ["城市", "编码"] and len(rows) == len(table.frame)
    for row, cells in zip(rows, table.frame.itertuples(index=False), strict=True):
        for seen, put in zip(row, cells, strict=True):
            assert seen == "" if isinstance(put, float) and math.isnan(put) else seen == put


def test_excel_has_notes_and_basis_on_a_second_sheet(small):
    about = workbook(small.ask(frequency, by="city"), language="en")["Notes"]
    assert ["by", "city"] in about
    assert any("its shares are empty" in words for _, words in about)


@pytest.mark.parametrize("text", [NASTY, "https://example.org/", "0012", "\x01控制符", "{=1+1}"])
def test_excel_never_makes_a_formula_a_link_or_a_number_of_a_text(text):
    content = xlsx_bytes(print_every_column(excerpt(text)))
    assert sheets(content)["原文片段"][1][1] == text
    # Formulas and links would show in the sheet's own markup.
    sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet


def test_a_text_beyond_excels_limit_is_cut_and_the_second_sheet_says_so():
    for text in ("韧" * 40_000, "𠮷" * 20_000):
        content = workbook(excerpt(text))
        seen = content["原文片段"][1][1]
        assert text.startswith(seen) and 32_765 <= len(seen.encode("utf-16-le")) // 2 <= 32_767
        assert any("1 个单元格" in words for _, words in content["说明"])


def test_a_table_too_long_for_a_sheet_is_refused_before_it_is_written(monkeypatch):
    monkeypatch.setattr(xlsx_table, "EXCEL_ROWS", 2)
    with pytest.raises(QueryError, match="Write csv or json instead"):
        workbook(Table("frequency", pd.DataFrame({"code": ["a", "b"]})))


def test_the_same_table_gives_the_same_excel_file(small):
    table = print_every_column(small.ask(frequency))
    assert xlsx_bytes(table) == xlsx_bytes(table)


def test_what_is_printed_for_a_paper_has_every_panel_in_excel_too(small):
    table = small.ask(matrix, by="city")
    rows = sheets(xlsx_bytes(print_table(table, codes=small.codes)))["交叉表"]
    cities = list(dict.fromkeys(table.frame["group"]))
    assert [row[0] for row in rows if row[-1] == "合计"] == cities
    sums = [row[-1] for row in rows if row[0] == "合计"]
    assert sums == table.frame.groupby("group", sort=False)["units"].sum().tolist()
