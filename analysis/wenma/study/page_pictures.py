"""The page a passage was read from, as a picture beside its text."""

from pathlib import Path
from typing import TYPE_CHECKING

from wenma.errors import SourceError
from wenma.sources.limits import Allowance, bounded
from wenma.sources.listings.opening import read_bytes, sha256_of
from wenma.sources.pdf.picture import page_picture

if TYPE_CHECKING:
    from wenma.study.study import Study


def picture_at(study: "Study", id: str, offset: int) -> tuple[int, bytes] | None:
    """The page of the file in which a character stands, and that page as a PNG.

    None for a document that is no PDF, or whose page is unknown. `SourceError` for a file that
    is not there any more, or is another one than was read.
    """
    document = study.document(id)
    page = document.place(offset).page
    if page is None or not document.path.lower().endswith(".pdf"):
        return None
    path = Path(document.path)
    if sha256_of(path) != document.sha256:
        raise SourceError(
            "is another file than the one that was read",
            file=path,
            cure="Put the old file back, or read this one: wenma code … --replace",
            zh="已不是当初读取的那个文件。请放回原文件，或用 wenma code … --replace 重读。",
        )
    drawn = bounded(_drawn, (read_bytes(path), page), file=path, within=Allowance())
    return page, drawn


def _drawn(asked: tuple[bytes, int]) -> bytes:
    return page_picture(*asked)
