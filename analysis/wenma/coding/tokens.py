"""Rules that need parts of speech: spaCy token patterns, tried where their words stand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenma.codebook.schema import token_words
from wenma.records import Rule

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

    from wenma.coding.matcher import Found, MatchContext


def anchors(rule: Rule) -> list[str]:
    """The words one of which must stand in a unit for the rule to be tried there."""
    return [word for pattern in rule.tokens for word in token_words(json.loads(pattern))]


@dataclass(frozen=True)
class TokenRule:
    """A rule's token patterns over the words of one spaCy `Language`."""

    anchors: list[str]
    nlp: "Language"
    matcher: "Matcher"

    def find(self, context: "MatchContext") -> "Iterator[Found]":
        """Where the token patterns match in a unit."""
        doc = self.nlp(context.text)
        for _, first, last in self.matcher(doc):
            span = doc[first:last]
            yield ((span.start_char, span.end_char),)


def token_rule(rule: Rule, nlp: "Language") -> TokenRule:
    """A rule's token patterns, compiled for one vocabulary."""
    from spacy.matcher import Matcher

    matcher = Matcher(nlp.vocab)
    matcher.add(rule.id, [json.loads(pattern) for pattern in rule.tokens], greedy="LONGEST")
    return TokenRule(anchors(rule), nlp, matcher)
