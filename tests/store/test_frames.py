"""The DataFrames every query takes."""

from tests.store.conftest import make_document
from wenma.store.frames import codes_frame, codings_frame, documents_frame, units_frame


def test_every_excerpt_is_the_text_between_its_offsets(project, keep):
    document = make_document()
    keep(document)
    frame = codings_frame(project)
    assert [document.text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["excerpt"]
    )
    first = frame.iloc[0]
    assert (first["city"], first["plan"], first["period"]) == ("澜屿", "应急规划", "十四五")
    assert (first["section"], first["role"], first["kind"]) == ("一、任务", "tasks", "body")
    assert (first["rule"], first["evidence"]) == ("warn", "预警")
    assert first["line"] == 2
    assert (first["paragraph"], first["section_number"], first["unit"]) == (1, 0, 1)
    assert list(frame["ordinal"]) == list(frame["unit"] - 1)  # a heading comes first


def test_only_the_coder_asked_for(project, keep):
    keep(make_document())
    assert len(codings_frame(project, coder="rules:small@1")) == 3
    assert len(codings_frame(project, coder="王")) == 0


def test_a_documents_counts_leave_headings_apart(project, keep):
    keep(make_document())
    (row,) = documents_frame(project).to_dict("records")
    assert row["han"] == 3 + 7 + 4
    assert (row["countable"], row["heading_han"]) == (11, 3)
    assert (row["characters"], row["heading_characters"]) == (13, 4)
    assert (row["sections"], row["units"], row["headings"]) == (1, 2, 1)
    assert (row["paragraphs"], row["heading_paragraphs"]) == (2, 1)
    assert (row["text_sections"], row["heading_sections"]) == (1, 0)
    assert row["year"] == 2021


def test_every_unit_has_its_text_and_the_role_of_its_section(project, keep):
    document = make_document()
    keep(document)
    frame = units_frame(project)
    assert [document.text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["text"]
    )
    assert list(frame["text"]) == document.text.split("\n")
    assert list(frame["kind"]) == ["heading", "body", "body"]
    assert set(frame["role"]) == {"tasks"}
    assert list(frame["unit"]) == list(frame["paragraph"]) == [0, 1, 2]


def test_codes_stand_in_the_order_of_the_codebook(codebook):
    frame = codes_frame(codebook)
    assert list(frame["code"]) == ["stage", "stage/resist", "stage/absorb"]
    assert list(frame["parent"]) == ["", "stage", "stage"]
    assert list(frame["level"]) == [1, 2, 2]
