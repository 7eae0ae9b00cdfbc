"""Codings as columns are the codings, in the same order and with the same numbers."""

import pytest

from tests.store.conftest import NOW, YAML, cut, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.store.coding_session import CodingSession
from wenma.store.columns import coding_columns, coding_evidence
from wenma.store.copying import copy_project
from wenma.store.frames import codings_frame
from wenma.store.project import Project
from wenma.store.recoding import recode

RULES, NEWER = "rules:small@1", "rules:small@2"
NEW = parse_codebook(YAML.replace('"1"', '"2"').replace("救援, 物资", "救援"))
LONG = "一、预警任务\n加强预警、救援、物资储备和救援演练。\n储备物资。"


def same(project: Project, coders: list[str]) -> int:
    """Compare every column with the frame of the same coders; how many codings there are."""
    asked, frame = coding_columns(project, coders), codings_frame(project, coder=coders)
    assert [asked.documents[n] for n in asked.document] == list(frame["document"])
    assert [asked.coders[n] for n in asked.coder] == list(frame["coder"])
    assert [asked.paths[n] for n in asked.code] == list(frame["code"])
    assert [asked.rule_lists[n] for n in asked.rules] == list(frame["rule"])
    assert list(asked.heading) == list(frame["kind"] == "heading")
    for name, column in (("section", "section_number"), *((n, n) for n in
                         ("unit", "start", "end", "paragraph", "ordinal"))):  # fmt: skip
        assert getattr(asked, name).tolist() == frame[column].tolist(), name
    evidence = coding_evidence(project, coders)
    assert evidence == list(frame["evidence_spans"])
    anchors = [
        next((one.start for one in spans if start <= one.start < end), start)
        for spans, start, end in zip(evidence, frame["start"], frame["end"], strict=True)
    ]
    assert asked.anchor.tolist() == anchors
    return len(asked)


@pytest.fixture
def two(project, keep) -> Project:
    """Two documents by two versions of the rules, and by hand between and after them."""
    keep(make_document(text=LONG))
    desk = CodingSession(project, "林一")
    desk.code("甲.txt", 7, 26, "stage/resist", now=NOW)
    keep(make_document("乙.txt"))
    desk.code("乙.txt", 7, 9, "stage/absorb", now=NOW)
    desk.code("甲.txt", 5, 12, "stage/absorb", now=NOW)  # across two units: a free span
    recode(project, NEW, now=lambda: NOW)
    return project


@pytest.mark.parametrize(
    ("coders", "count"),
    [([RULES], 7), ([NEWER], 5), (["林一"], 3), ([RULES, "林一"], 10), ([NEWER, RULES], 12),
     (["无名"], 0), ([], 0)],
)  # fmt: skip
def test_columns_are_the_codings_of_the_coders_asked_for(two, coders, count):
    assert same(two, coders) == count


def test_every_document_is_named_though_nobody_coded_it(two):
    assert coding_columns(two, []).documents == ("乙.txt", "甲.txt")


def test_a_document_coded_again_has_its_new_codings_only(project, keep):
    keep(make_document(text=LONG))
    keep(make_document("乙.txt"))
    keep(make_document("乙.txt", text="一、任务\n只说预警。"), fingerprint="g")
    assert same(project, [RULES]) == 5
    keep(make_document("乙.txt", text="一、任务\n什么也不说。"), fingerprint="h")
    assert same(project, [RULES]) == 4
    assert project.coders() == {RULES: 4}


def test_a_copied_project_counts_the_same(two, tmp_path):
    with Project.open(tmp_path / "copy.db", create=True) as there:
        copy_project(two, there)
        assert same(there, [RULES, NEWER, "林一"]) == 15


def test_a_fault_in_the_middle_leaves_neither_codings_nor_columns(project, keep, codebook):
    keep(make_document())
    before = coding_columns(project, [RULES]).start.tolist()
    wrong = [one._replace(code=None) for one in project.codings("甲.txt")]
    with pytest.raises(ProjectError):
        project.keep(
            make_document(), cut(make_document()), wrong, codebook=codebook,
            unit_size="sentence", fingerprint="f", position=0, now=NOW,
        )  # fmt: skip
    assert coding_columns(project, [RULES]).start.tolist() == before


def test_an_answer_is_remembered_under_its_token_alone(project):
    project.remember("问", "一", b"\x00\x01", NOW)
    assert project.recall("问", "一") == b"\x00\x01"
    assert project.recall("问", "二") is None
    project.remember("问", "二", b"\x02", NOW)
    assert (project.recall("问", "一"), project.recall("问", "二")) == (None, b"\x02")


def test_what_cannot_be_remembered_is_let_go(tmp_path):
    path = tmp_path / "study.db"
    with Project.open(path, create=True) as project:
        with project.exclusive() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        project.remember("问", "一", b"\x00", NOW)
        assert project.recall("问", "一") is None
