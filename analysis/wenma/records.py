"""The nouns, frozen: one for each idea, the same in code, columns, YAML and screen.

Offsets everywhere are code points of the cleaned text, start included, end
excluded, so that ``document.text[start:end]`` is the span itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal[
    "current_state",  # 发展现状、取得的成效
    "problems",  # 问题、短板、面临的形势
    "goals",  # 指导思想、基本原则、目标
    "tasks",  # 主要任务、重点工程
    "safeguards",  # 保障措施、组织实施
    "front_matter",  # 题名、发文说明、目录
    "appendix",  # 附件、附表、名词解释
    "other",
]

ParagraphKind = Literal[
    "body",
    "table",  # a row of a table
    "heading",  # a heading that stands on a line of its own
    "title",  # the document's own title, number, date and issuer lines
    "contents",  # a line of the table of contents
    "page_number",
    "running_head",
    "reference",  # an entry of a list of references, or its title
]
UnitSize = Literal["sentence", "clause", "paragraph", "section"]
UnitKind = Literal["body", "table", "heading"]

_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def han(text: str) -> int:
    """Number of Han characters in `text`.

    >>> han("到2025年，基本建成〇号工程。")
    10
    """
    return sum(map(len, _HAN.findall(text)))


RULES = "rules:"
"""How the name of a coder begins that is a version of a codebook's rules."""
SETTLED = "定稿"
"""Whose codings those are that coders agreed on in the end."""
REVIEWED = "reviewed"
"""The rules' codings without those somebody rejected, and with what people added."""
DECIDED = "decided"
"""What a person accepted or made, and nothing else."""
MIXED = (REVIEWED, DECIDED)
"""Coders that are no one person or version: rules and people together."""


def by_rules(coder: str) -> bool:
    """Is this coder a version of the rules?

    >>> by_rules("rules:resilience@1.6"), by_rules("林一")
    (True, False)
    """
    return coder.startswith(RULES)


def people(coders: Iterable[str]) -> list[str]:
    """Those of the coders who are people: neither rules, nor both together, nor what was settled.

    >>> people(["rules:resilience@1.6", REVIEWED, "林一", SETTLED, "周二"])
    ['林一', '周二']
    """
    return [one for one in coders if not by_rules(one) and one not in (SETTLED, *MIXED)]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that says the same in Chinese and in English.

    >>> Bilingual("合计", "Sum").in_language("en")
    'Sum'
    """

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "zh" or "en".

        >>> Bilingual("合计", "Sum").in_language("zh")
        '合计'
        """
        return self.zh if language == "zh" else self.en


class Place(NamedTuple):
    """Where a character stood in the file: page (PDF) and line, both from 1."""

    page: int | None
    line: int | None

    def __str__(self) -> str:
        parts = [f"p. {self.page}"] if self.page else []
        parts += [f"line {self.line}"] if self.line else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from every character of the cleaned text back to its place in the file.

    `starts` ascends; the stretch from one start to the next stood on one line.
    """

    starts: tuple[int, ...] = ()
    pages: tuple[int | None, ...] = ()
    lines: tuple[int | None, ...] = ()

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        at = bisect_right(self.starts, offset) - 1
        return Place(self.pages[at], self.lines[at]) if at >= 0 else Place(None, None)


class Paragraph(NamedTuple):
    """One line of the cleaned text (without its line end) and what it is.

    `section` is the index in `Document.sections` of the innermost section it
    belongs to, -1 before the first heading.
    """

    start: int
    end: int
    kind: ParagraphKind
    section: int


def heading_text(number: str, title: str) -> str:
    """A heading as people write it: a space after digits and after 章 or 节, none after 一、.

    >>> heading_text("1.1", "发展基础"), heading_text("（一）", "任务")
    ('1.1 发展基础', '（一）任务')
    """
    spaced = number and title and (number[-1].isascii() or number[-1] in "编篇章节条")
    return f"{number} {title}" if spaced else f"{number}{title}"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a document's outline.

    `start` is where its heading begins, `heading_end` where the heading ends
    (a run-in heading ends inside its paragraph), `end` where the next section
    of the same or a higher level begins. `parent` is an index in
    `Document.sections`, -1 at the top. `number` is the heading's own number
    as written (第三章, 一、, （二）, 1.1), `title` the rest. A section without a
    heading (a review's paragraph on its problems) has neither and begins where
    its heading would end.
    """

    start: int
    heading_end: int
    end: int
    level: int
    number: str
    title: str
    role: Role
    parent: int
    box: bool = False  # 专栏


