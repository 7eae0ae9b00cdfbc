"""Tables as papers print them, in Word: three rules, two titles, notes below."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wenma.publish.labels import BASIS
from wenma.publish.panels import (
    FULL,
    SIDEWAYS,
    UPRIGHT,
    MeasuredPanel,
    fitted_for_paper,
    heading_lines,
)
from wenma.publish.printed_table import Panel, PrintedTable
from wenma.version import __version__

LATIN, HAN = "Times New Roman", "宋体"
SIZE, SMALL = FULL, 9.0
"""五号 for titles, 小五 for notes, in points; cells are of the size their table fits in."""
OUTER, INNER = 12, 6
"""The rules in eighths of a point: 1.5 pt above and below, 0.75 pt under the heading."""

_LONG, _SHORT = 29.7, 21.0
_MARGIN = 2.5
"""A4 and its margins, in centimetres."""
_TITLES, _LINE = 2.0, 1.5
"""Centimetres the titles take, and what a line takes of its type's size."""
_TWIPS, _POINTS = 20, 28.35
"""Twips to the point, points to the centimetre."""


def docx_bytes(printed: PrintedTable) -> bytes:
    """The table as a Word document to copy from: a 三线表.

    Three rules and no others; the title above in Chinese and English, or
    English alone; the heading line again on every page; notes and basis below.
    Panels that are tables of their own are numbered on from the table's number.
    The same table gives the same bytes.
    """
    from docx import Document

    laid = fitted_for_paper(printed)
    document = Document()
    _page(document.sections[0], landscape=laid.landscape)
    _font(document.styles["Normal"])
    document.core_properties.title = printed.title.in_language(printed.language)
    document.core_properties.author = "wenma"
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1)
    at = (printed.number or 1) - 1
    for one in laid.panels:
        at += not one.panel.continued
        for words in titles(printed, one.panel, at):
            _line(document, words, size=SIZE, centred=True, bold=True, with_next=True)
        page = SIDEWAYS if laid.landscape else UPRIGHT
        add_panel(document, one, page=page, size=laid.size)
        _line(document, "", size=SMALL)
    for words in below(printed):
        _line(document, words, size=SMALL)
    out = BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def titles(printed: PrintedTable, panel: Panel, number: int) -> Iterator[str]:
    """What stands above a panel: in Chinese and English, or in English alone."""
    words = ["Table"] if printed.language == "en" else ["表", "Table"]
    more = [" (continued)"] if printed.language == "en" else ["（续）", " (continued)"]
    for word, on, said in zip(words, more, panel_titles(printed, panel), strict=True):
        yield f"{word} {number}{on if panel.continued else ''} {said}"


def panel_titles(printed: PrintedTable, panel: Panel) -> Iterator[str]:
    """The same without its number."""
    if printed.language == "zh":
        yield printed.title.zh + (f"：{panel.group}" if panel.group else "")
    yield printed.title.en + (f": {panel.group}" if panel.group else "")


def below(printed: PrintedTable) -> Iterator[str]:
    """What stands under the last panel: the notes, numbered, and the basis with the software."""
    zh = printed.language == "zh"
    start, mark, gap = ("注：", "（{}）", "") if zh else ("Notes: ", "({}) ", " ")
    said = [*printed.layout_notes, *printed.notes]
    if said:
        many = len(said) > 1
        yield start + gap.join(
            (mark.format(at) if many else "") + note for at, note in enumerate(said, 1)
        )
    software = BASIS["software"].in_language(printed.language)
    told = any(name == software for name, _ in printed.facts)
    yield printed.basis + ("" if told else f"{'；' if zh else '; '}{software} wenma {__version__}")


def _page(section: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(_MARGIN))


