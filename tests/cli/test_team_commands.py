"""assign, recode, history, copy and app --address, as a user calls them."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import NOW, coded
from wenma.cli.main import main
from wenma.shipped import shipped
from wenma.store.annotations import tasks
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return coded(shipped("corpus"), tmp_path_factory.mktemp("team") / "study.db")


@pytest.fixture
def study(made, tmp_path):
    with Project.open(made) as source, Project.open(tmp_path / "s.db", create=True) as there:
        from wenma.store.copying import copy_project

        copy_project(source, there)
    return str(tmp_path / "s.db")


def test_assign_draws_the_same_units_for_both_and_says_how_to_go_on(study, capsys):
    assert main(["assign", study, "--task", "试", "--people", "林", "周", "--units", "20"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("20 units for each of 林, 周") and "wenma app" in told
    with Project.open(study) as project:
        one, other = ([(t.document, t.unit) for t in tasks(project, person=p)] for p in "林周")
        assert one == other and len(one) == 20
    assert main(["assign", study, "--task", "试", "--people", "王"]) == 1
    assert "there is a task '试' already" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["--units", "0"], ["--rarest", "1"], ["--rarest", "-1"]])
def test_assign_refuses_what_is_no_sample(study, given, capsys):
    assert main(["assign", study, "--task", "试", "--people", "林", *given]) == 2
    assert capsys.readouterr().err.startswith("wenma: ")


def test_as_many_units_as_show_a_code_of_a_tenth(study, capsys):
    """Krippendorff 2004, table 6.1: 29 for p = .1 at the .05 level."""
    assert main(["assign", study, "--task", "试", "--people", "林", "--rarest", "0.1"]) == 0
    assert capsys.readouterr().out.startswith("29 units")


def test_recode_tries_and_then_does(study, tmp_path, capsys):
    text = (shipped("codebooks") / "resilience.yaml").read_text(encoding="utf-8")
    with Project.open(study) as project:
        old = project.codebooks()[-1].version
    newer = tmp_path / "newer.yaml"
    newer.write_text(
        text.replace(f'version: "{old}"', 'version: "9"', 1).replace("应急指挥, 指挥调度, ", ""),
        encoding="utf-8",
    )
    assert main(["recode", study, "--codebook", str(newer), "--try"]) == 0
    told = capsys.readouterr().out
    assert f"rules:resilience@9 against rules:resilience@{old}" in told
    assert "stage/absorb" in told and "- stage/absorb" in told
    with Project.open(study) as project:
        assert project.codebooks()[-1].version == old
    assert main(["recode", study, "--codebook", str(newer)]) == 0
    assert "7 documents are coded with rules:resilience@9" in capsys.readouterr().out
    assert main(["recode", study, "--codebook", str(newer), "--try"]) == 0
    assert "no coding changes" in capsys.readouterr().out


def test_history_is_read_and_kept(study, tmp_path, capsys):
    assert main(["history", study]) == 0
    assert " run wenma code " in capsys.readouterr().out
    with Project.open(study) as project:
        document = project.document_ids()[0]
        desk = CodingSession(project, "林")
        desk.code(document, 0, 5, "stage/resist", now=NOW)
        desk.undo(now=NOW)
    assert main(["history", study]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "林 of 2 code" in lines[0] and lines[1].endswith("(taken back)")
    out = tmp_path / "h.jsonl"
    assert main(["history", study, "--output", str(out)]) == 0
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["kind"] for one in told if one["person"] == "林"] == ["do", "undo"]


def test_copy_says_how_much_and_refuses_a_place_that_is_taken(study, tmp_path, capsys):
    there = str(tmp_path / "there.db")
    assert main(["copy", study, there]) == 0
    assert capsys.readouterr().out.startswith("7 documents, ")
    assert main(["copy", study, there]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_without_sign_in_no_other_machine_is_served(study, tmp_path):
    # In a process of its own: Streamlit reads where its secrets lie once a process.
    def served(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "wenma.cli", "app", study, "--no-browser", *words]
        surroundings = os.environ | {"HOME": str(tmp_path), "PYTHONSAFEPATH": "1"}
        done = subprocess.run(
            command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=300
        )
        return done.returncode, done.stderr

    code, told = served("--address", "0.0.0.0")
    assert code == 2 and "listens on this machine only" in told
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir()
    secrets.write_text("[auth", encoding="utf-8")
    code, told = served()
    assert code == 1 and "cannot be read as TOML" in told


def test_a_run_of_rules_stands_in_the_history_with_its_command(tmp_path, capsys):
    (tmp_path / "甲.txt").write_text("完善监测预警。\n", encoding="utf-8")
    book, project = shipped("codebooks") / "resilience.yaml", tmp_path / "a.db"
    typed = ["code", str(tmp_path / "甲.txt"), "--codebook", str(book), "--unit", "clause"]
    assert main([*typed, "--project", str(project)]) == 0
    capsys.readouterr()
    assert main(["history", str(project)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "rules:resilience@" in line and " run wenma code " in line
    assert "--unit clause" in line and line.count("甲.txt") == 1
    # Nothing was coded anew, so that nothing is told anew.
    assert main([*typed, "--project", str(project)]) == 0
    capsys.readouterr()
    assert main(["history", str(project)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
