"""What is done, promised or lacking of each code."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, Mask
from wenma.queries.documents_apart import documents_apart
from wenma.queries.group_tests import DEALT, alone_notes
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By
from wenma.queries.incidence import Incidence, incidence
from wenma.queries.table import Note, Table, nearest
from wenma.statistics.arrays import Integers
from wenma.statistics.permutation import profile_test
from wenma.statistics.significance import benjamini_hochberg


def stance_shift(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    of: Annotated[Sequence[str], "codes whose children are the rows; all dimensions"] = (),
    achievement: Annotated[str, "the code of what is achieved"] = "stance/achievement",
    commitment: Annotated[str, "the code of what is promised"] = "stance/commitment",
    deficit: Annotated[str, "the code of what is lacking"] = "stance/deficit",
) -> Table:
    """What is done, promised or lacking of each code, in units and in percent.

    A row for each code directly under those of `of` (and each group), the codes
    under it included. Columns:

    units        units with the code
    achievement, commitment, deficit  of these, units with that stance too
    unstated     units with none of the three
    achieved, promised, lacking       the three in percent of the units with a stance
    promises_per_deficit              commitment by deficit
    p            with `by`: how often whole documents, dealt to the groups at random, set the three
                 percentages of the code in the group so far from those of all (permutation); empty
                 where one document alone has units with the code and a stance
    q            p adjusted for all rows of the table (Benjamini & Hochberg 1995)

    A unit with two stances counts in both. Paradigm shifts are rows as any other code is;
    `rules` tells which wording made them.
    """
    stances = {"achievement": achievement, "commitment": commitment, "deficit": deficit}
    grouped = data.grouped("stance_shift", by=by, headings=headings)
    if data.codes is not None:  # without them, a code nobody was given is not known to be missing
        _check(grouped, stances)
    wanted = [of] if isinstance(of, str) else list(of)
    rows = _rows(grouped, wanted, stances)
    standing, notes = incidence(grouped, aggregate=True)
    group, row = (axis.ravel() for axis in np.indices((len(grouped.groups), len(rows))))
    units = {name: _with(standing, grouped.tree.at.get(path, -1)) for name, path in stances.items()}
    stated = np.logical_or.reduce([*units.values()])
    carried, unstated = (
        _counts(standing, rows, among) for among in (np.ones_like(stated), ~stated)
    )
    counts = {name: _counts(standing, rows, among) for name, among in units.items()}
    with_stance = carried - unstated
    with np.errstate(divide="ignore", invalid="ignore"):
        share = {
            word: np.where(with_stance > 0, 100 * counts[name] / with_stance, np.nan)
            for word, name in zip(("achieved", "promised", "lacking"), stances, strict=True)
        }
        ratio = np.where(counts["deficit"] > 0, counts["commitment"] / counts["deficit"], np.nan)
    paths = np.array(grouped.tree.paths, dtype=object)
    tests, told = _tested(grouped, rows, stated, units) if grouped.by else ({}, [])
    return grouped.table(
        {
            "code": paths[rows[row]],
            "units": carried,
            **counts,
            "unstated": unstated,
            **share,
            "promises_per_deficit": ratio,
            **tests,
        },
        group=group,
        notes=[*notes, _NOTE, *told],
        basis={"of": "; ".join(wanted)} if wanted else {},
        also=stances,
    )


_NOTE = Note(
    "Percentages are of the units with a stance and are empty where there is none; promises per "
    "deficit is empty where nothing is lacking.",
    zh="百分比以带立场的单元为分母，没有则留空；没有短板处「每处短板的承诺」留空。",
)


def _tested(
    grouped: Grouped, rows: Integers, stated: Mask, units: dict[str, Mask]
) -> tuple[dict[str, object], list[Note]]:
    """p and q of each group and row, whole documents being dealt to the groups; and how."""
    apart, of_group = documents_apart(grouped)
    standing = incidence(apart, aggregate=True)[0]
    whole, *parts = (
        _counts(standing, rows, among).reshape(len(of_group), len(rows))
        for among in (stated, *units.values())
    )
    p = np.full((len(grouped.groups), len(rows)), np.nan)
    for row in range(len(rows)):
        kinds = np.stack([part[:, row] for part in parts], axis=1)
        p[:, row] = profile_test(kinds, whole[:, row], of_group, len(grouped.groups))
    documents = np.bincount(of_group[whole.any(axis=1)], minlength=len(grouped.groups))
    notes = [DEALT] * bool(np.isfinite(p).any()) + alone_notes(grouped.groups, documents)
    return {"p": p.ravel(), "q": benjamini_hochberg(p.ravel())}, notes


def _rows(grouped: Grouped, of: Sequence[str], stances: dict[str, str]) -> Integers:
    """The numbers of the codes that are rows: all at the second height, or those under `of`."""
    tree = grouped.tree
    if of:
        return np.unique(np.concatenate([tree.parts(path) for path in of]))
    told = {path.partition("/")[0] for path in stances.values()}
    return np.array(
        [
            number
            for number, path in enumerate(tree.paths)
            if path.count("/") == 1 and path.partition("/")[0] not in told
        ],
        dtype=np.int64,
    )


def _with(standing: Incidence, code: int) -> Mask:
    """Which units carry a code."""
    carry = np.zeros(standing.units, dtype=bool)
    carry[standing.unit[standing.code == code]] = True
    return carry


def _counts(standing: Incidence, rows: Integers, among: Mask) -> Integers:
    """How many of these units carry each row's code: groups by rows, in one line."""
    row = np.full(standing.codes, -1, dtype=np.int64)
    row[rows] = np.arange(len(rows))
    row = row[standing.code]
    kept = (row >= 0) & among[standing.unit]
    counts = np.bincount(
        standing.group[kept] * len(rows) + row[kept], minlength=standing.groups * len(rows)
    )
    return np.asarray(counts[: standing.groups * len(rows)], dtype=np.int64)


def _check(grouped: Grouped, stances: dict[str, str]) -> None:
    for option, path in stances.items():
        if path not in grouped.tree.at:
            raise QueryError(
                f'the codebook has no code "{path}" for the {option}',
                cure=f"Name its own with --{option} CODE. {nearest(path, grouped.tree.paths)}",
                zh=f"编码本中没有编码“{path}”（{option}）。请用 --{option} 写它自己的编码。",
            )
