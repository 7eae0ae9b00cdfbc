"""Patterns match where RE2, which cannot run for ever, says they do."""

from collections.abc import Iterator
from pathlib import Path

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.test_expression import expressions, texts
from wenma.codebook.yaml_file import load_codebook
from wenma.coding.patterns import SHORT, Patterns
from wenma.language.units import units
from wenma.sources.reading import read

BOOK = Path(__file__).resolve().parents[2] / "codebooks" / "resilience.yaml"


def by_re2(pattern: str, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re2.finditer(pattern, text) if m.end() > m.start()]


@settings(max_examples=600, deadline=None)
@given(expressions, st.lists(texts, min_size=1, max_size=5))
def test_a_pattern_matches_where_re2_says(pattern: str, several: list[str]):
    try:
        re2.compile(pattern)
    except re2.error:
        return
    patterns = Patterns([pattern])
    for text in several:
        places = by_re2(pattern, text)
        assert patterns.finder(pattern)(text) == places
        if places and not patterns.words(pattern):
            assert pattern in patterns.firing(text)


def test_a_long_text_and_a_pattern_that_goes_many_ways_are_left_to_re2():
    risky, plain = "(防+)+汛", "防[^，]{0,8}汛"
    patterns = Patterns([risky, plain])
    text = "防" * 4 * SHORT  # `re` would go on for ever
    assert patterns.finder(risky)(text) == []
    assert patterns.finder(plain)(text + "汛") == [(4 * SHORT - 9, 4 * SHORT + 1)]


def patterns_of_the_codebook() -> Iterator[str]:
    book = load_codebook(BOOK)
    yield from book.masks
    for rules in (book.scope, *(code.rules for code in book.codes)):
        yield from (rule.pattern for rule in rules if rule.pattern)


def test_each_pattern_of_the_codebook_needs_a_word():
    """Where none is known, every unit has to be tried: slow, and seldom meant."""
    patterns = Patterns(patterns_of_the_codebook())
    assert [one for one in patterns_of_the_codebook() if not patterns.words(one)] == []


def test_on_real_sentences_too(shared: Path):
    several = list(dict.fromkeys(patterns_of_the_codebook()))
    patterns = Patterns(several)
    for document in read(shared / "corpus" / "plan_emergency"):
        for unit in units(document)[::5]:
            text = document.text[unit.start : unit.end]
            for pattern in several:
                places = by_re2(pattern, text)
                assert patterns.finder(pattern)(text) == places
                if places:
                    assert any(word in text for word in patterns.words(pattern))
