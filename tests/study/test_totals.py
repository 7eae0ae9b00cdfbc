"""The figures a study is introduced with."""

import math

import pandas as pd

from wenma.queries.dataset import dataset
from wenma.study.totals import totals


def small(rows, *, units=4, headings=1):
    codings = pd.DataFrame(rows, columns="document start end code unit kind".split())
    documents = pd.DataFrame(
        {
            "document": ["甲"],
            "countable": [100],
            "heading_han": [10],
            "units": [units],
            "headings": [headings],
        }
    )
    return dataset(codings, documents=documents)


def test_two_codes_on_one_sentence_are_two_references_and_one_coded_unit():
    found = totals(small([("甲", 0, 5, "a", 0, "body"), ("甲", 0, 5, "b", 0, "body")]))
    assert (found.references, found.coded) == (2, 0.25)


def test_two_coders_on_one_passage_make_one_reference():
    found = totals(small([("甲", 0, 5, "a", 0, "body"), ("甲", 0, 5, "a", 0, "body")]))
    assert found.references == 1


def test_a_free_span_is_a_reference_and_codes_no_unit():
    found = totals(small([("甲", 2, 9, "a", -1, "body")]))
    assert (found.references, found.coded) == (1, 0.0)


def test_headings_count_only_when_asked_for():
    one = small([("甲", 0, 5, "a", 0, "heading")])
    assert (totals(one).references, totals(one).han, totals(one).units) == (0, 100, 4)
    counted = totals(one, headings=True)
    assert (counted.references, counted.han, counted.coded) == (1, 110, 0.2)


def test_without_units_the_share_is_undefined():
    assert math.isnan(totals(small([], units=0, headings=0)).coded)


def test_a_code_considered_everywhere_makes_no_unit_coded():
    from dataclasses import replace

    rows = [("甲", 0, 5, "stance/commitment", 0, "body"), ("甲", 6, 9, "a", 1, "body")]
    data = replace(small(rows), everywhere=("stance/commitment",))
    assert (totals(data).references, totals(data).coded) == (2, 0.25)
