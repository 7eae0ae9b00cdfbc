"""Agreement reproduces the published values."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.krippendorff import (
    alpha_of_two,
    disagreement_sums,
    krippendorff_alpha,
    sampled_alphas,
    tally_values,
)

METRICS = ("nominal", "ordinal", "interval", "ratio")
GAPS = "11·1 2232 3333 3333 2222 1234 4444 1121 2222 ·555 ··11 ··3·".split()
"""Krippendorff 2011, part C; also 2004, p. 230: units by coders."""
HAYES = (
    "1 1 2 . 2|1 1 0 1 .|2 3 3 3 .|. 0 0 . 0|0 0 0 . 0|0 0 0 . 0|1 0 2 . 1|1 . 2 0 .|2 2 2 . 2|"
    "2 1 1 1 .|. 1 0 0 .|0 0 0 0 .|1 2 2 2 .|3 3 2 2 3|1 1 1 . 1|1 1 1 . 1|2 1 2 . 2|1 2 3 3 .|"
    "1 1 0 1 .|0 0 0 . 0|0 0 1 1 .|0 0 . 0 0|2 3 3 3 .|0 0 0 0 .|1 2 . 2 2|0 1 1 1 .|0 0 0 1 0|"
    "1 2 1 2 .|1 1 2 2 .|1 1 2 . 2|1 1 0 . 0|2 1 2 1 .|2 2 . 2 2|3 2 2 2 .|2 2 2 . 2|2 2 3 . 2|"
    "2 2 2 . 2|2 2 . 1 2|2 2 2 2 .|1 1 1 . 1"
)
"""Hayes & Krippendorff 2007, p. 84: forty units, five coders."""

ratings = st.lists(
    st.lists(st.none() | st.integers(1, 4), min_size=3, max_size=3), min_size=2, max_size=12
)


def pairs(a: str, b: str) -> list[tuple[str, str]]:
    return list(zip(a, b, strict=True))


def with_gaps(*coders: str) -> list[list[int | str | None]]:
    return [[one(c) for c in unit] for unit in zip(*coders, strict=True)]


def one(cell: str) -> int | str | None:
    return None if cell in "*·." else int(cell) if cell.isdigit() else cell


def of_table(table: list[list[int]], first: int = 0) -> tuple[list[tuple[int, int]], list[int]]:
    """Two coders' units and how often each came, from rows by columns."""
    cells = list(product(range(len(table)), repeat=2))
    return [(a + first, b + first) for a, b in cells], [table[a][b] for a, b in cells]


def same(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-12) or (math.isnan(one) and math.isnan(other))


WIKIPEDIA = with_gaps("*****34121133*3", "1*213343*******", "**21344*21133*4")


@pytest.mark.parametrize(
    ("units", "metric", "published"),
    [
        # Krippendorff 2004, p. 224 and p. 227; 2011, part B.
        (pairs("1100000000", "0110010100"), "nominal", 0.095),
        (pairs("aabbbbbccccc", "abbbbbcccccc"), "nominal", 0.734),
        (pairs("aabbdcccedda", "babbbccceddd"), "nominal", 0.692),
        # 2011, parts C and D; 2004, p. 230.
        (with_gaps(*zip(*GAPS, strict=True)), "nominal", 0.743),
        (with_gaps(*zip(*GAPS, strict=True)), "ordinal", 0.815),
        (with_gaps(*zip(*GAPS, strict=True)), "interval", 0.849),
        (with_gaps(*zip(*GAPS, strict=True)), "ratio", 0.797),
        # The example of Wikipedia and fast-krippendorff.
        (WIKIPEDIA, "nominal", 0.691),
        (WIKIPEDIA, "interval", 0.811),
    ],
)
def test_alpha_reproduces_the_published_value(units, metric, published):
    assert round(krippendorff_alpha(units, metric), 3) == published


def test_alpha_of_forty_units_and_five_coders():
    """Hayes & Krippendorff 2007: ordinal .7598; the others are our own values, to keep."""
    units = [[one(cell) for cell in unit.split()] for unit in HAYES.split("|")]
    found = [round(krippendorff_alpha(units, metric), 4) for metric in METRICS]
    assert found == [0.4765, 0.7598, 0.7574, 0.6621]


