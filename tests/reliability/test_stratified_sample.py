"""Units drawn so that rare codes, every city and every part are seen."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenma.reliability.stratified_sample import NONE, even, predicted, stratified

UNITS = pd.DataFrame(
    [
        (f"{city}.txt", number, city, role)
        for city in ("甲", "乙", "丙")
        for role, many in (("tasks", 40), ("problems", 5))
        for number in range(many)
    ],
    columns=["document", "unit", "city", "role"],
)


def test_a_unit_is_predicted_to_be_of_its_rarest_code():
    units = pd.DataFrame({"document": ["甲", "甲", "乙"], "unit": [0, 1, 0]})
    codings = pd.DataFrame(
        {
            "document": ["甲", "甲", "乙"],
            "unit": [0, 0, 0],
            "code": ["often", "rare", "often"],
        }
    )
    assert list(predicted(units, codings)) == ["rare", NONE, "often"]


def test_every_stratum_gives_its_share_and_the_rare_ones_all_they_have():
    drawn = stratified(UNITS, ["city", "role"], 60, seed=3)
    assert len(drawn) == 60 and not drawn.duplicated(["document", "unit", "role"]).any()
    counts = drawn.groupby(["role", "city"]).size()
    assert set(counts["problems"]) == {5} and set(counts["tasks"]) == {15}


def test_the_same_seed_draws_the_same_and_another_seed_others():
    first, again, other = (stratified(UNITS, ["role"], 20, seed=s) for s in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_more_than_there_are_gives_all():
    assert len(stratified(UNITS, ["city"], 10_000, seed=1)) == len(UNITS)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(0, 120), st.integers(0, 9))
def test_even_shares_add_up_and_nobody_gives_more_than_they_have(capacities, size, seed):
    shares = even(capacities, size, np.random.default_rng(seed))
    assert sum(shares) == min(size, sum(capacities))
    assert all(share <= most for share, most in zip(shares, capacities, strict=True))
    unfilled = [share for share, most in zip(shares, capacities, strict=True) if share < most]
    assert not unfilled or max(shares) - min(unfilled) <= 1


@pytest.mark.parametrize("size", [0, 1])
def test_hardly_any_is_no_fault(size):
    assert len(stratified(UNITS, ["city", "role"], size, seed=1)) == size
