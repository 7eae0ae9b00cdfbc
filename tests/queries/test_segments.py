"""Clauses and sentences of units, and what stands in them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import QueryError
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.leave_one_out import leave_one_out, on_terms
from wenma.queries.robustness import robustness
from wenma.queries.segments import segment_membership, segments
from wenma.records import Evidence
from wenma.sources.reading import read
from wenma.store.frames import codes_frame, codings_frame, documents_frame, units_frame
from wenma.study.coding_run import in_memory
from wenma.study.notebook import code_documents as code

BOOK = """
codebook: small
version: "1"
name: {zh: 小}
codes:
  - id: stage
    name: {zh: 阶段}
    codes:
      - {id: resist, name: {zh: 抵御}, rules: [{id: warn, terms: [预警, 监测]}]}
      - id: absorb
        name: {zh: 吸收}
        rules:
          - {id: stock, near: {first: [物资], second: [储备], within: 4}}
          - {id: rescue, terms: [救援]}
"""


def frame_of(*rows):
    columns = ["document", "kind", "paragraph", "start", "end", "text"]
    return pd.DataFrame(
        [(d, k, p, s, s + len(text), text) for d, k, p, s, text in rows], columns=columns
    )


UNITS = frame_of(
    ("a", "heading", 0, 0, "一、任务，目标"),
    ("a", "body", 1, 8, "建设平台，完善预警；"),
    ("a", "body", 1, 18, "储备物资。"),
    ("b", "body", 0, 0, "监测，救援。"),
)
NUMBERS = np.array([0, 0, 0, 1])


def spans(found):
    return list(zip(found.document.tolist(), found.start.tolist(), found.end.tolist(), strict=True))


def test_units_are_cut_at_commas_and_a_heading_is_whole():
    found = segments(UNITS, NUMBERS, "clause", headings=True)
    assert spans(found) == [(0, 0, 7), (0, 8, 13), (0, 13, 18), (0, 18, 23), (1, 0, 3), (1, 3, 6)]
    assert spans(segments(UNITS, NUMBERS, "clause", headings=False)) == spans(found)[1:]


def test_clauses_of_one_paragraph_are_put_together_to_sentences():
    clauses = frame_of(
        ("a", "body", 0, 0, "建设平台，"),
        ("a", "body", 0, 6, "完善预警。"),
        ("a", "body", 1, 12, "储备物资。"),
    )
    found = segments(clauses, np.zeros(3, dtype=np.int64), "sentence", headings=False)
    assert spans(found) == [(0, 0, 11), (0, 12, 17)]


def test_a_coding_stands_where_its_evidence_does_or_wherever_it_reaches():
    found = segments(UNITS, NUMBERS, "clause", headings=False)
    codings = pd.DataFrame(
        {
            "start": [8, 8, 8, 12],
            "end": [18, 18, 18, 20],
            # 预警; nothing; words of the heading above; a free span over three clauses.
            "evidence_spans": [(Evidence("r", 15, 17),), (), (Evidence("r", 0, 2),), ()],
        }
    )
    start, end = (codings[one].to_numpy() for one in ("start", "end"))
    at, piece = segment_membership(
        [*codings["evidence_spans"]], np.zeros(4, dtype=np.int64), start, end, found
    )
    assert list(zip(at.tolist(), piece.tolist(), strict=True)) == [
        (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2),
    ]  # fmt: skip


TEXT = "完善预警，储备应急物资储备。\n\n监测，预警和救援；救援。\n\n物资储备与救援，预警。\n"


@pytest.fixture
def read_text(tmp_path):
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    return read(tmp_path / "甲.txt")


@pytest.fixture
def coded(read_text):
    """A text coded by rules in memory, with its units."""
    with in_memory(read_text, parse_codebook(BOOK), now="2026-01-01") as study:
        codes = codes_frame(parse_codebook(BOOK))
        return dataset(
            codings_frame(study),
            documents=documents_frame(study),
            codes=codes,
            units=units_frame(study),
            together={("stage/absorb", "stock"): 2},
        )


def test_codes_of_one_sentence_need_not_share_a_clause(coded):
    pair = {"code": "stage/resist", "code_b": "stage/absorb"}

    def row(**options):
        frame = cooccurrence(coded, **options).frame
        return frame[(frame[list(pair)] == pd.Series(pair)).all(axis=1)].iloc[0]

    sentence, clause = row(), row(window="clause")
    # Sentences: 1 both, 2 both, 3 rescue only, 4 both. Clauses: only 预警和救援 has both.
    assert sentence[["n11", "n1", "n2", "n"]].tolist() == [3, 3, 4, 4]
    assert clause[["n11", "n1", "n2", "n"]].tolist() == [1, 4, 4, 7]
    assert row(window="sentence")[["n11", "n1", "n2", "n"]].tolist() == [3, 3, 4, 4]
    behind = excerpts(coded, code="stage/resist", also="stage/absorb", window="clause")
    assert behind.frame["excerpt"].tolist() == ["监测，预警和救援；"]


def test_the_order_is_compared_by_units_of_every_size(coded):
    table = robustness(coded).frame.set_index("variant")
    assert {"clauses", "paragraphs", "sections"} <= set(table.index)
    assert "sentences" not in table.index  # the units are sentences
    # Sentences: absorb 4 before resist 3. Clauses: four each; paragraphs: three each.
    for variant in ("clauses", "paragraphs"):
        found = table.loc[variant, ["code", "rank", "rank_then"]].tolist()
        assert found == ["stage/resist", 2, 1.5], variant
    without = robustness(replace(coded, load_units=None))
    assert "clauses" not in set(without.frame["variant"])
    assert any("Not counted by clauses, sentences" in note for note in without.notes)


@pytest.mark.parametrize("term", ["预警", "监测", "物资", "储备", "救援"])
def test_without_a_term_falls_what_rules_without_it_would_not_code(coded, read_text, term):
    made = coded.grouped("robustness")
    leaves = np.array([made.tree.at["stage/resist"], made.tree.at["stage/absorb"]])
    fallen = dict(leave_one_out(made, leaves, on_terms(made)).fallen(0)).get(
        term, np.zeros(2, dtype=int)
    )
    # The same text coded by rules that do not know the word.
    without = parse_codebook(BOOK.replace(term, "无此词"))
    left = code(read_text, without)["code"].value_counts()
    before = coded.details()["code"].value_counts()
    for path, count in zip(("stage/resist", "stage/absorb"), fallen, strict=True):
        assert before[path] - left.get(path, 0) == count, (term, path)


def test_whole_sections_are_not_cut_and_it_is_said(tmp_path):
    (tmp_path / "甲.txt").write_text("一、任务\n\n加强预警。\n\n开展救援。\n", "utf-8")
    with in_memory(read(tmp_path / "甲.txt"), parse_codebook(BOOK), now="2026-01-01") as study:
        data = dataset(
            codings_frame(study), documents=documents_frame(study), units=units_frame(study)
        )
    # A unit that is a whole section has no paragraph of its own.
    data = replace(data, columns=replace(data.columns, paragraph=None))
    for window in ("clause", "sentence", "paragraph"):
        with pytest.raises(QueryError, match="no column paragraph"):
            cooccurrence(data, window=window)
    assert len(cooccurrence(data, window="section").frame)
    ways = set(robustness(data).frame["variant"])
    assert "sections" in ways and not {"clauses", "sentences", "paragraphs"} & ways
