"""Token patterns are checked when the codebook is read, and none can run for ever."""

import pytest

from wenma.codebook.token_patterns import is_endless, token_fault
from wenma.codebook.yaml_file import parse_codebook, parse_kept_codebook
from wenma.coding.coder import Coder
from wenma.errors import CodebookError
from wenma.language.units import units
from wenma.records import Coding, Document, Paragraph, SourceMap

A, B = {"TEXT": "救援"}, {"TEXT": "演练"}
ANY = {"OP": "*"}


def book(*tokens: str) -> str:
    head = (
        "codebook: b\nversion: '1'\nname: {zh: 甲}\ncodes:\n- id: a\n  name: {zh: 甲}\n  rules:\n"
    )
    return head + f"  - {{id: r, tokens: [{', '.join(tokens)}]}}\n"


def codings(text: str, *tokens: str) -> list[Coding]:
    document = Document(
        id="a", text=text, title="", path="", sha256="",
        sections=(), paragraphs=(Paragraph(0, len(text), "body", -1),),
        source_map=SourceMap((0,), (None,), (1,)),
    )  # fmt: skip
    return Coder(parse_codebook(book(*tokens))).code(document, units(document))


@pytest.mark.parametrize(
    "pattern",
    [
        [A],
        [{"POS": "VERB"}, A],
        [A, ANY, B],
        [A, {"OP": "?"}, {"OP": "{0,5}"}, B],
        [A, {"TEXT": {"REGEX": "^第?[一二三]+$"}}],
        [A, {"LENGTH": {">=": 2}}, {"IS_PUNCT": False}],
        [A, {"TEXT": {"NOT_IN": ["会议"]}, "OP": "!"}],
        [{"LOWER": {"FUZZY": "gdp"}}, A, {"OP": "{3}"}],
    ],
)
def test_what_people_write_passes(pattern):
    assert token_fault(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ([A, ANY, ANY, ANY], "3 operators without an end"),
        ([A, {"OP": "+"}, B, {"OP": "{2,}"}, B, {"TEXT": "a", "OP": "*"}], "3 operators"),
        ([A, *[{"OP": "{0,500}"}] * 3], "3 operators"),
        ([A, *[{"OP": "?"}] * 12], "4,096 ways"),
        ([A, *[{"OP": "{0,20}"}] * 3], "9,261 ways"),
        ([A, {"FOO": 1}], "Extra inputs"),
        ([A, {"OP": "x"}], "OP"),
        ([A, {"_": {"own": 1}}], "attribute of one's own"),
        ([A, {"TEXT": {"IN": [{"a": "b"}]}}], "IN"),
        ([A, {"LENGTH": 10**50}], "quotes"),
        ([A, {"TEXT": {"REGEX": "("}}], "cannot be used"),
        ([A, {"TEXT": {"REGEX": "(a+)+$"}}], "for ever"),
        ([A, {"TEXT": {"REGEX": "(a|a?)+$"}}], "for ever"),
        ([A, {"TEXT": {"REGEX": "a*a*a*b"}}], "for ever"),
        ([A, {"TEXT": {"REGEX": r"(a*)\1b"}}], "for ever"),
        ([A, {"TEXT": {"NOT_IN": ["会"], "REGEX": "((x{0,99}){0,99}){0,99}"}}], "for ever"),
    ],
)
def test_what_is_none_or_could_run_for_ever_is_refused_with_a_cure(pattern, said):
    fault = token_fault(pattern)
    assert fault and said in fault.en and fault.zh


def test_the_line_of_the_rule_is_told_in_both_languages():
    with pytest.raises(CodebookError) as caught:
        parse_codebook(book('[{TEXT: 救援}, {OP: "*"}, {OP: "*"}, {OP: "*"}]'), file="c.yaml")
    assert str(caught.value).startswith("c.yaml, line 8: 'tokens' has 3 operators")
    assert caught.value.said("zh").startswith("c.yaml，第 8 行：“tokens”一个模式中有 3 个")


def test_a_date_is_refused_and_a_project_that_keeps_such_a_book_is_opened():
    text = book("[{TEXT: 救援}, {TEXT: 2021-01-01}]")
    with pytest.raises(CodebookError, match="quotes"):
        parse_codebook(text)
    kept = book('[{TEXT: 救援}, {OP: "*"}, {OP: "*"}, {OP: "*"}]')
    assert parse_kept_codebook(kept, file="a.db").codes


def test_two_operators_without_an_end_are_done_with_a_page_that_is_one_sentence():
    """380 characters took a minute with three of them."""
    text = "救援演练" * 200
    found = codings(text, '[{TEXT: 救援}, {OP: "*"}, {TEXT: 演练}, {OP: "*"}]')
    assert [one.code for one in found] == ["a"]


def test_a_match_lies_where_it_lies_in_a_text_of_many_pieces():
    text = "会议召开，" * 200 + "开展救援和演练，" + "会议召开，" * 200
    (coding,) = codings(text, '[{TEXT: 救援}, {OP: "*"}, {TEXT: 演练}]')
    (evidence,) = coding.evidence
    assert text[evidence.start : evidence.end] == "救援和演练"


def test_only_what_grows_faster_than_the_text_is_taken_piece_by_piece():
    assert [is_endless(one) for one in ([A, B], [A, {"OP": "{0,5}"}, B])] == [False, False]
    assert is_endless([A, ANY, B]) and is_endless([A, {"TEXT": {"REGEX": "a"}}])
