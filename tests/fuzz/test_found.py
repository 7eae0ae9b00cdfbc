"""What the fuzzer found, each as small as it goes."""

import pytest

from tests.fuzz.seeds import BOOK, GOLD
from tests.fuzz.trying import tried
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import CodebookError, SourceError
from wenma.reliability.gold import gold_rows


@pytest.mark.parametrize("count", ["{1,99999999999999999999}", "{4294967296}", "{99999,}"])
def test_a_repeat_beyond_counting_is_refused_and_not_taken_for_its_own_characters(count: str):
    with pytest.raises(CodebookError, match="repetition size"):
        parse_codebook(BOOK.replace("{1,40}", count))
    assert tried("codebook", BOOK.replace("{0,9}", "{0,9}" + count).encode()) == ""


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 100_000, "\ud800", "NaN"])
def test_a_gold_row_that_json_stumbles_over_is_told_with_its_line(value: str):
    line = GOLD.replace('"in_scope": true', f'"in_scope": {value}', 1)
    if value == "NaN":
        assert gold_rows(line, file="gold.jsonl")
        return
    with pytest.raises(SourceError) as caught:
        gold_rows(line, file="gold.jsonl")
    assert caught.value.place == "line 1" and caught.value.zh
