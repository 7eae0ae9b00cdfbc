"""Wilson's interval and what is made of it: scipy and statsmodels are the judges."""

import numpy as np
import pytest
from scipy.stats import binomtest
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson

from wenma.statistics.score_intervals import (
    NORMAL_95,
    difference_limits,
    ratio_limits,
    score_limits,
    wilson,
)


@pytest.mark.parametrize(
    ("right", "of"), [(0, 1), (1, 1), (1, 5), (4, 7), (10, 10), (30, 50), (117, 119)]
)
def test_wilson_is_scipys(right, of):
    judge = binomtest(right, of).proportion_ci(method="wilson")
    assert wilson(right, of) == pytest.approx((judge.low, judge.high))


def test_no_interval_is_a_point():
    assert all(low < high for of in range(1, 6) for low, high in [wilson(0, of), wilson(of, of)])


@pytest.mark.parametrize(("a", "n", "b", "m"), [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20)])
def test_the_difference_is_newcombes(a, n, b, m):
    low, high = difference_limits(a / n, wilson(a, n), b / m, wilson(b, m))
    judge = confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff")
    assert (float(low), float(high)) == pytest.approx(judge)


def test_limits_of_a_count_are_the_score_interval_of_poisson():
    low, high = score_limits(np.array(12 / 40), np.array(12.0), NORMAL_95, counts=True)
    assert (float(low), float(high)) == pytest.approx(confint_poisson(12, 40, method="score"))


def test_a_ratio_to_what_may_be_nought_has_no_upper_limit():
    low, high = ratio_limits(np.array(0.5), (0.3, 0.7), np.array(0.1), (0.0, 0.3))
    assert 0 < float(low) < 5 and np.isinf(high)
