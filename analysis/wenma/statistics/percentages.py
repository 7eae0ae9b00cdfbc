"""Percentages as they are printed: rounded so that they add up, and traced back to their counts."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from wenma.errors import QueryError


class Rebuilt(NamedTuple):
    """Counts that print as the percentages do, and their sum."""

    total: int
    counts: tuple[int, ...]


def rounded_to_whole(
    values: Sequence[float], decimals: int = 2, *, whole: float = 100.0
) -> list[float]:
    """Parts of one whole in percent, rounded so that they add up to it exactly.

    Each part is cut off at its last decimal, and what is missing goes to the
    parts with the largest remainders (Hamilton's method), of equal ones to the
    first. `values` may be counts or percentages. Parts of nothing are nan;
    where a part is nan the whole is unknown, and the others are nan too.

    122, 83 and 56 of 261:

    >>> rounded_to_whole([122, 83, 56])
    [46.74, 31.8, 21.46]
    >>> rounded_to_whole([1, 1, 1], 1)
    [33.4, 33.3, 33.3]
    """
    if any(math.isinf(value) or value < 0 for value in values):
        raise QueryError(
            "parts of a whole cannot be negative or infinite",
            cure="Give counts",
            zh="构成比的各部分不能为负或无穷。",
        )
    unknown = any(map(math.isnan, values))
    total = Fraction(0) if unknown else sum(map(Fraction, values), start=Fraction(0))
    if not total:
        return [math.nan] * len(values)
    steps = round(Fraction(whole) * 10**decimals)
    shares = _apportioned([Fraction(value) / total for value in values], steps)
    return [round(share / 10**decimals, decimals) for share in shares]


def counts_from_percentages(
    percentages: Sequence[float | str], decimals: int = 2, *, most: int = 10_000
) -> Rebuilt | None:
    """The smallest whole, and the counts in it, that print as these percentages.

    A reviewer's check of percentages printed without their counts. Each must
    be its count's share rounded half up or half to even, or all of them as
    `rounded_to_whole` gives them. None where no whole up to `most` prints so:
    then a number is mistaken, or they are not parts of one whole.

    >>> counts_from_percentages([46.74, 31.80, 21.46])
    Rebuilt(total=261, counts=(122, 83, 56))
    >>> counts_from_percentages([46.74, 31.80, 22.46]) is None
    True
    """
    printed = [Fraction(str(one)) for one in percentages]
    if not printed or any(one < 0 for one in printed):
        raise QueryError(
            "no percentages to trace back",
            cure="Give numbers from 0 to 100",
            zh="没有可还原的百分比。",
        )
    step = Fraction(1, 10**decimals)
    # Rounded one by one they may miss 100, each by half a step and no more.
    whole = sum(printed, start=Fraction(0))
    if abs(whole - 100) > Fraction(len(printed), 2 * 10**decimals):
        return None
    shares = [one / whole for one in printed]
    for total in range(1, most + 1):
        counts = _apportioned(shares, total)
        near = all(
            abs(Fraction(100 * count, total) - one) <= step / 2
            for count, one in zip(counts, printed, strict=True)
        )
        if near or [Fraction(str(one)) for one in rounded_to_whole(counts, decimals)] == printed:
            return Rebuilt(total, tuple(counts))
    return None


def _apportioned(shares: Sequence[Fraction], seats: int) -> list[int]:
    """So many seats by shares that add up to 1: cut off, the rest by the largest remainders."""
    quotas = [share * seats for share in shares]
    given = [math.floor(quota) for quota in quotas]
    # Shares that come from floats miss equality by their last bits.
    remainders = [
        round(float(quota - whole), 9) for quota, whole in zip(quotas, given, strict=True)
    ]
    order = sorted(range(len(shares)), key=lambda at: -remainders[at])
    for at in order[: seats - sum(given)]:
        given[at] += 1
    return given
