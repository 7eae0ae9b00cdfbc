"""A kill, a lock, a race, a database that goes away: nothing by halves, one clear line."""

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, text

from analysis.errors import ProjectError
from analysis.project import opening
from analysis.project.desk import Desk
from analysis.project.history import history
from analysis.project.peoples_work import decided
from analysis.project.sheet import Verdict
from analysis.project.store import Project
from tests.project.conftest import NOW, make_document

DOC, WARN = "甲.txt", "stage/resist"


def test_a_kill_in_the_middle_of_many_decisions_leaves_none(tmp_path, monkeypatch):
    file = tmp_path / "p.db"
    program = f"""
        import os
        from analysis.project import acts
        from analysis.project.desk import Desk
        from analysis.project.sheet import Verdict
        from analysis.project.store import Project
        from tests.project.test_desk import DOC, NOW, _fill

        project = Project.open({str(file)!r}, create=True)
        _fill(project)
        every = [
            Verdict(DOC, one.start, one.end, one.code, one.coder, "accepted")
            for one in project.codings(DOC)
        ]
        made, whole = 0, acts._make

        def make(*given):
            global made
            whole(*given)
            made += 1
            if made == 3:
                os._exit(9)

        acts._make = make
        Desk(project, "林").decide(every, now=NOW)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert run.returncode == 9
    with Project.open(file) as project:
        assert project.codings(DOC, coder="rules:small@1")
        assert (project.codings(DOC, coder="林"), decided(project, person="林")) == ([], {})
        assert history(project) == ([], set())
        one = project.codings(DOC)[0]
        verdict = Verdict(DOC, one.start, one.end, one.code, one.coder, "accepted")
        Desk(project, "林").decide([verdict], now=NOW)  # and the work goes on
        assert len(decided(project, person="林")) == 1


def test_a_file_another_program_writes_to_is_told_and_left(tmp_path, monkeypatch):
    from tests.project.test_desk import _fill

    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    file = tmp_path / "p.db"
    with Project.open(file, create=True) as project:
        _fill(project)
        other = sqlite3.connect(file)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError, match="is in use by another program"):
            Desk(project, "林").code(DOC, 7, 9, WARN, now=NOW)
        other.rollback()
        other.close()
        Desk(project, "林").code(DOC, 7, 9, WARN, now=NOW)
        assert len(history(project)[0]) == 1


def test_of_two_who_do_the_same_at_once_one_is_told(where, keep):
    keep(make_document())
    together, told = Barrier(2), []

    def work() -> None:
        with Project.open(where) as project:
            together.wait()
            try:
                Desk(project, "林").code(DOC, 7, 9, WARN, now=NOW)
            except ProjectError as error:
                told.append(str(error))

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Project.open(where) as project:
        assert len(project.codings(DOC, coder="林")) == 1
        assert len(history(project)[0]) == 1
    assert len(told) == 1 and "already" in told[0]


def test_many_at_once_by_several_people_lose_nothing(where, keep):
    keep(make_document())

    def work(name: str) -> None:
        with Project.open(where) as project:
            for end in range(8, 18):
                Desk(project, name).code(DOC, 7, end, WARN, now=NOW)

    threads = [Thread(target=work, args=(name,)) for name in ("林", "周", "王")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Project.open(where) as project:
        assert {name: len(project.codings(DOC, coder=name)) for name in ("林", "周", "王")} == {
            "林": 10,
            "周": 10,
            "王": 10,
        }
        acts, holding = history(project)
        assert len(acts) == len(holding) == 30


def test_a_database_that_was_away_is_used_again_when_it_is_back(where, keep, project):
    keep(make_document())
    if "://" in where:
        _cut_the_line(where, project)
    else:
        project.close()
        away = Path(where).rename(f"{where}.away")
        with pytest.raises(ProjectError, match="there is no such project"):
            Project.open(where)
        assert not Path(where).exists()  # asking has not made an empty one in its place
        away.rename(where)
    Desk(project, "林").code(DOC, 7, 9, WARN, now=NOW)
    assert len(project.codings(DOC, coder="林")) == 1


def _cut_the_line(where: str, project: Project) -> None:
    ((pid,),) = project.rows(text("SELECT pg_backend_pid()"))
    admin = create_engine(where)
    with admin.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    admin.dispose()
