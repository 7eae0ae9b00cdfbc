"""The 95 % interval of α by blocks: documents, or units, drawn again and again."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from math import nan

import numpy as np
from scipy.sparse import csr_array

from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.resampling import bootstrap_samples, percentile_interval


def with_absence(kinds: Sequence[tuple[Hashable, ...]]) -> list[tuple[Hashable, ...]]:
    """The values of each kind of unit, with None as the value False: to leave a code off decides.

    >>> with_absence([("a", None)])
    [('a', False)]
    """
    return [tuple(False if one is None else one for one in unit) for unit in kinds]


class AlphaBootstrap:
    """The intervals of α from blocks of places, drawn with replacement within their group.

    `block`, `weight` and `group` have one entry for each place: the block it belongs to
    (places of one document or sentence were coded in one go and are drawn together), how
    many units it stands for, and its group, of which there are `groups`. `resamples` is
    the number of samples, 0 for no interval. The seed is fixed.

    Hayes & Krippendorff (2007), Communication Methods and Measures 1, 77–89.
    """

    def __init__(
        self,
        block: Integers,
        weight: Integers | Floats,
        group: Integers,
        *,
        groups: int,
        resamples: int,
    ) -> None:
        self.block, self.weight, self.resamples = block, weight, resamples
        self.whole = np.bincount(block, weights=weight)
        self.compared = np.bincount(group, weights=weight, minlength=groups)
        """The weight of each group: the units that are compared in it."""
        there, first = np.unique(block, return_index=True)
        of_block = group[first]
        self.sizes = [
            np.unique(self.whole[there[of_block == one]], return_counts=True)
            for one in range(groups)
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
        """The percentiles 2.5 and 97.5 of α in the samples of a group.

        `kinds` are the different units, what each coder gave them, the first the one that
        nobody coded. `place` and `kind` say which places of the group have which of the
        others. nan where `alpha` is, without samples, and for fewer than two blocks.
        """
        sizes, often = self.sizes[group]
        if not self.resamples or np.isnan(alpha) or often.sum() < 2:
            return nan, nan
        touched, at = np.unique(self.block[place], return_inverse=True)
        # What was put on each block: kinds and how much of each, block after block.
        cell, cell_at = np.unique(at * len(kinds) + kind, return_inverse=True)
        block, what = np.divmod(cell, len(kinds))
        much = np.bincount(cell_at, weights=self.weight[place])
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
        found = percentile_interval(
            alpha, bootstrap_samples(with_absence(kinds), blocks, times, resamples=self.resamples)
        )
        return found.low, found.high
