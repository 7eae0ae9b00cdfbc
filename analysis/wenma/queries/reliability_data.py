"""What coders are compared on: units, paragraphs or characters, and who put what there."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import nan
from typing import Literal

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.unit_texts import UnitTexts
from wenma.statistics.arrays import Integers
from wenma.statistics.coded_segments import MarkedSegments, numbered_sets
from wenma.statistics.unitizing import u_alpha_of_marks

Size = Literal["unit", "paragraph", "character"]


@dataclass(frozen=True)
class CodedDocuments:
    """What coders put on places, for one row of the table: places where all put nothing left out.

    `kinds` are the different units of the comparison, the first of them empty;
    `kind` is that of each place.
    """

    kinds: list[tuple[Hashable, ...]]
    place: Integers
    kind: Integers


class ReliabilityData:
    """The places that are compared: units, paragraphs, or stretches of characters.

    All texts lie behind each other on one line of characters, without what is
    not counted. A stretch has no coding's end inside it, nor a unit's: all of its
    characters are alike.
    """

    def __init__(self, kept: UnitTexts, coders: Sequence[str], size: Size) -> None:
        self.kept, self.coders, self.size = kept, coders, size
        self.tree: CodeTree = kept.grouped.tree
        named = pd.Index(kept.grouped.words("coder"))
        self.coder = np.asarray(pd.Index(coders).get_indexer(named))
        unit_ends = np.concatenate([kept.units["end"].to_numpy(dtype=np.int64), [0]])
        starts = kept.units["start"].to_numpy(dtype=np.int64)
        ends = unit_ends[:-1]
        # Units do not overlap; what would is cut off, so that no character counts twice.
        same = np.append(kept.document[1:] == kept.document[:-1], False)
        upto = np.append(starts[1:], 0)
        self.lengths = np.maximum(np.where(same, np.minimum(ends, upto), ends) - starts, 0)
        self.at: Integers = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)
        self.starts = starts
        self.first, self.last = self._on_the_line()

    def _on_the_line(self) -> tuple[Integers, Integers]:
        """Where on the line each coding begins and ends."""
        grouped, document = self.kept.grouped, self.kept.document
        start, end = grouped.start, grouped.end
        widest = 1 + max(self.starts.max(initial=0), end.max(initial=0))
        keys = document * widest + self.starts
        found = []
        for place in (start, end):
            row = np.searchsorted(keys, grouped.document * widest + place, side="right") - 1
            inside = (row >= 0) & (document[np.maximum(row, 0)] == grouped.document)
            off = np.minimum(place - self.starts[row], self.lengths[row])
            before = np.searchsorted(document, grouped.document)  # before the first unit
            found.append(np.where(inside, self.at[row] + off, self.at[before]))
        return found[0].astype(np.int64), found[1].astype(np.int64)

    @cached_property
    def free(self) -> int:
        """How many codings lie on no single unit."""
        return int((self.kept.grouped.unit < 0).sum())

    @cached_property
    def cuts(self) -> Integers:
        """Where on the line places begin, and where the last one ends."""
        if self.size != "character":
            return self.at
        return np.unique(np.concatenate([self.at, self.first, self.last]))

    @cached_property
    def unit(self) -> Integers:
        """The row of the unit each stretch lies in."""
        found = np.searchsorted(self.at, self.cuts[:-1], side="right") - 1
        return np.asarray(found, dtype=np.int64)

    @cached_property
    def place_of(self) -> Integers:
        """The place each stretch between two cuts belongs to."""
        if self.size != "paragraph":
            return np.arange(len(self.cuts) - 1, dtype=np.int64)
        paragraph = self.kept.units["paragraph"].to_numpy(dtype=np.int64)
        key = self.kept.document * (paragraph.max(initial=0) + 2) + paragraph + 1
        return np.unique(key, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def first_of(self) -> Integers:
        """The first stretch of each place."""
        return np.unique(self.place_of, return_index=True)[1].astype(np.int64)

    @cached_property
    def weight(self) -> Integers:
        """What each place counts: one, or its characters."""
        if self.size == "character":
            return np.diff(self.cuts)
        return np.ones(len(self.first_of), dtype=np.int64)

    @cached_property
    def document(self) -> Integers:
        """The document of each place."""
        return self.kept.document[self._row]

    @cached_property
    def group(self) -> Integers:
        """The group of each place."""
        return self.kept.group[self._row]

    @cached_property
    def files(self) -> tuple[Integers, Integers]:
        """Each document of each group, which may be parts of it: its group, and its document."""
        return self._files[0], self._files[1]

    @cached_property
    def file(self) -> Integers:
        """Which of `files` each place is of."""
        return self._files[2]

    @cached_property
    def _files(self) -> tuple[Integers, Integers, Integers]:
        pairs = np.stack([self.group, self.document]).astype(np.int64)
        (group, document), file = np.unique(pairs, axis=1, return_inverse=True)
        return group, document, file.ravel().astype(np.int64)

    @cached_property
    def units_of_groups(self) -> Integers:
        """How many units each group has."""
        groups = len(self.kept.grouped.groups)
        pairs = np.unique(np.stack([self.group, self.sentence]), axis=1)
        return np.bincount(pairs[0], minlength=groups).astype(np.int64)

    @cached_property
    def _row(self) -> Integers:
        return self.unit[self.first_of] if self.size == "character" else self.first_of

    @cached_property
    def sentence(self) -> Integers:
        """What was coded in one go: the unit of each stretch, or the place itself."""
        return self._row if self.size == "character" else np.arange(len(self.first_of))

    @cached_property
    def marks(self) -> tuple[Integers, Integers, Integers]:
        """Coding, place and coder of everything that was put anywhere."""
        size = len(self.cuts) - 1
        low = np.clip(np.searchsorted(self.cuts, self.first, side="right") - 1, 0, max(size, 0))
        high = np.where(
            self.last > self.first, np.searchsorted(self.cuts, self.last, side="left"), low
        )
        if self.size != "character":
            # A coding of a unit is on that unit, wherever exactly its span lies.
            row = self._rows_of_codings()
            low, high = np.where(row >= 0, row, low), np.where(row >= 0, row + 1, high)
        times = np.maximum(high - low, 0)
        coding = np.repeat(np.arange(len(times)), times)
        off = np.arange(len(coding)) - np.repeat(np.cumsum(times) - times, times)
        return coding, self.place_of[low[coding] + off], self.coder[coding]

    def _rows_of_codings(self) -> Integers:
        grouped = self.kept.grouped
        number = grouped.unit
        own = self.kept.units["unit"].to_numpy(dtype=np.int64)
        widest = 2 + max(number.max(initial=0), own.max(initial=0))
        keys = pd.Index(self.kept.document * widest + own)
        if not keys.is_unique:
            raise QueryError(
                "a unit stands twice in the units",
                cure="Give each unit once",
                zh="有单元出现了两次，每个单元只应给一次。",
            )
        found = keys.get_indexer(pd.Index(grouped.document * widest + number))
        return np.where(number >= 0, found, -1).astype(np.int64)

    @cached_property
    def _by_code(self) -> dict[int, tuple[Integers, Integers]]:
        """Places and coders of each code, those of the codes under it included."""
        coding, place, coder = self.marks
        position, above = self.tree.lineage(self.kept.grouped.code[coding])
        order = np.argsort(above, kind="stable")
        above, position = above[order], position[order]
        bounds = np.searchsorted(above, np.arange(len(self.tree.paths) + 1))
        return {
            code: (place[position[low:high]], coder[position[low:high]])
            for code, (low, high) in enumerate(pairwise(bounds.tolist()))
        }

    def given(self, code: int) -> CodedDocuments:
        """Who put this code where; of a dimension, which of the codes under it."""
        if self.children(code):
            return self._sets(code)
        place, coder = self._by_code[code]
        seats = len(self.coders)
        key = np.unique(place * seats + coder)
        places, at = np.unique(key // seats, return_inverse=True)
        has = np.zeros((len(places), seats), dtype=bool)
        has[at, key % seats] = True
        kinds, kind = np.unique(has, axis=0, return_inverse=True)
        nothing: tuple[Hashable, ...] = (None,) * seats
        told = [tuple(True if one else None for one in row) for row in kinds.tolist()]
        return CodedDocuments([nothing, *told], places, kind.ravel().astype(np.int64) + 1)

    def children(self, code: int) -> list[int]:
        """The codes directly under a dimension; none of any other code."""
        path = self.tree.paths[code]
        return self.tree.children(path) if "/" not in path else []

    def _sets(self, dimension: int) -> CodedDocuments:
        seats = len(self.coders)
        # The dimension's own codings are in its lineage; a child's are the child's.
        codes = [dimension, *self.children(dimension)]
        keys = [place * seats + coder for place, coder in (self._by_code[one] for one in codes)]
        there = np.unique(np.concatenate(keys))
        # As if each row ceased to have what it has before the next one.
        has = []
        for key in keys:
            row = np.searchsorted(there, np.unique(key))
            gone = row[row + 1 < len(there)] + 1
            step = np.concatenate([np.ones(len(row)), -np.ones(len(gone))]).astype(np.int64)
            has.append((np.concatenate([row, gone]), step))
        first, number = numbered_sets(has, len(there))
        told = [
            frozenset(code for code, key in zip(codes, keys, strict=True) if there[row] in key)
            for row in first.tolist()
        ]
        # Places as they come, code after code.
        places, come = np.unique(np.concatenate(keys) // seats, return_index=True)
        sets = np.full((len(places), seats), -1, dtype=np.int64)
        sets[np.searchsorted(places, there // seats), there % seats] = number
        order = np.argsort(come, kind="stable")
        nothing: tuple[Hashable, ...] = (None,) * seats
        kinds: dict[tuple[Hashable, ...], int] = {nothing: 0}
        different, at, of = np.unique(sets[order], axis=0, return_index=True, return_inverse=True)
        seat = np.zeros(len(different), dtype=np.int64)
        for one in np.argsort(at, kind="stable").tolist():
            given = tuple(None if n < 0 else told[n] for n in different[one].tolist())
            seat[one] = kinds.setdefault(given, len(kinds))
        return CodedDocuments(list(kinds), places[order], seat[of.ravel()])

    # -- spans ---------------------------------------------------------------------------

    @cached_property
    def _shift(self) -> tuple[Integers, Integers]:
        """What to take off each coding's places on the line, for the line of its group alone;
        and how long the line of each group is."""
        groups = len(self.kept.grouped.groups)
        shift = np.zeros(len(self.lengths) + 1, dtype=np.int64)
        whole = np.zeros(groups, dtype=np.int64)
        for group in range(groups):
            rows = np.flatnonzero(self.kept.group == group)
            ends = np.cumsum(self.lengths[rows])
            shift[rows] = self.at[rows] - (ends - self.lengths[rows])
            whole[group] = ends[-1] if len(ends) else 0
        row = np.searchsorted(self.at, self.first, side="right") - 1
        # A coding at the very end of the line lies on the last unit.
        return shift[np.minimum(row, max(len(self.lengths) - 1, 0))], whole

    def u_alphas(self, code: int) -> list[float]:
        """_uα in each group of what coders marked; of a dimension, with the sets of its codes."""
        children = self.children(code)
        number = self.numbered(code, children)
        return [
            u_alpha_of_marks(marks, 1 + len(children), length) if length else nan
            for marks, length in self.marked(number)
        ]

    def numbered(self, code: int, under: Sequence[int]) -> Integers:
        """A number for each code of the tree: 0 for what is the code's own, 1 on for those under.

        What lies under one of these counts as that one; -1 is none of them.
        """
        number = np.full(len(self.tree.paths) + 1, -1, dtype=np.int64)
        for as_, one in enumerate([code, *under]):
            number[self._below(one)] = as_
        return number

    def marked(self, number: Integers) -> Iterator[tuple[list[MarkedSegments], int]]:
        """Of each group what every coder marked, and how long its text is.

        `number` has what each code of the tree is to be called; -1 leaves it out.
        """
        grouped = self.kept.grouped
        shift, whole = self._shift
        rows = np.flatnonzero(number[grouped.code] >= 0)
        off = shift[rows]
        marks = (self.first[rows] - off, self.last[rows] - off, number[grouped.code[rows]])
        group, coder = grouped.group[rows], self.coder[rows]
        for at, length in enumerate(whole.tolist()):
            mine = [(group == at) & (coder == seat) for seat in range(len(self.coders))]
            yield [MarkedSegments(*(one[here] for one in marks)) for here in mine], length

    def placed(self, code: int) -> tuple[Integers, Integers]:
        """Where who put a code, or one under it: places and coders, one for each coding."""
        return self._by_code[code]

    def _below(self, code: int) -> list[int]:
        return self.tree.below(self.tree.paths[code])
