"""What is left when the units that carry a code are left out: boilerplate, lists, and the like."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.records import han
from wenma.statistics.arrays import Integers


def places(document: Integers, unit: Integers, start: Integers, end: Integers) -> Integers:
    """A number for what stands or falls together: a unit of a document, or a free span by itself.

    >>> one = np.array([0, 0, 0]); unit = np.array([3, 3, -1]); at = np.array([5, 5, 9])
    >>> places(one, unit, at, at + 2).tolist()
    [1, 1, 0]
    """
    free = unit < 0
    frame = pd.DataFrame(
        {
            "document": document,
            "unit": unit,
            "start": np.where(free, start, -1),
            "end": np.where(free, end, -1),
        }
    )
    return np.asarray(frame.groupby([*frame.columns], sort=True).ngroup(), dtype=np.int64)


def less(
    cases: pd.DataFrame, case: Integers, heading: NDArray[np.bool_], texts: list[str]
) -> pd.DataFrame:
    """The cases with these units taken off their counts: one text, case and kind for each unit.

    Units, countable Han and characters are what rates divide by: without this, leaving
    sentences out would lower every rate of what is left. Paragraphs and sections stay.

    >>> cases = pd.DataFrame({"document": ["a"], "units": [9], "countable": [100],
    ...     "characters": [120], "headings": [1], "heading_han": [5], "heading_characters": [6]})
    >>> fewer = less(cases, np.array([0]), np.array([False]), ["坚持底线思维。"])
    >>> fewer[["units", "countable"]].values.tolist()
    [[8, 94]]
    """
    counts = cases.copy()
    measures = (
        np.ones(len(texts), dtype=np.int64),
        np.fromiter(map(han, texts), dtype=np.int64, count=len(texts)),
        np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)),
    )
    for inside, names in (
        (~heading, ("units", "countable", "characters")),
        (heading, ("headings", "heading_han", "heading_characters")),
    ):
        for name, numbers in zip(names, measures, strict=True):
            if name in counts:
                gone = np.bincount(case[inside], weights=numbers[inside], minlength=len(counts))
                counts[name] = counts[name] - gone.astype(np.int64)
    return counts
