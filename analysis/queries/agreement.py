"""How far coders agree, code by code."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import nan
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.errors import QueryError
from analysis.queries.given import whole_number
from analysis.queries.material import Floats, Integers, Tree, listed
from analysis.queries.table import By, Note, Table, nearest
from analysis.queries.texts import Texts, texts
from analysis.review.agreement import krippendorff_alpha
from analysis.review.chance import (
    brennan_prediger,
    cohen_kappa,
    composite_reliability,
    fleiss_kappa,
    gwet_ac1,
    holsti,
    percent_agreement,
    scott_pi,
)
from analysis.review.resampling import RELIABLE, TENTATIVE, drawn, summed_up
from analysis.review.unitizing import Span, parted, unitizing_alphas

Size = Literal["unit", "paragraph", "character"]
Drawn = Literal["unit", "document"]

HIGH = 0.8
"""AC1 from which on a low α may come of a code that is rare, or nearly everywhere."""
HIGH_PERCENT = 90.0
"""The per cent that must agree besides."""

_COLUMNS = (
    "code compared by_any by_all by_each agreed holsti composite kappa pi alpha alpha_low "
    "alpha_high ac1 brennan_prediger u_alpha verdict"
).split()

_Row = dict[str, Any]


def agreement(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    by: By | None = None,
    headings: bool = False,
    units: pd.DataFrame | None = None,
    between: Annotated[Sequence[str], "the coders to compare; all"] = (),
    size: Annotated[Size, "what is compared"] = "unit",
    draws: Annotated[str | int, "samples for the interval of α; 0 for none"] = 1000,
    resample: Annotated[Drawn, "what is drawn for that interval"] = "unit",
) -> Table:
    """How far two coders or more agree on each code and dimension.

    Counted are the documents every one of them has coded, with all their units:
    where none of them put a code they agree that it is absent. A code's row
    compares who put the code, or one under it, on what; a dimension's row
    compares which of the codes directly under it each coder put there. Columns:

    compared      units, paragraphs or characters
    by_any, by_all, by_each  of these, with the code by one of them at least, by all, by each
    agreed        per cent on which pairs of coders agree
    holsti        2M / (N₁ + N₂) of what was given; composite is Holsti's reliability of all
    kappa, pi     Cohen's κ and Scott's π of two; Fleiss' κ of more
    alpha         Krippendorff's α, nominal, with its 95 % interval
    ac1, brennan_prediger  the two that a rare code does not press down
    u_alpha       Krippendorff's _uα of 2016, on the very spans, whatever the size
    verdict       reliable from .800, tentative from .667, unreliable below; of these prevalence
                  where AC1 and per cent are high, since the code is rare or nearly everywhere
    """
    samples = whole_number("draws", draws)
    coders = _coders(codings, [between] if isinstance(between, str) else list(between))
    codings = codings[codings["coder"].isin(coders)]
    shared, left_out = _shared(codings, documents, coders)
    kept = texts(
        "agreement",
        codings[codings["document"].isin(shared)] if shared else codings,
        None if units is None else _of(units, shared),
        documents=None if documents is None else _of(documents, shared),
        codes=codes,
        by=by,
        headings=headings,
    )
    rows: list[_Row] = []
    notes: list[Note] = []
    groups: list[int] = []
    if len(kept.units):
        ground = _Ground(kept, coders, size)
        chances = _Chances(ground, samples, resample)
        columns = [_rows(ground, chances, code) for code in range(len(kept.asked.tree.paths))]
        rows = [one for of_group in zip(*columns, strict=True) for one in of_group]
        groups = np.repeat(np.arange(len(kept.asked.groups)), len(columns)).tolist()
        notes = list(_notes(ground, chances, rows))
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return kept.asked.table(
        {column: frame[column].to_numpy() for column in _COLUMNS},
        group=np.array(groups, dtype=np.int64),
        notes=[*left_out, *kept.notes, *notes],
        basis={
            "coders": "; ".join(coders),
            "size": size,
            **({"resample": resample, "draws": str(samples)} if samples else {}),
        },
    )


def _coders(codings: pd.DataFrame, named: list[str]) -> list[str]:
    """Who is compared; QueryError when it is not two at least, or not known who coded what."""
    for column in ("coder", "document"):
        if column not in codings:
            raise QueryError(
                f"the codings have no column {column}",
                cure=f"Their columns are: {', '.join(map(str, codings.columns))}",
            )
    there = sorted(map(str, pd.unique(codings["coder"])))
    if merged := [one for one in there if "; " in one]:
        raise QueryError(
            f"codings that coders share were made one ({merged[0]})",
            cure="Open the study with open_study(project, coder=[...], apart=True)",
        )
    for one in named:
        if there and one not in there:
            raise QueryError(f'there are no codings by "{one}"', cure=nearest(one, there))
    chosen = list(dict.fromkeys(named or there))
    if there and len(chosen) < 2:
        raise QueryError(
            f"agreement is between two coders or more, and here is only {chosen[0]}",
            cure="Name two: --coder NAME NAME",
        )
    return chosen


def _shared(
    codings: pd.DataFrame, documents: pd.DataFrame | None, coders: Sequence[str]
) -> tuple[list[str], list[Note]]:
    """The documents every coder has coded, and how many are left out."""
    each = codings.groupby("document", sort=False)["coder"].nunique()
    everyone = set(each.index[each == len(coders)])
    known = pd.unique((codings if documents is None else documents)["document"])
    shared = [name for name in known if name in everyone]
    gone = [name for name in known if name not in everyone]
    if not gone or not len(codings):
        return shared, []
    return shared, [
        Note(
            f"Left out: {len(gone)} documents that not every one of these coders has coded "
            f"({listed(gone)}).",
            zh=f"未计入：并非所有编码者都编过的文件 {len(gone)} 份（{listed(gone)}）。",
        )
    ]


def _of(frame: pd.DataFrame, documents: Sequence[str]) -> pd.DataFrame:
    return frame[frame["document"].isin(documents)] if "document" in frame else frame


# -- the ground: places, and who put what there -----------------------------------------


@dataclass(frozen=True)
class _Given:
    """What coders put on places, for one row of the table: places where all put nothing left out.

    `kinds` are the different units of the comparison, the first of them empty;
    `kind` is that of each place.
    """

    kinds: list[tuple[Hashable, ...]]
    place: Integers
    kind: Integers


class _Ground:
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
            raise QueryError("a unit stands twice in the units", cure="Give each unit once")
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

    def given(self, code: int) -> _Given:
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
        return _Given([nothing, *told], places, kind.ravel().astype(np.int64) + 1)

    def children(self, code: int) -> list[int]:
        """The codes directly under a dimension; none of any other code."""
        path = self.tree.paths[code]
        return self.tree.children(path) if "/" not in path else []

    def _sets(self, dimension: int) -> _Given:
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
        return _Given(list(number), places, np.array(kind, dtype=np.int64))

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


# -- rows --------------------------------------------------------------------------------


def _rows(ground: _Ground, chances: "_Chances", code: int) -> list[_Row]:
    """The rows of a code, one for each group."""
    given = ground.given(code)
    has = np.array([[one is not None for one in unit] for unit in given.kinds])
    group = ground.group[given.place]
    rows = []
    for number, u_alpha in enumerate(ground.u_alphas(code)):
        here = group == number
        place, kind = given.place[here], given.kind[here]
        times = np.bincount(kind, weights=ground.weight[place], minlength=len(given.kinds)).astype(
            np.float64  # of no places at all, numpy counts in whole numbers
        )
        compared = int(chances.compared[number])
        times[0] = compared - times[1:].sum()
        measured = _measures(given.kinds, times)
        low, high = chances.interval(number, given.kinds, place, kind, measured["alpha"])
        rows.append(
            {
                "code": ground.tree.paths[code],
                "compared": compared,
                "by_any": int(times @ has.any(axis=1)),
                "by_all": int(times @ has.all(axis=1)),
                "by_each": "; ".join(str(int(one)) for one in times @ has),
                **measured,
                "alpha_low": low,
                "alpha_high": high,
                "u_alpha": u_alpha,
                "verdict": _verdict(measured["alpha"], measured["ac1"], measured["agreed"]),
            }
        )
    return rows


def _absent(kinds: Sequence[tuple[Hashable, ...]]) -> list[tuple[Hashable, ...]]:
    """With nothing put there told as a value of its own: to leave a code off is a decision."""
    return [tuple(False if one is None else one for one in unit) for unit in kinds]


def _measures(kinds: list[tuple[Hashable, ...]], times: Floats) -> dict[str, float]:
    units, coders = _absent(kinds), len(kinds[0])
    two = coders == 2
    mean = holsti(kinds, times=times)
    many = fleiss_kappa(units, times=times)
    return {
        "agreed": 100 * percent_agreement(units, times=times),
        "holsti": mean,
        "composite": composite_reliability(mean, coders),
        "kappa": cohen_kappa(units, times=times) if two else many,
        "pi": scott_pi(units, times=times) if two else many,
        "alpha": krippendorff_alpha(units, times=times),
        "ac1": gwet_ac1(units, times=times),
        "brennan_prediger": brennan_prediger(units, times=times),
    }


class _Chances:
    """The intervals of α: blocks of places drawn again and again."""

    def __init__(self, ground: _Ground, samples: int, resample: Drawn) -> None:
        self.ground, self.samples, self.resample = ground, samples, resample
        # Characters of one sentence are not drawn apart: they were coded in one go.
        self.block = ground.document if resample == "document" else ground.sentence
        self.whole = np.bincount(self.block, weights=ground.weight)
        groups = len(ground.kept.asked.groups)
        self.compared = np.bincount(ground.group, weights=ground.weight, minlength=groups)
        there, first = np.unique(self.block, return_index=True)
        of_block = ground.group[first]
        self.sizes = [
            np.unique(self.whole[there[of_block == group]], return_counts=True)
            for group in range(groups)
        ]
        """The different sizes of the blocks of each group, and how many have each."""

    def interval(
        self,
        group: int,
        kinds: Sequence[tuple[Hashable, ...]],
        place: Integers,
        kind: Integers,
        alpha: float,
    ) -> tuple[float, float]:
        """α's 95 % interval in a group, from what was put on these places; nan without one."""
        sizes, often = self.sizes[group]
        if not self.samples or np.isnan(alpha) or often.sum() < 2:
            return nan, nan
        touched, at = np.unique(self.block[place], return_inverse=True)
        # What was put on each block: kinds and how much of each, block after block.
        cell, cell_at = np.unique(at * len(kinds) + kind, return_inverse=True)
        block, what = np.divmod(cell, len(kinds))
        much = np.bincount(cell_at, weights=self.ground.weight[place])
        whole = self.whole[touched]
        rest = whole - np.bincount(block, weights=much, minlength=len(touched))
        first = np.searchsorted(block, np.arange(len(touched) + 1)).tolist()
        alike = Counter(
            (float(rest[one]), what[low:high].tobytes(), much[low:high].tobytes())
            for one, (low, high) in enumerate(pairwise(first))
        )
        # Most blocks hold nothing of the code, and differ in their size at most.
        left = often - np.bincount(np.searchsorted(sizes, whole), minlength=len(sizes))
        rows = [
            *((nothing, np.frombuffer(w, what.dtype), np.frombuffer(m)) for nothing, w, m in alike),
            *((float(size), what[:0], much[:0]) for size in sizes),
        ]
        ends = np.cumsum([0, *(1 + len(w) for _, w, _ in rows)])
        blocks = csr_array(
            (
                np.concatenate([[nothing, *m] for nothing, _, m in rows]),
                np.concatenate([[0, *w] for _, w, _ in rows]).astype(np.int64),
                ends,
            ),
            shape=(len(rows), len(kinds)),
        )
        times = np.concatenate([list(alike.values()), left]).astype(np.int64)
        found = summed_up(alpha, drawn(_absent(kinds), blocks, times, draws=self.samples))
        return found.low, found.high


