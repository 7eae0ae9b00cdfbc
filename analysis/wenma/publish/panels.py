"""How a printed table fits a page: which type, upright or not, in how many parts (续表)."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from unicodedata import east_asian_width

from wenma.errors import QueryError
from wenma.publish.printed_table import Cell, Panel, PrintedTable

FULL, SMALL, SMALLEST = 10.5, 9.0, 7.5
"""五号, 小五 and 六号 in points: nothing is printed smaller than the last."""

UPRIGHT, SIDEWAYS = 453.6, 700.2
"""Points across an A4 page of 2.5 cm margins, upright and on its side."""

MOST_ROWS = 5_000
"""Rows beyond which a table is no table of a paper."""

_PAD = 1.1
"""Ems beside a cell's words: the margins of its cell."""
_SOLID = 13.0
"""Ems up to which a text never breaks its lines: names, document numbers."""
_NARROWEST, _WIDEST = 10.0, 22.0
"""Ems of a column of longer texts, which break their lines, at least and as a rule at most."""
_LINES = 4
"""Lines of a heading, unless its longest word needs fewer."""
_BLANKS = re.compile(r"\s+")
_OWN = re.compile("(参考点数?|单元数|汉字数|文件数)")
"""Words of our own headings, which jieba cuts elsewhere."""
_HAN = re.compile(r"[\u4e00-\u9fff]{4,}")


class ColumnNeed(NamedTuple):
    """Ems a column needs so that no number and no name in it breaks, and what it would like."""

    least: float
    natural: float


@dataclass(frozen=True)
class MeasuredPanel:
    """A panel, and how wide its columns are in print."""

    panel: Panel

    @cached_property
    def needs(self) -> tuple[ColumnNeed, ...]:
        """What each column needs."""
        rows, head = self.panel.rows, self.panel.columns
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(head)
        inset = max((row[0].depth for row in rows), default=0)
        return tuple(
            _need(one.heading, cells, numeric=one.numeric, inset=0 if at else inset)
            for at, (one, cells) in enumerate(zip(head, columns, strict=True))
        )

    def widths(self, room: float) -> tuple[float, ...]:
        """Ems of each column within so many: long texts give way, numbers and names never do."""
        needs = self.needs
        wanted = sum(one.natural for one in needs)
        least = sum(one.least for one in needs)
        if wanted <= room or wanted == least:
            return tuple(one.natural for one in needs)
        part = max(0.0, (room - least) / (wanted - least))
        return tuple(one.least + part * (one.natural - one.least) for one in needs)

    def parts(self, room: float) -> "Iterator[MeasuredPanel]":
        """The panel in as many as its columns need, those that name its rows in each."""
        needs = [one.least for one in self.needs]
        keys = self._keys(needs, room)
        left = room - sum(needs[:keys])
        blocks: list[list[int]] = [[]]
        for at in range(keys, len(needs)):
            if blocks[-1] and sum(needs[i] for i in [*blocks[-1], at]) > left:
                blocks.append([])
            blocks[-1].append(at)
        even = _evenly(range(keys, len(needs)), len(blocks))
        if all(sum(needs[i] for i in block) <= left for block in even):
            blocks = even  # no last part of a single column
        for number, block in enumerate(blocks):
            kept = [*range(keys), *block]
            panel = replace(
                self.panel,
                columns=tuple(self.panel.columns[at] for at in kept),
                rows=tuple(tuple(row[at] for at in kept) for row in self.panel.rows),
                continued=self.panel.continued or number > 0,
            )
            yield MeasuredPanel(panel)

    def _keys(self, needs: Sequence[float], room: float) -> int:
        """How many columns name the row: the texts it begins with, two at most."""
        second = len(needs) > 2 and not any(one.numeric for one in self.panel.columns[:2])
        return 2 if second and sum(needs[:2]) < room / 2 else 1


class Fitted(NamedTuple):
    """The panels as they fit their pages, and the type they are set in."""

    panels: tuple[MeasuredPanel, ...]
    landscape: bool
    size: float

    @property
    def room(self) -> float:
        """Ems across the page."""
        return (SIDEWAYS if self.landscape else UPRIGHT) / self.size


