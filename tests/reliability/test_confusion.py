"""Which code stands for which, against another program."""

import random

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from wenma.reliability.confusion import NONE, confusion

CODES = ["stage/resist", "stage/absorb", "layer"]


def coded(**given):
    """A row for each code: ``coded(甲=[["x"], []], 乙=[["y"], ["x"]])``."""
    rows = [
        {"document": "a", "unit": unit, "code": code, "coder": who}
        for who, units in given.items()
        for unit, codes in enumerate(units)
        for code in codes
    ]
    return pd.DataFrame(rows, columns=["document", "unit", "code", "coder"])


def units(number):
    return pd.DataFrame({"document": ["a"] * number, "unit": range(number)})


def test_of_one_code_a_unit_it_is_the_matrix_another_program_makes():
    draw = random.Random(5)
    one, other = ([draw.choice([*CODES, NONE]) for _ in range(400)] for _ in range(2))
    codings = coded(甲=[[c] * bool(c) for c in one], 乙=[[c] * bool(c) for c in other])
    found = confusion(codings, units(400), "甲", "乙", codes=CODES)
    np.testing.assert_array_equal(
        found.to_numpy(), confusion_matrix(one, other, labels=[*CODES, NONE])
    )


def test_what_both_gave_is_counted_before_what_is_left_is_crossed():
    codings = coded(甲=[["stage/resist", "layer"]], 乙=[["stage/resist", "stage/absorb"]])
    found = confusion(codings, units(1), "甲", "乙", codes=CODES)
    assert found.loc["stage/resist", "stage/resist"] == 1
    assert found.loc["layer", "stage/absorb"] == 1
    assert found.to_numpy().sum() == 2


def test_a_code_below_counts_as_its_parent_and_others_not_at_all():
    codings = coded(甲=[["layer/actor"], ["form"]], 乙=[["layer/technology/sensing"], []])
    found = confusion(codings, units(2), "甲", "乙", codes=CODES)
    assert found.loc["layer", "layer"] == 1 and found.loc[NONE, NONE] == 1
