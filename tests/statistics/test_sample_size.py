"""Sample sizes of the literature."""

import pytest
from scipy.stats import binom

from wenma.statistics.sample_size import units_for_alpha, units_of_population, units_to_see


@pytest.mark.parametrize(
    ("share", "level", "published"),
    [
        (0.1, 0.1, 22),
        (0.1, 0.05, 29),
        (0.1, 0.01, 44),
        (0.01, 0.1, 230),
        (0.01, 0.05, 299),
        (0.01, 0.01, 459),
        (0.001, 0.1, 2302),
        (0.001, 0.05, 2995),
        (0.001, 0.01, 4603),
        (0.01, 0.001, 688),  # the table prints 689
    ],
)
def test_units_to_see_a_rare_code(share, level, published):
    """Krippendorff 2004, table 6.1."""
    assert units_to_see(share, level=level) == published


@pytest.mark.parametrize(
    ("share", "alpha", "nearest"),
    [
        (0.5, 0.8, 51),
        (0.25, 0.8, 69),
        (0.1, 0.8, 147),
        (0.5, 0.667, 30),
        (0.25, 0.667, 40),
        (0.1, 0.667, 86),
    ],
)
def test_units_for_an_alpha_are_rounded_up(share, alpha, nearest):
    """Bloch & Kraemer's formula; ours to keep, within one of the nearest number."""
    assert units_for_alpha(share, alpha=alpha) - nearest in (0, 1)


def test_units_of_a_population():
    """Lacy & Riffe 1996: ours to keep, of 1,000 units 89.8 and 122.3, rounded up."""
    assert units_of_population(1000, 0.9) == 90
    assert units_of_population(1000, 0.85) == 123
    assert units_of_population(10, 0.9) <= 10


@pytest.mark.parametrize(("population", "agreement"), [(1000, 0.9), (1000, 0.85), (200, 0.7)])
def test_so_many_units_of_a_population_keep_the_margin_and_one_less_does_not(population, agreement):
    """The margin written anew: z √(PQ/(n − 1) · (N − n)/(N − 1)), drawn without replacement."""

    def margin(n):
        spread = agreement * (1 - agreement) / (n - 1)
        return 1.645 * (spread * (population - n) / (population - 1)) ** 0.5

    least = units_of_population(population, agreement)
    assert margin(least) <= 0.05 < margin(least - 1)


def test_so_many_units_see_a_rare_code_and_one_less_may_not():
    """The binomial chance of seeing none, by scipy."""
    for share in (0.3, 0.02, 0.004):
        n = units_to_see(share)
        assert binom.pmf(0, n, share) <= 0.05 < binom.pmf(0, n - 1, share)


def test_what_is_no_share_is_refused():
    for wrong in (0, 1, -0.1, 1.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            units_to_see(wrong)
    with pytest.raises(ValueError, match="between 0 and 1"):
        units_for_alpha(0.1, alpha=1)
    with pytest.raises(ValueError, match="1 or more"):
        units_of_population(0, 0.9)
