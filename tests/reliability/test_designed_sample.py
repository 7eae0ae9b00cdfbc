"""Units drawn so that rare codes, every city and every part are seen."""

import pandas as pd

from wenma.reliability.designed_sample import UNCODED, designed_sample, predicted


def test_a_unit_is_predicted_to_be_of_its_rarest_code():
    units = pd.DataFrame({"document": ["甲", "甲", "乙"], "unit": [0, 1, 0]})
    codings = pd.DataFrame(
        {
            "document": ["甲", "甲", "乙"],
            "unit": [0, 0, 0],
            "code": ["often", "rare", "often"],
        }
    )
    assert list(predicted(units, codings)) == ["rare", UNCODED, "often"]


def test_a_task_has_no_heading_and_as_many_of_a_rare_code_as_of_a_frequent_one():
    rows = [("甲.txt", at, "heading" if at == 0 else "body", "tasks") for at in range(41)]
    rows += [("乙.txt", at, "body", "problems") for at in range(40)]
    units = pd.DataFrame(rows, columns=["document", "unit", "kind", "role"])
    codings = units.assign(code="often")
    codings.loc[codings["unit"] == 7, "code"] = "rare"
    documents = pd.DataFrame({"document": ["甲.txt", "乙.txt"], "city": ["甲", "乙"]})
    drawn = designed_sample(units, codings, documents, 4, even=True)
    assert ("甲.txt", 0) not in drawn.chosen
    assert {unit for unit in drawn.chosen if unit[1] == 7} == {("甲.txt", 7), ("乙.txt", 7)}
    assert (len(drawn.chosen), drawn.codes, drawn.cities, drawn.roles) == (4, 2, 2, 2)
    everywhere = designed_sample(units, codings, documents, 4, everywhere=["rare"])
    assert everywhere.codes == 2  # the frequent code, and none
