import numpy as np
from statsmodels.stats.multitest import multipletests

from wenma.statistics.significance import benjamini_hochberg

# Benjamini and Hochberg (1995).
P = np.array([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
              .6528, .7590, 1.0])  # fmt: skip


def test_of_the_fifteen_published_tests_four_are_kept():
    assert (benjamini_hochberg(P) <= 0.05).sum() == 4
    assert (P <= 0.05 / 15).sum() == 3  # Bonferroni's, for the difference


def test_the_values_are_those_of_statsmodels():
    shuffled = np.random.default_rng(3).permutation(P)
    assert np.allclose(benjamini_hochberg(shuffled), multipletests(shuffled, method="fdr_bh")[1])


def test_what_was_not_tested_stays_undefined_and_is_not_counted():
    with_gaps = np.insert(P, [0, 4, 15], np.nan)
    q = benjamini_hochberg(with_gaps)
    assert np.isnan(q[np.isnan(with_gaps)]).all()
    assert np.array_equal(q[~np.isnan(with_gaps)], benjamini_hochberg(P))


def test_nothing_tested_is_nothing_kept():
    assert len(benjamini_hochberg(np.zeros(0))) == 0
    assert np.isnan(benjamini_hochberg(np.full(3, np.nan))).all()
