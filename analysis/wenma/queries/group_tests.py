"""Would other documents of these groups differ? The tests of plans side by side."""

from collections.abc import Sequence

import numpy as np

from wenma.queries.group_profiles import GroupProfiles
from wenma.queries.grouped import first_few
from wenma.queries.table import Note
from wenma.statistics.arrays import Integers
from wenma.statistics.permutation import permutation_test
from wenma.statistics.significance import benjamini_hochberg

MOST_TESTED = 1_000
"""More pairs than this are not tested: it would take minutes, and q would find nothing."""


def tested_profiles(sides: GroupProfiles) -> tuple[dict[str, object], list[Note]]:
    """p and q of each group and code, by its adjusted residual; and how it was tested."""
    test = permutation_test(sides.each, sides.of_each, len(sides.names))
    q = benjamini_hochberg(test.p)
    notes = [DEALT] if np.isfinite(test.p).any() else []
    return {"p": test.p.ravel(), "q": q.ravel()}, [*notes, *_alone(sides)]


def tested_pairs(
    sides: GroupProfiles, left: Integers, right: Integers
) -> tuple[dict[str, object], list[Note]]:
    """p and q of each pair, by χ² of its two rows; and how it was tested."""
    p = np.full(len(left), np.nan)
    many = _documents(sides)
    able = np.flatnonzero((many[left] > 1) & (many[right] > 1))
    notes = [DEALT] * bool(len(able)) + _alone(sides)
    if len(able) > MOST_TESTED:
        able = able[:0]
        notes = [
            Note(
                f"More than {MOST_TESTED:,} pairs could be tested: p and q are empty. Compare "
                "fewer groups.",
                zh=f"可检验的组合超过 {MOST_TESTED:,} 对，p 与 q 留空。请比较较少的组。",
            )
        ]
    for pair in able.tolist():
        here = np.isin(sides.of_each, (left[pair], right[pair]))
        second = (sides.of_each[here] == right[pair]).astype(np.int64)
        p[pair] = permutation_test(sides.each[here], second, 2).p_whole
    return {"p": p, "q": benjamini_hochberg(p)}, notes


DEALT = Note(
    "p and q: would other documents differ? The sample is documents: whole ones are dealt to the "
    "groups anew (every way of 8 or fewer, else 1,999).",
    zh="p、q：推及其他文件。样本是文件：把整份文件重新分派到各组（8 份以内取全部方式，"
    "否则随机 1,999 次）。",
)


def _documents(sides: GroupProfiles) -> Integers:
    """Documents of each group that have any of the codes."""
    there = sides.of_each[sides.each.any(axis=1) & (sides.of_each >= 0)]
    return np.bincount(there, minlength=len(sides.names)).astype(np.int64)


def _alone(sides: GroupProfiles) -> list[Note]:
    return alone_notes([str(name) for name in sides.names], _documents(sides))


def alone_notes(names: Sequence[str], documents: Integers) -> list[Note]:
    """The groups of one document, which say nothing of others."""
    single = [names[at] for at in np.flatnonzero(documents == 1).tolist()]
    return [
        Note(
            f"One document alone: {first_few(single)}. Whether other documents of theirs would "
            "differ cannot be told from it: p and q are empty.",
            zh=f"只有一份文件：{first_few(single)}。无法推断其他文件是否也如此，p 与 q 留空。",
        )
    ] * bool(single)
