"""The interval of a pooled α holds the α it estimates, at few documents too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.coded_segments import MarkedSegments
from wenma.statistics.pooled_agreement import pooled_agreement, pooled_alpha_interval
from wenma.statistics.unitizing import CodedSpan, alpha_of_code, unitizing_alphas


def drawn(draw, documents: int, codes: int = 4, units: int = 40):
    """Two coders whose error differs from document to document: parts of a pooled α."""
    share = draw.uniform(0.05, 0.4, size=codes)
    apart, given = np.zeros((documents, codes)), np.zeros((documents, codes))
    for document in range(documents):
        often = np.clip(share * draw.gamma(4, 1 / 4, size=codes), 0, 0.9)
        error = draw.beta(2, 14)
        truth = draw.random((units, codes)) < often
        both = [np.where(draw.random(truth.shape) < error, ~truth, truth) for _ in range(2)]
        apart[document] = (both[0] != both[1]).sum(axis=0)
        given[document] = both[0].sum(axis=0) + both[1].sum(axis=0)
    return apart, given, np.full(documents, 2.0 * units)


@pytest.mark.parametrize("documents", [3, 7, 20])
def test_the_interval_covers(documents):
    held = []
    seeds = range(8)
    for seed in seeds:
        # The same codes in many documents: what the interval is to hold.
        apart, given, values = drawn(np.random.default_rng(seed), 1000)
        n, whole = values.sum(), (apart.sum(axis=0), given.sum(axis=0))
        expected = (2 * whole[1] * (n - whole[1]) / (n * (n - 1))).sum()
        truth = 1 - (2 * whole[0] / n).sum() / expected
        pick = np.random.default_rng(1000 + seed)
        for _ in range(60):
            rows = pick.integers(1000, size=documents)
            low, high = pooled_alpha_interval(apart[rows], given[rows], values[rows])
            assert -1 <= low <= high <= 1 or np.isnan(low)
            held.append(low <= truth <= high)
    assert 0.92 <= np.mean(held) <= 0.98


def test_too_little_says_nothing():
    apart, given, values = drawn(np.random.default_rng(1), 7)
    assert np.isnan(pooled_alpha_interval(apart[:2], given[:2], values[:2])).all()
    assert np.isnan(pooled_alpha_interval(apart * 0, given, values)).all()
    assert np.isnan(pooled_agreement([], [], 0).alpha)


marks = st.lists(st.tuples(st.integers(0, 8), st.sampled_from("abc")), max_size=6)


@given(marks, marks)
def test_a_code_among_others_has_the_alpha_of_the_family(one, other):
    """Stretches of five characters that do not overlap: eq. 38 whatever the others are called."""
    coders = []
    for places in (one, other):
        told = dict(places)
        coders.append([CodedSpan(5 * at, 5 * at + 5, code) for at, code in sorted(told.items())])
    family = unitizing_alphas(coders, 50)

    def marked(kept):
        rows = [[(s.start, s.end, 0) for s in each if kept(s.code)] for each in coders]
        return [MarkedSegments(*np.array(each, dtype=np.int64).reshape(-1, 3).T) for each in rows]

    found = alpha_of_code(marked(lambda c: c == "a"), marked(lambda c: c != "a"), 50)
    assert found == pytest.approx(family.each.get("a", np.nan), nan_ok=True)
