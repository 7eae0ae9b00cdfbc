"""Passages that are about one place: found by the names in them, or by a heading."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from wenma.records import Document, Unit, heading_text

Reach = Literal["sentence", "paragraph"]
"""How far a name reaches: to the next full stop, or to the end of its paragraph."""
_FULL_STOPS = "。！？"


class Passage(NamedTuple):
    """A stretch of a document and the value it belongs to."""

    start: int
    end: int
    value: str


def passages_by_names(
    document: Document,
    units: Sequence[Unit],
    names: Mapping[str, str],
    *,
    reach: Reach = "sentence",
) -> list[Passage]:
    """Where the text speaks of one of several places: name → the value it stands for.

    A passage begins with the unit that holds a name and ends before the next unit that holds
    another, at the latest with the sentence (up to 。！？) or paragraph. What names two of them
    at once belongs to neither. Headings are left to `passages_by_headings`.

    >>> text = "甲地起步早，成效好；乙地基础弱。两地都要努力。"
    >>> whole = Document("a", text)
    >>> units = [Unit(0, 0, 10, "body", -1, 0), Unit(1, 10, 16, "body", -1, 0),
    ...          Unit(2, 16, 23, "body", -1, 0)]
    >>> [(text[p.start:p.end], p.value) for p in
    ...  passages_by_names(whole, units, {"甲地": "甲市", "乙地": "乙市"})]
    [('甲地起步早，成效好；', '甲市'), ('乙地基础弱。', '乙市')]
    """
    found: list[Passage] = []
    body = (unit for unit in units if unit.kind != "heading")
    for _, paragraph in groupby(body, key=lambda unit: unit.paragraph):
        current = ""
        for unit in paragraph:
            text = document.text[unit.start : unit.end]
            named = {value for name, value in names.items() if name in text}
            if named:
                current = named.pop() if len(named) == 1 else ""
            if current:
                found.append(Passage(unit.start, unit.end, current))
            if reach == "sentence" and text.rstrip("”’」』）)]").endswith(tuple(_FULL_STOPS)):
                current = ""
    return _joined(found, document)


def passages_by_headings(document: Document, names: Mapping[str, str]) -> list[Passage]:
    """The sections whose heading holds one of the names, with all that is under them.

    A name that is mapped to "" stands for the heading's own title. Of two headings, one inside
    the other, the inner one holds inside it.

    >>> from wenma.records import Section
    >>> node = Section(0, 6, 20, 1, "5.1", "数据安全", "other", -1)
    >>> passages_by_headings(Document("a", "", sections=(node,)), {"5.1": ""})
    [Passage(start=0, end=20, value='数据安全')]
    """
    found = []
    for node in document.sections:
        heading = heading_text(node.number, node.title)
        values = {value or node.title for name, value in names.items() if _holds(heading, name)}
        if len(values) == 1:
            found.append(Passage(node.start, node.end, values.pop()))
    return found


def _holds(heading: str, name: str) -> bool:
    """Does a heading hold a name? A figure must be whole: 5.1 is not in 15.1 or 5.10."""
    at = heading.find(name)
    while at >= 0:
        before, after = (
            heading[at - 1 : at] if at else "",
            heading[at + len(name) : at + len(name) + 1],
        )
        whole_left = not (name[:1].isdecimal() and (before.isdecimal() or before == "."))
        whole_right = not (name[-1:].isdecimal() and after.isdecimal())
        if whole_left and whole_right:
            return True
        at = heading.find(name, at + 1)
    return False


def _joined(found: Iterable[Passage], document: Document) -> list[Passage]:
    """Passages of one value that follow each other without text between them, as one."""
    joined: list[Passage] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.value == one.value
            and not document.text[last.end : one.start].strip()
            and "\n" not in document.text[last.end : one.start]
        ):
            joined[-1] = Passage(last.start, one.end, one.value)
        else:
            joined.append(one)
    return joined
