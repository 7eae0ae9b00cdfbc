"""What the next version of a codebook is called."""

import re
from collections.abc import Iterable


def next_version(version: str, taken: Iterable[str] = ()) -> str:
    """The version after this one that is not taken yet: the last number goes up by one.

    A version is text, and its numbers are counted each by itself: after 1.9 comes 1.10.
    One that does not end in a number gets one.

    >>> [next_version(one) for one in ("1.6", "1.9", "1.10", "2", "v3", "2-draft")]
    ['1.7', '1.10', '1.11', '3', 'v4', '2-draft.1']
    >>> next_version("1.6", taken=["1.7", "1.8"])
    '1.9'
    """
    number = re.search(r"[0-9]+$", version)
    head, last = (version[: number.start()], int(number[0])) if number else (f"{version}.", 0)
    used = set(taken)
    while (new := f"{head}{last + 1}") in used:
        last += 1
    return new
