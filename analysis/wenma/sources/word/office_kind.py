"""What an office file really is, whatever its name says."""

import re
from typing import Literal

from wenma.errors import SourceError
from wenma.sources.encodings.encoding import decode
from wenma.sources.listings.zipped import Zipped

OfficeKind = Literal[
    "docx",
    "odt",
    "epub",
    "doc",  # Word 97 to 2003, and WPS Writer
    "works",  # Microsoft Works
    "rtf",
    "word_xml",  # Word 2003 XML
    "flat_xml",  # a DOCX or ODT in one XML file
    "web_archive",  # MHT, as Word saves it under the name .doc
    "html",
    "text",
    "pdf",
    "locked",
    "sheet",
    "slides",
    "zip",
    "unknown",
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6])[\s>]", re.I)
_ARCHIVE = re.compile(rb"^(?:mime-version:|content-type:\s*multipart/related)", re.I | re.M)
_FIB_ENCRYPTED = 0x0100


def office_kind(data: bytes) -> OfficeKind:
    """The kind of a file by its content.

    >>> office_kind(b"{\\\\rtf1 }"), office_kind(b"<html><p>a"), office_kind("正文。".encode())
    ('rtf', 'html', 'text')
    """
    if data.startswith(_OLE):
        return _of_storage(data)
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    # UTF-16 writes a zero between Latin letters.
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"%PDF"):
        return "pdf"
    if _ARCHIVE.search(head) and b"multipart/related" in head.lower():
        return "web_archive"
    return _of_markup(head) or _of_text(data)


def _of_markup(head: bytes) -> OfficeKind | None:
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return "word_xml"
    if b"schemas.microsoft.com/office/2006/xmlPackage" in head or b"<office:document" in head:
        return "flat_xml"
    return "html" if head.startswith(b"<") and _HTML.search(head) else None


def _of_text(data: bytes) -> OfficeKind:
    try:
        decode(data)
    except SourceError:
        return "unknown"
    return "text"


def _of_zip(data: bytes) -> OfficeKind:
    try:
        zipped = Zipped(data)
        mimetype = zipped.part("mimetype")[:80] if "mimetype" in zipped else b""
    except SourceError:
        return "docx"  # cut short or worse: its reader says so
    if mimetype.startswith(b"application/epub+zip"):
        return "epub"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "locked" if b"encryption-data" in zipped.part("META-INF/manifest.xml") else "odt"
    folders = {name.partition("/")[0].casefold() for name in zipped.names()}
    if "[content_types].xml" in folders:
        return "sheet" if "xl" in folders else "slides" if "ppt" in folders else "docx"
    return "zip"


def _of_storage(data: bytes) -> OfficeKind:
    """What an OLE file holds, told by the names of its streams."""
    if _stream(data, "EncryptedPackage") is not None:
        return "locked"
    begin = _stream(data, "WordDocument")
    if begin is not None:
        flags = int.from_bytes(data[begin + 10 : begin + 12], "little")
        is_word = data[begin : begin + 2] == b"\xec\xa5"
        return "locked" if is_word and flags & _FIB_ENCRYPTED else "doc"
    if _stream(data, "Workbook") is not None or _stream(data, "Book") is not None:
        return "sheet"
    if _stream(data, "PowerPoint Document") is not None:
        return "slides"
    return "works" if _stream(data, "CONTENTS") is not None else "unknown"


def _stream(data: bytes, name: str) -> int | None:
    """Where a stream of an OLE file begins; None where there is none of that name."""
    written = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(written)
    while at >= 0 and at % 128:  # entries of the directory are 128 bytes long
        at = data.find(written, at + 1)
    if at < 0:
        return None
    sector = int.from_bytes(data[at + 116 : at + 120], "little")
    return (sector + 1) << min(data[30], 12)  # the size of a sector, as a power of two
