"""Would other documents differ? The 95 % interval of a share or rate when documents are a sample.

Sentences of one document resemble each other, so that a share over many sentences of few
documents is known less well than so many sentences promise. What the documents differ by gives
the variance of the share (a ratio of two sums: Cochran 1977, §6.3; each document's part corrected
by its weight, as Bell & McCaffrey 2002 do), the variance the number of independent draws it is
worth, and that number Wilson's interval, with Student's t for z (Korn & Graubard 1998 do so with
Clopper and Pearson's interval; Franco et al. 2019 find Wilson's among the best). The degrees of
freedom are Bell and McCaffrey's, for shares that differ between documents: one large document
among small ones leaves few.

``python -m benchmarks.coverage`` says how often such intervals hold the truth.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.score_intervals import difference_limits, ratio_limits, score_limits


@dataclass(frozen=True)
class ClusterInterval:
    """Shares or rates with their limits, all of one shape; nan where they cannot be told.

    `documents` are those that have anything to share: of a single one there is no interval.
    `df` are the degrees of freedom.
    """

    value: Floats
    low: Floats
    high: Floats
    documents: Integers
    df: Floats

    def less(self, other: "ClusterInterval") -> "ClusterInterval":
        """The difference from the value of other documents, with its interval."""
        low, high = difference_limits(
            self.value, (self.low, self.high), other.value, (other.low, other.high)
        )
        return self._against(other, self.value - other.value, low, high)

    def by(self, other: "ClusterInterval") -> "ClusterInterval":
        """The ratio to the value of other documents, with its interval."""
        low, high = ratio_limits(
            self.value, (self.low, self.high), other.value, (other.low, other.high)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._against(other, self.value / other.value, low, high)

    def _against(
        self, other: "ClusterInterval", value: Floats, low: Floats, high: Floats
    ) -> "ClusterInterval":
        return ClusterInterval(
            np.asarray(value),
            low,
            high,
            np.minimum(self.documents, other.documents),
            np.minimum(self.df, other.df),
        )


def share_interval(part: Floats | Integers, whole: Floats | Integers) -> ClusterInterval:
    """The share Σ part / Σ whole of documents (rows), for each column, with its interval.

    `part` and `whole` are counts: documents by columns, or documents alone; a whole of one column
    serves all parts. Of a share of 0 or 1 the other limit is that of so
    many documents, each one draw: 1 − .025^(1/documents), which holds however alike the sentences
    of a document are.

    >>> part, whole = np.array([3, 5, 2, 6, 4, 0, 8]), np.array([30, 41, 25, 50, 44, 9, 61])
    >>> found = share_interval(part, whole)
    >>> [round(float(one), 3) for one in (found.value, found.low, found.high)]
    [0.108, 0.065, 0.173]
    >>> float(share_interval(np.array([3]), np.array([30])).low)  # one document
    nan
    """
    return _interval(part, whole, counts=False)


def rate_interval(events: Floats | Integers, amount: Floats | Integers) -> ClusterInterval:
    """The rate Σ events / Σ amount of documents, as references by characters, with its interval.

    As `share_interval`, but a rate has no upper bound: nothing can be told of one of no events.
    """
    return _interval(events, amount, counts=True)


def _interval(
    parts: Floats | Integers, wholes: Floats | Integers, *, counts: bool
) -> ClusterInterval:
    part = np.asarray(parts, dtype=np.float64)
    whole = np.broadcast_to(_shaped(np.asarray(wholes, dtype=np.float64), part), part.shape)
    sum_part, sum_whole = part.sum(axis=0), whole.sum(axis=0)
    documents = np.asarray((whole > 0).sum(axis=0), dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(sum_whole > 0, sum_part / sum_whole, np.nan)
        weight = np.where(sum_whole > 0, whole / sum_whole, np.nan)
        corrected = np.where(weight < 1, 1 / (1 - weight), np.nan)
        variance = (corrected * ((part - value * whole) / sum_whole) ** 2).sum(axis=0)
        df = _degrees_of_freedom(weight, corrected)
        t = np.where(df > 0, stdtrit(np.maximum(df, 1e-9), 0.975), np.nan)
        # Never more than the cases there are: documents more alike than chance are chance.
        if counts:
            worth = np.minimum(value**2 / variance, sum_part)
        else:
            worth = np.minimum(value * (1 - value) / variance, sum_whole)
        low, high = score_limits(value, worth, t, counts=counts)
        low, high = _extremes(value, low, high, documents, counts=counts)
    alone = documents < 2
    return ClusterInterval(
        value,
        np.where(alone, np.nan, low),
        np.where(alone, np.nan, high),
        documents,
        np.where(alone, np.nan, df),
    )


def _shaped(whole: Floats, part: Floats) -> Floats:
    return whole[:, None] if part.ndim == 2 and whole.ndim == 1 else whole


def bell_mccaffrey_df(size: Floats | Integers) -> Floats:
    """The degrees of freedom that documents (rows) of these sizes leave, for each column.

    One less than there are documents where all are of one size, fewer where a few are large;
    nan for fewer than two. They hold for documents whose shares have the same variance.

    >>> [round(float(bell_mccaffrey_df(np.array(sizes))), 1) for sizes in ([9] * 7, [5] * 6 + [90])]
    [6.0, 1.1]
    """
    sizes = np.asarray(size, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = sizes / sizes.sum(axis=0)
        corrected = np.where(weight < 1, 1 / (1 - weight), np.nan)
        return _degrees_of_freedom(weight, corrected)


def _degrees_of_freedom(weight: Floats, corrected: Floats) -> Floats:
    """Satterthwaite's (Σλ)² / Σλ² of the variance as a quadratic form in the documents' shares p:
    its matrix has √(g_i g_j) (δ_ij − w_i − w_j + Σw²) for documents i and j, g = w² / (1 − w).
    """
    g = weight**2 * corrected
    every = (weight**2).sum(axis=0)
    own = 1 - 2 * weight + every
    half = every / 2 - weight
    squared = (
        2 * g.sum(axis=0) * (g * half**2).sum(axis=0)
        + 2 * (g * half).sum(axis=0) ** 2
        + (g**2 * (own**2 - 4 * half**2)).sum(axis=0)
    )
    return np.asarray((g * own).sum(axis=0) ** 2 / squared)


def _extremes(
    value: Floats, low: Floats, high: Floats, documents: Integers, *, counts: bool
) -> tuple[Floats, Floats]:
    if counts:
        return np.where(value == 0, np.nan, low), np.where(value == 0, np.nan, high)
    beyond = 1 - 0.025 ** (1 / np.maximum(documents, 1))
    low = np.where(value == 0, 0.0, np.where(value == 1, 1 - beyond, low))
    high = np.where(value == 0, beyond, np.where(value == 1, 1.0, high))
    return low, high
