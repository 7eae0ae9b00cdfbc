"""The picture of a page (a photograph, a scan, a fax of several) becomes lines."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wenma.errors import SourceError
from wenma.sources.lines import Extract, Line
from wenma.sources.ocr import CURE, CURE_ZH, ocr_installed, recognised
from wenma.sources.page_signs import columns_sign, recognised_sign

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS = 60_000_000
_LONGEST = 3400  # pixels of the longer side that recognition is given
_MOST_PAGES = 500

if ocr_installed():
    # A page takes a minute on a slow machine, and the recognizer's weights some 500 MB.
    SECONDS = 180.0
    MEMORY = 1536 << 20


def extract(data: bytes) -> Extract:
    """The lines recognised in a picture; the frames of a TIFF are its pages.

    Raises SourceError where text recognition is not installed, the picture is broken or too
    large, or no text is found.
    """
    if not ocr_installed():
        raise SourceError(
            "is a picture, and text recognition is not installed",
            cure=CURE,
            zh=f"是图片，尚未安装文字识别。{CURE_ZH}",
        )
    found = {number: recognised(page) for number, page in enumerate(_pages(data), 1)}
    told = {number: page for number, page in found.items() if page.lines}
    if not told:
        raise SourceError(
            "is a picture in which no text is found",
            cure="Check that it shows a page of text, upright and sharp",
            zh="图片中没有识别出文字。请确认图片内容为文字页，且方向正确、清晰。",
        )
    doubtful = [number for number, page in told.items() if page.doubtful]
    return Extract(
        [
            Line(text, number, line, hint)
            for number, page in told.items()
            for line, (text, hint) in enumerate(page.lines, 1)
        ],
        signs=(*([columns_sign(doubtful)] if doubtful else []), recognised_sign(told)),
        pages=len(found),
        blank_pages=tuple(number for number in found if number not in told),
    )


def _pages(data: bytes) -> Iterator["Image.Image"]:
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP"))
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                raise _too_large()
            page = ImageOps.exif_transpose(frame).convert("RGB")
            page.thumbnail((_LONGEST, _LONGEST))
            yield page
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as slip:
        raise SourceError(
            "cannot be read as a picture (broken, cut short or too large)",
            cure="Open it in a picture viewer and save it as PNG",
            zh="无法作为图片读取（损坏、不完整或过大）。请用看图软件打开，另存为 PNG。",
        ) from slip


def _too_large() -> SourceError:
    return SourceError(
        f"is a picture of more than {_MOST_PIXELS:,} pixels or {_MOST_PAGES} pages",
        cure="Save it smaller or split it",
        zh=f"图片超过 {_MOST_PIXELS:,} 像素或 {_MOST_PAGES} 页。请缩小或拆分。",
    )
