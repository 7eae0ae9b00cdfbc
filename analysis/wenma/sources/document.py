"""Lines become a Document: cleaned, joined, outlined, with the way back to the file."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from wenma.records import Paragraph, Section, SourceMap
from wenma.sources.admissions import admitted
from wenma.sources.cleaning import squeeze, tidy
from wenma.sources.furniture import furnished
from wenma.sources.joining import paragraphs
from wenma.sources.lines import Line, Text
from wenma.sources.outline import Heading, Outline, outline
from wenma.sources.roles import roles


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The part of a Document that comes from the file itself."""

    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    source_map: SourceMap


def parse_document(lines: Sequence[Line], *, title: str = "") -> ParsedText:
    """Text, outline and source map of a file's lines.

    >>> from wenma.sources.from_text import extract
    >>> document = parse_document(extract("一、总体要求\\n建成韧性城市。".encode()).lines)
    >>> document.text[document.sections[0].start : document.sections[0].heading_end]
    '一、总体要求'
    """
    tidied = tidy("\n".join(line.text for line in lines)).split("\n") if lines else []
    kept = [Line(text, *line[1:]) for line, text in zip(lines, tidied, strict=True) if text]
    joined = paragraphs(furnished(kept))
    texts: list[Text] = []
    starts: list[int] = []
    pages: list[int | None] = []
    numbers: list[int | None] = []
    at = 0
    for paragraph in joined:
        written: list[str] = []
        for part in paragraph.parts:
            # In tables and contents spaces set columns apart.
            spaced = paragraph.kind in ("table", "contents")
            shown = part.text if spaced else squeeze(part.text)
            if written and _needs_space(written[-1], shown):
                written[-1] += " "
                at += 1
            starts.append(at)
            pages.append(part.line.page)
            numbers.append(part.line.line)
            written.append(shown)
            at += len(shown)
        at += 1
        texts.append(Text("".join(written), paragraph.kind, paragraph.hint))
    boxed: set[int] = set()
    for at, text in enumerate(texts):
        if text.hint == "box" or (text.kind == "table" and at - 1 in boxed):
            boxed.add(at)
    texts = [text._replace(hint="") if text.hint == "box" else text for text in texts]
    found = outline(texts, title=title)
    sections, places = _sections(texts, found, boxed)
    return ParsedText(
        "\n".join(text.text for text in texts),
        sections,
        places,
        SourceMap(tuple(starts), tuple(pages), tuple(numbers)),
    )


def _needs_space(left: str, right: str) -> bool:
    """Latin words broken over lines keep the space the line end stood for."""
    return left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalpha()


def _sections(
    texts: Sequence[Text], found: Outline, boxed: AbstractSet[int]
) -> tuple[tuple[Section, ...], tuple[Paragraph, ...]]:
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text.text) + 1
    length = max(0, at - 1)
    headings = found.headings
    parents = _parents(headings)
    ends = _ends(headings, starts, length, found)
    _end_with_box(ends, headings, [*starts, length], boxed)
    plan = sum(heading.family == "article" for heading in headings) < 5
    played = roles(headings, parents, plan=plan)
    sections = tuple(
        Section(
            starts[heading.paragraph],
            starts[heading.paragraph] + heading.end,
            end,
            heading.level,
            heading.number,
            heading.title,
            role,
            parent,
            heading.box,
        )
        for heading, end, role, parent in zip(headings, ends, played, parents, strict=True)
    )
    sections = admitted(sections, [text.text for text in texts], starts, found.kinds)
    return sections, _places(texts, starts, found, sections)


def _parents(headings: Sequence[Heading]) -> list[int]:
    parents: list[int] = []
    open_: list[int] = []
    for at, heading in enumerate(headings):
        while open_ and _closes(headings[open_[-1]], heading):
            open_.pop()
        parents.append(open_[-1] if open_ else -1)
        open_.append(at)
    return parents


def _closes(above: Heading, coming: Heading) -> bool:
    """Whether a section ends where another begins; a 专栏 holds no sections."""
    return above.box or above.level >= coming.level


def _ends(
    headings: Sequence[Heading], starts: Sequence[int], length: int, found: Outline
) -> list[int]:
    ends = [length] * len(headings)
    open_: list[int] = []
    for at, heading in enumerate(headings):
        while open_ and _closes(headings[open_[-1]], heading):
            ends[open_.pop()] = starts[heading.paragraph]
        open_.append(at)
    for at, heading in enumerate(headings):
        if heading.box:
            ends[at] = min(ends[at], _box_end(headings, at, starts, length, found))
    return ends


def _end_with_box(
    ends: list[int], headings: Sequence[Heading], starts: Sequence[int], boxed: AbstractSet[int]
) -> None:
    """What begins inside a box the file sets apart ends with it: the text goes on outside."""
    for at, heading in enumerate(headings):
        after = heading.paragraph
        while after in boxed:
            after += 1
        if after > heading.paragraph:
            ends[at] = min(ends[at], starts[after])


def _box_end(
    headings: Sequence[Heading], at: int, starts: Sequence[int], length: int, found: Outline
) -> int:
    """A 专栏 made of table rows ends with them; another where the next heading begins."""
    here = headings[at].paragraph
    after = here + 1
    last = headings[at + 1].paragraph if at + 1 < len(headings) else len(starts)
    while after < last and found.kinds[after] in ("table", "page_number", "running_head"):
        after += 1
    if after == here + 1:
        if not headings[at].alone:
            return starts[after] if after < len(starts) else length
        after = last
    return starts[after] if after < len(starts) else length


def _places(
    texts: Sequence[Text], starts: Sequence[int], found: Outline, sections: Sequence[Section]
) -> tuple[Paragraph, ...]:
    places: list[Paragraph] = []
    open_: list[int] = []
    coming = 0
    for text, start, kind in zip(texts, starts, found.kinds, strict=True):
        while open_ and sections[open_[-1]].end <= start:
            open_.pop()
        while coming < len(sections) and sections[coming].start == start:
            open_.append(coming)
            coming += 1
        places.append(Paragraph(start, start + len(text.text), kind, open_[-1] if open_ else -1))
    return tuple(places)
