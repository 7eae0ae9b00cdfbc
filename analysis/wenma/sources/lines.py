"""What every reader hands on: the lines of a file, each with its place; then paragraphs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from wenma.records import LeftOut, ParagraphKind, Sign

Hint = Literal["", "table", "note", "box", "h1", "h2", "h3", "h4", "h5", "h6"]


class Line(NamedTuple):
    """One line of a file as it was found there.

    `page` and `line` count from 1; `page` is None where the format has none.
    In formats without lines (DOCX, HTML) `line` counts paragraphs and table
    rows. `hint` is what the format itself says of the line: a row of a table, a note below the
    text, a paragraph of a box set apart from it (专栏), or a heading of some depth. `indent` is the
    white space the words stood behind; readers leave it in the text, and `parse_document` parts
    the two.
    """

    text: str
    page: int | None
    line: int
    hint: Hint = ""
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took from a file, and what it left or ran into.

    `pages` is None where the format has none; `blank_pages` are those without text, from 1.
    `facts` is what the file itself says of the document, by the attribute's name (title, number,
    issuer, date, index_number): offered for confirmation, never believed unasked.
    """

    lines: Sequence[Line]
    left_out: tuple[LeftOut, ...] = ()
    signs: tuple[Sign, ...] = ()
    pages: int | None = None
    blank_pages: tuple[int, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class Text(NamedTuple):
    """A paragraph joined from lines, and what it is so far."""

    text: str
    kind: ParagraphKind
    hint: Hint = ""
