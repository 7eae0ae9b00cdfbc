import io
import zipfile

import pytest

from tests.sources.word_files import paragraph, word_file
from wenma.sources.word.office_kind import office_kind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def storage(*streams, flags=0):
    """An OLE file with streams of these names; WordDocument begins in sector 1."""
    entries = b""
    for name in streams:
        entry = bytearray(128)
        entry[: 2 * len(name)] = name.encode("utf-16-le")
        entry[116:120] = (4).to_bytes(4, "little")
        entries += bytes(entry)
    head = OLE + b"\0" * 22 + b"\x09" + b"\0" * 481
    fib = b"\xec\xa5" + b"\0" * 8 + flags.to_bytes(2, "little")
    return head + entries.ljust(4 * 512, b"\0") + fib.ljust(512, b"\0")


def zipped(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, inside in parts.items():
            made.writestr(name.replace("__", "/"), inside)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word_file(paragraph("正文。")), "docx"),
        (b"PK\x03\x04 broken", "docx"),
        (zipped(mimetype="application/epub+zip"), "epub"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text",
                **{"META-INF__manifest.xml": "<m:encryption-data/>"}), "locked"),
        (zipped(**{"[Content_Types].xml": "", "xl__workbook.xml": ""}), "sheet"),
        (zipped(**{"[Content_Types].xml": "", "ppt__slides": ""}), "slides"),
        (zipped(**{"甲.txt": "正文。"}), "zip"),
        (storage("Root Entry", "WordDocument"), "doc"),
        (storage("WordDocument", flags=0x0100), "locked"),
        (storage("WordDocument", "Workbook"), "doc"),
        (storage("EncryptedPackage"), "locked"),
        (storage("Workbook"), "sheet"),
        (storage("PowerPoint Document"), "slides"),
        (storage("CONTENTS"), "works"),
        (storage("Other"), "unknown"),
        (OLE, "unknown"),
        (rb"{\rtf1\ansi }", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1}", "rtf"),
        (b"\r\n<!DOCTYPE html><p>", "html"),
        (b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>', "html"),
        ("<html><body>正文".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument'
         b' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">', "word_xml"),
        (b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
         "flat_xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n", "web_archive"),
        (b"%PDF-1.7", "pdf"),
        ("一、目标".encode("gb18030"), "text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "unknown"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_what_it_holds(data, kind):
    assert office_kind(data) == kind
