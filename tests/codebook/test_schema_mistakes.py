"""A mistake is told in plain words, in both languages, with a cure that keeps the value."""

import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import CodebookError

BOOK = """\
codebook: small
version: "1.0"
name: {zh: 小编码本, en: Small}
codes:
  - id: one
    name: {zh: 一, en: One}
    examples: [加强预警。]
    rules:
      - id: words
        terms: [预警, 监测]
      - id: two
        near: {first: [隐患], second: [排查], within: 12}
"""
OF_PYDANTIC = ("valid", "instance", "input", "dictionary", "string", "validat")


def refused(*change: str) -> CodebookError:
    wrong = BOOK.replace(*change, 1)
    assert wrong != BOOK
    with pytest.raises(CodebookError) as caught:
        parse_codebook(wrong, file="c.yaml")
    return caught.value


@pytest.mark.parametrize(
    ("change", "line", "cure"),
    [
        (('"1.0"', "1.10"), 2, 'Put it in quotes: "1.10".'),
        (('"1.0"', "2"), 2, 'Put it in quotes: "2".'),
        (('"1.0"', "0x1F"), 2, 'Put it in quotes: "0x1F".'),
        (('"1.0"', "2024-05-01"), 2, 'Put it in quotes: "2024-05-01".'),
        (("id: one", "id: no"), 5, 'Put it in quotes: "no".'),
        (("[预警, 监测]", "[预警, 2025]"), 10, 'Put it in quotes: "2025".'),
        (("[预警, 监测]", "[预警, 甲: 乙]"), 10, 'Put it in quotes: "甲: 乙".'),
        (("[加强预警。]", "加强预警。"), 7, "Write it as: examples: [加强预警。]."),
        (("[加强预警。]", "加强预警，提前。"), 7, "Write it as: examples: [加强预警，提前。]."),
        (("[预警, 监测]", "预警，监测"), 10, "Write it as: terms: [预警, 监测]."),
        (("[隐患]", "隐患"), 12, "Write it as: first: [隐患]."),
        (("{zh: 一, en: One}", "一"), 6, "Write it as: name: {zh: 一}."),
        (("{zh: 一, en: One}", "{en: One}"), 6, "Write it as: name: {zh: …, en: One}."),
        (("{first: [隐患], second: [排查], within: 12}", "[隐患]"), 12, "Write it as: near"),
        (("rules:\n", "rules: [预警]\n    x:\n"), 8, "Write it as: - {id: words, terms: [预警]}."),
        (("examples: [加强预警。]", "examples:"), 7, "Fill it or delete it."),
        (("examples: [加强预警。]", "definition: [甲]"), 7, "Write it without brackets"),
        (("within: 12", 'within: "12"'), 12, "Write it without quotes."),
        (("within: 12", "within: 一十"), 12, ""),
        (("terms: [预警, 监测]", "terms: [预警]\n        headings: 是"), 11, ""),
        (('"1.0"', '"1 0"'), 2, "Use letters, digits, and . + - _ only."),
        (("[预警, 监测]", '[预警, " "]'), 10, "Write the word, or delete the item."),
        (("[预警, 监测]", '[预警, "\u3000\u200b"]'), 10, "Write the word, or delete the item."),
        (("[预警, 监测]", '[预警, ""]'), 10, "Fill it or delete it."),
        (("[加强预警。]", '["　"]'), 7, "Write the word, or delete the item."),
        (("near:", "terms: [甲]\n        near:"), 11, "Make two rules of it."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_plain_words_with_its_line_and_a_cure_that_keeps_the_value(
    change, line, cure
):
    error = refused(*change)
    said = str(error)
    assert said.startswith(f"c.yaml, line {line}: ")
    assert cure in said
    assert not any(word in said.lower() for word in OF_PYDANTIC)
    chinese = error.said("zh")
    assert chinese.startswith(f"c.yaml，第 {line} 行：") and chinese.endswith(("。", "？"))
    kept = cure.partition(": ")[2].rstrip(".")
    assert not kept or "…" in kept or cure.startswith("Write it as: near") or kept in chinese


def test_the_item_of_a_list_is_named():
    assert "item 2 of 'terms' is blank" in str(refused("[预警, 监测]", '[预警, " "]'))
    assert "“terms”的第 2 项是空白" in refused("[预警, 监测]", '[预警, " "]').said("zh")


def test_how_many_more_there_are_is_told_in_both_languages():
    error = refused("[预警, 监测]", '[" ", " "]')
    assert "1 more mistake follows" in str(error) and "后面还有 1 处错误" in error.said("zh")
