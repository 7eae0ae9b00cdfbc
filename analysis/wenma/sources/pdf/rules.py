"""Ruling lines drawn on a PDF page, and the cells they set apart."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_THIN = 3.0  # points; thicker shapes are areas, not lines
_SHORTEST = 6.0
_NEAR = 3.0  # lines that end so near to each other meet
_MOST_OBJECTS = 20_000  # a page with more is a map or a drawing
_MOST_RULES = 2_000
_MOST_CELLS = 5_000


class RulingLine(NamedTuple):
    """A level or upright line: where it runs (`at`), from where to where."""

    level: bool
    at: float
    low: float
    high: float


class RuledGrid(NamedTuple):
    """Cells between ruling lines.

    `rows` run from the top down and `columns` from the left, as edges; `cell` names the cell
    each field belongs to, so that merged fields have one name.
    """

    rows: list[float]
    columns: list[float]
    cell: dict[tuple[int, int], tuple[int, int]]


def ruling_lines(page: Any) -> list[RulingLine]:
    """The level and upright lines of a page, pieces of one line made whole."""
    import pypdfium2.raw as raw

    if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return []
    found: list[RulingLine] = []
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        shape = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_PATH:
            found += _of_path(shape)
        if len(found) > _MOST_RULES:
            return []
    return _whole(found)


def _of_path(shape: Any) -> Iterator[RulingLine]:
    import pypdfium2.raw as raw

    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(shape, *edges):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    if min(right - left, top - bottom) <= _THIN:
        yield from _rule(left, bottom, right, top)
        return
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    if raw.FPDFPath_GetDrawMode(shape, fill, stroked) and stroked.value:
        for one, other in _strokes(shape):
            left, right = sorted((one[0], other[0]))
            bottom, top = sorted((one[1], other[1]))
            yield from _rule(left, bottom, right, top)


def _rule(left: float, bottom: float, right: float, top: float) -> Iterator[RulingLine]:
    wide, high = right - left, top - bottom
    if high <= _THIN and wide > high:
        yield RulingLine(True, (bottom + top) / 2, left, right)
    elif wide <= _THIN and high > wide:
        yield RulingLine(False, (left + right) / 2, bottom, top)


_Point = tuple[float, float]


def _strokes(shape: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight strokes of a path, where they are on the page."""
    import pypdfium2.raw as raw

    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, m)
    x, y = ctypes.c_float(), ctypes.c_float()
    start: _Point | None = None
    last: _Point | None = None
    for at in range(min(raw.FPDFPath_CountSegments(shape), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        last = here
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield last, start


def _whole(found: Sequence[RulingLine]) -> list[RulingLine]:
    """Strokes that lie on one line and touch are one rule; what stays short is none."""
    whole: list[RulingLine] = []
    for rule in sorted(found, key=lambda rule: (rule.level, round(rule.at), rule.low)):
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.level == rule.level
            and abs(last.at - rule.at) <= 1.5
            and rule.low <= last.high + _NEAR
        ):
            whole[-1] = last._replace(high=max(last.high, rule.high))
        else:
            whole.append(rule)
    return [rule for rule in whole if rule.high - rule.low >= _SHORTEST]


def ruled_grids(rules: Sequence[RulingLine]) -> list[RuledGrid]:
    """The tables that ruling lines draw: lines that meet, with at least two fields each way."""
    return [grid for group in _meeting(rules) if (grid := _grid(group)) is not None]


def unmet(rules: Sequence[RulingLine]) -> list[RulingLine]:
    """The level lines that no upright line meets."""
    upright = [rule for rule in rules if not rule.level]
    return [
        rule for rule in rules if rule.level and not any(_meet(rule, other) for other in upright)
    ]


def _meeting(rules: Sequence[RulingLine]) -> list[list[RulingLine]]:
    """Rules in groups, each of lines that cross or touch."""
    group = list(range(len(rules)))

    def head(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    upright = [at for at, rule in enumerate(rules) if not rule.level]
    for one in (at for at, rule in enumerate(rules) if rule.level):
        for other in upright:
            if _meet(rules[one], rules[other]):
                group[head(one)] = head(other)
    found: dict[int, list[RulingLine]] = {}
    for at, rule in enumerate(rules):
        found.setdefault(head(at), []).append(rule)
    return [each for each in found.values() if len(each) > 2]


def _meet(level: RulingLine, upright: RulingLine) -> bool:
    return (
        level.low - _NEAR <= upright.at <= level.high + _NEAR
        and upright.low - _NEAR <= level.at <= upright.high + _NEAR
    )


def _grid(group: Sequence[RulingLine]) -> RuledGrid | None:
    level = [rule for rule in group if rule.level]
    upright = [rule for rule in group if not rule.level]
    if len(level) < 2 or not upright:
        return None
    # Many Chinese tables are open at their sides: the level lines say how wide they are.
    ends = [min(rule.low for rule in level), max(rule.high for rule in level)]
    columns = _edges([*(rule.at for rule in upright), *ends])
    lines = _edges([rule.at for rule in level])[::-1]
    across, down = len(columns) - 1, len(lines) - 1
    if across < 2 or down < 1 or across * down > _MOST_CELLS:
        return None
    return RuledGrid(lines, columns, _merged(lines, columns, level, upright))


def _edges(places: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _merged(
    lines: Sequence[float],
    columns: Sequence[float],
    level: Sequence[RulingLine],
    upright: Sequence[RulingLine],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Fields without a line between them are one cell, named by its first field."""
    cell: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(lines) - 1):
        for column in range(len(columns) - 1):
            across = (columns[column] + columns[column + 1]) / 2
            height = (lines[row] + lines[row + 1]) / 2
            name = (row, column)
            if column and not _parted(upright, columns[column], height):
                name = cell[row, column - 1]
            elif row and not _parted(level, lines[row], across):
                name = cell[row - 1, column]
            cell[row, column] = name
    return cell


def _parted(rules: Sequence[RulingLine], at: float, through: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.low - _NEAR <= through <= rule.high + _NEAR
        for rule in rules
    )
