"""Word files put together from their XML, for tests."""

import io
import zipfile
from collections.abc import Iterable

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "hdr",
    "footer1": "ftr",
}


def word_file(body: str, *, more: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A .docx with this body; each further part is the inside of its root element."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", _types(["document", *parts]))
        made.writestr("_rels/.rels", relations([("officeDocument", "word/document.xml")]))
        made.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        links = [(name.rstrip("1"), f"{name}.xml") for name in parts]
        made.writestr("word/_rels/document.xml.rels", relations(links))
        for name, inside in parts.items():
            root = _PARTS[name]
            made.writestr(f"word/{name}.xml", f"<w:{root} {NAMES}>{inside}</w:{root}>")
        for name, inside in (more or {}).items():
            made.writestr(name, inside)
    return data.getvalue()


def _types(names: Iterable[str]) -> str:
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{_kind(name)}+xml"/>'
        for name in names
    )
    usual = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{usual}"/>{rows}</Types>'
    )


def _kind(name: str) -> str:
    return "document.main" if name == "document" else name.rstrip("1")


def relations(links: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a bare string becomes a run."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def numbered(text: str, num: int = 1, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(text, properties=number) if text else paragraph(properties=number)


def level(at: int, text: str, form: str = "decimal", *, more: str = "", start: str = "1") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    inside = more + "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, of: int, changes: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{changes}</w:num>'


def cell(*blocks: str, properties: str = "") -> str:
    inside = "".join(one if one.startswith("<") else paragraph(one) for one in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def table(*rows: list[str]) -> str:
    """A table of rows of cells; a bare string becomes a cell."""
    written = "".join(
        "<w:tr>"
        + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{written}</w:tbl>"


def box(*blocks: str) -> str:
    """A run with a text box as Word writes it: DrawingML, and VML for older programs."""
    inside = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r>"
    )


def field(instruction: str, result: str | None) -> str:
    """A field as Word writes it, in runs of its own; None for one without a result."""
    shown = "" if result is None else f"{_mark('separate')}{run(result)}"
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{_mark('begin')}{code}{shown}{_mark('end')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
