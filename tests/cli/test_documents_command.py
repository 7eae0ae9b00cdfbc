"""wenma documents: attributes told, corrected and taken back."""

import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped

BOOK = str(shipped("codebooks") / "resilience.yaml")


@pytest.fixture
def project(tmp_path: Path) -> str:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text("加强灾害监测预警。", encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "path,title,city,year,人口,印发日期,地区\n"
        "甲.txt,甲规划,澜屿市,2021,120.5,2021年3月,东\n"
        "乙.txt,乙规划,璇江市,2022,87,2022-04-01,西\n"
        "丙.txt,丙规划,和槐市,2022,,,东\n",
        encoding="utf-8",
    )
    file = str(tmp_path / "study.db")
    assert main(["code", str(folder), "--codebook", BOOK, "--project", file]) == 0
    return file


def asked(project: str, capsys, *options: str) -> dict:
    capsys.readouterr()
    assert main(["documents", project, *options, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def correct(project: str, *given: str) -> int:
    return main(["documents", project, "--set", *given, "--person", "林一"])


def of(told: dict, id: str) -> dict:
    return next(one for one in told["documents"] if one["document"] == id)


def test_every_column_of_the_manifest_is_told_with_its_kind(project, capsys):
    told = asked(project, capsys)
    kinds = told["attributes"]
    assert (kinds["人口"], kinds["印发日期"], kinds["地区"]) == ("number", "date", "text")
    assert of(told, "甲.txt")["人口"] == "120.5"
    assert "人口" not in of(told, "丙.txt")
    assert main(["documents", project]) == 0
    shown = capsys.readouterr().out
    assert "人口 (number), 2 of 3 documents: 120.5, 87" in shown
    assert "地区 (text), 3 of 3 documents: 东, 西" in shown


def test_some_documents_are_told_and_one_that_is_not_there_is_refused(project, capsys):
    told = asked(project, capsys, "--document", "乙.txt")
    assert [one["document"] for one in told["documents"]] == ["乙.txt"]
    assert main(["documents", project, "--document", "丁.txt"]) == 1
    assert "丁.txt" in capsys.readouterr().err


def test_a_correction_counts_at_once_and_stands_in_the_history(project, capsys):
    assert correct(project, "地区=中", "省=云州", "--document", "甲.txt", "乙.txt") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("4 attributes are corrected")
    assert main(["query", project, "frequency", "--by", "地区", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["group"] for row in rows} == {"中", "东"}
    assert main(["history", project]) == 0
    assert "林一 correct" in capsys.readouterr().out


def test_undo_takes_the_whole_correction_back(project, capsys):
    before = asked(project, capsys)
    assert correct(project, "city=溪州市", "--document", "甲.txt", "乙.txt") == 0
    assert of(asked(project, capsys), "乙.txt")["city"] == "溪州市"
    assert main(["documents", project, "--undo", "--person", "林一"]) == 0
    assert asked(project, capsys) == before
    assert main(["documents", project, "--undo", "--person", "林一"]) == 2
    assert "the last act of 林一 that holds is nothing" in capsys.readouterr().err


def test_undo_takes_back_no_act_of_another_kind(project, capsys):
    cases = ["cases", project, "--attribute", "city", "--names", "灾害=溪州市", "--person", "林一"]
    assert main(cases) == 0
    assert main(["documents", project, "--undo", "--person", "林一"]) == 2
    assert "set_case" in capsys.readouterr().err


def test_a_correction_is_made_of_all_documents_or_of_none(project, capsys):
    before = asked(project, capsys)
    assert correct(project, "city=溪州市", "--document", "甲.txt", "丁.txt") == 1
    assert correct(project, "city=溪州市", "year=去年", "--document", "甲.txt") == 1
    assert asked(project, capsys) == before


def test_an_attribute_is_taken_away_by_nothing_after_the_sign(project, capsys):
    assert correct(project, "地区=", "--document", "甲.txt") == 0
    assert "地区" not in of(asked(project, capsys), "甲.txt")


def test_a_correction_outlives_the_manifest_read_again(project, tmp_path, capsys):
    assert correct(project, "地区=中", "--document", "甲.txt") == 0
    assert main(["code", str(tmp_path / "plans"), "--codebook", BOOK, "--project", project]) == 0
    assert of(asked(project, capsys), "甲.txt")["地区"] == "中"
