"""The test of a table of counts; scipy and statsmodels judge."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import Table as Judge

from wenma.statistics.contingency import contingency

TABLES = [
    np.array([[20, 10, 5], [12, 30, 8], [1, 9, 25]]),
    np.array([[7, 3], [2, 7]]),
    np.array([[300, 2, 45, 12], [280, 9, 30, 70]]),
]


@pytest.mark.parametrize("counts", TABLES)
def test_two_other_programs_find_the_same(counts):
    ours, judge = contingency(counts), Judge(counts, shift_zeros=False)
    chi2, _, df, expected = chi2_contingency(counts, correction=False)
    assert (ours.df, ours.chi2) == (df, pytest.approx(chi2))
    np.testing.assert_allclose(ours.expected, expected)
    np.testing.assert_allclose(ours.residuals, judge.standardized_resids)
    # Corrected for bias, as Bergsma (2013) has it, from the other program's plain V.
    n, (rows, columns) = counts.sum(), counts.shape
    plain = association(counts, method="cramer") ** 2 * (min(rows, columns) - 1)
    beyond = max(0, plain - (rows - 1) * (columns - 1) / (n - 1))
    least = min(size - (size - 1) ** 2 / (n - 1) for size in (rows, columns))
    assert ours.v == pytest.approx(np.sqrt(beyond / (least - 1)))


def test_v_of_rows_that_are_alike_is_nought_on_average_and_not_what_chance_makes():
    random = np.random.default_rng(2)
    tables = [random.multinomial(40, [0.25] * 4, size=7) for _ in range(400)]
    corrected = [contingency(one).v for one in tables]
    plain = [association(one, method="cramer") for one in tables]
    assert np.median(corrected) < 0.03 < np.median(plain)


def test_an_empty_line_takes_no_part():
    whole = contingency(np.array([[7, 0, 3], [2, 0, 7], [0, 0, 0]]))
    kept = contingency(np.array([[7, 3], [2, 7]]))
    assert (whole.chi2, whole.df, whole.v) == (kept.chi2, kept.df, kept.v)
    assert np.isnan(whole.expected[2]).all() and np.isnan(whole.residuals[:, 1]).all()
    np.testing.assert_allclose(whole.residuals[:2, ::2], kept.residuals)


def test_nothing_to_compare_is_undefined():
    for counts in ([[3, 4]], [[3], [4]], [[0, 0], [0, 0]], [[3, 4], [0, 0]]):
        result = contingency(np.array(counts))
        assert np.isnan(result.chi2) and np.isnan(result.v) and np.isnan(result.residuals).all()


def test_small_expected_counts_are_told():
    assert contingency(np.array([[1, 2], [2, 1]])).small == 1
    assert contingency(np.array([[50, 50], [50, 50]])).small == 0
