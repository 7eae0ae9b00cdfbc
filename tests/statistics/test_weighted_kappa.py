"""Weighted κ reproduces published values and scikit-learn's."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.statistics.agreement_coefficients import cohen_kappa
from wenma.statistics.weighted_kappa import weighted_kappa

COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
"""Agresti (2002), Categorical Data Analysis, problem 10.3: husbands and wives, four answers."""

pairs_of_scores = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=60)


def of_table(table):
    size = range(len(table))
    return list(product(size, repeat=2)), [table[a][b] for a in size for b in size]


def test_the_published_weighted_kappa_of_couples():
    units, times = of_table(COUPLES)
    assert round(weighted_kappa(units, "linear", times=times), 4) == 0.2374
    assert round(cohen_kappa(units, times=times), 4) == 0.1293


@settings(deadline=None)
@given(pairs_of_scores)
def test_scikit_learn_gives_the_same(units):
    sklearn = pytest.importorskip("sklearn.metrics")
    first, second = zip(*units, strict=True)
    for weights in ("linear", "quadratic"):
        ours = weighted_kappa(units, weights)
        if len(set(first) | set(second)) == 1:
            assert math.isnan(ours)
            continue
        labels = [1, 2, 3, 4, 5]
        theirs = sklearn.cohen_kappa_score(first, second, labels=labels, weights=weights)
        assert math.isclose(ours, theirs, abs_tol=1e-9)


def test_of_two_values_it_is_cohens_kappa():
    units, times = of_table([[20, 5], [10, 15]])
    for weights in ("linear", "quadratic"):
        assert math.isclose(weighted_kappa(units, weights, times=times), 0.4)


def test_quadratic_weights_of_like_margins_are_the_intraclass_correlation():
    # Fleiss & Cohen (1973): up to 1/n it is the ICC; of equal means and variances Pearson's r.
    units = [(1, 1), (2, 2), (3, 3), (1, 2), (2, 1), (2, 3), (3, 2)]
    first, second = np.array(units).T
    assert math.isclose(weighted_kappa(units, "quadratic"), np.corrcoef(first, second)[0, 1])


def test_what_nobody_or_one_alone_scored_is_left_out():
    units = [(1, 1), (1, 3), (3, 3), (None, 3), (None, None)]
    assert weighted_kappa(units) == weighted_kappa(units[:3])
    assert math.isnan(weighted_kappa([])) and math.isnan(weighted_kappa([(2, 2), (2, 2)]))
    with pytest.raises(ValueError, match="a unit has 3 coders"):
        weighted_kappa([(1, 2, 3)])
