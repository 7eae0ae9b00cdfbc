"""The figures a study is introduced with."""

import math
from dataclasses import replace

import pandas as pd
from wenma.app.figure_options import figures


def small(study, rows, *, units=4, headings=1):
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
    return replace(study, codings=codings, documents=documents)


def test_two_codes_on_one_sentence_are_two_references_and_one_coded_unit(study):
    found = figures(small(study, [("甲", 0, 5, "a", 0, "body"), ("甲", 0, 5, "b", 0, "body")]))
    assert (found.references, found.coded) == (2, 0.25)


def test_two_coders_on_one_passage_make_one_reference(study):
    found = figures(small(study, [("甲", 0, 5, "a", 0, "body"), ("甲", 0, 5, "a", 0, "body")]))
    assert found.references == 1


def test_a_free_span_is_a_reference_and_codes_no_unit(study):
    found = figures(small(study, [("甲", 2, 9, "a", -1, "body")]))
    assert (found.references, found.coded) == (1, 0.0)


def test_headings_count_only_when_asked_for(study):
    one = small(study, [("甲", 0, 5, "a", 0, "heading")])
    assert (figures(one).references, figures(one).han, figures(one).units) == (0, 100, 4)
    counted = figures(one, headings=True)
    assert (counted.references, counted.han, counted.coded) == (1, 110, 0.2)


def test_without_units_the_share_is_undefined(study):
    assert math.isnan(figures(small(study, [], units=0, headings=0)).coded)


def test_a_code_considered_everywhere_makes_no_unit_coded(study):
    rows = [("甲", 0, 5, "stance/commitment", 0, "body"), ("甲", 6, 9, "a", 1, "body")]
    found = figures(small(study, rows))
    assert (found.references, found.coded) == (2, 0.25)
