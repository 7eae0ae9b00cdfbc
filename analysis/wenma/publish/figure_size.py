"""How large a figure is printed, so that a page holds it and its labels can be read."""

from collections.abc import Callable

from wenma.publish.drawing import SIZE

CENTIMETRE = 72 / 2.54
"""Points to the centimetre."""
LEGIBLE = 6.0
"""Points the smallest label has in print, at least."""

_SMALLEST = SIZE - 2
"""Points of the smallest labels in a chart of its own size."""
_SHORT, _LONG = 17.0, 25.7
"""Centimetres an A4 page has for a figure, within margins of 2."""
_UPRIGHT = 18.0
"""Centimetres of width up to which a figure stands on a page that is upright."""


def printed_scale(wide: float, high: float, *, width: float | None = None) -> float:
    """By what a chart of so many points is enlarged in print: to `width` centimetres.

    Without a width it has its own size. What an A4 page, upright or on its side,
    has no room for is smaller.

    >>> printed_scale(400, 300), round(printed_scale(400, 300, width=8.5), 2)
    (1.0, 0.6)
    >>> round(printed_scale(1457, 300), 2), round(printed_scale(400, 1457, width=17), 2)
    (0.5, 0.5)
    """
    wanted = 1.0 if width is None else width * CENTIMETRE / wide
    pages = [(_SHORT, _LONG), (_LONG, _SHORT)]
    if width is not None:  # wider than a page is what was asked for
        pages = [(width, _LONG if width <= _UPRIGHT else _SHORT)]
    held = max(min(x * CENTIMETRE / wide, y * CENTIMETRE / high) for x, y in pages)
    return min(wanted, held)


def smallest_label(scale: float) -> float:
    """Points of a figure's smallest labels in print, to the tenth."""
    return round(_SMALLEST * scale, 1)


def fits(wide: float, high: float, *, width: float | None = None) -> bool:
    """Whether a chart of so many points can be read as it is printed."""
    return smallest_label(printed_scale(wide, high, width=width)) >= LEGIBLE


def most_that_fit(most: int, fit: Callable[[int], bool], *, least: int = 2) -> int:
    """The largest number from `least` to `most` for which `fit` holds; `least` where none does.

    >>> most_that_fit(163, lambda count: count <= 28), most_that_fit(5, lambda _: True)
    (28, 5)
    """
    low, high = least, max(most, least)
    if fit(high):
        return high
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if fit(middle) else (low, middle)
    return low
