"""Intervals of α and F1 by leaving out documents: simulation judges their coverage."""

import numpy as np
import pytest

from benchmarks.coverage import MANY, agreement_limits, alpha, coded_twice, covered, drawn_again, f1
from wenma.statistics.jackknife import jackknife_limits


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize(("share", "alike"), [(0.05, 0.08), (0.3, 0.15)])
def test_intervals_hold_what_the_documents_were_drawn_from(many, share, alike):
    truth = coded_twice(np.random.default_rng(9), share, alike, 2000, 100).sum(axis=(1, 2))
    counts = coded_twice(np.random.default_rng(3), share, alike, many, 1500)
    by_alpha = agreement_limits(counts, alpha, "correlation")
    assert covered(by_alpha, float(alpha(truth))) >= 0.92
    assert covered(agreement_limits(counts, f1, "share"), float(f1(truth))) >= 0.92
    sentences = drawn_again(counts[:, :, :200], np.random.default_rng(1), documents=False)
    assert covered(sentences, float(alpha(truth))) < 0.87


def test_of_a_mean_the_error_is_that_of_the_mean():
    """What is left out in turn gives a mean its own standard error, s / √n."""
    values = np.array([0.5, 0.7, 0.4, 0.65, 0.55])
    without = (values.sum() - values) / 4
    low, high = jackknife_limits(float(values.mean()), without, np.ones(5), "share")
    mean, reach = values.mean(), 2.7764451 * values.std(ddof=1) / np.sqrt(5)
    apart = np.log(high / (1 - high)) - np.log(low / (1 - low))
    assert apart == pytest.approx(2 * reach / (mean * (1 - mean)))


@pytest.mark.parametrize(
    ("value", "without"),
    [
        (1.0, [1.0, 1.0]),
        (0.8, [0.8]),
        (0.8, [0.8, np.nan]),
        (0.8, [0.8, 0.8]),
        (np.nan, [0.1, 0.2]),
    ],
)
def test_where_nothing_varies_there_is_no_interval(value, without):
    sizes = np.ones(len(without))
    assert np.isnan(jackknife_limits(value, np.array(without), sizes, "correlation")).all()
