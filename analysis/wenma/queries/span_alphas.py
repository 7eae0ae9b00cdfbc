"""The α family of 2016 of what coders marked: of a code among others, of all codes together."""

from collections.abc import Iterator
from math import nan

import numpy as np

from wenma.queries.reliability_data import ReliabilityData
from wenma.statistics.coded_segments import MarkedSegments
from wenma.statistics.unitizing import UnitizingAlphas, alpha_of_code, alphas_of_marks


def cu_alphas(ground: ReliabilityData, code: int) -> list[float]:
    """_cuα of a dimension in each group, _(k)uα of a code among those of its dimension.

    Looked at is only what two coders coded with something of the dimension: who coded nothing
    there does not count. Codes that stand at the top without any under them are of one dimension.
    """
    if children := ground.children(code):
        number = ground.numbered(code, children)
        return [
            alphas_of_marks(marks, 1 + len(children), length).coded if length else nan
            for marks, length in ground.marked(number)
        ]
    tree = ground.tree
    path = tree.paths[code]
    dimension = tree.below(path.partition("/")[0]) if "/" in path else tree.flat.tolist()
    number = np.full(len(tree.paths) + 1, -1, dtype=np.int64)
    number[dimension] = 1
    number[tree.below(path)] = 0
    found = []
    for marks, length in ground.marked(number):
        own, others = (
            [MarkedSegments(*(column[one.code == which] for column in one)) for one in marks]
            for which in (0, 1)
        )
        found.append(alpha_of_code(own, others, length) if length else nan)
    return found


def alphas_of_all(ground: ReliabilityData, codes: list[int]) -> Iterator[UnitizingAlphas | None]:
    """The family in each group with the sets of all these codes; None where there is no text.

    What lies under one of them counts as that one.
    """
    number = np.full(len(ground.tree.paths) + 1, -1, dtype=np.int64)
    for as_, one in enumerate(codes):
        number[ground.tree.below(ground.tree.paths[one])] = as_
    for marks, length in ground.marked(number):
        yield alphas_of_marks(marks, len(codes), length) if length else None
