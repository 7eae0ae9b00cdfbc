"""When the documents stop bringing new codes."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb
from random import Random
from typing import Annotated, Literal

import numpy as np

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset
from wenma.queries.given import whole_number
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By
from wenma.queries.per_document import checked_choice, document_amounts, document_names
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers

Order = Literal["corpus", "random", "size"]


def saturation(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    order: Annotated[Order, "as in the corpus, at random, or the longest first"] = "corpus",
    seed: Annotated[str | int, "of the random order"] = 1,
    base: Annotated[str | int, "documents whose codes are the base"] = 4,
    run: Annotated[str | int, "documents that are looked at for new codes"] = 2,
    threshold: Annotated[str | float, "percent of new codes that is few enough"] = 5,
    only: Annotated[Sequence[str], "codes or dimensions that count, with those under them"] = (),
) -> Table:
    """When documents stop bringing new codes: the curve, the new-information ratio, held-out third.

    A row for each document, in the stated order (of each group with `by`):

    step        its place in the order
    found       different codes given in it; a parent counts only if it was given itself
    new         of these, codes that no document before it has
    cumulative  different codes so far
    reached     these in percent of all codes the documents use
    run_new     new codes in the last `run` documents, this one included
    new_information  run_new in percent of the codes of the first `base` documents (Guest, Namey &
                     Chen 2020, PLoS ONE 15: e0232076); from the first run after the base on

    The notes say at which document that first is `threshold` or less, which codes only the last
    third of the documents has, and how many a last third has on average over all orders.
    """
    checked_choice("order", order, ("corpus", "random", "size"))
    start, length = whole_number("base", base, minimum=1), whole_number("run", run, minimum=1)
    limit, drawn = _percent(threshold), whole_number("seed", seed)
    grouped = data.grouped("saturation", by=by, headings=headings)
    kept = np.arange(len(grouped.tree.paths))
    if only:
        kept = np.unique([number for path in only for number in grouped.tree.below(path)])
    queue = _queue(grouped, order, drawn)
    group = grouped.case_groups[queue]
    found, new, began = _news(grouped, queue, kept)
    spread = _spread(grouped, kept)
    names = document_names(grouped, "document")[queue]
    step = np.zeros(len(queue), dtype=np.int64)
    cumulative, run_new = step.copy(), np.full(len(queue), np.nan)
    reached, ratio = run_new.copy(), run_new.copy()
    notes: list[Note] = []
    for number, name in enumerate(grouped.groups):
        rows = np.flatnonzero(group == number)
        step[rows] = np.arange(1, len(rows) + 1)
        cumulative[rows] = np.cumsum(new[rows])
        if len(rows) and cumulative[rows[-1]] > 0:
            reached[rows] = 100 * cumulative[rows] / cumulative[rows[-1]]
        run_new[rows], ratio[rows] = information(new[rows], base=start, run=length)
        here, zh = (f" in {first_few([name])}", f"{first_few([name])}：") if by else ("", "")
        if len(grouped.groups) <= MOST_GROUPS_NOTED:
            notes += _reached(names[rows], ratio[rows], start, length, limit, (here, zh))
            notes += _held_out(began, rows, grouped, spread[number], (here, zh))
    if len(grouped.groups) > MOST_GROUPS_NOTED:
        notes.append(_many(len(grouped.groups)))
    return grouped.table(
        {
            "step": step,
            "document": names,
            "found": found,
            "new": new,
            "cumulative": cumulative,
            "reached": reached,
            "run_new": run_new,
            "new_information": ratio,
        },
        group=group,
        notes=notes,
        basis={
            "order": f"random, seed {drawn}" if order == "random" else order,
            "base": str(start),
            "run": str(length),
            "threshold": f"{float(limit):g} %",
        },
    )


MOST_GROUPS_NOTED = 12
"""Notes on more groups than this would bury the table."""


def information(new: Integers, *, base: int, run: int) -> tuple[Floats, Floats]:
    """New codes in each run of documents, and in percent of the codes of the base.

    `new` are the new codes of each document, in order. A run moves on by one
    document at a time; the first begins after the base. nan before that, and
    a percentage of no codes is nan too.

    >>> counts, percent = information(np.array([20, 8, 7, 5, 2, 1, 0, 0]), base=4, run=2)
    >>> counts.tolist()
    [nan, nan, nan, nan, nan, 3.0, 1.0, 0.0]
    >>> percent.tolist()
    [nan, nan, nan, nan, nan, 7.5, 2.5, 0.0]
    """
    counts = np.full(len(new), np.nan)
    total = np.concatenate([[0], np.cumsum(new)])
    ends = np.arange(base + run, len(new) + 1)
    counts[ends - 1] = total[ends] - total[ends - run]
    first = total[base] if len(new) >= base else 0
    return counts, 100 * counts / first if first else np.full(len(new), np.nan)


def _queue(grouped: Grouped, order: str, seed: int) -> Integers:
    """The numbers of the documents, group by group, in the order they are looked at."""
    queue = np.arange(len(grouped.case_groups))
    if order == "random":
        shuffled = queue.tolist()
        Random(seed).shuffle(shuffled)
        queue = np.array(shuffled, dtype=np.int64)
    if order == "size":
        size = document_amounts(grouped, "countable")
        if np.isnan(size).all() and len(size):
            raise QueryError(
                "the length of the documents is unknown",
                cure="Give the documents, or take another order",
                zh="文件长度未知。请给出文件表，或换一种次序。",
            )
        queue = np.argsort(-np.nan_to_num(size), kind="stable")
    return queue[np.argsort(grouped.case_groups[queue], kind="stable")]


def _news(grouped: Grouped, queue: Integers, kept: Integers) -> tuple[Integers, Integers, Integers]:
    """Of each document in the queue, how many codes it has and how many are new.

    And the position in the queue where each group first has each code, or -1.
    """
    size = max(len(grouped.tree.paths), 1)
    rank = np.empty(len(queue), dtype=np.int64)
    rank[queue] = np.arange(len(queue))
    counted = np.isin(grouped.code, kept)
    place = np.unique(rank[grouped.case[counted]] * size + grouped.code[counted])
    at, code = np.divmod(place, size)
    group = grouped.case_groups[queue][at] if len(queue) else at
    # Places are sorted by the queue, so that the first of a code is where it is new.
    key, first = np.unique(group * size + code, return_index=True)
    began = np.full(len(grouped.groups) * size, -1, dtype=np.int64)
    began[key] = at[first]
    found = np.bincount(at, minlength=len(queue))
    new = np.bincount(at[first], minlength=len(queue))
    return found, new, began.reshape(len(grouped.groups), size)


def _reached(
    names: "np.ndarray",
    ratio: Floats,
    base: int,
    run: int,
    limit: Fraction,
    where: tuple[str, str],
) -> list[Note]:
    here, zh = where
    percent = f"{float(limit):g} %"
    if len(names) < base + run:
        return [
            Note(
                f"{len(names)} documents{here} are too few for a base of {base} and a run of "
                f"{run}: the ratio is empty.",
                zh=f"{zh}{len(names)} 份文件不足以设 {base} 份基数和 {run} 份一轮，比率留空。",
            )
        ]
    if np.isnan(ratio).all():
        return [
            Note(
                f"The first {base} documents{here} have no codes: the ratio is empty.",
                zh=f"{zh}前 {base} 份文件没有编码，比率留空。",
            )
        ]
    low = np.flatnonzero(ratio <= float(limit))
    if not len(low):
        return [
            Note(
                f"Not saturated{here}: no run of {run} brings {percent} of the base or less.",
                zh=f"{zh}未达到饱和：没有任何一轮（{run} 份）的新编码占基数 {percent} 以下。",
            )
        ]
    at = int(low[0])
    return [
        Note(
            f"Saturated{here} at {at + 1 - run}+{run} documents ({names[at]}): the run brings "
            f"{ratio[at]:.1f} % of the base, at most {percent}.",
            zh=f"{zh}在第 {at + 1 - run}+{run} 份文件（{names[at]}）达到饱和："
            f"该轮新编码为基数的 {ratio[at]:.1f} %，不超过 {percent}。",
        )
    ]


def held_out_mean(spread: Sequence[int], documents: int, last: int) -> float:
    """How many codes only the last `last` of the documents have, on average over all orders.

    `spread` has in how many documents each code stands: it is new in the last ones when all of
    these are among them (hypergeometric).

    >>> held_out_mean([1, 1, 2], 3, 1)
    0.6666666666666666
    """
    whole = comb(documents, last)
    return sum(comb(documents - one, last - one) / whole for one in spread if 0 < one <= last)


def _spread(grouped: Grouped, kept: Integers) -> Integers:
    """In how many documents (or cases) of each group each code stands: groups by codes."""
    size = max(len(grouped.tree.paths), 1)
    counted = np.isin(grouped.code, kept)
    pairs = np.unique(grouped.case[counted] * size + grouped.code[counted])
    case, code = np.divmod(pairs, size)
    cell = grouped.case_groups[case] * size + code if len(case) else case
    found = np.bincount(cell, minlength=len(grouped.groups) * size)
    return np.asarray(found.reshape(len(grouped.groups), size), dtype=np.int64)


def _held_out(
    began: Integers,
    rows: Integers,
    grouped: Grouped,
    spread: Integers,
    where: tuple[str, str],
) -> list[Note]:
    """Which codes only the last third of the documents has."""
    here, zh = where
    third = len(rows) // 3
    if not third:
        return []
    late = np.unique(np.nonzero(np.isin(began, rows[-third:]))[1])
    names = [grouped.tree.paths[number] for number in late]
    told, ohne = (f": {first_few(names)}", f"：{first_few(names)}") if names else ("", "")
    mean = held_out_mean(spread.tolist(), len(rows), third)
    return [
        Note(
            f"The last third{here} ({third} of {len(rows)} documents) brings {len(names)} new "
            f"codes{told}. Over all orders of these documents it brings {mean:.2f} on average.",
            zh=f"{zh}后三分之一（{len(rows)} 份中的 {third} 份）带来新编码 {len(names)} 个{ohne}。"
            f"就这些文件的所有排列而言，平均带来 {mean:.2f} 个。",
        )
    ]


def _many(groups: int) -> Note:
    return Note(
        f"{groups} groups are too many to say here where each is saturated: see its column.",
        zh=f"分组过多（{groups} 组），不逐一说明何时饱和，请看比率列。",
    )


def _percent(value: str | float) -> Fraction:
    try:
        limit = Fraction(str(value).strip().removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        limit = Fraction(-1)
    if not 0 <= limit <= 100:
        raise QueryError(
            f'threshold is "{value}"',
            cure="Give a percentage from 0 to 100",
            zh=f"阈值不能是“{value}”，应为 0 至 100 的百分数。",
        )
    return limit
