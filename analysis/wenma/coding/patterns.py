"""Regular expressions of a codebook: which may match a text, and where they do.

RE2 cannot be made to run for ever, and every pattern is compiled by it. It is
slow to begin, though, and in a sentence there is little to do but begin. So a
pattern is looked for only where one of the words stands that it cannot do
without; and one that cannot go many ways is tried by Python's own `re`, which
finds the same places in a fifth of the time.
"""

import re
from collections.abc import Callable, Iterable

import re2

from wenma.coding.expression import parsed

Finder = Callable[[str], list[tuple[int, int]]]
"""Where a pattern matches in a text, from left to right; empty matches are none."""

SHORT = 400
"""Characters of a text that is short enough for `re`; few sentences are longer."""
FEW_WAYS = 25_000
"""Ways to go on from one place that `re` may have to try: at worst a tenth of a second a text."""


class Patterns:
    """All regular expressions of a codebook."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._words: dict[str, frozenset[str]] = {}
        self._finders: dict[str, Finder] = {}
        wordless: list[str] = []
        options = re2.Options()
        options.log_errors = False
        # With RE2's usual 8 MB an automaton with counted repeats is built over and over.
        options.max_mem = 256 << 20
        options.never_capture = True  # where a pattern matches is all that is asked
        for pattern in dict.fromkeys(patterns):
            expression = parsed(pattern)
            self._words[pattern] = expression.words() if expression else frozenset()
            safe = _by_re2(pattern, options)
            self._finders[pattern] = safe
            if expression and expression.ways(SHORT) <= FEW_WAYS:
                compiled = re.compile(expression.strict)
                # After an empty match the two go on differently.
                if not compiled.search(""):
                    self._finders[pattern] = _by_re(compiled, safe)
            if not self._words[pattern]:
                wordless.append(pattern)
        self._wordless = wordless
        self._filter = re2.Filter()
        for pattern in wordless:
            self._filter.Add(pattern, options)
        if wordless:
            self._filter.Compile()

    def words(self, pattern: str) -> frozenset[str]:
        """Words one of which stands in every match of `pattern`; none where nothing is known."""
        return self._words[pattern]

    def firing(self, text: str) -> list[str]:
        """Of the patterns that have no words, those that match somewhere in `text`."""
        if not self._wordless:
            return []
        return [self._wordless[number] for number in self._filter.Match(text) or ()]

    def finder(self, pattern: str) -> Finder:
        """The function that finds where `pattern` matches."""
        return self._finders[pattern]


def _by_re2(pattern: str, options: "re2.Options") -> Finder:
    compiled = None

    def find(text: str) -> list[tuple[int, int]]:
        nonlocal compiled
        if compiled is None:  # many are never tried by RE2
            compiled = re2.compile(pattern, options)
        return [m.span() for m in compiled.finditer(text) if m.end() > m.start()]

    return find


def _by_re(compiled: re.Pattern[str], safe: Finder) -> Finder:
    def find(text: str) -> list[tuple[int, int]]:
        if len(text) > SHORT:
            return safe(text)
        return [m.span() for m in compiled.finditer(text) if m.end() > m.start()]

    return find
