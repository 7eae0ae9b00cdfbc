"""Agreement reproduces the published values."""

import math

import pytest

from analysis.review.agreement import alpha_of_two, krippendorff_alpha


def pairs(a: str, b: str) -> list[tuple[str, str]]:
    return list(zip(a, b, strict=True))


def with_gaps(*coders: str) -> list[list[str | None]]:
    return [[None if c in "*." else c for c in unit] for unit in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("units", "published"),
    [
        # Krippendorff 2004, p. 224 and p. 227; 2011, parts B and C.
        (pairs("1100000000", "0110010100"), 0.095),
        (pairs("aabbbbbccccc", "abbbbbcccccc"), 0.734),
        (pairs("aabbdcccedda", "babbbccceddd"), 0.692),
        # The example of Wikipedia and fast-krippendorff.
        (with_gaps("*****34121133*3", "1*213343*******", "**21344*21133*4"), 0.691),
    ],
)
def test_alpha_reproduces_the_published_value(units, published):
    assert round(krippendorff_alpha(units), 3) == published


def test_alpha_of_four_coders_with_gaps():
    """Krippendorff 2011, part C: nominal .743."""
    units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".split()
    given = [[None if c == "." else c for c in unit] for unit in units]
    assert round(krippendorff_alpha(given), 3) == 0.743


def test_alpha_of_two_coders_is_the_general_one():
    units = [(1, 1)] * 7 + [(1, 0)] * 3 + [(0, 1)] * 2 + [(0, 0)] * 30
    assert math.isclose(float(alpha_of_two(7, 3, 2, 30)), krippendorff_alpha(units))


def test_where_nothing_varies_alpha_is_not_defined():
    assert math.isnan(krippendorff_alpha([(0, 0)] * 9))
    assert math.isnan(float(alpha_of_two(0, 0, 0, 9)))
    assert math.isnan(float(alpha_of_two(9, 0, 0, 0)))
