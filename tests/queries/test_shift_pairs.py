"""Paradigm shifts: what is a frame, what both poles, what one alone."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.shift_pairs import shift_pairs
from wenma.records import Document, Paragraph, Unit

YAML = """\
codebook: turns
version: "1"
name: {zh: 转型}
codes:
  - id: turn
    name: {zh: 转型}
    codes:
      - id: passive-to-active
        name: {zh: 被动到主动}
        rules:
          - {id: from-passive, pattern: '从被动[^。]*向主动'}
          - {id: both, near: {first: [被动应对], second: [主动预防], within: 20}}
      - {id: split-to-joint, name: {zh: 分割到协同}, rules: [{id: r, terms: [由分到合]}]}
      - id: one-pole
        name: {zh: 一极}
        rules:
          - {id: passive-or-active, terms: [被动应对, 主动预防], not_with: [从被动]}
          - {id: elsewhere, terms: [粗放]}
"""
LINES = [
    "从被动应对向主动预防转变。",
    "改变被动应对，做到主动预防。",
    "坚持主动预防。",
    "被动应对较多。",
    "管理粗放。",
]


@pytest.fixture
def turns():
    """One document, a line a unit: frame and both poles, both, one pole, one pole, of no pair."""
    book = parse_codebook(YAML)
    text, units, at = "", [], 0
    for number, line in enumerate(LINES):
        units.append(Unit(number, at, at + len(line), "body", -1, number))
        text, at = text + line, at + len(line)
    document = Document(id="甲", text=text, paragraphs=(Paragraph(0, at, "body", -1),))
    rows = [
        one._asdict()
        | {
            "kind": "body",
            "rule": "; ".join(dict.fromkeys(e.rule for e in one.evidence)),
            "evidence_spans": one.evidence,
            "excerpt": text[one.start : one.end],
        }
        for one in Coder(book).code(document, units)
    ]
    codes = pd.DataFrame([{"code": c.path, "zh": c.zh, "en": c.en} for c in book.codes])
    return dataset(
        pd.DataFrame(rows),
        documents=pd.DataFrame({"document": ["甲"], "city": ["云州"]}),
        codes=codes,
        together={("turn/passive-to-active", "both"): 2},
    )


def test_frame_both_poles_and_one_pole_are_told_apart(turns):
    table = shift_pairs(turns, pairs="turn")
    first, second = table.frame.to_dict("records")
    counted = ("units", "frame", "both_poles", "by_people", "one_pole")
    # Unit 1 has both poles, and its words count for no mention beside.
    assert [first[name] for name in counted] == [2, 1, 1, 0, 2]
    assert first["turned"] == 50 and "被动应对…主动预防 1" in first["words_found"]
    assert [second[name] for name in counted] == [0] * 5 and math.isnan(second["turned"])
    assert any("elsewhere" in note and "1 codings" in note for note in table.notes)


def test_what_a_person_coded_is_a_turn_by_people(turns):
    details = turns.details()
    person = details.iloc[[0]].assign(coder="林", rule="", unit=4, start=0, end=4)
    person["code"], person["evidence_spans"] = "turn/split-to-joint", [()]
    again = dataset(
        pd.concat([details, person], ignore_index=True), documents=turns.cases, codes=turns.codes,
        together=turns.together,
    )  # fmt: skip
    row = shift_pairs(again, pairs="turn").frame.iloc[1]
    assert (row["units"], row["by_people"], row["turned"]) == (1, 1, 100)


def test_numbers_lead_to_their_passages(turns):
    table = shift_pairs(turns, pairs="turn", by="city")
    assert len(excerpts(turns.where({"city": "云州"}), **_of(table.drill_through(0))).frame) == 2
    door = table.drill_through(0, "one_pole")
    assert (door["code"], door["rule"]) == ("turn/one-pole", "passive-or-active")
    assert len(excerpts(turns, **_of(door)).frame) >= table.frame["one_pole"][0]


def _of(door):
    return {name: said for name, said in door.items() if name != "where"}


def test_a_codebook_that_states_no_pairs_is_told_so(turns, large):
    with pytest.raises(QueryError, match="states no pairs"):
        large.ask(shift_pairs)
    alone = replace(turns, codes=turns.codes[turns.codes["code"] != "turn/one-pole"])
    assert any("no code of one pole" in note for note in shift_pairs(alone, pairs="turn").notes)
