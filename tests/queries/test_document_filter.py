"""A part of a study."""

import pytest
from wenma.errors import QueryError
from wenma.queries.document_filter import filter_documents, of_documents
from wenma.queries.frequency import frequency


def test_only_the_documents_of_some_cities_are_asked(large):
    two = ["璇江市", "澜屿市"]
    documents = filter_documents(large.documents, {"city": two, "period": ["十五五"]})
    assert set(documents["city"]) == set(two) and set(documents["period"]) == {"十五五"}
    codings = of_documents(large.codings, documents)
    assert len(codings) and set(codings["document"]) == set(documents["document"])
    part = frequency(codings, documents=documents, codes=large.codes, by="document").frame
    whole = large.ask(frequency, by="document").frame
    shared = whole[whole["group"].isin(documents["document"])].reset_index(drop=True)
    assert part.set_index(["group", "code"]).equals(shared.set_index(["group", "code"]))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"town": ["上海"]}, 'cannot be chosen by "town"'),
        ({"sha256": ["0"]}, "cannot be chosen by"),
        ({"city": ["璇江"]}, 'Did you mean "璇江市"'),
        ({"city": ["璇江市"], "document": ["澜屿市十四五"]}, "no document is all of that"),
    ],
)
def test_what_is_not_there_is_refused(large, wanted, said):
    with pytest.raises(QueryError, match=said):
        filter_documents(large.documents, wanted)


def test_a_year_is_chosen_as_it_is_written(large):
    assert len(filter_documents(large.documents, {"year": ["2021"]})) == len(large.documents)
