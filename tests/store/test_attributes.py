"""Attributes are stated by manifests and corrected by people, and neither undoes the other."""

import pytest

from tests.store.conftest import NOW, make_document
from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.attribute_edits import Case, case_spans
from wenma.store.coding_session import CodingSession
from wenma.store.copying import copy_project
from wenma.store.exchange_annotations import annotation_rows, bring_annotations
from wenma.store.frames import DOCUMENTS, documents_frame
from wenma.store.history import history, history_lines
from wenma.store.project import Project
from wenma.store.serialization import attributes_of

DOC = "甲.txt"
STATED = attributes_of(make_document())


def known(project: Project) -> dict[str, str]:
    return attributes_of(project.document(DOC))


@pytest.fixture
def lin(project, keep) -> CodingSession:
    keep(make_document())
    return CodingSession(project, "林一")


def test_what_a_manifest_says_anew_holds_and_is_told(lin):
    project = lin.project
    token = project.change_token()
    assert project.state({DOC: STATED | {"city": "溪州", "人口": "1,234"}, "无": {}}) == (DOC,)
    assert known(project) == STATED | {"city": "溪州", "人口": "1,234"}
    assert project.change_token() != token
    assert project.state({DOC: STATED | {"city": "溪州", "人口": "1,234"}}) == ()
    assert project.state({DOC: STATED}) == (DOC,)
    assert known(project) == STATED


def test_a_correction_stays_until_the_manifest_says_something_new(lin):
    project = lin.project
    lin.correct(DOC, "city", "溪　州", now=NOW)
    assert known(project)["city"] == "溪州"
    assert project.state({DOC: STATED | {"period": "十五五"}}) == (DOC,)
    assert (known(project)["city"], known(project)["period"]) == ("溪州", "十五五")
    project.state({DOC: STATED | {"city": "磐岭"}})
    assert known(project)["city"] == "磐岭"


def test_what_a_person_took_away_does_not_come_back_with_the_manifest(lin):
    lin.correct(DOC, "plan", "", now=NOW)
    lin.project.state({DOC: STATED})
    assert "plan" not in known(lin.project)
    assert documents_frame(lin.project)["plan"][0] == ""
    lin.undo(now=NOW)
    assert known(lin.project) == STATED


def test_a_correction_is_an_act_like_any_other(lin):
    lin.correct(DOC, "人口", "１２３４", now=NOW)
    assert known(lin.project)["人口"] == "1234"
    assert lin.undo(now=NOW).verb == "correct" and known(lin.project) == STATED
    assert lin.redo(now=NOW).verb == "correct" and known(lin.project)["人口"] == "1234"
    assert '"table": "attribute", "key": ["甲.txt", "人口"]' in history_lines(lin.project)
    zhou = CodingSession(lin.project, "周二")
    zhou.correct(DOC, "人口", "99", now=NOW)
    with pytest.raises(ProjectError, match="attribute 人口 was changed by somebody else") as told:
        lin.undo(now=NOW)
    assert "属性“人口”其间已被别人改动" in told.value.said("zh")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("year", "二五年", "is not a year"),
        ("", "甲", "has no name"),
        ("\u200b ", "甲", "has no name"),
        ("han", "3", "cannot be the name"),
        ("path", "甲.txt", "cannot be the name"),
        ("城市", " 澜 屿 ", "nothing would change"),
        ("新", "", "nothing would change"),
        ("note", "长" * 5000, "at most"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_act(lin, name, value, said):
    with pytest.raises(ProjectError, match=said) as told:
        lin.correct(DOC, name, value, now=NOW)
    assert told.value.zh and told.value.cure
    assert history(lin.project)[0] == [] and known(lin.project) == STATED


def test_a_year_is_corrected_as_a_year(lin):
    lin.correct(DOC, "year", "２０２２年", now=NOW)
    assert lin.project.document(DOC).year == 2022


def test_columns_of_documents_are_the_standard_ones_and_then_all_others_as_first_seen(lin, keep):
    lin.project.state({DOC: STATED | {"人口": "3", "地区": "东部"}})
    lin.correct(DOC, "note", "样本", now=NOW)
    keep(make_document("乙.txt"))
    frame = documents_frame(lin.project)
    assert list(frame) == [*DOCUMENTS, "note", "人口", "地区"]
    assert list(frame["地区"]) == ["", "东部"]


def test_a_stretch_belongs_to_another_city_until_it_is_taken_back(lin):
    lin.set_case(DOC, 5, 13, "city", "溪　州", now=NOW)
    (one,) = case_spans(lin.project)
    assert (one.start, one.end, one.value, one.origin) == (5, 13, "溪州", "林一")
    lin.remove_case(DOC, 5, 13, "city", now=NOW)
    assert case_spans(lin.project) == []
    lin.undo(now=NOW)
    assert case_spans(lin.project) == [one]
    lin.undo(now=NOW)
    assert case_spans(lin.project) == []


def test_a_rule_sets_many_in_one_act(lin):
    cases = [Case(DOC, 5, 13, "city", "溪州"), Case(DOC, 14, 19, "年份区间", "2016–2020")]
    act = lin.set_cases(cases, now=NOW, origin="rule:headings")
    assert len(act.edits) == 2 and act.verb == "set_case" and act.document == DOC
    assert {one.origin for one in case_spans(lin.project)} == {"rule:headings"}
    assert lin.undo(now=NOW).verb == "set_case" and case_spans(lin.project) == []


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (Case(DOC, 5, 99, "city", "溪州"), "not a span"),
        (Case(DOC, 7, 7, "city", "溪州"), "not a span"),
        (Case(DOC, 5, 9, "\u200b", "溪州"), "has no name"),
        (Case(DOC, 5, 9, "city", " "), "belong to nothing"),
        (Case(DOC, 5, 9, "year", "去年"), "not a year"),
        (Case("无.txt", 5, 9, "city", "溪州"), "has no document"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused_with_all_of_its_act(lin, case, said):
    with pytest.raises(ProjectError, match=said) as told:
        lin.set_cases([Case(DOC, 5, 9, "city", "溪州"), case], now=NOW)
    assert told.value.zh and case_spans(lin.project) == []


def test_corrections_and_stretches_travel_and_come_back_signed(lin, keep, tmp_path):
    lin.correct(DOC, "city", "溪州", now=NOW)
    lin.correct(DOC, "plan", "", now=NOW)
    lin.correct(DOC, "人口", "3", now=NOW)
    lin.set_cases([Case(DOC, 5, 9, "city", "磐岭")], now=NOW, origin="rule:names")
    rows = annotation_rows(lin.project, [DOC])
    assert {row.person for row in rows} == {"林一"} and len(rows) == 4
    with Project.open(tmp_path / "again.db", create=True) as again:
        for table in ("document", "content", "attribute_name", "attribute"):
            found = [row._asdict() for row in lin.project.rows(getattr(schema, table).select())]
            if table == "attribute":
                found = [row | {"value": row["stated"]} for row in found if row["stated"]]
            with again.exclusive() as connection:
                connection.execute(getattr(schema, table).insert(), found)
        assert bring_annotations(again, rows, now=NOW) == 4
        assert annotation_rows(again, [DOC]) == rows
        assert bring_annotations(again, rows, now=NOW) == 0
        with Project.open(tmp_path / "copy.db", create=True) as copy:
            copy_project(again, copy)
            assert annotation_rows(copy, [DOC]) == rows
