"""An office file of another kind than .docx (.doc .wps .odt .rtf) becomes lines."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from wenma.errors import SourceError
from wenma.records import Bilingual, Sign
from wenma.sources.from_docx import extract as from_docx
from wenma.sources.from_epub import extract as from_epub
from wenma.sources.from_html import extract as from_html
from wenma.sources.from_pdf import extract as from_pdf
from wenma.sources.from_text import extract as from_text
from wenma.sources.lines import Extract
from wenma.sources.listings.zipped import Zipped, broken, locked
from wenma.sources.word.libreoffice import as_docx
from wenma.sources.word.office_kind import OfficeKind, office_kind

SECONDS = 150.0
"""LibreOffice has a minute of its own, and several may wait for each other."""

_CONVERTED: Mapping[OfficeKind, str] = {
    "doc": ".doc",
    "works": ".wps",
    "odt": ".odt",
    "rtf": ".rtf",
    "word_xml": ".xml",
    "flat_xml": ".xml",
}
_OTHERS: Mapping[OfficeKind, tuple[str, str]] = {
    "sheet": ("a spreadsheet", "电子表格"),
    "slides": ("a presentation", "演示文稿"),
    "zip": ("a zip archive", "压缩包"),
    "unknown": ("of a kind wenma does not know", "无法识别的格式"),
}


def extract(data: bytes) -> Extract:
    """The lines of an office file, read as what it is, whatever its suffix says.

    Old Word files, WPS, OpenDocument, RTF and Word 2003 XML go through LibreOffice, which a sign
    of the reading says; a page or a web archive under the name .doc is read as a page. Raises
    SourceError with the true cause when it is none of these, locked, or LibreOffice is missing.
    """
    kind = office_kind(data)
    if kind == "locked":
        raise locked()
    if kind in _CONVERTED:
        return _through_libreoffice(data, kind)
    reader = _READERS.get(kind)
    if reader is None:
        raise _other(kind)
    return reader(data)


def _through_libreoffice(data: bytes, kind: OfficeKind) -> Extract:
    if kind == "odt":
        _check_sizes(data)
    taken = from_docx(as_docx(data, _CONVERTED[kind]))
    told = Bilingual("经 LibreOffice 转换后读取", "read through LibreOffice")
    return replace(taken, signs=(*taken.signs, Sign("converted", told, look=False)))


def _check_sizes(data: bytes) -> None:
    """A zip bomb ends here, in bounds, and not in LibreOffice."""
    zipped = Zipped(data)
    for name in zipped.names():
        zipped.part(name)


def _web_archive(data: bytes) -> Extract:
    """The page of a web archive (MHT): its first part in HTML."""
    archive = message_from_bytes(data, policy=policy.default)
    pages = (part for part in archive.walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    if not isinstance(page, EmailMessage):
        raise broken()
    written = page.get_payload(decode=True)
    if not isinstance(written, bytes):
        raise broken()
    charset = page.get_content_charset()
    if charset and b"charset" not in written[:4096].lower():
        with suppress(LookupError):
            written = written.decode(charset, "replace").encode()
    return from_html(written)


_READERS: Mapping[OfficeKind, Callable[[bytes], Extract]] = {
    "docx": from_docx,
    "epub": from_epub,
    "html": from_html,
    "web_archive": _web_archive,
    "text": from_text,
    "pdf": from_pdf,
}


def _other(kind: OfficeKind) -> SourceError:
    english, chinese = _OTHERS[kind]
    return SourceError(
        f"cannot be read as a Word file: it is {english}",
        cure="Give it the suffix of what it is, or save its text as .docx",
        zh=f"无法作为 Word 文件读取：它是{chinese}。请改用真实的后缀，或把正文另存为 .docx。",
    )
