"""Lines of a PDF page cut where a wide gap stands in them, each piece with its place."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from wenma.sources.lines import Hint
from wenma.sources.pdf.glyphs import Glyph, text_of
from wenma.sources.pdf.rules import RulingLine

_GAP = 0.9  # of a letter's size; between letters of justified text stands less


class TextPiece(NamedTuple):
    """A stretch of one line without a wide gap.

    `line` is its line's place in the page, `at` its own place among the page's pieces.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    line: int
    at: int


class PieceGroup(NamedTuple):
    """Pieces that are read together, in rows of their own: a table, or columns."""

    held: frozenset[int]
    rows: list[str]
    hint: Hint


def pieces(lines: Sequence[Sequence[Glyph]], rules: Sequence[RulingLine] = ()) -> list[TextPiece]:
    """All pieces of a page, in the order of its lines; an upright ruling line cuts too."""
    upright = sorted((rule for rule in rules if not rule.level), key=lambda rule: rule.at)
    cut = ((stretch, at) for at, line in enumerate(lines) for stretch in _cut(line, upright))
    return [_piece(stretch, line, at) for at, (stretch, line) in enumerate(cut)]


def rows(found: Iterable[TextPiece]) -> list[list[TextPiece]]:
    """Pieces on one base form a row: rows from the top down, their pieces from the left."""
    grouped: list[list[TextPiece]] = []
    for piece in sorted(found, key=lambda piece: -piece.base):
        if grouped and grouped[-1][0].base - piece.base < 0.35 * min(
            piece.size, grouped[-1][0].size
        ):
            grouped[-1].append(piece)
        else:
            grouped.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in grouped]


def joined(row: Iterable[TextPiece]) -> str:
    """The pieces of a row as one string."""
    return " ".join(piece.text for piece in row)


def _cut(line: Sequence[Glyph], upright: Sequence[RulingLine]) -> Iterable[Sequence[Glyph]]:
    shown = [at for at, glyph in enumerate(line) if not glyph.space]
    start = shown[0]
    for at, following in pairwise(shown):
        one, other = line[at], line[following]
        wide = other.left - one.right > _GAP * max(one.size, other.size)
        if wide or other.right < one.left or _ruled_off(one, other, upright):
            yield line[start : at + 1]
            start = following
    yield line[start : shown[-1] + 1]


def _ruled_off(one: Glyph, other: Glyph, upright: Sequence[RulingLine]) -> bool:
    """Whether a line stands between two letters, as between cells set close together."""
    middle = [(glyph.left + glyph.right) / 2 for glyph in (one, other)]
    first = bisect_right(upright, middle[0], key=lambda rule: rule.at)
    last = bisect_right(upright, middle[1], key=lambda rule: rule.at)
    return any(rule.low <= one.base <= rule.high for rule in upright[first:last])


def _piece(glyphs: Sequence[Glyph], line: int, at: int) -> TextPiece:
    shown = [glyph for glyph in glyphs if not glyph.space]
    return TextPiece(
        text_of(glyphs),
        min(glyph.left for glyph in shown),
        max(glyph.right for glyph in shown),
        median(glyph.base for glyph in shown),
        median(glyph.size for glyph in shown),
        line,
        at,
    )
