import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from wenma import __version__
from wenma.queries.dataset import dataset
from wenma.errors import QueryError
from wenma.publish.latex_tables import escaped, tex_text
from wenma.publish.panels import SMALLEST, Panel, fitted, heading_lines, printed_ems
from wenma.publish.paper_layout import FIGURE_SPACE, paper
from wenma.publish.paper_tables import docx_bytes
from wenma.queries.assessment import assessment
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.coverage import coverage
from wenma.queries.documents import documents
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import Note, Table


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


@pytest.fixture
def by_city(large):
    return large.ask(frequency, by="city")


def test_a_table_has_three_rules_and_no_others(large):
    table = read(docx_bytes(large.ask(frequency), codes=large.codes)).tables[0]
    whole = rules(dataset(table._tbl.tblPr.find(qn("w:tblBorders"))))
    assert whole == {
        "top": ("single", "12"),
        "bottom": ("single", "12"),
        **dict.fromkeys(("left", "right", "insideH", "insideV"), ("nil", None)),
    }
    head, *rest = table.rows
    for cell in head.cells:
        own = rules(dataset(cell._tc.tcPr.find(qn("w:tcBorders"))))
        assert own == {"top": ("single", "12"), "bottom": ("single", "6")}
    for row in rest:
        assert all(cell._tc.tcPr.find(qn("w:tcBorders")) is None for cell in row.cells)


def test_han_are_set_in_song_and_latin_in_times_at_ten_and_a_half_points(large):
    document = read(docx_bytes(large.ask(frequency), codes=large.codes))
    style = document.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi")} == {"Times New Roman"}
    assert not [name for name in fonts.attrib if "heme" in name] and style.font.size.pt == 10.5
    for run in document.tables[0]._tbl.iter(qn("w:rPr")):
        assert run.rFonts is None and run.sz is None


def test_the_titles_stand_above_in_both_languages_and_the_notes_and_basis_below(small):
    table = small.ask(frequency, by="city")
    document = read(docx_bytes(table, codes=small.codes, number=3, caption="各市的关注"))
    body = [part.tag.split("}")[1] for part in document.element.body]
    assert body[:3] == ["p", "p", "tbl"]
    first, second, *_, notes, basis = [one for one in document.paragraphs if one.text]
    assert first.text == "表 3 各市的关注" and second.text == "Table 3 Code frequencies by city"
    assert all(one.paragraph_format.keep_with_next for one in (first, second))
    assert "浔汀市：维度 stage 没有参考点" in notes.text and "最大余数法" in notes.text
    assert basis.text.startswith("统计依据：文件 4") and f"wenma {__version__}" in basis.text


def test_in_english_there_is_no_chinese_title(small):
    document = read(docx_bytes(small.ask(frequency), codes=small.codes, language="en"))
    assert document.paragraphs[0].text == "Table 1 Code frequencies"
    assert "Resist" in [row[0] for row in cells(document.tables[0])]


def test_the_heading_comes_again_on_every_page_and_no_row_is_torn(large):
    head, *rest = read(docx_bytes(large.ask(frequency), codes=large.codes)).tables[0].rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    for row in (head, *rest):
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert rest[0]._tr.trPr.find(qn("w:tblHeader")) is None


def test_numbers_stand_right_and_codes_by_their_names_set_in_by_level(small):
    table = read(docx_bytes(small.ask(frequency), codes=small.codes)).tables[0]
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
    document = read(docx_bytes(by_city, codes=large.codes))
    printed = {}
    for table in document.tables:
        head, *lines = cells(table)
        for line in lines[:-1]:
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


def test_percentages_of_one_whole_add_up_to_it_as_printed(by_city, large):
    panels = paper(by_city, codes=large.codes).panels
    for panel in panels:
        for column in range(1, len(panel.head)):
            shares = {
                row[0]: Decimal(re.search(r"\((.*)\)", row[column])[1]) for row in panel.rows[:-1]
            }
            assert shares["阶段"] == 100 == sum(shares[n] for n in ("抵御", "吸收", "恢复", "适应"))
            assert shares["层面"] == 100 == sum(shares[n] for n in ("制度", "技术", "主体"))


def test_a_code_with_references_of_its_own_keeps_room_for_them():
    codes = ["a", "a/b", "a/b/c", "a/b/d", "a/e"]
    frame = pd.DataFrame(
        {"code": codes, "references": [3, 2, 1, 0, 1], "share": [100, 200 / 3, 100 / 3, 0, 100 / 3]}
    )
    rows = paper(Table("frequency", frame)).panels[0].rows
    # 1 of b's own 2: what is under it makes half of its 66.67, one of them the odd hundredth.
    assert [row[-1] for row in rows] == ["100.00", "66.67", "33.34", "0.00", "33.33"]


