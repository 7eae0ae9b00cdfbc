"""The confidence interval of a measure of agreement, by bootstrap.

Units are drawn, not coders: another study would have other sentences and the
same people. Sentences of one plan resemble each other, so that drawing them one by
one makes the interval too narrow; drawing whole documents (`blocks`) is honest, and
gives a wide interval where documents are few.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats
from wenma.statistics.krippendorff import Units, krippendorff_alpha, sampled_alphas

TENTATIVE = 0.667
"""Krippendorff's limit below which no conclusion holds."""
RELIABLE = 0.800
"""Krippendorff's limit from which on a coding may be relied on."""

_AT_ONCE = 4_000_000
"""Numbers drawn at once, so that a large corpus fits the memory."""

AgreementMeasure = Callable[..., float]
"""``measure(units, times=…)``, as those of `krippendorff` and `agreement_coefficients`."""


class BootstrapInterval(NamedTuple):
    """A measure, its 95 % interval, and the shares of samples below Krippendorff's two limits.

    `defined` is the number of samples in which the measure is defined; interval and
    shares come from these, and are nan when there are none.
    """

    value: float
    low: float
    high: float
    below_tentative: float
    below_reliable: float
    defined: int


def bootstrap(
    units: Units,
    measure: AgreementMeasure = krippendorff_alpha,
    *,
    blocks: Sequence[Hashable] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> BootstrapInterval:
    """A measure of agreement with its interval from `draws` samples of the units.

    `blocks` has the document of each unit: then documents are drawn, with all
    their units. The same seed draws the same samples. Samples in which nothing
    varies have no α and are left out, so that for a very rare code the interval
    is that of the samples that hold it.

    Hayes & Krippendorff (2007), Communication Methods and Measures 1, 77–89.

    >>> units = [(1, 1)] * 30 + [(1, 0)] * 5 + [(0, 1)] * 4 + [(0, 0)] * 61
    >>> found = bootstrap(units, resamples=2000)
    >>> round(found.value, 3), found.low < found.value < found.high
    (0.802, True)
    >>> found.below_tentative < found.below_reliable
    True
    """
    number: dict[tuple[Hashable | None, ...], int] = {}
    kind = np.array([number.setdefault(tuple(unit), len(number)) for unit in units], dtype=np.int64)
    different = list(number)
    often = np.bincount(kind, minlength=len(different))
    if blocks is None:
        rows, times = np.eye(len(different)), often
    else:
        seat: dict[Hashable, int] = {}
        block = [seat.setdefault(one, len(seat)) for one in blocks]
        rows = np.zeros((len(seat), len(different)))
        np.add.at(rows, (np.array(block, dtype=np.int64), kind), 1)
        times = np.ones(len(seat), dtype=np.int64)
    value = measure(different, times=often)
    return percentile_interval(
        value, bootstrap_samples(different, rows, times, measure, resamples=resamples, seed=seed)
    )


def bootstrap_samples(
    units: Units,
    blocks: Any,
    times: ArrayLike,
    measure: AgreementMeasure = krippendorff_alpha,
    *,
    resamples: int,
    seed: int = 0,
) -> Floats:
    """The measure in each of `resamples` samples of blocks; nan where it is not defined.

    `blocks` has a row for each different block and says how often it holds each
    of the units, as an array or a sparse one; `times` how many blocks are like
    it. As many blocks are drawn as there are.

    >>> units, blocks = [(1, 1), (1, 0), (0, 0)], np.eye(3)
    >>> bootstrap_samples(units, blocks, [5, 1, 6], resamples=3).shape
    (3,)
    """
    rows = blocks if hasattr(blocks, "tocsr") else np.asarray(blocks, dtype=np.float64)
    often = np.asarray(times, dtype=np.int64)
    size = int(often.sum())
    if not size:
        return np.full(resamples, np.nan)
    random = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(*rows.shape, 1))
    found = []
    for first in range(0, resamples, step):
        several = min(step, resamples - first)
        samples = random.multinomial(size, often / size, size=several) @ rows
        if measure is krippendorff_alpha:  # all samples at once: a thousand times faster
            found.append(sampled_alphas(units, samples))
        else:
            found.append(np.array([measure(units, times=sample) for sample in samples]))
    return np.concatenate(found) if found else np.empty(0)


def percentile_interval(value: float, samples: ArrayLike) -> BootstrapInterval:
    """The interval of a measure from its samples: percentiles 2.5 and 97.5.

    nan where `value` is, where the measure is defined in no sample, and where it is the same in
    all of them: what never varies tells nothing of how it might.

    >>> found = percentile_interval(0.8, [0.6, 0.7, 0.8, 0.9, float("nan")])
    >>> round(found.low, 4), round(found.high, 4), found.below_tentative, found.defined
    (0.6075, 0.8925, 0.25, 4)
    """
    each = np.asarray(samples, dtype=np.float64)
    defined = each[~np.isnan(each)]
    if np.isnan(value) or not len(defined):
        nan = float("nan")
        return BootstrapInterval(float(value), nan, nan, nan, nan, 0)
    low, high = np.percentile(defined, [2.5, 97.5])
    if low == high:
        low = high = float("nan")
    return BootstrapInterval(
        float(value),
        float(low),
        float(high),
        float((defined < TENTATIVE).mean()),
        float((defined < RELIABLE).mean()),
        len(defined),
    )
