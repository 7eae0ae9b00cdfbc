import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from wenma import __version__
from wenma.publish.cross_layout import FIGURE_SPACE
from wenma.publish.panels import fitted_for_paper
from wenma.publish.print_table import print_table
from wenma.publish.table_files import table_content
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Table


def word(table, **options):
    return table_content(table, "docx", **options)


def read(content):
    return Document(BytesIO(content))


def cells(table):
    """The words of each cell; a heading's lines are one."""
    return [[one_line(cell.text) for cell in row.cells] for row in table.rows]


def one_line(text):
    # Between Han a broken line is no blank.
    return re.sub(r"(?<=[ -~])\n(?=[ -~])", " ", text).replace("\n", "")


def rules(element):
    """Each rule an element sets: its side, kind and eighths of a point."""
    return {
        side.tag.split("}")[1]: (side.get(qn("w:val")), side.get(qn("w:sz")))
        for side in (element if element is not None else ())
    }


def test_a_table_has_three_rules_and_no_others(large):
    table = read(word(large.ask(frequency), codes=large.codes)).tables[0]
    whole = rules(table._tbl.tblPr.find(qn("w:tblBorders")))
    assert whole == {
        "top": ("single", "12"),
        "bottom": ("single", "12"),
        **dict.fromkeys(("left", "right", "insideH", "insideV"), ("nil", None)),
    }
    head, *rest = table.rows
    for cell in head.cells:
        own = rules(cell._tc.tcPr.find(qn("w:tcBorders")))
        assert own == {"top": ("single", "12"), "bottom": ("single", "6")}
    for row in rest:
        assert all(cell._tc.tcPr.find(qn("w:tcBorders")) is None for cell in row.cells)


def test_han_are_set_in_song_and_latin_in_times_at_ten_and_a_half_points(large):
    document = read(word(large.ask(frequency), codes=large.codes))
    style = document.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi")} == {"Times New Roman"}
    assert not [name for name in fonts.attrib if "heme" in name] and style.font.size.pt == 10.5
    for run in document.tables[0]._tbl.iter(qn("w:rPr")):
        assert run.rFonts is None and run.sz is None


def test_the_titles_stand_above_in_both_languages_and_the_notes_and_basis_below(small):
    table = small.ask(frequency, by="city")
    document = read(word(table, codes=small.codes, number=3, caption="各市的关注"))
    body = [part.tag.split("}")[1] for part in document.element.body]
    assert body[:3] == ["p", "p", "tbl"]
    first, second, *_, notes, basis = [one for one in document.paragraphs if one.text]
    assert first.text == "表 3 各市的关注" and second.text == "Table 3 Code frequencies by city"
    assert all(one.paragraph_format.keep_with_next for one in (first, second))
    assert "浔汀市：维度 stage 没有参考点" in notes.text and "最大余数法" in notes.text
    assert basis.text.startswith("统计依据：文件 4") and f"wenma {__version__}" in basis.text


def test_in_english_there_is_no_chinese_title(small):
    document = read(word(small.ask(frequency), codes=small.codes, language="en"))
    assert document.paragraphs[0].text == "Table 1 Code frequencies"
    assert "Resist" in [row[0] for row in cells(document.tables[0])]


def test_the_heading_comes_again_on_every_page_and_no_row_is_torn(large):
    head, *rest = read(word(large.ask(frequency), codes=large.codes)).tables[0].rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    for row in (head, *rest):
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert rest[0]._tr.trPr.find(qn("w:tblHeader")) is None


