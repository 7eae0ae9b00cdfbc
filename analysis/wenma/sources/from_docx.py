"""A Word file (.docx) becomes lines: paragraphs, table rows, heading styles."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from wenma.errors import SourceError
from wenma.sources.lines import Extract, Hint, Line

_STYLE = re.compile(r"(?:heading|标题)\s*([1-6])", re.I)
_REFERENCE = re.compile(rb'<Relationship\s[^>]*?\bTarget="(?:[^"]*/)?([^"/]*)"[^>]*?/>')
_LEVELS: tuple[Hint, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")


def extract(data: bytes) -> Extract:
    """The paragraphs and table rows of a Word file in their order, counted from 1.

    A row reads ``a | b``; a cell that spans columns is written once. Heading
    styles are hinted. A manual line break inside a paragraph begins a new Line
    of the same number. Raises SourceError when the file is broken or locked.
    """
    import docx

    try:
        try:
            document = docx.Document(io.BytesIO(data))
        except KeyError:
            document = docx.Document(_mended(data))
    except Exception as slip:  # zipfile, lxml and python-docx each raise their own
        raise SourceError(
            "cannot be read as a Word file (broken, locked by a password, or a renamed .doc)",
            cure="Open it in a word processor and save it again as .docx without a password",
            zh="无法作为 Word 文件读取（损坏、有密码，或由 .doc 改名而来）。"
            "请用文字处理软件打开，另存为无密码的 .docx。",
        ) from slip
    found: list[Line] = []
    for number, (text, hint) in enumerate(_blocks(document), 1):
        found += [Line(part, None, number, hint) for part in text.split("\n") if part.strip()]
    return Extract(found)


def _mended(data: bytes) -> io.BytesIO:
    """The file without references to parts it does not hold.

    Word leaves some (Target="NULL") for lost pictures and opens the file all
    the same; python-docx does not.
    """
    mended = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(mended, "w") as new:
        names = {name.rpartition("/")[2] for name in old.namelist()}
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".rels"):
                part = _REFERENCE.sub(
                    lambda hit: (
                        hit[0] if hit[1].decode() in names or b'"External"' in hit[0] else b""
                    ),
                    part,
                )
            new.writestr(name, part)
    mended.seek(0)
    return mended


def _blocks(document: Any) -> Iterator[tuple[str, Hint]]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
        else:
            style = block.style.name if block.style is not None else ""
            level = _STYLE.match(style or "")
            hint: Hint = _LEVELS[int(level[1]) - 1] if level else "h1" if style == "Title" else ""
            yield block.text, hint


def _rows(table: Any) -> Iterator[tuple[str, Hint]]:
    for row in table.rows:
        seen: list[Any] = []
        texts = []
        for cell in row.cells:
            # python-docx hands a merged cell over once for each column it spans.
            if cell._tc not in seen:
                seen.append(cell._tc)
                texts.append(" ".join(cell.text.split()))
        if any(texts):
            yield " | ".join(texts), "table"
