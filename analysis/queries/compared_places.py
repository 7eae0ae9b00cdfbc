"""What coders are compared on: units, paragraphs or characters, and who put what there."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import nan
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import QueryError
from analysis.queries.material import Integers, Tree
from analysis.queries.texts import Texts
from analysis.review.unitizing import Span, parted, unitizing_alphas

Size = Literal["unit", "paragraph", "character"]


@dataclass(frozen=True)
class Given:
    """What coders put on places, for one row of the table: places where all put nothing left out.

    `kinds` are the different units of the comparison, the first of them empty;
    `kind` is that of each place.
    """

    kinds: list[tuple[Hashable, ...]]
    place: Integers
    kind: Integers


class Ground:
    """The places that are compared: units, paragraphs, or stretches of characters.

    All texts lie behind each other on one line of characters, without what is
    not counted. A stretch has no coding's end inside it, nor a unit's: all of its
    characters are alike.
    """

    def __init__(self, kept: Texts, coders: Sequence[str], size: Size) -> None:
        self.kept, self.coders, self.size = kept, coders, size
        self.tree: Tree = kept.asked.tree
        codings = kept.asked.codings
        self.coder = np.asarray(pd.Index(coders).get_indexer(pd.Index(codings["coder"])))
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
        asked, document = self.kept.asked, self.kept.document
        start, end = (asked.codings[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
        widest = 1 + max(self.starts.max(initial=0), end.max(initial=0))
        keys = document * widest + self.starts
        found = []
        for place in (start, end):
            row = np.searchsorted(keys, asked.document * widest + place, side="right") - 1
            inside = (row >= 0) & (document[np.maximum(row, 0)] == asked.document)
            off = np.minimum(place - self.starts[row], self.lengths[row])
            before = np.searchsorted(document, asked.document)  # before the first unit
            found.append(np.where(inside, self.at[row] + off, self.at[before]))
        return found[0].astype(np.int64), found[1].astype(np.int64)

    @cached_property
    def free(self) -> int:
        """How many codings lie on no single unit."""
        return int((self.kept.asked.codings["unit"].to_numpy(dtype=np.int64) < 0).sum())

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
        asked = self.kept.asked
        number = asked.codings["unit"].to_numpy(dtype=np.int64)
        own = self.kept.units["unit"].to_numpy(dtype=np.int64)
        widest = 2 + max(number.max(initial=0), own.max(initial=0))
        keys = pd.Index(self.kept.document * widest + own)
        if not keys.is_unique:
            raise QueryError(
                "a unit stands twice in the units",
                cure="Give each unit once",
                zh="有单元出现了两次，每个单元只应给一次。",
            )
        found = keys.get_indexer(pd.Index(asked.document * widest + number))
        return np.where(number >= 0, found, -1).astype(np.int64)

    @cached_property
    def _by_code(self) -> dict[int, tuple[Integers, Integers]]:
        """Places and coders of each code, those of the codes under it included."""
        coding, place, coder = self.marks
        position, above = self.tree.lineage(self.kept.asked.code[coding])
        order = np.argsort(above, kind="stable")
        above, position = above[order], position[order]
        bounds = np.searchsorted(above, np.arange(len(self.tree.paths) + 1))
        return {
            code: (place[position[low:high]], coder[position[low:high]])
            for code, (low, high) in enumerate(pairwise(bounds.tolist()))
        }

    def given(self, code: int) -> Given:
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
        return Given([nothing, *told], places, kind.ravel().astype(np.int64) + 1)

    def children(self, code: int) -> list[int]:
        """The codes directly under a dimension; none of any other code."""
        path = self.tree.paths[code]
        return self.tree.children(path) if "/" not in path else []

    def _sets(self, dimension: int) -> Given:
        seats = len(self.coders)
        put: dict[int, list[set[int]]] = {}
        # The dimension's own codings are in its lineage; a child's are the child's.
        for code in [dimension, *self.children(dimension)]:
            for place, coder in zip(*(one.tolist() for one in self._by_code[code]), strict=True):
                put.setdefault(place, [set() for _ in range(seats)])[coder].add(code)
        nothing: tuple[Hashable, ...] = (None,) * seats
        number: dict[tuple[Hashable, ...], int] = {nothing: 0}
        kind = [
            number.setdefault(tuple(frozenset(one) or None for one in sets), len(number))
            for sets in put.values()
        ]
        places = np.array(list(put), dtype=np.int64)
        return Given(list(number), places, np.array(kind, dtype=np.int64))

    # -- spans ---------------------------------------------------------------------------

    @cached_property
    def _shift(self) -> tuple[Integers, Integers]:
        """What to take off a document's places on the line, for the line of its group alone;
        and how long the line of each group is."""
        documents = len(self.kept.asked.document_groups)
        sizes = np.bincount(self.kept.document, weights=self.lengths, minlength=documents)
        sizes = sizes.astype(np.int64)
        begin = np.cumsum(sizes) - sizes
        own = np.zeros_like(sizes)
        whole = np.zeros(len(self.kept.asked.groups), dtype=np.int64)
        for document, group in enumerate(self.kept.asked.document_groups.tolist()):
            own[document] = whole[group]
            whole[group] += sizes[document]
        return begin - own, whole

    def u_alphas(self, code: int) -> list[float]:
        """_uα in each group of what coders marked; of a dimension, with the sets of its codes."""
        asked = self.kept.asked
        shift, whole = self._shift
        paths = self.tree.paths
        names = {one: child for child in self.children(code) for one in self._below(child)}
        names |= dict.fromkeys(set(self._below(code)) - names.keys(), code)
        spans: list[list[list[Span]]] = [[[] for _ in self.coders] for _ in asked.groups]
        for row in np.flatnonzero(np.isin(asked.code, list(names))).tolist():
            off = int(shift[asked.document[row]])
            start, end = int(self.first[row]) - off, int(self.last[row]) - off
            name = paths[names[int(asked.code[row])]]
            spans[asked.group[row]][self.coder[row]].append(Span(start, end, name))
        return [
            unitizing_alphas([parted(one) for one in each], int(length)).all if length else nan
            for each, length in zip(spans, whole, strict=True)
        ]

    def _below(self, code: int) -> list[int]:
        return self.tree.below(self.tree.paths[code])