def _verdict(alpha: float, ac1: float, agreed: float) -> str:
    if np.isnan(alpha):
        return "undefined"
    if alpha >= RELIABLE:
        return "reliable"
    if alpha >= TENTATIVE:
        return "tentative"
    return "prevalence" if ac1 >= HIGH and agreed >= HIGH_PERCENT else "unreliable"


# -- notes -------------------------------------------------------------------------------


def _notes(ground: _Ground, chances: _Chances, rows: Sequence[_Row]) -> Iterator[Note]:
    yield Note(
        "What nobody coded counts as agreement that the code is absent. A dimension's row compares "
        "the sets of codes directly under it.",
        zh="无人编码之处计为一致认为没有该编码；维度一行比较的是其直接下级编码的集合。",
    )
    if len(ground.coders) > 2:
        yield Note(
            "κ is Fleiss' κ, of more than two coders; π is the same. Holsti is the mean of all "
            "pairs.",
            zh="编码者多于两人：κ 为 Fleiss κ，π 与之相同；Holsti 为两两均值。",
        )
    if ground.free and ground.size != "character":
        yield Note(
            f"{ground.free} codings lie on free spans: they count for all they touch.",
            zh=f"自由选段 {ground.free} 处：计入其涉及的每个单元或段落。",
        )
    if chances.samples:
        yield _interval_note(chances, rows)
    if undefined := sum(row["verdict"] == "undefined" for row in rows):
        yield Note(
            f"What is corrected for chance is empty in {undefined} rows: nobody gave the code, or "
            "all gave it everywhere, and agreement on what never varies cannot be told from "
            "chance. Holsti is empty where nobody gave it.",
            zh=f"{undefined} 行的机遇校正系数留空：无人使用该编码，或处处皆有；没有变化便无从与"
            "随机一致区分。无人使用时 Holsti 亦留空。",
        )
    if any(row["verdict"] == "prevalence" for row in rows):
        yield Note(
            f"prevalence: α is below {TENTATIVE}, AC1 is {HIGH} or more and {HIGH_PERCENT:g} % "
            "agree. The code is rare, or nearly everywhere: they agree that it is absent, and a "
            "few units decide about α. Holsti tells how far they agree where it was given; code "
            "more units that hold it.",
            zh=f"分布偏斜：α 低于 {TENTATIVE}，而 AC1 不低于 {HIGH} 且一致率达 {HIGH_PERCENT:g}%。"
            "该编码很少或几乎处处皆有：一致多在“没有”，少数单元即左右 α。给出编码之处是否一致看 "
            "Holsti；请增加含该编码的单元。",
        )


def _interval_note(chances: _Chances, rows: Sequence[_Row]) -> Note:
    samples = chances.samples
    if chances.resample == "unit":
        paragraphs = chances.ground.size == "paragraph"
        what, was = ("paragraphs", "段落") if paragraphs else ("units", "单元")
        return Note(
            f"α's 95 % interval is of {samples} samples of the {what}. Those of one document are "
            "alike: with resample document it is wider, and safer to report.",
            zh=f"α 的 95% 区间：对{was}重抽样 {samples} 次。同一文件内的{was}彼此相近，按文件重抽样"
            "（resample document）所得区间更宽，也更稳妥。",
        )
    alone = any(
        row["alpha"] == row["alpha"] and row["alpha_low"] != row["alpha_low"] for row in rows
    )
    documents = len(chances.ground.kept.asked.document_groups)
    return Note(
        f"α's 95 % interval is of {samples} samples of the {documents} documents"
        f"{'; it is empty for a single document' if alone else ''}.",
        zh=f"α 的 95% 区间：对 {documents} 份文件重抽样 {samples} 次"
        f"{'；只有一份文件时留空' if alone else ''}。",
    )
