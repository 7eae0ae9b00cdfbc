"""What every reader hands on: the lines of a file, each with its place; then paragraphs."""

from typing import Literal, NamedTuple

from wenma.records import ParagraphKind

Hint = Literal["", "table", "h1", "h2", "h3", "h4", "h5", "h6"]


class Line(NamedTuple):
    """One line of a file as it was found there.

    `page` and `line` count from 1; `page` is None where the format has none.
    In formats without lines (DOCX, HTML) `line` counts paragraphs and table
    rows. `hint` is what the format itself says of the line: a row of a table,
    or a heading of some depth.
    """

    text: str
    page: int | None
    line: int
    hint: Hint = ""


class Text(NamedTuple):
    """A paragraph joined from lines, and what it is so far."""

    text: str
    kind: ParagraphKind
    hint: Hint = ""
