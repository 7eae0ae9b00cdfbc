"""How much the order of codes, groups or cells owes to a choice, a document, a rule or a word."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By
from wenma.queries.leave_one_out import leave_one_out, on_rules, on_terms
from wenma.queries.other_counts import aligned_counts, counts_by_unit, lowest_codes
from wenma.queries.per_document import (
    chosen_codes,
    document_amounts,
    document_names,
    reference_counts,
    sum_by_cell,
)
from wenma.queries.table import Note, Table
from wenma.queries.unit_texts import BOILERPLATE
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.rank_correlation import RankCorrelation, rank_correlation

Ranked = Literal["codes", "groups", "cells"]

VARIANTS = (
    "headings in",
    "headings out",
    "boilerplate out",
    "clauses",
    "sentences",
    "paragraphs",
    "sections",
    "documents",
    "mean rate",
    "one document out",
    "one rule out",
    "one term out",
)
"""The other ways to count."""


def robustness(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    of: Annotated[
        Sequence[str], "the code whose children are ranked, or several codes; all lowest"
    ] = (),
    boilerplate: Annotated[str, "the code of wording all plans share"] = BOILERPLATE,
    rank: Annotated[
        Ranked, "what is put in order: codes, groups (cities) on each code, or all cells"
    ] = "codes",
) -> Table:
    """How firm the order of codes is: counted otherwise, without one document, rule or term.

    The codes in the order of their references are put in order again in each
    other way, and the two orders compared. A row for each way (and group):

    variant     headings in (out, where they are counted); boilerplate out (its units, and its code
                from both orders); clauses, sentences, paragraphs, sections or documents with
                the code instead of references, where these are not the units themselves;
                mean rate, the mean of the documents' references for every 1,000 Han, in
                which a long document weighs no more than a short one; one document, rule or
                term out
    left_out    the document, rule or term that changes the order most: the lowest tau, then the
                largest move; nothing where none changes it
    ranked      codes in the order: those with references in one way or the other
    tau         Kendall's tau-b of the two orders, 1 the same
    rho         Spearman's rho
    move        the most places a code moves; equals share the mean of their places
    code        the (first) code that does, nothing where none moves
    rank        its place as the table stands, rank_then in the other way
    references  its references as the table stands

    Without a rule a coding falls if no other rule made it too; without a term, if all
    its evidence holds that term. What people coded stays. What a shorter wording inside the
    term, or a rule that the term had silenced, would then find is not looked for.

    With `rank` groups it is the groups (`by`; cities) that are in order on each code, with
    cells all groups and codes together, by references for every 1,000 Han: see `group_ranks`.
    """
    if rank != "codes":
        from wenma.queries.group_ranks import group_ranks

        return group_ranks(
            data, by=by, headings=headings, of=of, boilerplate=boilerplate, cells=rank == "cells"
        )
    grouped = data.grouped("robustness", by=by, headings=headings)
    # Only a code that was named is missed; ours is in some codebooks alone.
    if boilerplate != BOILERPLATE and len(data):
        grouped.tree.check(boilerplate)
    picked = chosen_codes(grouped, of) if of else lowest_codes(grouped)
    paths = np.array(grouped.tree.paths, dtype=object)[picked.codes]
    counts = reference_counts(grouped)[:, picked.codes]
    group_of, groups = grouped.case_groups, len(grouped.groups)
    stands = sum_by_cell(counts, group_of, groups)
    notes: list[Note] = []

    def again(others: Dataset, *, with_headings: bool) -> Integers:
        """References when other codings count, of the same groups and codes."""
        other = others.grouped("robustness", by=by, headings=with_headings)
        return aligned_counts(other, grouped.groups, paths)

    ways: dict[str, Integers | Floats] = {
        "headings out" if headings else "headings in": again(data, with_headings=not headings)
    }
    if data.carries(boilerplate).any():
        fewer, left = data.without(boilerplate)
        ways["boilerplate out"] = again(fewer, with_headings=headings)
        notes.append(
            Note(
                f"Boilerplate out: without {left} units that carry {boilerplate}.",
                zh=f"去除通用提法：不计带有 {boilerplate} 的 {left} 个单元。",
            )
        )
    else:
        notes.append(
            Note(
                f"Nothing carries {boilerplate}, so that there is no boilerplate to leave out.",
                zh=f"没有单元带有 {boilerplate}，无通用提法可去除。",
            )
        )
    # What is left out by its own name takes no part in the order.
    gone = {name: np.zeros(len(paths), dtype=bool) for name in VARIANTS}
    gone["boilerplate out"] = np.isin(picked.codes, _under(grouped, boilerplate))
    unit_ways, unit_notes = counts_by_unit(grouped, picked.codes)
    ways |= unit_ways
    ways["documents"] = sum_by_cell(_present(counts), group_of, groups)
    ways["mean rate"], unknown = _mean_rates(grouped, counts)
    loose = {
        "one rule out": leave_one_out(grouped, picked.codes, on_rules(grouped)),
        "one term out": leave_one_out(grouped, picked.codes, on_terms(grouped)),
    }
    rows: list[tuple[int, str, str, RankCorrelation]] = []
    for group in range(groups):
        here = stands[group]
        rows += [
            (
                group,
                name,
                "",
                rank_correlation(_but(here, gone[name]), _but(way[group], gone[name])),
            )
            for name, way in ways.items()
        ]
        members = np.flatnonzero(group_of == group)
        names = document_names(grouped, "document")[members]
        dropped = (here - counts[[at]].toarray().ravel() for at in members)
        rows.append((group, "one document out", *_worst(here, zip(names, dropped, strict=True))))
        for variant, one in loose.items():
            if one.names:
                without = ((name, here - lost) for name, lost in one.fallen(group))
                rows.append((group, variant, *_worst(here, without)))
    notes += [_ON_NOTHING[variant] for variant, one in loose.items() if not one.names]
    every = [shift for *_, shift in rows]
    at = np.array([group for group, *_ in rows], dtype=np.int64)
    moved = np.array([shift.code for shift in every], dtype=np.int64)
    there = moved >= 0
    named = np.full(len(rows), "", dtype=object)
    named[there] = paths[moved[there]]
    count = np.full(len(rows), np.nan)
    count[there] = stands[at[there], moved[there]]
    return grouped.table(
        {
            "variant": np.array([name for _, name, *_ in rows], dtype=object),
            "left_out": np.array([what for _, _, what, _ in rows], dtype=object),
            "ranked": np.array([shift.ranked for shift in every], dtype=np.int64),
            "tau": np.array([shift.tau for shift in every]),
            "rho": np.array([shift.rho for shift in every]),
            "move": np.array([shift.move for shift in every]),
            "code": named,
            "rank": np.array([shift.rank for shift in every]),
            "rank_then": np.array([shift.rank_then for shift in every]),
            "references": count,
        },
        group=at,
        notes=[*notes, *unit_notes, *unknown, *_undefined(grouped, rows)],
        basis={"of": picked.of},
    )


_ON_NOTHING = {
    "one rule out": Note(
        "No coding depends on one rule: none is left out.",
        zh="没有只依赖单一规则的编码参考点，不比较去除规则后的排序。",
    ),
    "one term out": Note(
        "No coding depends on one term: none is left out.",
        zh="没有只依赖某一词语的编码参考点，不比较去除词语后的排序。",
    ),
}


def _under(grouped: Grouped, code: str) -> list[int]:
    return grouped.tree.below(code) if code in grouped.tree.at else []


def _but(counts: Integers | Floats, gone: NDArray[np.bool_]) -> Integers | Floats:
    """The counts with nought for what takes no part."""
    return np.where(gone, 0, counts)


def _present(counts: csr_array) -> csr_array:
    return (counts > 0).astype(np.int64)


def _mean_rates(grouped: Grouped, counts: csr_array) -> tuple[Floats, tuple[Note, ...]]:
    """Mean over a group's documents of their references by countable characters."""
    size = document_amounts(grouped, "countable", *["heading_han"] * grouped.headings)
    written = size > 0
    many = np.bincount(grouped.case_groups[written], minlength=len(grouped.groups))
    weight = np.where(written, 1000 / np.where(written, size, 1), 0.0)
    gather = csr_array(
        (weight, (grouped.case_groups, np.arange(len(size)))),
        shape=(len(grouped.groups), len(size)),
    )
    with np.errstate(invalid="ignore"):
        rates = (gather @ counts).toarray() / np.where(many > 0, many, np.nan)[:, None]
    without = int((~written).sum())
    return rates, (
        Note(
            f"Mean rate: without {without} documents of unknown length or none.",
            zh=f"平均每千字频次：不计长度不明或无正文的文件 {without} 份。",
        ),
    ) * (without > 0)


