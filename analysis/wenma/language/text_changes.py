"""What became of each paragraph in a new version of a text."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

ChangeKind = Literal["same", "moved", "changed", "gone", "new"]
PartKind = Literal["same", "gone", "new"]
ALIKE = 0.5
"""A paragraph is a version of another when they share so much of their pairs of characters."""
_COMMON = 50
"""Pairs of characters that more paragraphs have do not say which belongs to which."""


class WordChange(NamedTuple):
    """Words of a changed paragraph: in both versions, in the old one alone or in the new one."""

    kind: PartKind
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph and what became of it.

    `old` and `new` are its numbers in the two versions, -1 where it is not there. `parts` are
    the words of one that was changed.
    """

    kind: ChangeKind
    old: int
    new: int
    parts: tuple[WordChange, ...] = ()


def text_changes(
    old: Sequence[str], new: Sequence[str], *, cut: Callable[[str], list[str]] = list
) -> list[ParagraphChange]:
    """The paragraphs of both versions in the order of the new one, those gone where they stood.

    `cut` parts a paragraph into words; without it changes are told by the character.

    >>> found = text_changes(["总则", "加强洪水预警", "储备"], ["储备", "总则", "加强洪水监测"])
    >>> [(one.kind, one.old, one.new) for one in found]
    [('moved', 2, 0), ('same', 0, 1), ('changed', 1, 2)]
    """
    to = _unchanged(old, new)
    moved = _moved(old, new, to)
    changed = _changed(old, new, {**to, **moved})
    kinds: list[tuple[ChangeKind, dict[int, int]]] = [
        ("same", to), ("moved", moved), ("changed", changed)
    ]  # fmt: skip
    told = {
        there: ParagraphChange(
            kind, at, there, tuple(word_changes(cut(old[at]), cut(new[there])))
            if kind == "changed" else ()
        )
        for kind, places in kinds
        for at, there in places.items()
    }  # fmt: skip
    gone = {*range(len(old))} - {one.old for one in told.values()}
    return _in_order(told, sorted(gone), len(new))


def word_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[WordChange]:
    """The words of two versions of a sentence: those of both, those that went and those that came.

    >>> [*word_changes(["加强", "预警"], ["加强", "监测", "预警"])][1]
    WordChange(kind='new', text='监测')
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield WordChange("same", "".join(old[a:b]))
            continue
        if b > a:
            yield WordChange("gone", "".join(old[a:b]))
        if d > c:
            yield WordChange("new", "".join(new[c:d]))


def _unchanged(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        at + step: there + step
        for at, there, size in matcher.get_matching_blocks()
        for step in range(size)
    }


def _moved(old: Sequence[str], new: Sequence[str], taken: dict[int, int]) -> dict[int, int]:
    """Equal paragraphs that stand elsewhere: the first left of the old is the first of the new."""
    places: dict[str, list[int]] = {}
    there = {*taken.values()}
    for at in range(len(new) - 1, -1, -1):
        if at not in there:
            places.setdefault(new[at], []).append(at)
    return {
        at: places[text].pop()
        for at, text in enumerate(old)
        if at not in taken and places.get(text)
    }


def _changed(old: Sequence[str], new: Sequence[str], taken: dict[int, int]) -> dict[int, int]:
    """Paragraphs that are versions of each other, the most alike first."""
    there = {*taken.values()}
    mine = {at: _pairs(text) for at, text in enumerate(old) if at not in taken}
    theirs = {at: _pairs(text) for at, text in enumerate(new) if at not in there}
    holders: dict[str, list[int]] = {}
    for at, pairs in theirs.items():
        for pair in pairs:
            holders.setdefault(pair, []).append(at)
    likeness = []
    for at, pairs in mine.items():
        near: Counter[int] = Counter()
        for pair in pairs:
            if len(some := holders.get(pair, ())) <= _COMMON:
                near.update(some)
        for other in near:
            shared = 2 * len(pairs & theirs[other]) / (len(pairs) + len(theirs[other]))
            if shared >= ALIKE:
                likeness.append((-shared, abs(at - other), at, other))
    found: dict[int, int] = {}
    for _, _, at, other in sorted(likeness):
        if at not in found and other not in found.values():
            found[at] = other
    return found


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}


def _in_order(
    told: dict[int, ParagraphChange], gone: Sequence[int], size: int
) -> list[ParagraphChange]:
    """By the new version; what is gone comes after the paragraph it stood behind."""
    behind: dict[int, list[int]] = {}
    place = {one.old: at for at, one in told.items()}
    last = -1
    gaps = iter(sorted([*place, *gone]))
    for number in gaps:
        if number in place:
            last = place[number] if told[place[number]].kind != "moved" else last
        else:
            behind.setdefault(last, []).append(number)
    found = []
    for at in range(-1, size):
        if at >= 0:
            found.append(told.get(at) or ParagraphChange("new", -1, at))
        found += [ParagraphChange("gone", number, -1) for number in behind.get(at, ())]
    return found
