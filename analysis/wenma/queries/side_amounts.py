"""How much of some codes each case has, in units of any size: what the sides of a claim compare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wenma.queries.grouped import Grouped
from wenma.queries.per_document import document_amounts
from wenma.queries.segments import Segments
from wenma.queries.ways import (
    AS_CODED,
    DIMENSION,
    DOCUMENTS,
    IN_SCOPE_UNITS,
    MEAN_RATE,
    NUMBER,
    RATE,
    UNITS,
)
from wenma.queries.windows import Window, cut_membership, window_columns, window_membership
from wenma.statistics.arrays import Floats, Integers

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CaseAmounts:
    """What each case has; `amount`, `carrying`, `own` and `whole` are cases by codes.

    document   number of the case's document
    countable  Han characters that are counted, nan where unknown
    units      units of this size, and `in_scope` those in which most codes can stand
    amount     passages (as coded) or units with the code or one under it
    carrying   units with it
    own        passages or units of the code and those under it, added up; `whole` those of all
               codes of its dimension
    """

    document: Integers
    countable: Floats
    units: Floats
    in_scope: Floats
    amount: Integers
    carrying: Integers
    own: Integers
    whole: Integers

    def value(self, counted_as: str, cases: Mask, code: int) -> float:
        """What some cases have of a code, counted so; nan where that is not defined.

        References as a number, or for every 1,000 Han; percent of units, of units in scope, of
        the dimension's references, or of documents; or the mean of the documents' rates.
        """
        if not cases.any():
            return np.nan
        amount = self.amount[cases, code]
        if counted_as == NUMBER:
            return float(amount.sum())
        if counted_as == RATE:
            return _of(1000 * amount.sum(), self.countable[cases].sum())
        if counted_as == UNITS:
            return _of(100 * self.carrying[cases, code].sum(), self.units[cases].sum())
        if counted_as == IN_SCOPE_UNITS:
            return _of(100 * self.carrying[cases, code].sum(), self.in_scope[cases].sum())
        if counted_as == DIMENSION:
            return _of(100 * self.own[cases, code].sum(), self.whole[cases, code].sum())
        _, document = np.unique(self.document[cases], return_inverse=True)
        references = np.bincount(document, weights=amount)
        # One document has a rate of its own, and either has the code or not.
        if len(references) < 2:
            return np.nan
        if counted_as == DOCUMENTS:
            return float(100 * (references > 0).mean())
        assert counted_as == MEAN_RATE
        han = np.bincount(document, weights=self.countable[cases])
        written = han > 0
        return (
            float((1000 * references[written] / han[written]).mean()) if written.any() else np.nan
        )


def _of(some: float, many: float) -> float:
    return float(some / many) if many > 0 else np.nan


@dataclass(frozen=True, eq=False)
class Standing:
    """Where codings stand: in passages as coded, and in units of a size.

    `codes` are the numbers of those that are asked for; `in_scope` the units in scope of each
    case. `place` is the passage or unit of the coding at `inside`; `unit` that of the one at
    `in_unit`.
    """

    grouped: Grouped
    codes: Integers
    units: Floats
    in_scope: Floats
    inside: Integers
    place: Integers
    in_unit: Integers
    unit: Integers

    @cached_property
    def whole(self) -> CaseAmounts:
        """What each case has of all codings."""
        return self.amounts(np.ones(len(self.grouped.code), dtype=bool))

    def amounts(self, kept: Mask) -> CaseAmounts:
        """What each case has of the codings that are kept."""
        passages, units = kept[self.inside], kept[self.in_unit]
        some = replace(
            self,
            inside=self.inside[passages],
            place=self.place[passages],
            in_unit=self.in_unit[units],
            unit=self.unit[units],
        )
        amount = some.counts(some.inside, some.place, aggregate=True)[:, self.codes]
        own = some.counts(some.inside, some.place, aggregate=False)
        carrying = some.counts(some.in_unit, some.unit, aggregate=True)[:, self.codes]
        below, dimension = self.members
        return CaseAmounts(
            self.grouped.case_documents,
            self.countable,
            self.units,
            self.in_scope,
            amount,
            carrying,
            own @ below,
            own @ dimension,
        )

    def counts(self, inside: Integers, place: Integers, *, aggregate: bool) -> Integers:
        """Places with each code of the codebook, cases by codes; each place once."""
        grouped, size = self.grouped, len(self.grouped.tree.paths)
        code, case = grouped.code[inside], grouped.case[inside]
        if aggregate:
            at, code = grouped.tree.lineage(code)
            place, case = place[at], case[at]
        first = np.unique(place * size + code, return_index=True)[1]
        cells = case[first] * size + code[first]
        counts = np.bincount(cells, minlength=len(grouped.case_groups) * size)
        return counts.reshape(-1, size)

    @cached_property
    def countable(self) -> Floats:
        """Han characters of each case that are counted."""
        return document_amounts(self.grouped, "countable", *["heading_han"] * self.grouped.headings)

    @cached_property
    def members(self) -> tuple[Integers, Integers]:
        """Which codes are under each that is asked for, and which are of its dimension."""
        tree = self.grouped.tree
        size = len(tree.paths)
        below = np.zeros((size, len(self.codes)), dtype=np.int64)
        dimension = np.zeros_like(below)
        for at, code in enumerate(self.codes.tolist()):
            below[tree.below(tree.paths[code]), at] = 1
            dimension[dimension_codes(tree.paths, tree.flat, code), at] = 1
        return below, dimension


def dimension_codes(paths: Sequence[str], flat: Integers, code: int) -> Integers:
    """The codes whose references make up the whole of a code's share.

    >>> dimension_codes(("a", "b", "c", "c/d"), np.array([0, 1]), 1).tolist()
    [0, 1]
    """
    if len(flat) > 1 and code in flat:
        return flat
    top = paths[code].partition("/")[0]
    return np.array([n for n, one in enumerate(paths) if one.partition("/")[0] == top])


def standing(
    grouped: Grouped,
    codes: Integers,
    *,
    counted_in: str,
    scope: Grouped | None = None,
    cut: Segments | None = None,
) -> Standing:
    """Where the codings of these codes stand, as coded or in units of another size.

    `scope` has a coding for each unit in scope and no other; `cut` are the clauses or sentences.
    """
    window: Window = "unit" if counted_in == AS_CODED else counted_in  # type: ignore[assignment]
    size = len(grouped.case_groups)
    if cut is not None:
        at_unit = cut_membership(grouped, cut)
        units = np.bincount(_cases_of(grouped, cut), minlength=size).astype(float)
    else:
        at_unit = window_membership(grouped, window, 0)
        units = document_amounts(grouped, *window_columns(grouped, window))
    inside, place = at_unit
    if counted_in == AS_CODED:
        inside, place = np.arange(len(grouped.code)), grouped.passage
    return Standing(
        grouped, codes, units, _in_scope(scope, window, cut, size), inside, place, *at_unit
    )


def _cases_of(grouped: Grouped, cut: Segments) -> Integers:
    return grouped.case_of(cut)


def _in_scope(scope: Grouped | None, window: Window, cut: Segments | None, size: int) -> Floats:
    if scope is None:
        return np.full(size, np.nan)
    at, place = window_membership(scope, window, 0) if cut is None else cut_membership(scope, cut)
    first = np.unique(place, return_index=True)[1]
    return np.bincount(scope.case[at[first]], minlength=size).astype(float)
