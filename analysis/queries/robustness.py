"""How much the order of the codes owes to a choice, a document or a rule."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.queries.leaving_out import leave_out
from analysis.queries.material import Floats, Integers, Material, listed, material, plain
from analysis.queries.per_document import Chosen, Names, amount, chosen, references, said, summed
from analysis.queries.ranks import Shift, compared
from analysis.queries.table import By, Note, Table

BOILERPLATE = "form/boilerplate"
"""The code of wording that all plans share, in our codebooks."""

VARIANTS = (
    "headings in",
    "headings out",
    "boilerplate out",
    "documents",
    "mean rate",
    "one document out",
    "one rule out",
)
"""The other ways to count."""


def robustness(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    by: By | None = None,
    headings: bool = False,
    of: Annotated[
        Sequence[str], "the code whose children are ranked, or several codes; all lowest"
    ] = (),
    boilerplate: Annotated[str, "the code of wording all plans share"] = BOILERPLATE,
) -> Table:
    """How firm the order of codes is: counted otherwise, without one document or one rule.

    The codes in the order of their references are put in order again in each
    other way, and the two orders compared. A row for each way (and group):

    variant     headings in (out, where they are counted); boilerplate out (its units, and its code
                from both orders); documents instead of
                references; mean rate, the mean of the documents' references for every 1,000 Han, in
                which a long document weighs no more than a short one; one document out; one rule
                out
    left_out    the document or the rule that changes the order most: the lowest tau, then the
                largest move; nothing where none changes it
    ranked      codes in the order: those with references in one way or the other
    tau         Kendall's tau-b of the two orders, 1 the same
    rho         Spearman's rho
    move        the most places a code moves; equals share the mean of their places
    code        the (first) code that does, nothing where none moves
    rank        its place as the table stands, rank_then in the other way
    references  its references as the table stands

    Without a rule a coding falls if no other rule made it too; what people coded stays.
    """
    asked = material(
        "robustness", codings, documents=documents, codes=codes, by=by, headings=headings
    )
    # Only a code that was named is missed; ours is in some codebooks alone.
    if boilerplate != BOILERPLATE and len(codings):
        asked.tree.check(boilerplate)
    picked = chosen(asked, of) if of else _lowest(asked)
    paths = np.array(asked.tree.paths, dtype=object)[picked.codes]
    counts = references(asked)[:, picked.codes]
    group_of, groups = asked.document_groups, len(asked.groups)
    stands = summed(counts, group_of, groups)
    notes: list[Note] = []

    def again(others: pd.DataFrame, *, with_headings: bool) -> Integers:
        """References when other codings count, of the same groups and codes."""
        other = material(
            "robustness", others, documents=documents, codes=codes, by=by, headings=with_headings
        )
        return _aligned(other, asked.groups, paths)

    ways: dict[str, Integers | Floats] = {
        "headings out" if headings else "headings in": again(codings, with_headings=not headings)
    }
    if _carried(codings, boilerplate):
        fewer, units = leave_out(codings, boilerplate)
        ways["boilerplate out"] = again(fewer, with_headings=headings)
        notes.append(
            Note(
                f"Boilerplate out: without {units} units that carry {boilerplate}.",
                zh=f"去除通用提法：不计带有 {boilerplate} 的 {units} 个单元。",
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
    gone["boilerplate out"] = np.isin(picked.codes, _under(asked, boilerplate))
    ways["documents"] = summed(_present(counts), group_of, groups)
    ways["mean rate"], unknown = _mean_rates(asked, counts)
    sole, rules = _sole(asked, picked.codes)
    rows: list[tuple[int, str, str, Shift]] = []
    for group in range(groups):
        here = stands[group]
        rows += [
            (group, name, "", compared(_but(here, gone[name]), _but(way[group], gone[name])))
            for name, way in ways.items()
        ]
        members = np.flatnonzero(group_of == group)
        names = said(asked, "document")[members]
        dropped = (here - counts[[at]].toarray().ravel() for at in members)
        rows.append((group, "one document out", *_worst(here, zip(names, dropped, strict=True))))
        if rules:
            fallen = _fallen(sole, rules, group)
            without = ((name, here - lost) for name, lost in fallen)
            rows.append((group, "one rule out", *_worst(here, without)))
    if not rules:
        notes.append(
            Note(
                "No coding hangs on one rule: none is left out.",
                zh="没有只依赖单一规则的编码参考点，不比较去除规则后的排序。",
            )
        )
    every = [shift for *_, shift in rows]
    at = np.array([group for group, *_ in rows], dtype=np.int64)
    moved = np.array([shift.code for shift in every], dtype=np.int64)
    there = moved >= 0
    named = np.full(len(rows), "", dtype=object)
    named[there] = paths[moved[there]]
    count = np.full(len(rows), np.nan)
    count[there] = stands[at[there], moved[there]]
    return asked.table(
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
        notes=[*notes, *unknown, *_undefined(asked, rows)],
        basis={"of": picked.of},
    )


def _lowest(asked: Material) -> Chosen:
    """The codes without codes under them."""
    parents = {path.rpartition("/")[0] for path in asked.tree.paths}
    codes = [n for n, path in enumerate(asked.tree.paths) if path not in parents]
    return Chosen(np.array(codes, dtype=np.int64), "lowest level")


def _aligned(other: Material, groups: Sequence[str], paths: Names) -> Integers:
    """References of these groups and codes in another material, 0 where it has them not."""
    found = summed(references(other), other.document_groups, len(other.groups))
    row = pd.Index(other.groups, dtype=object).get_indexer(pd.Index(groups, dtype=object))
    column = pd.Index(other.tree.paths, dtype=object).get_indexer(pd.Index(paths, dtype=object))
    wide = np.pad(found, ((0, 1), (0, 1)))  # the last row and column stand for those not there
    return np.asarray(wide[np.ix_(row, column)])


def _carried(codings: pd.DataFrame, code: str) -> bool:
    names = codings["code"].astype(str)
    return bool(((names == code) | names.str.startswith(f"{code}/")).any())


def _under(asked: Material, code: str) -> list[int]:
    return asked.tree.below(code) if code in asked.tree.at else []


def _but(counts: Integers | Floats, gone: NDArray[np.bool_]) -> Integers | Floats:
    """The counts with nought for what takes no part."""
    return np.where(gone, 0, counts)


def _present(counts: csr_array) -> csr_array:
    return (counts > 0).astype(np.int64)


def _mean_rates(asked: Material, counts: csr_array) -> tuple[Floats, tuple[Note, ...]]:
    """Mean over a group's documents of their references by countable characters."""
    size = amount(asked, "countable", *["heading_han"] * asked.headings)
    written = size > 0
    many = np.bincount(asked.document_groups[written], minlength=len(asked.groups))
    weight = np.where(written, 1000 / np.where(written, size, 1), 0.0)
    gather = csr_array(
        (weight, (asked.document_groups, np.arange(len(size)))),
        shape=(len(asked.groups), len(size)),
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


def _sole(asked: Material, codes: Integers) -> tuple[csr_array, list[str]]:
    """References that hang on one rule: (group, rule) by code; and the rules' names."""
    if "rule" not in asked.codings or not len(asked.codings):
        return csr_array((0, len(codes)), dtype=np.int64), []
    numbers, names = pd.factorize(plain(asked.codings["rule"]))
    single = np.array([bool(name) and "; " not in name for name in names], dtype=bool)
    rule = np.where(single[numbers], numbers, -1)
    column = np.full(len(asked.tree.paths), -1, dtype=np.int64)
    column[codes] = np.arange(len(codes))
    position, above = asked.tree.lineage(asked.code)
    kept = column[above] >= 0
    position, above = position[kept], above[kept]
    # One reference may be several codings: of two people, or of two codes under one.
    key = asked.passage[position] * len(asked.tree.paths) + above
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    if not len(first):
        return csr_array((0, len(codes)), dtype=np.int64), []
    by_rule = rule[position][order]
    least, most = (ufunc.reduceat(by_rule, first) for ufunc in (np.minimum, np.maximum))
    alone = (least == most) & (least >= 0)
    at = order[first[alone]]
    row = asked.group[position[at]] * len(names) + least[alone]
    table = csr_array(
        (np.ones(len(at), dtype=np.int64), (row, column[above[at]])),
        shape=(len(asked.groups) * len(names), len(codes)),
    )
    return table, [str(name) for name in names] if len(at) else []


def _fallen(sole: csr_array, rules: Sequence[str], group: int) -> Iterator[tuple[str, Integers]]:
    """Each rule that something hangs on in this group, and the references that fall with it."""
    block = sole[group * len(rules) : (group + 1) * len(rules)]
    for number in np.unique(block.nonzero()[0]):
        yield rules[number], np.asarray(block[[number]].toarray()).ravel()


def _worst(here: Integers, ways: Iterable[tuple[str, Integers]]) -> tuple[str, Shift]:
    """The way that changes the order most, "" where none changes it.

    A way after which nothing is left has no order to compare.
    """
    tried = [(name, compared(here, counts)) for name, counts in ways if counts.any()]
    if not tried:
        return "", compared(here, np.full(len(here), np.nan))
    name, shift = min(tried, key=lambda one: (np.nan_to_num(one[1].tau, nan=1.0), -one[1].move))
    return name if shift.move > 0 else "", shift


def _undefined(asked: Material, rows: Sequence[tuple[int, str, str, Shift]]) -> list[Note]:
    bare = dict.fromkeys(group for group, *_, shift in rows if np.isnan(shift.tau))
    where = f" in {listed([asked.groups[g] for g in bare])}" if asked.by and bare else ""
    wo = f"{listed([asked.groups[g] for g in bare])}：" if asked.by and bare else ""
    return [
        Note(
            f"tau and rho are empty{where} where an order is not defined: fewer than two codes "
            "with references, all with the same number, nothing left, or the lengths not known.",
            zh=f"{wo}排序无定义处 τ 与 ρ 留空：有参考点的编码不足两个、各编码数值相同、"
            "去除后所剩为空，或文件长度不明。",
        )
    ] * bool(bare)
