"""A new version of a document, looked at before it takes the old one's place."""

import json
from pathlib import Path

import pytest

from tests.study.conftest import STANDING
from wenma.cli.main import main
from wenma.errors import ProjectError, SourceError
from wenma.study.document_changes import compare_document


@pytest.fixture
def newer(tmp_path: Path) -> str:
    file = tmp_path / "甲.txt"
    file.write_text("储备物资。\n一、任务\n加强预警和各类救援。\n建设场所。", encoding="utf-8")
    return str(file)


def test_paragraphs_and_peoples_work_are_told(decided, newer):
    found = compare_document(decided, "甲.txt", newer)
    counts = {kind: found.count(kind) for kind in ("same", "moved", "changed", "gone", "new")}
    assert counts == {"same": 1, "moved": 1, "changed": 1, "gone": 0, "new": 1}
    # Two verdicts and a coding: those on 加强预警和救援。 lose their words, the others move.
    assert found.lost.total() + found.carried.total() == len(found.work) > 0
    assert found.kept.total() == 0 and found.lost.total() > 0


def test_what_is_told_is_what_happens_when_the_document_is_replaced(decided, newer, keep):
    from dataclasses import replace

    from wenma.sources.reading import read

    told = compare_document(decided, "甲.txt", newer)
    keep(replace(read(newer)[0], id="甲.txt"), fingerprint="newer")
    lost = [(one.table, one.person, one.words) for one in told.work if not one.found]
    kept_apart = decided.project.unplaced()
    assert lost == [(one.table, one.person, one.words) for one in kept_apart]


def test_a_document_beside_itself_or_its_twin_keeps_everything(decided):
    found = compare_document(decided, "甲.txt", "丙.txt")
    assert {one.kind for one in found.changes} == {"same"}
    assert found.kept.total() == len(found.work) > 0
    assert "".join(found.old) == STANDING.replace("\n", "")


def test_nothing_is_written(decided, newer):
    before = decided.change_token()
    compare_document(decided, "甲.txt", newer)
    assert decided.change_token() == before


def test_what_is_not_there_is_refused(decided, tmp_path, newer):
    with pytest.raises(ProjectError):
        compare_document(decided, "丁.txt", newer)
    with pytest.raises(SourceError):
        compare_document(decided, "甲.txt", str(tmp_path / "无.txt"))


def test_the_command_prints_it_in_both_languages_and_as_json(decided, newer, capsys):
    if "postgresql" in decided.name:
        pytest.skip("one kind of project is enough here")
    asked = ["documents", decided.name, "--compare", "甲.txt", newer]
    assert main([*asked, "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "1 same, 1 moved, 1 changed, 0 gone, 1 new" in said and "{+" in said
    assert "not found again: " in said
    assert main([*asked, "--language", "zh"]) == 0
    assert "找不到" in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in told["paragraphs"]].count("changed") == 1