def test_a_cross_table_adds_up_at_both_edges(large):
    panel = paper(large.ask(matrix), codes=large.codes).panels[0]
    counted = panel.rows[::2]  # under each the numbers expected
    shares = [[Decimal(re.search(r"\((.*)\)", c)[1]) for c in row[1:]] for row in counted]
    assert shares[-1][-1] == 100
    for line in (*shares, *zip(*shares, strict=True)):
        assert sum(line[:-1]) == line[-1]
    assert panel.head[-1] == "合计" == panel.rows[-1][0]


def test_a_cross_table_has_the_numbers_expected_under_its_own(large):
    table = large.ask(matrix)
    panel = paper(table, codes=large.codes).panels[0]
    under = panel.rows[1::2]
    assert {row[0] for row in under} == {"期望数"} and len(under) == 4
    printed = [float(cell.replace(",", "")) for row in under for cell in row[1:-1]]
    assert printed == pytest.approx(table.frame["expected"].tolist(), abs=0.005)
    assert "期望数" in tex_text(table, codes=large.codes)


def test_no_number_and_no_name_breaks_whatever_the_width():
    names = [f"新疆维吾尔自治区{at}" for at in range(40)]
    rows = tuple((f"编码{at}", *["1,234 (56.78)"] * 40) for at in range(5))
    panel = Panel("", ("编码", *names), rows, (False, *[True] * 40), (0,) * 5)
    laid = fitted([panel])
    assert laid.landscape and laid.size == SMALLEST and len(laid.panels) > 1
    assert [name for one in laid.panels for name in one.head[1:]] == names
    assert all(one.head[0] == "编码" and one.rows[4][0] == "编码4" for one in laid.panels)
    for one in laid.panels:
        widths = one.widths(laid.room)
        assert sum(widths) <= laid.room
        for wide, *column in zip(widths, *one.rows, strict=True):
            assert all(printed_ems(cell) < wide for cell in column)
    # No last part of a column or two.
    assert len({len(one.head) for one in laid.panels}) <= 2
    assert min(len(one.head) for one in laid.panels) > 4


def test_what_names_a_row_in_two_columns_is_repeated_whole():
    numbers = ["1,234.567"] * 40
    panel = Panel(
        "",
        ("城市", "编码", *numbers),
        (("上海", "抵御", *numbers),),
        (False, False, *[True] * 40),
        (0,),
    )
    laid = fitted([panel])
    assert len(laid.panels) > 1
    assert {one.rows[0][:2] for one in laid.panels} == {("上海", "抵御")}


def test_type_grows_smaller_before_a_table_is_divided():
    def of(columns):
        head = ("编码", *["1,234 (56.78)"] * columns)
        return fitted([Panel("", head, (head,), (False, *[True] * columns), (0,))])

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


def test_a_cross_table_of_each_city_is_a_table_of_its_own(large):
    table = large.ask(matrix, by="city")
    document = read(docx_bytes(table, codes=large.codes, number=4))
    titles = [one.text for one in document.paragraphs if one.text.startswith("表")]
    assert titles == [
        f"表 {4 + at} 交叉矩阵（按城市）：{city}"
        for at, city in enumerate(dict.fromkeys(table.frame["group"]))
    ]


def test_what_is_too_wide_for_a_page_goes_on_in_another_table(large):
    table = large.ask(frequency, by="document")
    laid = paper(table, codes=large.codes)
    assert len(laid.panels) > 1 and laid.landscape
    assert all(sum(panel.widths(laid.room)) <= laid.room for panel in laid.panels)
    heads = [name for panel in laid.panels for name in panel.head[1:]]
    assert heads == list(dict.fromkeys(table.frame["group"]))
    document = read(docx_bytes(table, codes=large.codes))
    assert document.sections[0].page_width > document.sections[0].page_height
    assert [one.text for one in document.paragraphs if one.text.startswith("表")][1].startswith(
        "表 1（续）"
    )


def test_a_narrow_table_stands_upright(large):
    section = read(docx_bytes(large.ask(matrix), codes=large.codes)).sections[0]
    assert section.page_width < section.page_height


def test_what_is_undefined_is_a_dash_with_its_reason_below(small):
    laid = paper(small.ask(frequency, by="city"), codes=small.codes)
    at = laid.panels[0].head.index("浔汀市")
    assert laid.panels[0].rows[0][at].endswith("(—)")
    assert any("占比留空" in note for note in laid.notes)


