"""The 95 % interval of α on compared places: blocks of them drawn again and again."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from math import nan
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from wenma.queries.reliability_data import ReliabilityData
from wenma.statistics.arrays import Integers
from wenma.statistics.resampling import drawn, summed_up

Drawn = Literal["unit", "document"]


def absent(kinds: Sequence[tuple[Hashable, ...]]) -> list[tuple[Hashable, ...]]:
    """With nothing put there told as a value of its own: to leave a code off is a decision."""
    return [tuple(False if one is None else one for one in unit) for unit in kinds]


class AlphaBootstrap:
    """The intervals of α: blocks of places drawn again and again."""

    def __init__(self, ground: ReliabilityData, samples: int, resample: Drawn) -> None:
        self.ground, self.samples, self.resample = ground, samples, resample
        # Characters of one sentence are not drawn apart: they were coded in one go.
        self.block = ground.document if resample == "document" else ground.sentence
        self.whole = np.bincount(self.block, weights=ground.weight)
        groups = len(ground.kept.grouped.groups)
        self.compared = np.bincount(ground.group, weights=ground.weight, minlength=groups)
        there, first = np.unique(self.block, return_index=True)
        of_block = ground.group[first]
        self.sizes = [
            np.unique(self.whole[there[of_block == group]], return_counts=True)
            for group in range(groups)
        ]
        """The different sizes of the blocks of each group, and how many have each."""

    def interval(
        self,
        group: int,
        kinds: Sequence[tuple[Hashable, ...]],
        place: Integers,
        kind: Integers,
        alpha: float,
    ) -> tuple[float, float]:
        """α's 95 % interval in a group, from what was put on these places; nan without one."""
        sizes, often = self.sizes[group]
        if not self.samples or np.isnan(alpha) or often.sum() < 2:
            return nan, nan
        touched, at = np.unique(self.block[place], return_inverse=True)
        # What was put on each block: kinds and how much of each, block after block.
        cell, cell_at = np.unique(at * len(kinds) + kind, return_inverse=True)
        block, what = np.divmod(cell, len(kinds))
        much = np.bincount(cell_at, weights=self.ground.weight[place])
        whole = self.whole[touched]
        rest = whole - np.bincount(block, weights=much, minlength=len(touched))
        first = np.searchsorted(block, np.arange(len(touched) + 1)).tolist()
        alike = Counter(
            (float(rest[one]), what[low:high].tobytes(), much[low:high].tobytes())
            for one, (low, high) in enumerate(pairwise(first))
        )
        # Most blocks hold nothing of the code, and differ in their size at most.
        left = often - np.bincount(np.searchsorted(sizes, whole), minlength=len(sizes))
        rows = [
            *((nothing, np.frombuffer(w, what.dtype), np.frombuffer(m)) for nothing, w, m in alike),
            *((float(size), what[:0], much[:0]) for size in sizes),
        ]
        ends = np.cumsum([0, *(1 + len(w) for _, w, _ in rows)])
        blocks = csr_array(
            (
                np.concatenate([[nothing, *m] for nothing, _, m in rows]),
                np.concatenate([[0, *w] for _, w, _ in rows]).astype(np.int64),
                ends,
            ),
            shape=(len(rows), len(kinds)),
        )
        times = np.concatenate([list(alike.values()), left]).astype(np.int64)
        found = summed_up(alpha, drawn(absent(kinds), blocks, times, draws=self.samples))
        return found.low, found.high
