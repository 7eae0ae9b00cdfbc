"""Codes as people call them."""

import re

import pytest

from wenma.errors import QueryError
from wenma.queries.code_names import CODED, resolve_code
from wenma.queries.table import queries


def test_a_code_is_called_by_its_name_in_either_language_or_its_path(small):
    for name in ("抵御", "resist", "Resist", "stage/resist"):
        assert resolve_code(name, small.codes) == "stage/resist"
    assert resolve_code("city", small.codes) == "city"  # columns may be groups


def test_a_name_of_two_codes_or_of_nearly_one_is_answered_with_their_paths(small):
    with pytest.raises(QueryError, match="dilemma/participation, pathway/participation"):
        resolve_code("多元参与", small.codes)
    with pytest.raises(QueryError, match=r"Did you mean 抵御 \(stage/resist\)"):
        resolve_code("抵抗御", small.codes)


def test_every_option_that_takes_a_code_may_be_called_by_name():
    said = {
        one.name
        for asked in queries()
        for one in asked.options
        if one.kind in ("text", "list") and re.search(r"\bcodes?\b", one.help)
    }
    # Numbers of documents, of new codes, of units between codes.
    assert said - {"base", "run", "threshold", "within"} <= set(CODED)
