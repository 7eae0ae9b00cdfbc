"""A project is opened, made or brought forward; what is not ours is refused and left alone."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.store.conftest import NOW, YAML
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.store import schema
from wenma.store.project import Project
from wenma.store.upgrades import upgrade


def test_the_file_tells_other_programs_whose_it_is(tmp_path: Path):
    path = tmp_path / "study.db"
    Project.open(path, create=True).close()
    assert path.read_bytes()[68:72] == b"wenm"


def test_a_missing_project_is_not_made_by_looking(tmp_path: Path):
    path = tmp_path / "no.db"
    with pytest.raises(ProjectError, match=r"no such project\. Make it with: wenma code"):
        Project.open(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a zip", "is not a wenma project"),
        ("只是文字".encode(), "is not a wenma project"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path, content, said):
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=said):
        Project.open(path, create=True)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["x.db"]


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE project (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="is not a wenma project"):
        Project.open(path, create=True)
    assert path.read_bytes() == before


def test_a_damaged_project_is_told_and_left(tmp_path: Path):
    path = tmp_path / "study.db"
    Project.open(path, create=True).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    with pytest.raises(ProjectError, match="Restore it from a copy"):
        Project.open(path)


def test_a_folder_and_a_missing_folder_are_told(tmp_path: Path):
    with pytest.raises(ProjectError, match="is a folder"):
        Project.open(tmp_path, create=True)
    with pytest.raises(ProjectError, match="Make the folder first"):
        Project.open(tmp_path / "none" / "study.db", create=True)


def test_a_project_of_a_newer_format_is_refused(where, project):
    with project._writing() as connection:
        connection.execute(schema.meta.update().values(value=str(schema.FORMAT + 1)))
    project.close()
    with pytest.raises(ProjectError, match="written by a newer wenma"):
        Project.open(where)


def test_an_older_format_is_brought_forward_step_by_step(project):
    def one_to_two(connection):
        connection.execute(text("ALTER TABLE document ADD COLUMN language TEXT"))

    def two_to_three(connection):
        connection.execute(text("UPDATE document SET language = 'zh'"))

    with project._writing() as connection:
        upgrade(connection, 1, to=3, steps={1: one_to_two, 2: two_to_three})
        found = connection.execute(select(schema.meta.c.value)).scalar()
        assert connection.execute(text("SELECT count(language) FROM document")).scalar() == 0
    assert found == "3"


def test_a_locked_project_says_so(tmp_path: Path, monkeypatch):
    path = tmp_path / "study.db"
    Project.open(path, create=True).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("wenma.store.opening.PATIENCE", 0.1)
    try:
        with Project.open(path) as project, pytest.raises(ProjectError, match="in use by another"):
            project.keep_codebook(parse_codebook(YAML), now=NOW)
    finally:
        other.close()


def test_a_password_in_an_address_is_never_repeated():
    with pytest.raises(ProjectError) as caught:
        Project.open("postgresql://anna:geheim@localhost:1/none")
    assert "geheim" not in str(caught.value)
    assert "anna:***@localhost" in str(caught.value)


def test_another_kind_of_database_is_refused():
    with pytest.raises(ProjectError, match="Name a file, or write postgresql"):
        Project.open("mysql://u:p@h/x")


def test_a_second_look_at_a_file_does_not_let_go_of_the_first(tmp_path):
    """Another program that opens, writes and closes it must not take away what is being read."""
    path = tmp_path / "study.db"
    write = (
        "import sys; from wenma.store.project import Project\n"
        "from wenma.store.coding_session import CodingSession\n"
        "with Project.open(sys.argv[1]) as project:\n"
        "    CodingSession(project, '林').note('project:', '记', now='2026-01-01T00:00:00+00:00')\n"
    )
    with Project.open(path, create=True) as reader:
        for _ in range(3):
            reader.change_token()
            Project.open(path).close()
            subprocess.run([sys.executable, "-c", write, str(path)], check=True)
            with Project.open(path) as other:
                assert reader.change_token() == other.change_token()
