"""The words of a codebook are tidied exactly as the text of documents is."""

import json
from pathlib import Path

import pytest

from wenma.codebook.yaml_file import load_codebook, parse_codebook, parse_kept_codebook
from wenma.coding.coder import Coder
from wenma.errors import CodebookError
from wenma.language.units import units
from wenma.shipped import shipped
from wenma.sources.reading import read

WRITTEN = ["５Ｇ", "数字 乡村", "大数据\u3000", "预\u200b警", "⼈才", "ＧＤＰ 增长"]


def book(rule: str, more: str = "") -> str:
    return (
        'codebook: t\nversion: "1"\nname: {zh: 试}\ncodes:\n'
        f"  - id: a\n    name: {{zh: 甲}}\n{more}    rules:\n      - {{id: r, {rule}}}\n"
    )


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(
    "rule",
    [
        'terms: ["W"]',
        'near: {first: ["W"], second: [建设]}',
        'near: {first: [建设], second: ["W"]}',
        'all_of: [["W"], [建设]]',
        'pattern: "(推进|加快)W建设"',
    ],
)
def test_a_word_finds_what_the_same_characters_became_in_a_file(written, rule, tmp_path: Path):
    (tmp_path / "a.txt").write_text(f"推进{written}建设。\n", encoding="utf-8")
    (document,) = read(tmp_path / "a.txt")
    coder = Coder(parse_codebook(book(rule.replace("W", written))))
    assert [one.code for one in coder.code(document, units(document))] == ["a"]


@pytest.mark.parametrize("key", ["not_with", "not_in", "under", "not_under"])
def test_words_that_keep_a_rule_from_firing_are_tidied_too(key):
    (code,) = parse_codebook(book(f'terms: [乡村], {key}: ["数字 乡村"]')).codes
    assert getattr(code.rules[0], key) == ("数字乡村",)


def test_examples_near_misses_and_words_of_token_patterns_are_tidied_and_prose_is_not():
    more = '    definition: 数字 乡村\n    examples: ["５Ｇ 覆盖"]\n    near_misses: [数字 乡村]\n'
    rule = "tokens: [[{TEXT: {IN: [５Ｇ, 乡村]}, POS: NOUN}, {TEXT: {REGEX: ５}}]]"
    (code,) = parse_codebook(book(rule, more)).codes
    assert (code.examples, code.near_misses) == (("5G 覆盖",), ("数字乡村",))
    assert code.definition == "数字 乡村"
    assert json.loads(code.rules[0].tokens[0]) == [
        {"TEXT": {"IN": ["5G", "乡村"]}, "POS": "NOUN"}, {"TEXT": {"REGEX": "５"}}
    ]  # fmt: skip


def test_case_is_kept_and_decides(tmp_path: Path):
    (tmp_path / "a.txt").write_text("建设5G网络。\n", encoding="utf-8")
    (document,) = read(tmp_path / "a.txt")
    found = [
        bool(Coder(parse_codebook(book(f"terms: [{term}]"))).code(document, units(document)))
        for term in ("5G", "5g")
    ]
    assert found == [True, False]


@pytest.mark.parametrize("file", sorted(shipped("codebooks").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_text_and_signature_of_a_codebook_stay_as_written(file: Path):
    codebook = load_codebook(file)
    assert codebook.text == file.read_text(encoding="utf-8")


def test_a_blank_word_that_a_project_keeps_from_earlier_does_not_shut_it():
    text = book('terms: [预警, "　"]')
    with pytest.raises(CodebookError, match="item 2 of 'terms' is blank"):
        parse_codebook(text)
    (code,) = parse_kept_codebook(text, file="study.db").codes
    assert code.rules[0].terms == ("预警", "　")
