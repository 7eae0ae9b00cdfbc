"""The same study with this left out or that, narrowed to the documents and codes of a claim."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.claim_sides import ClaimedOrder
from wenma.queries.copied_units import without_units
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import positions
from wenma.queries.scope import IN_SCOPE, anywhere, with_scope
from wenma.queries.segments import Segments
from wenma.queries.side_amounts import Mask, Standing, dimension_codes, standing
from wenma.queries.ways import AS_CODED, COUNTED, OUT, Way
from wenma.queries.windows import CUT, window_columns
from wenma.statistics.arrays import Integers

UNIT_SIZES = ("clause", "sentence", "paragraph", "section")
"""Units that codings can be counted in, other than those that were coded."""


@dataclass(frozen=True, eq=False)
class ClaimVariants:
    """The datasets a claim is counted in, each made when it is first asked for.

    codings      by name, "by rules" or "after review", the one that is asked first
    copied       units that stand in a passage of an earlier document of the study
    boilerplate  the code of wording all plans share
    """

    order: ClaimedOrder
    codings: Mapping[str, Dataset]
    copied: pd.DataFrame | None = None
    boilerplate: str = ""
    _standings: dict[tuple[str, ...], Standing] = field(default_factory=dict, repr=False)
    _variants: dict[tuple[str, ...], tuple[Dataset, Dataset | None]] = field(
        default_factory=dict, repr=False
    )
    _masks: dict[tuple[str, ...], list[Mask]] = field(default_factory=dict, repr=False)
    _cuts: dict[str, tuple[Segments, Mask, Integers]] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> Dataset:
        """The codings that were asked, of all documents."""
        return next(iter(self.codings.values()))

    @cached_property
    def usual(self) -> Dataset:
        """The same, of the documents and codes of the claim."""
        return self.narrowed(self.asked)

    @classmethod
    def of(
        cls,
        order: ClaimedOrder,
        codings: Mapping[str, Dataset],
        *,
        copied: pd.DataFrame | None = None,
        boilerplate: str = "",
    ) -> "ClaimVariants":
        """The variants of these codings; their texts are loaded once for all."""
        held = {name: replace(data, load_units=_held(data)) for name, data in codings.items()}
        return cls(order, held, copied, boilerplate)

    def masks(self, way: Way) -> list[Mask]:
        """Which cases of a way's codings are each side's."""
        key = (way.codings, way.copies, way.copied, way.boilerplate)
        if key not in self._masks:
            cases = self.standing(way).grouped.cases
            self._masks[key] = [side.of(cases) for side in self.order.sides]
        return self._masks[key]

    # -- which choices there are -------------------------------------------------

    def options(self) -> dict[str, list[str]]:
        """What each choice but the denominator may be, the usual first."""
        return {
            "codings": [*self.codings],
            "counted_in": [AS_CODED, *(one for one in UNIT_SIZES if self.offers(one))],
            "with_headings": [OUT, COUNTED][: 1 + self.has_headings],
            "boilerplate": [COUNTED, OUT][: 1 + self.has_boilerplate],
            "copied": [COUNTED, OUT][: 1 + self.has_copied],
            "copies": [COUNTED, OUT][: 1 + self.has_copies],
        }

    def offers(self, size: str) -> bool:
        """Can codings be told by units of this size, and are these others than were coded?"""
        if self.asked.basis.get("unit_size") == size:
            return False
        grouped = self.grouped(self.usual, headings=False)
        columns = [*window_columns(grouped, "unit")]
        if size in CUT:
            try:
                cut = self.cut(size, self.usual, headings=False)
            except QueryError:
                return False
            units = self.usual.units
            return units is not None and len(cut.start) != int((units["kind"] != "heading").sum())
        named = window_columns(grouped, "paragraph" if size == "paragraph" else "section")
        cases = grouped.cases
        if getattr(self.usual.columns, size) is None or not {*named, *columns} <= {*cases.columns}:
            return False
        many, own = (cases[[*some]].to_numpy().sum() for some in (named, columns))
        return bool(0 < many != own)

    @property
    def has_headings(self) -> bool:
        """Is anything coded in a heading there, or any heading counted?"""
        cases = self.usual.cases
        there = "headings" in cases and bool(cases["headings"].sum() > 0)
        return there or bool(self.usual.columns.heading.any())

    @property
    def has_boilerplate(self) -> bool:
        """Does any unit of the sides' documents carry the code of boilerplate?"""
        data, code = self.asked, self.boilerplate
        if not code or any(f"{one}/".startswith(f"{code}/") for one in self.order.codes):
            return False
        return bool((data.carries(code) & np.append(self.sides_of(data), False)[data.case]).any())

    @property
    def has_copied(self) -> bool:
        """Does anything in the sides' documents stand in a passage of an earlier one?"""
        if self.copied is None or not len(self.copied):
            return False
        return bool(self.copied["document"].isin(self.usual.cases["document"]).any())

    @property
    def has_copies(self) -> bool:
        """Is one of the sides' documents a copy of another of the study?"""
        copy_of = self.asked.kinship.copy_of
        return bool(self.usual.cases["document"].isin(copy_of).any())

    @cached_property
    def bound(self) -> bool:
        """Can the codes stand in the codebook's scope alone?"""
        if self.asked.scope is None:
            return False
        free = anywhere(self.asked.tree, self.asked.everywhere)
        return not any(free[self.asked.tree.at[one]] for one in self.order.codes)

    # -- what is counted ---------------------------------------------------------

    def standing(self, way: Way) -> Standing:
        """Where the codings of a way stand, whatever they are divided by."""
        key = (way.codings, way.copies, way.copied, way.boilerplate, way.with_headings)
        place = (*key, way.counted_in)
        if place not in self._standings:
            data, scoped = self._variant(way)
            headings = way.with_headings == COUNTED
            cut = (
                self.cut(way.counted_in, data, headings=headings) if way.counted_in in CUT else None
            )
            grouped = self.grouped(data, headings=headings)
            self._standings[place] = standing(
                grouped,
                np.array([grouped.tree.at[one] for one in self.order.codes], dtype=np.int64),
                counted_in=way.counted_in,
                scope=None if scoped is None else self.grouped(scoped, headings=headings),
                cut=cut,
            )
        return self._standings[place]

    def _variant(self, way: Way) -> tuple[Dataset, Dataset | None]:
        """The codings of a way, and the units in scope as codings."""
        key = (way.codings, way.copies, way.copied, way.boilerplate)
        if key not in self._variants:
            data = self.codings[way.codings]
            # The order in which every other question leaves these out.
            if way.copies == OUT:
                data = data.once()[0]
            if way.copied == OUT and self.copied is not None:
                data = without_units(data, self.copied)[0]
            if way.boilerplate == OUT:
                data = data.without(self.boilerplate)[0]
            scoped = None
            if self.bound:
                whole = with_scope(data.of_cases(self.sides_of(data)))
                scoped = whole.only(whole.carries(IN_SCOPE))
            self._variants[key] = (self.narrowed(data), scoped)
        return self._variants[key]

    def sides_of(self, data: Dataset) -> Mask:
        """Which cases are of any side."""
        every = [side.of(data.cases) for side in self.order.sides]
        return np.asarray(np.logical_or.reduce(every), dtype=bool)

    def narrowed(self, data: Dataset) -> Dataset:
        """The cases of the sides, with what is coded by the dimensions of the claim's codes."""
        tree = data.tree
        needed = {
            tree.paths[one]
            for code in self.order.codes
            for one in dimension_codes(tree.paths, tree.flat, tree.at[code])
        }
        wanted = np.array([path in needed for path in data.columns.paths], dtype=bool)
        part = data.of_cases(self.sides_of(data))
        return part.only(wanted[part.columns.code])

    def grouped(self, data: Dataset, *, headings: bool) -> Grouped:
        """The codings numbered; nothing is grouped, for sides may be of several attributes."""
        return data.grouped("claim", headings=headings)

    def cut(self, size: str, data: Dataset, *, headings: bool) -> Segments:
        """The clauses or sentences of what is left of the texts.

        The texts are cut once: what is left out goes with the unit a piece begins in.
        """
        if size not in self._cuts:
            pieces = self.grouped(self.usual, headings=True).cut(size)
            self._cuts[size] = (pieces, *self._begun_in(pieces))
        pieces, heading, label = self._cuts[size]
        left, whole = data.units, self.usual.units
        assert left is not None and whole is not None  # else there had been no pieces
        # Units that are left keep the label they had in the whole frame.
        there = np.zeros(int(whole.index.max()) + 1 if len(whole) else 0, dtype=bool)
        there[left.index] = True
        kept = (
            (headings | ~heading)
            & there[label]
            & (data.case_map.at(pieces.document, pieces.start) >= 0)
        )
        return Segments(pieces.document[kept], pieces.start[kept], pieces.end[kept])

    def _begun_in(self, pieces: Segments) -> tuple[Mask, Integers]:
        """Of the unit each piece begins in: is it a heading, and its label."""
        units = self.usual.units
        assert units is not None
        document = positions(self.usual.columns.documents, units["document"])
        place = _places(document, units["start"].to_numpy(dtype=np.int64))
        order = np.argsort(place, kind="stable")
        at = np.searchsorted(place[order], _places(pieces.document, pieces.start), "right") - 1
        row = order[at]
        heading = units["kind"].to_numpy() == "heading"
        return heading[row], units.index.to_numpy(dtype=np.int64)[row]


def _held(data: Dataset) -> Callable[[], pd.DataFrame] | None:
    """The units of a dataset, which each of its parts would else load anew."""
    if data.load_units is None:
        return None
    return cache(data.load_units)


def _places(document: Integers, start: Integers) -> Integers:
    return document.astype(np.int64) << 40 | start
