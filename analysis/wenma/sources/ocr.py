"""Text in the picture of a page, by an engine that is installed apart: wenma[ocr]."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from wenma.sources.lines import Hint
from wenma.sources.ocr_cache import keep_page, kept_page, picture_key
from wenma.sources.pdf.columns import Columns, columns
from wenma.sources.pdf.pieces import PieceGroup, TextPiece, joined, rows
from wenma.sources.pdf.tables import tables_aligned

if TYPE_CHECKING:
    from PIL import Image

CURE = "Install text recognition (OCR) by pip install 'wenma[ocr]' and read it again"
CURE_ZH = "请安装文字识别（OCR）：pip install 'wenma[ocr]'，再重新读取。"
_ENGINE = "rapidocr_onnxruntime"
_LEAST = 0.5  # confidence; what is found with less is a seal or a stain


class Recognised(NamedTuple):
    """Lines found in a picture, in reading order, and how sure the engine is (0 to 1).

    `doubtful` tells that columns may be read across.
    """

    lines: list[tuple[str, Hint]]
    confidence: float
    doubtful: bool = False

    @property
    def characters(self) -> int:
        """How many characters the lines hold."""
        return sum(len(text) for text, _ in self.lines)


class FoundLine(NamedTuple):
    """A stretch of text the engine found: its box in pixels from the upper left corner."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float


def ocr_installed() -> bool:
    """Whether text in pictures can be recognised here."""
    return find_spec(_ENGINE) is not None and _engine() is not None


def recognised(picture: "Image.Image") -> Recognised:
    """The text of a picture; a picture seen before is not recognised again."""
    key = picture_key(picture, _ENGINE)
    stretches = kept_page(key)
    if stretches is None:
        stretches = [tuple(one) for one in _found(picture)]
        keep_page(key, stretches)
    return in_order([FoundLine(*one) for one in stretches])


def in_order(found: Sequence[FoundLine]) -> Recognised:
    """Stretches of text in the order people read them.

    >>> in_order([FoundLine("乙", 0.9, 0, 30, 10, 40), FoundLine("甲", 0.9, 0, 0, 10, 10)]).lines
    [('甲', ''), ('乙', '')]
    """
    sure = [one for one in found if one.text.strip() and one.confidence >= _LEAST]
    cut = [piece for row in rows(map(_piece, sure)) for piece in row]
    cut = [piece._replace(line=at, at=at) for at, piece in enumerate(cut)]
    told = columns(cut)
    tables = tables_aligned([piece for piece in cut if piece.at not in told.held])
    characters = sum(len(one.text) for one in sure)
    mean = sum(one.confidence * len(one.text) for one in sure) / max(1, characters)
    return Recognised(_lines(cut, [*told.moved, *tables]), mean, told.doubtful or _fused(cut, told))


def _fused(cut: Sequence[TextPiece], told: Columns) -> bool:
    """Whether the engine took lines of both columns for one, somewhere between their rows."""
    if told.gutter is None:
        return False
    bases = [piece.base for piece in cut if piece.at in told.held]
    width = max(piece.right for piece in cut) - min(piece.left for piece in cut)
    return any(
        piece.left < told.gutter < piece.right
        and piece.right - piece.left > 0.6 * width
        and min(bases) < piece.base < max(bases)
        for piece in cut
    )


def _piece(one: FoundLine) -> TextPiece:
    height = one.bottom - one.top
    return TextPiece(one.text.strip(), one.left, one.right, -one.bottom, 0.8 * height, 0, 0)


def _lines(cut: Sequence[TextPiece], blocks: Sequence[PieceGroup]) -> list[tuple[str, Hint]]:
    block_of = {at: block for block in blocks for at in block.held}
    lines: list[tuple[str, Hint]] = []
    for row in rows(cut):
        free = [piece for piece in row if piece.at not in block_of]
        for block in blocks:
            if min(block.held) in {piece.at for piece in row}:
                lines += [(text, block.hint) for text in block.rows]
        if free:
            lines.append((joined(free), ""))
    return lines


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The engine; None where a library it needs is missing on this machine."""
    try:
        return import_module(_ENGINE).RapidOCR()
    except (ImportError, OSError):
        return None


def _found(picture: "Image.Image") -> list[FoundLine]:
    import numpy

    # The engine takes colours in the order blue, green, red.
    told, _ = _engine()(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
    told = told or []
    slope = _slope([box for box, *_ in told])
    return [
        FoundLine(str(text), float(confidence), *_upright(box, slope))
        for box, text, confidence in told
    ]


_Box = Sequence[Sequence[float]]


def _slope(boxes: Sequence[_Box]) -> float:
    """How far the lines of a page laid askew fall, a pixel across."""
    wide = [(one, two) for one, two, *_ in boxes if two[0] - one[0] > 5 * abs(two[1] - one[1])]
    return median((two[1] - one[1]) / (two[0] - one[0]) for one, two in wide) if wide else 0.0


def _upright(box: _Box, slope: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box once its page lies straight."""
    across = [float(x) + slope * float(y) for x, y in box]
    down = [float(y) - slope * float(x) for x, y in box]
    return min(across), min(down), max(across), max(down)
