import pandas as pd
import pytest

from wenma.queries.copies import copies
from wenma.queries.dataset import dataset
from wenma.queries.documents import documents
from wenma.queries.table import query
from wenma.study.question import put

SIGNS = "".join(map(chr, range(0x4E00, 0x5200)))
TEXTS = {
    "甲": SIGNS[:400],
    "乙": SIGNS[400:800],
    "甲又": SIGNS[:400] + "。",
    "甲改": SIGNS[:380] + SIGNS[900:920],
    "乙摘": SIGNS[400:600],
    "乙续": SIGNS[600:800] + SIGNS[800:980],
}
"""A document, another, a copy and a near copy of the first, a part of the second, and kin of it."""


@pytest.fixture
def study():
    """A dataset of one unit and one coding for each document."""
    units = pd.DataFrame(
        [
            {"document": name, "unit": 0, "kind": "body", "section": 0, "paragraph": 0,
             "role": "other", "start": 0, "end": len(text), "text": text}
            for name, text in TEXTS.items()
        ]
    )  # fmt: skip
    codings = units.assign(code="stage", coder="规则")
    facts = pd.DataFrame(
        {"document": [*TEXTS], "city": ["东", "西", "东", "东", "西", "西"], "units": 1}
    )
    codes = pd.DataFrame({"code": ["stage"], "parent": "", "level": 1, "dimension": "stage"})
    return dataset(codings, documents=facts, units=units, codes=codes)


def rows(table):
    frame = table.frame[["document", "other", "kinship"]]
    return list(frame.itertuples(index=False, name=None))


KIN = [
    ("甲又", "甲", "same text"),
    ("甲改", "甲", "near copy"),
    ("乙摘", "乙", "inside"),
    ("乙续", "乙", "akin"),
]


def test_each_document_stands_beside_the_one_it_is_most_like(study):
    table = copies(study)
    assert rows(table) == KIN
    near, inside = table.frame.iloc[1], table.frame.iloc[2]
    # 400 characters have 393 runs of eight; of the near copy's, the first 373 are the same.
    assert near["in_other"] == pytest.approx(100 * 373 / 393)
    assert near["likeness"] == pytest.approx(100 * 373 / (2 * 393 - 373))
    assert inside["in_other"] == 100 and inside["of_other"] == pytest.approx(100 * 193 / 393)
    assert table.basis["copies"] == "3"


def test_by_city_there_is_a_block_for_each(study):
    frame = copies(study, by="city").frame
    assert list(zip(frame["group"], frame["document"], strict=True)) == [
        ("东", "甲又"), ("东", "甲改"), ("西", "乙摘"), ("西", "乙续")
    ]  # fmt: skip


def test_documents_that_were_not_chosen_have_no_kin(study):
    assert rows(copies(study.where({"document": ["甲又", "甲改", "乙摘"]}))) == [
        ("甲改", "甲又", "near copy")
    ]
    table = copies(study.where({"document": ["乙摘"]}))
    assert not len(table.frame) and any("No document is a copy" in note for note in table.notes)


def test_the_sample_table_marks_copies_and_not_what_is_only_akin(study):
    frame = documents(study).frame.set_index("document")
    assert frame["copy_of"].to_dict() == {
        "甲": "", "乙": "", "甲又": "甲", "甲改": "甲", "乙摘": "乙", "乙续": ""
    }  # fmt: skip


def test_once_asks_the_first_of_each_group_and_says_which_were_left_out(study):
    table = put(study, query("documents"), once=True)
    assert table.frame["document"].tolist() == ["甲", "乙", "乙续"]
    assert table.basis["once"] == "3 (甲又, 甲改, 乙摘)"
    assert table.basis["documents"] == "3"
    assert put(study, query("frequency"), once=True).frame["references"].sum() == 3


def test_once_keeps_the_first_of_those_that_are_asked(study):
    table = put(study, query("documents"), where={"document": ["甲又", "甲改"]}, once=True)
    assert table.frame["document"].tolist() == ["甲又"]
    assert put(study, query("documents"), where={"city": "西"}).basis.get("once") is None


def test_where_no_text_is_there_nothing_is_known_to_be_a_copy(study):
    from dataclasses import replace

    blank = replace(study, load_units=None)
    assert rows(copies(blank)) == []
    assert put(blank, query("documents"), once=True).basis["once"] == "0"
