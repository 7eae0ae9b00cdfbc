"""A changed codebook, tried first and then used, does what a new run of the main job does."""

import pytest

from tests.store.conftest import NOW, YAML, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.store.coding_session import CodingSession
from wenma.store.recoding import recode, trial

NEWER = parse_codebook(YAML.replace('"1"', '"2"').replace("预警", "加强").replace(", 物资", ""))


@pytest.fixture
def coded(project, keep):
    keep(make_document())
    keep(make_document("乙.txt", text="二、保障\n储备物资。"))
    return project


def spans(project, coder):
    return [
        (one.document, one.unit, one.start, one.end, one.code, one.evidence)
        for id in project.document_ids()
        for one in project.codings(id, coder=coder)
    ]


def test_a_trial_says_what_would_come_and_go_and_writes_nothing(coded):
    before = spans(coded, None)
    result = trial(coded, NEWER, against="rules:small@1")
    assert result.gone == {"stage/absorb": 2} and not result.added
    assert result.kept == {"stage/resist": 1, "stage/absorb": 1}
    assert {(one.text, one.added) for one in result.some} == {("储备物资。", False)}
    assert spans(coded, None) == before and len(coded.codebooks()) == 1


def test_recoding_is_what_a_new_run_makes(coded, keep):
    assert recode(coded, NEWER, now=lambda: NOW).documents == 2
    mine = spans(coded, "rules:small@2")
    assert mine and spans(coded, "rules:small@1")
    keep(make_document(), codebook=NEWER)
    keep(make_document("乙.txt", text="二、保障\n储备物资。"), codebook=NEWER)
    assert spans(coded, "rules:small@2") == mine
    assert coded.codebooks()[-1].version == "2"


def test_people_keep_their_codings(coded):
    CodingSession(coded, "林").code("甲.txt", 7, 9, "stage/resist", now=NOW)
    recode(coded, NEWER, now=lambda: NOW)
    assert [one.code for one in coded.codings("甲.txt", coder="林")] == ["stage/resist"]
