import json
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample corpus, coded."""
    path = tmp_path_factory.mktemp("sample") / "study.db"
    book = str(shipped("codebooks") / "resilience.yaml")
    code = ["code", str(shipped("corpus")), "--codebook", book, "--project", str(path)]
    assert main([*code, "--format", "json"]) == 0
    return str(path)


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return json.loads(capsys.readouterr().out)["rows"]


def test_lines_are_printed_to_be_read(sample: str, capsys):
    assert main(["kwic", sample, "应急", "--limit", "7"]) == 0
    out = capsys.readouterr().out
    assert sum("[应急]" in line for line in out.splitlines()) == 7
    assert "--limit 0" in out and "统计依据：" in out


def test_each_hit_stands_at_its_offsets_in_the_document_of_the_project(sample: str, capsys):
    from wenma.store.project import Project

    assert main(["kwic", sample, r"应急\p{Han}{2}", "--regex", "--format", "json"]) == 0
    found = rows(capsys)
    assert len(found) > 5
    with Project.open(sample) as project:
        for row in found:
            text = project.document(row["document"]).text
            assert text[row["start"] : row["end"]] == row["hit"]


def test_the_question_and_the_command_give_the_same(sample: str, capsys):
    given = ["--sort", "left", "--code", "stage", "--format", "json"]
    main(["kwic", sample, "预警", *given])
    command = rows(capsys)
    main(["query", sample, "kwic", "--pattern", "预警", *given])
    assert rows(capsys) == command and len(command) > 3


@pytest.mark.parametrize("form", ["txt", "md", "csv", "xlsx", "json"])
def test_the_name_of_the_output_tells_the_format(sample: str, form: str, tmp_path: Path, capsys):
    output = tmp_path / f"lines.{form}"
    assert main(["kwic", sample, "预警", "--output", str(output)]) == 0
    assert output.stat().st_size > 200
    assert capsys.readouterr().out == ""


def test_a_format_that_is_none_of_them_is_refused(sample: str, tmp_path: Path, capsys):
    assert main(["kwic", sample, "预警", "--output", str(tmp_path / "lines.pdf")]) == 2
    assert "one of txt, md" in capsys.readouterr().err


def test_a_mistake_is_one_line_with_its_cure(sample: str, capsys):
    for pattern, more in (("(", ["--regex"]), ("", []), ("预警", ["--city", "无此市"])):
        assert main(["kwic", sample, pattern, *more]) == 1
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_units_left_out_are_gone_from_the_lines_and_the_words(sample: str, capsys):
    without = ["--without", "stance/commitment", "--format", "json"]
    main(["kwic", sample, "应急", "--limit", "0", "--format", "json"])
    every = rows(capsys)
    main(["kwic", sample, "应急", "--limit", "0", *without])
    fewer = rows(capsys)
    main(
        ["kwic", sample, "应急", "--limit", "0", "--code", "stance/commitment", "--format", "json"]
    )
    gone = rows(capsys)
    assert len(fewer) == len(every) - len(gone) and gone
    main(["query", sample, "words", "--top", "0", "--least", "1", *without])
    tf = {row["word"]: row["tf"] for row in rows(capsys)}
    main(["kwic", sample, "应急", "--whole", "--limit", "0", *without])
    assert tf["应急"] == len(rows(capsys))
