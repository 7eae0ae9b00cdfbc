"""A kill, a lock, a race, a database that goes away: nothing by halves, one clear line."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, event, text

from tests.store.conftest import NOW, cut, make_document
from tests.store.test_coding_session import BOOK
from wenma.coding.coder import Coder
from wenma.errors import ProjectError
from wenma.store import opening
from wenma.store.annotations import decided_proposals
from wenma.store.coding_session import CodingSession
from wenma.store.document_edits import Verdict
from wenma.store.history import history
from wenma.store.project import Project

DOC, WARN = "甲.txt", "stage/resist"


MANY = """
    import os, signal, sys
    from wenma.store.coding_session import CodingSession
    from wenma.store.document_edits import Verdict
    from wenma.store.project import Project
    from sqlalchemy import event

    file, die_at = sys.argv[1], int(sys.argv[2])
    project, steps = Project.open(file), 0
    every = [
        Verdict(one.document, one.start, one.end, one.code, one.coder, "accepted")
        for one in project.codings("甲.txt")
    ]

    @event.listens_for(project._engine, "checkout")
    def counted(connection, *_):
        def step():
            global steps
            steps += 1
            if steps == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        connection.set_progress_handler(step, 100)

    CodingSession(project, "林").decide(every, now="2026-11-25T09:00:00+00:00")
    print(steps)
"""
"""Accept all there is in one act; killed after so many hundreds of SQLite's own steps."""


def filled(file: Path, *, lines: int = 400) -> int:
    """A project of one long document; how many codings rules made."""
    document = make_document(text="一、任务\n" + "\n".join(["加强预警和救援。"] * lines))
    units = cut(document)
    codings = Coder(BOOK).code(document, units)
    with Project.open(file, create=True) as project:
        project.keep_codebook(BOOK, now=NOW)
        project.keep(
            document, units, codings, codebook=BOOK, unit_size="sentence", fingerprint="f",
            position=0, now=NOW,
        )  # fmt: skip
    return len(codings)


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def accepted(file: Path) -> tuple[int, int, int]:
    """What 林 has: verdicts, codings, acts; the file whole."""
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Project.open(file) as project:
        own = project.codings(DOC, coder="林")
        return len(decided_proposals(project, person="林")), len(own), len(history(project)[0])


def test_a_kill_in_the_middle_of_many_decisions_leaves_none(tmp_path):
    file = tmp_path / "p.db"
    every = filled(file)
    assert every == 800
    whole = tmp_path / "whole.db"
    shutil.copy(file, whole)
    steps = int(run(MANY, whole, 0).stdout)
    assert accepted(whole) == (every, every, 1)
    for part in (0.3, 0.6, 0.8, 0.95):
        killed = run(MANY, file, int(part * steps))
        assert killed.returncode == -signal.SIGKILL
        assert accepted(file) == (0, 0, 0)
    assert run(MANY, file, 0).returncode == 0  # and the work goes on
    assert accepted(file) == (every, every, 1)


def verdicts(project: Project) -> list[Verdict]:
    return [
        Verdict(DOC, one.start, one.end, one.code, one.coder, "accepted")
        for one in project.codings(DOC, coder="rules:small@1")
    ]


def test_a_full_disk_is_told_and_nothing_is_lost_or_kept_by_halves(tmp_path):
    file = tmp_path / "p.db"
    every = filled(file)
    with Project.open(file) as project:
        CodingSession(project, "林").code(DOC, 6, 8, WARN, now=NOW)
    with Project.open(file) as project:

        @event.listens_for(project._engine, "checkout")
        def no_room(connection, *_):
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 1}")

        with pytest.raises(ProjectError, match=r"p\.db: could not be written: the disk is full"):
            CodingSession(project, "林").decide(verdicts(project), now=NOW)
    assert accepted(file) == (0, 1, 1)
    with Project.open(file) as project:  # room has been made
        CodingSession(project, "林").decide(verdicts(project), now=NOW)
    assert accepted(file) == (every, every + 1, 2)


def test_a_file_that_may_not_grow_is_told_and_left_whole(tmp_path):
    """The system itself refuses to write more, in the file beside that SQLite writes first."""
    pytest.importorskip("resource", reason="needs limits on files, which are not here")
    file = tmp_path / "p.db"
    every = filled(file)
    limited = """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    """
    ended = run(textwrap.dedent(limited) + textwrap.dedent(MANY), file, 0)
    last = ended.stderr.strip().splitlines()[-1]
    assert "p.db: could not be written (disk error). Look at the disk's space" in last
    assert accepted(file) == (0, 0, 0)
    assert run(MANY, file, 0).returncode == 0
    assert accepted(file) == (every, every, 1)


