"""A text as the characters that are compared, each with its place."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wenma.records import han

_TABLE = 0x10000
"""Characters looked up in a table; those beyond are rare."""


class KeptCharacters(NamedTuple):
    """Code points of the characters kept, and where in the text each of them stands."""

    codes: NDArray[np.int64]
    places: NDArray[np.int64]


def han_characters(text: str) -> KeptCharacters:
    """The Han characters of a text: punctuation, spaces, figures and letters are passed over.

    >>> han_characters("到2025年，建成").places.tolist()
    [0, 5, 7, 8]
    """
    return _kept(text, _is_han)


def letters_and_figures(text: str) -> KeptCharacters:
    """All that is a character of a script or a figure, small letters for capitals.

    >>> "".join(map(chr, letters_and_figures("5G，增长 8.5%").codes))
    '5g增长85'
    """
    return _kept(text, str.isalnum)


def _is_han(sign: str) -> bool:
    return bool(han(sign))


def _kept(text: str, wanted: Callable[[str], bool]) -> KeptCharacters:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    small = _table(wanted)[np.minimum(codes, _TABLE - 1)]
    for at in np.flatnonzero(codes >= _TABLE).tolist():
        small[at] = _small(chr(codes[at]), wanted)
    places = np.flatnonzero(small)
    return KeptCharacters(small[places], places.astype(np.int64))


@cache
def _table(wanted: Callable[[str], bool]) -> NDArray[np.int64]:
    return np.array([_small(chr(code), wanted) for code in range(_TABLE)], dtype=np.int64)


def _small(sign: str, wanted: Callable[[str], bool]) -> int:
    """The code point of the small letter; 0 for what is not wanted."""
    return ord(sign.lower()[0]) if wanted(sign) else 0
