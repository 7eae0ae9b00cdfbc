"""Codes as a person looks for them: by Chinese or English name, by path, by pinyin."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from wenma.records import Code

AT_HAND = 9
"""Codes used last that stand ready, one for each of the keys 1–9."""


class CodeEntry(NamedTuple):
    """A code of the picker. `syllables` are the pinyin of its Chinese name, one by one."""

    path: str
    name: str
    zh: str
    en: str
    colour: str
    syllables: tuple[str, ...]


class AtHand(NamedTuple):
    """Codes used last by the key they stand at, and the newest first."""

    keys: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()


def picker_entries(codes: Iterable[Code], *, language: str) -> list[CodeEntry]:
    """Every code in the order of the codebook, to be found by any of its names.

    >>> picker_entries([Code("stage/resist", "抵御", "Resist")], language="en")[0].name
    'Resist'
    """
    return [
        CodeEntry(
            code.path,
            code.zh if language == "zh" else code.en,
            code.zh,
            code.en,
            code.colour,
            syllables(code.zh),
        )
        for code in codes
    ]


@lru_cache(maxsize=4096)
def syllables(name: str) -> tuple[str, ...]:
    """Pinyin of a name without tones, as it is read in these words.

    >>> syllables("灾后重建"), syllables("重点")
    (('zai', 'hou', 'chong', 'jian'), ('zhong', 'dian'))
    """
    from pypinyin import lazy_pinyin  # its dictionary takes a moment: only when wanted

    return tuple(one.lower() for part in lazy_pinyin(name) for one in part.split())


def used_now(code: str, before: AtHand) -> AtHand:
    """The codes at hand once `code` has been used: each keeps its key as long as it is one of nine.

    A key that meant another code after every use could not be struck blindly.

    >>> used_now("b", AtHand(("a", "b"), ("a", "b")))
    AtHand(keys=('a', 'b'), recent=('b', 'a'))
    """
    recent = (code, *(one for one in before.recent if one != code))[:AT_HAND]
    keys = list(before.keys)
    if code not in keys and len(keys) < AT_HAND:
        keys.append(code)
    elif code not in keys:
        oldest = next(n for n, one in enumerate(keys) if one not in recent)
        keys[oldest] = code
    return AtHand(tuple(keys), recent)


def sent_entries(found: Iterable[CodeEntry]) -> list[dict[str, Any]]:
    """Entries as the browser takes them."""
    return [one._asdict() | {"syllables": list(one.syllables)} for one in found]
