"""The project file keeps what it is given, and refuses what is not its own."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.store.conftest import NOW, YAML, cut, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.records import Coding
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project


def test_a_document_comes_back_as_it_went_in(project, keep):
    document = make_document()
    keep(document)
    assert project.document("甲.txt") == document
    assert project.units("甲.txt") == cut(document)
    assert str(project.document("甲.txt").place(6)) == "line 2"


def test_codings_come_back_with_their_words(project, keep):
    document = make_document()
    keep(document)
    codings = project.codings("甲.txt")
    assert [(c.code, document.text[c.start : c.end]) for c in codings] == [
        ("stage/resist", "加强预警和救援。"),
        ("stage/absorb", "加强预警和救援。"),
        ("stage/absorb", "储备物资。"),
    ]
    words = [document.text[e.start : e.end] for c in codings for e in c.evidence]
    assert words == ["预警", "救援", "物资"]


def test_keeping_twice_counts_once(project, keep):
    keep(make_document())
    keep(make_document())
    assert project.coders() == {"rules:small@1": 3}
    assert project.document_ids() == ["甲.txt"]


def test_a_changed_text_takes_its_old_codings_with_it(project, keep):
    keep(make_document())
    keep(make_document(text="一、任务\n只说预警。"), fingerprint="g")
    assert [c.code for c in project.codings("甲.txt")] == ["stage/resist"]
    assert len(project.units("甲.txt")) == 2


def test_only_the_same_file_codebook_and_unit_count_as_finished(project, keep, codebook):
    keep(make_document())
    other = parse_codebook(YAML.replace("预警", "监测"))
    assert project.finished(codebook, "sentence") == {"甲.txt": "f"}
    assert project.finished(codebook, "clause") == {}
    assert project.finished(other, "sentence") == {}


def test_a_new_version_of_the_codebook_stands_beside_the_old_one(project, keep):
    keep(make_document())
    keep(make_document(), codebook=parse_codebook(YAML.replace('"1"', '"2"')))
    assert project.coders() == {"rules:small@1": 3, "rules:small@2": 3}
    assert [book.version for book in project.codebooks()] == ["1", "2"]


def test_peoples_codings_are_not_moved_off_their_words(project, keep):
    keep(make_document())
    CodingSession(project, "王").code("甲.txt", 5, 13, "stage/resist", now=NOW)
    keep(make_document(text="一、任务\n别的话。"), fingerprint="g")
    assert "王" not in project.coders()
    (lost,) = project.unplaced()
    assert (lost.person, lost.row["code"], lost.words) == ("王", "stage/resist", "加强预警和救援。")


def test_a_fault_in_the_middle_of_a_document_leaves_nothing_of_it(project, keep, codebook):
    keep(make_document())
    broken = make_document("乙.txt")
    with pytest.raises(ProjectError):
        project.keep(
            broken,
            cut(broken),
            [Coding("乙.txt", 0, 0, 4, None, codebook.coder)],  # type: ignore[arg-type]
            codebook=codebook,
            unit_size="sentence",
            fingerprint="f",
            position=1,
            now=NOW,
        )
    assert project.document_ids() == ["甲.txt"]


def test_what_was_kept_is_there_after_opening_again(where, project, keep):
    keep(make_document())
    project.close()
    with Project.open(where) as again:
        assert again.document("甲.txt") == make_document()


def test_a_document_that_is_not_there_says_where_to_look(project):
    with pytest.raises(ProjectError, match="has no document '丙'"):
        project.document("丙")


def test_a_run_killed_half_way_keeps_every_document_it_had_finished(tmp_path: Path):
    path = tmp_path / "study.db"
    program = textwrap.dedent(f"""
        import os, signal
        from wenma.codebook.yaml_file import parse_codebook
        from wenma.store.project import Project
        from tests.store.conftest import NOW, YAML, cut, make_document

        codebook = parse_codebook(YAML)
        project = Project.open({str(path)!r}, create=True)
        project.keep_codebook(codebook, now=NOW)
        for position in range(5):
            document = make_document(f"{{position}}.txt")
            if position == 3:
                add_outline = project._add_outline
                def killed(*args):
                    add_outline(*args)
                    os.kill(os.getpid(), signal.SIGKILL)
                project._add_outline = killed
            project.keep(document, cut(document), [], codebook=codebook, unit_size="sentence",
                         fingerprint="f", position=position, now=NOW)
    """)
    ended = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    assert ended.returncode == -9
    with Project.open(path) as project:
        assert project.document_ids() == ["0.txt", "1.txt", "2.txt"]
        assert project.document("2.txt") == make_document("2.txt")
