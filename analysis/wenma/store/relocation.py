"""Where the words of a text stand in a changed version of it.

A span is carried to the same words and to no others. Sentences of the two texts are aligned;
inside an aligned sentence everything keeps its place. Words of a sentence that was changed or
moved are looked for between its aligned neighbours, then in the whole text, and are found where
they stand once in both. What could be in two places is not found.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from wenma.records import Unit

Span = tuple[int, int]

_SENTENCE = re.compile("[^。！？；\n]+[。！？；]*|[。！？；]+")
ALIKE = 0.5
"""Two sentences are versions of one when so much of them is the same (`SequenceMatcher.ratio`)."""


@dataclass(frozen=True)
class Relocation:
    """The way from the spans and units of one text to those of another."""

    old: str
    new: str
    _before: tuple[Span, ...]
    _after: tuple[Span, ...]
    _aligned: dict[int, int]  # number of a sentence → its number in the new text
    _units: dict[int, Span]  # number of a unit → its span in the old text
    _new_units: dict[Span, int]
    _anchors: list[int] = field(default_factory=list)  # aligned sentences, in order

    def span(self, start: int, end: int) -> Span | None:
        """Where the words from `start` to `end` stand now; None when that is not certain."""
        if not 0 <= start < end <= len(self.old):
            return None
        first, last = self._sentences(start, end)
        found = self._inside(start, end, first, last)
        return found or self._between(start, end, first, last) or self._anywhere(start, end)

    def unit_span(self, number: int) -> Span | None:
        """Where the unit of that number stood in the old text."""
        return self._units.get(number)

    def unit(self, number: int) -> int | None:
        """The number of the unit that has exactly the words of the old one of that number."""
        whole = self._units.get(number)
        found = None if whole is None else self.span(*whole)
        return None if found is None else self._new_units.get(found)

    def _sentences(self, start: int, end: int) -> Span:
        """The first and the last sentence the span touches; the one before where it has none."""
        first = bisect_right(self._before, start, key=lambda one: one[1])
        last = bisect_left(self._before, end, key=lambda one: one[0]) - 1
        return first, last

    def _inside(self, start: int, end: int, first: int, last: int) -> Span | None:
        """All its sentences are aligned, and stand as they stood."""
        if first > last or any(one not in self._aligned for one in range(first, last + 1)):
            return None
        shift = self._after[self._aligned[first]][0] - self._before[first][0]
        return self._same(start, end, start + shift)

    def _between(self, start: int, end: int, first: int, last: int) -> Span | None:
        """Once between the aligned sentences around it, in both texts."""
        at = bisect_left(self._anchors, first)
        after = bisect_right(self._anchors, last)
        lo = self._anchors[at - 1] if at else None
        hi = self._anchors[after] if after < len(self._anchors) else None
        old_from = 0 if lo is None else self._before[lo][1]
        old_to = len(self.old) if hi is None else self._before[hi][0]
        new_from = 0 if lo is None else self._after[self._aligned[lo]][1]
        new_to = len(self.new) if hi is None else self._after[self._aligned[hi]][0]
        if not (old_from <= start and end <= old_to and new_from <= new_to):
            return None
        return self._once(
            start, end, self.old[old_from:old_to], self.new[new_from:new_to], new_from
        )

    def _anywhere(self, start: int, end: int) -> Span | None:
        return self._once(start, end, self.old, self.new, 0)

    def _once(self, start: int, end: int, old: str, new: str, offset: int) -> Span | None:
        words = self.old[start:end]
        if _count(old, words) != 1 or _count(new, words) != 1:
            return None
        found = self._same(start, end, offset + new.find(words))
        return found if found and self._versions(start, end, *found) else None

    def _versions(self, start: int, end: int, new_start: int, new_end: int) -> bool:
        """Are the sentences around the two places versions of one another, and not just alike in
        these words?
        """
        old = _around(self.old, self._before, start, end)
        new = _around(self.new, self._after, new_start, new_end)
        return old == new or SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE

    def _same(self, start: int, end: int, at: int) -> Span | None:
        length = end - start
        same = at >= 0 and self.new[at : at + length] == self.old[start:end]
        return (at, at + length) if same else None


def relocate(
    old: str, old_units: Sequence[Unit], new: str, new_units: Sequence[Unit]
) -> Relocation:
    """The way from one text to a changed version of it.

    >>> way = relocate("加强预警。储备物资。", [], "总体要求。加强预警。多储备物资。", [])
    >>> way.span(0, 5), way.span(5, 9), way.span(5, 10)
    ((5, 10), (11, 15), (11, 16))
    >>> relocate("加强预警。", [], "储备物资。", []).span(0, 5)
    """
    before, after = _cut(old), _cut(new)
    mine = [old[start:end] for start, end in before]
    theirs = [new[start:end] for start, end in after]
    aligned = _aligned(mine, theirs)
    return Relocation(
        old,
        new,
        before,
        after,
        aligned,
        {unit.number: (unit.start, unit.end) for unit in old_units},
        {(unit.start, unit.end): unit.number for unit in new_units},
        sorted(aligned),
    )


def _cut(text: str) -> tuple[Span, ...]:
    return tuple(found.span() for found in _SENTENCE.finditer(text))


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Sentence → the sentence of the other text that it is, where there is no doubt.

    A sentence that stands in several places is itself where a run of aligned sentences holds
    one that does not; or where there are as many of it as before, and it is the same of them.
    """
    if list(mine) == list(theirs):
        return {number: number for number in range(len(mine))}
    often, now = Counter(mine), Counter(theirs)
    rank, now_rank = _ranks(mine), _ranks(theirs)
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for at, there, size in matcher.get_matching_blocks():
        run = range(size)
        sure = any(often[mine[at + n]] == now[mine[at + n]] == 1 for n in run)
        for n in run:
            words = mine[at + n]
            in_order = often[words] == now[words] and rank[at + n] == now_rank[there + n]
            if sure or in_order:
                found[at + n] = there + n
    return found


def _ranks(sentences: Sequence[str]) -> list[int]:
    """The how-many-th of its like each sentence is."""
    seen: Counter[str] = Counter()
    ranks = []
    for one in sentences:
        ranks.append(seen[one])
        seen[one] += 1
    return ranks


def _count(text: str, words: str) -> int:
    """How often words stand in a text, overlapping places too; 2 for more."""
    first = text.find(words)
    return 0 if first < 0 else 1 if text.find(words, first + 1) < 0 else 2


def _around(text: str, sentences: Sequence[Span], start: int, end: int) -> str:
    """The whole sentences the span touches."""
    first = bisect_right(sentences, start, key=lambda one: one[1])
    last = bisect_left(sentences, end, key=lambda one: one[0]) - 1
    if first > last:
        return text[start:end]
    return text[min(start, sentences[first][0]) : max(end, sentences[last][1])]
