"""The other measures reproduce the published values, and other programs agree."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.agreement_coefficients import (
    brennan_prediger,
    cohen_kappa,
    composite_reliability,
    fleiss_kappa,
    fleiss_kappa_by_value,
    gwet_ac1,
    holsti,
    kappa_max,
    percent_agreement,
    scott_pi,
)

CORRECTED = [cohen_kappa, kappa_max, scott_pi, fleiss_kappa, gwet_ac1, brennan_prediger]
OF_MANY = [percent_agreement, holsti, fleiss_kappa, gwet_ac1, brennan_prediger]
GAPS = "11·1 2232 3333 3333 2222 1234 4444 1121 2222 ·555 ··11 ··3·".split()
FLEISS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 "
    "144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 "
    "111155 224444 133333 555555"
).split()
"""Fleiss 1971: thirty patients, six raters each."""

two_coders = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)
of_three = st.lists(
    st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=12
)


def units_of(*coders: str) -> list[list[str | None]]:
    return [[None if c in "·*" else c for c in unit] for unit in zip(*coders, strict=True)]


def of_table(table: list[list[int]]) -> tuple[list[tuple[int, int]], list[int]]:
    cells = list(product(range(len(table)), repeat=2))
    return cells, [table[a][b] for a, b in cells]


def same(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-12) or (math.isnan(one) and math.isnan(other))


PUBLISHED = [
    # Cohen 1960, p. 45.
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], cohen_kappa, 0.492),
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], kappa_max, 0.831),
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], gwet_ac1, 0.576),
    # Gwet 2014, abstractors.
    ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], percent_agreement, 0.89),
    ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], cohen_kappa, 0.796),
    ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], scott_pi, 0.796),
    ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], gwet_ac1, 0.849),
    ([[13, 0, 0], [0, 20, 7], [0, 4, 56]], brennan_prediger, 0.835),
    # The four categories of irrCAC's tests.
    ([[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]], cohen_kappa, 0.432),
    ([[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]], gwet_ac1, 0.456),
    # The prevalence paradox: one table, two verdicts.
    ([[80, 7], [8, 5]], percent_agreement, 0.85),
    ([[80, 7], [8, 5]], gwet_ac1, 0.808),
    ([[80, 7], [8, 5]], cohen_kappa, 0.314),
    # Artstein & Poesio 2008, p. 558.
    ([[20, 10], [20, 50]], percent_agreement, 0.7),
    ([[20, 10], [20, 50]], brennan_prediger, 0.4),
    ([[20, 10], [20, 50]], scott_pi, 0.341),
    ([[20, 10], [20, 50]], cohen_kappa, 0.348),
    ([[20, 5], [10, 15]], cohen_kappa, 0.4),
]


@pytest.mark.parametrize(("table", "measure", "published"), PUBLISHED)
def test_a_table_has_the_published_value(table, measure, published):
    units, times = of_table(table)
    assert round(measure(units, times=times), 3) == published


@pytest.mark.parametrize(
    ("measure", "published"),
    [
        (percent_agreement, 0.818),
        (gwet_ac1, 0.775),
        (fleiss_kappa, 0.761),
        (brennan_prediger, 0.773),
    ],
)
def test_four_coders_with_gaps(measure, published):
    """Gwet 2014, the matrix of Krippendorff 2011, part C."""
    units = units_of(*zip(*GAPS, strict=True))
    assert round(measure(units), 3) == published


def test_the_chance_behind_ac1_and_fleiss_with_gaps():
    """Gwet 2014: .190 and .239."""
    units = units_of(*zip(*GAPS, strict=True))
    seen = percent_agreement(units)
    for measure, published in ((gwet_ac1, 0.190), (fleiss_kappa, 0.239)):
        beyond = measure(units)
        assert round((seen - beyond) / (1 - beyond), 3) == published


@pytest.mark.parametrize(
    ("units", "published"),
    [
        (units_of("1100000000", "0110010100"), 0.60),  # Krippendorff 2004, p. 224; ATLAS.ti
        (units_of("aabbbbbccccc", "abbbbbcccccc"), 0.833),  # p. 227
        (units_of(*zip(*GAPS, strict=True)), 0.800),  # p. 230
    ],
)
def test_per_cent_agreement_of_krippendorff(units, published):
    assert round(percent_agreement(units, each_value=True), 3) == published


def test_fleiss_of_thirty_patients():
    """Fleiss 1971: P .5556, chance .2201, κ .430; his κ of each category is rounded by hand."""
    assert round(percent_agreement(FLEISS), 4) == 0.5556
    kappa = fleiss_kappa(FLEISS)
    assert round(kappa, 3) == 0.430
    assert (percent_agreement(FLEISS) - kappa) / (1 - kappa) == pytest.approx(0.2201, abs=2e-4)
    each = fleiss_kappa_by_value(FLEISS)
    assert [each[c] for c in "12345"] == pytest.approx(
        [0.248, 0.248, 0.517, 0.470, 0.565], abs=4e-3
    )


def test_text_a_of_krippendorff_1995_cut_into_characters():
    """Krippendorff 1995, p. 57: κ .385, π .314."""
    bertha = "001111111100001111110000"
    bill = "000011110000000110000000"
    units = units_of(bertha, bill)
    assert round(cohen_kappa(units), 3) == 0.385
    assert round(scott_pi(units), 3) == 0.314


def test_holsti_counts_what_was_given():
    assert holsti([("a", "a"), ("a", None), (None, "b"), (None, None)]) == 0.5
    # Where every coder gives every unit something it is the per cent that agree.
    units = units_of("1100000000", "0110010100")
    assert math.isclose(holsti(units), percent_agreement(units))
    assert math.isnan(holsti([(None, None)])) and math.isnan(holsti([]))


def test_holsti_of_three_is_the_mean_of_pairs_and_composite_is_higher():
    units = units_of("aaab", "aabb", "aabb")
    assert math.isclose(holsti(units), (0.75 + 0.75 + 1) / 3)
    assert math.isclose(composite_reliability(holsti(units), 3), 2.5 / (1 + 2 * 2.5 / 3))
    assert composite_reliability(1, 5) == 1 and math.isnan(composite_reliability(math.nan, 3))


def test_gaps_count_with_whom_they_can():
    units = [("a", "a"), ("a", None), ("b", "b"), ("a", "b"), (None, None)]
    paired = [unit for unit in units if None not in unit]
    for measure in (percent_agreement, cohen_kappa, kappa_max, scott_pi):
        assert same(measure(units), measure(paired))


def test_these_two_take_two_coders_only():
    for measure in (cohen_kappa, scott_pi, kappa_max):
        with pytest.raises(ValueError, match="3 coders"):
            measure([(1, 1, 1)])


@pytest.mark.parametrize("measure", CORRECTED)
def test_one_value_only_or_nothing_at_all_is_not_defined(measure):
    assert math.isnan(measure([(1, 1)] * 9))
    assert math.isnan(measure([(None, None)] * 9))
    assert math.isnan(measure([]))


@pytest.mark.parametrize("measure", [percent_agreement, holsti, *CORRECTED])
def test_identical_coders_agree_perfectly(measure):
    assert math.isclose(measure([("甲", "甲"), ("乙", "乙"), ("乙", "乙")]), 1)


def test_values_nobody_gave_can_be_told():
    units, times = of_table([[20, 10], [20, 50]])
    assert math.isclose(brennan_prediger(units, times=times, values=4), (0.7 - 0.25) / 0.75)


@given(two_coders)
def test_scikit_learn_has_the_same_kappa(units):
    from sklearn.metrics import cohen_kappa_score

    ours = cohen_kappa(units)
    if not math.isnan(ours):
        a, b = zip(*units, strict=True)
        assert math.isclose(ours, cohen_kappa_score(a, b), abs_tol=1e-9)


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=12))
def test_statsmodels_has_the_same_kappa_of_fleiss(units):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    ours = fleiss_kappa(units)
    if not math.isnan(ours):
        table, _ = inter_rater.aggregate_raters(np.array(units))
        assert math.isclose(ours, inter_rater.fleiss_kappa(table), abs_tol=1e-9)
        pairs = [unit[:2] for unit in units]
        table, _ = inter_rater.aggregate_raters(np.array(units))
        uniform = inter_rater.fleiss_kappa(table, method="uniform")
        q = len({value for unit in units for value in unit})
        assert math.isclose(brennan_prediger(units, values=q), uniform, abs_tol=1e-9)
        assert same(fleiss_kappa(pairs), scott_pi(pairs))


@given(of_three, st.permutations([0, 1, 2]))
def test_the_order_of_coders_and_of_units_does_not_matter(units, order):
    moved = [[unit[place] for place in order] for unit in reversed(units)]
    for measure in OF_MANY:
        assert same(measure(units), measure(moved))
    for measure in (cohen_kappa, scott_pi, kappa_max):
        pairs = [unit[:2] for unit in units]
        assert same(measure(pairs), measure([unit[::-1] for unit in pairs]))


@given(of_three, st.permutations("甲乙丙丁"))
def test_what_codes_are_called_does_not_matter(units, names):
    called = [[None if one is None else names[one] for one in unit] for unit in units]
    for measure in OF_MANY:
        assert same(measure(units), measure(called))


@given(two_coders, st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_how_often_a_unit_counts_is_the_unit_that_often(units, often):
    times = often[: len(units)]
    long = [unit for unit, n in zip(units, times, strict=True) for _ in range(n)]
    for measure in (percent_agreement, holsti, *CORRECTED):
        assert same(measure(units, times=times), measure(long))
