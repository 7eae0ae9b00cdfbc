import numpy as np
import pytest
from scipy.stats import hypergeom

from wenma.statistics.hypergeometric import hypergeometric_tail


def test_the_tail_is_that_of_scipy_wherever_it_begins():
    random = np.random.default_rng(1)
    every = random.integers(2, 80_000, 4_000).astype(float)
    first, second = (np.floor(random.random(4_000) ** 3 * every) for _ in range(2))
    mean = first * second / every
    spread = random.normal(0, 3, 4_000) * np.sqrt(np.maximum(mean, 1))
    least = np.floor(
        np.clip(mean + spread, np.maximum(0, first + second - every), np.minimum(first, second) + 1)
    )
    ours, judge = (
        hypergeometric_tail(least, first, second, every),
        hypergeom.sf(least - 1, every, first, second),
    )
    assert ours == pytest.approx(judge, rel=1e-8, abs=1e-300)


def test_certain_and_impossible_ends():
    ends = [np.array(one, dtype=float) for one in ([0, 5, 3], [4, 4, 5], [4, 4, 5], [8, 8, 7])]
    assert hypergeometric_tail(*ends).tolist() == [1.0, 0.0, 1.0]
