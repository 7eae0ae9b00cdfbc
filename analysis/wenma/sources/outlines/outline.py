"""Paragraphs become an outline: which are headings, how deep, what part each section plays."""

from collections.abc import Sequence
from typing import NamedTuple

from wenma.records import ParagraphKind
from wenma.sources.cells import cells
from wenma.sources.lines import Text
from wenma.sources.outlines.chapters import chapters, with_sections
from wenma.sources.outlines.levels import levelled
from wenma.sources.outlines.numbered import Heading, numbered
from wenma.sources.outlines.references import references
from wenma.sources.outlines.title_lines import title_lines
from wenma.sources.outlines.unnumbered import unnumbered


class Outline(NamedTuple):
    """The headings in order, and what every paragraph is now that they are known."""

    headings: tuple[Heading, ...]
    kinds: tuple[ParagraphKind, ...]


def outline(texts: Sequence[Text], *, title: str = "") -> Outline:
    """Headings, run-in headings and title lines among `texts`.

    `title` is the document's title where the manifest knows it.
    """
    cited = references(texts)
    texts = [t._replace(kind="reference") if at in cited else t for at, t in enumerate(texts)]
    counted = chapters(texts)
    in_table = cells(texts, with_sections(texts, counted))
    texts = [t._replace(kind="table") if at in in_table else t for at, t in enumerate(texts)]
    with_number = numbered(texts, counted)
    found = sorted(with_number + unnumbered(texts, with_number), key=lambda f: f.paragraph)
    first = min((f.paragraph for f in with_number or found), default=len(texts))
    kinds: dict[int, ParagraphKind] = {at: text.kind for at, text in enumerate(texts)}
    kinds |= dict.fromkeys(title_lines(texts, first_heading=first, title=title), "title")
    kinds |= dict.fromkeys((f.paragraph for f in found if f.alone), "heading")
    return Outline(levelled(found, texts), tuple(kinds.values()))
