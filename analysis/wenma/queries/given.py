"""Numbers an option was given, as text from the command line or as they are."""

import math

from wenma.errors import QueryError


def whole_number(option: str, given: str | int, *, minimum: int = 0) -> int:
    """The whole number given; QueryError when it is none, or below `minimum`.

    >>> whole_number("limit", "20")
    20
    """
    try:
        number = int(given)
    except (ValueError, OverflowError):
        number = minimum - 1
    if number < minimum:
        raise QueryError(
            f'{option} is "{given}"',
            cure=f"Give a whole number from {minimum}",
            zh=f"{option} 不能是“{given}”，应为不小于 {minimum} 的整数。",
        )
    return number


def number_within(option: str, given: str | float, *, above: float, most: float) -> float:
    """The number given; QueryError unless it is above `above` and not above `most`.

    >>> number_within("max_dp", "0.75", above=0, most=1)
    0.75
    """
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not (above < number <= most and math.isfinite(number)):
        upto = "" if math.isinf(most) else f" and up to {most:g}"
        raise QueryError(
            f'{option} is "{given}"',
            cure=f"Give a number above {above:g}{upto}",
            zh=f"{option} 不能是“{given}”，应为大于 {above:g} 的数。",
        )
    return number
