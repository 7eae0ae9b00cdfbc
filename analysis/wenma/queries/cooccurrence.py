"""Which codes go together."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.queries.code_tree import CodeTree
from wenma.queries.corrected import CORRECTED_HELP, Corrected, corrected_columns
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.incidence import cooccurrence_counts, incidence
from wenma.queries.odds_intervals import HOW_SURE, odds_intervals, sure_enough
from wenma.queries.overlapping import no_evidence, overlapping_counts
from wenma.queries.population import Population
from wenma.queries.rotation import rotated
from wenma.queries.scope import with_scope
from wenma.queries.table import Note, Table
from wenma.queries.windows import Window, checked_window
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.association import (
    chance_of_meeting,
    cosine,
    dice,
    g2,
    jaccard,
    lift,
    npmi,
    phi,
)
from wenma.statistics.clustered_odds import odds_ratio
from wenma.statistics.rotation import meeting_tail
from wenma.statistics.significance import benjamini_hochberg

ASSOCIATION_MEASURES = ("n11", "jaccard", "dice", "cosine", "lift", "npmi", "phi", "g2")
"""The columns that say how much two codes go together."""

MOST_PAIRS = 200_000
"""A table of more pairs than this leaves out those that never meet."""


def cooccurrence(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    only: Annotated[Sequence[str], "codes or dimensions to pair, with the codes under them"] = (),
    children: Annotated[bool, "a code also counts where a code under it stands"] = False,
    window: Annotated[Window, "inside what two codes are together"] = "unit",
    within: Annotated[str | int, "units off that two codes may stand and still be together"] = 0,
    disjoint: Annotated[bool, "leave out meetings that rest on the same characters"] = False,
    corrected: Annotated[bool, CORRECTED_HELP] = False,
) -> Table:
    """Which codes go together in the same unit, and how much more than by chance.

    A row for each pair of codes, in the codebook's order (and each group: its
    pairs in a block). `only` keeps the pairs of some codes or dimensions.
    Without `children` a code counts where it was given itself, and codes
    nobody gave but through their children are left out; with it, a parent
    counts wherever a child does. No code is paired with one under it.

    `window` takes the clause, sentence, paragraph, section or document in place of the unit.
    In a clause or sentence stand the codings whose evidence does, and those without
    evidence that touch it; free spans too. With `within` 2 the window is a unit and the two
    before it in the same document, one ending at every unit, so that codes meet that stand
    at most two units apart. Such windows overlap, which p and q do not allow for: they are
    left empty.

    A code that stands only in what the codebook is about (its scope) is counted there: n are the
    units in scope where one of the pair is such a code, and n1, n2 the units of these that carry
    each; all units where both can stand anywhere (stances).

    n11     units with both codes; n1, n2 units with the first, the second; n the units in which
            both could stand
    overlapping  units of n11 in which evidence of both shares characters: there the codebook
            brings them together. With `disjoint` n11 is without them
    jaccard, dice, cosine, lift, npmi, phi, g2: see `wenma.statistics.association`
    odds_ratio  the odds of the second code with the first, by its odds without it; odds_low and
            odds_high are its 95 % interval, if other documents had been chosen (see
            `wenma.statistics.clustered_odds`)
    expected  units that would have both if each code stood in its documents as it does, and one
            were turned round in each, its end joined to its beginning: clumps stay, and what
            one document has more of than another
    p       that so many meet or more then (one-sided; Lotwick & Silverman 1982): units of one
            document are no independent draws. Of the window document: Fisher's exact test
    q       p adjusted for so many pairs of the group (Benjamini & Hochberg 1995)
    corrected  with `corrected`: units that carry both, by a judged sample, with its interval
    uneven  both occur, one more than five times as often as the other, so that jaccard, dice
            and cosine are low whatever the codes do

    Codings on free spans belong to no other window and are left out, with a note.
    """
    grouped = data.grouped("cooccurrence", by=by, headings=headings)
    span, off = checked_window(window, within)
    tree = grouped.tree
    pairing = np.arange(len(tree.paths))
    if only:
        pairing = np.unique([number for path in only for number in tree.below(path)])
    if not children:
        pairing = _given(tree, pairing, grouped.code)
    counted = with_scope(data).grouped("cooccurrence", by=by, headings=headings)
    standing, notes = incidence(counted, aggregate=children, window=span, off=off)
    population = Population.of(counted, pairing, span)
    met = cooccurrence_counts(standing, population.codes, population.codes)
    groups = len(grouped.groups)
    every = groups * len(pairing) * (len(pairing) - 1) // 2
    if every > MOST_PAIRS:
        group, first, second = met.pairs()
        notes += (
            Note(
                "Pairs that never meet are not listed: there would be too many.",
                zh="组合过多，从未共现的编码对未列出。",
            ),
        )
    else:
        first, second = np.triu_indices(len(pairing), k=1)
        group = np.repeat(np.arange(groups), len(first))
        first, second = np.tile(first, groups), np.tile(second, groups)
    # A code is no finding beside the code it stands under.
    apart = ~_related(tree, pairing[first], pairing[second])
    group, first, second = group[apart], first[apart], second[apart]
    n11 = met.both(group, first, second)
    n1, n2, n = population.margins(met, group, first, second)
    overlap = None if off else overlapping_counts(grouped, pairing, aggregate=children, window=span)
    overlapping = (
        np.full(len(n11), np.nan) if overlap is None else overlap.both(group, first, second)
    )
    if disjoint:
        if overlap is None:
            raise no_evidence()
        n11 = n11 - overlapping
    low, high = (np.full(len(n11), np.nan) for _ in range(2))
    can = np.flatnonzero(sure_enough(n11, n1, n2, n))
    low[can], high[can] = odds_intervals(
        counted, grouped, pairing, (group[can], first[can], second[can]),
        aggregate=children, window=span, off=off, disjoint=disjoint,
    )  # fmt: skip
    expected, p = _chance(counted, population, (group, first, second), (n11, n1, n2, n),
                          aggregate=children, window=span, off=off)  # fmt: skip
    paths = np.array(tree.paths, dtype=object)[pairing]
    right: Corrected = ({}, [], {})
    if corrected:
        rows = zip(zip(paths[first], paths[second], strict=True), group.tolist(), strict=True)
        right = corrected_columns(data, "cooccurrence", rows, by=by, headings=headings)
    return grouped.table(
        {
            "code": paths[first],
            "code_b": paths[second],
            "n11": n11,
            "n1": n1,
            "n2": n2,
            "n": n,
            "overlapping": overlapping,
            "jaccard": jaccard(n11, n1, n2),
            "dice": dice(n11, n1, n2),
            "cosine": cosine(n11, n1, n2),
            "lift": lift(n11, n1, n2, n),
            "npmi": npmi(n11, n1, n2, n),
            "phi": phi(n11, n1, n2, n),
            "expected": expected,
            "g2": g2(n11, n1, n2, n),
            "odds_ratio": odds_ratio(n11, n1, n2, n),
            "odds_low": low,
            "odds_high": high,
            "p": p,
            "q": _q(group, p, population.tests(met, tree)),
            "uneven": (np.minimum(n1, n2) > 0) & (np.maximum(n1, n2) > 5 * np.minimum(n1, n2)),
            **right[0],
        },
        group=group,
        notes=[
            *notes,
            HOW_SURE,
            *population.notes,
            *_undefined(n1, n2, n),
            *([_OVERLAP] if off else [_HOW_BY_DOCUMENT if span == "document" else _HOW]),
            *([_TOO_MANY] if not off and len(n11) and np.isnan(expected).all() else []),
            *([_NO_EVIDENCE] if overlap is None and not off else []),
            *right[1],
        ],
        basis={
            "children": "counted with parents" if children else "apart",
            "window": span,
            **({"within": str(off)} if off else {}),
            **population.basis(met),
            **({"overlapping": "left out"} if disjoint else {}),
            **right[2],
        },
    )


def units_with(table: Table) -> dict[str, int]:
    """The units of each code of a `cooccurrence`, in the order of its pairs.

    Beside a code of the scope another is counted in scope alone, on fewer units than in all.
    """
    frame, found = table.frame, dict[str, int]()
    for column, own in (("code", "n1"), ("code_b", "n2")):
        for path, units in zip(frame[column].tolist(), frame[own].tolist(), strict=True):
            found[path] = max(units, found.get(path, 0))
    return found


def _chance(
    counted: Grouped,
    population: Population,
    pairs: tuple[Integers, Integers, Integers],
    counts: tuple[Integers, Integers, Integers, Floats],
    *,
    aggregate: bool,
    window: Window,
    off: int,
) -> tuple[Floats, Floats]:
    """How many meetings are expected of each pair, and the chance of so many or more."""
    n11, n1, n2, n = counts
    if off:
        return np.full(len(n11), np.nan), np.full(len(n11), np.nan)
    if window == "document":
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(n > 0, n1 * n2 / n, np.nan), chance_of_meeting(n11, n1, n2, n)
    expected, variance = rotated(counted, population, *pairs, aggregate=aggregate, window=window)
    varies = (n1 > 0) & (n1 < n) & (n2 > 0) & (n2 < n)
    p = meeting_tail(n11.astype(np.float64), expected, variance)
    return np.where(n > 0, expected, np.nan), np.where(varies, p, np.nan)


_HOW = Note(
    "p and q: do two codes meet more than where each stands in its documents would lead to? One "
    "is turned round in each document, so that its clumps stay; units are not taken as "
    "independent draws.",
    zh="p、q：两个编码的共现是否多于各自在文件内的位置所致？在每份文件内把其中一个编码首尾相接地平移，"
    "保留其成簇；不以单元为独立抽样。",
)
_TOO_MANY = Note(
    "There are too many codes and groups to work out what is expected of each pair, or nobody "
    "knows how many units there are: expected, p and q are empty. Name codes with only.",
    zh="编码与分组过多，或单元数不明，无法计算各对编码的期望共现数：期望数、p、q 留空。"
    "请用 only 指定编码。",
)
_HOW_BY_DOCUMENT = Note(
    "p and q: Fisher's exact test, the documents being the sample.",
    zh="p、q：Fisher 精确检验，样本是文件。",
)
_OVERLAP = Note(
    "Windows of several units overlap: n1, n2 and n11 count windows; p and q, which take windows "
    "as independent, and overlapping are left empty.",
    zh="跨若干单元的窗口彼此重叠：n1、n2、n11 为窗口数；"
    "p、q 以窗口独立为前提，与依据重叠一并留空。",
)
_NO_EVIDENCE = Note(
    "Which characters the codings rest on is not known here: overlapping is empty.",
    zh="这里不知道编码的依据字词，依据重叠留空。",
)


def _q(group: Integers, p: Floats, tests: Integers) -> Floats:
    """The q-values, group by group; pairs that never meet are tests though they are not listed."""
    q = np.full(len(p), np.nan)
    for one in np.unique(group):
        here = group == one
        listed = int((~np.isnan(p[here])).sum())
        q[here] = benjamini_hochberg(p[here], unlisted=max(int(tests[one]) - listed, 0))
    return q


def _given(tree: CodeTree, among: Integers, given: Integers) -> Integers:
    """Codes without children, and parents that were given themselves."""
    return among[np.isin(among, np.concatenate([tree.lowest, given]))]


def _related(tree: CodeTree, first: Integers, second: Integers) -> np.ndarray:
    """Is the first code above the second? (It comes before it in the order of the tree.)"""
    position, above = tree.lineage(np.arange(len(tree.paths)))
    size = len(tree.paths)
    lines = np.unique(position * size + above)
    return np.isin(second * size + first, lines)


def _undefined(n1: Integers, n2: Integers, n: np.ndarray) -> list[Note]:
    notes = []
    if ((n1 == 0) | (n2 == 0)).any():
        notes.append(
            Note(
                "Where no unit carries one of the codes, cosine, lift, npmi, phi and g2 are "
                "not defined and left empty.",
                zh="若某一编码在该范围内未出现，cosine、lift、NPMI、φ、G² 无定义，留空。",
            )
        )
    if ((n1 == n) | (n2 == n)).any():
        notes.append(
            Note(
                "Where every unit carries one of the codes, phi and g2 are not defined and "
                "left empty.",
                zh="若所有单元都带有某一编码，φ 与 G² 无定义，留空。",
            )
        )
    return notes
