import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.shingles import (
    MANY,
    estimated_share,
    likely_pairs,
    overlap,
    sampled,
    shingles,
)

numbers = st.lists(st.integers(0, 40), max_size=30)


@given(st.text(alphabet="甲乙丙", max_size=30), st.integers(1, 5))
def test_shingles_are_equal_where_the_characters_are_and_nowhere_else(text, size):
    runs = [text[at : at + size] for at in range(len(text) - size + 1)]
    found = shingles(np.array([*map(ord, text)], dtype=np.int64), size).tolist()
    assert len(found) == len(runs)
    assert len(set(found)) == len(set(runs)) == len(set(zip(found, runs, strict=True)))


@given(numbers, numbers)
def test_an_overlap_is_that_of_the_sets(one, two):
    a, b = {*one}, {*two}
    found = overlap(np.array(one, dtype=np.int64), np.array(two, dtype=np.int64))
    if not a or not b:
        assert np.isnan([found.jaccard, found.first, found.second]).all()
    else:
        assert found.jaccard == len(a & b) / len(a | b)
        assert (found.first, found.second) == (len(a & b) / len(a), len(a & b) / len(b))


@given(st.lists(st.integers(-1000, 1000), max_size=200), st.integers(1, 12))
def test_a_sketch_is_the_lowest_different_numbers_in_order(given_numbers, size):
    found = sampled(np.array(given_numbers, dtype=np.int64), size).tolist()
    assert found == sorted({*given_numbers})[:size]


@given(st.lists(numbers, max_size=6))
def test_likely_pairs_are_all_that_share_something_with_how_many_they_share(sets):
    sketches = [np.unique(np.array(one, dtype=np.int64)) for one in sets]
    found = {(one, two): shared for one, two, shared in likely_pairs(sketches)}
    assert found == {
        (one, two): len({*sets[one]} & {*sets[two]})
        for two in range(len(sets))
        for one in range(two)
        if {*sets[one]} & {*sets[two]}
    }


def test_what_very_many_share_does_not_pair_each_with_each():
    many = [np.array([7])] * (MANY + 10)
    assert len(likely_pairs(many)) == MANY + 9


def drawn(seed, *, shared, apart):
    rng = np.random.default_rng(seed)
    both, one, two = (rng.integers(-(2**62), 2**62, size) for size in (shared, apart, apart))
    return np.append(both, one), np.append(both, two)


@pytest.mark.parametrize("apart", [0, 500, 4000])
def test_a_sketch_estimates_the_share_that_the_whole_sets_have(apart):
    one, two = drawn(3, shared=4000, apart=apart)
    size = 512
    low, high = sampled(one, size), sampled(two, size)
    shared = len(np.intersect1d(low, high))
    # Of 512 drawn the standard error is at most 0.022: three of them.
    assert abs(estimated_share(low, high, shared, size) - overlap(one, two).first) < 0.07


def test_another_program_estimates_the_same_jaccard():
    datasketch = pytest.importorskip("datasketch")
    one, two = drawn(5, shared=3000, apart=1000)
    hashed = []
    for numbers in (one, two):
        found = datasketch.MinHash(num_perm=512, seed=1)
        found.update_batch([number.tobytes() for number in numbers])
        hashed.append(found)
    assert abs(hashed[0].jaccard(hashed[1]) - overlap(one, two).jaccard) < 0.07
