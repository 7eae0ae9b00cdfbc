import pandas as pd

from wenma.reliability.disagreements import disagreements

UNITS = pd.DataFrame({"document": ["a"] * 3, "unit": [0, 1, 2], "text": ["一。", "二。", "三。"]})
CODINGS = pd.DataFrame(
    [
        ("a", 0, "stage/resist", "甲"),
        ("a", 0, "stage/resist", "乙"),
        ("a", 1, "stage/resist", "甲"),
        ("a", 1, "stage/absorb", "乙"),
        ("a", 1, "layer/actor", "乙"),
        ("a", 1, "layer/actor", "甲"),
        ("a", 2, "layer/actor", "丙"),
        ("a", -1, "layer/actor", "甲"),
    ],
    columns=["document", "unit", "code", "coder"],
)


def test_each_unit_on_which_they_differ_says_who_gave_what():
    found = disagreements(CODINGS, UNITS, "甲", "乙")
    assert found.values.tolist() == [
        ["a", 1, "二。", "layer/actor", "stage/resist", "stage/absorb"]
    ]


def test_one_code_can_be_looked_at_alone():
    assert len(disagreements(CODINGS, UNITS, "甲", "乙", under="layer")) == 0
    assert len(disagreements(CODINGS, UNITS, "甲", "乙", under="stage/absorb")) == 1


def test_who_said_nothing_differs_where_the_other_spoke():
    assert list(disagreements(CODINGS, UNITS, "甲", "丙")["unit"]) == [0, 1, 2]
