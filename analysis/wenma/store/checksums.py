"""What is stored carries a checksum, so that a damaged file is told from a whole one.

A flipped bit in the right place of a database is a different number to SQLite, and nothing else.
Texts are known by their SHA-256; rows of numbers by a CRC-32 of how Python writes them, which is
the same from SQLite and from PostgreSQL.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wenma.errors import ProjectError

COUNTED = (
    "id unit_size sha256 text_sha256 fingerprint han countable heading_han characters "
    "heading_characters sections units headings paragraphs heading_paragraphs text_sections "
    "heading_sections"
).split()
"""Columns of a document's row that its checksum covers: all that is known when it is read."""


def crc_of_rows(rows: Iterable[Sequence[Any]]) -> int:
    """The checksum of rows in their order.

    >>> crc_of_rows([(1, "甲")]) == crc_of_rows([[1, "甲"]]) != crc_of_rows([(2, "甲")])
    True
    """
    written = "".join(map(repr, map(tuple, rows)))
    return zlib.crc32(written.encode("utf-8", "surrogatepass"))


def crc_of_texts(texts: Iterable[str]) -> int:
    """The checksum of texts in their order, none of which holds a line end."""
    return zlib.crc32("\n".join(texts).encode("utf-8", "surrogatepass"))


def crc_of_document(row: Mapping[str, Any]) -> int:
    """The checksum of a document's own row."""
    return crc_of_rows([[row[name] for name in COUNTED]])


def crc_of_block(block: bytes) -> int:
    """The checksum of a block of codings."""
    return zlib.crc32(block)


def digest_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def verify_document(row: Mapping[str, Any], project: str) -> None:
    """Pass the row of a document, and its text where the row has it; `ProjectError` for another."""
    whole = row["crc"] == crc_of_document(row)
    verify(whole, part="the numbers", zh="数值", document=row["id"], project=project)
    if "text" in row:
        verify_text(row["text"], row["text_sha256"], row["id"], project)


def verify_text(text: str, digest: str, document: str, project: str) -> None:
    """Pass a text as it was stored; `ProjectError` for another."""
    verify(digest_of(text) == digest, part="the text", zh="正文", document=document,
           project=project)  # fmt: skip


def verify(whole: bool, *, part: str, zh: str, document: str, project: str) -> None:
    """Pass what is whole; `ProjectError` naming the part and the way back for what is not."""
    if not whole:
        raise ProjectError(
            f"is damaged: {part} of {document} not as it was stored",
            file=project,
            cure=f"See what is whole with: wenma check {project}. Then bring back a copy made "
            "before, or code the files again into a new project",
            zh=f"已损坏：{document} 的{zh}与存入时不符。请用 wenma check {project} 查看"
            "哪些部分完好，再取回先前的副本，或把原文件重新编码到新项目。",
        )
