"""α of spans reproduces the published values of both generations."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.statistics.coded_segments import MarkedSegments, split_overlaps
from wenma.statistics.krippendorff import krippendorff_alpha
from wenma.statistics.unitizing import (
    CodedSpan,
    alphas_of_segments,
    early_alphas,
    split_spans,
    u_alpha_of_marks,
    unitizing_alphas,
)

# Krippendorff 1995, p. 57: of two coders, start and length of their spans in 24 characters.
TEXTS = {
    "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)]),
    "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)]),
    "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)]),
    "D": (
        [(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)],
        [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)],
    ),
}


def spans(places, code="c", *, times=1, after=0) -> list[CodedSpan]:
    return [
        CodedSpan((start - after) * times, (start - after + length) * times, code)
        for start, length in places
    ]


@st.composite
def coders(draw, size=3):
    """Spans of some coders on forty characters, overlapping nowhere."""
    found = []
    for _ in range(size):
        cuts = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
        codes = draw(st.lists(st.sampled_from(["a", "b", None]), min_size=8, max_size=8))
        found.append(
            [
                CodedSpan(start, end, code)
                for (start, end), code in zip(pairwise(cuts), codes, strict=False)
                if code
            ]
        )
    return found


def same(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-9) or (math.isnan(one) and math.isnan(other))


# -- 1995 and 2004 ---------------------------------------------------------------------


def test_the_example_of_2004():
    """Krippendorff 2004, p. 254: characters 150 to 450."""
    i = spans([(225, 70), (370, 30)], after=150)
    j = spans([(220, 80), (355, 20), (400, 20)], after=150)
    k = spans([(180, 60), (300, 50)], "k", after=150)
    found = early_alphas([i + k, j + k], 300)
    assert round(found.codes["c"].observed, 4) == 0.0144
    assert round(found.codes["c"].expected, 4) == 0.0532
    assert round(found.alpha("c"), 4) == 0.7286
    assert round(found.codes["k"].expected, 4) == 0.0490
    assert found.alpha("k") == 1
    # Printed .8591, from rounded parts; the formula gives .8587.
    assert round(found.total, 3) == 0.859


@pytest.mark.parametrize(
    ("text", "observed", "alpha", "tolerance"),
    [
        ("A", 0.03125, 0.553, 0.0005),
        # The formula of 2004 differs from that of 1995 here: −.928 and .693.
        ("B", 2.26736, -0.926, 0.02),
        ("C", 0.02777, 0.679, 0.02),
        ("D", 0.38715, 0.066, 0.0005),
    ],
)
def test_the_examples_of_1995(text, observed, alpha, tolerance):
    one, other = TEXTS[text]
    short = early_alphas([spans(one), spans(other)], 24)
    assert short.codes["c"].observed == pytest.approx(observed, abs=1e-5)
    # Published for a text without end: as many characters as are wanted to a step.
    long = early_alphas([spans(one, times=10_000), spans(other, times=10_000)], 240_000)
    assert long.total == pytest.approx(alpha, abs=tolerance)


def test_alpha_of_characters_is_another_number():
    """Krippendorff 1995, p. 57: of the characters of text A .329, of its spans .553."""
    one, other = TEXTS["A"]
    given = [
        {at for start, length in each for at in range(start, start + length)}
        for each in (one, other)
    ]
    units = [tuple(at in marked for marked in given) for at in range(24)]
    assert round(krippendorff_alpha(units), 3) == 0.329


def test_early_alphas_look_at_each_code_alone():
    found = early_alphas([[CodedSpan(0, 9, "a"), CodedSpan(5, 7, "b")], [CodedSpan(0, 9, "a")]], 30)
    assert found.alpha("a") == 1 and found.alpha("b") < 1
    assert math.isnan(early_alphas([[], []], 30).total)


# -- 2016 ------------------------------------------------------------------------------


def inclusive(*segments: tuple[int, int, int]) -> list[CodedSpan]:
    return [CodedSpan(start - 1, end, code) for start, end, code in segments]


BOOK = [
    inclusive((1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)),
    inclusive((1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)),
    inclusive((1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)),
]
"""Krippendorff 2019, figure 12.11, as the tests of quallmer have it: Alex, Paul and Suzan."""


def test_the_family_of_the_book():
    """Krippendorff 2019, p. 340 on: _uα .510, |_uα .413, _cuα .724."""
    found = unitizing_alphas(BOOK, 60)
    assert round(found.all, 3) == 0.510
    assert found.marked == pytest.approx(0.413, abs=0.001)  # .4136
    assert round(found.coded, 3) == 0.724
    assert {code: found.each[code] for code in (1, 5, 6)} == {1: 1, 5: 1, 6: 1}
    assert {code: found.each[code] for code in (2, 3, 4)} == {2: 0, 3: 0, 4: 0}
    assert math.isnan(found.each[7])  # only one of the three saw anything there
    assert found.coverage[7] == 0 and math.isclose(found.coverage[5], 8 / 18)


def test_segments_with_holes_have_the_value_of_the_package():
    """README of krippendorff-unitized-alpha on PyPI: .5671992508994135."""
    k, gap = "keyphrase", None
    one = [
        CodedSpan(0, 2, gap),
        CodedSpan(3, 14, k),
        CodedSpan(15, 21, gap),
        CodedSpan(22, 52, k),
        CodedSpan(53, 55, gap),
    ]
    two = [
        CodedSpan(0, 2, gap),
        CodedSpan(3, 9, k),
        CodedSpan(10, 21, gap),
        CodedSpan(22, 52, k),
        CodedSpan(53, 55, gap),
    ]
    three = [CodedSpan(0, 21, gap), CodedSpan(22, 45, k), CodedSpan(46, 55, gap)]
    assert alphas_of_segments([one, two, three]).all == pytest.approx(0.5671992508994135, abs=1e-12)


def test_the_same_without_holes():
    """Our own value, to keep."""
    one, two = (
        [CodedSpan(3, 15, "k"), CodedSpan(22, 53, "k")],
        [CodedSpan(3, 10, "k"), CodedSpan(22, 53, "k")],
    )
    assert round(unitizing_alphas([one, two, [CodedSpan(22, 46, "k")]], 56).all, 6) == 0.564545


def test_identical_spans_agree_perfectly():
    marked = [CodedSpan(0, 5, "a"), CodedSpan(9, 12, "b")]
    found = unitizing_alphas([marked, marked], 30)
    assert (found.all, found.marked, found.coded) == (1, 1, 1)
    assert found.each == {"a": 1, "b": 1} == found.coverage


def test_what_never_varies_is_not_defined():
    assert math.isnan(unitizing_alphas([[], []], 30).all)
    whole = unitizing_alphas([[CodedSpan(0, 30, "a")], [CodedSpan(0, 30, "a")]], 30)
    assert math.isnan(whole.all) and math.isnan(whole.coded)
    one_code = unitizing_alphas([[CodedSpan(0, 5, "a")], [CodedSpan(0, 5, "a")]], 30)
    assert one_code.all == 1 and math.isnan(one_code.coded) and math.isnan(one_code.each["a"])


def test_spans_that_overlap_or_leave_the_text_are_refused():
    for wrong in (
        [CodedSpan(0, 5, "a"), CodedSpan(4, 9, "b")],
        [CodedSpan(25, 31, "a")],
        [CodedSpan(5, 5, "a")],
    ):
        with pytest.raises(ValueError, match="overlaps another span or leaves the text"):
            unitizing_alphas([wrong, []], 30)
    with pytest.raises(ValueError, match="two coders"):
        unitizing_alphas([[]], 30)


def test_overlapping_spans_are_parted_into_sets_of_codes():
    found = split_spans(
        [CodedSpan(0, 9, "a"), CodedSpan(5, 12, "b"), CodedSpan(1, 3, "a"), CodedSpan(12, 14, "b")]
    )
    assert found == [
        CodedSpan(0, 5, frozenset("a")),
        CodedSpan(5, 9, frozenset("ab")),
        CodedSpan(9, 12, frozenset("b")),
        CodedSpan(12, 14, frozenset("b")),
    ]
    assert split_spans([]) == [] == split_spans([CodedSpan(3, 3, "a")])


@given(coders(), st.permutations([0, 1, 2]))
def test_the_order_of_coders_does_not_matter(given_spans, order):
    moved = [given_spans[place] for place in order]
    one, other = unitizing_alphas(given_spans, 40), unitizing_alphas(moved, 40)
    assert same(one.all, other.all) and same(one.marked, other.marked)
    assert same(one.coded, other.coded)
    assert same(early_alphas(given_spans, 40).total, early_alphas(moved, 40).total)


@given(coders())
def test_what_codes_are_called_does_not_matter(given_spans):
    names = {"a": "乙", "b": "甲"}
    called = [[span._replace(code=names[span.code]) for span in each] for each in given_spans]
    one, other = unitizing_alphas(given_spans, 40), unitizing_alphas(called, 40)
    assert same(one.all, other.all) and same(one.coded, other.coded)
    assert all(
        same(one.each[code], other.each[name]) for code, name in names.items() if code in one.each
    )


@given(coders(size=2), st.integers(1, 9))
def test_the_text_read_backwards_has_the_same_alphas(given_spans, shift):
    back = [[CodedSpan(40 - s.end, 40 - s.start, s.code) for s in each] for each in given_spans]
    assert same(unitizing_alphas(given_spans, 40).all, unitizing_alphas(back, 40).all)
    moved = [
        [CodedSpan(s.start + shift, s.end + shift, s.code) for s in each] for each in given_spans
    ]
    one, other = unitizing_alphas(given_spans, 50), unitizing_alphas(moved, 50)
    assert same(one.all, other.all)


@given(coders(size=2))
def test_spans_of_one_character_have_the_alpha_of_characters(given_spans):
    """A segment is not paired with itself: of single characters that is plain α."""
    single = [
        [CodedSpan(at, at + 1, s.code) for s in each for at in range(s.start, s.end)]
        for each in given_spans
    ]
    found = unitizing_alphas(single, 40)
    code = [{s.start: s.code for s in each} for each in single]
    units = [tuple(of.get(at, "") for of in code) for at in range(40)]
    assert same(found.all, krippendorff_alpha(units))


# -- as arrays ---------------------------------------------------------------------------

marks = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from([0, 1, 2, 70, 130])),
    max_size=15,
)


def segments(rows) -> MarkedSegments:
    return MarkedSegments(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


@given(st.lists(marks, min_size=2, max_size=3))
def test_marks_as_arrays_are_parted_as_spans_are(given_marks):
    """More codes than one number has bits, marks over each other, empty ones and backward ones."""
    found, sets = split_overlaps([segments(rows) for rows in given_marks], 131)
    spans = [split_spans([CodedSpan(*row) for row in rows]) for rows in given_marks]
    assert [[(s.start, s.end) for s in each] for each in spans] == [
        list(zip(one.start.tolist(), one.end.tolist(), strict=True)) for one in found
    ]
    number = {
        (span.code, at)
        for each, one in zip(spans, found, strict=True)
        for span, at in zip(each, one.code.tolist(), strict=True)
    }
    assert len({code for code, _ in number}) == len({at for _, at in number}) == len(number)
    assert all(1 <= at <= sets for _, at in number)
    ours = u_alpha_of_marks([segments(rows) for rows in given_marks], 131, 40)
    assert same(ours, unitizing_alphas(spans, 40).all)
