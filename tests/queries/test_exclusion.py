import pandas as pd
import pytest
from wenma.errors import QueryError
from wenma.queries.exclusion import exclude_codings, exclude_counts
from wenma.records import han

CODINGS = pd.DataFrame(
    {
        "document": ["甲", "甲", "甲", "乙"],
        "unit": [0, 0, 1, 0],
        "code": ["form/boilerplate", "stage/resist", "stage/resist", "stage/resist"],
    }
)


def test_a_unit_goes_with_all_its_codings_and_its_namesake_elsewhere_stays():
    kept, units = exclude_codings(CODINGS, "form/boilerplate")
    assert units == 1
    assert list(zip(kept["document"], kept["unit"], strict=True)) == [("甲", 1), ("乙", 0)]


def test_a_code_stands_for_the_codes_under_it():
    assert exclude_codings(CODINGS, "form")[1] == 1
    assert len(exclude_codings(CODINGS, "stage")[0]) == 0


def test_a_code_that_was_never_given_leaves_all_in_but_an_unknown_one_is_told():
    codes = pd.DataFrame({"code": ["stage/resist", "form/boilerplate", "form/list"]})
    assert exclude_codings(CODINGS, "form/list", codes=codes)[1] == 0
    with pytest.raises(QueryError, match="form/lists"):
        exclude_codings(CODINGS, "form/lists", codes=codes)


def test_a_free_span_takes_no_other_free_span_with_it():
    spans = pd.DataFrame(
        {
            "document": ["甲", "甲", "甲", "甲"],
            "unit": [-1, -1, -1, 0],
            "start": [0, 0, 30, 0],
            "end": [20, 20, 50, 9],
            "code": ["form/boilerplate", "stage/resist", "stage/absorb", "stage/adapt"],
        }
    )
    kept, gone = exclude_codings(spans, "form/boilerplate")
    assert gone == 1
    assert list(kept["code"]) == ["stage/absorb", "stage/adapt"]


def test_what_is_left_out_is_taken_off_what_rates_divide_by(large):
    """The same study without those sentences in the first place has the same rates."""
    code = "form/boilerplate" if "form/boilerplate" in set(large.codings["code"]) else "layer/actor"
    kept, gone = exclude_codings(large.codings, code, codes=large.codes)
    documents = exclude_counts(large.documents, large.codings, code, codes=large.codes)
    carries = large.codings["code"].str.startswith(code)
    texts = large.codings[carries & (large.codings["kind"] != "heading")]
    texts = texts[texts["unit"] >= 0].drop_duplicates(["document", "unit"])["excerpt"]
    assert gone and large.documents["units"].sum() - documents["units"].sum() == len(texts)
    less = large.documents["countable"].sum() - documents["countable"].sum()
    assert less == sum(map(han, texts))
    assert len(kept) < len(large.codings)
