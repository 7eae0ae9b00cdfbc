"""Dealing documents to two sides: scipy judges the p, simulation its errors and its power."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import permutation_test as judge

from wenma.statistics.association import chi2
from wenma.statistics.rate_permutation import rate_difference_test


def plans(random, many, words=60, higher=1.0, first=0):
    """Word counts that clump: a plan that has a word has it again; lengths differ threefold."""
    sizes = np.exp(random.normal(8, 0.6, many)).round()
    rates = random.gamma(0.7, 0.002 / 0.7, (many, words))
    rates[:first] *= higher
    return random.poisson(sizes[:, None] * rates), sizes


def asked(counts, sizes, first):
    side = np.arange(len(sizes)) < first
    return rate_difference_test(csr_array(counts), sizes, side[None])


def apart(counts, sizes, side):
    own, words = counts[side].sum(axis=0), sizes[side].sum()
    every, all_words = counts.sum(axis=0), sizes.sum()
    return np.abs(own - words * every / all_words) / np.sqrt(words * (all_words - words))


def test_p_of_each_word_is_scipys():
    counts, sizes = plans(np.random.default_rng(1), 8, words=6)

    def statistic(labels):
        return apart(counts, sizes, labels.astype(bool))[word]

    ours = asked(counts, sizes, 3)
    assert (ours.ways, ours.exact) == ((56,), (True,))
    for word in range(6):
        other = judge(
            (np.arange(8) < 3,),
            lambda labels: statistic(labels),
            permutation_type="pairings",
            vectorized=False,
            n_resamples=np.inf,
            alternative="greater",
        )
        assert ours.p[0, word] == pytest.approx(other.pvalue)


@pytest.mark.parametrize("many,first", [(20, 10), (30, 4)])
def test_documents_dealt_at_random_are_told_apart_in_five_of_a_hundred(many, first):
    random = np.random.default_rng(2)
    ours, pearson = [], []
    for _ in range(60):
        counts, sizes = plans(random, many)
        p = asked(counts, sizes, first).p
        ours.append((p < 0.05).sum() / np.isfinite(p).sum())
        own, words = counts[:first].sum(axis=0), sizes[:first].sum()
        squared = chi2(own, counts.sum(axis=0), np.full(60, words), np.full(60, sizes.sum()))
        pearson.append((squared > 3.84).mean())
    assert 0.03 <= np.mean(ours) <= 0.07
    assert np.mean(pearson) > 0.5  # what took words as independent draws


def test_words_of_truly_higher_rate_are_found():
    random = np.random.default_rng(3)
    found = [(asked(*plans(random, 40, higher=3, first=20), 20).p < 0.05).mean() for _ in range(10)]
    assert np.mean(found) > 0.6


def test_a_small_p_is_of_more_dealings_and_no_less_than_chance_allows():
    random = np.random.default_rng(4)
    counts, sizes = plans(random, 30, words=40)
    counts[:15, :20] = 5 * counts[:15, :20] + 5
    ours = asked(counts, sizes, 15)
    assert ours.exact == (False,) and ours.p.min() == 1 / 10_000
    again = asked(counts, sizes, 15)
    np.testing.assert_array_equal(ours.p, again.p)


def test_of_one_document_nothing_is_told():
    counts, sizes = plans(np.random.default_rng(5), 6)
    assert np.isnan(asked(counts, sizes, 1).p).all()
    assert np.isnan(asked(counts, sizes, 5).p).all()
    counts[:, 0] = 0
    counts[2, 0] = 40
    p = asked(counts, sizes, 3).p[0]
    assert np.isnan(p[0]) and np.isfinite(p[1:]).all()


def test_sides_of_one_size_asked_together_are_as_asked_alone():
    counts, sizes = plans(np.random.default_rng(6), 24)
    sides = np.stack([np.arange(24) < 5, np.arange(24) >= 19, np.arange(24) < 12])
    together = rate_difference_test(csr_array(counts), sizes, sides).p
    for side, p in zip(sides, together, strict=True):
        np.testing.assert_array_equal(
            rate_difference_test(csr_array(counts), sizes, side[None]).p[0], p
        )
