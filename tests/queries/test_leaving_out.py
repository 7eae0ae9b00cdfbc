import pandas as pd
import pytest

from analysis.errors import QueryError
from analysis.queries.leaving_out import leave_out

CODINGS = pd.DataFrame(
    {
        "document": ["甲", "甲", "甲", "乙"],
        "unit": [0, 0, 1, 0],
        "code": ["form/boilerplate", "stage/resist", "stage/resist", "stage/resist"],
    }
)


def test_a_unit_goes_with_all_its_codings_and_its_namesake_elsewhere_stays():
    kept, units = leave_out(CODINGS, "form/boilerplate")
    assert units == 1
    assert list(zip(kept["document"], kept["unit"], strict=True)) == [("甲", 1), ("乙", 0)]


def test_a_code_stands_for_the_codes_under_it():
    assert leave_out(CODINGS, "form")[1] == 1
    assert len(leave_out(CODINGS, "stage")[0]) == 0


def test_a_code_that_was_never_given_leaves_all_in_but_an_unknown_one_is_told():
    codes = pd.DataFrame({"code": ["stage/resist", "form/boilerplate", "form/list"]})
    assert leave_out(CODINGS, "form/list", codes=codes)[1] == 0
    with pytest.raises(QueryError, match="form/lists"):
        leave_out(CODINGS, "form/lists", codes=codes)


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
    kept, gone = leave_out(spans, "form/boilerplate")
    assert gone == 1
    assert list(kept["code"]) == ["stage/absorb", "stage/adapt"]
