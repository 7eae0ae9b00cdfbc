"""The characters of a PDF page with their places, in the order PDFium tells them."""

import ctypes
import re
from collections.abc import Sequence
from math import hypot
from typing import Any, NamedTuple

from wenma.errors import SourceError

_LEAST, _MOST = 1.0, 400.0  # points; sizes beyond come from broken matrices


class Glyph(NamedTuple):
    """A character and its box, in points from the lower left corner of the page.

    `base` is the line it stands on, `size` its height as the page shows it. Spaces have no
    place of their own: PDFium makes most of them up.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    upright: bool = True
    unmapped: bool = False

    @property
    def space(self) -> bool:
        """Whether it only sets characters apart."""
        return self.text.isspace()


_MOST_PLACED = 20_000  # glyphs of a page; one with more is a drawing, and its order is kept
_MOST_GLYPHS = 1_000_000


class DrawnGlyphs(NamedTuple):
    """The lines of a page as PDFium breaks them.

    `lost` counts glyphs without a character, `outside` those beyond the edges of the page,
    where nobody sees them: they are no part of the lines.
    """

    lines: list[list[Glyph]]
    lost: int = 0
    outside: int = 0


def drawn_glyphs(page: Any) -> DrawnGlyphs:
    """What is written on a page; lines of spaces alone are left out.

    Of a page with very many glyphs the places are not asked. Raises SourceError for one that
    holds more than any page can show.
    """
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        count = max(0, raw.FPDFText_CountChars(textpage.raw))
        if count > _MOST_GLYPHS:
            raise _too_many(count)
        if count > _MOST_PLACED:
            return DrawnGlyphs(_unplaced(textpage.get_text_range()))
        return _placed(textpage.raw, count, page.get_bbox())
    finally:
        textpage.close()


def _placed(textpage: Any, count: int, box: tuple[float, float, float, float]) -> DrawnGlyphs:
    import pypdfium2.raw as raw

    left, bottom, right, top = box
    lines: list[list[Glyph]] = [[]]
    lost = outside = 0
    teller = _Teller(textpage)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(textpage, at)
        if code in (0x0A, 0x0D):
            lines.append([])
        elif code == 0:
            lost += 1
        # PDFium marks a word broken at the line end by U+FFFE or U+0002 for the hyphen.
        elif code not in (0x02, 0xFFFE):
            glyph = teller.glyph(at, chr(code))
            shown = glyph.space or (
                left <= glyph.right
                and glyph.left <= right
                and bottom - 1 <= glyph.base + glyph.size
                and glyph.base <= top
            )
            outside += not shown
            if shown:
                lines[-1].append(glyph)
    written = [line for line in lines if any(not glyph.space for glyph in line)]
    return DrawnGlyphs(written, lost, outside)


def _unplaced(text: str) -> list[list[Glyph]]:
    text = text.replace("\ufffe", "").replace("\x02", "").replace("\x00", "")
    return [[Glyph(line, upright=False)] for line in re.split("[\r\n]+", text) if line.strip()]


def _too_many(count: int) -> SourceError:
    return SourceError(
        f"has a page of {count:,} characters: no page can show so many",
        cure="Check where the file comes from",
        zh=f"PDF 有一页含 {count:,} 个字符，不可能是正常页面。请核对文件来源。",
    )


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters in a row; halves of a pair, which some systems tell apart, are one again."""
    text = "".join(glyph.text for glyph in glyphs)
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class _Teller:
    """Asks PDFium about one character after the other with the same few cells of memory."""

    def __init__(self, textpage: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._textpage = raw, textpage
        self._box = raw.FS_RECTF()
        self._tight = [ctypes.c_double() for _ in range(4)]
        self._origin = [ctypes.c_double() for _ in range(2)]
        self._matrix = raw.FS_MATRIX()

    def glyph(self, at: int, text: str) -> Glyph:
        raw, page = self._raw, self._textpage
        unmapped = raw.FPDFText_HasUnicodeMapError(page, at) == 1
        if text.isspace():
            return Glyph(text, unmapped=unmapped)
        raw.FPDFText_GetLooseCharBox(page, at, self._box)
        raw.FPDFText_GetCharBox(page, at, *self._tight)
        raw.FPDFText_GetCharOrigin(page, at, *self._origin)
        tight_left, tight_right = self._tight[0].value, self._tight[1].value
        size, upright = self._size(at)
        return Glyph(
            text,
            min(tight_left, self._box.left),
            max(tight_right, self._box.right),
            self._origin[1].value,
            size,
            upright,
            unmapped,
        )

    def _size(self, at: int) -> tuple[float, bool]:
        named = self._raw.FPDFText_GetFontSize(self._textpage, at)
        if not self._raw.FPDFText_GetMatrix(self._textpage, at, self._matrix):
            return named, True
        m = self._matrix
        upright = m.a > 0 and abs(m.b) < 0.2 * abs(m.a)
        return min(max(named * hypot(m.c, m.d), _LEAST), _MOST), upright
