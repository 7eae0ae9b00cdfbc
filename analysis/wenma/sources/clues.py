"""What a document says of itself: its own title, the lines at its head, those at its foot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from wenma.records import Paragraph, Section, SourceMap

_HEAD, _FOOT, _FIRST = 16, 6, 2
"""Paragraphs."""
_LONGEST = 120
_LONGEST_TITLE = 80
_LONGEST_FACT = 300
_OPENING = 1_500
_KINDS = (
    "规划|纲要|意见|通知|通告|公告|通报|办法|决定|报告|方案|计划|条例|规定|细则|批复|复函|法|建议|"
    "导则|指南|标准|预案|措施|要点|白皮书|战略|规程|制度|规则|倡议|行动|汇编|清单|公报"
)
_NOTE = "(?:[（(〔][^（）()〔〕]{2,30}[）)〕])"
_ENDS_TITLE = re.compile(f"(?:{_KINDS})》?{_NOTE}{{0,3}}$")
_GOES_ON = re.compile("(?:关于|印发|发布|转发|转发|加强|和|与|的|及|国民经济和社会发展|规划)$")
_CONTINUES = re.compile("(?:关于|和|与|及|的|《|第.{1,3}个五年|工作的|.{0,8}的通知$)")
_NO_TITLE = re.compile(
    "[。；;！!？?]|^(?:来源|时间|作者|发布|分享|当前位置|您的位置|附件?|注)[:：]?"
)
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


class ClueLine(NamedTuple):
    """A paragraph that may say something of the document, and where in the file it stands."""

    text: str
    where: str
    kind: str


@dataclass(frozen=True, slots=True)
class Clues:
    """What guesses are made from.

    title      the title the text itself bears, "" where it bears none; `outer` the whole of it
               where it is a notice that issues something: then `title` is what is issued
    head       short paragraphs before the text begins, and its first; `foot` the last ones
    opening    how the text begins
    facts      what the page says of the document, by attribute
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
        text=found.text,
        file_name=file_name,
        facts={name: value[:_LONGEST_FACT] for name, value in (facts or {}).items()},
    )


def own_title(head: tuple[ClueLine, ...]) -> tuple[str, str]:
    """The title among the first lines, joined where it is broken, and where it begins; "" if none.

    >>> own_title((ClueLine("甲市人民政府关于印发", "line 1", "title"),
    ...            ClueLine("甲市防灾规划的通知", "line 2", "title")))
    ('甲市人民政府关于印发甲市防灾规划的通知', 'line 1')
    """
    for at, line in enumerate(head):
        if len(line.text) > _LONGEST_TITLE or _NO_TITLE.search(line.text):
            continue
        # The first heading may be the title; later ones are of the text.
        named = line.kind == "title" or (line.kind == "heading" and at < _FIRST)
        if named and _ENDS_TITLE.search(line.text):
            return _joined(head, at)
    return "", ""


def _joined(head: tuple[ClueLine, ...], last: int) -> tuple[str, str]:
    """A title with the lines above that it goes on from."""
    first, text = last, head[last].text
    while first and (above := head[first - 1]).kind == "title":
        apart = not (_GOES_ON.search(above.text) or _CONTINUES.match(text))
        if apart or _NO_TITLE.search(above.text) or len(above.text) + len(text) > _LONGEST_TITLE:
            break
        first, text = first - 1, above.text + text
    return text, head[first].where


def _lines(found: Parsed, paragraphs: Sequence[Paragraph]) -> tuple[ClueLine, ...]:
    place = found.source_map.place
    return tuple(
        ClueLine(found.text[one.start : one.end], str(place(one.start)), one.kind)
        for one in paragraphs
        if one.end - one.start <= _LONGEST
    )
