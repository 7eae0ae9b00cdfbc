"""Files that hold far more than they seem to, made here."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

from tests.sources.small_pdf import written

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = "<w:p><w:r><w:t>加强防汛预警。</w:t></w:r></w:p>".encode()


def word(body: Iterable[bytes]) -> bytes:
    """A Word file whose body is written piece by piece, so that it may be as long as it likes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", _TYPES)
        pack.writestr("_rels/.rels", _RELATIONS)
        with pack.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{_WORDS}"><w:body>'.encode())
            for piece in body:
                part.write(piece)
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def pdf(stream: bytes, filters: int = 1, pages: int = 1) -> bytes:
    """A PDF each of whose pages is this stream, packed as often as `filters` says."""
    for _ in range(filters):
        stream = zlib.compress(stream, 9)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 %s>>>>>>" % font,
        b"<</Filter[%s]/Length %d>>stream\n%s\nendstream"
        % (b"/FlateDecode" * filters, len(stream), stream),
    ]
    return written(objects)


def _rows(number: int) -> bytes:
    joined = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc>"
    cell = "<w:tc><w:p><w:r><w:t>值</w:t></w:r></w:p></w:tc>"
    first = joined.format(' w:val="restart"')
    rows = [f"<w:tr>{first}{cell}</w:tr>", *[f"<w:tr>{joined.format('')}{cell}</w:tr>"] * number]
    return f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>".encode()


_DEEP = (b"<w:tbl><w:tr><w:tc>" * 30_000, PARAGRAPH, b"</w:tc></w:tr></w:tbl>" * 30_000)
_SENTENCE = "加强防汛预警和应急救援能力建设".encode()

BOMBS: Mapping[str, Callable[[], bytes]] = {
    "paragraphs.docx": lambda: word([PARAGRAPH * 20_000] * 300),
    "spaces.docx": lambda: word(
        [b"<w:p><w:r><w:t>", *[b" " * 10_000_000] * 40, b"</w:t></w:r></w:p>"]
    ),
    "deep.docx": lambda: word(_DEEP),
    "merged_rows.docx": lambda: word([_rows(4000), PARAGRAPH]),
    "packed_twice.pdf": lambda: pdf(b"\n" * 400_000_000, filters=2),
    "letters.pdf": lambda: pdf(b"BT /F1 12 Tf 9 9 Td (abcdefgh) Tj ET\n" * 500_000, pages=50),
    "nested.html": lambda: b"<div>" * 100_000 + _SENTENCE + b"</div>" * 100_000,
    "tables.html": lambda: b"<table><tr><td>" * 30_000 + _SENTENCE,
    "comments.md": lambda: b"<!--" * 500_000,
    "rules.md": lambda: b"|-" * 200_000,
    "stars.md": lambda: b"*a " * 200_000,
    "one_line.txt": lambda: _SENTENCE * (50_000_000 // len(_SENTENCE)),
    "line_ends.txt": lambda: b"\n" * 10_000_000 + _SENTENCE,
    "short_lines.txt": lambda: "一、\n".encode() * 3_000_000,
}  # fmt: skip
