"""Similarity of distributions: measures between the rows of a table of shares."""

import numpy as np
from scipy.spatial.distance import cdist

from wenma.statistics.arrays import Floats


def jensen_shannon(shares: Floats) -> Floats:
    """Jensen–Shannon divergence of each two rows, from 0 (equal) to 1 (nothing in common).

    Lin (1991), IEEE Transactions on Information Theory 37: 145; base 2. Rows
    add up to 1; a row of nan has nan with all. Half and half beside all on one:

    >>> jensen_shannon(np.array([[0.5, 0.5], [1.0, 0.0]])).round(4)[0].tolist()
    [0.0, 0.3113]
    """
    # The distance is the root of the divergence, in natural units. Rounding may
    # take equal rows a hair off nought, and strangers off one.
    distance = np.nan_to_num(cdist(shares, shares, "jensenshannon"), nan=0.0)
    found = np.clip(np.square(distance) / np.log(2), 0.0, 1.0)
    found[found > 1 - 1e-12], found[found < 1e-12] = 1.0, 0.0
    undefined = np.isnan(shares).any(axis=1)
    found[undefined, :] = np.nan
    found[:, undefined] = np.nan
    return np.asarray(found)


def cosine_similarity(shares: Floats) -> Floats:
    """Cosine of each two rows, x·y / (|x| |y|); nan with a row of nan or of zeros.

    >>> cosine_similarity(np.array([[0.5, 0.5], [1.0, 0.0]])).round(4)[0].tolist()
    [1.0, 0.7071]
    """
    with np.errstate(invalid="ignore"):
        unit = shares / np.linalg.norm(shares, axis=1, keepdims=True)
    return np.asarray(np.clip(unit @ unit.T, -1.0, 1.0))


def pearson_correlation(shares: Floats) -> Floats:
    """Pearson's r of each two rows; nan with a row of equal shares, or of nan.

    >>> rows = np.array([[0.2, 0.3, 0.5], [0.1, 0.2, 0.7], [1 / 3, 1 / 3, 1 / 3]])
    >>> pearson_correlation(rows).round(4)[0].tolist()
    [1.0, 0.9843, nan]
    """
    if not shares.shape[1]:
        return np.full((len(shares), len(shares)), np.nan)
    centred = shares - shares.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    even = ~(length > 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(even, np.nan, centred / length)
    return np.asarray(np.clip(unit @ unit.T, -1.0, 1.0))