def fitted(panels: Sequence[Panel], *, upright: bool = True) -> Fitted:
    """The panels on the smallest page and in the largest type that hold them.

    Upright before on its side, 10.5 points before 9 and these before 7.5; what is
    too wide even then goes on in further panels. Without `upright` all pages lie on
    their side and no type is larger than 9.
    """
    measured = [MeasuredPanel(panel) for panel in panels]
    natural = max((sum(one.natural for one in panel.needs) for panel in measured), default=0.0)
    least = max((sum(one.least for one in panel.needs) for panel in measured), default=0.0)
    pages = ((UPRIGHT, False), (SIDEWAYS, True)) if upright else ((SIDEWAYS, True),)
    for page, landscape in pages:
        for size in (FULL, SMALL) if upright else (SMALL,):
            if natural <= page / size:
                return Fitted(tuple(measured), landscape, size)
    for size in (SMALL, SMALLEST):
        if least <= SIDEWAYS / size:
            return Fitted(tuple(measured), True, size)
    return Fitted(tuple(_in_parts(measured, SIDEWAYS / SMALLEST)), True, SMALLEST)


def fitted_for_paper(printed: PrintedTable) -> Fitted:
    """The table's panels on the pages of a paper; QueryError where there are too many rows."""
    if (many := sum(len(panel.rows) for panel in printed.panels)) > MOST_ROWS:
        raise QueryError(
            f"{many:,} rows are no table for a paper",
            cure="Ask for fewer (one city, one code), or write xlsx, csv or json",
            zh=f"{many:,} 行排不成论文表格：请缩小范围（一市或一码），或存为 xlsx、csv。",
        )
    return fitted(printed.panels)


def _in_parts(panels: Sequence[MeasuredPanel], room: float) -> Iterator[MeasuredPanel]:
    for panel in panels:
        if sum(one.least for one in panel.needs) <= room:
            yield panel
        else:
            yield from panel.parts(room)


def printed_ems(text: str) -> float:
    """How wide a text is in print, in Han characters.

    >>> printed_ems("参考点 12")
    4.86
    """
    # Digits are half as wide in Times, wider in what stands in where it is missing.
    return round(sum(1.0 if east_asian_width(one) in "WF" else 0.62 for one in text), 2)


def heading_lines(words: str, width: float) -> list[str]:
    """A heading in lines no wider than that where its words allow, broken between words only.

    >>> heading_lines("占维度参考点 %", 5), heading_lines("Own references", 6)
    (['占维度', '参考点 %'], ['Own', 'references'])
    """
    if printed_ems(words) <= width:
        return [words]
    lines = [""]
    for word in _words(words):
        if lines[-1] and printed_ems((lines[-1] + word).strip()) > width:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines if line.strip()]


def _words(text: str) -> list[str]:
    """What a heading may break between: words, each with the blank or sign behind it."""
    pieces: list[str] = []
    for piece in re.findall(r"[^\s（(]+\s*|[（(][^）)]*[）)]?\s*", text):
        pieces += _han_words(piece) if _HAN.search(piece) else [piece]
    # A sign alone, as %, stays with the word before it.
    joined: list[str] = []
    for piece in pieces:
        alone = piece.strip()
        if joined and (not alone or (len(alone) == 1 and not alone.isalnum())):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _han_words(text: str) -> list[str]:
    from wenma.language.words import cut

    found: list[str] = []
    for piece in _OWN.split(text):
        found += [piece] if _OWN.fullmatch(piece) else cut(piece)
    return found if "".join(found) == text else [text]


def _need(head: str, cells: Sequence[Cell], *, numeric: bool, inset: int) -> ColumnNeed:
    texts = [cell.words for cell in cells]
    longest = max(map(printed_ems, texts), default=0.0) + inset
    if numeric or longest <= _SOLID:
        wide = _headed(head, longest) + _PAD
        return ColumnNeed(wide, wide)
    # What is neither Han nor blank holds together: a file's name, an address.
    tokens = (one for text in texts for one in re.findall(r"[!-~]+", text))
    token = min(max(map(printed_ems, tokens), default=0.0), _WIDEST)
    least = _headed(head, max(_NARROWEST, token)) + _PAD
    # A passage of two hundred words wants a wider column than a title does.
    liked = min(longest, max(_WIDEST, min(longest / 6, 2 * _WIDEST)))
    return ColumnNeed(least, max(least, liked + _PAD))


def _headed(head: str, width: float) -> float:
    """The width at which a heading stands over its column in few lines."""
    width = max(width, printed_ems(head) / _LINES)
    while True:
        lines = heading_lines(head, width)
        wide = max(map(printed_ems, lines), default=0.0)
        if len(lines) <= _LINES:
            return max(width, wide)
        width += 0.5


def _evenly(columns: Sequence[int], parts: int) -> list[list[int]]:
    size = math.ceil(len(columns) / parts)
    return [list(columns[at : at + size]) for at in range(0, len(columns), size)]
