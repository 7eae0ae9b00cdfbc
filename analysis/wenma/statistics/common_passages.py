"""Passages that stand in two texts, character for character: where, and how long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenma.statistics.arrays import Integers
from wenma.statistics.shingles import shingles


@dataclass(frozen=True)
class Stretches:
    """Where a text is covered by passages of another, in order; they may overlap.

    start, end  in the text
    place       where in the other what begins at `start` stands first
    straight    does the whole stretch stand there as one passage?
    common      is all of it wording that very many texts have?
    """

    other: int
    start: Integers
    end: Integers
    place: Integers
    straight: NDArray[np.bool_]
    common: NDArray[np.bool_]

    def only(self, kept: NDArray[np.bool_]) -> "Stretches":
        """Some of the stretches."""
        return Stretches(
            self.other,
            self.start[kept],
            self.end[kept],
            self.place[kept],
            self.straight[kept],
            self.common[kept],
        )

    def length(self) -> int:
        """Characters in them, each counted once."""
        before = np.append(0, self.end)[:-1]
        return int((self.end - np.maximum(self.start, before)).sum())

    def mark(self, size: int) -> NDArray[np.bool_]:
        """Which characters of a text of this size are in them."""
        edges = np.zeros(size + 1, dtype=np.int64)
        edges[self.start] += 1  # no two begin or end at one place
        edges[self.end] -= 1
        return np.asarray(np.cumsum(edges)[:-1] > 0)


@dataclass(frozen=True)
class SharedPassage:
    """A passage of a text that stands in another, and cannot be made longer on either side."""

    start: int
    place: int
    length: int


class SharedText:
    """What texts share with each other, in passages of at least `least` characters.

    Texts are arrays of numbers, one a character. Memory grows with their length together;
    time also with how often their passages recur.

    >>> texts = [np.array([*b"abcdefgh"]), np.array([*b"xxcdefyy"]), np.array([*b"zz"])]
    >>> shared = SharedText(texts, least=4)
    >>> [(one.other, one.start.tolist(), one.end.tolist()) for one in shared.stretches(0)]
    [(1, [2], [6])]
    >>> shared.covered(0, [1]).nonzero()[0].tolist()
    [2, 3, 4, 5]
    """

    def __init__(self, texts: Sequence[Integers], *, least: int, most: float = np.inf) -> None:
        """Look at all runs of `least` characters; those in more than `most` texts are common."""
        self.texts, self.least = texts, least
        runs = [shingles(text, least) for text in texts]
        self._at = np.cumsum([0, *map(len, runs)])
        number = np.concatenate([*runs, np.zeros(0, dtype=np.int64)])
        text = np.repeat(np.arange(len(texts)), [len(run) for run in runs])
        # Sorted by run, then text, then place: the first of each text is where it stands first.
        order = np.argsort(number, kind="stable")
        new = np.append(True, np.diff(number[order]) != 0)[: len(order)]
        group = np.cumsum(new) - 1
        of = text[order]
        first = new | np.append(True, np.diff(of) != 0)[: len(order)]
        self._holder, self._place = of[first], (order - self._at[of])[first]
        self._spread = np.bincount(group[first]) if len(order) else group
        self._begin = np.cumsum(self._spread) - self._spread
        self._run = np.empty_like(group)
        self._run[order] = group
        self._most = most

    def stretches(self, text: int) -> Iterator[Stretches]:
        """Where one text is covered by each of the others, those that share nothing left out."""
        run = self._run[self._at[text] : self._at[text + 1]]
        times = np.where(self._spread[run] > 1, self._spread[run], 0) if len(run) else run
        at = np.repeat(np.arange(len(run)), times)
        if not len(at):
            return
        within = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
        entry = self._begin[run[at]] + within
        elsewhere = self._holder[entry] != text
        at, entry = at[elsewhere], entry[elsewhere]
        order = np.argsort(self._holder[entry], kind="stable")
        at, entry = at[order], entry[order]
        holder, place = self._holder[entry], self._place[entry]
        common = self._spread[run[at]] > self._most
        ends = np.flatnonzero(np.append(np.diff(holder) != 0, True)) + 1
        for low, high in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            part = slice(low, high)
            yield self._joined(int(holder[low]), at[part], place[part], common[part])

    def _joined(
        self, other: int, at: Integers, place: Integers, common: NDArray[np.bool_]
    ) -> Stretches:
        """Runs that follow each other, as the stretches they make."""
        first = np.flatnonzero(np.append(True, np.diff(at) != 1))
        last = np.append(first[1:], len(at)) - 1
        turns = np.append(0, np.cumsum(np.diff(place) != 1))
        return Stretches(
            other,
            at[first],
            at[last] + self.least,
            place[first],
            turns[first] == turns[last],
            np.logical_and.reduceat(common, first),
        )

    def covered(self, text: int, others: Sequence[int] | None = None) -> NDArray[np.bool_]:
        """Which characters of a text stand in a passage of these others; of any without."""
        size = len(self.texts[text])
        found = np.zeros(size, dtype=bool)
        for one in self.stretches(text):
            if others is None or one.other in others:
                found |= one.mark(size)
        return found

    def from_lower(self, ranks: Integers) -> list[NDArray[np.bool_]]:
        """For each text, which characters stand in a passage of a text of lower rank.

        As `covered` by all of these, in one pass over the texts however many they are.
        """
        if not len(self._spread):
            return [np.zeros(len(text), dtype=bool) for text in self.texts]
        lowest = np.minimum.reduceat(ranks[self._holder], self._begin)
        found = []
        for text, signs in enumerate(self.texts):
            run = self._run[self._at[text] : self._at[text + 1]]
            at = np.flatnonzero(lowest[run] < ranks[text])
            edges = np.zeros(len(signs) + 1, dtype=np.int64)
            edges[at] += 1
            edges[at + self.least] -= 1
            found.append(np.asarray(np.cumsum(edges)[:-1] > 0))
        return found

    def passages(self, text: int, stretches: Stretches) -> list[SharedPassage]:
        """The longest passages of these stretches, in order; each where the other has it first."""
        found = []
        every = zip(
            *(one.tolist() for one in (stretches.start, stretches.end, stretches.place)),
            stretches.straight.tolist(),
            strict=True,
        )
        for start, end, place, straight in every:
            if straight:
                found.append(SharedPassage(start, place, end - start))
            else:
                part = self._strings[text][start:end]
                found += [
                    SharedPassage(start + one.start, one.place, one.length)
                    for one in longest_common(part, self._strings[stretches.other], self.least)
                ]
        return found

    @cached_property
    def _strings(self) -> list[str]:
        return ["".join(map(chr, text.tolist())) for text in self.texts]


def longest_common(part: str, whole: str, least: int) -> Iterator[SharedPassage]:
    """The passages of `part` that stand in `whole` and in no longer one that does.

    >>> [(one.start, one.place, one.length) for one in longest_common("abcXbcde", "bcde abc", 2)]
    [(0, 5, 3), (4, 0, 4)]
    """
    start = reached = 0
    while start + least <= len(part):
        if part[start : start + least] not in whole:
            start += 1
            continue
        end = _longest(part, whole, start, max(start + least, reached))
        if end > reached:
            reached = end
            yield SharedPassage(start, whole.find(part[start:end]), end - start)
        start = _next(part, whole, start, end)


def _longest(part: str, whole: str, start: int, end: int) -> int:
    """The last end with which what begins at `start` stands in `whole`; `end` is known to."""
    step = 1
    while end + step <= len(part) and part[start : end + step] in whole:
        end, step = end + step, 2 * step
    while step:
        if end + step <= len(part) and part[start : end + step] in whole:
            end += step
        step //= 2
    return end


def _next(part: str, whole: str, start: int, end: int) -> int:
    """The first later start from which what reaches beyond `end` stands in `whole`."""
    if end >= len(part):
        return len(part)
    low, high = start + 1, end + 1  # from `high` on nothing is left to be looked for
    while low < high:
        middle = (low + high) // 2
        if part[middle : end + 1] in whole:
            high = middle
        else:
            low = middle + 1
    return low
