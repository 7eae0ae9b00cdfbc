"""Would other documents use a word as much more? Whole documents are dealt to two sides anew.

Words come in clumps: a text that has a word once has it again. Tests that take every word as an
independent draw (chi-square, log-likelihood) find hundreds of keywords between two random halves of
a corpus (Kilgarriff 2005; Lijffijt and others 2016); texts are the sample, and their words are not.
"""

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, sparray

from wenma.statistics.arrays import Floats, Integers

STAGES = (199, 1_999, 9_999)
"""So many dealings are made of all words, of those that stand out then, and of those still."""
_ENOUGH = 20
"""A word that so many dealings exceed stands out no more."""
_AT_ONCE = 4_000_000
"""Numbers worked on at once, so that many words fit the memory."""


class RateTest(NamedTuple):
    """p of each side and word; `ways` to deal the documents, and whether all of them were tried.

    p is nan for a side of one document, and for a word that stands in one document alone.
    """

    p: Floats
    ways: tuple[int, ...]
    exact: tuple[bool, ...]


def rate_difference_test(
    counts: sparray, sizes: Floats, sides: NDArray[np.bool_], *, seed: int = 0
) -> RateTest:
    """How often dealing whole documents sets a word's rates so far apart; two-sided.

    `counts` are documents by words, `sizes` the words of each document, `sides` of each
    comparison the documents of its first side; the second are all others. Compared is the
    adjusted residual of the word's count; in simulations on real plans it found more words of
    truly higher rate than Welch's t, Wilcoxon's ranks or the plain ratio of rates.

    Every way to deal them is tried where there are few; else 199 at random, and ten times and a
    hundred times as many for words that fewer than 20 of these exceed (after Besag & Clifford
    1991). No threshold is passed more often for that: below it a p is that of the larger number.
    The counts as they are count as one of the dealings (Phipson & Smyth 2010).

    >>> counts = csr_array([[9, 1], [8, 1], [9, 2], [1, 1], [2, 2], [1, 1]])
    >>> first = np.array([[True, True, True, False, False, False]])
    >>> test = rate_difference_test(counts, np.full(6, 100.0), first)
    >>> test.p.tolist(), test.ways  # for the first word, this way and its mirror image of 20
    ([[0.1, 1.0]], (20,))
    """
    table = csr_array(counts, dtype=np.float64)
    # A word of one document tells nothing of others.
    shared = np.flatnonzero(
        np.bincount(table.indices[table.data > 0], minlength=table.shape[1]) > 1
    )
    p = np.full((len(sides), table.shape[1]), np.nan)
    exact = np.zeros(len(sides), dtype=bool)
    documents, many = len(sizes), sides.sum(axis=1)
    smaller = np.minimum(many, documents - many)
    for size in np.unique(smaller[smaller > 1]).tolist():
        these = np.flatnonzero(smaller == size)
        with_dealings = _staged(table.tocsc()[:, shared], sizes, sides[these], size, seed)
        p[np.ix_(these, shared)], exact[these] = with_dealings
    return RateTest(p, tuple(comb(documents, one) for one in many.tolist()), tuple(exact.tolist()))


def _staged(
    table: csc_array, sizes: Floats, sides: NDArray[np.bool_], size: int, seed: int
) -> tuple[Floats, bool]:
    """p of sides that all have so many documents (or lack so many), and whether it is exact.

    They are set against the same dealings; each goes on with the words that stand out in it.
    """
    total, every = np.asarray(table.sum(axis=0), dtype=np.float64).ravel(), float(sizes.sum())
    as_it_is = _apart(sides.astype(np.float64) @ table, sides @ sizes, total, every)
    # Equal but for rounding is as far.
    limits = as_it_is * (1 - 1e-9) - 1e-12
    as_far, p = np.zeros(limits.shape), np.ones(limits.shape)
    left = [np.arange(len(total))] * len(sides)
    ways, random = comb(len(sizes), size), np.random.default_rng(seed)
    for before, dealings in zip((0, *STAGES), STAGES, strict=False):
        exact = ways <= dealings
        if exact:
            as_far[:] = 0
        dealt = (
            _every(len(sizes), size)
            if exact
            else _some(len(sizes), size, dealings - before, random)
        )
        for documents in dealt:
            chosen = _chosen(documents, len(sizes))
            weights = chosen @ sizes
            for side, words in enumerate(left):
                width = max(1, _AT_ONCE // len(documents))
                for some in np.split(words, range(width, len(words), width)):
                    own = chosen @ table[:, some].toarray()
                    apart = _apart(own, weights, total[some], every)
                    as_far[side, some] += np.count_nonzero(apart >= limits[side, some], axis=0)
        for side, words in enumerate(left):
            own_count = as_far[side, words]
            p[side, words] = own_count / ways if exact else (own_count + 1) / (dealings + 1)
            left[side] = words[own_count < _ENOUGH]
        if exact or not any(map(len, left)):
            return p, exact
    return p, False


def _chosen(documents: Integers, every: int) -> csr_array:
    """Dealings by documents, 1 for those on the smaller side."""
    many, size = documents.shape
    starts = np.arange(0, many * size + 1, size)
    return csr_array((np.ones(many * size), documents.ravel(), starts), shape=(many, every))


def _apart(own: Floats, size: Floats, total: Floats, every: float) -> Floats:
    """The adjusted residual without its sign, but for what is the same in every dealing."""
    apart = size[:, None] * (total / -every)
    apart += own
    apart /= np.sqrt(size * (every - size))[:, None]
    return np.asarray(np.abs(apart, out=apart))


def _every(documents: int, size: int) -> Iterator[Integers]:
    yield np.array([*combinations(range(documents), size)], dtype=np.int64)


def _some(documents: int, size: int, many: int, random: np.random.Generator) -> Iterator[Integers]:
    """So many dealings, as the documents of the smaller side."""
    block = max(1, _AT_ONCE // documents)
    for first in range(0, many, block):
        drawn = random.random((min(block, many - first), documents))
        yield drawn.argpartition(size - 1, axis=1)[:, :size].astype(np.int64)
