import pytest

from tests.publish.charted import drawn
from wenma.errors import QueryError
from wenma.publish.dispersion_strip import dispersion_strip
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency


def strokes(chart):
    return [row for rows in drawn(chart) for row in rows if row.get("kind") == "stroke"]


def draw(study, **options):
    return dispersion_strip(study.ask(excerpts), study.codes, documents=study.documents, **options)


def test_a_stroke_stands_where_its_unit_stands_among_all_units(small):
    found = {(r["document"], r["code"], r["at"]) for r in strokes(draw(small))}
    # 100 units and 9 headings in each; the free span over two units has no place.
    assert found == {
        ("甲", "stage/resist", 100 * 0.5 / 109),
        ("甲", "stage/resist", 100 * 1.5 / 109),
        ("乙", "stage/resist", 100 * 0.5 / 109),
        ("丙", "stage/adapt", 100 * 5.5 / 109),
    }


def test_there_are_as_many_strokes_as_passages_in_units(large):
    table = large.ask(excerpts, code="stage/absorb")
    chart = dispersion_strip(table, large.codes, documents=large.documents)
    found = [row for row in strokes(chart) if row["code"] == "stage/absorb"]
    assert len(found) == int((table.frame["unit"] >= 0).sum()) > 100
    assert all(0 < row["at"] < 100 for row in found)
    counted = large.ask(frequency).frame.set_index("code")["references"]["stage/absorb"]
    free = int((table.frame["unit"] < 0).sum())
    assert len(found) + free == counted


def test_codes_further_down_count_for_the_code_above_them(small):
    found = [row["code"] for row in strokes(draw(small, dimension="layer"))]
    assert sorted(found) == ["layer/institution", *["layer/technology"] * 2]


def test_a_city_without_a_passage_keeps_its_empty_line(small):
    rails = {r["place"] for rows in drawn(draw(small)) for r in rows if r.get("kind") == "line"}
    assert rails == {"璇江市", "和槐市", "浔汀市"}


def test_a_line_for_each_group_where_the_table_has_groups(small):
    table = small.ask(excerpts, by="document")
    chart = dispersion_strip(table, small.codes, documents=small.documents)
    assert {row["place"] for row in strokes(chart)} == {"甲", "乙", "丙"}


def test_a_dimension_without_codes_is_refused_with_the_nearest(small):
    with pytest.raises(QueryError, match=r'no codes are under "stag"\. Did you mean "stage"'):
        draw(small, dimension="stag")
