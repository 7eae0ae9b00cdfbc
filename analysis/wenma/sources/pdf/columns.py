"""Columns of a PDF page: told from tables and lists, and put into reading order."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from wenma.sources.pdf.pieces import PieceGroup, TextPiece, joined, rows

_NARROWEST = 8.0  # letters in a column
_FULL = 0.8  # of the column's width: how far a line of running text reaches
_MOST = 3000  # pieces of a page; beyond it is a drawing
_MOST_EDGES = 200
_DEEPEST = 3  # cuts within cuts: four columns and more

_Rows = list[list[TextPiece]]
_Sides = tuple[_Rows, _Rows]


class Columns(NamedTuple):
    """The columns of a page.

    `moved` are those drawn across, now in reading order; `held` the pieces of all columns,
    moved or not. `doubtful` tells that the page may be read across; `gutter` is where columns
    were set apart, None where there are none.
    """

    moved: list[PieceGroup]
    held: frozenset[int]
    doubtful: bool
    gutter: float | None


def columns(
    free: Sequence[TextPiece], walls: Sequence[TextPiece] = (), *, before: float | None = None
) -> Columns:
    """The columns among the pieces of a page that stand in no table.

    Text drawn row by row across columns is put into reading order, column after column; text
    drawn column by column stays as it is drawn. `walls` end columns wherever they reach across
    (tables); `before` is the gutter of the page before: there a column may be short.
    """
    cut = _best_cut(free, walls) if 4 <= len(free) <= _MOST else None
    if cut is None:
        return Columns([], frozenset(), False, None)
    known = before is not None and abs(before - cut.gutter) < 6
    sure = [band for band in cut.bands if _sure(*_sides(band, cut.gutter), known=known)]
    moved = [
        PieceGroup(_places(band), _read(band, cut.gutter, 1), "")
        for band in sure
        if _crossed(band, cut.gutter)
    ]
    doubtful = any(
        band not in sure and _crossed(band, cut.gutter) and _maybe(*_sides(band, cut.gutter))
        for band in cut.bands
    )
    held = frozenset().union(*map(_places, sure))
    return Columns(moved, held, doubtful, cut.gutter if sure else None)


def _places(band: Sequence[TextPiece]) -> frozenset[int]:
    return frozenset(piece.at for piece in band)


class _Cut(NamedTuple):
    gutter: float
    bands: list[list[TextPiece]]


def _best_cut(free: Sequence[TextPiece], walls: Sequence[TextPiece] = ()) -> _Cut | None:
    """The gutter that sets most pieces into two columns side by side."""
    size = median(piece.size for piece in free)
    reach = 0.8 * _NARROWEST * size
    low = min(piece.left for piece in free) + reach
    high = max(piece.right for piece in free) - reach
    # The gutter ends where a column begins.
    edges = sorted({round(p.left - 0.2 * size) for p in free if low < p.left < high})
    down = sorted([*free, *walls], key=lambda piece: -piece.base)[: 2 * _MOST]
    cuts = (
        _Cut(
            edge,
            [band for band in _bands(down, edge) if _side_by_side(*_sides(band, edge), size)],
        )
        for edge in edges[:_MOST_EDGES]
    )
    best = max(cuts, key=lambda cut: sum(map(len, cut.bands)), default=None)
    return best if best is not None and best.bands else None


def _bands(down: Sequence[TextPiece], gutter: float) -> list[list[TextPiece]]:
    """Runs of pieces, from the top down, that nothing crossing the gutter interrupts."""
    runs = groupby(down, key=lambda piece: piece.left < gutter < piece.right)
    bands = (
        _body([piece for piece in run if piece.at >= 0]) for crossing, run in runs if not crossing
    )
    return [band for band in bands if band]


def _body(band: list[TextPiece]) -> list[TextPiece]:
    """A band without a running head above it and a page number below it."""
    found = rows(band)
    if len(found) < 4:
        return band
    steps = [one[0].base - other[0].base for one, other in pairwise(found)]
    usual = median(steps)
    first = int(steps[0] > 1.6 * usual and _little(found[0]))
    last = len(found) - int(steps[-1] > 1.6 * usual and _little(found[-1]))
    return [piece for row in found[first:last] for piece in row]


def _little(row: Sequence[TextPiece]) -> bool:
    return len(row) == 1 and len(row[0].text) <= 24


def _sides(band: Sequence[TextPiece], gutter: float) -> _Sides:
    left = [piece for piece in band if piece.right <= gutter]
    right = [piece for piece in band if piece.right > gutter]
    return rows(left), rows(right)


def _side_by_side(left: _Rows, right: _Rows, size: float) -> bool:
    """Whether two columns of some width stand beside each other with white between them."""
    if not left or not right:
        return False
    if left[-1][0].base >= right[0][0].base or right[-1][0].base >= left[0][0].base:
        return False
    white = min(row[0].left for row in right) - max(row[-1].right for row in left)
    wide = all(_width(side) >= _NARROWEST * size for side in (left, right))
    return wide and white >= 0.7 * size and max(len(left), len(right)) >= 2


def _width(side: _Rows) -> float:
    return max(row[-1].right for row in side) - min(row[0].left for row in side)


def _full_share(side: _Rows) -> float:
    """Share of the rows that run through the column as text does, without a gap inside."""
    reach = _FULL * _width(side)
    return sum(len(row) == 1 and row[0].right - row[0].left >= reach for row in side) / len(side)


def _sure(left: _Rows, right: _Rows, *, known: bool, depth: int = 1) -> bool:
    """Whether both sides are running text, or columns of it; one may be short where `known`."""
    long = [side for side in (left, right) if len(side) >= 3]
    if not long or (len(long) < 2 and not known):
        return False
    return all(_full_share(side) >= 0.5 or _holds_columns(side, depth) for side in long)


def _holds_columns(side: _Rows, depth: int) -> bool:
    cut = _best_cut([piece for row in side for piece in row]) if depth < _DEEPEST else None
    return cut is not None and all(
        _sure(*_sides(band, cut.gutter), known=False, depth=depth + 1) for band in cut.bands
    )


def _maybe(left: _Rows, right: _Rows) -> bool:
    """Whether rows of some length stand on both sides, neither clearly text nor a table."""
    long = min(len(left), len(right)) >= 3
    return long and all(_full_share(side) >= 0.25 for side in (left, right))


def _crossed(band: Sequence[TextPiece], gutter: float) -> bool:
    """Whether the page is drawn row by row: its lines change the side again and again."""
    drawn = [piece.right > gutter for piece in sorted(band, key=lambda piece: piece.at)]
    sides: dict[int, set[bool]] = {}
    for piece in band:
        sides.setdefault(piece.line, set()).add(piece.right > gutter)
    shared = sum(len(each) > 1 for each in sides.values())
    return shared >= 2 or sum(one != other for one, other in pairwise(drawn)) >= 3


def _read(band: Sequence[TextPiece], gutter: float, depth: int) -> list[str]:
    left = [piece for piece in band if piece.right <= gutter]
    right = [piece for piece in band if piece.right > gutter]
    return [*_column(left, depth), *_column(right, depth)]


def _column(side: Sequence[TextPiece], depth: int) -> list[str]:
    """The rows of a column; a wide one may hold columns itself."""
    cut = _best_cut(side) if depth < _DEEPEST else None
    if cut is None or not all(_sure(*_sides(b, cut.gutter), known=False) for b in cut.bands):
        return [joined(row) for row in rows(side)]
    bands = {piece.at: number for number, band in enumerate(cut.bands) for piece in band}
    down = sorted(side, key=lambda piece: -piece.base)
    texts: list[str] = []
    for number, run in groupby(down, key=lambda piece: bands.get(piece.at)):
        part = list(run)
        inner = number is not None
        texts += _read(part, cut.gutter, depth + 1) if inner else map(joined, rows(part))
    return texts
