"""Pages of a PDF as pictures: for people beside the text, and for text recognition."""

import ctypes
import io
from typing import TYPE_CHECKING, Any

from wenma.errors import SourceError
from wenma.sources.pdf.file import opened_page, opened_pdf

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS = 12_000_000  # A4 at 300 dots an inch is 9 million
_COVERS = 0.6  # of the page
_MOST_OBJECTS = 2000


def page_picture(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """A page of a PDF as a PNG.

    data   the bytes of the file
    page   its number, from 1
    scale  pixels a point (1/72 inch); a page too large for that is drawn smaller

    Raises SourceError when the file cannot be opened or has no such page.
    """
    with opened_pdf(data) as pdf, opened_page(pdf, _within(page, len(pdf))) as found:
        if found is None:
            raise _no_page(page, len(pdf))
        picture = drawn_page(found, scale)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def drawn_page(page: Any, scale: float) -> "Image.Image":
    """A page drawn in grey or colour, `scale` pixels a point, never beyond a bounded size."""
    width, height = page.get_size()
    area = max(width * height, 1.0)
    scale = max(0.01, min(scale, (_MOST_PIXELS / area) ** 0.5))
    # A page a thousand times as long as wide must still be at least a pixel across.
    scale = min(scale, 16_000 / max(width, height, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return picture


def drawn_on(page: Any) -> bool:
    """Whether anything at all is drawn on the page."""
    import pypdfium2.raw as raw

    return bool(raw.FPDFPage_CountObjects(page.raw) > 0)


def covered_by_picture(page: Any) -> bool:
    """Whether pictures (a scan, or the strips of one) cover most of the page."""
    import pypdfium2.raw as raw

    box = page.get_bbox()
    covered = 0.0
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        shape = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(shape) in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            covered += _area(shape, box)
    return bool(covered >= _COVERS * (box[2] - box[0]) * (box[3] - box[1]))


def _area(shape: Any, box: tuple[float, float, float, float]) -> float:
    """How much of the page a shape covers, in square points."""
    import pypdfium2.raw as raw

    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(shape, *edges):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    across = min(right, box[2]) - max(left, box[0])
    return max(0.0, across) * max(0.0, min(top, box[3]) - max(bottom, box[1]))


def _within(page: int, pages: int) -> int:
    if not 1 <= page <= pages:
        raise _no_page(page, pages)
    return page


def _no_page(page: int, pages: int) -> SourceError:
    return SourceError(
        f"has no page {page} that can be drawn ({pages} pages)",
        cure="Ask for another page",
        zh=f"没有可显示的第 {page} 页（共 {pages} 页）。",
    )
