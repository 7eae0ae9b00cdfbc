"""The interval of a log ratio covers what it should, when documents are drawn anew."""

import numpy as np
import pytest

from wenma.statistics.rate_jackknife import log_ratio_interval


def drawn(random, many, rate, words=150):
    sizes = np.exp(random.normal(8.5, 0.6, many)).round()
    return random.poisson(sizes[:, None] * random.gamma(1, rate, (many, words))), sizes


@pytest.mark.parametrize("first,second", [(7, 7), (20, 20), (100, 100), (7, 100)])
def test_it_covers_the_true_ratio(first, second):
    random = np.random.default_rng(1)
    covered = []
    for _ in range(20):
        low, high = log_ratio_interval(*drawn(random, first, 0.004), *drawn(random, second, 0.002))
        covered.append(((low <= 1) & (high >= 1))[np.isfinite(low)].mean())
    assert 0.92 <= np.mean(covered) <= 0.975


def test_leaving_out_each_document_by_hand():
    random = np.random.default_rng(2)
    (own, sizes), (rest, rest_sizes) = (drawn(random, n, 0.01, words=1) for n in (4, 5))

    def ratio(a, c, b, d):
        return np.log2(a.sum() / c.sum() / (b.sum() / d.sum()))

    variance = 0.0
    for many, left in ((4, 0), (5, 1)):
        each = []
        for out in range(many):
            kept = [
                np.arange(4) != (out if not left else -1),
                np.arange(5) != (out if left else -1),
            ]
            each.append(ratio(own[kept[0]], sizes[kept[0]], rest[kept[1]], rest_sizes[kept[1]]))
        variance += (many - 1) / many * np.square(np.array(each) - np.mean(each)).sum()
    low, high = log_ratio_interval(own, sizes, rest, rest_sizes)
    assert (low + high)[0] / 2 == pytest.approx(ratio(own, sizes, rest, rest_sizes))
    # t of 3 to 7 degrees of freedom lies between 2.36 and 3.19.
    assert 2.36 < (high - low)[0] / 2 / np.sqrt(variance) < 3.19


def test_a_word_of_one_document_has_no_interval():
    own, rest = np.array([[3.0], [0.0], [0.0]]), np.array([[3.0], [4.0]])
    low, high = log_ratio_interval(own, np.full(3, 100.0), rest, np.full(2, 100.0))
    assert np.isnan(low[0]) and np.isnan(high[0])