def _worst(here: Integers, ways: Iterable[tuple[str, Integers]]) -> tuple[str, RankCorrelation]:
    """The way that changes the order most, "" where none changes it.

    A way after which nothing is left has no order to compare.
    """
    tried = [(name, rank_correlation(here, counts)) for name, counts in ways if counts.any()]
    if not tried:
        return "", rank_correlation(here, np.full(len(here), np.nan))
    name, shift = min(tried, key=lambda one: (np.nan_to_num(one[1].tau, nan=1.0), -one[1].move))
    return name if shift.move > 0 else "", shift


def _undefined(
    grouped: Grouped, rows: Sequence[tuple[int, str, str, RankCorrelation]]
) -> list[Note]:
    bare = dict.fromkeys(group for group, *_, shift in rows if np.isnan(shift.tau))
    where = f" in {first_few([grouped.groups[g] for g in bare])}" if grouped.by and bare else ""
    wo = f"{first_few([grouped.groups[g] for g in bare])}：" if grouped.by and bare else ""
    return [
        Note(
            f"tau and rho are empty{where} where an order is not defined: fewer than two codes "
            "with references, all with the same number, nothing left, or the lengths not known.",
            zh=f"{wo}排序无定义处 τ 与 ρ 留空：有参考点的编码不足两个、各编码数值相同、"
            "去除后所剩为空，或文件长度不明。",
        )
    ] * bool(bare)