def _font(style: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = LATIN, Pt(SIZE)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A theme's font would overrule the one that is named.
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), LATIN)
    fonts.set(qn("w:eastAsia"), HAN)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _line(
    document: Any,
    words: str,
    *,
    size: float,
    centred: bool = False,
    bold: bool = False,
    with_next: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A title at the foot of a page with its table on the next helps nobody.
    paragraph.paragraph_format.keep_with_next = with_next
    run = paragraph.add_run(_printable(words))
    run.bold, run.font.size = bold, Pt(size)


def add_panel(document: Any, measured: MeasuredPanel, *, page: float, size: float) -> None:
    """The panel as a Word table on a page of so many points, in type of that size.

    The cells are written straight as XML: one by one python-docx takes minutes for thousands.
    """
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls

    panel, room = measured.panel, page / size
    wanted = measured.widths(room)
    # Narrow tables stay narrow: a column of two digits need not be an inch wide.
    unit = page * _TWIPS / max(sum(wanted), room * 0.75)
    widths = [round(one * unit) for one in wanted]
    heads: list[Sequence[str]] = [
        heading_lines(words, wide * unit / (size * _TWIPS) - 1)
        for words, wide in zip(panel.head, wanted, strict=True)
    ]
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/>"
        "<w:jc w:val='center'/><w:tblBorders>"
        f"<w:top w:val='single' w:sz='{OUTER}' w:space='0' w:color='000000'/>"
        "<w:left w:val='nil'/>"
        f"<w:bottom w:val='single' w:sz='{OUTER}' w:space='0' w:color='000000'/>"
        "<w:right w:val='nil'/><w:insideH w:val='nil'/><w:insideV w:val='nil'/></w:tblBorders>"
        "<w:tblLayout w:type='fixed'/><w:tblCellMar><w:left w:w='57' w:type='dxa'/>"
        "<w:right w:w='57' w:type='dxa'/></w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f"<w:gridCol w:w='{one}'/>" for one in widths)
        + "</w:tblGrid></w:tbl>"
    )
    lines: list[list[Sequence[str]]] = [[(cell.words,) for cell in row] for row in panel.rows]
    # A table that a page holds is not torn between two.
    high = (_SHORT if page == SIDEWAYS else _LONG) - 2 * _MARGIN
    together = len(lines) * size * _LINE < (high - _TITLES) * _POINTS
    for at, cells in enumerate([heads, *lines]):
        row = OxmlElement("w:tr")
        row.append(_properties("w:trPr", "w:cantSplit", *["w:tblHeader"] * (at == 0)))
        indent = panel.rows[at - 1][0].depth if at else 0
        for column, words in enumerate(cells):
            row.append(
                _cell(
                    words,
                    size=size,
                    width=widths[column],
                    heading=at == 0,
                    with_next=at == 0 or (together and at < len(lines)),
                    align="right" if panel.columns[column].numeric else "left",
                    indent=indent if column == 0 else 0,
                )
            )
        table.append(row)
    document.element.body.insert_element_before(table, "w:sectPr")


def _properties(name: str, *flags: str) -> Any:
    from docx.oxml import OxmlElement

    properties = OxmlElement(name)
    for flag in flags:
        properties.append(OxmlElement(flag))
    return properties


def _cell(
    lines: Sequence[str],
    *,
    size: float,
    width: int,
    heading: bool,
    with_next: bool,
    align: str,
    indent: int,
) -> Any:
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls

    rule = (
        # On the next page the heading begins the table again, but the table's own rule does not.
        f"<w:tcBorders><w:top w:val='single' w:sz='{OUTER}' w:space='0' w:color='000000'/>"
        f"<w:bottom w:val='single' w:sz='{INNER}' w:space='0' w:color='000000'/></w:tcBorders>"
        if heading
        else ""
    )
    step = f"<w:ind w:left='{indent * round(size * _TWIPS)}'/>" if indent else ""
    together = "<w:keepNext/>" if with_next else ""
    whole = "<w:noWrap/>" if align == "right" and not heading else ""
    smaller = "" if size == SIZE else f"<w:rPr><w:sz w:val='{round(2 * size)}'/></w:rPr>"
    close = "<w:spacing w:before='0' w:after='0' w:line='240' w:lineRule='auto'/>"
    cell = parse_xml(
        f"<w:tc {nsdecls('w')}><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{rule}{whole}"
        f"<w:vAlign w:val='{'bottom' if heading else 'top'}'/></w:tcPr><w:p><w:pPr>{together}"
        f"{close}{step}<w:jc w:val='{align}'/></w:pPr><w:r>{smaller}</w:r></w:p></w:tc>"
    )
    run = cell.find(".//{*}r")
    for at, line in enumerate(lines):
        if at:
            run.append(OxmlElement("w:br"))
        text = OxmlElement("w:t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        # As text of the element, not of the XML: no document's words can become markup.
        text.text = _printable(line)
        run.append(text)
    return cell


def _printable(text: str) -> str:
    """The text without the control characters that XML has no place for."""
    return "".join(one for one in text if one >= " " and one not in "\ufffe\uffff")


def _without_clock(content: bytes) -> bytes:
    """The same archive with every date the same."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
