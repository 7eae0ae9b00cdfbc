"""Many items are ranked by sorting, to the same numbers as by pairs."""

import numpy as np
import pytest

from wenma.statistics import rank_correlation as module
from wenma.statistics.rank_correlation import rank_correlation


def test_many_items_have_the_numbers_that_pairs_give(monkeypatch):
    draw = np.random.default_rng(4)
    before = draw.integers(0, 40, size=700)
    after = np.maximum(before + draw.integers(-9, 10, size=700), 0)
    sorted_ = rank_correlation(before, after)
    monkeypatch.setattr(module, "MOST_PAIRED", 10_000)
    paired = rank_correlation(before, after)
    assert sorted_.ranked == paired.ranked > 400
    for name in ("tau", "rho", "move", "rank", "rank_then"):
        assert getattr(sorted_, name) == pytest.approx(getattr(paired, name))
    assert sorted_.code == paired.code
