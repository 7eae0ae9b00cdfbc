"""What grew and what went from one plan to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.grouping import By, listing_order
from wenma.queries.per_document import (
    Names,
    counts_by_document,
    document_amounts,
    document_names,
    part_counts,
    reference_counts,
    sum_by_cell,
)
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.keyness_measures import log_ratio
from wenma.statistics.permutation import share_change_test
from wenma.statistics.significance import benjamini_hochberg


def periods(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    only: Annotated[Sequence[str], "codes or dimensions to follow, with the codes under them"] = (),
) -> Table:
    """What grew and what went: each code in each period, against the period before.

    A row for each code and period (and group: each city by itself with `by`
    city; by period is all together). Periods follow their numerals, 十三五
    before 十四五; others their year. Compared is the last period before that the
    group has a document of.

    references  passages with the code or one under it
    share       percent of the dimension's references (`share_of`), as in `frequency`
    per_1000    references for every 1,000 Han characters that are counted
    before      the period it is compared with
    change      share less that of the period before, in points
    log_ratio   log2 of per_1000 by that of the period before (Hardie): 1 is twice as often, -1
                half as often; a count of 0 is taken as 0.5
    p           how often so large a change of share comes out when the whole documents of both
                periods are dealt to them anew (permutation, two-sided); empty where each has one
    q           p adjusted for all tests of the table (Benjamini & Hochberg 1995)
    """
    by = None if by == "period" else by
    grouped = data.grouped("periods", by=by, headings=headings)
    tree = grouped.tree
    kept = np.arange(len(tree.paths))
    if only:
        kept = np.unique([number for path in only for number in tree.below(path)])
    labels, notes = _labels(grouped)
    order = listing_order((one for one in labels if one), instead=_years(grouped, labels))
    cells = _cells(grouped, labels, order)
    parts = part_counts(grouped)
    own = sum_by_cell(parts, cells.of_document, len(cells.group))
    whole = tree.of_dimension(own)[:, kept]
    counts = sum_by_cell(reference_counts(grouped), cells.of_document, len(cells.group))[:, kept]
    own = own[:, kept]
    weights = document_amounts(grouped, "countable", *["heading_han"] * headings)
    inside = cells.of_document >= 0
    countable: Floats = np.bincount(
        cells.of_document[inside], weights=weights[inside], minlength=len(cells.group)
    ).astype(np.float64)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, 100 * own / whole, np.nan)
        rate = np.where(countable > 0, 1000 * counts / countable, np.nan)
    previous, first = cells.previous, cells.previous < 0
    each, of_cell = counts_by_document(grouped, parts, cells.of_document)
    p = _dealt(each[:, kept], tree.of_dimension(each)[:, kept], of_cell, cells)
    change, ratio = (
        share - share[previous],
        log_ratio(counts, counts[previous], countable, countable[previous]),
    )
    change[first], ratio[first] = np.nan, np.nan
    # A code's periods stand under each other: group, code, period.
    cell, code = (axis.ravel() for axis in np.indices(counts.shape))
    at = np.lexsort((cells.period[cell], code, cells.group[cell]))
    names = np.array([*order, ""], dtype=object)
    before = names[np.where(first, -1, cells.period[previous])]
    return grouped.table(
        {
            "code": np.array(tree.paths, dtype=object)[kept][code[at]],
            "period": names[cells.period[cell[at]]],
            "references": counts.ravel()[at],
            "share": share.ravel()[at],
            "share_of": whole.ravel()[at],
            "per_1000": rate.ravel()[at],
            "before": before[cell[at]],
            "change": change.ravel()[at],
            "log_ratio": ratio.ravel()[at],
            "p": p.ravel()[at],
            "q": benjamini_hochberg(p.ravel())[at],
        },
        group=cells.group[cell[at]],
        notes=[
            *notes,
            *_others(grouped, labels),
            *_single(grouped, cells, len(order)),
            *_filled(counts, counts[previous], ratio),
            *_few(grouped, of_cell, cells),
            *_empty(share, rate),
        ],
    )


def _dealt(parts: Integers, whole: Integers, of_cell: Integers, cells: "_Cells") -> Floats:
    """For each cell and code, p of the change against the cell before it.

    `parts` and `whole` are of whole documents, `of_cell` the cell of each.
    """
    found = np.full((len(cells.group), parts.shape[1]), np.nan)
    for cell in np.flatnonzero(cells.previous >= 0).tolist():
        here = np.isin(of_cell, (cell, cells.previous[cell]))
        now = of_cell[here] == cell
        found[cell] = share_change_test(parts[here], whole[here], now)
    return found


@dataclass(frozen=True)
class _Cells:
    """A group in a period: `previous` is the cell of the same group before it, or -1.

    `of_document` is the cell of each document, -1 of those without a period.
    """

    group: Integers
    period: Integers
    previous: Integers
    of_document: Integers


def _cells(grouped: Grouped, labels: Names, order: Sequence[str]) -> _Cells:
    at = {label: number for number, label in enumerate(order)}
    period = np.array([at.get(label, -1) for label in labels], dtype=np.int64)
    size = max(len(order), 1)
    place = np.where(period >= 0, grouped.case_groups * size + period, -1)
    every = np.unique(place[place >= 0])
    group, when = np.divmod(every, size)
    of_document = np.where(place >= 0, np.searchsorted(every, place), -1)
    same = np.concatenate([[False], group[1:] == group[:-1]])[: len(group)]
    return _Cells(group, when, np.where(same, np.arange(len(group)) - 1, -1), of_document)


def _labels(grouped: Grouped) -> tuple[Names, list[Note]]:
    """Each document's period, and how many state none."""
    labels = document_names(grouped, "period")
    without = int((labels == "").sum())
    if without and without == len(labels):
        return labels, [
            Note(
                "No document states a period: there is nothing to compare. Write 十四五 and the "
                "like into the manifest's column period.",
                zh="文件均未注明规划期，无从比较：请在清单的 period 列填写“十四五”等。",
            )
        ]
    return labels, [
        Note(
            f"Left out: {without} documents that state no period.",
            zh=f"未计入：未注明规划期的文件 {without} 份。",
        )
    ] * (without > 0)


