"""Whatever YAML lets pass, a codebook that cannot be read says so in one line, with its place."""

import pytest

from wenma.codebook.yaml_file import parse_codebook, parse_kept_codebook
from wenma.codebook.yaml_sound import DEEPEST_BRACKETS
from wenma.errors import CodebookError

BOOK = """\
codebook: b
version: VERSION
name: NAME
description: WORDS
codes:
- {id: a, name: {zh: 甲}, rules: [{id: r, terms: [救援]}]}
"""


def book(version="'1'", name="{zh: 甲}", words="无") -> str:
    return BOOK.replace("VERSION", version).replace("NAME", name).replace("WORDS", words)


def refused(text: str) -> CodebookError:
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text, file="c.yaml")
    error = caught.value
    assert "\n" not in str(error) and len(str(error)) < 500
    assert error.cure and error.zh
    return error


def test_the_book_itself_is_sound():
    assert parse_codebook(book()).version == "1"


@pytest.mark.parametrize(
    "value",
    ["2021-99-99", "2021-02-30", "2021-02-20 25:61:61", "9" * 5000, "!!int abc", "!!float abc",
     "!!bool abc"],
)  # fmt: skip
def test_a_value_that_is_none_is_named_with_its_line(value):
    error = refused(book(words=value))
    assert error.place == "line 4" and "quotes" in str(error)


@pytest.mark.parametrize(
    "tag", ["!!python/object:os.system x", "!!binary aGVsbG8=", "!!set {a, b}", "!!timestamp a",
            "!own x", "!!omap [a: 1]"],
)  # fmt: skip
def test_a_tag_is_refused_whatever_it_would_do(tag):
    error = refused(book(words=tag))
    assert error.place == "line 4" and "YAML tag" in str(error)


@pytest.mark.parametrize(
    "sign", ["\0", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f", "\ud800", "\uffff"]
)
def test_a_character_nobody_sees_is_named_by_its_number(sign):
    error = refused(book(words=f"甲{sign}乙"))
    assert error.place == "line 4" and f"U+{ord(sign):04X}" in str(error)
    str(error).encode()  # and is not itself in the message


def test_such_a_character_is_found_in_a_comment_and_behind_an_escape():
    assert "U+202E" in str(refused("# \u202e\n" + book()))
    assert refused(book(name='{zh: "甲\\x1b[2J"}')).place == "line 3"


def test_what_a_project_keeps_is_accepted_still():
    text = book(words="甲\u200f乙")
    assert parse_kept_codebook(text, file="a.db").description == "甲\u200f乙"


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, "[" * 3000 + "]" * 3000, "{a: " * 3000 + "1" + "}" * 3000]
)
def test_brackets_without_end_are_left_before_they_are_followed(deep):
    error = refused(book(words=deep))
    assert error.place == "line 4" and f"{DEEPEST_BRACKETS} levels" in str(error)


def test_so_are_indentation_dashes_and_codes_without_end():
    assert "levels" in str(refused("\n".join(" " * depth + "a:" for depth in range(2000))))
    assert "levels" in str(refused("- " * 3000 + "a"))
    codes = "{id: a, name: {zh: 甲}, codes: [" * 500 + "]}" * 500
    assert "levels" in str(
        refused(f"codebook: b\nversion: '1'\nname: {{zh: 甲}}\ncodes: [{codes}]")
    )


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "[a, [b]]"])
def test_a_list_for_a_key_is_named(key):
    error = refused(book() + f"? {key}\n: 1\n? {key}\n: 1\n")
    assert error.place == "line 7" and "key" in str(error)


def test_a_long_value_is_told_by_its_beginning():
    refused(book(version="1:" * 3000 + "1"))
    refused(book(version="0x" + "f" * 50_000))


def test_fifty_thousand_codes_are_too_many_to_be_read_by_people():
    def with_codes(number: int) -> str:
        code = "- {{id: a{0}, name: {{zh: 甲}}, rules: [{{id: r, terms: [救援]}}]}}\n"
        head = book().partition("- {")[0]
        return head + "".join(code.format(one) for one in range(number))

    assert "Split it" in str(refused(with_codes(50_000)))
    assert "5,001 codes" in str(refused(with_codes(5001)))
