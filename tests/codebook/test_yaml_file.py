"""Reading a codebook: what is kept, and what every mistake is told as."""

from pathlib import Path

import pytest

from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.errors import CodebookError

SMALL = """\
codebook: small
version: "1.0"
name: {zh: 小编码本, en: Small}
codes:
  - id: stage
    name: {zh: 环节}
    codes:
      - id: resist
        name: {zh: 抵御, en: Resist}
        definition: 灾前的防范
        rules:
          - id: monitoring
            terms: [监测预警]
"""


def refused(text: str) -> str:
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text, file="c.yaml")
    return str(caught.value)


def test_a_code_is_addressed_by_its_path_and_signed_with_the_version():
    codebook = parse_codebook(SMALL)
    assert [code.path for code in codebook.codes] == ["stage", "stage/resist"]
    assert codebook.coder == "rules:small@1.0"
    resist = codebook.code("stage/resist")
    assert (resist.zh, resist.en, resist.parent, resist.depth) == ("抵御", "Resist", "stage", 2)
    assert resist.rules[0].terms == ("监测预警",)


def test_a_code_without_an_english_name_shows_its_chinese_one():
    assert parse_codebook(SMALL).code("stage").en == "环节"


def test_the_fingerprint_changes_with_any_letter():
    assert parse_codebook(SMALL).fingerprint != parse_codebook(SMALL + "# 注\n").fingerprint


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("definition:", "defintion:"), 10, "Did you mean 'definition'?"),
        (('"1.0"', "1.0"), 2, 'Put it in quotes: "1.0".'),
        (("terms: [监测预警]", "terms: 监测预警"), 13, "'terms'"),
        (("terms: [监测预警]", "terms: [监测预警]\n            words: yes please"), 14, "'words'"),
        (("terms: [监测预警]", "pattern: '(?=a)'"), 13, "no look-around"),
        (("terms: [监测预警]", "pattern: 'a*'"), 13, "matches nothing at all"),
        (("terms: [监测预警]", "headings: true"), 12, "matches nothing. Give it one of terms"),
        (
            ("terms: [监测预警]", "terms: [甲]\n            pattern: 乙"),
            12,
            "terms and pattern; a rule has one",
        ),
        (
            ("terms: [监测预警]", "terms: [甲]\n            roles: [goal]"),
            14,
            "Did you mean 'goals'?",
        ),
        (("terms: [监测预警]", "terms: [甲]\n            not_in: [乙丙]"), 12, "none of its terms"),
        (("terms: [监测预警]", "tokens: [[{POS: VERB}]]"), 13, "TEXT as a word"),
        (("id: resist", "id: resist/deep"), 8, "letters, digits"),
        (
            ("name: {zh: 抵御, en: Resist}", "name: {zh: 抵御, en: Resist}\n        colour: red"),
            10,
            "#1b6ca8",
        ),
        (("name: {zh: 环节}", "names: {zh: 环节}"), 5, "'name' is missing"),
        (("version:", "codebook: two\nversion:"), 2, "stands twice, first in line 1"),
        (("terms: [监测预警]", "terms: []"), 13, "'terms' is empty. Fill it or delete it."),
        (
            ("terms: [监测预警]", "near: {first: [甲], second: [乙], within: 999}"),
            13,
            "'within' cannot be 999. It is at most 200.",
        ),
        (("version:", "colour: '#000000'\nversion:"), 2, "'colour' is not a key"),
        (("codes:\n  - id: stage", "codes: &all\n  - id: stage"), 0, ""),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_cure(change, line, said):
    wrong = SMALL.replace(*change, 1)
    assert wrong != SMALL
    if not line:  # an anchor that nobody uses does no harm
        assert parse_codebook(wrong)
        return
    message = refused(wrong)
    assert message.startswith(f"c.yaml, line {line}: ")
    assert said in message
    assert "\n" not in message


def test_two_codes_of_one_name_are_refused():
    twice = SMALL + SMALL[SMALL.index("      - id: resist") :]
    assert "code 'stage/resist' stands twice" in refused(twice)


def test_two_rules_of_one_name_are_refused():
    assert "two rules called 'monitoring'" in refused(
        SMALL + SMALL[SMALL.index("          - id: monitoring") :]
    )


def test_an_alias_is_refused_so_that_no_file_can_unfold_without_end():
    message = refused(SMALL.replace("[监测预警]", "&a [监测预警]") + "            not_in: *a\n")
    assert message.startswith("c.yaml, line 14: uses a YAML alias")


def test_yaml_that_is_none_is_told_with_its_line():
    assert refused(SMALL.replace("{zh: 抵御,", "{zh: 抵御;;: ,[")).startswith("c.yaml, line 9: ")


def test_a_sign_yaml_keeps_for_itself_is_told_with_its_line():
    assert refused(SMALL.replace("[监测预警]", "[=]")).startswith("c.yaml, line 13: is not YAML")


def test_a_tag_never_runs_anything(tmp_path: Path):
    made = tmp_path / "made"
    text = SMALL.replace("灾前的防范", f"!!python/object/apply:os.mkdir ['{made}']")
    assert refused(text).startswith("c.yaml, line 10: uses a YAML tag")
    assert not made.exists()


@pytest.mark.parametrize("text", ["", "[]", "只是一句话", "# 注释"])
def test_a_file_that_is_no_codebook_says_how_one_begins(text):
    assert "codebook: NAME" in refused(text) or "codebook" in refused(text)


def test_a_missing_file_suggests_the_one_that_is_there(tmp_path: Path):
    (tmp_path / "resilience.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"Did you mean resilience\.yaml\?"):
        load_codebook(tmp_path / "resiliance.yaml")


def test_a_file_with_a_byte_order_mark_is_read_and_one_in_gb18030_is_told(tmp_path: Path):
    path = tmp_path / "c.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_codebook(path).id == "small"
    path.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(CodebookError, match="Save it as UTF-8"):
        load_codebook(path)


def test_a_name_of_ten_thousand_characters_is_refused():
    assert "'zh'" in refused(SMALL.replace("抵御", "抵" * 10_000))
