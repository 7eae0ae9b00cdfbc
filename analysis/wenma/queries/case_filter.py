"""Some of the cases: only some cities, plans, years, or values of any other attribute."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.grouping import as_text, attributes, listing_order
from wenma.queries.table import nearest
from wenma.sources.cleaning import tidied
from wenma.sources.places.places import same_place

Conditions = Mapping[str, str | Sequence[str]]
"""Attribute → the value, or one of several."""


def filter_cases(cases: pd.DataFrame, wanted: Conditions) -> NDArray[np.bool_]:
    """Which of the cases have, of each attribute named, one of the values given for it.

    QueryError for what is not an attribute, for a value no case has, and where no case has all.

    >>> cases = pd.DataFrame({"document": ["a", "b", "c"], "city": ["上海", "广州", "成都"]})
    >>> filter_cases(cases, {"city": ["上海", "成都"]}).tolist()
    [True, False, True]
    """
    kept = np.ones(len(cases), dtype=bool)
    for name, given in wanted.items():
        several = [given] if isinstance(given, str | int) else given
        known = attributes(cases)
        if name not in known:
            raise QueryError(
                f'the documents have no attribute "{name}" to choose by',
                cure=nearest(name, known),
                zh=f"文件没有属性“{name}”，不能按它挑选。",
            )
        stated = as_text(cases[name]).to_numpy(dtype=object)
        # A value is taken as it stands where some case has it so, else tidied as documents are.
        there = set(stated.tolist())
        values = [one if one in there else tidied(one) for one in map(str, several)]
        if name == "city":
            values = [_as_spelt(one, there) for one in values]
        for value in values:
            if value not in there:
                raise QueryError(
                    f'no document has the {name} "{value}"',
                    cure=nearest(value, listing_order(stated.tolist())),
                    zh=f"没有文件的 {name} 是“{value}”。",
                )
        kept &= np.isin(stated, np.array(values, dtype=object))
    if len(cases) and not kept.any():
        raise QueryError(
            "no document has all of these values",
            cure="Leave out one of the conditions",
            zh="没有文件同时合乎这些条件，请去掉一个。",
        )
    return kept


def _as_spelt(city: str, there: Collection[str]) -> str:
    """The city as the cases spell it: 上海市 is asked for as 上海 too."""
    if city in there:
        return city
    return next((one for one in sorted(there) if one and same_place(one, city)), city)
