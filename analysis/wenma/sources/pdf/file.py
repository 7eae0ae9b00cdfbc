"""A PDF is opened, its pages handed out one by one, and everything closed again."""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wenma.errors import SourceError

MOST_PAGES = 10_000
_SWOLLEN = 64 << 20  # bytes of one part once unpacked; pictures apart
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_HEAD = 600  # bytes before a stream in which its dictionary stands


@contextmanager
def opened_pdf(data: bytes) -> Iterator[Any]:
    """The document in `data`, closed at the end.

    Raises SourceError when it is broken, locked, empty or has more than MOST_PAGES pages.
    """
    import pypdfium2

    _check_swelling(data)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as slip:
        raise pdf_error(locked="password" in str(slip).lower()) from slip
    try:
        _check_pages(len(pdf))
        yield pdf
    finally:
        pdf.close()


@contextmanager
def opened_page(pdf: Any, number: int) -> Iterator[Any]:
    """Page `number` from 1; None where it cannot be loaded (a broken page tree)."""
    import pypdfium2

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield page
    finally:
        page.close()


def _check_swelling(data: bytes) -> None:
    """Raises SourceError where a small part of the file unpacks to a huge one (a PDF bomb)."""
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _HEAD) : found.start()]
        head = head[head.rfind(b"obj") + 3 :]
        layers = len(_PACKED.findall(head))
        if layers and not re.search(rb"/Image\b", head) and _swells(data, found.end(), layers):
            raise SourceError(
                "holds a part that unpacks to more than 64 MB: a damaged or hostile PDF",
                cure="Check where the file comes from",
                zh="PDF 中有一部分解压后超过 64 MB，可能已损坏或有恶意。请核对文件来源。",
            )


def _swells(data: bytes, start: int, layers: int) -> bool:
    """Whether a packed part, packed again or not, grows beyond the bound."""
    unpackers = [zlib.decompressobj() for _ in range(min(layers, 4))]
    size, at = 0, start
    while at < len(data) and not unpackers[0].eof:
        piece = data[at : at + 4096]
        at += len(piece)
        try:
            for unpacker in unpackers:
                # 4 kB unpack to 4 MB at most; a layer below may ask for 4 GB.
                piece = unpacker.decompress(piece, 8 << 20)
                if unpacker.unconsumed_tail:
                    return True
        except zlib.error:
            return False
        size += len(piece)
        if size > _SWOLLEN:
            return True
    return False


def _check_pages(pages: int) -> None:
    if pages > MOST_PAGES:
        raise SourceError(
            f"has {pages:,} pages; wenma reads PDFs of up to {MOST_PAGES:,}",
            cure="Split it into parts",
            zh=f"PDF 有 {pages:,} 页，最多可读 {MOST_PAGES:,} 页。请拆分后再读。",
        )
    if pages <= 0:
        raise SourceError(
            "is a PDF without pages",
            cure="Download it again or open it in a PDF reader and save a copy",
            zh="PDF 没有页面。请重新下载，或用 PDF 阅读器打开后另存。",
        )


def pdf_error(*, locked: bool) -> SourceError:
    """What is said of a PDF that is locked, or broken."""
    if locked:
        return SourceError(
            "is locked by a password",
            cure="Save a copy without the password",
            zh="PDF 有密码，请另存一份无密码的副本。",
        )
    return SourceError(
        "cannot be read as a PDF (broken or cut short)",
        cure="Download it again or open it in a PDF reader and save a copy",
        zh="无法作为 PDF 读取（损坏或不完整）。请重新下载，或用 PDF 阅读器打开后另存。",
    )
