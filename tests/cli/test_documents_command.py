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


@pytest.fixture
def unstated(tmp_path: Path) -> str:
    """A project of files without a manifest."""
    folder = tmp_path / "found"
    folder.mkdir()
    report = (
        "各位代表：\n我代表上海市人民政府，向大会报告工作。\n一、2023年工作回顾\n过去一年平稳。"
    )
    (folder / "1.txt").write_text(report, encoding="utf-8")
    plan = "昆山市应急体系规划\n（2026年2月7日印发）\n一、任务\n加强灾害监测预警。"
    (folder / "2.txt").write_text(plan, encoding="utf-8")
    file = str(tmp_path / "found.db")
    assert main(["code", str(folder), "--codebook", BOOK, "--project", file]) == 0
    return file


def test_empty_attributes_are_guessed_with_their_grounds_and_nothing_is_written(unstated, capsys):
    before = asked(unstated, capsys)
    told = {
        (one["document"], one["attribute"]): one
        for one in asked(unstated, capsys, "--guess")["guesses"]
    }
    assert told["1.txt", "city"]["value"] == "上海" and told["1.txt", "city"]["sure"]
    assert "上海市人民政府" in told["1.txt", "city"]["ground"]
    assert told["1.txt", "year"]["value"] == "2024" and not told["1.txt", "year"]["sure"]
    assert told["2.txt", "date"]["where"] == "line 2"
    assert main(["documents", unstated, "--guess", "--document", "2.txt"]) == 0
    shown = capsys.readouterr().out
    assert "city  昆山  ← 昆山市应急体系规划 [title]" in shown and "1.txt" not in shown
    assert asked(unstated, capsys) == before


def test_guesses_are_taken_by_a_person_in_one_act_and_taken_back(unstated, capsys):
    before = asked(unstated, capsys)
    assert main(["documents", unstated, "--accept"]) == 2
    assert "--accept needs --person" in capsys.readouterr().err
    assert main(["documents", unstated, "--accept", "--person", "林一"]) == 0
    told = asked(unstated, capsys)
    assert of(told, "1.txt")["city"] == "上海" and of(told, "2.txt")["year"] == "2026"
    assert "year" not in of(told, "1.txt")  # inferred: to be taken by name
    assert main(["documents", unstated, "--accept", "year", "title", "--person", "林一"]) == 0
    assert of(asked(unstated, capsys), "1.txt")["year"] == "2024"
    assert main(["documents", unstated, "--accept", "year", "--person", "林一"]) == 0
    assert "there is no guess to take" in capsys.readouterr().out
    for _ in range(2):
        assert main(["documents", unstated, "--undo", "--person", "林一"]) == 0
    assert asked(unstated, capsys) == before


def test_what_is_stated_is_not_guessed_and_a_strange_name_is_refused(project, unstated, capsys):
    told = asked(project, capsys, "--guess")["guesses"]
    assert not {"city", "year", "title"} & {one["attribute"] for one in told}
    assert main(["documents", unstated, "--accept", "人口", "--person", "林一"]) == 2
    assert "人口 is not guessed" in capsys.readouterr().err


def test_regions_and_clusters_are_added_by_name(unstated, capsys):
    assert main(["documents", unstated, "--accept", "city", "--person", "林一"]) == 0
    assert main(["documents", unstated, "--regions", "--person", "林一"]) == 0
    add = ["documents", unstated, "--regions", "长三角", "成渝", "--person", "林一"]
    assert main(add) == 0
    assert "长江三角洲区域一体化发展规划纲要, 2019" in capsys.readouterr().out
    told = asked(unstated, capsys)
    stated = [(one["region"], one["cluster"]) for one in told["documents"]]
    assert stated == [("东部", "长三角")] * 2
    assert main(["query", unstated, "frequency", "--by", "cluster", "--format", "json"]) == 0
    assert {row["group"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"长三角"}
    assert main(add) == 0
    assert "no document is to be changed" in capsys.readouterr().out
    assert main(["documents", unstated, "--regions", "长三郊", "--person", "林一"]) == 1
    assert "there is no region or cluster" in capsys.readouterr().err
