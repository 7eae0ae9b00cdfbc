"""Pearson's χ² of a table of counts, with residuals and the size of the effect."""

from dataclasses import dataclass

import numpy as np

from wenma.statistics.arrays import Floats, Integers

SPARSE = 5
"""Below so many expected the χ² distribution is a poor guide (Cochran 1954)."""


@dataclass(frozen=True)
class Contingency:
    """How far a table of counts, rows by columns, lies from its sums; nan where that says nothing.

    `expected` and `residuals` have the table's shape. A residual is how many standard
    deviations of independent draws a cell lies from what is expected (Haberman's adjusted
    residual). `v` is Cramér's V, corrected for bias. `small` is the share of cells with an
    expected count below five.
    """

    expected: Floats
    residuals: Floats
    chi2: float
    df: int
    v: float
    small: float


def contingency(counts: Integers) -> Contingency:
    """Whether the rows of a table are alike (Pearson's χ², no correction).

    A row or column without counts takes no part; with fewer than two rows or
    columns left nothing can be compared and all is nan. The example is that of
    quanteda.textstats, whose judge is R's ``chisq.test``:

    >>> result = contingency(np.array([[7, 3], [2, 7]]))
    >>> round(result.chi2, 4), result.df
    (4.3372, 1)
    """
    table = np.asarray(counts, dtype=np.float64)
    rows, columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    nothing = np.full(table.shape, np.nan)
    if rows.sum() < 2 or columns.sum() < 2:
        undefined = float("nan")
        return Contingency(nothing, nothing, undefined, 0, undefined, undefined)
    inside = np.ix_(rows, columns)
    kept = table[inside]
    n = kept.sum()
    expected_inside = kept.sum(axis=1, keepdims=True) * kept.sum(axis=0, keepdims=True) / n
    chi2 = float(((kept - expected_inside) ** 2 / expected_inside).sum())
    df = (kept.shape[0] - 1) * (kept.shape[1] - 1)
    across = 1 - kept.sum(axis=1, keepdims=True) / n
    down = 1 - kept.sum(axis=0, keepdims=True) / n
    expected, residuals = nothing.copy(), nothing.copy()
    expected[inside] = expected_inside
    residuals[inside] = (kept - expected_inside) / np.sqrt(expected_inside * across * down)
    return Contingency(
        expected=expected,
        residuals=residuals,
        chi2=chi2,
        df=df,
        v=bias_corrected_v(chi2, float(n), *kept.shape),
        small=float((expected_inside < SPARSE).mean()),
    )


def bias_corrected_v(chi2: float, n: float, rows: int, columns: int) -> float:
    """Cramér's V without what chance alone gives it: 0 where χ² is no larger than expected.

    Bergsma (2013), Journal of the Korean Statistical Society 42: 323; nan for a single count.
    The largest table of its kind has 1, and one at odds with nothing 0:

    >>> round(bias_corrected_v(40.0, 40.0, 2, 2), 6), bias_corrected_v(1.0, 40.0, 2, 2)
    (1.0, 0.0)
    """
    if n <= 1:
        return float("nan")
    beyond = max(0.0, chi2 / n - (rows - 1) * (columns - 1) / (n - 1))
    least = min(size - (size - 1) ** 2 / (n - 1) for size in (rows, columns))
    return float(np.sqrt(beyond / (least - 1))) if least > 1 else float("nan")
