"""A PDF with a text layer becomes lines, each with its page."""

from wenma.errors import SourceError
from wenma.sources.from_text import split
from wenma.sources.lines import Extract, Line


def extract(data: bytes) -> Extract:
    """The lines of every page; `line` counts from 1 on each page.

    Raises SourceError when the file is broken, locked, or holds pictures of
    pages without text.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as slip:
        locked = "password" in str(slip).lower()
        raise SourceError(
            "is locked by a password"
            if locked
            else "cannot be read as a PDF (broken or cut short)",
            cure="Save a copy without the password"
            if locked
            else "Download it again or open it in a PDF reader and save a copy",
            zh="PDF 有密码，请另存一份无密码的副本。"
            if locked
            else "无法作为 PDF 读取（损坏或不完整）。请重新下载，或用 PDF 阅读器打开后另存。",
        ) from slip
    found: list[Line] = []
    blank: list[int] = []
    try:
        for number in range(len(pdf)):
            page = pdf[number]
            text = page.get_textpage().get_text_bounded()
            page.close()
            if not text.strip():
                blank.append(number + 1)
            found += [
                Line(raw, number + 1, line) for line, raw in enumerate(split(_hyphens(text)), 1)
            ]
    finally:
        pages = len(pdf)
        pdf.close()
    if sum(len(line.text.strip()) for line in found) < 2 * pages + 1:
        raise SourceError(
            f"has no text layer (pictures of {pages} pages)",
            cure="Run text recognition (OCR) over it, for instance ocrmypdf -l chi_sim, and"
            " read the result",
            zh=f"PDF 没有文字层（{pages} 页均为图片）。"
            "请先做文字识别（OCR），如 ocrmypdf -l chi_sim，再读取结果。",
        )
    return Extract(found, pages=pages, blank_pages=tuple(blank))


def _hyphens(text: str) -> str:
    # PDFium marks a word broken at the line end by U+FFFE or U+0002 in place of the hyphen.
    return text.replace("\ufffe", "").replace("\x02", "")
