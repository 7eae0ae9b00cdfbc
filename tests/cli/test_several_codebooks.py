"""One project, several codebooks: each question asks the one that has the codes."""

import json
from pathlib import Path

import pytest

from tests.conftest import coded
from wenma.cli.main import main
from wenma.shipped import shipped

BOOKS = ("resilience", "dilemmas_pathways", "policy_strength", "pmc")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded with four codebooks, the one with an index last."""
    return str(coded(shipped("corpus"), tmp_path_factory.mktemp("three") / "study.db", *BOOKS))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same, each codebook in a project of its own."""
    folder = tmp_path_factory.mktemp("alone")
    return {one: str(coded(shipped("corpus"), folder / f"{one}.db", one)) for one in BOOKS}


def asked(project: str, capsys, name: str, *options: str) -> dict:
    capsys.readouterr()
    assert main(["query", project, name, *options, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "options", "book"),
    [
        ("stance_shift", [], "resilience"),
        ("assessment", ["--rows", "stage", "--columns", "layer"], "resilience"),
        ("matrix", ["--rows", "stage", "--columns", "city"], "resilience"),
        ("frequency", ["--without", "form/boilerplate"], "resilience"),
        ("excerpts", ["--code", "抵御"], "resilience"),
        ("alignment", [], "dilemmas_pathways"),
        ("pmc", [], "pmc"),
        ("scores", [], "policy_strength"),
        ("frequency", [], "pmc"),
    ],
)
def test_each_question_takes_the_codebook_that_has_its_codes(
    project, alone, capsys, name, options, book
):
    told = asked(project, capsys, name, *options)
    assert told["basis"]["codebook"].split()[0] == book
    assert told["rows"] == asked(alone[book], capsys, name, *options)["rows"]


def test_a_codebook_that_is_named_is_asked(project, capsys):
    for book in BOOKS:
        told = asked(project, capsys, "frequency", "--codebook", book)
        assert told["basis"]["codebook"].split()[0] == book
    assert main(["query", project, "frequency", "--codebook", "resilence"]) == 1
    assert "Did you mean resilience" in capsys.readouterr().err
    assert main(["query", project, "pmc", "--codebook", "resilience"]) == 1
    assert "has no index" in capsys.readouterr().err


def test_one_report_holds_what_any_of_its_codebooks_can_fill(
    project, alone, tmp_path: Path, capsys
):
    empty = {}
    for name, file in {"all": project, **alone}.items():
        capsys.readouterr()
        command = ["report", file, "--output", str(tmp_path / f"{name}.html")]
        assert main(["--language", "en", *command]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        empty[name] = set(last.partition("inside: ")[2].split(", ")) - {""}
    assert all(len(empty[one]) > len(empty["all"]) for one in BOOKS)
    assert empty["all"] == set.intersection(*(empty[one] for one in BOOKS))


def test_a_report_of_one_codebook_leaves_the_others_out(project, alone, tmp_path: Path, capsys):
    """As if the others were not in the project."""
    told = []
    for file, options in ((project, ["--codebook", "resilience"]), (alone["resilience"], [])):
        capsys.readouterr()
        command = ["report", file, "--output", str(tmp_path / "r.html"), *options]
        assert main(["--language", "en", *command]) == 0
        told.append(capsys.readouterr().out.splitlines()[-1])
    assert told[0] == told[1]
