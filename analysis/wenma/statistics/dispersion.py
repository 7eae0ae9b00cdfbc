"""How evenly words are dispersed over the parts of a text.

`hits` has a row for each word and a column for each part: how often the word
occurs there; `sizes` are the lengths of the parts in words. Parts without words are
left out. The measures are nan for a word that does not occur, and for all words
where the text has one part.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array

from wenma.statistics.arrays import Floats


def dp(hits: Any, sizes: ArrayLike) -> Floats:
    """Deviation of proportions, 0 (as evenly as the parts' lengths allow) to almost 1 (in one).

    ½ Σ |v − s| over the parts, v the part's share of the word's occurrences and s its share
    of the text. Gries (2008), International Journal of Corpus Linguistics 13: 403. Some
    programs print 1 − DP. The example is his: five parts of a text, the words a and q.

    >>> dp([[1, 2, 3, 4, 5], [0, 1, 0, 0, 0]], [9, 10, 10, 10, 11]).round(4).tolist()
    [0.18, 0.8]
    """
    table, size = _table(hits, sizes)
    total = np.asarray(table.sum(axis=1)).ravel()
    part = size / size.sum() if len(size) else size
    # Where a word does not stand it is off by the part's whole share. Those shares add up to
    # one, so only the parts where it stands need a look.
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.abs(table.data / total[table.row] - part[table.col]) - part[table.col]
    apart = np.bincount(table.row, weights=off, minlength=len(total))
    defined = (total > 0) & (len(size) > 1)
    return np.where(defined, np.clip((1 + apart) / 2, 0, 1), np.nan)


def dp_norm(hits: Any, sizes: ArrayLike) -> Floats:
    """DP / (1 − smallest s), so that a word in the shortest part alone has 1.

    Lijffijt and Gries (2012), International Journal of Corpus Linguistics 17: 147.

    >>> dp_norm([[1, 2, 3, 4, 5], [1, 0, 0, 0, 0]], [9, 10, 10, 10, 11]).round(4).tolist()
    [0.2195, 1.0]
    """
    size = _table(hits, sizes)[1]
    if len(size) < 2:
        return dp(hits, sizes)
    shortest = float(size.min() / size.sum())
    return dp(hits, sizes) / (1 - shortest)


def juilland_d(hits: Any, sizes: ArrayLike) -> Floats:
    """Juilland's D: 1 for a word with the same rate in every part, 0 for a word in one part.

    1 − (sd / mean) / √(n − 1) of the rates in the n parts, sd that of a population.
    Juilland and others (1970); the example is that of Gries (2008).

    >>> juilland_d([[1, 2, 3, 4, 5], [0, 1, 0, 0, 0]], [9, 10, 10, 10, 11]).round(3).tolist()
    [0.785, 0.0]
    """
    table, size = _table(hits, sizes)
    many, rows = len(size), table.shape[0]
    if many < 2:
        return np.full(rows, np.nan)
    rate = table.data / size[table.col]
    mean = np.bincount(table.row, weights=rate, minlength=rows) / many
    stands = np.bincount(table.row, minlength=rows)
    # Squares of differences, not a difference of squares: equal rates give exactly 0.
    near = np.bincount(table.row, weights=(rate - mean[table.row]) ** 2, minlength=rows)
    spread = np.sqrt((near + (many - stands) * mean**2) / many)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(mean > 0, 1 - spread / mean / np.sqrt(many - 1), np.nan)


def _table(hits: Any, sizes: ArrayLike) -> tuple[Any, Floats]:
    """The hits as (row, column, number), without the parts that hold no words."""
    size = np.asarray(sizes, dtype=np.float64)
    table = csc_array(hits, dtype=np.float64)
    if (size <= 0).any():
        table, size = table[:, size > 0], size[size > 0]
    table.eliminate_zeros()
    return table.tocoo(), size
