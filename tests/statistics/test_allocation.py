"""Samples spread evenly over strata."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.allocation import even_allocation, halved_allocation, systematic_sample


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(0, 120), st.integers(0, 9))
def test_even_shares_add_up_and_nobody_gives_more_than_they_have(capacities, size, seed):
    shares = even_allocation(capacities, size, np.random.default_rng(seed))
    assert sum(shares) == min(size, sum(capacities))
    assert all(share <= most for share, most in zip(shares, capacities, strict=True))
    unfilled = [share for share, most in zip(shares, capacities, strict=True) if share < most]
    assert not unfilled or max(shares) - min(unfilled) <= 1


@given(*[st.lists(st.integers(0, 30), max_size=4)] * 3, st.integers(0, 120))
def test_half_is_of_what_is_coded_and_nothing_is_drawn_twice(coded, silent, outside, size):
    takes = halved_allocation(coded, silent, outside, size, np.random.default_rng(1))
    strata = (coded, silent, outside)
    assert sum(map(sum, takes)) == min(size, sum(map(sum, strata)))
    for taken, most in zip(takes, strata, strict=True):
        assert all(one <= other for one, other in zip(taken, most, strict=True))
    if min(map(sum, strata)) >= size:
        assert sum(takes[0]) == size - size // 2 and sum(takes[2]) == size // 8


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 99))
def test_even_steps_draw_so_many_and_none_twice(units, size, seed):
    size = min(units, size)
    drawn = systematic_sample(units, size, np.random.default_rng(seed)).tolist()
    assert len(set(drawn)) == size and all(0 <= one < units for one in drawn)


def test_every_unit_has_the_same_chance_of_an_even_step():
    random = np.random.default_rng(5)
    times = np.bincount(
        np.concatenate([systematic_sample(7, 3, random) for _ in range(4000)]), minlength=7
    )
    assert np.abs(times / 4000 - 3 / 7).max() < 0.03
