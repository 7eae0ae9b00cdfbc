import pytest

from tests.publish.charted import drawn, rows_of
from wenma.publish.assessment_tiles import _GROUNDS, assessment_tiles
from wenma.queries.assessment import JUDGEMENTS, assessment


@pytest.mark.parametrize("by", [None, "city"])
def test_a_tile_says_the_tables_judgement_and_its_counts(by, small):
    table = small.ask(assessment, by=by)
    rows = rows_of(assessment_tiles(table, small.codes), "word")
    frame = table.frame
    for column in ("code", "code_b", "judgement"):
        assert [row[column] for row in rows] == frame[column].tolist()
    stances = frame[["achievement", "commitment", "deficit"]].to_numpy().tolist()
    assert [row["counts"] for row in rows] == ["{} / {} / {}".format(*one) for one in stances]
    assert {row["word"] for row in rows} == {"未述"}


def test_every_judgement_has_a_ground_of_its_own():
    assert tuple(_GROUNDS) == JUDGEMENTS and len(set(_GROUNDS.values())) == len(JUDGEMENTS)


def test_a_judgement_is_read_without_its_colour(small):
    table = small.ask(assessment)
    table.frame["judgement"] = [*JUDGEMENTS, *JUDGEMENTS][: len(table.frame)]
    rows = rows_of(assessment_tiles(table, small.codes, language="en"), "word")
    assert {row["word"] for row in rows} == {*JUDGEMENTS} - {"few"} | {"too few to say"}
    assert {row["ink"] for row in rows if row["judgement"] in ("strength", "deficit")} == {
        "#ffffff"
    }


def test_a_city_has_a_panel_of_its_own(small):
    chart = assessment_tiles(small.ask(assessment, by="city"), small.codes)
    assert chart.to_dict()["facet"]["sort"] == ["璇江市", "和槐市", "浔汀市"]
    assert drawn(chart)
