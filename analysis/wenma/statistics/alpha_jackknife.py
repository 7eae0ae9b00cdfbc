"""The 95 % interval of α where documents are a sample: each left out in turn."""

from collections.abc import Hashable, Sequence

import numpy as np

from wenma.statistics.alpha_bootstrap import with_absence
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.jackknife import jackknife_limits
from wenma.statistics.krippendorff import sampled_alphas


class AlphaJackknife:
    """The intervals of α from documents (blocks of places), each left out in turn.

    `block`, `weight` and `group` are those of `AlphaBootstrap`. Units of one document were coded
    under the same difficulties, so that drawing units promises too much, and drawing few
    documents with replacement does too: in simulation intervals of 95 % hold α in .60 to .87 of
    samples by units, in .62 to .93 by documents, and in .93 to .99 so (`benchmarks.coverage`).
    """

    def __init__(
        self, block: Integers, weight: Integers | Floats, group: Integers, *, groups: int
    ) -> None:
        self.block, self.weight = block, weight
        self.whole = np.bincount(block, weights=weight)
        self.compared = np.bincount(group, weights=weight, minlength=groups)
        """The weight of each group: the units that are compared in it."""
        there, first = np.unique(block, return_index=True)
        self.blocks = [there[group[first] == one] for one in range(groups)]

    def interval(
        self,
        group: int,
        kinds: Sequence[tuple[Hashable, ...]],
        place: Integers,
        kind: Integers,
        alpha: float,
    ) -> tuple[float, float]:
        """The limits of α in a group; arguments as those of `AlphaBootstrap.interval`.

        nan where `alpha` is, for fewer than two documents, and where α is 1 or hangs on one
        document.
        """
        here = self.blocks[group]
        counts = np.zeros((len(here), len(kinds)))
        row = np.searchsorted(here, self.block[place])
        np.add.at(counts, (row, kind), self.weight[place])
        counts[:, 0] = self.whole[here] - counts[:, 1:].sum(axis=1)
        without = sampled_alphas(with_absence(kinds), counts.sum(axis=0) - counts)
        return jackknife_limits(alpha, without, self.whole[here], "correlation")
