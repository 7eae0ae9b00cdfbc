"""What documents share, as rows: of pairs, of sections, of passages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from wenma.queries.compared_texts import ComparedTexts
from wenma.statistics.arrays import Integers
from wenma.statistics.common_passages import SharedText, Stretches

TakenFrom = Literal["any", "earlier", "above"]
COMMON = 0.2
"""Wording that stands in more of the documents than this is nobody's."""
FEW = 5
"""In a small study, wording is common only when more documents than these have it."""


@dataclass(frozen=True, eq=False)
class TextReuse:
    """What the documents share, of the pairs that are asked for."""

    texts: ComparedTexts
    least: int
    taken_from: TakenFrom
    common: bool
    document: str | None

    @cached_property
    def shared(self) -> SharedText:
        """The texts, their runs looked up."""
        most = max(FEW, COMMON * len(self.texts.documents))
        return SharedText(self.texts.codes, least=self.least, most=most)

    @cached_property
    def stretches(self) -> list[dict[int, Stretches]]:
        """Of each document, by the other, without what is left out as common."""
        found = []
        for number in range(len(self.texts.documents)):
            every = self.shared.stretches(number)
            some = (one if self.common else one.only(~one.common) for one in every)
            found.append({one.other: one for one in some if len(one.start)})
        return found

    def asked(self, number: int, other: int) -> bool:
        """May `number` have taken from `other`?"""
        if self.taken_from == "above":
            # What came out later was no source, however high it stands.
            later = self._years[other] > self._years[number] >= 0
            return bool(0 <= self._levels[other] < self._levels[number] and not later)
        if self.taken_from == "earlier":
            return bool(0 <= self._years[other] < self._years[number])
        return True

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs that share something, the one that may have taken first; each pair once."""
        for number, others in enumerate(self.stretches):
            for other in others:
                first = self.taken_from != "any" or self._order[other] < self._order[number]
                if first and self.asked(number, other) and self.named(number, other):
                    yield number, other

    def named(self, *numbers: int) -> bool:
        """Is one of these the document that is asked about?"""
        return self.document is None or self.document in [self.texts.documents[n] for n in numbers]

    def size(self, number: int) -> int:
        """The Han characters of a document."""
        return len(self.texts.codes[number])

    @cached_property
    def _years(self) -> Integers:
        return self.texts.years()

    @cached_property
    def _levels(self) -> Integers:
        return self.texts.levels()

    @cached_property
    def _order(self) -> Integers:
        return self.texts.order()

    @cached_property
    def groups(self) -> Integers:
        """The group of each document: that of its first unit."""
        first = [units[0] for units in self.texts.units]
        return self.texts.chosen.group[first] if first else np.zeros(0, dtype=np.int64)

    def left_unplaced(self) -> int:
        """Documents that cannot be compared so, as they do not state their year or level."""
        facts = {"any": self._order, "earlier": self._years, "above": self._levels}
        return int((facts[self.taken_from] < 0).sum())

    @cached_property
    def headings(self) -> dict[tuple[int, int], str]:
        """(document, section) → its heading."""
        units = self.texts.chosen.grouped.data.units
        assert units is not None  # else `unit_texts` had refused
        heads = units[units["kind"] == "heading"].drop_duplicates(["document", "section"])
        place = {name: number for number, name in enumerate(self.texts.documents)}
        columns = (heads[name].tolist() for name in ("document", "section", "text"))
        return {
            (place[name], int(section)): " ".join(text.split())
            for name, section, text in zip(*columns, strict=True)
            if name in place
        }

    def section(self, number: int, character: int) -> str:
        """The heading a Han character of a document stands under."""
        row = self.texts.units[number][character]
        return self.headings.get((number, int(self.sections[row])), "")

    @cached_property
    def sections(self) -> Integers:
        """The section of each unit."""
        return self.texts.chosen.units["section"].to_numpy(dtype=np.int64)


Rows = tuple[dict[str, object], Integers, int]
"""Columns, the group of each row, and how many rows there would be without a limit."""


def _pairs(found: TextReuse, most: int) -> Rows:
    every = []
    for number, other in found.pairs():
        here, there = found.stretches[number][other], found.stretches[other][number]
        share = 100 * here.length() / found.size(number)
        every.append((share, number, other, here, 100 * there.length() / found.size(other)))
    every.sort(key=lambda one: (found.groups[one[1]], -one[0], one[1], one[2]))
    shown = _first(every, most, lambda one: one[0])
    rows = []
    for share, number, other, here, back in shown:
        passages = found.shared.passages(number, here)
        reused = here.length()
        rows.append(
            {
                "document": found.texts.documents[number],
                "other": found.texts.documents[other],
                "reused": reused,
                "reused_share": share,
                "reused_other": back,
                "common_wording": reused - here.only(~here.common).length(),
                "passages": len(passages),
                "longest": max(one.length for one in passages),
            }
        )
    names = "document other reused reused_share reused_other common_wording passages longest"
    return _columns(rows, names.split()), found.groups[[one[1] for one in shown] or []], len(every)


def _sections(found: TextReuse, most: int) -> Rows:
    every = [
        row
        for number in np.argsort(found.groups, kind="stable").tolist()
        if found.named(number)
        for row in _sections_of(found, number)
    ]
    shown = every[:most] if most else every
    names = "document section han reused reused_share other from_other".split()
    return _columns(shown, names), found.groups[[one["number"] for one in shown] or []], len(every)


def _sections_of(found: TextReuse, number: int) -> Iterator[dict[str, Any]]:
    """The sections of a document in the order of the text: they are numbered so."""
    units = found.texts.units[number]
    different, of = np.unique(found.sections[units], return_inverse=True)
    taken = np.zeros(len(units), dtype=bool)
    best, source = np.zeros(len(different), dtype=np.int64), [""] * len(different)
    for other, stretches in found.stretches[number].items():
        if not found.asked(number, other):
            continue
        covered = stretches.mark(len(units))
        taken |= covered
        count = np.bincount(of[covered], minlength=len(different))
        for at in np.flatnonzero(count > best).tolist():
            source[at] = found.texts.documents[other]
        best = np.maximum(best, count)
    size, reused = np.bincount(of), np.bincount(of[taken], minlength=len(different))
    for at, section in enumerate(different.tolist()):
        yield {
            "number": number,
            "document": found.texts.documents[number],
            "section": found.headings.get((number, section), ""),
            "han": int(size[at]),
            "reused": int(reused[at]),
            "reused_share": 100 * reused[at] / size[at],
            "other": source[at],
            "from_other": int(best[at]),
        }


def _passages(found: TextReuse, most: int) -> Rows:
    every = [
        (number, other, passage, text)
        for number, other in found.pairs()
        for text in [found.stretches[number][other]]
        for passage in found.shared.passages(number, text)
    ]
    every.sort(key=lambda one: (found.groups[one[0]], -one[2].length, one[:2], one[2].start))
    shown = _first(every, most, lambda one: one[2].length)
    excerpts = _Excerpts(found.texts)
    rows = []
    for number, other, passage, _ in shown:
        last = passage.length - 1
        start, end = (int(found.texts.places[number][passage.start + step]) for step in (0, last))
        there = [int(found.texts.places[other][passage.place + step]) for step in (0, last)]
        rows.append(
            {
                "document": found.texts.documents[number],
                "section": found.section(number, passage.start),
                "start": start,
                "end": end + 1,
                "other": found.texts.documents[other],
                "other_section": found.section(other, passage.place),
                "other_start": there[0],
                "other_end": there[1] + 1,
                "han": passage.length,
                "excerpt": excerpts.of(number, passage.start, passage.start + last),
            }
        )
    names = "document section start end other other_section other_start other_end han excerpt"
    return _columns(rows, names.split()), found.groups[[one[0] for one in shown] or []], len(every)


REUSE_ROWS: dict[str, Callable[[TextReuse, int], Rows]] = {
    "pair": _pairs,
    "section": _sections,
    "passage": _passages,
}
"""The rows of each kind, at most so many of them."""


class _Excerpts:
    """The text of passages, from the units they reach over."""

    def __init__(self, texts: ComparedTexts) -> None:
        self.texts = texts
        self.each = texts.chosen.each
        self.starts = texts.chosen.units["start"].to_numpy(dtype=np.int64)

    def of(self, number: int, first: int, last: int) -> str:
        rows, places = self.texts.units[number], self.texts.places[number]
        low, high = int(rows[first]), int(rows[last])
        parts = self.each[low : high + 1]
        parts[-1] = parts[-1][: int(places[last] - self.starts[high]) + 1]
        parts[0] = parts[0][int(places[first] - self.starts[low]) :]
        return "".join(parts)


def _first(every: list[Any], most: int, key: Callable[[Any], float]) -> list[Any]:
    """The `most` rows with the highest key, as they stood; all for 0."""
    if not most or len(every) <= most:
        return every
    best = sorted(range(len(every)), key=lambda at: -key(every[at]))[:most]
    return [every[at] for at in sorted(best)]


def _columns(rows: list[dict[str, Any]], names: list[str]) -> dict[str, object]:
    words = {"document", "other", "section", "other_section", "excerpt"}
    kinds: dict[str, Any] = {name: object if name in words else np.int64 for name in names}
    kinds |= {name: np.float64 for name in names if name.startswith("reused_")}
    return {name: np.array([row[name] for row in rows], dtype=kinds[name]) for name in names}
