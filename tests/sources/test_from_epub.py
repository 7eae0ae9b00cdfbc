import io
import zipfile

import pytest

from wenma.errors import SourceError
from wenma.sources.from_epub import extract

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
BOOK = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="text/c.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="p"/><itemref idref="a"/>
<itemref idref="lost"/></spine></package>"""


def page(inside):
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{inside}</body></html>'


def book(**changes):
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": BOOK,
        "OEBPS/nav.xhtml": page("<p>目录一行</p>"),
        "OEBPS/text/a one.xhtml": page("<h1>第二章 任务</h1><p>推进数字乡村。</p>"),
        "OEBPS/text/b.xhtml": page("<h1>第一章 目标</h1><p>建成韧性城市。</p>"),
        "OEBPS/text/c.xhtml": page("<p>不在书脊上。</p>"),
    } | changes
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, inside in parts.items():
            made.writestr(name, inside)
    return data.getvalue()


def test_pages_are_read_in_the_order_of_the_spine_without_the_contents_page():
    assert [(line.text, line.hint, line.line) for line in extract(book()).lines] == [
        ("第一章 目标", "h1", 1),
        ("建成韧性城市。", "", 2),
        ("第二章 任务", "h1", 3),
        ("推进数字乡村。", "", 4),
    ]


def test_a_locked_book_says_so_and_scrambled_fonts_lock_none():
    lock = '<encryption xmlns="urn:x"><EncryptionMethod Algorithm="{}"/></encryption>'
    locked = lock.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(SourceError, match="locked"):
        extract(book(**{"META-INF/encryption.xml": locked}))
    fonts = lock.format("http://www.idpf.org/2008/embedding")
    assert extract(book(**{"META-INF/encryption.xml": fonts})).lines


@pytest.mark.parametrize(
    "data",
    [
        book()[:300],
        book(**{"META-INF/container.xml": "<a/>"}),
        book(**{"OEBPS/book.opf": "<a"}),
        b"PK\x03\x04",
    ],
)
def test_a_broken_book_is_refused_with_a_next_step(data):
    with pytest.raises(SourceError, match=r"cannot be read as a book \(EPUB\)") as caught:
        extract(data)
    assert caught.value.cure and "电子书" in caught.value.zh


def test_a_page_that_inflates_without_end_is_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(data, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, b" " * (70 << 20) if name.endswith("b.xhtml") else old.read(name))
    with pytest.raises(SourceError, match="zip bomb"):
        extract(data.getvalue())
