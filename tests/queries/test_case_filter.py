"""A part of a study."""

import pytest

from wenma.errors import QueryError
from wenma.queries.case_filter import filter_cases
from wenma.queries.frequency import frequency


def test_only_the_documents_of_some_cities_are_asked(large):
    two = ["璇江市", "澜屿市"]
    part = large.data.where({"city": two, "period": "十五五"})
    assert set(part.cases["city"]) == set(two) and set(part.cases["period"]) == {"十五五"}
    there = {part.columns.documents[at] for at in part.columns.document}
    assert len(part) and there == set(part.cases["document"])
    answer = frequency(part, by="document").frame
    whole = large.ask(frequency, by="document").frame
    shared = whole[whole["group"].isin(part.cases["document"])].reset_index(drop=True)
    assert answer.set_index(["group", "code"]).equals(shared.set_index(["group", "code"]))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"town": ["上海"]}, 'no attribute "town"'),
        ({"sha256": ["0"]}, 'no attribute "sha256"'),
        ({"city": "璇江"}, 'Did you mean "璇江市"'),
        ({"city": ["璇江市"], "document": ["澜屿市十四五"]}, "no document has all of these values"),
    ],
)
def test_what_is_not_there_is_refused(large, wanted, said):
    with pytest.raises(QueryError, match=said):
        filter_cases(large.documents, wanted)


def test_a_year_is_chosen_as_it_is_written(large):
    assert filter_cases(large.documents, {"year": ["2021"]}).all()


def test_a_value_is_found_however_its_spaces_and_widths_are_typed(large):
    plain = filter_cases(large.documents, {"city": "璇江市"})
    assert plain.any() and not plain.all()
    for typed in ("璇江 市", "璇江\u200b市", "　璇江市 "):
        assert (filter_cases(large.documents, {"city": typed}) == plain).all()
    assert filter_cases(large.documents, {"year": "２０２１"}).all()
    assert filter_cases(large.documents, {"year": 2021}).all()
