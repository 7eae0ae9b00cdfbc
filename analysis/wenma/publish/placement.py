"""Where labels stand so that none covers another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle and its sides."""

    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles share more than an edge."""
        return (
            2 * abs(self.x - other.x) < self.wide + other.wide
            and 2 * abs(self.y - other.y) < self.high + other.high
        )


def spread_boxes(places: Sequence[float], gap: float, *, low: float, high: float) -> list[float]:
    """Places along a line moved apart until each is `gap` from the next, in their order.

    They stay between `low` and `high` where there is room for all of them.

    >>> spread_boxes([10, 11, 50], 10, low=0, high=100)
    [10, 20, 50]
    >>> spread_boxes([95, 99], 10, low=0, high=100)
    [90, 100]
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved = list(places)
    edge = low
    for at in order:
        moved[at] = max(moved[at], edge)
        edge = moved[at] + gap
    edge = high
    for at in reversed(order):
        moved[at] = min(moved[at], edge)
        edge = moved[at] - gap
    return moved


def beside(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    room: tuple[float, float],
    dot: float = 10.0,
) -> list[Box]:
    """A box of each size near its point that covers no other box and no point.

    Boxes stay within `room` (width, height). The first points are served
    first; a point in a crowd has its label further off.
    """
    dots = [Box(x, y, dot, dot) for x, y in points]
    taken: list[Box] = []
    for (x, y), (wide, high) in zip(points, sizes, strict=True):
        for away_x, away_y in _around(wide, high, dot):
            box = Box(x + away_x, y + away_y, wide, high)
            inside = (
                wide / 2 <= box.x <= room[0] - wide / 2 and high / 2 <= box.y <= room[1] - high / 2
            )
            if inside and not any(map(box.meets, dots)) and not any(map(box.meets, taken)):
                break
        taken.append(box)
    return taken


def packed_boxes(sizes: Sequence[tuple[float, float]], *, flat: float = 0.6) -> list[Box]:
    """Boxes packed round the middle, the first in it, each at the first free place of a spiral."""
    taken: list[Box] = []
    for wide, high in sizes:
        # A thousand places of the spiral at once: one by one a hundred words take seconds.
        begin = 0
        while True:
            turn = np.sqrt(np.arange(begin, begin + 1000)) / 2
            x, y = 4 * turn * np.cos(turn), flat * 4 * turn * np.sin(turn)
            free = np.ones(len(turn), dtype=bool)
            for other in taken:
                free &= (2 * abs(x - other.x) >= wide + other.wide) | (
                    2 * abs(y - other.y) >= high + other.high
                )
            if free.any():
                at = int(free.argmax())
                taken.append(Box(float(x[at]), float(y[at]), wide, high))
                break
            begin += 1000
    return taken


def _around(wide: float, high: float, dot: float) -> Iterator[tuple[float, float]]:
    """Places for a label: right, left, above, below, the corners, then further and further."""
    for far in range(0, 40):
        across = wide / 2 + dot / 2 + 1 + 7 * far
        up = high / 2 + dot / 2 + 1 + 7 * far
        yield from ((across, 0), (-across, 0), (0, -up), (0, up))
        yield from ((across, -up), (-across, -up), (across, up), (-across, up))
