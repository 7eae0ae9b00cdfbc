"""What a question leaves on disk."""

import csv
import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded."""
    path = tmp_path_factory.mktemp("written") / "s.db"
    book = str(shipped("codebooks") / "resilience.yaml")
    given = ["code", str(shipped("corpus")), "--codebook", book, "--project", str(path)]
    assert main([*given, "--format", "json"]) == 0
    return str(path)


def test_what_stood_there_stays_when_a_file_cannot_be_written_whole(
    sample: str, tmp_path: Path, capsys
):
    output = tmp_path / "t.csv"
    output.write_text("mine", encoding="utf-8")
    (tmp_path / "t.csv.part").mkdir()  # the place where the new one would grow
    assert main(["query", sample, "matrix", "--output", str(output)]) == 1
    error = capsys.readouterr().err
    assert "t.csv: cannot be written" in error and error.count("\n") == 1
    assert output.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "t.csv-metadata.json").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "asked", [["query", "{}", "matrix", "--by", "city"], ["kwic", "{}", "应急"]]
)
def test_a_csv_file_has_its_description_beside_it(sample: str, tmp_path: Path, asked, language):
    output = tmp_path / "表 1.csv"
    given = [one.format(sample) for one in asked]
    assert main([*given, "--language", language, "--output", str(output)]) == 0
    told = json.loads((tmp_path / "表 1.csv-metadata.json").read_text(encoding="utf-8"))
    assert told["@context"] == ["http://www.w3.org/ns/csvw", {"@language": language}]
    assert told["url"] == "%E8%A1%A8%201.csv"
    columns = told["tableSchema"]["columns"]
    with output.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert [column["titles"][language] for column in columns] == head
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        if column["datatype"] in ("integer", "number"):
            kind = int if column["datatype"] == "integer" else float
            assert [kind(cell) for cell in cells if cell]
    zh, en = (
        [
            body["value"]
            for note in told["notes"]
            for body in note["body"]
            if body["language"] == one
        ]
        for one in ("zh", "en")
    )
    assert zh[-1].startswith("统计依据：") and en[-1].startswith("Basis: ")
    assert len(zh) == len(en)


def test_a_printed_csv_is_pure_and_its_basis_goes_apart(sample: str, capsys):
    assert main(["query", sample, "matrix", "--format", "csv"]) == 0
    printed = capsys.readouterr()
    rows = list(csv.reader(printed.out.splitlines()))
    assert len({len(row) for row in rows}) == 1 and "统计依据" not in printed.out
    assert printed.err.splitlines()[-1].startswith("统计依据：")
