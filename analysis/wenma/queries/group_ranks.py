"""How much the order of cities, or of cells, owes to a choice, a document, a rule or a word."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.leave_one_out import LeaveOneOut, leave_one_out, on_rules, on_terms
from wenma.queries.other_counts import aligned_counts, counts_by_unit, lowest_codes
from wenma.queries.per_document import (
    Names,
    chosen_codes,
    document_amounts,
    document_names,
    part_counts,
    reference_counts,
    sum_by_cell,
)
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.rank_correlation import RankCorrelation, rank_correlation

TRIED = 40
"""Documents, rules or terms left out in turn where all cells are put in order: the largest."""
_COLUMNS = (
    "variant left_out ranked_code ranked tau rho move group code rank rank_then per_1000"
).split()


def group_ranks(
    data: Dataset,
    *,
    by: By,
    headings: bool,
    of: Sequence[str],
    boilerplate: str,
    cells: bool,
) -> Table:
    """The order of groups on each code, or of all cells, beside the order counted otherwise.

    In order are references for every 1,000 Han of the group, whatever is counted. A row for
    each way (and code): those of `robustness`, without mean rate and with

    raw counts  references, not divided by the length of the group's text
    share       references in percent of those of the code's dimension in the group
    documents   the share of the group's documents that have the code

    ranked_code      the code on which the groups are in order; nothing for cells
    group, code      what moves most; nothing where nothing moves
    per_1000         its references for every 1,000 Han as the table stands
    """
    by = by or _places(data)
    grouped = data.grouped("robustness", by=by, headings=headings)
    if len(grouped.groups) < 2 and len(data):
        raise QueryError(
            "an order of groups needs two groups",
            cure="Name an attribute with two values or more: --by ATTRIBUTE",
            zh="排序至少需要两组。请用 --by 写一个有两个以上取值的属性。",
        )
    picked = chosen_codes(grouped, of) if of else lowest_codes(grouped)
    paths = np.array(grouped.tree.paths, dtype=object)[picked.codes]
    ranks = _Ranks(data, grouped, picked.codes, paths, boilerplate, by)
    rows = [*ranks.ways(cells), *ranks.left_out(cells)] if len(data) else []
    rate = ranks.stands * ranks.per if len(data) else np.zeros((0, 0))
    groups, size = np.array(grouped.groups, dtype=object), max(len(paths), 1)
    columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    for variant, left, code, shift in rows:
        moved = shift.code if cells else shift.code * size + code
        there = shift.code >= 0
        group, which = divmod(moved, size) if there else (0, 0)
        for name, said in (
            ("variant", variant),
            ("left_out", left),
            ("ranked_code", "" if cells else paths[code]),
            ("ranked", shift.ranked),
            ("tau", shift.tau),
            ("rho", shift.rho),
            ("move", shift.move),
            ("group", groups[group] if there else ""),
            ("code", paths[which] if there else ""),
            ("rank", shift.rank),
            ("rank_then", shift.rank_then),
            ("per_1000", rate[group, which] if there else np.nan),
        ):
            columns[name].append(said)
    kinds = {"ranked": np.int64} | dict.fromkeys(("tau", "rho", "move", "rank", "rank_then"), float)
    kinds["per_1000"] = float
    return grouped.table(
        {
            name: np.array(values, dtype=kinds.get(name, object))
            for name, values in columns.items()
            if not (cells and name == "ranked_code")
        },
        notes=[_RATES, *ranks.notes, *([_FEW] if cells else [])],
        basis={"of": picked.of, "ranked": "cells" if cells else "groups"},
    )


_Row = tuple[str, str, int, RankCorrelation]


@dataclass
class _Ranks:
    """The rates of each group on each code, and every other way to have them."""

    data: Dataset
    grouped: Grouped
    codes: Integers
    paths: Names
    boilerplate: str
    by: By

    def __post_init__(self) -> None:
        grouped = self.grouped
        self.notes: list[Note] = []
        self.counts = reference_counts(grouped)[:, self.codes]
        self.of_case, self.groups = grouped.case_groups, len(grouped.groups)
        self.stands = sum_by_cell(self.counts, self.of_case, self.groups)
        length = document_amounts(grouped, "countable", *["heading_han"] * grouped.headings)
        han = np.bincount(self.of_case, weights=length, minlength=self.groups)
        self.han: Floats = han.astype(np.float64)
        self.length = length
        self.per = _per_1000(self.han)[:, None]

    def ways(self, cells: bool) -> Iterator[_Row]:
        for variant, rates in self._others():
            yield from self._compared(variant, "", rates, cells)

    def _others(self) -> Iterator[tuple[str, Floats]]:
        grouped, headings = self.grouped, self.grouped.headings
        yield (
            "headings out" if headings else "headings in",
            self._again(self.data, headings=not headings),
        )
        if self.data.carries(self.boilerplate).any():
            fewer, units = self.data.without(self.boilerplate)
            rates = self._again(fewer, headings=headings)
            if self.boilerplate in grouped.tree.at:
                rates[:, np.isin(self.codes, grouped.tree.below(self.boilerplate))] = np.nan
            self.notes.append(
                Note(
                    f"Boilerplate out: without {units} units that carry {self.boilerplate}.",
                    zh=f"去除通用提法：不计带有 {self.boilerplate} 的 {units} 个单元。",
                )
            )
            yield "boilerplate out", rates
        unit_ways, notes = counts_by_unit(grouped, self.codes)
        self.notes += notes
        for variant, counts in unit_ways.items():
            yield variant, counts * self.per
        with np.errstate(divide="ignore", invalid="ignore"):
            many = np.bincount(self.of_case, minlength=self.groups)[:, None]
            have = sum_by_cell((self.counts > 0).astype(np.int64), self.of_case, self.groups)
            yield "documents", have / many
            yield "raw counts", self.stands.astype(np.float64)
            parts = sum_by_cell(part_counts(grouped), self.of_case, self.groups)
            yield "share", (parts / grouped.tree.of_dimension(parts))[:, self.codes]

    def _again(self, others: Dataset, *, headings: bool) -> Floats:
        other = others.grouped("robustness", by=self.by, headings=headings)
        counts = aligned_counts(other, self.grouped.groups, self.paths)
        length = document_amounts(other, "countable", *["heading_han"] * headings)
        at = {name: number for number, name in enumerate(other.groups)}
        han = np.bincount(other.case_groups, weights=length, minlength=len(other.groups))
        own = np.array([han[at[name]] if name in at else np.nan for name in self.grouped.groups])
        return np.asarray(counts * _per_1000(own)[:, None])

    def left_out(self, cells: bool) -> Iterator[_Row]:
        """The document, rule and term that change an order most."""
        yield from self._worst("one document out", list(self._documents()), cells)
        for variant, on in (("one rule out", on_rules), ("one term out", on_terms)):
            loose = leave_one_out(self.grouped, self.codes, on(self.grouped))
            things = list(self._things(loose)) if loose.names else []
            yield from self._worst(variant, things, cells)

    def _documents(self) -> Iterator["_Without"]:
        names = document_names(self.grouped, "document")
        for at, group in enumerate(self.of_case.tolist()):
            lost = csr_array((np.ones(1), ([group], [at])), shape=(self.groups, len(names)))
            gone = (lost @ self.counts).toarray()
            han = self.han.copy()
            han[group] -= self.length[at]

            def rates(gone: Floats = gone, han: Floats = han) -> Floats:
                return np.asarray((self.stands - gone) * _per_1000(han)[:, None])

            yield _Without(str(names[at]), np.flatnonzero(self.stands[group]), gone.sum(), rates)

    def _things(self, loose: LeaveOneOut) -> Iterator["_Without"]:
        size = len(loose.names)
        counts = loose.counts.tocoo()
        group, thing = np.divmod(counts.row, size)
        order = np.argsort(thing, kind="stable")
        group, thing, code, lost = (one[order] for one in (group, thing, counts.col, counts.data))
        first = np.searchsorted(thing, np.arange(size + 1))
        for at in np.unique(thing).tolist():
            here = slice(first[at], first[at + 1])
            where, what, many = group[here], code[here], lost[here]

            def rates(
                where: Integers = where, what: Integers = what, many: Integers = many
            ) -> Floats:
                left = self.stands.astype(np.float64)
                np.subtract.at(left, (where, what), many)
                return np.asarray(left * self.per)

            yield _Without(loose.names[at], np.unique(what), many.sum(), rates)

    def _worst(self, variant: str, things: list["_Without"], cells: bool) -> Iterator[_Row]:
        if cells:
            things = sorted(things, key=lambda one: -one.lost)[:TRIED]
        worst: dict[int, tuple[str, RankCorrelation]] = {}
        for one in things:
            rates = one.rates()
            touched = range(1) if cells else one.codes.tolist()
            for _, name, code, shift in self._compared(variant, one.name, rates, cells, touched):
                if code not in worst or _further(shift, worst[code][1]):
                    worst[code] = name, shift
        for code in sorted(worst):
            name, shift = worst[code]
            yield variant, name if shift.move > 0 else "", code, shift

    def _compared(
        self,
        variant: str,
        name: str,
        rates: Floats,
        cells: bool,
        codes: Iterable[int] | None = None,
    ) -> Iterator[_Row]:
        base = self.stands * self.per
        if cells:
            shown = np.isfinite(rates) & np.isfinite(base)
            one, other = np.where(shown, base, 0).ravel(), np.where(shown, rates, 0).ravel()
            yield variant, name, 0, rank_correlation(one, other)
            return
        for code in range(len(self.paths)) if codes is None else codes:
            shown = np.isfinite(rates[:, code]) & np.isfinite(base[:, code])
            one, other = (np.where(shown, each[:, code], 0) for each in (base, rates))
            yield variant, name, code, rank_correlation(one, other)


@dataclass(frozen=True)
class _Without:
    """Something left out: whose orders it can change, how much goes, and the rates then."""

    name: str
    codes: Integers
    lost: float
    rates: Callable[[], Floats]


def _further(one: RankCorrelation, other: RankCorrelation) -> bool:
    """Does the one change an order more: a lower tau, or the same and a larger move?"""
    keys = [(np.nan_to_num(each.tau, nan=1.0), -each.move) for each in (one, other)]
    return keys[0] < keys[1]


def _per_1000(han: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(han > 0, 1000 / han, np.nan)


def _places(data: Dataset) -> By:
    if "city" in data.cases:
        return "city"
    raise QueryError(
        "an order of groups needs an attribute to group by",
        cure="Name one: --by ATTRIBUTE",
        zh="排序需要分组的属性。请用 --by 写出。",
    )


_RATES = Note(
    "Groups are in order by references for every 1,000 Han; those without the code in either way "
    "are not ranked. Units of other sizes are divided by the same Han.",
    zh="各组按每千字参考点排序；两种计法下都没有该编码的组不参与排序。按其他单元计数时除以同样的字数。",
)
_FEW = Note(
    f"Of documents, rules and terms the {TRIED} on which most references rest were left out, each "
    "in turn.",
    zh=f"逐一去除的是所据参考点最多的 {TRIED} 个文件、规则或词语。",
)
