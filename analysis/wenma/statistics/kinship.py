"""Which texts are copies of each other, stand one inside the other, or are akin."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Literal

import numpy as np

from wenma.language.characters import letters_and_figures
from wenma.statistics.arrays import Integers
from wenma.statistics.shingles import estimated_share, likely_pairs, overlap, sampled, shingles

KinKind = Literal["same file", "same text", "near copy", "inside", "akin"]
SAME: tuple[KinKind, ...] = ("same file", "same text")
"""The very same characters."""
COPYING: tuple[KinKind, ...] = (*SAME, "near copy")
"""What makes of two texts one text that is there twice."""
NEAR = 0.8
"""Part of their shingles together that near copies share. (docs/numbers.md says why.)"""
WITHIN = 0.9
"""Part of its shingles that a text inside another shares with it."""
AKIN = 0.5
"""The same of texts that are told as akin: a law and its amendment."""
LEAST = 100
"""Shorter texts, in characters, are compared whole or not at all."""
SIZE = 8
"""Characters in a shingle: long enough that a set phrase is few of them."""
SKETCH = 512
"""Shingles in a sketch: an estimate from them is wrong by two points, or four at most."""
FEWEST = 8
"""So many must be shared before two sketches are compared."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """What is kept of a text to find its kin: a digest of its characters, and some shingles."""

    digest: str
    sample: Integers


@dataclass(frozen=True)
class Kin:
    """Two texts by number and how they are related: `text` is the later, or the one inside.

    likeness  shingles shared, of all that either has; `share` of those of `text`, `share_other`
              of those of `other`
    """

    text: int
    other: int
    kind: KinKind
    likeness: float
    share: float
    share_other: float


def sketch_of(text: str) -> Sketch:
    """The sketch of a text; without shingles where it is too short to be compared in part.

    Punctuation and spaces count for nothing, figures do.
    """
    codes = letters_and_figures(text).codes
    digest = sha256(codes.tobytes()).hexdigest() if len(codes) else ""
    short = len(codes) < LEAST
    return Sketch(digest, sampled(shingles(codes[:0] if short else codes, SIZE), SKETCH))


def kindred(
    sketches: Sequence[Sketch],
    text_of: Callable[[int], str],
    *,
    files: Sequence[str] | None = None,
) -> list[Kin]:
    """The kin among texts, by their sketches and then by the texts themselves.

    `text_of` is asked for those texts alone whose sketches are alike; `files` are digests of the
    files the texts are from. A text that is there several times is compared with others once.

    >>> plan = "".join(map(chr, range(0x4E00, 0x4F00)))
    >>> texts = [plan, plan + "。", plan[:120]]
    >>> found = kindred([sketch_of(one) for one in texts], texts.__getitem__)
    >>> [(one.text, one.other, one.kind) for one in found]
    [(1, 0, 'same text'), (2, 0, 'inside')]
    """
    first, found = _repeated(sketches, files)
    samples = [sketches[one].sample for one in first]

    @cache
    def whole(number: int) -> Integers:
        return np.unique(shingles(letters_and_figures(text_of(number)).codes, SIZE))

    for one, two, shared in likely_pairs(samples, least=FEWEST):
        if estimated_share(samples[one], samples[two], shared, SKETCH) > AKIN - 0.1:
            found += _related(first[one], first[two], whole)
    return sorted(found, key=lambda kin: (kin.text, kin.other))


def _repeated(
    sketches: Sequence[Sketch], files: Sequence[str] | None
) -> tuple[list[int], list[Kin]]:
    """The first of each text that is there, and the others beside it."""
    first: dict[str, int] = {}
    found = []
    for number, sketch in enumerate(sketches):
        before = first.setdefault(sketch.digest, number) if sketch.digest else number
        if before != number:
            same = files is not None and files[number] == files[before]
            found.append(Kin(number, before, "same file" if same else "same text", 1.0, 1.0, 1.0))
    return sorted(first.values()), found


def _related(earlier: int, later: int, whole: Callable[[int], Integers]) -> list[Kin]:
    shared = overlap(whole(later), whole(earlier))
    if shared.jaccard >= NEAR:
        return [Kin(later, earlier, "near copy", shared.jaccard, shared.first, shared.second)]
    most = max(shared.first, shared.second)
    if most < AKIN:
        return []
    kind: KinKind = "inside" if most >= WITHIN else "akin"
    if kind == "inside" and shared.second == most:
        return [Kin(earlier, later, kind, shared.jaccard, shared.second, shared.first)]
    return [Kin(later, earlier, kind, shared.jaccard, shared.first, shared.second)]


def kept_instead(kin: Iterable[Kin], count: int) -> list[int]:
    """For each of `count` texts the one that stands for it: the first of its copies, or itself.

    A text inside another is stood for by that one, with all of its copies.

    >>> kept_instead([Kin(2, 1, "near copy", 0.9, 0.9, 0.9), Kin(1, 0, "inside", 0, 1, 0)], 3)
    [0, 0, 0]
    """
    above = list(range(count))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    every = list(kin)
    for one in every:
        if one.kind in COPYING:
            low, high = sorted((top(one.text), top(one.other)))
            above[high] = low
    for one in every:
        inner, outer = top(one.text), top(one.other)
        if one.kind == "inside" and inner != outer:
            above[inner] = outer
    return [top(number) for number in range(count)]
