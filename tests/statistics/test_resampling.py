"""Intervals by drawing units, or documents, again and again."""

import math

import numpy as np
import pytest

from wenma.statistics.agreement_coefficients import cohen_kappa, gwet_ac1, percent_agreement
from wenma.statistics.krippendorff import krippendorff_alpha
from wenma.statistics.resampling import (
    BootstrapInterval,
    bootstrap,
    bootstrap_samples,
    percentile_interval,
)

UNITS = [(1, 1)] * 30 + [(1, 0)] * 5 + [(0, 1)] * 4 + [(0, 0)] * 61


def test_the_same_seed_draws_the_same_samples():
    assert bootstrap(UNITS) == bootstrap(UNITS)
    assert bootstrap(UNITS) != bootstrap(UNITS, seed=1)


def test_samples_drawn_at_once_are_those_drawn_one_by_one():
    def slow(units, *, times):
        return krippendorff_alpha(units, times=times)

    assert bootstrap(UNITS, resamples=50) == pytest.approx(bootstrap(UNITS, slow, resamples=50))


@pytest.mark.parametrize("measure", [cohen_kappa, gwet_ac1, percent_agreement])
def test_every_measure_has_an_interval(measure):
    found = bootstrap(UNITS, measure, resamples=200)
    assert found.value == measure(UNITS) and found.low < found.value < found.high
    assert found.defined == 200


def test_the_interval_of_a_share_is_near_the_one_of_the_normal_distribution():
    found = bootstrap(UNITS, percent_agreement, resamples=4000)
    reach = 1.96 * math.sqrt(0.91 * 0.09 / 100)
    assert found.low == pytest.approx(0.91 - reach, abs=0.015)
    assert found.high == pytest.approx(0.91 + reach, abs=0.015)


def test_chances_to_miss_the_lines_of_krippendorff():
    samples = [0.5, 0.7, 0.79, 0.81, 0.9]
    found = percentile_interval(0.75, [*samples, math.nan])
    assert (found.below_tentative, found.below_reliable, found.defined) == (0.2, 0.6, 5)
    low, high = np.percentile(samples, [2.5, 97.5])
    assert (found.low, found.high) == (low, high)


def test_documents_drawn_whole_have_a_wider_interval_where_they_differ():
    blocks = ["甲"] * 50 + ["乙"] * 50 + ["丙"] * 50 + ["丁"] * 50
    units = [(1, 1), (0, 0)] * 25 + [(1, 0), (0, 1)] * 25 + [(1, 1), (0, 0)] * 50
    one, whole = bootstrap(units), bootstrap(units, blocks=blocks)
    assert one.value == whole.value
    assert whole.high - whole.low > 2 * (one.high - one.low)


def test_a_single_document_can_only_be_drawn_as_it_is():
    found = bootstrap(UNITS, blocks=["甲"] * len(UNITS))
    assert math.isnan(found.low) and math.isnan(found.high)  # nothing varies
    assert 0 < found.value < 1


def test_samples_without_alpha_are_left_out_and_counted():
    found = bootstrap([(1, 1)] + [(0, 0)] * 9, resamples=1000)
    # The one unit with the code is missing in .9 ** 10 of the samples.
    assert 1 - found.defined / 1000 == pytest.approx(0.9**10, abs=0.05)
    # It is 1 in all others: that is no interval from 1 to 1.
    assert found.value == 1 and math.isnan(found.low) and math.isnan(found.high)


def test_what_is_not_defined_has_no_interval():
    found = bootstrap([(0, 0)] * 9)
    assert all(map(math.isnan, found[:5])) and found.defined == 0
    assert isinstance(bootstrap([]), BootstrapInterval) and math.isnan(bootstrap([]).value)
    assert np.isnan(bootstrap_samples([(1, 1)], [[1]], [0], resamples=3)).all()
    assert math.isnan(bootstrap(UNITS, resamples=0).low)
