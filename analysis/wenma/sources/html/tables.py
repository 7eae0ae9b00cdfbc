"""Which rows of a page are rows of a table, and which only lay out the page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_HEADINGS = ("h1", "h2", "h3")
_PARTS = ("p", "div", "br", "li")
_PRESENTATION = ("presentation", "none")
_COLUMN = 300  # characters that no cell of data holds in so many paragraphs
_MOST_PARTS = 5  # a cell of more paragraphs that holds most of its table is a column of a page


@dataclass(slots=True)
class Grid:
    """What stands in a table: the rows it may have, and the signs that it lays out a page."""

    rows: list["_Row"] = field(default_factory=list)
    heading: bool = False
    presentation: bool = False
    cells: list[list[int]] = field(default_factory=list)  # characters and paragraphs of each
    links: int = 0
    covered: int = 0  # cells that reach down into the row
    reaching: int = 0  # cells of the row that reach further down
    ends: Counter[int] = field(default_factory=Counter)  # how many of them end before a row

    def is_data(self) -> bool:
        """Whether the table holds data: two columns at least, and no column of a page."""
        if (
            self.heading
            or self.presentation
            or max((row.width for row in self.rows), default=0) < 2
        ):
            return False
        total = sum(characters for characters, _ in self.cells)
        return not any(
            parts >= _MOST_PARTS
            and characters >= 0.6 * total
            and (characters >= _COLUMN or self.links >= 3)
            for characters, parts in self.cells
        )


@dataclass(slots=True)
class _Row:
    node: int
    width: int = 0
    links: int = 0
    covered: int = 0  # cells that reach down from rows above
    nests: bool = False

    def is_row(self) -> bool:
        return not self.nests and self.width + self.covered >= 2 and self.width > 0


def grids(root: Any) -> Mapping[int, Grid]:
    """The rows (`mem_id` of their nodes) below `root` that are rows of data, and their tables.

    One pass without recursion: tables nest as deep as a page likes.
    """
    found: dict[int, Grid] = {}
    open_: list[Grid] = []
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:
        node, opening = stack.pop()
        tag = node.tag or ""
        if not opening:
            grid = open_.pop()
            if grid.is_data():
                found.update((row.node, grid) for row in grid.rows if row.is_row())
            continue
        if tag == "table":
            _nest(open_)
            open_.append(Grid(presentation=node.attributes.get("role") in _PRESENTATION))
            stack.append((node, False))
        elif open_:
            _count(open_[-1], node, tag)
        child = node.last_child
        while child is not None:
            stack.append((child, True))
            child = child.prev
    return found


def _nest(open_: list[Grid]) -> None:
    if open_ and open_[-1].rows:
        open_[-1].rows[-1].nests = True


def _count(grid: Grid, node: Any, tag: str) -> None:
    if tag == "tr":
        grid.covered += grid.reaching - grid.ends[len(grid.rows)]
        grid.reaching = 0
        grid.rows.append(_Row(node.mem_id, covered=grid.covered))
    elif tag in ("td", "th") and grid.rows:
        grid.rows[-1].width += 1
        grid.cells.append([0, 0])
        down = _number(node.attributes.get("rowspan"))
        if down > 1:
            grid.reaching += 1
            grid.ends[len(grid.rows) - 1 + down] += 1
    elif tag == "-text" and grid.cells:
        grid.cells[-1][0] += len((node.text_content or "").strip())
    elif tag in _PARTS and grid.cells:
        grid.cells[-1][1] += 1
    elif tag == "a":
        grid.links += 1
    elif tag in _HEADINGS:
        grid.heading = True


def _number(written: str | None) -> int:
    text = (written or "").strip()[:4]
    return int(text) if text.isdecimal() else 1
