"""The codings of each group apart by document: what a jackknife leaves out one at a time."""

from dataclasses import replace

import numpy as np

from wenma.queries.grouped import Grouped
from wenma.queries.grouping import Grouping
from wenma.statistics.arrays import Integers


def documents_apart(grouped: Grouped) -> tuple[Grouped, Integers]:
    """The same codings with each group's documents for groups, and the group of each of these.

    The cases of one document that lie in one group stay together.
    """
    pairs = np.stack([grouped.case_groups, grouped.case_documents])
    every, of_case = np.unique(pairs, axis=1, return_inverse=True)
    names = tuple(map(str, range(every.shape[1])))
    apart = Grouping((), names, ((),) * len(names), of_case.reshape(-1).astype(np.int64))
    return replace(grouped, grouping=apart), every[0]
