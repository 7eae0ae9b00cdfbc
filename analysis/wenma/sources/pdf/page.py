"""A page of a PDF becomes lines: its glyphs read in order, tables and notes told apart."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

from wenma.sources.lines import Hint
from wenma.sources.pdf.columns import columns
from wenma.sources.pdf.glyphs import Glyph, drawn_glyphs, text_of
from wenma.sources.pdf.notes import notes_below, unmarked
from wenma.sources.pdf.pieces import PieceGroup, TextPiece, joined, pieces
from wenma.sources.pdf.rules import RulingLine, ruling_lines
from wenma.sources.pdf.tables import tables_aligned, tables_drawn

_TURNED = 0.1  # share of glyphs that stand upright or upside down: the page's order is kept
_SHORT_LINE = (30.0, 200.0)  # points; longer lines are a table's or a running head's


class PageText(NamedTuple):
    """The lines of a page with what each is, and what was met on the way.

    `glyphs` counts what is drawn, `unmapped` what of it has no sure character. `marks` are note
    marks left out of the text, `outside` counts characters beyond the edges of the page.
    `doubtful` tells of columns that may be read across; `gutter` is where columns stand apart.
    """

    lines: list[tuple[str, Hint]]
    glyphs: int
    unmapped: int
    marks: tuple[str, ...] = ()
    doubtful: bool = False
    gutter: float | None = None
    outside: int = 0


NO_TEXT = PageText([], 0, 0)
"""A page that cannot be loaded."""


def page_text(page: Any, *, before: float | None = None) -> PageText:
    """What stands on a page; `before` is the gutter of the page before."""
    drawn, lost, outside = drawn_glyphs(page)
    shown = [glyph for line in drawn for glyph in line if not glyph.space]
    unmapped = sum(glyph.unmapped for glyph in shown)
    plain = PageText(
        [(text_of(line), "") for line in drawn],
        len(shown) + lost,
        unmapped + lost,
        outside=outside,
    )
    if not shown or sum(not glyph.upright for glyph in shown) > _TURNED * len(shown):
        return plain
    clean = unmarked(drawn)
    rules = ruling_lines(page)
    cut = pieces(clean.lines, rules)
    drawn_tables = tables_drawn(cut, rules)
    free = [piece for piece in cut if not any(piece.at in table.held for table in drawn_tables)]
    told = columns(free, _walls(drawn_tables, cut), before=before)
    others = tables_aligned([piece for piece in free if piece.at not in told.held])
    laid = _laid_out(clean.lines, cut, [*drawn_tables, *told.moved, *others])
    lines, empty = _with_notes(laid, clean.marks, rules)
    read = plain._replace(
        lines=[(line.text, line.hint) for line in lines],
        marks=(*clean.marks, *empty),
        doubtful=told.doubtful,
        gutter=told.gutter,
    )
    return read if _nothing_lost(plain, read) else plain


def _walls(tables: Sequence[PieceGroup], cut: Sequence[TextPiece]) -> list[TextPiece]:
    """Each table as pieces as wide as itself: no column runs on through a table."""
    walls: list[TextPiece] = []
    for table in tables:
        held = [cut[at] for at in table.held]
        left, right = min(one.left for one in held), max(one.right for one in held)
        walls += [one._replace(left=left, right=right, at=-1) for one in held]
    return walls


class _Row(NamedTuple):
    text: str
    hint: Hint
    size: float
    base: float


def _laid_out(
    lines: Sequence[Sequence[Glyph]], cut: Sequence[TextPiece], blocks: Sequence[PieceGroup]
) -> list[_Row]:
    """Lines as they are drawn, but for tables and moved columns, which stand where they begin."""
    block_of = {at: block for block in blocks for at in block.held}
    size_of = {id(block): median(cut[at].size for at in block.held) for block in blocks}
    begun: set[int] = set()
    laid: list[_Row] = []
    for number, here in groupby(cut, key=lambda piece: piece.line):
        free: list[TextPiece] = []
        whole = True
        for piece in here:
            block = block_of.get(piece.at)
            if block is None:
                free.append(piece)
                continue
            whole = False
            if id(block) not in begun:
                begun.add(id(block))
                size = size_of[id(block)]
                laid += [_Row(text, block.hint, size, piece.base) for text in block.rows]
        if free:
            text = text_of(lines[number]) if whole else joined(free)
            laid.append(_Row(text, "", free[0].size, free[0].base))
    return laid


def _with_notes(
    laid: Sequence[_Row], marks: Sequence[str], rules: Sequence[RulingLine]
) -> tuple[list[_Row], list[str]]:
    """Notes as lines of their own, and the numbers of notes that have no words."""
    texts = [row.text for row in laid]
    # No row of a table is a note, however small it is set.
    sizes = [math.inf if row.hint == "table" else row.size for row in laid]
    told = notes_below(texts, sizes, marks, ruled=_below_short_line(laid, rules))
    if not told.notes and not told.empty:
        return list(laid), []
    first = min(at for note in (*told.notes, told.empty) for at in note)
    lines = [laid[at] for at in told.text if at < first]
    lines += [
        laid[note[0]]._replace(text=" ".join(texts[at] for at in note), hint="note")
        for note in told.notes
    ]
    lines += [laid[at] for at in told.text if at > first]
    return lines, [texts[at].strip() for at in told.empty]


def _below_short_line(laid: Sequence[_Row], rules: Sequence[RulingLine]) -> int | None:
    """The first row below the short line that sets notes apart at the foot of a page."""
    for rule in rules:
        if not rule.level or not _SHORT_LINE[0] <= rule.high - rule.low <= _SHORT_LINE[1]:
            continue
        # The lines of a table have others of their width.
        alike = [r for r in rules if r.level and abs(r.low - rule.low) < 4]
        below = [at for at, row in enumerate(laid) if row.base < rule.at]
        alone = not any(abs(r.high - rule.high) < 4 for r in alike if r is not rule)
        if alone and below and below == list(range(below[0], len(laid))):
            return below[0]
    return None


def _nothing_lost(plain: PageText, read: PageText) -> bool:
    """Whether every character that was drawn is in the text, or a mark taken out."""

    def counted(texts: Iterable[str]) -> Counter[str]:
        return Counter(char for text in texts for char in text if not char.isspace())

    had = counted(text for text, _ in plain.lines)
    rows = [text.replace(" | ", "") if hint == "table" else text for text, hint in read.lines]
    return had == counted((*rows, *read.marks))
