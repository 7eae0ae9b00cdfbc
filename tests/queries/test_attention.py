"""Who speaks more of what, tested against the sums."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, entropy

from wenma.errors import QueryError
from wenma.queries.attention import attention
from wenma.queries.case_map import CaseMap
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency


def wide(table, column):
    return table.frame.pivot(index="group", columns="code", values=column)


def test_counts_shares_and_rates_are_those_of_frequency(large):
    table = large.ask(attention, of="stage")
    other = large.ask(frequency, by="city").frame.set_index(["group", "code"])
    rows = table.frame.set_index(["group", "code"])
    shared = other.loc[rows.index]
    assert (rows["references"] == shared["references"]).all()
    np.testing.assert_allclose(rows["per_1000"], shared["per_1000"])
    np.testing.assert_allclose(rows["share"], shared["share"])  # the stages have no children
    assert rows.groupby("group")["share"].sum().round(9).eq(100).all()


def test_what_is_expected_and_how_far_from_it_is_scipys(large):
    table = large.ask(attention, of="layer")
    counts = wide(table, "references")
    chi2, _, df, expected = chi2_contingency(counts, correction=False)
    np.testing.assert_allclose(wide(table, "expected"), expected)
    assert f"χ² = {chi2:.2f}, df = {df}" in table.notes[0]
    residuals = wide(table, "residual")
    assert (np.sign(residuals) == np.sign(counts - expected)).all(axis=None)
    assert (table.frame["q"] >= 0).all()
    starred = table.frame["stars"] != ""
    assert (table.frame["q"][starred] < 0.05).all()
    assert (table.frame["q"][~starred] >= 0.05).all()


def test_evenness_and_concentration_of_a_city(large):
    table = large.ask(attention, of="stage")
    shares = wide(table, "share") / 100
    rows = table.frame.drop_duplicates("group").set_index("group").loc[shares.index]
    np.testing.assert_allclose(rows["evenness"], entropy(shares, axis=1) / np.log(shares.shape[1]))
    np.testing.assert_allclose(rows["hhi"], (shares**2).sum(axis=1))


def test_a_city_without_references_is_empty_and_named(small):
    table = small.ask(attention)
    nowhere = table.frame[table.frame["group"] == "浔汀市"]
    assert (nowhere["references"] == 0).all()
    assert nowhere[["share", "expected", "residual", "q", "evenness", "hhi"]].isna().all(axis=None)
    assert any("浔汀市" in note for note in table.notes)
    assert any("stage/absorb" in note for note in table.notes)  # only in a heading


def test_small_counts_are_warned_of(small):
    assert any(
        "fewer than 5" in note and "期望频数" in note.zh for note in small.ask(attention).notes
    )


def test_one_city_alone_cannot_be_compared(small):
    only = small.documents[small.documents["city"] == "璇江市"]
    codings = small.codings[small.codings["city"] == "璇江市"]
    table = attention(dataset(codings, documents=only, codes=small.codes))
    assert table.frame["residual"].isna().all() and table.frame["share"].notna().all()
    assert any("Two groups and two codes" in note for note in table.notes)


def test_every_number_leads_to_its_excerpts(large):
    table = large.ask(attention, of="layer", by="plan")
    for row in range(len(table.frame)):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        assert len(behind) == table.frame["references"][row]


def test_cases_of_one_document_are_dealt_as_one(large):
    """A document cut into two cases of one city is no second document of it."""
    whole = large.ask(attention, of="stage")
    data = dataset(
        large.codings, documents=large.documents, codes=large.codes
    )  # fmt: skip
    split = pd.concat([data.cases, data.cases.iloc[:1]], ignore_index=True)
    last = len(data.cases)
    middle = int(data.columns.start[data.columns.document == 0].max() // 2)
    places = CaseMap(
        np.insert(data.case_map.document, 1, 0),
        np.insert(data.case_map.start, 1, middle),
        np.insert(data.case_map.case, 1, last),
    )
    cut = attention(replace(data, cases=split, case_map=places), of="stage").frame
    columns = ["code", "documents", "references", "p", "q"]
    pd.testing.assert_frame_equal(cut[columns], whole.frame[columns])


def test_a_code_without_children_and_one_that_is_not_there(small):
    with pytest.raises(QueryError, match="no codes under it"):
        small.ask(attention, of="stage/resist")
    with pytest.raises(QueryError, match='Did you mean "stage"'):
        small.ask(attention, of="stagee")


def test_without_codings_the_table_is_empty_with_its_reason(small):
    table = attention(dataset(small.codings.iloc[:0], documents=small.documents, codes=small.codes))
    assert (table.frame["references"] == 0).all() and table.frame["share"].isna().all()
    assert any("code the documents first" in note for note in table.notes)
    nothing = attention(dataset(small.codings.iloc[:0]))
    assert nothing.frame.empty and "code" in nothing.frame
    assert isinstance(nothing.frame, pd.DataFrame)
