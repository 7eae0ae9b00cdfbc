"""Tables of a PDF page: from ruling lines, and from cells that stand under each other."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from wenma.sources.pdf.pieces import PieceGroup, TextPiece, rows
from wenma.sources.pdf.rules import RuledGrid, RulingLine, ruled_grids, unmet

_LONGEST_CELL = 26  # letters in a cell of a table without lines; more is text
_LEADERS = ("...", "…", "···", "．．．", "———")
_ENDS = "。；！？"
_MOST = 3000  # pieces of a page
_MOST_LINES = 200


def tables_drawn(found: Sequence[TextPiece], rules: Sequence[RulingLine]) -> list[PieceGroup]:
    """The tables of a page that ruling lines show, whole grids first."""
    if len(found) > _MOST:
        return []
    blocks: list[PieceGroup] = []
    free = list(found)
    for grid in ruled_grids(rules):
        if block := _in_grid(grid, free):
            blocks.append(block)
            free = [piece for piece in free if piece.at not in block.held]
    for area in _between_lines(unmet(rules), free):
        if block := _in_lines(area, free):
            blocks.append(block)
            free = [piece for piece in free if piece.at not in block.held]
    return blocks


def tables_aligned(free: Sequence[TextPiece]) -> list[PieceGroup]:
    """The tables without any lines: three rows or more of three cells or more, well apart."""
    blocks: list[PieceGroup] = []
    run: list[list[TextPiece]] = []
    for row in [*rows(free), []] if len(free) <= _MOST else []:
        if _cells_apart(row) and (not run or _under(run, row)):
            run.append(row)
            continue
        blocks += _as_table(run)
        run = [row] if _cells_apart(row) else []
    return blocks


def _in_grid(grid: RuledGrid, free: Sequence[TextPiece]) -> PieceGroup | None:
    """A cell stands in the row it begins in; one merged down over rows is told once."""
    held: dict[tuple[int, int], list[TextPiece]] = {}
    for piece in free:
        field = _field(grid, piece)
        if field is not None:
            held.setdefault(grid.cell[field], []).append(piece)
    wide = [
        [
            _words(held.get((row, column), ()))
            for column in range(len(grid.columns) - 1)
            if grid.cell[row, column] == (row, column)
        ]
        for row in range(len(grid.rows) - 1)
    ]
    shown = [cells for cells in wide if any(cells)]
    # A box around text has one cell a row, however it is drawn.
    if sum(sum(map(bool, cells)) >= 2 for cells in shown) < max(1, len(shown) / 3):
        return None
    return _table([piece for each in held.values() for piece in each], shown)


def _table(held: Sequence[TextPiece], told: Sequence[list[str]]) -> PieceGroup:
    return PieceGroup(
        frozenset(piece.at for piece in held), [" | ".join(row) for row in told], "table"
    )


def _field(grid: RuledGrid, piece: TextPiece) -> tuple[int, int] | None:
    height, across = _middle(piece), (piece.left + piece.right) / 2
    row = next((at for at, (a, b) in enumerate(pairwise(grid.rows)) if a >= height > b), None)
    column = next((at for at, (a, b) in enumerate(pairwise(grid.columns)) if a <= across < b), None)
    return None if row is None or column is None else (row, column)


def _words(cell: Sequence[TextPiece]) -> str:
    """The rows of a cell as one string: Latin words apart, Han together."""
    words = ""
    for row in rows(cell):
        for piece in row:
            text = piece.text.strip()
            apart = words and words[-1].isascii() and text[:1].isascii()
            words += f" {text}" if apart and words[-1].isalnum() else text
    return words


class _Area(NamedTuple):
    """What lies between level lines of one width, and the line below its header."""

    top: float
    bottom: float
    header: float | None
    left: float
    right: float

    def holds(self, piece: TextPiece) -> bool:
        """Whether a piece lies inside."""
        across = self.left - 4 <= piece.left and piece.right <= self.right + 4
        return across and self.bottom < _middle(piece) < self.top


def _between_lines(rules: Sequence[RulingLine], free: Sequence[TextPiece]) -> Iterator[_Area]:
    """Three-line tables (a line above the header, below it and at the foot), then others."""
    level = sorted((rule for rule in rules if rule.level), key=lambda rule: -rule.at)
    for at, rule in enumerate(level[:_MOST_LINES]):
        same = [
            other.at
            for other in level[at + 1 :]
            if abs(other.low - rule.low) < 4 and abs(other.high - rule.high) < 4
        ]
        whole = _Area(rule.at, rule.at, None, rule.low, rule.high)
        if len(same) >= 2:
            yield whole._replace(bottom=same[1], header=same[0])
        if same:
            # A table that a page breaks has no line at its foot.
            below = whole._replace(top=same[0], bottom=-math.inf)
            foot = _foot(same[0], [piece for piece in free if below.holds(piece)])
            if foot < same[0]:
                yield whole._replace(bottom=foot, header=same[0])
            yield whole._replace(bottom=same[0])


def _foot(line: float, below: Sequence[TextPiece]) -> float:
    """How far rows of cells reach down from a line without one that runs on as text."""
    foot = line
    for row in rows(below):
        apart = len(row) > 1 and all(len(piece.text) <= _LONGEST_CELL for piece in row)
        if not apart or foot - row[0].base > 4.5 * row[0].size:
            break
        foot = row[0].base - 0.3 * row[0].size
    return foot


def _in_lines(area: _Area, free: Sequence[TextPiece]) -> PieceGroup | None:
    inside = [piece for piece in free if area.holds(piece)]
    header = area.header
    body = [piece for piece in inside if header is None or _middle(piece) < header]
    columns = _columns(body)
    if len(columns) < 2 or not _like_cells(body) or _runs_on(inside):
        return None
    told = _by_anchor(body, columns)
    if header is not None:
        told.insert(0, _across([piece for piece in inside if _middle(piece) >= header], columns))
    return _table(inside, [row for row in told if any(row)])


def _runs_on(inside: Sequence[TextPiece]) -> bool:
    """Whether rows reach across as text does: one in ten, or more."""
    width = max(piece.right for piece in inside) - min(piece.left for piece in inside)
    found = rows(inside)
    across = 0
    for row in found:
        written = sum(piece.right - piece.left for piece in row)
        across += written > (0.6 if len(row) == 1 else 0.85) * width
    return across > 0.1 * len(found)


def _middle(piece: TextPiece) -> float:
    return piece.base + 0.3 * piece.size


def _like_cells(body: Sequence[TextPiece]) -> bool:
    """Whether pieces look like cells: short ones, in rows of several."""
    lengths = sorted(len(piece.text) for piece in body)
    several = [row for row in rows(body) if len(row) > 1]
    return bool(several) and lengths[len(lengths) // 2] <= _LONGEST_CELL


class _Column(NamedTuple):
    left: float
    right: float


def _columns(body: Sequence[TextPiece]) -> list[_Column]:
    """Where pieces stand under each other: their places across, joined where they overlap."""
    found: list[_Column] = []
    for piece in sorted(body, key=lambda piece: piece.left):
        if found and piece.left < found[-1].right + 0.3 * piece.size:
            found[-1] = found[-1]._replace(right=max(found[-1].right, piece.right))
        else:
            found.append(_Column(piece.left, piece.right))
    return found


def _column_of(piece: TextPiece, columns: Sequence[_Column]) -> int:
    middle = (piece.left + piece.right) / 2
    return min(
        range(len(columns)),
        key=lambda at: max(columns[at].left - middle, middle - columns[at].right, 0.0),
    )


def _across(row: Sequence[TextPiece], columns: Sequence[_Column]) -> list[str]:
    cells: list[list[TextPiece]] = [[] for _ in columns]
    for piece in row:
        cells[_column_of(piece, columns)].append(piece)
    return [_words(cell) for cell in cells]


def _by_anchor(body: Sequence[TextPiece], columns: Sequence[_Column]) -> list[list[str]]:
    """Rows of a table without lines between them, told by the column most alike.

    Where a label takes two lines and its figures one, the figures say how many rows there are.
    """
    by_column: list[list[list[TextPiece]]] = [
        rows([piece for piece in body if _column_of(piece, columns) == at])
        for at in range(len(columns))
    ]
    counted = Counter(len(lines) for lines in by_column)
    many = max(counted, key=lambda count: (counted[count], count))
    anchors = [line[0].base for lines in by_column if len(lines) == many for line in lines][:many]
    held: list[list[TextPiece]] = [[] for _ in anchors]
    for piece in body:
        nearest = min(range(many), key=lambda at: abs(anchors[at] - piece.base))
        held[nearest].append(piece)
    return [_across(row, columns) for row in held]


def _as_table(run: Sequence[list[TextPiece]]) -> list[PieceGroup]:
    held = [piece for row in run for piece in row]
    columns = _columns(held)
    if len(run) < 3 or len(columns) < 3:
        return []
    return [_table(held, [_across(row, columns) for row in run])]


def _cells_apart(row: Sequence[TextPiece]) -> bool:
    return (
        len(row) >= 3
        and all(len(piece.text) <= _LONGEST_CELL for piece in row)
        and not any(mark in piece.text for piece in row for mark in _LEADERS)
        and row[-1].text[-1] not in _ENDS
        and all(b.left - a.right >= 1.4 * a.size for a, b in pairwise(row))
    )


def _under(run: Sequence[list[TextPiece]], row: Sequence[TextPiece]) -> bool:
    """Whether a row's cells stand under those of the rows before, one under one."""
    columns = _columns([piece for one in (*run[-8:], row) for piece in one])
    near = run[-1][0].base - row[0].base <= 4.5 * row[0].size
    return near and len(columns) >= max(len(row), max(len(one) for one in run[-8:]))
