"""A report becomes a Word file: the same tables and figures, to edit and to paste from."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from wenma.publish.docx_table import add_panel
from wenma.publish.drawable_text import specification
from wenma.publish.panels import SIDEWAYS, fitted
from wenma.publish.printed_table import PrintedTable
from wenma.publish.report import Report, ReportFigure
from wenma.records import Bilingual

MOST_ROWS_IN_WORD = 300
"""Rows of a table in the Word file; the HTML report and `wenma query` have all."""
MOST_PANELS_IN_WORD = 12
"""Cross tables of one number in the Word file: of more cities, the HTML report has all."""
WORD_DPI = 200
"""Dots an inch of a figure."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG, _SHORT, _MARGIN = 29.7, 21.0, 2.5
"""A4 and its margins, in centimetres."""
_BELOW = 2.0
"""Centimetres of a page for the caption below a figure."""
_LEGIBLE = 0.55
"""Of its own size: a figure's labels of 13 points are then of 7."""
_CM = 2.54
_TABLE, _CONTINUED = Bilingual("表", "Table"), Bilingual("续表", "Table")
_FIGURE = Bilingual("图", "Figure")


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
        document.add_heading(f"{section.id} {section.title.in_language(language)}", 1)
        for item in section.items:
            if isinstance(item, ReportFigure):
                _figure(document, item)
            else:
                _table(document, item)
        for reason in section.reasons:
            document.add_paragraph(_plain(reason), style="Intense Quote")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, printed: PrintedTable) -> None:
    _caption(document, _TABLE, printed, with_next=True)
    every = printed.panels
    panels = every[:MOST_PANELS_IN_WORD]
    cut = sum(max(0, len(panel.rows) - MOST_ROWS_IN_WORD) for panel in panels)
    fit = fitted([replace(one, rows=one.rows[:MOST_ROWS_IN_WORD]) for one in panels], upright=False)
    for measured in fit.panels:
        panel = measured.panel
        if panel.continued:
            _caption(document, _CONTINUED, printed, more=" (continued)", with_next=True)
        if panel.group:
            document.add_paragraph(_plain(panel.group)).paragraph_format.keep_with_next = True
        add_panel(document, measured, page=SIDEWAYS, size=fit.size)
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    said = [*printed.layout_notes, *printed.notes]
    if cut:
        said.insert(
            0,
            f"表长，此处略去 {cut} 行，见 HTML 报告。"
            if printed.language == "zh"
            else f"{cut} rows left out here: see the HTML report.",
        )
    if len(panels) < len(every):
        said.insert(
            0,
            f"此处列 {len(every)} 个分表中的前 {len(panels)} 个，其余见 HTML 报告。"
            if printed.language == "zh"
            else f"The first {len(panels)} of {len(every)} parts; the HTML report has all.",
        )
    for note in [*said, printed.basis] if printed.basis else said:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(_plain(note)).font.size = Pt(8)


def _figure(document: Any, figure: ReportFigure) -> None:
    png = vl_convert.vegalite_to_png(
        specification(figure.chart), ppi=WORD_DPI, allowed_base_urls=[]
    )
    # Width and height in dots, from the picture's own head.
    wide, high = (int.from_bytes(png[at : at + 4], "big") / WORD_DPI * _CM for at in (16, 20))
    lying, standing = (
        min(1.0, (one - 2 * _MARGIN) / wide, (other - 2 * _MARGIN - _BELOW) / high)
        for one, other in ((_LONG, _SHORT), (_SHORT, _LONG))
    )
    # A high picture on a page that lies on its side has labels nobody can read.
    upright = lying < _LEGIBLE and standing > lying
    if upright:
        _sides(document.add_section(WD_SECTION.NEW_PAGE), landscape=False)
    document.add_picture(BytesIO(png), width=Cm(wide * (standing if upright else lying)))
    # A caption on the next page helps nobody.
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(document, _FIGURE, figure)
    if upright:
        _sides(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)


def _caption(
    document: Any,
    words: Bilingual,
    one: PrintedTable | ReportFigure,
    *,
    more: str = "",
    with_next: bool = False,
) -> None:
    said = (
        f"{words.zh} {one.number}　{one.title.zh}",
        f"{words.en} {one.number}{more}  {one.title.en}",
    )
    for at, line in enumerate(said):
        paragraph = document.add_paragraph(style="Caption")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = with_next or at == 0
        paragraph.add_run(_plain(line))


def _sides(section: Any, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = Cm(wide), Cm(high)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))


def _page(document: Any) -> None:
    """A4 across, and a font that has the characters."""
    _sides(document.sections[0], landscape=True)
    names: Sequence[str] = ("Normal", "Title", "Heading 1", "Caption", "Intense Quote")
    for name in names:
        style = document.styles[name]
        style.font.name = "Times New Roman"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "宋体" if name == "Normal" else "黑体")


def _plain(words: str) -> str:
    """Words without what XML cannot hold."""
    return _NO_TEXT.sub("\ufffd", words)
