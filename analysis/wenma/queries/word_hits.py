"""Where words or a pattern stand in the texts."""

from dataclasses import dataclass

import numpy as np
import re2

from wenma.coding.patterns import Patterns
from wenma.errors import QueryError
from wenma.queries.tokens import Tokens
from wenma.queries.unit_texts import UnitTexts
from wenma.sources.cleaning import tidied, tidied_pattern
from wenma.sources.script import both_scripts
from wenma.statistics.arrays import Integers


@dataclass(frozen=True)
class WordHits:
    """Places in the order of the text: the row of the unit, and start and end within it."""

    unit: Integers
    start: Integers
    end: Integers

    def __len__(self) -> int:
        return len(self.unit)

    def some(self, rows: Integers | np.ndarray) -> "WordHits":
        """Some of the places."""
        return WordHits(self.unit[rows], self.start[rows], self.end[rows])


def word_hits(texts: UnitTexts, pattern: str, *, option: str, regex: bool = False) -> WordHits:
    """The places where `pattern` stands, as it is or as a regular expression of RE2.

    Words may overlap themselves, as 人人 in 人人人; matches of an expression
    do not. Nothing reaches beyond its unit. The pattern is tidied as documents are (５Ｇ is
    looked for as 5G); words are found in either script (韧性 finds 韌性), an expression as it
    is written. QueryError, naming the `option`, for an empty pattern and for an
    expression that is not sound.
    """
    pattern = tidied_pattern(pattern) if regex else tidied(pattern)
    if not pattern.strip():
        raise QueryError(
            f"{option} is empty: nothing to look for",
            cure=f"Give words with {option}, as 应急",
            zh="没有写要找的词，如：应急。",
        )
    return _matches(texts, pattern, option) if regex else _places(texts, pattern)


def whole_words(found: WordHits, running: Tokens) -> WordHits:
    """Those of the places that are one word, as it was cut."""
    at = running.texts.at[found.unit]
    first = np.searchsorted(running.borders, at + found.start)
    # A hit ends in its text, so the border it begins at is never the last.
    alone = (running.borders[first] == at + found.start) & (
        running.borders[np.minimum(first + 1, len(running.borders) - 1)] == at + found.end
    )
    return found.some(alone)


def neighbours(found: WordHits, running: Tokens) -> tuple[Integers, Integers, Integers, Integers]:
    """Each place among the running words.

    The first word of its unit, the first word that ends after the place
    begins, the first that begins where it ends or later, and the first word
    of the next unit: what lies between the second and the third is the place's own.
    """
    at = running.texts.at[found.unit]
    return (
        np.searchsorted(running.unit, found.unit, side="left"),
        np.searchsorted(running.end, at + found.start, side="right"),
        np.searchsorted(running.start, at + found.end, side="left"),
        np.searchsorted(running.unit, found.unit, side="right"),
    )


def _places(texts: UnitTexts, words: str) -> WordHits:
    found = []
    for form in both_scripts(words):
        at = texts.text.find(form)
        while at >= 0:
            found.append(at)
            at = texts.text.find(form, at + 1)
    start = np.array(sorted(found), dtype=np.int64)
    unit = np.searchsorted(texts.at, start, side="right") - 1
    end = start + len(words)
    # Words with a line end in them could reach into the next unit.
    kept = end <= texts.ends[unit] if len(unit) else np.zeros(0, dtype=bool)
    unit, start, end = unit[kept], start[kept], end[kept]
    return WordHits(unit, start - texts.at[unit], end - texts.at[unit])


def _matches(texts: UnitTexts, pattern: str, option: str) -> WordHits:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not sound"
        said = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise QueryError(
            f'{option} "{pattern}" is no regular expression ({said})',
            cure="RE2 has no look-around and no references to groups; "
            "leave regex out to look for the words as they stand",
            zh=f"“{pattern}”不是正则表达式（{said}）。RE2 不能前后断言、不能回指；"
            "若要照字面查找，请关掉“正则表达式”。",
        ) from None
    patterns = Patterns([pattern])
    find, needed = patterns.finder(pattern), patterns.words(pattern)
    found = [
        (number, *span)
        for number, text in enumerate(texts.each)
        if not needed or any(word in text for word in needed)
        for span in find(text)
    ]
    unit, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return WordHits(unit, start, end)
