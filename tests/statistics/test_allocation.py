"""Samples spread evenly over strata."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.allocation import even_allocation, stratified_sample

CITY = np.repeat([0, 1, 2], 45)
PART = np.tile(np.repeat([0, 1], [40, 5]), 3)


def test_every_stratum_gives_its_share_and_the_rare_ones_all_they_have():
    drawn = stratified_sample([PART, CITY], 60, seed=3)
    assert len(set(drawn.tolist())) == 60
    cells = [
        ((PART[drawn] == part) & (CITY[drawn] == city)).sum()
        for part, city in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    ]
    assert cells == [15, 15, 15, 5, 5, 5]


def test_the_same_seed_draws_the_same_and_another_seed_others():
    first, again, other = (stratified_sample([PART], 20, seed=seed).tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_more_than_there_are_gives_all():
    assert sorted(stratified_sample([CITY], 10_000, seed=1).tolist()) == list(range(len(CITY)))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(0, 120), st.integers(0, 9))
def test_even_shares_add_up_and_nobody_gives_more_than_they_have(capacities, size, seed):
    shares = even_allocation(capacities, size, np.random.default_rng(seed))
    assert sum(shares) == min(size, sum(capacities))
    assert all(share <= most for share, most in zip(shares, capacities, strict=True))
    unfilled = [share for share, most in zip(shares, capacities, strict=True) if share < most]
    assert not unfilled or max(shares) - min(unfilled) <= 1


@pytest.mark.parametrize("size", [0, 1])
def test_hardly_any_is_no_fault(size):
    assert len(stratified_sample([CITY, PART], size, seed=1)) == size
