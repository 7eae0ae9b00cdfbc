"""Shared passages, counted a second time by trying every passage there is."""

from difflib import SequenceMatcher

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.common_passages import SharedPassage, SharedText, longest_common

few_letters = st.lists(st.text(alphabet="甲乙丙", max_size=25), min_size=1, max_size=5)
"""Of three characters, so that passages recur and overlap."""
LEAST = 3


def shared(texts, **options):
    codes = [np.array([*map(ord, text)], dtype=np.int64) for text in texts]
    return SharedText(codes, least=LEAST, **options)


def tried(part, whole):
    """The passages of one text in another that lie in no longer one: all are tried."""
    spans = [
        (start, end)
        for start in range(len(part))
        for end in range(start + LEAST, len(part) + 1)
        if part[start:end] in whole
    ]
    return [
        SharedPassage(start, whole.find(part[start:end]), end - start)
        for start, end in spans
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)
    ]


def marked(text, passages):
    found = [False] * len(text)
    for one in passages:
        found[one.start : one.start + one.length] = [True] * one.length
    return found


@given(few_letters)
def test_passages_are_those_that_trying_all_of_them_finds(texts):
    found = shared(texts)
    for number, text in enumerate(texts):
        there = {one.other: found.passages(number, one) for one in found.stretches(number)}
        for other, whole in enumerate(texts):
            if other != number:
                assert there.get(other, []) == tried(text, whole)


@given(few_letters)
def test_what_is_covered_is_what_the_passages_cover(texts):
    found = shared(texts)
    for number, text in enumerate(texts):
        every = [False] * len(text)
        for other, whole in enumerate(texts):
            if other == number:
                continue
            by_one = marked(text, tried(text, whole))
            assert found.covered(number, [other]).tolist() == by_one
            every = [one or two for one, two in zip(every, by_one, strict=True)]
        assert found.covered(number).tolist() == every


@given(few_letters, st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_what_texts_of_lower_rank_cover_is_the_same_found_in_one_pass(texts, ranks):
    found = shared(texts)
    at_once = found.from_lower(np.array(ranks))
    for number in range(len(texts)):
        lower = [one for one in range(len(texts)) if ranks[one] < ranks[number]]
        assert at_once[number].tolist() == found.covered(number, lower).tolist()


@given(few_letters)
def test_a_stretch_is_common_where_each_of_its_runs_stands_in_many_texts(texts):
    for number, text in enumerate(texts):
        for one in shared(texts, most=2).stretches(number):
            for start, end, common in zip(one.start, one.end, one.common, strict=True):
                runs = [text[at : at + LEAST] for at in range(start, end - LEAST + 1)]
                assert common == all(sum(run in t for t in texts) > 2 for run in runs)


@given(st.text(alphabet="甲乙丙丁", max_size=40), st.text(alphabet="甲乙丙丁", max_size=40))
def test_the_longest_passage_is_as_long_as_difflib_finds_it(one, two):
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    longest = matcher.find_longest_match(0, len(one), 0, len(two)).size
    found = max((p.length for p in longest_common(one, two, 1)), default=0)
    assert found == longest


def test_nothing_is_shared_by_no_text_one_text_or_short_ones():
    for texts in ([], ["甲乙丙丁"], ["甲乙", "甲乙"], ["", ""]):
        found = shared(texts)
        assert [[*found.stretches(n)] for n in range(len(texts))] == [[]] * len(texts)
        assert not any(one.any() for one in found.from_lower(np.arange(len(texts))))
