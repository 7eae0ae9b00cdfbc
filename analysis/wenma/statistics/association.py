"""How strongly two codes, or words, are associated: measures of a two by two table.

Of `n` units `n1` carry the first code, `n2` the second, `n11` both. Numbers or
arrays go in, arrays come out; what is not defined is nan.
"""

import numpy as np
from numpy.typing import ArrayLike

from wenma.statistics.arrays import Floats
from wenma.statistics.hypergeometric import hypergeometric_tail


def jaccard(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """The share of the units with either code that carry both, n11 / (n1 + n2 − n11), 0 to 1.

    ATLAS.ti calls it the c-coefficient; its manual's example is the second
    one here. nan when no unit carries either.

    >>> float(jaccard(20, 30, 40))
    0.4
    >>> round(float(jaccard(5, 10, 100)), 3)
    0.048
    """
    both, first, second = _floats(n11, n1, n2)
    return _ratio(both, first + second - both)


def dice(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Sørensen's index, 2 n11 / (n1 + n2), 0 to 1; nan when no unit carries either.

    Dice (1945), Ecology 26: 297; Sørensen (1948).

    >>> round(float(dice(20, 30, 40)), 4)
    0.5714
    """
    both, first, second = _floats(n11, n1, n2)
    return _ratio(2 * both, first + second)


def cosine(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Ochiai's index, n11 / √(n1 n2), 0 to 1; nan when no unit carries one of the codes.

    Ochiai (1957).

    >>> round(float(cosine(20, 30, 40)), 4)
    0.5774
    """
    both, first, second = _floats(n11, n1, n2)
    return _ratio(both, np.sqrt(first * second))


def lift(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """How many times as often as by chance the codes co-occur, n11 n / (n1 n2); 1 is chance.

    nan when no unit carries one of the codes.

    >>> round(float(lift(20, 30, 40, 100)), 4)
    1.6667
    """
    both, first, second, every = _floats(n11, n1, n2, n)
    return _ratio(both * every, first * second)


def pmi(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """Pointwise mutual information, log₂ of the lift; minus infinity where n11 is 0.

    Church and Hanks (1990). The example is Ayatollah Ruhollah in Manning and
    Schütze (1999), chapter 5.

    >>> round(float(pmi(20, 42, 20, 14_307_668)), 2)
    18.38
    """
    with np.errstate(divide="ignore"):
        return np.log2(lift(n11, n1, n2, n))


def npmi(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """Normalized PMI, pmi / −log₂(n11 / n): -1 never together, 0 chance, 1 always together.

    Bouma (2009). Codes that never co-occur have -1, the limit he gives; beware that
    two rare codes seldom co-occur by chance either. nan when no unit carries one of
    the codes, and when every unit carries both.

    >>> round(float(npmi(20, 30, 40, 100)), 4)
    0.3174
    >>> float(npmi(0, 30, 40, 100)), float(npmi(0, 0, 40, 100))
    (-1.0, nan)
    """
    both, first, second, every = _floats(n11, n1, n2, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = _ratio(pmi(both, first, second, every), -np.log2(_ratio(both, every)))
    return np.where((both == 0) & (first * second > 0) & (every > 0), -1.0, scaled)


def phi(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """φ, the correlation of carrying one code with carrying the other, -1 to 1.

    (n11 n − n1 n2) / √(n1 (n − n1) n2 (n − n2)), Pearson's r of the two indicators
    (Yule 1912). nan when no unit or every unit carries one of the codes.

    >>> round(float(phi(20, 30, 40, 100)), 4)
    0.3563
    """
    both, first, second, every = _floats(n11, n1, n2, n)
    spread = first * (every - first) * second * (every - second)
    return _ratio(both * every - first * second, np.sqrt(np.maximum(spread, 0)))


def g2(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """Log-likelihood ratio of dependence against independence, from 0.

    Dunning (1993), all four cells; above 3.84 is unusual at the 5 % level for
    a pair chosen beforehand. It says how sure, not how strong, and grows for
    codes that avoid each other too. nan when no unit or every unit carries
    one of them.

    >>> round(float(g2(20, 30, 40, 100)), 4)
    12.6537
    """
    both, first, second, every = _floats(n11, n1, n2, n)
    total = np.zeros_like(both + first + second + every)
    for seen, row, column in (
        (both, first, second),
        (first - both, first, every - second),
        (second - both, every - first, second),
        (every - first - second + both, every - first, every - second),
    ):
        ratio = _ratio(seen * every, row * column)
        with np.errstate(divide="ignore", invalid="ignore"):
            total += np.where(seen > 0, seen * np.log(ratio), 0.0)
    varies = (first > 0) & (first < every) & (second > 0) & (second < every)
    # Independent codes can come out a hair below nought.
    return np.where(varies, np.maximum(2 * total, 0.0), np.nan)


def chance_of_meeting(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """The probability that chance alone brings so many together or more (Fisher's exact test).

    One-sided: 1 for codes that avoid each other. nan when no unit or every
    unit carries one of them. The example is Fisher's lady and her eight cups.

    >>> round(float(chance_of_meeting(3, 4, 4, 8)), 4)
    0.2429
    """
    both, first, second, every = np.broadcast_arrays(*_floats(n11, n1, n2, n))
    varies = (first > 0) & (first < every) & (second > 0) & (second < every)
    found = np.full(both.shape, np.nan)
    found[varies] = hypergeometric_tail(both[varies], first[varies], second[varies], every[varies])
    return found


def chi2(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """Pearson's chi-square of dependence, one degree of freedom, without Yates's correction.

    nan when no unit or every unit carries one of them. The example is "new
    companies" in Manning and Schütze (1999), chapter 5.

    >>> round(float(chi2(8, 15_828, 4_675, 14_307_668)), 2)
    1.55
    """
    every = np.asarray(n, dtype=np.float64)
    return every * phi(n11, n1, n2, n) ** 2


def t_score(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike, n: ArrayLike) -> Floats:
    """How far what was seen lies above chance, in units of its own root; below it, negative.

    Church and others (1991). nan where the two never meet. The example is
    "new companies" in Manning and Schütze (1999), chapter 5.

    >>> round(float(t_score(8, 15_828, 4_675, 14_307_668)), 6)
    0.999932
    """
    both, first, second, every = _floats(n11, n1, n2, n)
    return _ratio(both - _ratio(first * second, every), np.sqrt(both))


def log_dice(n11: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """14 plus the binary logarithm of Dice: one more is twice as close (Rychlý 2008).

    It does not depend on the size of the corpus; 14 is the most where each
    meeting takes one of either. Minus infinity for 0.

    >>> log_dice([10, 5, 1], [10, 10, 2 ** 14], [10, 10, 2 ** 14]).tolist()
    [14.0, 13.0, 0.0]
    """
    with np.errstate(divide="ignore"):
        return 14 + np.log2(dice(n11, n1, n2))


def _floats(*numbers: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.asarray(number, dtype=np.float64) for number in numbers)


def _ratio(above: Floats, below: Floats) -> Floats:
    """The quotient, nan where the divisor is not a positive number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)
