import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from sklearn.metrics import f1_score, jaccard_score, matthews_corrcoef
from statsmodels.stats.contingency_tables import Table2x2

from wenma.statistics.association import cosine, dice, g2, jaccard, lift, npmi, phi, pmi

CELLS = st.tuples(*[st.integers(1, 60)] * 4)  # both, first only, second only, neither


def counts(cells):
    both, first, second, neither = cells
    return both, both + first, both + second, both + first + second + neither


def as_units(cells):
    both, first, second, neither = cells
    one = [1] * (both + first) + [0] * (second + neither)
    other = [1] * both + [0] * first + [1] * second + [0] * neither
    return one, other


@given(CELLS)
def test_phi_is_the_correlation_scikit_learn_and_numpy_compute(cells):
    one, other = as_units(cells)
    assert math.isclose(phi(*counts(cells)), matthews_corrcoef(one, other), abs_tol=1e-9)
    assert math.isclose(phi(*counts(cells)), np.corrcoef(one, other)[0, 1], abs_tol=1e-9)


@given(CELLS)
def test_g2_is_the_likelihood_ratio_of_scipy(cells):
    both, first, second, neither = cells
    judged = chi2_contingency(
        [[both, first], [second, neither]], correction=False, lambda_="log-likelihood"
    )
    assert math.isclose(g2(*counts(cells)), judged.statistic, abs_tol=1e-8)


@given(CELLS)
def test_jaccard_and_dice_are_those_of_scikit_learn(cells):
    one, other = as_units(cells)
    assert math.isclose(jaccard(*counts(cells)[:3]), jaccard_score(one, other))
    assert math.isclose(dice(*counts(cells)[:3]), f1_score(one, other))


@given(CELLS)
def test_cosine_is_the_angle_of_the_two_columns(cells):
    one, other = map(np.array, as_units(cells))
    angle = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    assert math.isclose(cosine(*counts(cells)[:3]), angle)


@given(CELLS)
def test_lift_is_above_one_where_the_odds_ratio_of_statsmodels_is(cells):
    both, first, second, neither = cells
    odds = Table2x2(np.array([[both, first], [second, neither]])).oddsratio
    if not math.isclose(odds, 1):
        assert (lift(*counts(cells)) > 1) == (odds > 1)
        assert (npmi(*counts(cells)) > 0) == (odds > 1)


def test_a_zero_cell_does_not_break_the_likelihood_ratio():
    # All 30 of the first lie among the second: scipy leaves the empty cell out as well.
    judged = chi2_contingency([[30, 0], [10, 60]], correction=False, lambda_="log-likelihood")
    assert math.isclose(g2(30, 30, 40, 100), judged.statistic)


@pytest.mark.parametrize(
    ("measure", "numbers"),
    [
        (jaccard, (0, 0, 0)),
        (dice, (0, 0, 0)),
        (cosine, (0, 0, 5)),
        (lift, (0, 0, 5, 10)),
        (lift, (1, 2, 3, math.nan)),
        (npmi, (0, 0, 5, 10)),
        (npmi, (10, 10, 10, 10)),
        (npmi, (0, 2, 3, math.nan)),
        (phi, (0, 0, 5, 10)),
        (phi, (5, 10, 5, 10)),
        (g2, (0, 0, 5, 10)),
        (g2, (5, 5, 10, 10)),
    ],
)
def test_what_is_not_defined_is_nan(measure, numbers):
    assert math.isnan(measure(*numbers))


def test_codes_that_never_meet_are_at_the_bottom_of_every_scale():
    assert (jaccard(0, 3, 4), dice(0, 3, 4), cosine(0, 3, 4), lift(0, 3, 4, 10)) == (0, 0, 0, 0)
    assert npmi(0, 3, 4, 10) == -1 and pmi(0, 3, 4, 10) == -math.inf


def test_codes_that_always_meet_are_at_the_top():
    assert (jaccard(3, 3, 3), dice(3, 3, 3), cosine(3, 3, 3)) == (1, 1, 1)
    assert npmi(3, 3, 3, 10) == 1 and math.isclose(phi(3, 3, 3, 10), 1)
