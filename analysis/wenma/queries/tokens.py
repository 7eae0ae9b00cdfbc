"""The words of a text as they follow each other, numbered and placed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array

from wenma.errors import QueryError
from wenma.language.lexicon import field_lexicon, list_fingerprint, read_lexicon, stop_words
from wenma.language.words import cut as cut_words
from wenma.queries.table import nearest
from wenma.queries.unit_texts import UnitTexts
from wenma.statistics.arrays import Integers

Parts = Literal["document", "section", "paragraph", "tenth"]
"""What a text is divided into, to see how evenly a word is spread."""

_TENTHS = 10


@dataclass(frozen=True)
class Tokens:
    """Every word of the texts, in order; numbers and punctuation are none.

    `word` is its number in `vocabulary`, `unit` the row of its unit in
    `texts.units`, `start` and `end` its place in `texts.text`. `borders` are
    all places where a word, number or sign begins, and the end of the text.
    """

    texts: UnitTexts
    vocabulary: NDArray[np.object_]
    word: Integers
    unit: Integers
    start: Integers
    end: Integers
    borders: Integers

    @cached_property
    def group(self) -> Integers:
        """The number of each word's group."""
        return self.texts.group[self.unit]

    @cached_property
    def document(self) -> Integers:
        """The number of each word's document."""
        return self.texts.document[self.unit]

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Which words of the vocabulary are no stop words."""
        # numpy's isin compares every word with every stop word.
        return np.asarray(~pd.Index(self.vocabulary).isin(list(stop_words())))

    def number(self, word: str) -> int:
        """The number of a word, -1 when it stands nowhere."""
        found = np.flatnonzero(self.vocabulary == word)
        return int(found[0]) if len(found) else -1


@dataclass(frozen=True)
class WordCounts:
    """How often each word stands in each part: words by parts.

    `sizes` are all words of a part; `group` is the part's group.
    """

    hits: csc_array
    sizes: NDArray[np.float64]
    group: Integers

    def within(self, group: int) -> tuple[Any, NDArray[np.float64]]:
        """Words by the parts of one group, and the parts' sizes."""
        parts = np.flatnonzero(self.group == group)
        return self.hits[:, parts], self.sizes[parts]


def tokens(texts: UnitTexts) -> Tokens:
    """Cut the texts into words, as jieba does with the field's lexicon.

    A word has a letter or a Han character: 2035, 3.5% and ① are none.
    """
    cut = cut_words(texts.text)
    word, names = pd.factorize(np.array(cut, dtype=object))
    end = np.cumsum(np.fromiter(map(len, cut), dtype=np.int64, count=len(cut)))
    start = np.concatenate([[0], end[:-1]]) if len(end) else end
    legible = np.fromiter(
        (any(sign.isalpha() for sign in name) for name in names), dtype=bool, count=len(names)
    )
    kept = legible[word] if len(word) else np.zeros(0, dtype=bool)
    return Tokens(
        texts=texts,
        vocabulary=np.asarray(names, dtype=object),
        word=word[kept].astype(np.int64),
        unit=np.searchsorted(texts.at, start[kept], side="right") - 1,
        start=start[kept],
        end=end[kept],
        borders=np.append(start, len(texts.text)),
    )


def word_counts(running: Tokens, parts: Parts | Literal["group"]) -> WordCounts:
    """Count each word in each document, section, paragraph or tenth; or in each group.

    A tenth is one of ten stretches of equal length of a group's words, its
    documents one after the other.
    """
    texts, group = running.texts, running.group
    if parts == "group":
        part, size = group, len(texts.grouped.groups)
        of_group = np.arange(size)
    else:
        # A document of two cases may lie in two groups, and is a part of each.
        part = _part(running, parts)
        found, part = np.unique(group * (part.max(initial=0) + 1) + part, return_inverse=True)
        size = len(found)
        of_group = np.zeros(size, dtype=np.int64)
        of_group[part] = group
    hits = csc_array(
        (np.ones(len(part)), (running.word, part)), shape=(len(running.vocabulary), size)
    )
    hits.sum_duplicates()
    sizes = np.bincount(part, minlength=size).astype(np.float64)
    return WordCounts(hits, sizes, of_group)


def check_parts(parts: str) -> None:
    """QueryError when a text cannot be divided so."""
    if parts not in get_args(Parts):
        raise QueryError(
            f'a text has no parts called "{parts}"',
            cure=nearest(parts, get_args(Parts)),
            zh=f"文本没有叫“{parts}”的部分。",
        )


def word_lists(stop: bool) -> dict[str, str]:
    """The word lists at work, for the basis."""
    lexicon = list_fingerprint(" ".join(entry[:2]) for entry in read_lexicon(field_lexicon()))
    left = list_fingerprint(stop_words()) if stop else "counted"
    return {"lexicon": lexicon, "stop_words": left}


def _part(running: Tokens, parts: Parts) -> Integers:
    if parts == "document":
        return running.document
    if parts == "tenth":
        order = np.argsort(running.group, kind="stable")
        sizes = np.bincount(running.group, minlength=1)
        first = np.cumsum(sizes) - sizes
        within = np.empty_like(order)
        within[order] = np.arange(len(order)) - first[running.group[order]]
        return np.asarray(running.group * _TENTHS + within * _TENTHS // sizes[running.group])
    place = running.texts.units[parts].to_numpy(dtype=np.int64)
    # -1 stands before the first heading.
    numbered = running.texts.document * (place.max(initial=0) + 2) + place + 1
    return np.asarray(numbered[running.unit], dtype=np.int64)
