"""Cases put into groups by an attribute, or by several crossed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.language.ordering import ordered
from wenma.queries.table import Note, nearest

By = str | Sequence[str] | None
"""What a table is broken down by: an attribute, several crossed, or nothing."""

COUNTS = (
    "han", "countable", "heading_han", "characters", "heading_characters", "sections", "units",
    "headings", "paragraphs", "heading_paragraphs", "text_sections", "heading_sections",
    "proposals", "proposals_decided", "asked",
)  # fmt: skip
"""Columns of the cases that are counted and not stated: nothing is grouped by them."""
_NOT_ATTRIBUTES = ("sha256", *COUNTS)
CROSS = " · "
"""Between the values in the name of a group of several attributes."""
UNSTATED = "—"
"""What stands for a missing value in such a name."""


@dataclass(frozen=True, eq=False)
class Grouping:
    """The groups of a table: their names, the values behind each, and the group of each case."""

    by: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    of_case: NDArray[np.int64]

    def notes(self) -> tuple[Note, ...]:
        """How many documents state nothing of what they are grouped by."""
        if len(self.by) != 1 or "" not in self.names:
            return ()
        nameless = int((self.of_case == self.names.index("")).sum())
        return (
            Note(
                f"{nameless} documents state no {self.by[0]}: their group has no name.",
                zh=f"{nameless} 份文件未注明分组信息，其组名留空。",
            ),
        )


def grouping(cases: pd.DataFrame, by: By) -> Grouping:
    """The groups of these cases, in the order of the corpus or of what their values count.

    Years, dates, periods and other ordinals stand as people sort them (十四五 before
    十五五); names as the corpus has them. QueryError for what is not an attribute.

    >>> cases = pd.DataFrame({"city": ["上海", "广州"], "year": [2026, 2021]})
    >>> grouping(cases, "year").names, grouping(cases, ["city", "year"]).names
    (('2021', '2026'), ('上海 · 2026', '广州 · 2021'))
    """
    named = checked_attributes(cases, by)
    if not named:
        return Grouping((), ("",), ((),), np.zeros(len(cases), dtype=np.int64))
    numbers, ranks, values = [], [], []
    for name in named:
        number, found = pd.factorize(plain(cases[name]))
        every = [str(one) for one in found]
        rank = {value: at for at, value in enumerate(ordered(every))}
        numbers.append(number)
        values.append(every)
        ranks.append([rank[one] for one in every])
    keys = pd.MultiIndex.from_arrays(numbers) if len(named) > 1 else pd.Index(numbers[0])
    first, distinct = pd.factorize(keys)
    tuples = [one if isinstance(one, tuple) else (one,) for one in distinct]
    order = sorted(
        range(len(tuples)),
        key=lambda at: tuple(rank[n] for rank, n in zip(ranks, tuples[at], strict=True)),
    )
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    told = [tuple(value[n] for value, n in zip(values, tuples[at], strict=True)) for at in order]
    names = tuple(map(group_name, told))
    return Grouping(named, names, tuple(told), place[first])


def group_name(values: Sequence[str]) -> str:
    """What a group is called: its value, or those of several attributes.

    >>> group_name(["上海"]), group_name(["上海", ""])
    ('上海', '上海 · —')
    """
    return values[0] if len(values) == 1 else CROSS.join(one or UNSTATED for one in values)


def checked_attributes(cases: pd.DataFrame, by: By) -> tuple[str, ...]:
    """The names of the attributes a table is broken down by; QueryError for one there is not."""
    named = tuple(dict.fromkeys([by] if isinstance(by, str) else by or ()))
    known = attributes(cases)
    for name in named:
        if name not in known:
            raise QueryError(
                f'the documents have no attribute "{name}" to group by',
                cure=nearest(name, known),
                zh=f"文件没有属性“{name}”，不能按它分组。",
            )
    return named


def attributes(cases: pd.DataFrame) -> list[str]:
    """The columns of the cases that say something of them, the document's name first."""
    return [str(column) for column in cases if str(column) not in _NOT_ATTRIBUTES]


def positions(known: Iterable[str], names: "pd.Series[Any]") -> NDArray[np.int64]:
    """Where each name stands among the known ones; -1 where it does not.

    >>> positions(["甲", "乙"], pd.Series(["乙", "丙"])).tolist()
    [1, -1]
    """
    index = pd.Index(np.array([*known], dtype=object))
    return np.asarray(index.get_indexer(pd.Index(names.astype(object))), dtype=np.int64)


def plain(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column of names as text, a missing name as ""."""
    return column.astype(object).where(column.notna(), "").astype(str)
