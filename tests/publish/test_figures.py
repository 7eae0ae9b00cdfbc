import pytest

from wenma.errors import QueryError
from wenma.publish.figures import CHARTS, figure, only
from wenma.publish.labels import title
from wenma.publish.picture_files import svg_bytes
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.table import query

OF_AN_INDEX = {"pmc_surface", "pmc_relief"}
WITHOUT_CODES = {
    "cities_tree", "keyness_words", "words_cloud", "saturation_curve", "score_lines",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in CHARTS if name not in OF_AN_INDEX])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_of_the_gallery_becomes_a_picture(name, language, small, large):
    one = CHARTS[name]
    small = large if one.query in ("cities", "keyness") else small  # these compare several
    by = {"one": None, "many": "city", "any": "city"}[one.blocks]
    table = small.ask(query(one.query).function, by=by, **one.asks)
    beside = {"documents": small.documents} if one.reads_documents else {}
    svg = svg_bytes(one.draw(table, small.codes, language=language, **beside)).decode()
    assert svg.startswith("<svg")
    if name in WITHOUT_CODES:
        assert title(one.query, language=language) in svg
    else:
        assert ("抵御" if language == "zh" else "Resist") in svg


def test_every_figure_has_a_line_about_it_and_asks_a_query_that_is_there():
    for name, one in CHARTS.items():
        assert one.summary and query(one.query)
        assert name == one.draw.__name__


def test_an_unknown_figure_suggests_the_nearest():
    with pytest.raises(QueryError, match='Did you mean "stacked_bars"'):
        figure("stacked_bar")


def test_groups_stand_in_the_order_they_are_named(large):
    table = only(large.ask(frequency, by="city"), ["澜屿市", "璇江市"])
    assert list(dict.fromkeys(table.frame["group"])) == ["澜屿市", "璇江市"]
    whole = large.ask(frequency, by="city")
    assert table.block("璇江市").frame.equals(whole.block("璇江市").frame)


def test_documents_are_chosen_where_a_table_has_no_groups(small):
    assert set(only(small.ask(excerpts), ["乙"]).frame["document"]) == {"乙"}


def test_a_group_that_is_not_there_is_refused(small):
    with pytest.raises(QueryError, match=r'there is no city "璇江"\. Did you mean "璇江市"'):
        only(small.ask(frequency, by="city"), ["璇江"])
    with pytest.raises(QueryError, match="Choose them with --where"):
        only(small.ask(frequency), ["璇江市"])