def _others(grouped: Grouped, labels: Names) -> list[Note]:
    """Together, periods may be of different cities."""
    if grouped.by:
        return []
    cities = pd.Series(document_names(grouped, "city")).groupby(labels).agg(frozenset)
    if cities.drop("", errors="ignore").nunique() < 2:
        return []
    return [
        Note(
            "The periods are not of the same cities, so that a change may be one of cities: by "
            "city each is compared with itself.",
            zh="各规划期的城市不尽相同，变化可能来自城市之别：按城市分组可各与自身比较。",
        )
    ]


def _years(grouped: Grouped, labels: Names) -> dict[str, str]:
    """The earliest year of the documents of each period."""
    stated = pd.to_numeric(pd.Series(document_names(grouped, "year")), errors="coerce").astype(
        np.float64
    )
    return {str(one): f"{year:.0f}" for one, year in stated.groupby(labels).min().dropna().items()}


def _single(grouped: Grouped, cells: _Cells, periods_there: int) -> list[Note]:
    if not periods_there:
        return []
    if periods_there < 2:
        return [
            Note(
                "Two periods are needed to compare: what changed is empty.",
                zh="至少要有两个规划期才能比较，变化留空。",
            )
        ]
    many = np.bincount(cells.group, minlength=len(grouped.groups))
    alone = [grouped.groups[group] for group in np.flatnonzero(many == 1)]
    return [
        Note(
            f"One period only in {first_few(alone)}: nothing to compare it with.",
            zh=f"{first_few(alone)} 只有一个规划期，无从比较。",
        )
    ] * bool(alone and grouped.by)


def _filled(now: Integers, then: Integers, ratio: Floats) -> list[Note]:
    filled = int((((now == 0) | (then == 0)) & ~np.isnan(ratio)).sum())
    return [
        Note(
            f"Of {filled} log ratios one count is 0 and taken as 0.5.",
            zh=f"{filled} 个对数比的一侧频数为 0，按 0.5 计。",
        )
    ] * (filled > 0)


def _few(grouped: Grouped, of_cell: Integers, cells: _Cells) -> list[Note]:
    """Comparisons that rest on one document on each side."""
    many = np.bincount(of_cell[of_cell >= 0], minlength=len(cells.group))
    asked = cells.previous >= 0
    alone = asked & (many == 1) & (many[cells.previous] == 1)
    if not asked.any():
        return []
    how = Note(
        "p: would other documents of these periods differ? Whole documents are dealt to the two "
        "periods anew (every way of 8 or fewer, else 1,999).",
        zh="p：推及这些规划期的其他文件。把整份文件重新分派到前后两期（8 份以内取全部方式，"
        "否则随机 1,999 次）。",
    )
    if not alone.any():
        return [how]
    where = first_few([grouped.groups[n] for n in dict.fromkeys(cells.group[alone].tolist())])
    of, zh_of = (f" ({where})", f"（{where}）") if grouped.by else ("", "")
    return [
        how,
        Note(
            f"{int(alone.sum())} comparisons have one document on each side{of}: whether others "
            "would differ cannot be told, and p and q are empty.",
            zh=f"{int(alone.sum())} 次比较前后各只有一份文件{zh_of}："
            "无法推断其他文件是否也如此，p、q 留空。",
        ),
    ]


def _empty(share: Floats, rate: Floats) -> list[Note]:
    notes = []
    if np.isnan(share).any():
        notes.append(
            Note(
                "A dimension without references in a period has no shares there.",
                zh="某规划期内维度没有参考点时，占比留空。",
            )
        )
    if np.isnan(rate).any():
        notes.append(
            Note(
                "Without Han characters to count there is no rate and no log ratio.",
                zh="没有可计的汉字时，每千字频次与对数比留空。",
            )
        )
    return notes
