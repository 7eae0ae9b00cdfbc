"""Units that carry a code are left out, with all that is coded there."""

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, dataset
from wenma.records import han

UNITS = [
    ("甲", 0, "form/boilerplate"),
    ("甲", 0, "stage/resist"),
    ("甲", 1, "stage/resist"),
    ("乙", 0, "stage/resist"),
]


def of(rows: list[tuple[str, int, str]], **options: object) -> Dataset:
    frame = pd.DataFrame(rows, columns=["document", "unit", "code"])
    return dataset(frame.assign(start=10 * frame["unit"], end=9, kind="body"), **options)


def test_a_unit_goes_with_all_its_codings_and_its_namesake_elsewhere_stays():
    kept, units = of(UNITS).without("form/boilerplate")
    assert units == 1
    rows = kept.details()
    assert list(zip(rows["document"], rows["unit"], strict=True)) == [("甲", 1), ("乙", 0)]


def test_a_code_stands_for_the_codes_under_it():
    assert of(UNITS).without("form")[1] == 1
    assert len(of(UNITS).without("stage")[0]) == 0


def test_a_code_that_was_never_given_leaves_all_in_but_an_unknown_one_is_told():
    codes = pd.DataFrame({"code": ["stage/resist", "form/boilerplate", "form/list"]})
    assert of(UNITS, codes=codes).without("form/list")[1] == 0
    with pytest.raises(QueryError, match="form/lists"):
        of(UNITS, codes=codes).without("form/lists")


def test_a_free_span_takes_no_other_free_span_with_it():
    spans = pd.DataFrame(
        {
            "document": ["甲", "甲", "甲", "甲"],
            "unit": [-1, -1, -1, 0],
            "start": [0, 0, 30, 0],
            "end": [20, 20, 50, 9],
            "code": ["form/boilerplate", "stage/resist", "stage/absorb", "stage/adapt"],
            "kind": ["body"] * 4,
        }
    )
    kept, gone = dataset(spans).without("form/boilerplate")
    assert gone == 1
    assert list(kept.details()["code"]) == ["stage/absorb", "stage/adapt"]


def test_what_is_left_out_is_taken_off_what_rates_divide_by(large):
    """The same study without those sentences in the first place has the same rates."""
    code = "layer/actor"
    kept, gone = large.data.without(code)
    carries = large.codings["code"].str.startswith(code)
    texts = large.codings[carries & (large.codings["kind"] != "heading")]
    texts = texts[texts["unit"] >= 0].drop_duplicates(["document", "unit"])["excerpt"]
    assert gone and large.documents["units"].sum() - kept.cases["units"].sum() == len(texts)
    less = large.documents["countable"].sum() - kept.cases["countable"].sum()
    assert less == sum(map(han, texts))
    assert len(kept) < len(large.codings)


def test_the_text_of_what_is_left_out_is_not_looked_at(small):
    kept, _ = small.data.without("stage/resist")
    assert {*zip(small.units["document"], small.units["unit"], strict=True)} - {
        *zip(kept.units["document"], kept.units["unit"], strict=True)
    } == {("甲", 0), ("甲", 1), ("乙", 0)}
