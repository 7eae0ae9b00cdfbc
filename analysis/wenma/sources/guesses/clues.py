"""What a document says of itself: its own title, the lines at its head, those at its foot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wenma.records import Paragraph, Section, SourceMap
from wenma.sources.outlines.own_title import ClueLine, own_title

_HEAD, _FOOT = 16, 6
"""Paragraphs."""
_LONGEST = 120
_LONGEST_FACT = 300
_ENOUGH = 500_000
"""Characters of the text that are looked at: no plan is longer, and a damaged file may be."""
_OPENING = 1_500
_ISSUED = re.compile(
    "(?:印发|发布|公布|批转|转发)(?:《(?P<quoted>[^》]{4,70})》?|(?P<plain>.{4,70}?)的?)"
    "(?:的?(?:通知|公告|决定|函))?$"
)


class Parsed(Protocol):
    """What a reading or a document gives: text, outline, and the way back to the file."""

    @property
    def text(self) -> str:
        """The cleaned text."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The outline, in order."""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, which cover the text."""

    @property
    def source_map(self) -> SourceMap:
        """The way back to the file."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What guesses are made from.

    title      the title the text itself bears, "" where it bears none; `outer` the whole of it
               where it is a notice that issues something: then `title` is what is issued
    head       short paragraphs before the text begins, and its first; `foot` the last ones
    opening    how the text begins
    facts      what the page says of the document, by attribute
    text       the text, of a very long one its beginning
    file_name  without its suffix
    """

    title: str
    where: str
    outer: str
    head: tuple[ClueLine, ...]
    foot: tuple[ClueLine, ...]
    opening: str
    headings: tuple[str, ...]
    text: str
    file_name: str
    facts: Mapping[str, str] = field(default_factory=dict)


def clues(found: Parsed, *, file_name: str = "", facts: Mapping[str, str] | None = None) -> Clues:
    """The clues a document gives; `facts` are those its page states (`Extract.facts`)."""
    said = [one for one in found.paragraphs if one.kind not in ("running_head", "page_number")]
    head = _lines(found, [one for one in said if one.kind != "contents"][:_HEAD])
    outer, where = own_title(head)
    issued = _ISSUED.search(outer)
    return Clues(
        title=(issued["quoted"] or issued["plain"]) if issued else outer,
        where=where,
        outer=outer,
        head=head,
        foot=_lines(found, said[-_FOOT:] if len(said) > _HEAD else []),
        opening=found.text[:_OPENING],
        headings=tuple(one.title for one in found.sections),
        text=found.text[:_ENOUGH],
        file_name=file_name,
        facts={name: value[:_LONGEST_FACT] for name, value in (facts or {}).items()},
    )


def _lines(found: Parsed, paragraphs: Sequence[Paragraph]) -> tuple[ClueLine, ...]:
    place = found.source_map.place
    return tuple(
        ClueLine(found.text[one.start : one.end], str(place(one.start)), one.kind)
        for one in paragraphs
        if one.end - one.start <= _LONGEST
    )
