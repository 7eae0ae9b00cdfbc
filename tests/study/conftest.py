"""A study two people and the rules have coded, small enough to be counted by eye."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.queries.conftest import large as large
from tests.store.conftest import NOW, make_document
from tests.store.conftest import codebook as codebook
from tests.store.conftest import database as database
from tests.store.conftest import keep as keep
from tests.store.conftest import project as project
from tests.store.conftest import where as where
from wenma.codebook.yaml_file import parse_codebook
from wenma.records import Document
from wenma.store.coding_session import CodingSession, Settlement
from wenma.store.document_edits import Verdict
from wenma.store.project import Project
from wenma.study.study import Study

RULES = "rules:small@1"
OTHER = parse_codebook(
    """\
codebook: other
version: "1"
name: {zh: 另一本}
codes:
  - {id: people, name: {zh: 主体, en: Actor}, rules: [{id: p, terms: [社区]}]}
"""
)
STANDING = "一、任务\n加强预警和救援。\n储备物资。"
"""Coded by the rules: resist and absorb in unit 1, absorb in unit 2."""


def of_city(id: str, city: str, text: str = STANDING, **facts: object) -> Document:
    return replace(make_document(id, text), city=city, **facts)


@pytest.fixture
def study(project: Project, keep: Callable[..., None]) -> Study:
    """甲 and 乙 of 云州, 丙 of 溪州; two attributes of each."""
    keep(of_city("甲.txt", "云州", year=2021))
    keep(of_city("乙.txt", "云州", year=2026))
    keep(of_city("丙.txt", "溪州", year=2021))
    return Study(project)


def acting(study: Study, person: str) -> CodingSession:
    return CodingSession(study.project, person)


def verdict(document: str, start: int, end: int, code: str, said: str) -> Verdict:
    return Verdict(document, start, end, code, RULES, said)


def spans(study: Study, document: str) -> list[tuple[int, int, str]]:
    """What the rules coded, by place."""
    found = study.codings(document, coder=RULES)
    return sorted((one.start, one.end, one.code) for one in found)


@pytest.fixture
def decided(study: Study) -> Study:
    """In 甲: 林一 rejects one of the rules' codings, accepts one, adds one of her own.

    In 乙: 周二 and 林一 disagree on one, which is settled. In 丙 nobody has looked.
    """
    lin, zhou = acting(study, "林一"), acting(study, "周二")
    (a, b, c) = spans(study, "甲.txt")
    lin.decide([verdict("甲.txt", *a, "rejected")], now=NOW)
    lin.decide([verdict("甲.txt", *b, "accepted")], now=NOW)
    lin.code("甲.txt", c[0], c[1], "stage/resist", now=NOW)
    (d, *_) = spans(study, "乙.txt")
    lin.decide([verdict("乙.txt", *d, "accepted")], now=NOW)
    zhou.decide([verdict("乙.txt", *d, "rejected")], now=NOW)
    zhou.settle([Settlement("乙.txt", 1, ["stage/resist"])], "以周二为准", now=NOW)
    return study
