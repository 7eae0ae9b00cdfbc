"""In which unit a span stands."""

from bisect import bisect_right
from collections.abc import Sequence

from wenma.records import Unit


def seat_of(units: Sequence[Unit], start: int, end: int) -> int:
    """The number of the unit that holds the whole span; -1 for a free span. Units in order.

    >>> seat_of([Unit(0, 0, 5, "body", 0, 0), Unit(1, 5, 9, "body", 0, 0)], 5, 7)
    1
    """
    at = bisect_right(units, start, key=lambda one: one.start) - 1
    return units[at].number if at >= 0 and end <= units[at].end else -1
