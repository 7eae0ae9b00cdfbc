"""Lines become a Document: cleaned, joined, outlined, with the way back to the file."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from wenma.records import Paragraph, Section, SourceMap
from wenma.sources.cells import columned
from wenma.sources.cleaning import squeeze, tidy
from wenma.sources.joining import Joined, paragraphs
from wenma.sources.lines import Line, Text
from wenma.sources.outlines.admissions import admitted
from wenma.sources.outlines.annexes import is_annex, titled_annexes
from wenma.sources.outlines.furniture import Marked, furnished
from wenma.sources.outlines.numbered import Heading
from wenma.sources.outlines.outline import Outline, outline
from wenma.sources.outlines.roles import roles
from wenma.sources.script import folded

# Latin words are broken over lines with a hyphen that is not theirs.
_HYPHENATED = re.compile("[a-z]{2}-$")
_GOES_ON = re.compile("[a-z]{2}")


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
    tidied = tidy("\n".join(line.text for line in lines))
    # Numbers, contents and roles are told in simplified script; what is kept is the file's own.
    matched = folded(tidied)
    rows = columned([line.text for line in lines])
    kept = [
        line._replace(
            text=text,
            indent=_indent(line.text),
            hint=line.hint or ("table" if at in rows else ""),
        )
        for at, (line, text) in enumerate(
            zip(lines, matched.split("\n") if lines else (), strict=True)
        )
        if text
    ]
    marked = furnished(kept)
    if matched is not tidied:
        marked = _as_written(marked, matched, tidied)
    texts: list[Text] = []
    written: list[str] = []
    places: list[tuple[int, Line]] = []
    at = 0
    for paragraph in titled_annexes(paragraphs(marked)):
        shown, original = _put_together(paragraph, at, places)
        at += len(shown) + 1
        texts.append(Text(shown, paragraph.kind, paragraph.hint))
        written.append(original)
    boxed = _boxed(texts)
    texts = [one._replace(hint="") if one.hint == "box" else one for one in texts]
    found = outline(texts, title=folded(title))
    sections, parts = _sections(texts, found, boxed)
    text = "\n".join(written)
    if matched is not tidied:
        sections = _in_its_script(sections, "\n".join(one.text for one in texts), text)
    return ParsedText(
        text,
        sections,
        parts,
        SourceMap(
            tuple(start for start, _ in places),
            tuple(line.page for _, line in places),
            tuple(line.line for _, line in places),
        ),
    )


def _boxed(texts: Sequence[Text]) -> set[int]:
    """Which paragraphs stand in a box of the file's own, with the tables inside it."""
    boxed: set[int] = set()
    for at, text in enumerate(texts):
        if text.hint == "box" or (text.kind == "table" and at - 1 in boxed):
            boxed.add(at)
    return boxed


def _put_together(paragraph: Joined, start: int, places: list[tuple[int, Line]]) -> tuple[str, str]:
    """A paragraph's text as it is matched and as it is written, which differ by script alone.

    Where each of its parts begins, counted from `start`, is added to `places`.
    """
    matched: list[str] = []
    written: list[str] = []
    # In tables and contents spaces set columns apart.
    spaced = paragraph.kind in ("table", "contents")
    for part in paragraph.parts:
        shown = part.text if spaced else squeeze(part.text)
        own = shown if part.written is None else _without_spaces(part.written, shown)
        if matched:
            between = _between(matched[-1], shown)
            start += len(between) - len(matched[-1])
            written[-1] = written[-1][: len(between)] + between[len(written[-1]) :]
            matched[-1] = between
        places.append((start, part.line))
        start += len(shown)
        matched.append(shown)
        written.append(own)
    return "".join(matched), "".join(written)


def _between(left: str, right: str) -> str:
    """How a part ends before the next: Latin words keep the space that the line end stood for,
    and are put together where a hyphen breaks them.
    """
    if _HYPHENATED.search(left) and _GOES_ON.match(right):
        return left[:-1]
    return left + " " if _needs_space(left, right) or is_annex(left) else left


def _as_written(marked: Sequence[Marked], matched: str, written: str) -> list[Marked]:
    """Each line with its text in the file's own script beside it, found in order."""
    found: list[Marked] = []
    at = 0
    for one in marked:
        here = matched.find(one.text, at)
        if here >= 0:
            at = here + len(one.text)
            one = one._replace(written=written[here:at])
        found.append(one)
    return found


def _without_spaces(written: str, shown: str) -> str:
    """`written` without the spaces that `shown`, the same in another script, is without."""
    kept: list[str] = []
    for char in written:
        if char != " " or shown[len(kept) : len(kept) + 1] == " ":
            kept.append(char)
    return "".join(kept)


def _in_its_script(sections: Sequence[Section], matched: str, written: str) -> tuple[Section, ...]:
    """Sections with number and title as the document writes them."""

    def own(words: str, section: Section) -> str:
        at = matched.find(words, section.start, section.heading_end) if words else -1
        return written[at : at + len(words)] if at >= 0 else words

    return tuple(
        replace(section, number=own(section.number, section), title=own(section.title, section))
        for section in sections
    )


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip())] if text[:1].isspace() else ""


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
    """Whether a section ends where another begins; a 专栏 holds its own points alone."""
    return (above.box and coming.family != "box point") or above.level >= coming.level


def _ends(
    headings: Sequence[Heading], starts: Sequence[int], length: int, found: Outline
) -> list[int]:
    ends = [length] * len(headings)
    open_: list[int] = []
    for at, heading in enumerate(headings):
        while open_ and _closes(headings[open_[-1]], heading):
            ends[open_.pop()] = starts[heading.paragraph]
        open_.append(at)
    box = 0
    for at, heading in enumerate(headings):
        if heading.box:
            box = ends[at] = min(ends[at], _box_end(headings, at, starts, length, found))
        elif heading.family == "box point":
            ends[at] = min(ends[at], box)
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
    coming = at + 1
    while coming < len(headings) and headings[coming].family == "box point":
        coming += 1
    last = headings[coming].paragraph if coming < len(headings) else len(starts)
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