@pytest.mark.parametrize(
    ("table", "published"),
    [
        ([[39, 53, 7], [22, 72, 18], [12, 33, 28]], 0.31),
        ([[46, 31, 22], [24, 49, 39], [8, 26, 39]], 0.32),
    ],
)
def test_alpha_of_dictionaries_and_gold(table, published):
    """van Atteveldt, van der Velden & Boukes 2021: −1, 0, 1 by the interval metric."""
    units, times = of_table(table, first=-1)
    assert round(krippendorff_alpha(units, "interval", times=times), 2) == published


def test_alpha_of_the_hundred_abstractors():
    """Gwet 2014: .797."""
    units, times = of_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    assert round(krippendorff_alpha(units, times=times), 3) == 0.797


def test_the_disagreements_behind_alpha():
    """Krippendorff 2004, p. 224: .400 and .442; p. 230: expected .779."""
    assert [round(d, 3) for d in disagreement_sums(pairs("1100000000", "0110010100"))] == [
        0.4,
        0.442,
    ]
    found = disagreement_sums(with_gaps(*zip(*GAPS, strict=True)))
    assert [round(d, 3) for d in found] == [0.2, 0.779]


def test_alpha_of_two_coders_is_the_general_one():
    units = [(1, 1)] * 7 + [(1, 0)] * 3 + [(0, 1)] * 2 + [(0, 0)] * 30
    assert math.isclose(float(alpha_of_two(7, 3, 2, 30)), krippendorff_alpha(units))


def test_many_samples_at_once_are_each_sample_by_itself():
    units = with_gaps(*zip(*GAPS, strict=True))
    times = np.random.default_rng(1).integers(0, 3, size=(20, len(units)))
    for metric in METRICS:
        single = [krippendorff_alpha(units, metric, times=line) for line in times]
        assert np.allclose(sampled_alphas(units, times, metric), single, equal_nan=True)


def test_how_often_a_unit_counts_is_the_unit_that_often():
    units, times = of_table([[3, 1, 0], [2, 5, 1], [0, 1, 4]])
    long = [unit for unit, often in zip(units, times, strict=True) for _ in range(often)]
    for metric in METRICS:
        assert same(
            krippendorff_alpha(units, metric, times=times), krippendorff_alpha(long, metric)
        )


@pytest.mark.parametrize("metric", METRICS)
def test_where_nothing_varies_or_nothing_is_there_alpha_is_not_defined(metric):
    for units in ([(2, 2)] * 9, [], [(1, None), (None, 2)], [(1,), (2,)]):
        assert math.isnan(krippendorff_alpha(units, metric))
    assert math.isnan(float(alpha_of_two(0, 0, 0, 9)))
    assert math.isnan(float(alpha_of_two(9, 0, 0, 0)))


@pytest.mark.parametrize("metric", METRICS)
def test_identical_coders_agree_perfectly(metric):
    assert krippendorff_alpha([(n, n) for n in (1, 2, 2, 3)], metric) == 1


def test_an_unknown_metric_is_refused():
    with pytest.raises(ValueError, match="nominal, ordinal, interval or ratio"):
        krippendorff_alpha([(1, 2)], "polar")  # type: ignore[arg-type]


def test_units_are_counted_by_value():
    counted = tally_values([("b", "a", None), ("b", "b", "b")], times=[2, 1])
    assert counted.values == ("b", "a")
    assert counted.counts.tolist() == [[1, 1], [3, 0]] and counted.times.tolist() == [2, 1]


@given(ratings, st.permutations([0, 1, 2]), st.sampled_from(METRICS))
def test_the_order_of_coders_and_of_units_does_not_matter(units, order, metric):
    moved = [[unit[place] for place in order] for unit in reversed(units)]
    assert same(krippendorff_alpha(units, metric), krippendorff_alpha(moved, metric))


@given(ratings, st.permutations("甲乙丙丁"))
def test_what_codes_are_called_does_not_matter(units, names):
    called = [[value and names[value - 1] for value in unit] for unit in units]
    assert same(krippendorff_alpha(units), krippendorff_alpha(called))


@given(ratings)
def test_of_two_values_all_metrics_but_ratio_are_one(units):
    two = [[value and 1 + value % 2 for value in unit] for unit in units]
    found = [krippendorff_alpha(two, metric) for metric in ("nominal", "ordinal", "interval")]
    assert same(found[0], found[1]) and same(found[0], found[2])
