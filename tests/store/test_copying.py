"""A project copied to another place and back is the same, row by row."""

import pytest

from tests.store.conftest import NOW, make_document
from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.coding_session import CodingSession
from wenma.store.copying import copy_project
from wenma.store.document_edits import Verdict
from wenma.store.project import Project

DOC = "甲.txt"


def rows(project: Project) -> dict[str, list[tuple]]:
    return {
        table.name: sorted((tuple(row) for row in project.rows(table.select())), key=repr)
        for table in schema.tables.sorted_tables
    }


@pytest.fixture
def worked_on(project, keep) -> Project:
    """Coded by rules and by hand, decided on, noted, and one act taken back."""
    keep(make_document())
    keep(make_document("乙𠮷.txt"))
    desk = CodingSession(project, "林")
    desk.code(DOC, 7, 9, "stage/resist", now=NOW)
    one = project.codings(DOC, coder="rules:small@1")[0]
    desk.decide([Verdict(DOC, one.start, one.end, one.code, one.coder, "accepted")], now=NOW)
    desk.note("project", "备忘 😀", now=NOW)
    desk.undo(now=NOW)
    return project


def test_there_and_back_nothing_is_lost(worked_on, tmp_path):
    with (
        Project.open(tmp_path / "there.db", create=True) as there,
        Project.open(tmp_path / "back.db", create=True) as back,
    ):
        counts = copy_project(worked_on, there)
        copy_project(there, back)
        assert rows(worked_on) == rows(there) == rows(back)
        assert counts["document"] == 2 and counts["act"] == 4


def test_from_a_file_into_this_place_and_on_with_the_work(worked_on, where, tmp_path):
    """On PostgreSQL numbers go on after those that were copied."""
    with Project.open(tmp_path / "file.db", create=True) as file:
        copy_project(worked_on, file)
        worked_on.close()
        if "://" in where:
            from sqlalchemy import create_engine

            schema.tables.drop_all(create_engine(where))
        else:
            where = str(tmp_path / "other.db")
        with Project.open(where, create=True) as there:
            copy_project(file, there)
            assert rows(there) == rows(file)
            desk = CodingSession(there, "林")
            assert desk.redo(now=NOW).verb == "note"
            desk.code(DOC, 10, 12, "stage/absorb", now=NOW)
            numbers = [id for id, *_ in there.rows(schema.coding.select())]
            assert len(numbers) == len(set(numbers))


def test_a_place_that_holds_something_is_refused_and_left_as_it_is(worked_on, tmp_path):
    with Project.open(tmp_path / "there.db", create=True) as there:
        copy_project(worked_on, there)
        before = rows(there)
        with pytest.raises(ProjectError, match="is not empty"):
            copy_project(worked_on, there)
        assert rows(there) == before
