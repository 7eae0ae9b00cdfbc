"""Dealing whole documents to groups: scipy judges the p of the whole, simulation its errors."""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from scipy.stats import permutation_test as judge

from wenma.statistics.permutation import permutation_test, profile_test


def chi2(counts, group):
    sums = np.stack([counts[group == one].sum(axis=0) for one in np.unique(group)])
    return chi2_contingency(sums, correction=False)[0]


def documents(random, many, codes=4):
    """Plans that differ from each other far more than independent sentences would."""
    shares = random.dirichlet(np.full(codes, 3.0), size=many)
    lengths = random.integers(20, 400, size=many)
    return np.stack([random.multinomial(n, one) for n, one in zip(lengths, shares, strict=True)])


def test_p_of_the_whole_is_scipys():
    random = np.random.default_rng(3)
    counts, group = documents(random, 7), np.array([0, 0, 0, 1, 1, 1, 1])
    other = judge(
        (np.arange(7),),
        lambda order: chi2(counts, group[np.argsort(order)]),
        permutation_type="pairings",
        vectorized=False,
        n_resamples=np.inf,
        alternative="greater",
    )
    ours = permutation_test(counts, group, 2)
    assert (ours.exact, ours.dealings) == (True, 35)
    assert ours.p_whole == pytest.approx(other.pvalue)


def test_every_way_of_a_few_documents_is_counted_by_hand():
    random = np.random.default_rng(4)
    counts, group = documents(random, 6, codes=3), np.array([0, 0, 0, 1, 1, 1])
    ours = permutation_test(counts, group, 2)

    def residual(chosen):
        sums = np.stack([counts[list(chosen)].sum(axis=0), counts.sum(axis=0)])
        sums[1] -= sums[0]
        n, rows, columns = sums.sum(), sums.sum(axis=1)[:, None], sums.sum(axis=0)[None]
        expected = rows * columns / n
        return np.abs(sums - expected) / np.sqrt(expected * (1 - rows / n) * (1 - columns / n))

    dealt = np.stack([residual(one) for one in combinations(range(6), 3)])
    by_hand = (dealt >= residual((0, 1, 2)) - 1e-9).mean(axis=0)
    np.testing.assert_allclose(ours.p, by_hand)


def test_documents_dealt_at_random_are_found_to_differ_no_oftener_than_they_should():
    random = np.random.default_rng(7)
    group = np.repeat(np.arange(4), 5)
    whole, cells = [], []
    for _ in range(400):
        ours = permutation_test(documents(random, 20), group, 4, resamples=199)
        whole.append(ours.p_whole < 0.05)
        cells.append((ours.p < 0.05).mean())
    assert 0.03 <= np.mean(whole) <= 0.07
    assert 0.03 <= np.mean(cells) <= 0.07


def test_a_group_of_one_document_is_told_nothing_of():
    random = np.random.default_rng(8)
    ours = permutation_test(documents(random, 6), np.array([0, 0, 0, 1, 1, 2]), 3)
    assert np.isnan(ours.p[2]).all() and not np.isnan(ours.p[:2]).any()
    alone = permutation_test(documents(random, 3), np.arange(3), 3)
    assert np.isnan(alone.p).all() and np.isnan(alone.p_whole) and alone.dealings == 0


def test_the_same_seed_deals_the_same_in_parts_or_at_once(monkeypatch):
    from wenma.statistics import permutation as room

    counts = documents(np.random.default_rng(9), 20)
    group = np.repeat(np.arange(4), 5)
    at_once = permutation_test(counts, group, 4)
    monkeypatch.setattr(room, "_AT_ONCE", 1)
    in_parts = permutation_test(counts, group, 4)
    assert at_once.p_whole == pytest.approx(in_parts.p_whole, abs=0.03)
    assert permutation_test(counts, group, 4).p_whole == in_parts.p_whole


def test_profiles_of_documents_dealt_at_random_differ_no_oftener_than_they_should():
    random = np.random.default_rng(10)
    group, found = np.repeat(np.arange(3), 6), []
    for _ in range(400):
        whole = documents(random, 18, codes=2).sum(axis=1)
        stances = random.dirichlet([4.0, 8.0, 1.0], size=18)
        parts = random.binomial(whole[:, None], stances)
        found.append(profile_test(parts, whole, group, 3, resamples=199) < 0.05)
    assert 0.03 <= np.mean(found) <= 0.07


def test_a_profile_of_one_document_or_of_nothing_is_told_nothing_of():
    parts = np.array([[3, 1], [2, 2], [5, 1], [0, 0]])
    p = profile_test(parts, np.array([4, 4, 6, 0]), np.array([0, 0, 1, 2]), 3)
    assert np.isfinite(p[0]) and np.isnan(p[1:]).all()


def test_profiles_that_differ_by_document_are_found():
    random = np.random.default_rng(11)
    parts = np.concatenate([random.binomial(50, [0.2, 0.7], (10, 2)),
                            random.binomial(50, [0.5, 0.4], (10, 2))])  # fmt: skip
    p = profile_test(parts, np.full(20, 50), np.repeat([0, 1], 10), 2)
    assert (p < 0.01).all()
