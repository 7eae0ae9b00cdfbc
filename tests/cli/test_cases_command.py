"""wenma cases: a passage counts in another city than its document."""

import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped

BOOK = str(shipped("codebooks") / "resilience.yaml")
TEXT = """\
一、监测

澜屿市加强灾害监测预警，成效好；璇江市预警能力不足。

二、救援

璇江市组织抢险救援。两地都要开展风险普查。
"""
CITIES = ["--attribute", "city", "--names", "澜屿市", "璇江市"]
PARTS = ["--attribute", "part", "--headings", "监测", "二、=应对"]


@pytest.fixture
def project(tmp_path: Path) -> str:
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    file = str(tmp_path / "study.db")
    given = ["code", str(tmp_path / "甲.txt"), "--codebook", BOOK, "--project", file]
    assert main([*given, "--unit", "clause"]) == 0
    return file


def cases(project: str, *given: str) -> int:
    person = [] if "--try" in given or "--list" in given else ["--person", "林一"]
    return main(["cases", project, *given, *person])


def cells(project: str, capsys, rows: str, columns: str) -> dict[tuple[str, str], int]:
    capsys.readouterr()
    asked = ["query", project, "matrix", "--rows", rows, "--columns", columns]
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["rows"]
    return {(one["group"], one["group_b"]): one["units"] for one in told if one["units"]}


def test_what_is_tried_is_printed_and_not_kept(project, capsys):
    capsys.readouterr()
    assert cases(project, *CITIES, "--try") == 0
    shown = capsys.readouterr().out
    assert "city=澜屿市 (rule:names) 澜屿市加强灾害监测预警" in shown
    assert shown.splitlines()[-1] == "3 passages found, none kept"
    assert cases(project, "--list") == 0
    assert capsys.readouterr().out == ""


def test_a_text_on_two_cities_becomes_a_table_of_parts_by_cities(project, capsys):
    assert cases(project, *CITIES) == 0
    assert cases(project, *PARTS) == 0
    counted = cells(project, capsys, "part", "city")
    assert set(counted) >= {("监测", "澜屿市"), ("监测", "璇江市"), ("应对", "璇江市")}
    assert ("应对", "澜屿市") not in counted
    assert main(["query", project, "frequency", "--where", "city=澜屿市", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    used = {row["code"] for row in rows if row["references"]}
    assert "stage/resist" in used and "stage/absorb" not in used


def test_the_same_rules_again_keep_nothing_twice(project, capsys):
    assert cases(project, *CITIES) == 0
    assert "3 passages are kept; 0 were kept before" in capsys.readouterr().out
    assert cases(project, *CITIES) == 0
    assert "0 passages are kept; 3 were kept before" in capsys.readouterr().out


def test_cases_are_listed_cleared_and_brought_back(project, capsys):
    assert cases(project, *CITIES) == 0
    assert cases(project, *PARTS) == 0
    capsys.readouterr()
    assert cases(project, "--list", "--attribute", "part") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and all("(rule:headings)" in one for one in lines)
    assert cases(project, "--clear", "--attribute", "city") == 0
    assert "3 passages" in capsys.readouterr().out
    assert cases(project, "--list") == 0
    assert capsys.readouterr().out.splitlines() == lines
    assert cases(project, "--undo") == 0
    capsys.readouterr()
    assert cases(project, "--list") == 0
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_a_name_reaches_to_the_end_of_its_paragraph_where_that_is_said(project, capsys):
    capsys.readouterr()
    assert cases(project, *CITIES, "--reach", "paragraph", "--try") == 0
    (last,) = [one for one in capsys.readouterr().out.splitlines() if "救援" in one]
    assert "风险普查" in last


def test_rules_that_find_nothing_change_nothing(project, capsys):
    capsys.readouterr()
    assert cases(project, "--attribute", "city", "--names", "溪州市") == 0
    assert capsys.readouterr().out == "no such passage is found\n"
    assert main(["history", project]) == 0
    assert "林一" not in capsys.readouterr().out


def test_the_papers_comparison_of_two_cities_fills_its_six_cells(tmp_path: Path, capsys):
    paper = Path(__file__).resolve().parents[3] / "shared" / "method" / "framework_paper.txt"
    if not paper.exists():
        pytest.skip("needs the paper in ../shared, which is not here")
    file = str(tmp_path / "paper.db")
    assert main(["code", str(paper), "--codebook", BOOK, "--project", file]) == 0
    numbers = ["5.1", "5.2", "5.3"]
    assert cases(file, "--attribute", "dimension", "--headings", *numbers) == 0
    assert cases(file, "--attribute", "city", "--names", "成都", "深圳") == 0
    counted = cells(file, capsys, "dimension", "city")
    dimensions = {row for row, _ in counted} - {""}
    assert len(dimensions) == 3
    for city in ("成都", "深圳"):
        assert all(counted.get((one, city), 0) >= 1 for one in dimensions)
    pairs = {f"{one} · {city}" for one in dimensions for city in ("成都", "深圳")}
    by = ["--by", "dimension", "city", "--format", "json"]
    for question in ("stance_shift", "assessment"):
        assert main(["query", file, question, *by]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        # Where only a stance is coded, and nothing it could be of, the cell says so with a zero.
        assert pairs <= {row["group"] for row in rows}, question
        assert pairs & {row["group"] for row in rows if row["units"]}, question
