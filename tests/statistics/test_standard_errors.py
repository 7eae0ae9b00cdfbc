"""Standard errors reproduce the published ones, and are those of drawing units again."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from tests.statistics.test_agreement_coefficients import GAPS, of_table, of_three, same, units_of
from wenma.statistics.agreement_coefficients import (
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    scott_pi,
)
from wenma.statistics.resampling import bootstrap_samples
from wenma.statistics.standard_errors import (
    brennan_prediger_error,
    conger_kappa_error,
    fleiss_kappa_error,
    gwet_ac1_error,
)

ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
FOUR = [[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]]
MATRIX = units_of(*zip(*GAPS, strict=True))
ALL = {
    gwet_ac1_error: gwet_ac1,
    fleiss_kappa_error: fleiss_kappa,
    brennan_prediger_error: brennan_prediger,
}


@pytest.mark.parametrize(
    ("table", "measure", "value", "error", "low", "high"),
    [
        # Gwet 2014, the hundred abstractors.
        (ABSTRACTORS, conger_kappa_error, 0.796, None, 0.680, 0.913),
        (ABSTRACTORS, gwet_ac1_error, 0.849, None, 0.764, 0.935),
        # irrCAC's tests, four categories.
        (FOUR, conger_kappa_error, 0.432, 0.046, None, None),
        (FOUR, gwet_ac1_error, 0.456, 0.043, None, None),
    ],
)
def test_a_table_has_the_published_error(table, measure, value, error, low, high):
    """Gwet's formulas for a table of two coders divide by n, those for ratings by n − 1."""
    units, times = of_table(table)
    found, n = measure(units, times=times), sum(times)
    of_the_table = found.error * math.sqrt((n - 1) / n)
    reach = student.ppf(0.975, n - 1) * of_the_table
    assert round(found.value, 3) == value
    ours = (of_the_table, found.value - reach, found.value + reach)
    for one, published in zip(ours, (error, low, high), strict=True):
        assert published is None or round(one, 3) == published


def test_four_coders_with_gaps():
    """Gwet 2014: AC1 .775, error .143, from .461 to 1; Conger's kappa .763."""
    ac1 = gwet_ac1_error(MATRIX)
    assert [round(one, 3) for one in ac1] == [0.775, 0.143, 0.461, 1]
    assert round(conger_kappa_error(MATRIX).value, 3) == 0.763


IRRCAC = [
    (MATRIX, None, gwet_ac1_error, (0.77544, 0.14295, 0.46081, 1)),
    (MATRIX, None, fleiss_kappa_error, (0.76117, 0.15302, 0.42438, 1)),
    (MATRIX, None, conger_kappa_error, (0.76282, 0.14917, 0.43450, 1)),
    (MATRIX, None, brennan_prediger_error, (0.77273, 0.14472, 0.45421, 1)),
    (*of_table(ABSTRACTORS), gwet_ac1_error, (0.84933, 0.04344, 0.76315, 0.93552)),
    (*of_table(ABSTRACTORS), conger_kappa_error, (0.79641, 0.05921, 0.67893, 0.91389)),
    (*of_table(ABSTRACTORS), fleiss_kappa_error, (0.79624, 0.05935, 0.67847, 0.91401)),
    (*of_table(ABSTRACTORS), brennan_prediger_error, (0.835, 0.04717, 0.7414, 0.9286)),
    (*of_table(FOUR), gwet_ac1_error, (0.45616, 0.04355, 0.37034, 0.54198)),
    (*of_table(FOUR), conger_kappa_error, (0.4315, 0.04607, 0.34071, 0.5223)),
    (*of_table(FOUR), fleiss_kappa_error, (0.43034, 0.04634, 0.33903, 0.52165)),
    (*of_table(FOUR), brennan_prediger_error, (0.44993, 0.04405, 0.36311, 0.53674)),
]


@pytest.mark.parametrize(("units", "times", "measure", "theirs"), IRRCAC)
def test_irrcac_has_the_same_values_errors_and_intervals(units, times, measure, theirs):
    """irrCAC 0.4.4 on the ratings, run once: it asks for older pandas and scipy than ours."""
    assert measure(units, times=times) == pytest.approx(theirs, abs=6e-6)


@given(of_three)
def test_the_value_is_that_of_the_measure_without_its_error(units):
    for with_error, measure in ALL.items():
        assert same(with_error(units).value, measure(units))
    pairs = [unit[:2] for unit in units if None not in unit[:2]]
    assert same(conger_kappa_error(pairs).value, cohen_kappa(pairs))
    assert same(fleiss_kappa_error(pairs).value, scott_pi(pairs))


@given(of_three, st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_how_often_a_unit_counts_is_the_unit_that_often(units, often):
    times = often[: len(units)]
    long = [unit for unit, n in zip(units, times, strict=True) for _ in range(n)]
    for measure in (*ALL, conger_kappa_error):
        one, other = measure(units, times=times), measure(long)
        # An error of nothing comes out of rounding as a millionth of a hundredth.
        assert all(
            a == pytest.approx(b, abs=1e-7, nan_ok=True) for a, b in zip(one, other, strict=True)
        )


@pytest.mark.parametrize("gaps", [False, True])
def test_the_error_is_the_spread_of_samples_of_units(gaps):
    """Three coders and six hundred units: the formula and drawing them say the same."""
    random = np.random.default_rng(7)
    truth = random.choice(4, size=600, p=[0.6, 0.2, 0.15, 0.05])
    units = []
    for one in truth:
        said = [int(one) if random.random() < 0.8 else int(random.integers(4)) for _ in range(3)]
        if gaps and random.random() < 0.4:  # in which two are left
            said[random.integers(3)] = None
        units.append(said)
    kinds: dict[tuple, int] = {}
    for unit in units:
        kinds[tuple(unit)] = kinds.get(tuple(unit), 0) + 1
    different, times = list(kinds), list(kinds.values())

    def conger(units, *, times):
        return conger_kappa_error(units, times=times).value

    for with_error, measure in {**ALL, conger_kappa_error: conger}.items():
        samples = bootstrap_samples(
            different, np.eye(len(different)), times, measure, resamples=800
        )
        assert with_error(units).error == pytest.approx(np.std(samples), rel=0.1)


@pytest.mark.parametrize("measure", [*ALL, conger_kappa_error])
def test_what_is_not_defined_has_no_error(measure):
    assert all(map(math.isnan, measure([])))
    assert all(map(math.isnan, measure([(None, None)] * 3)))
    assert all(map(math.isnan, measure([(1, 1)] * 9)))
    assert math.isnan(measure([(1, 2)]).error)  # one unit alone says nothing of others
