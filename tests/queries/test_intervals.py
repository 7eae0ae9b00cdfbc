"""Shares and rates with the interval of other documents: of the documents' own counts."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.attention import attention
from wenma.queries.case_map import CaseMap
from wenma.queries.cities import cities
from wenma.queries.dataset import dataset
from wenma.queries.frequency import frequency
from wenma.statistics.cluster_intervals import rate_interval, share_interval

LIMITS = ["share_low", "share_high", "per_1000_low", "per_1000_high"]


@pytest.fixture
def plans(coding_of):
    """Three plans of 甲市, of which the second is uneven, and one of 乙市."""
    many = {"a": (4, 2), "b": (1, 9), "c": (5, 3), "d": (2, 2)}
    codings = [
        coding_of(name, unit, "stage/resist" if unit < resist else "stage/absorb")
        for name, (resist, absorb) in many.items()
        for unit in range(resist + absorb)
    ]
    cases = pd.DataFrame(
        {
            "document": list(many),
            "city": ["甲市", "甲市", "甲市", "乙市"],
            "period": "十四五",
            "countable": [600, 900, 700, 500],
            "heading_han": 0,
        }
    )
    return dataset(pd.DataFrame(codings), documents=cases)


def row_of(table, group, code):
    frame = table.frame
    return frame[(frame["group"] == group) & (frame["code"] == code)].iloc[0]


def test_limits_are_those_of_the_documents_counts(plans):
    share = share_interval(np.array([4, 1, 5]), np.array([6, 10, 8]))
    rate = rate_interval(np.array([4, 1, 5]), np.array([600, 900, 700]))
    expected = [100 * share.low, 100 * share.high, 1000 * rate.low, 1000 * rate.high]
    for table in (
        frequency(plans, by="city", interval="generalisation"),
        attention(plans, of="stage", interval="generalisation"),
        cities(plans, view="profile", interval="generalisation"),
        cities(plans, view="profile", family=True, interval="generalisation").block("甲市"),
    ):
        row = row_of(table, "甲市", "stage/resist")
        assert row[LIMITS].astype(float).tolist() == pytest.approx([float(x) for x in expected])
        assert row["share_low"] < row["share"] < row["share_high"]


def test_one_document_has_no_interval_and_is_named(plans):
    for table in (
        frequency(plans, by="city", interval="generalisation"),
        attention(plans, of="stage", interval="generalisation"),
        cities(plans, view="profile", interval="generalisation"),
    ):
        assert table.frame[table.frame["group"] == "乙市"][LIMITS].isna().all(axis=None)
        assert table.basis["interval"] == "generalisation"
        (alone,) = [note for note in table.notes if "no interval" in note]
        assert "乙市" in alone and "甲市" not in alone and "乙市" in alone.zh
        (told,) = [note for note in table.notes if "generalisation" in note]
        assert "drawn whole, 3 a group" in told and "每组 3 份" in told.zh


def test_cases_of_one_document_are_one_draw(plans):
    """Of a document cut in the middle, both halves are the same document's."""
    whole = frequency(plans, interval="generalisation").frame
    halved = plans.cases.assign(countable=[200, 900, 700, 500])
    halves = pd.concat([halved, halved.iloc[:1].assign(countable=400)], ignore_index=True)
    places = CaseMap(
        np.insert(plans.case_map.document, 1, 0),
        np.insert(plans.case_map.start, 1, 20),
        np.insert(plans.case_map.case, 1, len(plans.cases)),
    )
    cut = frequency(replace(plans, cases=halves, case_map=places), interval="generalisation").frame
    pd.testing.assert_frame_equal(cut, whole)


def test_a_dimension_is_always_all_of_itself_and_has_no_interval(plans):
    table = frequency(plans, interval="generalisation").frame.set_index("code")
    assert table.loc["stage", "share"] == 100 and np.isnan(table.loc["stage", "share_low"])
    assert table.loc["stage/resist", "share_low"] > 0


def test_nothing_changes_where_no_interval_is_asked(large):
    for question, options in ((frequency, {}), (attention, {}), (cities, {"view": "profile"})):
        table = large.ask(question, by="city", **options)
        assert not set(LIMITS) & set(table.frame) and "interval" not in table.basis
        other = large.ask(question, by="city", interval="generalisation", **options)
        pd.testing.assert_frame_equal(other.frame.drop(columns=LIMITS), table.frame)


def test_limits_stand_beside_what_they_are_of(plans):
    columns = list(frequency(plans, interval="generalisation").frame)
    at = columns.index("share")
    assert columns[at : at + 3] == ["share", "share_low", "share_high"]


def test_what_is_no_interval_is_refused(plans):
    with pytest.raises(QueryError, match="generalisation"):
        frequency(plans, interval="generalization")
    with pytest.raises(QueryError, match="profile"):
        cities(plans, interval="generalisation")
