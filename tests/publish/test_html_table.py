from lxml import html as lxml_html

from wenma.publish.html_table import to_html
from wenma.publish.print_table import print_table
from wenma.publish.printed_table import Cell, PrintedTable, panel_of
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.records import Bilingual


def test_a_page_has_the_cells_the_record_has(small):
    printed = print_table(small.ask(matrix), codes=small.codes)
    (table,) = lxml_html.fromstring(to_html(printed)).xpath("//table")
    rows = [[cell.text_content() for cell in row] for row in table.xpath(".//tbody/tr")]
    (panel,) = printed.panels
    assert [[words.split(" stage/")[0] for words in row] for row in rows] == [
        [cell.words for cell in row] for row in panel.rows
    ]


def test_notes_and_basis_stand_below(small):
    page = to_html(print_table(small.ask(frequency, by="city"), codes=small.codes))
    assert page.index("</table>") < page.index("最大余数法") < page.index("统计依据：文件 4")


def test_a_table_without_a_number_is_not_called_by_one(small):
    table = small.ask(frequency)
    assert "表 " not in to_html(print_table(table)) and "Table " not in to_html(print_table(table))
    assert "表 3　编码频次" in to_html(print_table(table).entitled(None, 3))


def test_no_text_becomes_markup():
    nasty = "<script>alert(1)</script>\x00&"
    cells = [[Cell(nasty, small=nasty, counts=((nasty, ""),), role="head")]]
    printed = PrintedTable(
        Bilingual(nasty, nasty),
        (panel_of([nasty], cells, nasty),),
        "zh",
        notes=(nasty,),
        basis=nasty,
    )
    assert "<script" not in to_html(printed) and "\x00" not in to_html(printed)