def test_columns_a_paper_has_no_room_for_are_named(large):
    laid = paper(large.ask(cooccurrence), codes=large.codes)
    assert "余弦" not in laid.panels[0].head
    assert any("余弦" in note and "csv" in note for note in laid.notes)
    assert "SHA-256" in paper(large.ask(documents)).notes[-1]


def test_a_judgement_and_a_coverage_are_printed_with_their_counts(small):
    laid = paper(small.ask(assessment), codes=small.codes)
    assert laid.panels[0].head == ("", "制度", "技术", "主体")
    covered = paper(small.ask(coverage, by="city"), codes=small.codes).panels[0]
    assert covered.rows[-1] == ("字符总数", "4,000", "1,000", "1,000")
    assert covered.rows[1][1] == "30 (0.75)"


def test_more_rows_than_a_paper_has_are_refused_with_a_cure():
    frame = pd.DataFrame({"document": ["甲"] * 5001, "excerpt": "一句"})
    with pytest.raises(QueryError, match="xlsx, csv or json"):
        docx_bytes(Table("excerpts", frame))


def test_no_text_of_a_document_becomes_markup():
    nasty = "<w:b/>&amp;\x07 }\\input{x} % _ $1$ [1] *"
    table = Table("excerpts", pd.DataFrame({"document": ["甲"], "excerpt": [nasty]}))
    assert cells(read(docx_bytes(table)).tables[0])[1][1] == nasty.replace("\x07", "")
    line = next(line for line in tex_text(table).split("\n") if "input" in line)
    bare = re.sub(r"\\(textbackslash|textless|textgreater)\{\}|\\[{}%_$&#]|\{[\[\]*]\}", "", line)
    assert not set(r"{}%_$#[]*<>") & set(bare)


def test_the_same_table_gives_the_same_bytes(large):
    table = large.ask(matrix)
    assert docx_bytes(table, codes=large.codes) == docx_bytes(table, codes=large.codes)


def test_latex_has_booktabs_rules_a_caption_a_label_and_the_notes(small):
    text = tex_text(small.ask(matrix), codes=small.codes, number=2)
    for line in (
        r"\setcounter{table}{1}",
        r"\caption[交叉矩阵]{交叉矩阵\\ Table~\thetable\quad Cross table}",
        r"\label{tab:matrix}",
        r"\begin{tabular}{lrrrr}",
        r"\begin{tablenotes}[flushleft]\footnotesize",
    ):
        assert line in text.split("\n")
    rules = re.findall(r"^\\(toprule|midrule|bottomrule|hline|cline.*)", text, flags=re.M)
    assert rules == ["toprule", "midrule", "bottomrule"] and "|" not in text
    assert "xeCJK" in text.split("\n\\setcounter")[0]
    assert r"\caption{Cross table}" in tex_text(small.ask(matrix), language="en")
    for line in re.findall(r"^(.*) \\\\$", text, flags=re.M):
        assert len(re.findall(r"(?<!\\)&", line)) == 4


def test_latex_sets_codes_in_by_their_level_and_long_tables_go_on_over_pages(small, large):
    text = tex_text(small.ask(frequency), codes=small.codes)
    assert "\n层面 &" in text and "\n\\quad 技术 &" in text and "\n\\quad\\quad 感知 &" in text
    pairs = large.ask(cooccurrence, by="city")
    assert len(pairs.frame) > 40
    long = tex_text(pairs, codes=large.codes)
    assert r"\begin{longtable}" in long and r"\endhead" in long and r"{\footnotesize" in long


@pytest.mark.parametrize("one", list("\\{}$&#%_^~<>|[]*"))
def test_no_special_character_of_latex_stays_itself(one):
    assert escaped(one) != one and escaped(f"甲{one}乙").startswith("甲")


def test_a_note_is_printed_in_the_language_asked_for(small):
    table = Table("frequency", small.ask(frequency).frame, (Note("Beware.", zh="注意。"),))
    for language, word in (("zh", "注意。"), ("en", "Beware.")):
        assert word in paper(table, language=language).notes


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Writer")
def test_libreoffice_prints_every_word_of_the_table(tmp_path: Path, by_city, large):
    path = tmp_path / "table.docx"
    path.write_bytes(docx_bytes(by_city, codes=large.codes))
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
    printed = cells(read(docx_bytes(table, codes=small.codes)).tables[0])
    at = printed[0].index("原文片段")
    assert [line[at] for line in printed[1:]] == table.frame["excerpt"].tolist()
