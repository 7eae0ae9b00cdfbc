"""Documents become units: sentences, clauses, paragraphs or sections."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby

from wenma.records import Document, Paragraph, Unit, UnitKind, UnitSize

Span = tuple[int, int]
_Piece = tuple[int, int, UnitKind, int, int]  # a Unit before it has its number


def units(document: Document, *, size: UnitSize = "sentence") -> list[Unit]:
    """The stretches of a document to be coded, in order, without white space around them.

    Sentences, clauses and paragraphs lie inside one paragraph of the document;
    a heading is a unit by itself, also one that runs into its paragraph. A
    section's unit reaches from its heading over all the section's own
    paragraphs, not over its subsections, and names the first of them; where
    text of its own follows a subsection (after a 专栏), that is a second unit.
    Title lines, contents, page numbers, running heads and references are in no
    unit, but may lie inside a section's. A stretch without a letter, Han or digit is none.
    """
    pieces: Iterable[_Piece] = _pieces(document, size)
    if size == "section":
        pieces = (_joined(list(own)) for _, own in groupby(pieces, key=lambda piece: piece[3]))
    return [Unit(number, *piece) for number, piece in enumerate(pieces)]


def sentences(text: str) -> list[Span]:
    """Where each sentence of `text` starts and ends.

    A sentence ends at 。！？；…… or a line end, and takes the closing quotes
    and brackets that follow. Half-width ! ? ; end one beside Han or a space; a
    point never does, so 3.5% and 第4.2节 stay whole. Nothing ends inside a pair
    of quotes or brackets. A pair that closes on an end ends the sentence if it
    stands by itself, at the start or after ：, unless the sentence goes on to
    say who spoke.

    >>> text = "他说：“安全第一。预防为主！”增长3.5%；“好。”她说。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['他说：“安全第一。预防为主！”', '增长3.5%；', '“好。”她说。']
    """
    return _cut(text, 0, len(text), _SENTENCE)


def clauses(text: str) -> list[Span]:
    """Where each clause of `text` starts and ends: sentences, cut also at ， and ：.

    >>> text = "坚持人民至上（含老人，儿童），建设1,000个站点：先试点、后推广。"
    >>> [text[start:end] for start, end in clauses(text)]
    ['坚持人民至上（含老人，儿童），', '建设1,000个站点：', '先试点、后推广。']
    """
    return _cut(text, 0, len(text), _CLAUSE)


_PAIR = r"""
  (?P<pair> “[^“”\n]*+” | ‘[^‘’\n]*+’ | 「[^「」\n]*+」 | 『[^『』\n]*+』 | "[^"\n]*+"
          | [（(] (?: [^（）()\n]++ | [（(][^（）()\n]*+[）)] )*+ [）)]
          | 《[^《》\n]*+》 | 〈[^〈〉\n]*+〉 | 【[^【】\n]*+】 | 〔[^〔〕\n]*+〕 )
"""
_END = r"""
  (?P<end> (?: [。！？；] | …{2,}+(?![0-9等]) | (?<=[^\x00-\x7f])[;!?] | [;!?](?![!-~]) )++
           [”’」』）)》】〕〉]*+ (?![，、]) )
"""
_COMMA = r"(?P<comma> [，：] | (?<![0-9]), | ,(?![0-9]) | (?<=[^\x00-\x7f]): )"
_LINE = r"(?P<line> [\r\n]++ )"
_OPENING = r"“‘「『\"（(《〈【〔。！？；…;!?\r\n"


def _marks(first: str, *kinds: str) -> re.Pattern[str]:
    # A look at the first character, which is almost never one of these, halves the search.
    return re.compile(f"(?=[{first}])(?:{'|'.join(kinds)})", re.VERBOSE)


_SENTENCE = _marks(_OPENING, _PAIR, _END, _LINE)
_CLAUSE = _marks(_OPENING + "，：,:", _PAIR, _END, _COMMA, _LINE)
_MARKS: dict[UnitSize, re.Pattern[str]] = {"sentence": _SENTENCE, "clause": _CLAUSE}

_ENDS = frozenset("。！？；…!?;")
# After “……。”: a mark of the outer sentence, or who spoke.
_GOES_ON = re.compile(
    r"\s*[，、。！？；：,;:]|[^，。！？；：“”\n]{0,8}[说說道问問答](?=[，。！？；：])"
)
_LEGIBLE = re.compile(r"\w")


def _cut(text: str, start: int, end: int, marks: re.Pattern[str]) -> list[Span]:
    """Stretches of ``text[start:end]``, each up to and with its mark, trimmed."""
    spans: list[Span | None] = []
    here = start
    for mark in marks.finditer(text, start, end):
        ends = mark.end()
        if mark.lastgroup != "pair" or _is_a_sentence(text, here, mark.start(), ends):
            spans.append(_trimmed(text, here, ends))
            here = ends
    if here < end:
        spans.append(_trimmed(text, here, end))
    return [span for span in spans if span]


def _is_a_sentence(text: str, here: int, opened: int, closed: int) -> bool:
    """Does this pair of quotes or brackets end the sentence that began at `here`?"""
    if text[closed - 2] not in _ENDS or text[opened] in "《〈":
        return False
    before = text[here:opened].rstrip()
    return (not before or before[-1] in "：:") and not _GOES_ON.match(text, closed)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without spaces around it; None where there is nothing to read."""
    # The first character is nearly always a letter or Han: then all is said.
    if start >= end or not (text[start].isalnum() or _LEGIBLE.search(text, start, end)):
        return None
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(document: Document, size: UnitSize) -> Iterator[_Piece]:
    text, marks = document.text, _MARKS.get(size)
    sections_start = [section.start for section in document.sections]
    for at, paragraph in enumerate(document.paragraphs):
        for start, end, kind, section in _parts(document, paragraph, sections_start):
            if marks is not None and kind != "heading":
                for a, b in _cut(text, start, end, marks):
                    yield a, b, kind, section, at
            elif whole := _trimmed(text, start, end):
                yield *whole, kind, section, at


def _parts(
    document: Document, paragraph: Paragraph, sections_start: list[int]
) -> Iterator[tuple[int, int, UnitKind, int]]:
    """A paragraph's headings and what stands before and after them."""
    start, end, kind, section = paragraph
    if kind == "heading":
        yield start, end, "heading", section
    elif kind == "body" or kind == "table":
        here = start
        for inner in range(bisect_left(sections_start, start), bisect_left(sections_start, end)):
            heading = document.sections[inner]
            yield here, heading.start, kind, section
            here, section = min(heading.heading_end, end), inner
            yield heading.start, here, "heading", inner
        yield here, end, kind, section


def _joined(own: list[_Piece]) -> _Piece:
    kind: UnitKind = "heading" if all(piece[2] == "heading" for piece in own) else "body"
    return own[0][0], own[-1][1], kind, own[0][3], own[0][4]
