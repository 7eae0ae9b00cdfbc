"""Intervals of shares whose documents are a sample: simulation judges their coverage."""

import numpy as np
import pytest

from benchmarks.coverage import MANY, SHARES, covered, independent, made
from wenma.statistics.cluster_intervals import rate_interval, share_interval

PART = np.array([3, 5, 2, 6, 4, 0, 8])
WHOLE = np.array([30, 41, 25, 50, 44, 9, 61])


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize(("share", "alike"), SHARES)
def test_intervals_hold_the_share_the_documents_were_drawn_from(many, share, alike):
    """Of 95 they hold 92 at least, where Wilson's of single sentences hold 81 at most."""
    random = np.random.default_rng(7)
    first, second = (made(random, share, alike, many, 1500) for _ in range(2))
    a, b = share_interval(*first), share_interval(*second)
    assert covered(a, share) >= 0.92
    assert covered(a.less(b), 0) >= 0.92
    assert covered(a.by(b), 1) >= 0.92
    assert covered(rate_interval(*first), share) >= 0.92
    assert covered(independent(first), share) < 0.85


def test_the_interval_of_a_true_difference_holds_it():
    random = np.random.default_rng(1)
    first, second = made(random, 0.4, 0.1, 12, 2000), made(random, 0.1, 0.05, 9, 2000)
    apart = share_interval(*first).less(share_interval(*second))
    times = share_interval(*first).by(share_interval(*second))
    assert 0.92 <= covered(apart, 0.3) <= 0.99
    assert 0.92 <= covered(times, 4) <= 0.99
    assert (apart.low > 0).mean() > 0.8  # and it finds the difference


def test_variance_and_degrees_of_freedom_are_those_of_bell_and_mccaffrey():
    """Written anew: CR2 and its df of a regression of shares on a constant, weighted by size."""
    weights = WHOLE / WHOLE.sum()
    ones = np.ones((len(WHOLE), 1))
    residual_maker = np.eye(len(WHOLE)) - ones @ weights[None, :]
    correction = np.diag(weights / np.sqrt(1 - weights))
    residuals = residual_maker @ (PART / WHOLE)
    variance = float(np.sum((correction @ residuals) ** 2))
    form = correction @ residual_maker
    eigen = np.linalg.eigvalsh(form @ form.T)
    df = eigen.sum() ** 2 / (eigen**2).sum()
    found = share_interval(PART, WHOLE)
    assert float(found.df) == pytest.approx(df)
    share = PART.sum() / WHOLE.sum()
    # The limits solve (share − π)² = t² π (1 − π) / n of the draws n it is worth, Wilson's.
    from scipy.stats import t

    worth = min(share * (1 - share) / variance, WHOLE.sum())
    for limit in (float(found.low), float(found.high)):
        square = t.ppf(0.975, df) ** 2 * limit * (1 - limit) / worth
        assert (share - limit) ** 2 == pytest.approx(square)


def test_documents_of_one_size_leave_one_degree_less_than_they_are():
    assert float(share_interval(np.arange(7), np.full(7, 20)).df) == pytest.approx(6)


def test_one_large_document_among_small_ones_leaves_few_degrees_of_freedom():
    assert float(share_interval(PART * [1, 1, 1, 1, 1, 1, 20], WHOLE * 20).df) < 5
    large = share_interval(np.array([2, 3, 2, 1, 90]), np.array([9, 11, 12, 8, 400]))
    assert float(large.df) < 2


def test_of_one_document_there_is_no_interval():
    one = share_interval(np.array([3, 0]), np.array([30, 0]))
    assert np.isnan(float(one.low)) and np.isnan(float(one.high))
    assert (float(one.value), int(one.documents)) == (0.1, 1)
    none = rate_interval(np.array([0, 0]), np.array([0, 0]))
    assert np.isnan(float(none.value)) and np.isnan(float(none.low))


def test_the_bound_of_what_no_document_has_holds_however_alike_their_sentences_are():
    """All sentences of a document alike, and one document in four has the code."""
    random = np.random.default_rng(2)
    whole = np.full((10, 4000), 30)
    part = whole * (random.random(whole.shape) < 0.25)
    none = part.sum(axis=0) == 0
    found = share_interval(part, whole)
    assert none.any()
    assert (found.low[none] == 0).all()
    assert found.high[none] == pytest.approx(1 - 0.025**0.1)
    assert covered(found, 0.25) >= 0.92
    assert np.isnan(rate_interval(part, whole).high[none]).all()


def test_documents_that_agree_by_chance_are_no_surer_than_single_draws():
    from statsmodels.stats.proportion import proportion_confint

    found = share_interval(np.full(500, 1), np.full(500, 10))
    low, high = proportion_confint(500, 5000, method="wilson")
    assert float(found.low) == pytest.approx(low, abs=5e-5)
    assert float(found.high) == pytest.approx(high, abs=5e-5)


def test_columns_are_shares_of_the_same_documents():
    parts = np.stack([PART, WHOLE - PART], axis=1)
    both = share_interval(parts, WHOLE)
    assert both.value.sum() == pytest.approx(1)
    assert both.low[0] == pytest.approx(1 - both.high[1])
