"""Terms with Latin letters, which a text may write otherwise: 5G, 5g; 5G网络, 5G 网络.

Matching keeps to the characters of a term. What is found here is what it passes by.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import re2

from wenma.codebook.rule_words import firing_groups, placed_rules
from wenma.records import Codebook

_BORDER = re.compile(r"(?<=[!-~])(?=[^ -~])|(?<=[^ -~])(?=[!-~])")
"""Between Latin and Han, where a space may stand or not."""


class TermVariant(NamedTuple):
    """A term, and another way to write it that no term of its rule has."""

    code: str
    line: int
    rule: str
    term: str
    variant: str


class VariantFinder:
    """Finds the other spellings of a codebook's terms in texts; case and spaces apart."""

    def __init__(self, codebook: Codebook) -> None:
        self._owners: dict[str, list[tuple[str, int, str, str]]] = {}
        self._words: dict[tuple[str, str], set[str]] = {}
        for place in placed_rules(codebook):
            words = [word for group in firing_groups(place.rule) for word in group]
            self._words[place.code, place.rule.id] = set(words)
            for word in dict.fromkeys(words):
                if re.search("[A-Za-z]", word):
                    owner = (place.code, place.line, place.rule.id, word)
                    self._owners.setdefault(_folded(word), []).append(owner)
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = False
        # The longest first: 5G网络 is not 5G with something behind it.
        longest = sorted(self._owners, key=len, reverse=True)
        self._pattern = re2.compile("|".join(map(_spaced, longest)), options) if longest else None

    def find(self, text: str) -> Iterator[TermVariant]:
        """Each place in a text where a term stands in another spelling that is not coded."""
        if self._pattern is None:
            return
        for hit in self._pattern.finditer(text):
            written = hit.group(0)
            for code, line, rule, term in self._owners.get(_folded(written), ()):
                known = self._words[code, rule]
                if written not in known and not any(word in written for word in known):
                    yield TermVariant(code, line, rule, term, written)


def term_variants(codebook: Codebook) -> list[TermVariant]:
    """Terms that another rule of the codebook writes otherwise, in the order of the codebook."""
    finder = VariantFinder(codebook)
    words = (w for p in placed_rules(codebook) for group in firing_groups(p.rule) for w in group)
    return list(dict.fromkeys(v for word in words for v in finder.find(word)))


def _folded(word: str) -> str:
    return word.casefold().replace(" ", "")


def _spaced(folded: str) -> str:
    """A pattern for a word, a space allowed where Latin and Han meet."""
    return " ?".join(re2.escape(part) for part in _BORDER.split(folded))
