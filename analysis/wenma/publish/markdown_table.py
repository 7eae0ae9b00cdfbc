"""Tables in Markdown, which also read well in a terminal."""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from wenma.publish.printed_table import Cell, Panel, PrintedTable

_MARKUP = re.compile(r"([\\`*|<\[\]])")
_WIDEST = 40
"""Columns of a terminal: one long excerpt must not push every other line off the screen."""


def markdown_text(printed: PrintedTable) -> str:
    """The table as Markdown, a panel under another, notes and basis under the last.

    The group of a panel stands in its first heading.
    """
    panels = ["\n".join(_lines(panel)) for panel in printed.panels]
    said = ["- " + escaped_markdown(note) for note in (*printed.layout_notes, *printed.notes)]
    below = escaped_markdown(printed.basis)
    return "\n".join(["\n\n".join(panels), "", *said, *[""] * bool(said), below, ""])


def escaped_markdown(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would read as markup.

    >>> print(escaped_markdown("水位|雨量 <b>"))
    水位\\|雨量 \\<b>
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def display_width(text: str) -> int:
    """Columns a text takes in a terminal: two for a Han character.

    >>> display_width("G² 共现")
    7
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _lines(panel: Panel) -> Iterator[str]:
    head = (panel.group or panel.head[0], *panel.head[1:])
    columns = list(zip(*panel.rows, strict=True)) or [()] * len(head)
    padded = [
        _padded(word, map(_text, cells), numeric=one.numeric)
        for word, cells, one in zip(head, columns, panel.columns, strict=True)
    ]
    for line in zip(*padded, strict=True):
        yield "| " + " | ".join(line) + " |"


def _text(cell: Cell) -> str:
    return " ".join(cell.text.split()) if cell.number else escaped_markdown(cell.words)


def _padded(head: str, cells: Iterator[str], *, numeric: bool) -> list[str]:
    """A column: heading, rule, numbers to the right, of one width on the screen."""
    head, *words = [escaped_markdown(head), *cells]
    wide = min(max(3, *map(display_width, [head, *words])), _WIDEST)
    # The rule a column of numbers has below its heading says that they stand right.
    rule = "-" * (wide - 1) + ":" if numeric else "-" * wide
    pads = ((one, " " * (wide - display_width(one))) for one in [head, rule, *words])
    return [pad + one if numeric else one + pad for one, pad in pads]
