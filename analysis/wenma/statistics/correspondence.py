"""Correspondence analysis: rows and columns of a table of counts as points of one map."""

from dataclasses import dataclass

import numpy as np

from wenma.statistics.arrays import Floats, Integers

NOTHING = 1e-12
"""Inertia below this is rounding error."""


@dataclass(frozen=True)
class Points:
    """The rows or the columns; each array has a row for each, and a column for each axis.

    `mass` is the point's share of all counts, `inertia` its share of the total
    inertia, `contribution` its share of each axis's, `cos2` how much of its own
    inertia each axis shows.
    """

    mass: Floats
    inertia: Floats
    coordinates: Floats
    contribution: Floats
    cos2: Floats


@dataclass(frozen=True)
class Correspondence:
    """A correspondence analysis: the inertia of each axis, and the points of both sides."""

    inertia: Floats
    rows: Points
    columns: Points

    @property
    def total(self) -> float:
        """The total inertia: χ² by the number of counts."""
        return float(self.inertia.sum())

    @property
    def shares(self) -> Floats:
        """The share of the total inertia that lies on each axis."""
        return self.inertia / self.total


def correspondence(counts: Integers) -> Correspondence:
    """Correspondence analysis of a table without empty rows or columns.

    Benzécri (1973); Greenacre (1984), Theory and Applications of
    Correspondence Analysis, whose staff groups by smoking habits is the
    example. Coordinates of both sides are principal ones. Of the two
    directions of an axis the one is taken in which the column farthest from
    the centre is positive. No axis is left where all rows are alike.

    >>> smoking = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13],
    ...                     [10, 6, 7, 2]])
    >>> result = correspondence(smoking)
    >>> round(result.total, 4), result.inertia.round(4).tolist()
    (0.0852, [0.0748, 0.01, 0.0004])
    >>> (100 * result.shares).round(1).tolist()
    [87.8, 11.8, 0.5]
    """
    seen = np.asarray(counts, dtype=np.float64)
    shares = seen / seen.sum()
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    expected = np.outer(row, column)
    residual = (shares - expected) / np.sqrt(expected)
    left, singular, right = np.linalg.svd(residual, full_matrices=False)
    kept = np.square(singular) > NOTHING
    left, singular, right = left[:, kept], singular[kept], right[kept].T
    right_principal = right * singular / np.sqrt(column)[:, None]
    left_principal = left * singular / np.sqrt(row)[:, None]
    farthest = np.abs(right_principal).argmax(axis=0)
    sign = np.sign(right_principal[farthest, np.arange(len(singular))])
    return Correspondence(
        np.square(singular),
        _points(row, left_principal * sign, singular),
        _points(column, right_principal * sign, singular),
    )


def _points(mass: Floats, coordinates: Floats, singular: Floats) -> Points:
    parts = mass[:, None] * np.square(coordinates)
    own = parts.sum(axis=1)
    total = own.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return Points(
            mass=mass,
            inertia=own / total,
            coordinates=coordinates,
            contribution=parts / np.square(singular),
            # A point at the centre has no inertia to show.
            cos2=np.where(own[:, None] > NOTHING, parts / own[:, None], np.nan),
        )