def test_numbers_stand_right_and_codes_by_their_names_set_in_by_level(small):
    table = read(word(small.ask(frequency), codes=small.codes)).tables[0]
    lines = cells(table)
    assert lines[0] == [
        *(
            "编码",
            "文件数",
            "自身参考点数",
            "参考点数",
            "占维度参考点 %",
            "占比分母",
            "每千字参考点",
        ),
    ]
    at = next(n for n, line in enumerate(lines) if line[0] == "感知")
    first, *numbers = table.rows[at].cells
    indents = {
        line[0]: table.rows[n].cells[0].paragraphs[0].paragraph_format.left_indent
        for n, line in enumerate(lines)
    }
    assert indents["层面"] is None and indents["感知"] == 2 * indents["技术"]
    assert first.paragraphs[0].alignment == 0  # left
    assert {cell.paragraphs[0].alignment for cell in numbers} == {2}  # right


def test_the_numbers_printed_are_the_tables(by_city, large):
    document = read(word(by_city, codes=large.codes))
    printed = {}
    for table in document.tables:
        head, *lines = cells(table)
        for line in lines[:11]:
            printed |= {
                (city, line[0]): cell for city, cell in zip(head[1:], line[1:], strict=True)
            }
        assert lines[-1][0] == "计数汉字"
    names = dict(zip(large.codes["code"], large.codes["zh"], strict=True))
    assert len(printed) == len(by_city.frame)
    for row in by_city.frame.itertuples():
        count, share = printed[row.group, names[row.code]].replace(FIGURE_SPACE, "").split(" ")
        assert int(count.replace(",", "")) == row.references
        assert float(share.strip("()")) == pytest.approx(row.share, abs=0.0101)


def test_a_cross_table_of_each_city_is_a_table_of_its_own(large):
    table = large.ask(matrix, by="city")
    document = read(word(table, codes=large.codes, number=4))
    titles = [one.text for one in document.paragraphs if one.text.startswith("表")]
    assert titles == [
        f"表 {4 + at} 交叉矩阵（按城市）：{city}"
        for at, city in enumerate(dict.fromkeys(table.frame["group"]))
    ]


def test_what_is_too_wide_for_a_page_goes_on_in_another_table(large):
    table = large.ask(frequency, by="document")
    laid = fitted_for_paper(print_table(table, codes=large.codes))
    assert len(laid.panels) > 1 and laid.landscape
    assert all(sum(panel.widths(laid.room)) <= laid.room for panel in laid.panels)
    heads = [name for one in laid.panels for name in one.panel.head[1:]]
    assert heads == list(dict.fromkeys(table.frame["group"]))
    document = read(word(table, codes=large.codes))
    assert document.sections[0].page_width > document.sections[0].page_height
    assert [one.text for one in document.paragraphs if one.text.startswith("表")][1].startswith(
        "表 1（续）"
    )


def test_a_narrow_table_stands_upright(large):
    section = read(word(large.ask(matrix), codes=large.codes)).sections[0]
    assert section.page_width < section.page_height


def test_no_text_of_a_document_becomes_markup():
    nasty = "<w:b/>&amp;\x07 }\\input{x} % _ $1$ [1] *"
    table = Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [nasty]}))
    assert cells(read(word(table)).tables[0])[1][1] == nasty.replace("\x07", "")


def test_the_same_table_gives_the_same_bytes(large):
    table = large.ask(matrix)
    assert word(table, codes=large.codes) == word(table, codes=large.codes)


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Writer")
def test_libreoffice_prints_every_word_of_the_table(tmp_path: Path, by_city, large):
    path = tmp_path / "table.docx"
    path.write_bytes(word(by_city, codes=large.codes))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(path)], check=True, capture_output=True)
    with pypdfium2.PdfDocument(tmp_path / "table.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert pdf[0].get_width() > pdf[0].get_height()
    solid = re.sub(r"\s", "", text)
    for table in read(path.read_bytes()).tables:
        for line in cells(table):
            for cell in line:
                assert re.sub(r"\s", "", cell) in solid


def test_an_excerpt_is_printed_whole(small):
    table = small.ask(excerpts)
    printed = cells(read(word(table, codes=small.codes)).tables[0])
    at = printed[0].index("原文片段")
    assert [line[at] for line in printed[1:]] == table.frame["excerpt"].tolist()
