"""The page a passage was read from, as a picture beside its text."""

from hashlib import sha256
from pathlib import Path

from wenma.errors import SourceError
from wenma.records import Document
from wenma.sources.limits import Allowance, bounded
from wenma.sources.listings.opening import read_bytes
from wenma.sources.pdf.picture import page_picture


def has_pages(document: Document) -> bool:
    """Was it read from a PDF, whose pages can be shown?"""
    return document.path.lower().endswith(".pdf")


def picture_of(document: Document, page: int) -> bytes:
    """A page of the PDF a document was read from, as a PNG.

    `SourceError` for what is no PDF or has no such page, and for a file that is not there any
    more or is another one than was read.
    """
    path = Path(document.path)
    if not has_pages(document):
        raise SourceError(
            "is no PDF, and has no pages to show", file=path, zh="不是 PDF，没有可显示的页面。"
        )
    data = read_bytes(path)
    if sha256(data).hexdigest() != document.sha256:
        raise SourceError(
            "is another file than the one that was read",
            file=path,
            cure="Put the old file back, or read this one: wenma code … --replace",
            zh="已不是当初读取的那个文件。请放回原文件，或用 wenma code … --replace 重读。",
        )
    return bounded(_drawn, (data, page), file=path, within=Allowance())


def _drawn(asked: tuple[bytes, int]) -> bytes:
    return page_picture(*asked)