def test_a_file_another_program_writes_to_is_told_and_left(tmp_path, monkeypatch):
    from tests.store.test_coding_session import _fill

    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    file = tmp_path / "p.db"
    with Project.open(file, create=True) as project:
        _fill(project)
        other = sqlite3.connect(file)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError, match="is in use by another program"):
            CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
        other.rollback()
        other.close()
        CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
        assert len(history(project)[0]) == 1


def test_of_two_who_do_the_same_at_once_one_is_told(where, keep):
    keep(make_document())
    together, told = Barrier(2), []

    def work() -> None:
        with Project.open(where) as project:
            together.wait()
            try:
                CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
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
                CodingSession(project, name).code(DOC, 7, end, WARN, now=NOW)

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


def test_a_writer_who_does_not_end_is_told_on_a_server_too(where, keep, project, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    keep(make_document())
    with Project.open(where) as one, Project.open(where) as other, one.exclusive():
        if "://" not in where:
            other.close()  # its patience is that of its connections
        with pytest.raises(ProjectError, match="is in use by another program"):
            CodingSession(other, "林").code(DOC, 7, 9, WARN, now=NOW)
    CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
    assert len(history(project)[0]) == 1


def test_a_database_that_was_away_is_used_again_when_it_is_back(where, keep, project):
    keep(make_document())
    if "://" in where:
        _cut_the_line(where, project)
    else:
        away = Path(where).rename(f"{where}.away")
        with pytest.raises(ProjectError, match="there is no such project"):
            Project.open(where)
        # Who has it open writes neither to the file that is away nor to a new one.
        with pytest.raises(ProjectError, match=r"is not there any more\. Put it back"):
            CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
        assert not Path(where).exists()
        away.rename(where)
    CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
    assert len(project.codings(DOC, coder="林")) == 1


def test_a_copy_put_in_the_place_of_the_file_is_what_is_written_to(tmp_path):
    file, copy = tmp_path / "p.db", tmp_path / "copy.db"
    filled(file, lines=3)
    with Project.open(file):
        pass
    shutil.copy(file, copy)
    with Project.open(file) as project:
        assert project.codings(DOC)
        for beside in ("-wal", "-shm"):
            file.with_name(f"p.db{beside}").unlink(missing_ok=True)
        copy.replace(file)
        CodingSession(project, "林").code(DOC, 6, 8, WARN, now=NOW)
    assert accepted(file) == (0, 1, 1)


def test_a_server_that_was_started_again_between_two_acts_is_used_again(server):
    with Project.open(server.address, create=True) as project:
        document = make_document()
        units = cut(document)
        project.keep_codebook(BOOK, now=NOW)
        project.keep(
            document, units, Coder(BOOK).code(document, units), codebook=BOOK,
            unit_size="sentence", fingerprint="f", position=0, now=NOW,
        )  # fmt: skip
        desk = CodingSession(project, "林")
        desk.code(DOC, 7, 9, WARN, now=NOW)
        server.stop()
        with pytest.raises(ProjectError, match=r"the database cannot be reached\. Try again when"):
            desk.code(DOC, 5, 9, WARN, now=NOW)
        with pytest.raises(ProjectError, match="the database cannot be reached"):
            Project.open(server.address)
        server.start()
        assert [(one.start, one.end) for one in project.codings(DOC, coder="林")] == [(7, 9)]
        server.stop()
        server.start()
        desk.code(DOC, 5, 9, WARN, now=NOW)  # nobody noticed
        with (
            pytest.raises(ProjectError, match="the database cannot be reached"),
            project.exclusive(),
        ):
            server.stop()
            desk.project.rows(text("SELECT 1"))
        server.start()
        assert desk.undo(now=NOW).verb == "code"
        assert [(one.start, one.end) for one in project.codings(DOC, coder="林")] == [(7, 9)]
        assert len(history(project)[0]) == 3


def _cut_the_line(where: str, project: Project) -> None:
    ((pid,),) = project.rows(text("SELECT pg_backend_pid()"))
    admin = create_engine(where)
    with admin.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    admin.dispose()
