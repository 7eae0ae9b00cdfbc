"""A report becomes a Word file: the same tables and figures, to edit and to paste from."""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from analysis.publish.grids import Cell, Grid
from analysis.publish.labels import Language
from analysis.publish.report import Figure, Report, Shown

MOST_ROWS = 60
"""Rows of a table in the Word file; the HTML report and `wenma query` have all."""
DPI = 200
"""Dots an inch of a figure."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = Cm(25.7)
_CM = 2.54


def report_docx(report: Report) -> bytes:
    """The Word file. The same report gives the same bytes but for Word's own packing."""
    document = docx.Document()
    _page(document)
    language = report.language
    zh = language == "zh"
    document.core_properties.title = _plain(report.title)
    document.core_properties.author = "wenma"
    made = datetime.fromisoformat(report.date)
    document.core_properties.created = document.core_properties.modified = made
    document.add_heading(_plain(report.title), 0)
    document.add_paragraph(_plain(report.subtitle))
    facts = ("；" if zh else "; ").join(f"{name} {number}" for name, number in report.facts)
    document.add_paragraph(_plain(facts))
    document.add_heading("研究设计" if zh else "Methods", 1)
    for paragraph in report.methods:
        document.add_paragraph(_plain(paragraph))
    for section in report.sections:
        document.add_heading(f"{section.id} {getattr(section, language)}", 1)
        for item in section.items:
            if isinstance(item, Figure):
                _figure(document, item)
            else:
                _shown(document, item, language)
        for reason in section.reasons:
            document.add_paragraph(_plain(reason), style="Intense Quote")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def add_table(document: Any, grid: Grid) -> None:
    """The grid as a Word table of three rules, its head repeated on every page."""
    table = document.add_table(rows=len(grid.rows) + 1, cols=len(grid.head))
    table.autofit = True
    cells = table._cells  # asked for once: python-docx builds the whole list at every row
    wide = len(grid.head)
    for at, name in enumerate(grid.head):
        _fill(cells[at], name, bold=True)
    for line, row in enumerate(grid.rows, 1):
        for at, cell in enumerate(row):
            _fill(cells[line * wide + at], _words(cell), number=cell.number)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_rule(side, 12))
    table._tbl.tblPr.append(borders)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for cell in cells[:wide]:
        under = OxmlElement("w:tcBorders")
        under.append(_rule("bottom", 6))
        cell._tc.get_or_add_tcPr().append(under)


def _shown(document: Any, shown: Shown, language: Language) -> None:
    _caption(document, "表", "Table", shown)
    cut = 0
    for grid in shown.grids:
        if grid.title:
            document.add_paragraph(_plain(grid.title))
        cut += max(0, len(grid.rows) - MOST_ROWS)
        add_table(document, Grid(grid.head, grid.rows[:MOST_ROWS]))
    said = list(shown.notes)
    if cut:
        said.insert(
            0,
            f"表长，此处略去 {cut} 行，见 HTML 报告。"
            if language == "zh"
            else f"{cut} rows left out here: see the HTML report.",
        )
    for note in [*said, shown.basis] if shown.basis else said:
        small = document.add_paragraph().add_run(_plain(note))
        small.font.size = Pt(8)


def _figure(document: Any, figure: Figure) -> None:
    png = vl_convert.vegalite_to_png(figure.chart.to_dict(), ppi=DPI, allowed_base_urls=[])
    # Width in dots, from the picture's own head.
    own = Cm(int.from_bytes(png[16:20], "big") / DPI * _CM)
    document.add_picture(BytesIO(png), width=min(own, _WIDE))
    _caption(document, "图", "Figure", figure)


def _caption(document: Any, zh: str, en: str, one: Shown | Figure) -> None:
    for words in (f"{zh} {one.number}　{one.zh}", f"{en} {one.number}  {one.en}"):
        paragraph = document.add_paragraph(style="Caption")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(_plain(words))


def _fill(cell: Any, words: str, *, bold: bool = False, number: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_plain(words))
    run.bold = bold
    run.font.size = Pt(8)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _words(cell: Cell) -> str:
    """A cell's text, indented by its depth in the tree."""
    beside = f" {cell.small}" if cell.small and not cell.head else ""
    counts = f" {'/'.join(one for one, _ in cell.counts)}" if cell.counts else ""
    return "　" * cell.depth + cell.text + counts + beside


def _rule(side: str, eighths: int) -> Any:
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    return rule


def _page(document: Any) -> None:
    """A4 across, and a font that has the characters."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    names: Sequence[str] = ("Normal", "Title", "Heading 1", "Caption", "Intense Quote")
    for name in names:
        style = document.styles[name]
        style.font.name = "Times New Roman"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "宋体" if name == "Normal" else "黑体")


def _plain(words: str) -> str:
    """Words without what XML cannot hold."""
    return _NO_TEXT.sub("\ufffd", words)
