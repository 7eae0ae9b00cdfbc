"""Which case each place of each document is in."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wenma.statistics.arrays import Integers

_REACH = np.int64(2**40)
"""More characters than any document has."""


@dataclass(frozen=True, eq=False)
class CaseMap:
    """Stretches of all documents, in order, with the case of each (-1 for none).

    `document` and `start` say where each stretch begins; it reaches to the next one. Every
    document has a stretch that begins at 0.
    """

    document: Integers
    start: Integers
    case: Integers

    def at(self, document: NDArray[np.integer], offset: NDArray[np.integer]) -> Integers:
        """The case of each of these places."""
        if len(self.case) == 0:
            return np.full(len(document), -1, dtype=np.int64)
        if not self.start.any():  # whole documents, one case each
            return np.asarray(self.case[document])
        keys = self.document * _REACH + self.start
        wanted = document.astype(np.int64) * _REACH + offset
        return np.asarray(self.case[np.searchsorted(keys, wanted, side="right") - 1])

    def only(self, kept: NDArray[np.bool_]) -> "CaseMap":
        """The same places, in those of the cases that are kept, renumbered."""
        number = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)
        return replace(self, case=number[self.case])


def whole_documents(documents: int, cases: int) -> CaseMap:
    """Each document a case of its own; those beyond the number of cases are in none.

    >>> whole_documents(3, 2).at(np.array([0, 1, 2]), np.array([5, 5, 5])).tolist()
    [0, 1, -1]
    """
    number = np.arange(documents, dtype=np.int64)
    return CaseMap(number, np.zeros_like(number), np.where(number < cases, number, -1))
