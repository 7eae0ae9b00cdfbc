"""A PDF is opened, its pages handed out one by one, and everything closed again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wenma.errors import SourceError

MOST_PAGES = 10_000


@contextmanager
def opened_pdf(data: bytes) -> Iterator[Any]:
    """The document in `data`, closed at the end.

    Raises SourceError when it is broken, locked, empty or has more than MOST_PAGES pages.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as slip:
        raise _not_opened(locked="password" in str(slip).lower()) from slip
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


def _not_opened(*, locked: bool) -> SourceError:
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
