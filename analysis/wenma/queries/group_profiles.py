"""The groups that plans are compared in: their counts, and what to beware of in them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wenma.queries.city_lists import short
from wenma.queries.grouped import Grouped, first_few
from wenma.queries.intervals import interval_columns
from wenma.queries.per_document import (
    Names,
    amounts_by_document,
    counts_by_document,
    document_amounts,
    document_names,
    reference_counts,
    sum_by_cell,
)
from wenma.queries.table import Note
from wenma.statistics.arrays import Floats, Integers


@dataclass(frozen=True)
class GroupProfiles:
    """The groups that are compared: their references of each code, and what a rate needs.

    `each` has the references of whole documents, `of_each` the group of each: what tests deal.
    """

    grouped: Grouped
    codes: Names
    names: Names
    group: Names
    period: Names | None
    cell: Integers
    counts: Integers
    countable: Floats
    each: Integers
    of_each: Integers

    @property
    def whole(self) -> Integers:
        """References of each group."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def shares(self) -> Floats:
        """Each group's references by code; they add up to 1, or are nan."""
        whole = self.whole[:, None]
        with np.errstate(invalid="ignore"):
            return np.where(whole > 0, self.counts / whole, np.nan)

    def named(self, at: Integers, suffix: str = "") -> dict[str, object]:
        """The columns that say which group a row is about."""
        named: dict[str, object] = {f"group{suffix}": self.group[at]}
        return named | ({} if self.period is None else {f"period{suffix}": self.period[at]})


def group_profiles(grouped: Grouped, codes: Integers, *, family: bool) -> GroupProfiles:
    """The groups of what was grouped; with `family` a city's plans of one period are one."""
    cell, names = grouped.case_groups, np.array(grouped.groups, dtype=object)
    group, period = names, None
    if family:
        when = document_names(grouped, "period")
        stated = when != ""
        numbers, pairs = pd.factorize(pd.MultiIndex.from_arrays([names[cell], when])[stated])
        cell = np.full(len(when), -1, dtype=np.int64)
        cell[stated] = numbers
        group = np.array([one for one, _ in pairs], dtype=object)
        period = np.array([one for _, one in pairs], dtype=object)
        names = np.array([" ".join(pair) for pair in pairs], dtype=object)
    weights = document_amounts(grouped, "countable", *["heading_han"] * grouped.headings)
    inside = cell >= 0
    references = reference_counts(grouped)[:, codes]
    each, of_each = counts_by_document(grouped, references, cell)
    return GroupProfiles(
        grouped=grouped,
        codes=np.array(grouped.tree.paths, dtype=object)[codes],
        names=names,
        group=group,
        period=period,
        cell=cell,
        counts=sum_by_cell(references, cell, len(names)),
        each=each,
        of_each=of_each,
        countable=np.bincount(cell[inside], weights=weights[inside], minlength=len(names)).astype(
            np.float64
        ),
    )


def profile_limits(
    sides: GroupProfiles, interval: str
) -> tuple[Mapping[str, Floats], list[Note], dict[str, str]]:
    """The intervals of shares and rates of each group and code, as `profile` has them in rows."""
    grouped = sides.grouped
    han = document_amounts(grouped, "countable", *["heading_han"] * grouped.headings)
    return interval_columns(
        interval,
        sides.each,
        sides.each,
        sides.each.sum(axis=1),
        amounts_by_document(grouped, han, sides.cell),
        sides.of_each,
        [str(one) for one in sides.names],
    )


def family_notes(sides: GroupProfiles, family: bool) -> list[Note]:
    """Which plans count as one, and which state no period."""
    if not family:
        return []
    inside = sides.cell[sides.cell >= 0]
    many = np.bincount(inside, minlength=len(sides.names))
    large = [f"{sides.names[n]} ({many[n]})" for n in np.flatnonzero(many > 1)]
    without = len(sides.cell) - len(inside)
    said_of = (
        Note(
            f"Documents of one city and period count as one: {first_few(large)}.",
            zh=f"同一城市、同一规划期的文件合为一组：{first_few(large)}。",
        )
        if large
        else Note(
            "No city has more than one document of a period: each stands by itself.",
            zh="没有城市在同一规划期有多份文件，各文件单独成组。",
        )
    )
    return [
        said_of,
        *[
            Note(
                f"Left out: {without} documents that state no period.",
                zh=f"未计入：未注明规划期的文件 {without} 份。",
            )
        ]
        * (without > 0),
    ]


def spelling_notes(sides: GroupProfiles, by: str) -> list[Note]:
    """A city that is written with 市 here and without it there."""
    if by != "city":
        return []
    cities_there = sorted({str(one) for one in sides.group})
    twice = [one for one in cities_there if one != short(one) and short(one) in cities_there]
    return [
        Note(
            f"Written in two ways, and counted as two: {first_few([short(c) for c in twice])} and "
            f"{first_few(twice)}. Let the manifest write one.",
            zh=f"同一城市有两种写法，按两组计：{first_few([short(c) for c in twice])} 与 "
            f"{first_few(twice)}。请在清单中统一。",
        )
    ] * bool(twice)


def silent_notes(sides: GroupProfiles) -> list[Note]:
    """Groups without a reference."""
    empty = [str(one) for one in sides.names[sides.whole == 0]]
    return [
        Note(
            f"No references in {first_few(empty)}: what needs its shares is empty, and it is in no "
            "tree or map.",
            zh=f"{first_few(empty)} 没有参考点：依赖其占比的数值留空，也不进入聚类与对应图。",
        )
    ] * bool(empty)


def thinnest_note(sides: GroupProfiles) -> list[Note]:
    """How few references a group's shares may rest on."""
    there = np.flatnonzero(sides.whole > 0)
    if len(there) < 2:
        return []
    few, many = there[sides.whole[there].argmin()], there[sides.whole[there].argmax()]
    least, most = (f"{sides.whole[one]} ({sides.names[one]})" for one in (few, many))
    return [
        Note(
            f"The shares rest on {least} to {most} references a group.",
            zh=f"各组占比所依据的参考点数：最少 {least}，最多 {most}。",
        )
    ]


def lone_group_note(groups: int) -> list[Note]:
    """One group, or none, cannot be compared."""
    return [
        Note(
            f"Two groups with references are needed to compare; here there are {groups}.",
            zh=f"至少要有两组有参考点才能比较，此处只有 {groups} 组。",
        )
    ] * (groups < 2)
