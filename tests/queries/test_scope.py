"""Codes are counted together where both could stand, and told where they share their words."""

from pathlib import Path

import numpy as np
import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import QueryError
from wenma.queries.overlapping import _touching
from wenma.statistics.association import lift, phi
from wenma.study.study import Study

BOOK = parse_codebook(
    """\
codebook: scoped
version: "1"
name: {zh: 有范围的编码本}
scope: {rules: [{id: about, terms: [灾害]}]}
codes:
  - id: stage
    name: {zh: 阶段}
    codes:
      - {id: resist, name: {zh: 抵御}, rules: [{id: r, terms: [预警平台]}]}
      - {id: absorb, name: {zh: 吸收}, rules: [{id: a, terms: [救援]}]}
  - id: layer
    name: {zh: 层次}
    codes:
      - {id: technology, name: {zh: 技术}, rules: [{id: t, terms: [平台, 卫星]}]}
  - id: stance
    name: {zh: 立场}
    codes:
      - {id: done, name: {zh: 成效}, everywhere: true, rules: [{id: d, terms: [已建成]}]}
"""
)
# Six units in scope of ten.
TEXT = "\n".join(
    [
        "灾害预警平台已建成。",  # resist, technology on its words, done
        "灾害预警平台和卫星。",  # resist, technology on its words and on others
        "灾害救援。",
        "灾害救援已建成。",
        "灾害损失。",
        "灾害救援用卫星。",
        "道路已建成。",  # done, out of scope
        "学校已建成。",
        "农业。",
        "商业。",
    ]
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    with Study.create(tmp_path / "study.db", codebook=BOOK) as study:
        study.code(tmp_path / "甲.txt")
        yield study


def row(table, code, other):
    frame = table.frame
    (found,) = frame[(frame["code"] == code) & (frame["code_b"] == other)].to_dict("records")
    return found


def counts(found):
    return tuple(int(found[name]) for name in ("n11", "n1", "n2", "n", "overlapping"))


def test_codes_of_the_scope_are_counted_in_scope(study):
    table = study.ask("cooccurrence")
    found = row(table, "stage/resist", "stage/absorb")
    assert counts(found) == (0, 2, 3, 6, 0)
    assert found["phi"] == pytest.approx(float(phi(0, 2, 3, 6)))
    assert table.basis["in_scope"] == "6 of 10"


def test_a_code_that_stands_anywhere_is_counted_in_scope_beside_one_that_does_not(study):
    found = row(study.ask("cooccurrence"), "stage/absorb", "stance/done")
    assert counts(found) == (1, 3, 2, 6, 0)  # two of the four 已建成 are out of scope
    assert found["lift"] == pytest.approx(float(lift(1, 3, 2, 6)))


def test_a_unit_somebody_coded_is_in_scope(study):
    place = TEXT.index("农业")
    with study.session("林一") as session:
        session.code("甲.txt", place, place + 3, "stage/absorb")
    table = study.ask("cooccurrence", coder="reviewed")
    assert counts(row(table, "stage/resist", "stage/absorb"))[:4] == (0, 2, 4, 7)


def test_meetings_on_the_same_characters_are_told_and_left_out_by_one_option(study):
    found = row(study.ask("cooccurrence"), "stage/resist", "layer/technology")
    assert counts(found) == (2, 2, 3, 6, 2)
    less = row(study.ask("cooccurrence", disjoint=True), "stage/resist", "layer/technology")
    assert counts(less) == (0, 2, 3, 6, 2)
    found = row(study.ask("cooccurrence"), "stage/absorb", "layer/technology")
    assert counts(found) == (1, 3, 3, 6, 0)


def test_the_matrix_shows_both(study):
    cells = study.ask("matrix", rows=["stage"], columns=["layer"])
    assert cells.frame[["units", "overlapping"]].values.tolist() == [[2, 2], [1, 0]]
    left = study.ask("matrix", rows=["stage"], columns=["layer"], disjoint=True)
    assert left.frame["units"].tolist() == [0, 1]
    assert left.basis["overlapping"] == "left out"
    with pytest.raises(QueryError, match="excerpts cannot"):
        left.drill_through(0)
    with pytest.raises(QueryError):
        study.ask("matrix", rows=["stage"], columns=["city"], disjoint=True)


def test_a_paragraph_is_in_scope_where_a_unit_of_it_is(study):
    found = row(study.ask("cooccurrence", window="document"), "stage/resist", "stage/absorb")
    assert counts(found)[:4] == (1, 1, 1, 1)


def test_what_is_left_out_is_in_no_population(study):
    table = study.ask("cooccurrence", without="stance/done")
    assert counts(row(table, "stage/resist", "stage/absorb"))[:4] == (0, 1, 2, 4)


def test_a_project_coded_before_scopes_were_kept_learns_them(study):
    before = study.ask("cooccurrence").frame
    with study.project.exclusive() as connection:
        connection.exec_driver_sql("UPDATE coding_columns SET scope = NULL, scope_crc = NULL")
    study.forget()
    assert study.ask("cooccurrence").frame.equals(before)
    with study.project.exclusive() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM coding_columns WHERE scope IS NULL")
        assert kept.scalar() == 0


def test_where_people_alone_have_coded_the_rules_say_what_is_in_scope(tmp_path: Path):
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    with Study.create(tmp_path / "study.db", codebook=BOOK) as study:
        study.add(tmp_path / "甲.txt")
        with study.session("林一") as session:
            for words, code in (("灾害预警", "stage/resist"), ("灾害救援", "stage/absorb")):
                place = TEXT.index(words)
                session.code("甲.txt", place, place + 4, code)
        table = study.ask("cooccurrence", coder="林一")
    found = row(table, "stage/resist", "stage/absorb")
    assert (found["n11"], found["n1"], found["n2"], found["n"]) == (0, 1, 1, 6)


def test_places_of_evidence_are_those_of_the_evidence_itself(tmp_path: Path):
    for name in "甲乙丙":
        (tmp_path / f"{name}.txt").write_text(f"{name}地。\n{TEXT}", encoding="utf-8")
    with Study.create(tmp_path / "study.db", codebook=BOOK) as study:
        study.code(*(tmp_path / f"{name}.txt" for name in "丙甲乙"))
        whole = study.dataset()
        part = whole.of_cases((whole.cases["document"] != "甲.txt").to_numpy())
    for data in (whole, part):
        every = np.arange(len(data))[::-1]
        told = [(n, s.start, s.end) for n, e in enumerate(data.evidence(every)) for s in e]
        assert [*zip(*(one.tolist() for one in data.spans(every)), strict=True)] == told


def test_pairs_of_spans_that_share_characters_are_found_as_by_hand():
    random = np.random.default_rng(5)
    for _ in range(50):
        unit, start = random.integers(0, 4, 30), random.integers(0, 40, 30)
        end = start + random.integers(1, 9, 30)
        by_hand = {
            frozenset((i, j))
            for i in range(30)
            for j in range(i)
            if unit[i] == unit[j] and start[i] < end[j] and start[j] < end[i]
        }
        found = zip(*(one.tolist() for one in _touching(unit, start, end)), strict=True)
        assert {frozenset(pair) for pair in found} == by_hand
