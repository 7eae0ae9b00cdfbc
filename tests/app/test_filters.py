"""What of a study is looked at."""

from wenma.app.filters import Filters, narrowed


def test_no_filter_lets_everything_through(study):
    assert narrowed(study, Filters()) is study


def test_filters_of_several_columns_must_all_be_passed(study):
    first = study.documents.iloc[0]
    found = narrowed(study, Filters(city=(first["city"],), period=(first["period"],)))
    assert list(found.documents["document"]) == [first["document"]]
    assert set(found.codings["document"]) == {first["document"]}
    other = "十五五" if first["period"] == "十四五" else "十四五"
    none = narrowed(study, Filters(city=(first["city"],), period=(other,)))
    assert (len(none.documents), len(none.codings)) == (0, 0)


def test_two_cities_are_either_of_them(study):
    cities = tuple(study.documents["city"].iloc[:2])
    assert set(narrowed(study, Filters(city=cities)).documents["city"]) == set(cities)
