"""--coder reviewed and decided: what people said of the rules' codings counts."""

import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.study.study import Study

YAML = """\
codebook: small
version: "1"
name: {zh: 小编码本}
codes:
  - {id: resist, name: {zh: 抵御}, rules: [{id: warn, terms: [预警]}]}
  - {id: absorb, name: {zh: 吸收}, rules: [{id: rescue, terms: [救援]}]}
"""
RULES = "rules:small@1"


@pytest.fixture
def project(tmp_path: Path) -> str:
    """甲市: four proposals, of which one is accepted and one rejected. 乙市: two, undecided."""
    (tmp_path / "book.yaml").write_text(YAML, encoding="utf-8")
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in (("甲", "完善预警。\n加强预警。\n开展救援。\n组织救援。"),
                       ("乙", "完善预警。\n开展救援。\n储备物资。")):  # fmt: skip
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "path,title,city\n甲.txt,甲规划,甲市\n乙.txt,乙规划,乙市\n", encoding="utf-8"
    )
    file = str(tmp_path / "study.db")
    book = str(tmp_path / "book.yaml")
    assert main(["code", str(folder), "--codebook", book, "--project", file]) == 0
    with Study.open(file) as study, study.session("林一") as session:
        first, second, *_ = study.codings("甲.txt", coder=RULES)
        session.accept(first)
        session.reject(second)
        added = study.document("乙.txt").text.index("储备")
        session.code("乙.txt", added, added + 5, "absorb")
    return file


def asked(project: str, capsys, name: str, *options: str) -> dict:
    capsys.readouterr()
    assert main(["query", project, name, *options, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def references(told: dict) -> dict[str, int]:
    return {row["code"]: row["references"] for row in told["rows"]}


def test_what_somebody_rejected_counts_nowhere_in_reviewed(project, capsys):
    assert references(asked(project, capsys, "frequency")) == {"resist": 3, "absorb": 3}
    reviewed = asked(project, capsys, "frequency", "--coder", "reviewed")
    assert references(reviewed) == {"resist": 2, "absorb": 4}
    assert reviewed["basis"]["coder"] == "reviewed"
    passages = asked(project, capsys, "excerpts", "--code", "resist", "--coder", "reviewed")
    assert len(passages["rows"]) == 2
    crossed = asked(
        project, capsys, "matrix", "--rows", "resist", "--columns", "city", "--coder", "reviewed"
    )
    assert sum(row["units"] for row in crossed["rows"]) == 2


def test_decided_counts_what_people_accepted_or_made_and_nothing_else(project, capsys):
    decided = asked(project, capsys, "frequency", "--coder", "decided")
    assert references(decided) == {"resist": 1, "absorb": 1}
    assert decided["basis"]["coder"] == "decided"


@pytest.mark.parametrize("coder", ["reviewed", "decided"])
def test_the_basis_says_how_many_are_decided_and_that_groups_are_uneven(project, capsys, coder):
    whole = asked(project, capsys, "frequency", "--coder", coder)
    assert whole["basis"]["decided"] == "2 of 6"
    by_city = asked(project, capsys, "frequency", "--coder", coder, "--by", "city")
    told = by_city["basis"]["decided"]
    assert told.startswith("2 of 6") and "甲市 2 of 4" in told and "乙市 0 of 2" in told
    assert any("uneven" in str(note) or "不均衡" in str(note) for note in by_city["notes"])
    rules = asked(project, capsys, "frequency", "--by", "city")
    assert "decided" not in rules["basis"]
    assert not any("uneven" in str(note) or "不均衡" in str(note) for note in rules["notes"])


def test_reviewed_is_asked_by_itself(project, capsys):
    assert main(["query", project, "frequency", "--coder", "reviewed", RULES]) == 1
    assert "reviewed is asked by itself" in capsys.readouterr().err


def test_a_report_of_reviewed_codings_counts_as_the_question_does(project, tmp_path, capsys):
    file = tmp_path / "r.html"
    assert main(["report", project, "--output", str(file), "--coder", "reviewed"]) == 0
    text = file.read_text(encoding="utf-8")
    assert "2（共 6）" in text and "reviewed" in text


def test_a_document_that_cannot_be_replaced_is_named_and_the_tables_keep_their_numbers(
    project, tmp_path, capsys
):
    before = asked(project, capsys, "frequency", "--by", "city")
    folder = tmp_path / "plans"
    (folder / "甲.txt").write_bytes(b"\xff\xfe\x00" * 5)  # of no encoding
    (folder / "丙.txt").write_text("完善预警。", encoding="utf-8")
    with (folder / "manifest.csv").open("a", encoding="utf-8") as manifest:
        manifest.write("丙.txt,丙规划,丙市\n")
    book = str(tmp_path / "book.yaml")
    capsys.readouterr()
    given = ["code", str(folder), "--codebook", book, "--project", project, "--format", "json"]
    assert main(given) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["document"] for one in told["failed"]] == ["甲.txt"] and told["coded"] == 1
    after = asked(project, capsys, "frequency", "--by", "city")
    kept = {(row["group"], row["code"]): row["references"] for row in after["rows"]}
    for row in before["rows"]:
        assert kept[row["group"], row["code"]] == row["references"]
    assert kept["丙市", "resist"] == 1
