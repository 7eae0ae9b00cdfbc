"""Cases put into groups by an attribute, or by several crossed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_float_dtype

from wenma.errors import QueryError
from wenma.language.ordering import natural_key, ordered
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
DOCUMENT = "document"
"""The attribute that names a document: its values stand as the corpus has them."""
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
        number, found = pd.factorize(as_text(cases[name]))
        every = [str(one) for one in found]
        rank = {
            value: at
            for at, value in enumerate(listing_order(every) if name != DOCUMENT else every)
        }
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


def listing_order(values: Iterable[str], *, instead: Mapping[str, str] | None = None) -> list[str]:
    """The values as a table lists them, each once: ordinals as people sort them, names as given.

    An ordinal begins with a number, or with what all of them begin with before theirs (第二批).
    Where more than half of the values are ordinals, these come first in their order; other
    values follow as they are given, blank ones last. `instead` has, for a value that is none,
    the one it is sorted as: the year of a plan without a number.

    >>> listing_order(["十五五", "", "远期", "十四五", "2035年"])
    ['十四五', '十五五', '2035年', '远期', '']
    >>> listing_order(["第十批", "第二批"]), listing_order(["上海", "广州", "北京"])
    (['第二批', '第十批'], ['上海', '广州', '北京'])
    >>> listing_order(["远期", "近期"], instead={"近期": "2025", "远期": "2035"})
    ['近期', '远期']
    """
    every = list(dict.fromkeys(values))
    named = [one for one in every if one.strip()]
    leads = {one: _lead(one) for one in named}
    common = {lead for lead in leads.values() if lead}
    sorted_as = {
        one: one for one, lead in leads.items() if lead == "" or (lead and len(common) == 1)
    }
    sorted_as |= {
        one: stated for one, stated in (instead or {}).items() if one in leads.keys() - sorted_as
    }
    blank = [one for one in every if not one.strip()]
    if 2 * len(sorted_as) <= len(named):
        return [*named, *blank]
    rank = {stated: at for at, stated in enumerate(ordered(sorted_as.values()))}
    ordinals = sorted(sorted_as, key=lambda one: (rank[sorted_as[one]], one))
    return [*ordinals, *(one for one in named if one not in sorted_as), *blank]


def _lead(value: str) -> str | None:
    """What stands before the first number of a value, "" for nothing; None without a number."""
    _, tokens, _ = natural_key(value)
    if not tokens:  # nothing but characters that show nothing
        return None
    (number, _, words), then = tokens[0], tokens[1:2]
    if number == 0:
        return ""
    return words if then and then[0][0] == 0 else None


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


def as_text(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column of names as text, a missing name as ""; a year that is 2021.0 as 2021.

    >>> as_text(pd.Series([2021, None])).tolist()
    ['2021', '']
    """
    if is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    return column.astype(object).where(column.notna(), "").astype(str)
