"""What is said of a pattern holds of every text it matches."""

import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.coding.expression import parsed

LETTERS = "防汛的、，"


def repeated(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["", "", "?", "*", "+", "{2}", "{1,3}", "{2,}"])
    return st.tuples(part, marks).map("".join)


classes = st.sampled_from(["[防汛]", "[^，、]", "[汚-汜]", "[^的]", "."])
atoms = st.sampled_from([*LETTERS, "^", "$"]) | classes
expressions = st.recursive(
    st.lists(repeated(atoms), min_size=1, max_size=3).map("".join),
    lambda inner: st.lists(
        repeated(st.lists(inner, min_size=1, max_size=3).map(lambda some: f"({'|'.join(some)})"))
        | atoms,
        min_size=1,
        max_size=3,
    ).map("".join),
    max_leaves=6,
)
"""Patterns of the parts codebooks are made of, sound or not. No option is empty: of ``(|、+)*`` RE2
itself says one thing when it may capture and another when it may not."""
texts = st.text(LETTERS + "\n", max_size=12)


@settings(max_examples=600, deadline=None)
@given(expressions, st.lists(texts, min_size=1, max_size=5))
def test_every_match_holds_one_of_the_words(pattern: str, several: list[str]):
    expression = parsed(pattern)
    if expression is None:
        return
    words = expression.words()
    for text in several:
        found = re.search(expression.strict, text)
        if words and found:
            assert any(word in found.group() for word in words)


def test_long_words_are_chosen_before_short_ones_and_few_before_many():
    def words(pattern: str) -> list[str]:
        expression = parsed(pattern)
        assert expression is not None
        return sorted(expression.words())

    assert words("从[^，]*(转变|转向)") == ["转变", "转向"]
    assert words("(基本|初步)(形成|建成)。?$") == ["初步建成", "初步形成", "基本建成", "基本形成"]
    assert words("(预案|预案编制)(和|与)?") == ["预案"]
    assert words("20[0-9]{2}年")[:2] == ["2000年", "2001年"]
    assert words("[^，]{2,}的?") == []


def test_how_many_ways_a_pattern_can_go():
    def ways(pattern: str) -> float:
        expression = parsed(pattern)
        assert expression is not None
        return expression.ways(100)

    assert ways("(预案|演练|培训)") == 1  # no two begin alike
    assert ways("(应急|应对)") == 2
    assert ways("从[^，]{0,8}向") == 9
    assert ways("从[^向]{0,8}向") == 1  # what is taken cannot be what comes next
    assert ways("[^，、]{1,9}(、[^，、]{1,9}){4,}的") == 101 * 9
    assert ways("(防*)*汛") == float("inf")  # the pattern that could run for ever
    assert ways("([^，]*的)*工作") == float("inf")


@pytest.mark.parametrize(
    "pattern",
    [r"\d{4}年", "(?i)GIS", "防+?汛", "[[:alpha:]]", "防{,3}", "[防&&汛]", "(防", "防)", "*"],
)
def test_of_what_is_not_understood_nothing_is_said(pattern: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parsed(pattern) is None
