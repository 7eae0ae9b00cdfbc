"""Rules that need parts of speech: spaCy token patterns, tried where their words stand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenma.codebook.schema import token_words
from wenma.codebook.token_patterns import is_endless
from wenma.records import Rule

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

    from wenma.coding.matcher import Found, MatchContext

PIECE = 400
"""Characters an operator without an end looks at together: few sentences have more."""


def anchors(rule: Rule) -> list[str]:
    """The words one of which must stand in a unit for the rule to be tried there."""
    return [word for pattern in rule.tokens for word in token_words(json.loads(pattern))]


@dataclass(frozen=True)
class TokenRule:
    """A rule's token patterns over the words of one spaCy `Language`."""

    anchors: list[str]
    nlp: "Language"
    matcher: "Matcher"
    endless: bool = False  # is a long text matched piece by piece?

    def find(self, context: "MatchContext") -> "Iterator[Found]":
        """Where the token patterns match in a unit."""
        text = context.text
        for start, end in _pieces(text) if self.endless else ((0, len(text)),):
            doc = self.nlp(text[start:end])
            for _, first, last in self.matcher(doc):
                span = doc[first:last]
                yield ((start + span.start_char, start + span.end_char),)


def _pieces(text: str) -> "Iterator[tuple[int, int]]":
    """Stretches of a text, each of some sentences; nearly every sentence is one whole.

    >>> list(_pieces("救援。"))
    [(0, 3)]
    """
    start = 0
    while len(text) - start > PIECE:
        cut = max(text.rfind(mark, start, start + PIECE) for mark in "。；！？\n") + 1
        end = cut or start + PIECE
        yield start, end
        start = end
    yield start, len(text)


def token_rule(rule: Rule, nlp: "Language") -> TokenRule:
    """A rule's token patterns, compiled for one vocabulary."""
    from spacy.matcher import Matcher

    matcher = Matcher(nlp.vocab)
    patterns = [json.loads(pattern) for pattern in rule.tokens]
    matcher.add(rule.id, patterns, greedy="LONGEST")
    return TokenRule(anchors(rule), nlp, matcher, any(map(is_endless, patterns)))