@dataclass(frozen=True, slots=True)
class Sign:
    """Something a reader met in a file: said in the report, or in need of a look.

    `kind` is the name tests and tables know it by (`wenma.sources.quality` lists them), `said`
    the sentence for people, `where` the place in the file ("p. 3", "line 12"; "" for the whole).
    What needs no look (a file with tracked changes, read as it would be accepted) is in the
    report only; what does is printed when the file is read.
    """

    kind: str
    said: Bilingual
    look: bool = True
    where: str = ""


class LeftOut(NamedTuple):
    """Parts of a file that are no part of its text: how many, and how many characters."""

    kind: str  # menu, running_head, page_number, hidden, deleted, script …
    parts: int
    characters: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How a document was read: what its text holds, what was left out and what needs a look.

    `size` is the file's bytes; `characters` and `han` count the cleaned text; `pages` is None
    where the format has none, `blank_pages` are those without text, counted from 1. `facts` is
    what the file itself says of the document (title, number, issuer, date, index_number): offered,
    and never believed.
    """

    size: int = 0
    characters: int = 0
    han: int = 0
    pages: int | None = None
    blank_pages: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    signs: tuple[Sign, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def to_look_at(self) -> tuple[Sign, ...]:
        """The signs somebody should look at before the text is believed."""
        return tuple(sign for sign in self.signs if sign.look)


@dataclass(frozen=True, slots=True)
class Document:
    """One policy text with its metadata.

    `paragraphs` lie in order and cover the text but for the line ends between
    them. `sections` lie in order of `start`.
    """

    id: str
    text: str
    title: str = ""
    city: str = ""
    plan: str = ""
    period: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""
    issuer: str = ""
    number: str = ""
    source: str = ""
    note: str = ""
    path: str = ""
    sha256: str = ""  # of the file's bytes
    attributes: tuple[tuple[str, str], ...] = ()  # what else is known of it: name and value
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    source_map: SourceMap = field(default_factory=SourceMap)
    quality: Quality = field(default_factory=Quality)

    def place(self, offset: int) -> Place:
        """Page and line in the file of the character at `offset`."""
        return self.source_map.place(offset)

    def address(self, section: int) -> str:
        """The way down the outline to a section: ``第三章 › 一、 › （二）``."""
        steps: list[str] = []
        while section >= 0:
            node = self.sections[section]
            steps.append(heading_text(node.number, node.title))
            section = node.parent
        return " › ".join(filter(None, reversed(steps)))


class Unit(NamedTuple):
    """A stretch being coded; `number` counts from 0 in its document."""

    number: int
    start: int
    end: int
    kind: UnitKind
    section: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Wording that is evidence for a code; exactly one of the ways of matching is set.

    terms     any of these words
    near      one of the first words and one of the second within so many characters
    all_of    one word of every group, anywhere in the unit
    pattern   a regular expression (RE2)
    tokens    spaCy token patterns
    (none)    every unit of the sections named by `roles` or `under`
    """

    id: str
    terms: tuple[str, ...] = ()
    near: "Near | None" = None
    all_of: tuple[tuple[str, ...], ...] = ()
    pattern: str = ""
    tokens: tuple[str, ...] = ()  # each a JSON list of token descriptions
    words: bool = False  # terms count only where they are whole words
    not_in: tuple[str, ...] = ()  # longer wordings in which a hit does not count
    not_with: tuple[str, ...] = ()  # words that silence the rule anywhere in the unit
    roles: tuple[str, ...] = ()  # only in sections of these roles
    not_roles: tuple[str, ...] = ()
    under: tuple[str, ...] = ()  # only under headings that hold one of these words
    not_under: tuple[str, ...] = ()
    headings: bool = True  # may it fire in a heading
    otherwise: bool = False  # only where no other rule of its code fires


