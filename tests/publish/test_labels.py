from typing import get_args

import pandas as pd
import pytest

from wenma.publish.columns import TABLE_COLUMNS
from wenma.publish.labels import (
    BASIS,
    CLAIM_TITLES,
    FIXED_WORDS,
    QUERIES,
    basis_line,
    code_names,
    fixed_word,
    heading,
    named,
    notes,
    title,
)
from wenma.queries.claim import FAILS, HOLDS, UNDEFINED, claim
from wenma.queries.claim_sides import claimed_order
from wenma.queries.claim_summary import claim_choices, claim_hinges
from wenma.queries.claim_text import read_claim
from wenma.queries.claim_variants import UNIT_SIZES
from wenma.queries.cooccurrence import ASSOCIATION_MEASURES
from wenma.queries.frequency import frequency
from wenma.queries.table import NAMES, queries
from wenma.queries.ways import (
    AFTER_REVIEW,
    BY_RULES,
    CHOICES,
    COUNTED,
    DIMENSION,
    DOCUMENTS,
    IN_SCOPE_UNITS,
    MEAN_RATE,
    NUMBER,
    OUT,
    RATE,
    UNITS,
)
from wenma.records import Role


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_every_column_and_every_basis_of_every_query_is_named_in_both_languages(query, small):
    for by, way in [
        *((by, {}) for by in ("city", "period", "year")),
        *((None, way) for way in every_way(query)),
    ]:
        table = small.ask(query.function, by=by, **way)
        names = code_names(small.codes, language="en")
        assert set(named(table, names)) <= set(TABLE_COLUMNS)
        assert set(table.basis) <= set(BASIS)
        for column in table.frame:
            for language in ("zh", "en"):
                assert heading(column, language=language, by=table.by)


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_no_table_has_two_columns_of_one_heading(query, small):
    for language in ("zh", "en"):
        frame = named(small.ask(query.function), code_names(small.codes, language=language))
        headings = [heading(column, language=language) for column in frame]
        assert len(set(headings)) == len(headings)


def every_way(query):
    """The question as it stands, in each of its views, of families, and with its look at words."""
    views = [
        {one.name: choice}
        for one in query.options
        if one.name in ("view", "rows", "rank")
        for choice in one.choices
    ]
    flags = [one.name for one in query.options if one.name in ("family", "words")]
    if "interval" in {one.name for one in query.options} and not views:
        views = [{"interval": "generalisation"}]
    return [{}, *views, *({flag: True} for flag in flags)]


def test_nothing_is_named_that_no_table_holds(small):
    held = {"group"}
    for query in queries():
        for by in (None, "city"):
            for way in every_way(query):
                table = small.ask(query.function, by=by, **way)
                held |= set(named(table, code_names(small.codes, language="zh")))
    for table in claim_tables(small):
        held |= set(table.frame)
        assert table.name in CLAIM_TITLES and set(table.basis) <= set(BASIS)
        for language in ("zh", "en"):
            headings = [heading(column, language=language) for column in table.frame]
            assert len(set(headings)) == len(headings)
    # An index has up to ten variables; the small study's has two.
    variables = {f"x{number}" for number in range(1, 11)}
    assert set(TABLE_COLUMNS) - {"city", "plan", "period"} - variables <= held
    assert set(QUERIES) == set(NAMES) and set(ASSOCIATION_MEASURES) <= held


def claim_tables(small):
    """The tables about a claim."""
    order = claimed_order(read_claim("抵御 > 吸收"), small.data.cases, small.codes)
    ways = claim(order, {"by rules": small.data})
    return ways, claim_choices(ways), claim_hinges(ways)


def test_every_word_of_a_claims_choices_is_named_in_both_languages(small):
    ways = claim_tables(small)[0].frame
    words = {*CHOICES, *(one for name in CHOICES for one in ways[name]), *ways["verdict"]}
    words |= {BY_RULES, AFTER_REVIEW, *UNIT_SIZES, RATE, NUMBER, UNITS, IN_SCOPE_UNITS, DIMENSION}
    words |= {MEAN_RATE, DOCUMENTS, COUNTED, OUT, HOLDS, FAILS, UNDEFINED, "rule", "term"}
    assert words <= set(FIXED_WORDS)


def test_every_role_of_a_section_has_a_word():
    assert set(get_args(Role)) <= set(FIXED_WORDS)


def test_groups_are_called_by_what_they_are():
    assert heading("group", language="zh", by="period") == "规划期"


def test_the_basis_is_one_line_in_the_readers_language(small):
    table = small.ask(frequency, by="city")
    assert basis_line(table, language="zh").endswith("标题 不计；分组 城市")
    assert basis_line(table, language="en").endswith("headings left out; by city")


def test_notes_come_in_the_readers_language(small):
    table = small.ask(frequency, by="city")
    assert "浔汀市：维度 stage 没有参考点，占比留空。" in notes(table, language="zh")
    assert any(note.startswith("No references of") for note in notes(table, language="en"))


def test_codes_of_one_name_are_told_apart():
    codes = pd.DataFrame(
        {"code": ["a", "a/x", "b", "b/x", "c/y"], "zh": ["甲", "平台", "乙", "平台", None]}
    )
    names = code_names(codes, language="zh")
    assert list(names.values()) == ["甲", "平台（甲）", "乙", "平台（乙）", "c/y"]


def test_titles_and_fixed_words_have_both_languages():
    assert title("matrix", language="en") == "Cross table"
    assert (fixed_word("table", language="zh"), fixed_word("表", language="en")) == ("表格", "表")
