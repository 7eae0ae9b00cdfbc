"""Beside each pair's odds ratio stands what other documents might show."""

from pathlib import Path

import numpy as np
import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.statistics.clustered_odds import clustered_odds_interval
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
"""
)
PAIR = ("stage/resist", "layer/technology")
# Both on the same characters, both apart, one, the other, neither but in scope, out of scope.
LINES = ("灾害预警平台。", "灾害救援用卫星。", "灾害救援。", "灾害用卫星。", "灾害损失。", "农业。")
MANY = np.array(
    [
        [2, 3, 4, 2, 9, 20],
        [4, 1, 2, 5, 12, 7],
        [1, 2, 6, 1, 4, 30],
        [3, 5, 1, 4, 15, 2],
        [2, 4, 5, 3, 6, 11],
        [5, 2, 3, 6, 10, 3],
        [1, 6, 4, 2, 8, 9],
        [3, 3, 2, 7, 5, 16],
    ]
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    place: Path = tmp_path_factory.mktemp("odds")
    for number, counts in enumerate(MANY):
        lines = [line for line, many in zip(LINES, counts, strict=True) for _ in range(many)]
        (place / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")
    rows = [
        f"{number}.txt,{number},{'甲市' if number < 6 else '乙市'}" for number in range(len(MANY))
    ]
    (place / "manifest.csv").write_text("\n".join(["path,title,city", *rows, ""]), encoding="utf-8")
    with Study.create(place / "study.db", codebook=BOOK) as study:
        study.code(place)
        yield study


def interval(study, code, other, **options):
    frame = study.ask("cooccurrence", **options).frame
    rows = frame[(frame["code"] == code) & (frame["code_b"] == other)]
    return rows[["odds_low", "odds_high"]].to_numpy()


def by_hand(both, one, other, neither):
    """The documents' fourfold tables, as they were written."""
    cells = (both, both + one, both + other, both + one + other + neither)
    found = clustered_odds_interval(*(np.asarray(one)[:, None] for one in cells))
    return [found.low[0], found.high[0]]


def test_a_pair_has_the_interval_of_its_documents_in_scope(study):
    # 吸收 (救援) and 技术 (卫星, 平台): 农业 is out of scope and does not count.
    together, apart = MANY[:, 1], MANY[:, 2]
    technology, rest = MANY[:, 0] + MANY[:, 3], MANY[:, 4]
    wanted = by_hand(together, apart, technology, rest)
    assert interval(study, "stage/absorb", PAIR[1])[0] == pytest.approx(wanted)


def test_without_meetings_on_the_same_characters_the_interval_is_of_what_is_left(study):
    assert np.isnan(interval(study, *PAIR, disjoint=True)).all()  # no meeting is left
    assert np.isnan(interval(study, *PAIR)).all()  # 抵御 never stands without 技术
    apart = interval(study, "stage/absorb", PAIR[1], disjoint=True)
    assert apart[0] == pytest.approx(interval(study, "stage/absorb", PAIR[1])[0])


def test_each_group_has_the_interval_of_its_own_documents(study):
    first, second = interval(study, "stage/absorb", PAIR[1], by="city")
    own = MANY[:6]
    wanted = by_hand(own[:, 1], own[:, 2], own[:, 0] + own[:, 3], own[:, 4])
    assert first == pytest.approx(wanted)
    assert np.isnan(second).all()  # two documents are too few


def test_the_note_says_how_it_was_made_and_where_it_is_empty(study):
    (note,) = [one for one in study.ask("cooccurrence").notes if "jackknife" in one]
    assert "5 documents" in note and "刀切法" in note.zh
