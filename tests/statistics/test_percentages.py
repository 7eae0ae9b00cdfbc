import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.errors import QueryError
from wenma.statistics.percentages import counts_from_percentages, rounded_to_whole

# Percentages that three papers print, and the counts found for them by hand.
PUBLISHED = [
    (["46.74", "31.80", "21.46"], 261, (122, 83, 56)),
    (["40.63", "31.25", "14.84", "13.28"], 128, (52, 40, 19, 17)),
    (["31.58", "28.42", "40.00"], 95, (30, 27, 38)),
]


@pytest.mark.parametrize(("printed", "total", "counts"), PUBLISHED)
def test_published_percentages_lead_back_to_their_counts(printed, total, counts):
    assert counts_from_percentages(printed) == (total, counts)
    assert counts_from_percentages([float(one) for one in printed]) == (total, counts)


@pytest.mark.parametrize(("printed", "total", "counts"), PUBLISHED)
def test_counts_print_as_they_were_published(printed, total, counts):
    assert rounded_to_whole(counts) == [float(one) for one in printed]


def test_a_half_rounded_to_even_leads_back_too():
    # 52 of 128 are 40.625: 40.63 half up, 40.62 half to even.
    assert counts_from_percentages(["40.62", "31.25", "14.84", "13.28"]) == (128, (52, 40, 19, 17))


def test_what_cannot_be_the_parts_of_one_whole_leads_nowhere():
    assert counts_from_percentages([60, 60], 0) is None
    assert counts_from_percentages([33.3, 33.3, 33.3], 1) == (3, (1, 1, 1))
    assert counts_from_percentages([46.74, 31.80, 21.46], most=260) is None


def test_what_wenma_prints_leads_back():
    for counts in ([1, 1, 1], [5, 2, 4, 4], [1, 6], [0, 3]):
        total, found = counts_from_percentages(rounded_to_whole(counts))
        factor = sum(counts) // total
        assert [one * factor for one in found] == counts


def test_nothing_to_trace_back_is_refused():
    for wrong in ([], [-1, 101]):
        with pytest.raises(QueryError, match="from 0 to 100"):
            counts_from_percentages(wrong)


def test_of_equal_remainders_the_first_come_first():
    assert rounded_to_whole([1, 1, 1]) == [33.34, 33.33, 33.33]
    assert rounded_to_whole([1] * 6) == [16.67] * 4 + [16.66] * 2
    assert rounded_to_whole([100 / 3] * 3) == [33.34, 33.33, 33.33]


def test_the_largest_remainder_gains():
    # 14.285…, 28.571…, 57.142… cut off make 99: the .57 gains.
    assert rounded_to_whole([1, 2, 4], 0) == [14, 29, 57]


def test_parts_of_nothing_are_undefined_and_so_is_a_whole_with_an_unknown_part():
    for values in ([0, 0], [math.nan, 3.0], [math.nan]):
        assert all(map(math.isnan, rounded_to_whole(values)))
    assert rounded_to_whole([]) == []


def test_a_negative_part_is_refused():
    with pytest.raises(QueryError, match="cannot be negative"):
        rounded_to_whole([-1, 2])


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
    st.integers(0, 3),
)
def test_the_parts_add_up_and_none_moves_by_a_whole_step(counts, decimals):
    shown = rounded_to_whole(counts, decimals)
    assert sum(Decimal(str(one)) for one in shown) == 100
    for count, one in zip(counts, shown, strict=True):
        assert abs(one - 100 * count / sum(counts)) < 10**-decimals + 1e-9
