"""What a page is once it is read: its elements, its pieces of text, its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wenma.sources.lines import Hint


class Element(NamedTuple):
    """An element of the page; its text are the pieces from `first` up to `last`."""

    parent: int
    tag: str
    names: str  # class and id, in lower case
    role: str
    hidden: bool
    first: int
    last: int


class Piece(NamedTuple):
    """A block's text; `linked` of its characters lead elsewhere by `links` links.

    `prose` counts the sentences that are read as such (`wenma.sources.html.prose`); `hidden` is
    the outermost hidden element it stands in, -1 where it is shown.
    """

    text: str
    hint: Hint
    element: int
    linked: int
    links: int
    hidden: int
    prose: int


class Held(NamedTuple):
    """Text that stands in no block: in a script, a template, a form's field."""

    tag: str
    text: str
    before: int  # the piece it would stand before


class Link(NamedTuple):
    """A link to a file, and the piece it stands in."""

    name: str
    address: str
    piece: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page read once. Elements stand in the order they open, pieces in the order they end."""

    elements: list[Element]
    pieces: list[Piece]
    held: list[Held]
    files: list[Link]
    metas: Mapping[str, str]
    title: str
    marks: list[str] = field(default_factory=list)  # note marks taken out
    readings: list[str] = field(default_factory=list)  # of ruby
