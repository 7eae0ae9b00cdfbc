"""Shares and rates with an interval: would other documents of these groups differ?"""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import numpy as np

from wenma.queries.grouped import first_few
from wenma.queries.per_document import checked_choice
from wenma.queries.table import Note
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.cluster_intervals import rate_interval, share_interval

Interval = Literal["none", "generalisation"]
"""What an interval allows for: nothing is asked, or documents that are a sample of others."""
INTERVAL_HELP = "95 % intervals of shares and rates; generalisation: of other documents"
"""What the option says of itself."""


def interval_columns(
    interval: str,
    references: Integers,
    part: Integers,
    whole: Integers,
    amount: Floats,
    of_group: Integers,
    groups: Sequence[str],
) -> tuple[Mapping[str, Floats], list[Note], dict[str, str]]:
    """The limits of `share` and `per_1000`, a row for each group and code; the note; the basis.

    Of each document (with its group) `references` of each code, their `part` of a `whole`, and
    the `amount` of Han characters. Where part and whole are one in every document, the share is
    of nothing else and has no interval. Nothing where no interval is asked.
    """
    if checked_choice("interval", interval, get_args(Interval)) == "none":
        return {}, [], {}
    limits = np.full((4, len(groups), references.shape[1]), np.nan)
    documents = np.zeros(len(groups), dtype=np.int64)
    itself = (part == (whole[:, None] if whole.ndim == 1 else whole)).all(axis=0)
    for group in range(len(groups)):
        rows = np.flatnonzero(of_group == group)
        if not len(rows):
            continue
        share = share_interval(part[rows], whole[rows])
        rate = rate_interval(references[rows], amount[rows])
        limits[:2, group] = 100 * np.where(itself, np.nan, [share.low, share.high])
        limits[2:, group] = [1000 * rate.low, 1000 * rate.high]
        documents[group] = share.documents.max(initial=0)
    names = ("share_low", "share_high", "per_1000_low", "per_1000_high")
    return (
        dict(zip(names, limits.reshape(4, -1), strict=True)),
        generalisation_notes(groups, documents),
        {"interval": interval},
    )


def generalisation_notes(groups: Sequence[str], documents: Integers) -> list[Note]:
    """Which interval it is, of how many documents, and who has none."""
    there = documents[documents > 1]
    alone = [groups[at] for at in np.flatnonzero(documents == 1).tolist()]
    many = (
        ""
        if not len(there)
        else f"{there.min()}"
        if there.min() == there.max()
        else f"{there.min()}–{there.max()}"
    )
    told = [
        Note(
            "95 % intervals answer: would other documents differ? (generalisation). Documents are "
            f"drawn whole, {many}{' a group' if len(groups) > 1 else ''}: Wilson's of the number "
            "of independent draws they are worth (Korn & Graubard 1998), with Bell & McCaffrey's "
            "(2002) degrees of freedom. A share of what one document alone has, and a rate of no "
            "references, have none.",
            zh=f"95% 区间回答“其他文件是否也如此”（推及其他文件）：以整份文件为抽样单位，"
            f"{'每组 ' if len(groups) > 1 else ''}{many} 份；按文件折算有效样本量"
            "（Korn & Graubard 1998）求 Wilson 区间，自由度据 Bell & McCaffrey（2002）。"
            "只见于一份文件的占比、没有参考点的频次无区间。",
        )
    ] * bool(many)
    if alone:
        named = f": {first_few(alone, 12)}" if any(alone) else ""
        told.append(
            Note(
                f"One document alone{named}: no interval, since nothing tells how others would be.",
                zh=f"只有一份文件{named.replace(': ', '：')}：无从推断其他文件，不给区间。",
            )
        )
    return told