class Near(NamedTuple):
    """Two sets of words within `within` characters of each other."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    within: int
    either_order: bool


@dataclass(frozen=True, slots=True)
class Code:
    """An idea in the codebook, addressed by its path ``stage/resist``.

    The first step of the path is the code's dimension. `choose_one` says that
    of this code's children a unit gets only the first that fires.
    """

    path: str
    zh: str
    en: str
    definition: str = ""
    when: tuple[str, ...] = ()
    when_not: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    source: str = ""
    colour: str = ""
    choose_one: bool = False
    everywhere: bool = False  # considered outside the codebook's scope too
    scale: "Scoring | None" = None  # the codes directly under it are the points of a scale
    score: float | None = None  # what a point of a scale counts
    rules: tuple[Rule, ...] = ()
    line: int = 0  # in the codebook's file

    @property
    def parent(self) -> str:
        """Path of the parent, "" at the top."""
        return self.path.rpartition("/")[0]

    @property
    def dimension(self) -> str:
        """The first step of the path."""
        return self.path.partition("/")[0]

    @property
    def depth(self) -> int:
        """1 for a dimension, 2 for its children."""
        return self.path.count("/") + 1


ScoreOf = Literal["document", "unit"]
Several = Literal["highest", "mean", "sum"]


class Scoring(NamedTuple):
    """How the points of an ordinal scale become scores.

    A unit is scored by its highest point, a document by the highest, the mean or the sum of
    its units' scores. `score_of` says which of them the means of the scale are of, `absent`
    the score of a document that has no point; None leaves it without a score.
    """

    score_of: ScoreOf = "document"
    several: Several = "highest"
    absent: float | None = None


class Scale(NamedTuple):
    """An ordinal scale: a code, and the codes directly under it with what each counts.

    The points stand from the lowest to the highest.
    """

    code: str
    points: tuple[tuple[str, float], ...]
    scoring: Scoring


class Product(NamedTuple):
    """Scales multiplied with each other: 力度 × (目标 + 措施).

    The scales within one factor are added first. Peng, Zhong & Sun (2008), Management World.
    """

    id: str
    zh: str
    en: str
    factors: tuple[tuple[str, ...], ...]


class Grade(NamedTuple):
    """What an index of at least so much is called."""

    zh: str
    en: str
    at_least: float


class Index(NamedTuple):
    """What turns codings into an index of a document (PMC, Estrada 2011).

    A variable is a code at the top of the tree; its value is the share of the
    codes directly under it that the document has. Plain tuples, so that a
    DataFrame can carry an index and still be written to any file.
    """

    variables: tuple[str, ...]  # X1, X2, … in order
    grades: tuple[Grade, ...]  # from the highest down to one that begins at 0
    constant: tuple[str, ...] = ()  # variables that are 1 of every document
    surface: tuple[str, ...] = ()  # nine variables, row by row; empty where none is drawn


@dataclass(frozen=True, slots=True)
class Codebook:
    """A tree of codes, flat and in the order of the file (parents before children)."""

    id: str
    version: str
    zh: str
    en: str
    codes: tuple[Code, ...]
    scope: tuple[Rule, ...] = ()
    scope_definition: str = ""
    masks: tuple[str, ...] = ()  # patterns of names: what lies inside one is no evidence
    index: Index | None = None
    products: tuple[Product, ...] = ()
    source: str = ""
    author: str = ""
    date: str = ""  # of this version
    changes: str = ""  # what this version changed, in its author's words
    description: str = ""
    text: str = ""  # the YAML it was read from
    fingerprint: str = ""  # SHA-256 of that text

    @property
    def coder(self) -> str:
        """The name its rules sign with: ``rules:resilience@1.0``."""
        return f"rules:{self.id}@{self.version}"

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The ordinal scales, in the order of the file."""
        found: dict[str, list[tuple[str, float]]] = {
            code.path: [] for code in self.codes if code.scale is not None
        }
        for code in self.codes:
            if code.score is not None and code.parent in found:
                found[code.parent].append((code.path, code.score))
        return tuple(
            Scale(code.path, tuple(sorted(found[code.path], key=lambda one: one[1])), code.scale)
            for code in self.codes
            if code.scale is not None
        )

    def code(self, path: str) -> Code:
        """The code at `path`; KeyError when there is none."""
        for code in self.codes:
            if code.path == path:
                return code
        raise KeyError(path)


class Evidence(NamedTuple):
    """The words that made a rule fire."""

    rule: str
    start: int
    end: int


class Coding(NamedTuple):
    """One code on one span by one coder; `unit` is the number of the unit, -1 for a free span."""

    document: str
    unit: int
    start: int
    end: int
    code: str
    coder: str
    evidence: tuple[Evidence, ...] = ()
