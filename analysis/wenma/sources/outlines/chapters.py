"""Chapters that count 1, 2, 3 above sections that count 1.1, 1.2: preplans and standards."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from wenma.sources.lines import Text
from wenma.sources.outlines.numbering import Family, Number, number

_CHAPTER = re.compile(
    r"([0-9]{1,2})(?:[.．、](?![0-9]))? ?(?=[一-龥《“])"
    # 9 支队伍 counts; 9 支持系统 does not.
    "(?!个(?![人体案])|名(?![词称单录])|支(?![持撑付援])|家(?![庭园])|位(?![置于])|年(?!度)|日(?!常)|月(?!度)|[座辆台套艘架户亩吨岁元倍万亿]"
    "|公里|公顷|平方|小时|分钟|周年)"
)
_SENTENCE = re.compile("[。！？；，：:,]")
_LONGEST = 30
_HEADS = frozenset("0123456789第（(附〇一二三四五六七八九十百")


_ABOVE = ("part", "chapter", "section", "item", "bracketed item")


class _Line(NamedTuple):
    """A line that may be chapter `value` (`end`: where its words begin), or is section value.1."""

    paragraph: int
    value: int
    end: int  # 0 for a section


class _Part(NamedTuple):
    """The text, or an annex: lines in order, and whether other headings stand above them."""

    lines: list[_Line]
    family: Family


def chapters(texts: Sequence[Text]) -> dict[int, Number]:
    """The number of each chapter, by its paragraph; empty where sections do not bear it out.

    A figure before a short line says little (5 个县, a row of a table). It is a
    chapter's when the section 5.1 follows it, or when it stands between the
    chapters 4 and 6. The count runs through the text once and begins anew
    after 附件.

    >>> lines = "1总则 1.1目的 2响应 2.1分级 3附则".split()
    >>> sorted(chapters([Text(line, "body") for line in lines]))
    [0, 2, 4]
    """
    found: dict[int, Number] = {}
    if not any(".1" in text.text[1:4] for text in texts):
        return found
    for lines, family in _parts(texts):
        every = _counted(lines)
        found |= {line.paragraph: Number(family, (line.value,), line.end) for line in every}
    return found


def with_sections(texts: Sequence[Text], counted: Mapping[int, Number]) -> set[int]:
    """The chapters' paragraphs and those of the sections numbered after them: 5, 5.1, 5.2."""
    found = set(counted)
    chapter = 0
    for at, text in enumerate(texts if counted else ()):
        if at in counted:
            chapter = counted[at].value[0]
        elif text.kind == "body" and text.text.startswith(f"{chapter}."):
            here = number(text.text)
            if here is not None and here.family.startswith("decimal"):
                found.add(at)
    return found


def _parts(texts: Sequence[Text]) -> list[_Part]:
    """What may be a chapter or a first section, apart for the text and each annex."""
    parts = [_Part([], "clause")]
    for at, text in enumerate(texts):
        # Nearly every line begins with a word.
        if text.kind != "body" or text.text[0] not in _HEADS:
            continue
        here = number(text.text)
        if here is not None and here.family == "appendix":
            parts.append(_Part([], "clause"))
        elif here is not None and here.family in _ABOVE and not parts[-1].lines:
            parts[-1] = _Part([], "point")
        elif here is not None and here.family == "decimal 2":
            if here.value[1] == 1:
                parts[-1].lines.append(_Line(at, here.value[0], 0))
        elif (hit := _CHAPTER.match(text.text)) and _short(text.text[hit.end() :]):
            parts[-1].lines.append(_Line(at, int(hit[1]), hit.end()))
    return parts


def _short(words: str) -> bool:
    return 2 <= len(words) <= _LONGEST and not _SENTENCE.search(words)


def _counted(lines: Sequence[_Line]) -> list[_Line]:
    sure = _borne_out(lines)
    values = [line.value for line in sure]
    if len(sure) < 2 or values != sorted(set(values)):
        return []
    return [*sure, *_between(lines, sure)]


def _borne_out(lines: Sequence[_Line]) -> list[_Line]:
    """The chapters whose first section follows; of two lines that could be, the nearer one."""
    sure: list[_Line] = []
    waiting: dict[int, _Line] = {}
    for line in lines:
        if line.end:
            waiting[line.value] = line
        elif line.value in waiting:
            sure.append(waiting[line.value])
            waiting.clear()
    return sure


def _between(lines: Sequence[_Line], sure: Sequence[_Line]) -> list[_Line]:
    """Chapters without sections (8 附则), where the count needs one and no list runs up to it."""
    taken, values = {line.paragraph for line in sure}, {line.value for line in sure}
    found: list[_Line] = []
    chapter, listed = 0, -1
    for line in lines:
        coming = line.end and line.value == chapter + 1 and line.value not in values
        if line.paragraph in taken or (coming and listed != chapter):
            found += [] if line.paragraph in taken else [line]
            chapter, listed = line.value, -1
        else:
            listed = line.value if line.end else -1
    return found
