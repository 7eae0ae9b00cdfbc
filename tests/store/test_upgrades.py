"""A project file of an earlier version opens, with all it holds."""

import hashlib

import pytest
from sqlalchemy import inspect, select

from tests.store.conftest import NOW, make_document
from tests.store.older_formats import make_format_4
from wenma.store import schema
from wenma.store.coding_session import CodingSession
from wenma.store.columns import coding_columns, coding_evidence
from wenma.store.frames import codings_frame, documents_frame
from wenma.store.project import Project


@pytest.fixture
def old(where):
    """A project of format 4, opened by this version."""
    make_format_4(where)
    with Project.open(where) as project:
        yield project


def test_its_tables_are_those_of_a_new_project(old):
    with old.exclusive() as connection:
        look = inspect(connection)
        for table in schema.tables.sorted_tables:
            there = {one["name"] for one in look.get_columns(table.name)}
            assert there == {column.name for column in table.columns}, table.name
            indexes = {one["name"] for one in look.get_indexes(table.name)}
            assert {one.name for one in table.indexes} <= indexes, table.name


def test_a_project_of_the_first_format_is_brought_all_the_way(where):
    make_format_4(where, first=True)
    with Project.open(where) as project:
        assert same_evidence(project) == 5
        desk = CodingSession(project, "林一")
        desk.code("乙.txt", 7, 9, "stage/absorb", now=NOW)
        assert desk.undo(now=NOW).verb == "code"


def same_evidence(project: Project) -> int:
    """Every word of the evidence is a term of the codebook; how many codings there are."""
    evidence = coding_evidence(project, ["rules:small@1"])
    documents = codings_frame(project)["document"]
    for id, spans in zip(documents, evidence, strict=True):
        text = project.document(id).text
        assert {text[one.start : one.end] for one in spans} <= {"预警", "救援", "物资"}
    return len(evidence)


def test_its_documents_keep_what_is_known_of_them(old):
    first, second = (old.document(id) for id in old.document_ids())
    text = "一、任务\n加强预警、救援、物资储备和救援演练。\n储备物资。"
    assert first == make_document(text=text)
    assert (second.city, second.year, second.note) == ("", None, "样本")
    assert second.source == "https://example.org/乙"
    frame = documents_frame(old)
    assert list(frame["city"]) == ["澜屿", ""]
    assert list(frame["year"].astype(object).fillna(0)) == [2021, 0]
    assert list(frame["note"]) == ["", "样本"]


def test_its_counts_are_made_good(old):
    frame = documents_frame(old)
    assert list(frame["sections"]) == [1, 1]
    assert list(frame["units"]) == [2, 1]
    assert list(frame["headings"]) == list(frame["text_sections"]) == [1, 1]
    assert list(frame["paragraphs"]) == [2, 1]
    table = schema.document
    digests = [one for (one,) in old.rows(select(table.c.text_sha256).order_by(table.c.position))]
    texts = [old.document(id).text for id in old.document_ids()]
    assert digests == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_its_codings_by_rules_can_be_counted_without_sql(old):
    asked = coding_columns(old, ["rules:small@1"])
    frame = codings_frame(old, coder="rules:small@1")
    assert len(asked) == len(frame) == 5
    assert [asked.paths[n] for n in asked.code] == list(frame["code"])
    assert [asked.rule_lists[n] for n in asked.rules] == list(frame["rule"])
    assert asked.start.tolist() == frame["start"].tolist()


def test_what_people_did_can_be_taken_back_and_gone_on_with(old):
    desk = CodingSession(old, "林一")
    assert desk.redo(now=NOW).verb == "judge"
    assert [desk.undo(now=NOW).verb for _ in range(5)] == [
        "judge", "assign", "note", "accept", "code",
    ]  # fmt: skip
    assert old.coders() == {"rules:small@1": 5}
    desk.code("乙.txt", 7, 9, "stage/absorb", now=NOW)
    assert old.coders()["林一"] == 1
