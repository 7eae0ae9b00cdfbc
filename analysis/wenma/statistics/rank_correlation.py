"""How far two rankings of the same items agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wenma.statistics.arrays import Floats

MOST_PAIRED = 400
"""Items of which every pair is held at once; more are put in order instead."""


@dataclass(frozen=True)
class RankCorrelation:
    """How one ranking differs from another.

    `ranked` items were compared; `tau` is Kendall's τ-b, `rho` Spearman's ρ. `code` is the
    position of the item that moves most, -1 where none does; `move` is by how many places,
    `rank` and `rank_then` are its places, 1 the most frequent.
    """

    ranked: int
    tau: float
    rho: float
    move: float
    code: int
    rank: float
    rank_then: float


def rank_correlation(before: ArrayLike, after: ArrayLike) -> RankCorrelation:
    """Compare the rankings of items by two counts, the largest first.

    Items with a count in either are ranked; equal counts share the mean of their places.
    tau and rho are nan where fewer than two items are ranked or one count is the same for
    all. Kendall (1945); Spearman (1904). The counts are those of SciPy's manual, where tau
    is -.4714:

    >>> shift = rank_correlation([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])
    >>> shift.ranked, round(shift.tau, 4), shift.move, shift.code, shift.rank, shift.rank_then
    (5, -0.4714, 4.0, 2, 5.0, 1.0)
    """
    old, new = (np.asarray(one, dtype=np.float64) for one in (before, after))
    undefined = float("nan")
    if np.isnan(old).any() or np.isnan(new).any():
        return RankCorrelation(0, undefined, undefined, undefined, -1, undefined, undefined)
    kept = np.flatnonzero((old > 0) | (new > 0))
    old, new = old[kept], new[kept]
    if not len(kept):
        return RankCorrelation(0, undefined, undefined, undefined, -1, undefined, undefined)
    orders = len(kept) > 1 and np.ptp(old) > 0 and np.ptp(new) > 0
    if len(kept) > MOST_PAIRED:
        from scipy.stats import kendalltau, rankdata  # slow to load: for many items alone

        rank, rank_then = (np.asarray(rankdata(-one), dtype=np.float64) for one in (old, new))
        tau = float(kendalltau(old, new).statistic) if orders else undefined
    else:
        # Which item of each pair is the larger: all that the places and tau rest on.
        larger, larger_then = (np.sign(np.subtract.outer(one, one)) for one in (old, new))
        rank, rank_then = _places(larger), _places(larger_then)
        tau = _tau_b(larger, larger_then) if orders else undefined
    moves = np.abs(rank - rank_then)
    most = int(moves.argmax())
    code = int(kept[most]) if moves[most] > 0 else -1
    return RankCorrelation(
        ranked=len(kept),
        tau=tau,
        rho=float(np.corrcoef(rank, rank_then)[0, 1]) if orders else undefined,
        move=float(moves[most]),
        code=code,
        rank=float(rank[most]) if code >= 0 else undefined,
        rank_then=float(rank_then[most]) if code >= 0 else undefined,
    )


def _places(larger: NDArray[np.float64]) -> Floats:
    """The place of each item, the largest first; equal ones share the mean of theirs."""
    return np.asarray((larger < 0).sum(axis=1) + ((larger == 0).sum(axis=1) + 1) / 2)


def _tau_b(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float((one * other).sum() / np.sqrt(np.square(one).sum() * np.square(other).sum()))
