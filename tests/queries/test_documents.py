import pandas as pd
import pytest

from wenma.queries.dataset import dataset
from wenma.queries.documents import documents
from wenma.queries.excerpts import excerpts

BY = ("city", "plan", "period", "document")


def test_every_document_has_a_row_with_or_without_codings(small):
    frame = small.ask(documents).frame
    assert frame["document"].tolist() == ["甲", "乙", "丙", "丁"]
    # 甲 has three passages outside headings: two units and the free span.
    assert frame["references"].tolist() == [3, 1, 1, 0]
    assert frame.loc[0, "issuer"] == "璇江市人民政府" and frame.loc[0, "countable"] == 500


def test_a_year_that_is_unknown_stays_empty_among_whole_numbers(small):
    small.documents["year"] = [2021, None, 2022, 2026]
    years = small.ask(documents).frame["year"]
    assert years.isna().tolist() == [False, True, False, False] and years[0] == 2021


def test_groups_add_their_documents_up(small):
    frame = small.ask(documents, by="city").frame
    assert frame["group"].tolist() == ["璇江市", "和槐市", "浔汀市"]
    assert frame["documents"].tolist() == [2, 1, 1]
    assert frame["countable"].tolist() == [2000, 500, 500]


def test_without_a_list_of_documents_what_is_unknown_is_empty_with_a_reason(small):
    table = documents(dataset(small.codings))
    assert table.frame["document"].tolist() == ["甲", "乙", "丙"]
    assert table.frame["city"].tolist() == ["璇江市", "璇江市", "和槐市"]
    assert table.frame["han"].isna().all() and pd.isna(table.frame["year"]).all()
    assert any("sha256" in note for note in table.notes)


@pytest.mark.parametrize("by", [None, *BY])
def test_every_count_of_references_equals_the_excerpts_behind_it(large, by):
    table = large.ask(documents, by=by)
    for row in range(len(table.frame)):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        assert len(behind) == table.frame["references"].iloc[row]
