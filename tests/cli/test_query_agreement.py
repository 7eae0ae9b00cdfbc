"""`wenma query FILE.db agreement`: whom it compares, and what it says when it cannot."""

import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.records import Document, Paragraph, Unit
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project
from wenma.study.choice import choose
from wenma.study.study import Study

NOW = "2026-11-24T08:00:00+00:00"
YAML = """\
codebook: small
version: "1"
name: {zh: 小编码本}
codes:
  - id: stage
    name: {zh: 环节}
    codes:
      - {id: resist, name: {zh: 抵御}, rules: [{id: warn, terms: [预警]}]}
      - {id: absorb, name: {zh: 吸收}, rules: [{id: rescue, terms: [救援]}]}
"""
RULES = "rules:small@1"


@pytest.fixture
def project(tmp_path: Path) -> str:
    """One text of three units, coded by rules: 预警 in the first, 救援 in the second."""
    lines = ["完善预警。", "加强救援。", "储备物资。"]
    text = "\n".join(lines)
    starts = [0, 6, 12]
    document = Document(
        id="甲.txt",
        text=text,
        city="澜屿",
        paragraphs=tuple(Paragraph(at, at + 5, "body", -1) for at in starts),
    )
    units = [Unit(number, at, at + 5, "body", -1, number) for number, at in enumerate(starts)]
    codebook = parse_codebook(YAML)
    file = str(tmp_path / "study.db")
    with Project.open(file, create=True) as opened:
        opened.keep_codebook(codebook, now=NOW)
        opened.keep(
            document,
            units,
            Coder(codebook).code(document, units),
            codebook=codebook,
            unit_size="sentence",
            fingerprint="f",
            position=0,
            now=NOW,
        )
    return file


def put(project: str, person: str, *spans: tuple[int, int, str]) -> None:
    with Project.open(project) as opened:
        for start, end, code in spans:
            CodingSession(opened, person).code("甲.txt", start, end, f"stage/{code}", now=NOW)


def asked(project: str, capsys, *options: str) -> dict:
    assert main(["query", project, "agreement", *options, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def row_of(told: dict, code: str) -> dict:
    return next(row for row in told["rows"] if row["code"] == code)


def test_the_people_are_compared_when_nobody_is_named(project, capsys):
    put(project, "甲员", (0, 5, "resist"), (6, 11, "absorb"))
    put(project, "乙员", (0, 5, "resist"))
    told = asked(project, capsys)
    assert set(told["basis"]["coders"].split("; ")) == {"甲员", "乙员"}
    # What both coded alike is not made one.
    assert row_of(told, "stage/resist")["by_all"] == 1
    assert row_of(told, "stage/resist")["compared"] == 3
    assert row_of(told, "stage/absorb")["by_any"] == 1


def test_coders_are_compared_in_the_order_they_are_named(project, capsys):
    put(project, "甲员", (0, 5, "resist"), (12, 17, "resist"))
    told = asked(project, capsys, "--coder", RULES, "甲员")
    assert told["basis"]["coders"] == f"{RULES}; 甲员"
    assert row_of(told, "stage/resist")["by_each"] == "1; 2"
    told = asked(
        project, capsys, "--coders", "甲员", RULES, "--size", "character", "--resamples", "50"
    )
    assert row_of(told, "stage/resist")["by_each"] == "10; 5"


def test_the_rules_are_compared_with_a_person_only_when_they_are_named(project, capsys):
    put(project, "甲员", (0, 5, "resist"))
    assert main(["query", project, "agreement"]) == 1
    error = capsys.readouterr().err
    assert "only 甲员" in error and f"--coders 甲员 {RULES}" in error and error.count("\n") == 1
    named = asked(project, capsys, "--coders", "甲员", RULES)
    assert named["basis"]["coders"] == f"甲员; {RULES}"
    put(project, "乙员", (0, 5, "resist"))
    assert set(asked(project, capsys)["basis"]["coders"].split("; ")) == {"甲员", "乙员"}


def test_where_nobody_has_coded_by_hand_the_cure_is_told(project, capsys):
    assert main(["query", project, "agreement"]) == 1
    error = capsys.readouterr().err
    assert "wenma app" in error and RULES not in error and error.count("\n") == 1


def test_a_study_of_several_keeps_their_codings_apart_only_when_asked(project):
    put(project, "甲员", (0, 5, "resist"))
    put(project, "乙员", (0, 5, "resist"))
    with Study.open(project) as study:
        choice = choose(study.project, coder=["甲员", "乙员"])
        assert len(study.dataset(choice)) == 1
        assert len(study.dataset(choice, apart=True)) == 2
