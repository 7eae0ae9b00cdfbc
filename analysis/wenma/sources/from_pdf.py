"""A PDF becomes lines, each with its page; pages that are pictures are recognised or named."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from wenma.engine.serving import step_done
from wenma.errors import SourceError
from wenma.records import LeftOut, Sign
from wenma.sources.lines import Extract, Line
from wenma.sources.ocr import CURE, CURE_ZH, Recognised, ocr_installed, recognised
from wenma.sources.page_signs import columns_sign, no_map_sign, recognised_sign
from wenma.sources.pdf.file import opened_page, opened_pdf, pdf_error
from wenma.sources.pdf.nonsense import unreadable
from wenma.sources.pdf.page import NO_TEXT, PageText, page_text
from wenma.sources.pdf.picture import covered_by_picture, drawn_on, drawn_page
from wenma.sources.quality import page_ranges

_SCALE = 200 / 72  # pixels a point: what recognition was trained on
_STAMP = 8  # characters; a picture with so few beside it is a page without text

if ocr_installed():
    # A page takes a minute on a slow machine, and the recognizer's weights some 500 MB.
    SECONDS = 180.0
    MEMORY = 1536 << 20


def extract(data: bytes) -> Extract:
    """The lines of every page; `line` counts from 1 on each page.

    Columns are read one after the other, rows of tables are hinted "table", notes "note" at
    the foot of their page; note marks are left out. Where wenma[ocr] is installed, pages
    without text are recognised. Raises SourceError when the file is broken, locked, or holds
    pictures of pages without text that cannot be recognised.
    """
    with opened_pdf(data) as pdf:
        pages = _read(pdf)
        blank = _blank(pages)
        nonsense = [
            number
            for number, page in enumerate(pages, 1)
            if number not in blank and unreadable(page.text, page.told.glyphs, page.told.unmapped)
        ]
        told = _recognised(pdf, [*blank, *nonsense])
    _check(pages, blank, nonsense, told)
    return Extract(
        [
            Line(text, number, line, hint)
            for number, page in enumerate(pages, 1)
            for line, (text, hint) in enumerate(
                told[number].lines if number in told else page.told.lines, 1
            )
        ],
        left_out=_left_out(pages),
        signs=tuple(_signs(pages, nonsense, told)),
        pages=len(pages),
        blank_pages=tuple(number for number in blank if number not in told),
    )


class _Page(NamedTuple):
    told: PageText
    text: str
    covered: bool


def _read(pdf: Any) -> list[_Page]:
    pages: list[_Page] = []
    gutter: float | None = None
    for number in range(1, len(pdf) + 1):
        with opened_page(pdf, number) as page:
            told = NO_TEXT if page is None else page_text(page, before=gutter)
            text = "".join("".join(line.split()) for line, _ in told.lines)
            covered = page is not None and len(text) <= 60 and covered_by_picture(page)
        gutter = told.gutter or gutter
        pages.append(_Page(told, text, covered))
    return pages


def _blank(pages: Sequence[_Page]) -> list[int]:
    """Pages without text, from 1; under a scan a page number or a stamp is no text."""
    stamps = Counter(_worded(page.text) for page in pages if page.covered)
    return [
        number
        for number, page in enumerate(pages, 1)
        if not page.text
        or (page.covered and (len(_worded(page.text)) <= _STAMP or stamps[_worded(page.text)] >= 3))
    ]


def _worded(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def _recognised(pdf: Any, numbers: Sequence[int]) -> dict[int, Recognised]:
    """What recognition finds on pages; each is kept as soon as it is done."""
    told: dict[int, Recognised] = {}
    for number in numbers:
        with opened_page(pdf, number) as page:
            if page is None or not drawn_on(page) or not ocr_installed():
                continue
            found = recognised(drawn_page(page, _SCALE))
        step_done()
        if found.lines:
            told[number] = found
    return told


def _check(
    pages: Sequence[_Page],
    blank: Sequence[int],
    nonsense: Sequence[int],
    told: dict[int, Recognised],
) -> None:
    """Raises SourceError where hardly anything can be read."""
    if all(page.told is NO_TEXT for page in pages):
        raise pdf_error(locked=False)
    if told:
        return
    if sum(len(page.text) for page in pages) < 2 * len(pages) + 1 or len(blank) == len(pages):
        raise SourceError(
            f"has no text layer (pictures of {len(pages)} pages)",
            cure=CURE,
            zh=f"PDF 没有文字层（{len(pages)} 页均为图片）。{CURE_ZH}",
        )
    bad = sum(pages[number - 1].told.glyphs for number in nonsense)
    if 2 * bad > sum(page.told.glyphs for page in pages):
        raise SourceError(
            "uses fonts without a character map: its text cannot be told from its glyphs"
            f" (pp. {page_ranges(tuple(nonsense))})",
            cure=CURE,
            zh="PDF 的字体没有字符映射，无法得到文字"
            f"（第 {page_ranges(tuple(nonsense))} 页）。{CURE_ZH}",
        )


def _signs(
    pages: Sequence[_Page], nonsense: Sequence[int], told: dict[int, Recognised]
) -> list[Sign]:
    lost = [number for number in nonsense if number not in told]
    doubtful = [
        number
        for number, page in enumerate(pages, 1)
        if (told[number].doubtful if number in told else page.told.doubtful)
    ]
    return [
        *([no_map_sign(lost)] if lost else []),
        *([columns_sign(doubtful)] if doubtful else []),
        *([recognised_sign(told)] if told else []),
    ]


def _left_out(pages: Sequence[_Page]) -> tuple[LeftOut, ...]:
    marks = [mark for page in pages for mark in page.told.marks]
    outside = [page.told.outside for page in pages if page.told.outside]
    return (
        *([LeftOut("note_mark", len(marks), sum(map(len, marks)))] if marks else []),
        *([LeftOut("hidden", len(outside), sum(outside))] if outside else []),
    )
