"""What people gave the units of a sample that was drawn by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenma.statistics.arrays import Floats, Integers


@dataclass(frozen=True, eq=False)
class JudgedSample:
    """The units of a task whose chances are known, and what people gave each.

    task      its name; `seen` says who judged them
    document, unit, chance  of each unit drawn and done, parallel
    row       of each reading (a unit by one person, or as it was settled) which unit it is of
    worth     of each reading 1 / the readings of its unit, so that each unit counts once
    carries   readings by `paths`: was the code given?
    """

    task: str
    people: tuple[str, ...]
    document: tuple[str, ...]
    unit: Integers
    chance: Floats
    row: Integers
    worth: Floats
    carries: NDArray[np.bool_]
    paths: tuple[str, ...]
    drawn: int
