"""Codes turned round in each document: every turn by hand, scipy for the tail, simulation."""

import numpy as np
import pytest
from scipy.stats import nbinom, norm, poisson

from wenma.statistics.association import chance_of_meeting
from wenma.statistics.rotation import meeting_tail, rotation_variance


def clumps(random, units, codes=8):
    """Codes that come in runs, of documents that differ in how much they have of each."""
    found = np.zeros((codes, units))
    for code in range(codes):
        for start in np.flatnonzero(random.random(units) < random.beta(1, 25)):
            found[code, start : start + random.geometric(0.4)] = 1
    return found


@pytest.mark.parametrize("units", [17, 24])
def test_the_variance_is_that_of_every_turn(units):
    standing = clumps(np.random.default_rng(1), units, codes=5)
    turns = np.stack([standing @ np.roll(standing, by, axis=1).T for by in range(units)])
    np.testing.assert_allclose(rotation_variance(standing), turns.var(axis=0), atol=1e-12)


def test_the_tail_is_scipys():
    met, expected, variance = np.array([3.0, 3.0, 12.0, 0.0]), np.array([1.5, 1.5, 9, 2]), 1.0
    variance = np.array([2.5, 1.0, 6.0, 3.0])
    size = 1.5**2 / (2.5 - 1.5)
    np.testing.assert_allclose(
        meeting_tail(met, expected, variance),
        [nbinom.sf(2, size, 1.5 / 2.5), poisson.sf(2, 1.5), norm.sf(3 / np.sqrt(6)), 1],
    )
    assert np.isnan(meeting_tail(np.ones(1), np.ones(1), np.zeros(1)))


def test_codes_that_stand_by_themselves_are_found_to_meet_in_five_of_a_hundred():
    random, pair = np.random.default_rng(2), np.triu_indices(8, k=1)
    ours, fisher = [], []
    for _ in range(150):
        n11, expected, variance, n1, n = 0.0, 0.0, 0.0, 0.0, 0
        for units in random.integers(40, 200, 25):
            standing = clumps(random, units)
            alone = standing.sum(axis=1)
            n11 = n11 + standing @ standing.T
            expected = expected + np.outer(alone, alone) / units
            variance = variance + rotation_variance(standing)
            n1, n = n1 + alone, n + int(units)
        ours.append(meeting_tail(n11[pair], expected[pair], variance[pair]) < 0.05)
        fisher.append(chance_of_meeting(n11[pair], n1[pair[0]], n1[pair[1]], n) < 0.05)
    assert 0.03 <= np.mean(ours) <= 0.07
    assert np.mean(fisher) > 0.1
