import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wenma.shipped import shipped
from wenma.sources.cleaning import squeeze, tidied, tidied_pattern, tidy
from wenma.sources.document import parse_document
from wenma.sources.from_text import extract
from wenma.sources.reading import read


def test_a_radical_from_a_pdf_becomes_the_character_it_stands_for():
    assert tidy("⼈⺠城市，⻅⻓识⻛险") == "人民城市，见长识风险"


def test_every_radical_that_unicode_equates_with_a_character_is_mapped():
    unmapped = {0x2E80, 0x2E9A}  # a repetition mark and a code point without character
    radicals = [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]
    left = {code for code in radicals if tidy(chr(code)) == chr(code)}
    assert left == unmapped


def test_full_width_letters_and_digits_become_ascii_and_punctuation_stays():
    assert tidy("２０２５年ＧＤＰ增长５％；达标（Ａ级）。") == "2025年GDP增长5％；达标（A级）。"


def test_characters_nobody_sees_are_removed():
    assert tidy("韧\u200b性\ufeff城\u00ad市\x07\u2060。") == "韧性城市。"


def test_every_space_becomes_one_and_lines_are_trimmed():
    assert tidy("　　第一章　　总则\u00a0 \n\t 正文\u2003。 ") == "第一章 总则\n正文 。"


def test_the_number_of_lines_does_not_change():
    assert tidy("甲\n\n 乙\u2028丙\x0c\n").count("\n") == 3


def test_traditional_characters_stay():
    assert tidy("韌性城市與風險治理") == "韌性城市與風險治理"


def test_what_r_writes_for_a_missing_character_is_turned_back():
    assert tidy("<U+00A0><U+00A0>一、回顾") == "一、回顾"


def test_spaces_that_are_layout_go_and_those_between_words_stay():
    assert squeeze("到 2025 年， 全 市 建成 12 处") == "到2025年，全市建成12处"
    assert squeeze("接入 City Brain 平台 “ 一网统管 ”") == "接入 City Brain 平台“一网统管”"


def test_one_space_stays_after_a_headings_number():
    assert squeeze("第三章 主 要 任 务") == "第三章 主要任务"
    assert squeeze("1.2 发展 目标") == "1.2 发展目标"
    assert squeeze("2 年 来") == "2年来"


texts = st.text(
    st.one_of(
        st.sampled_from(
            "韧性城市第一章二、（）。；，— 0123456789．%AbＡ１⼈⻅\u200b\u3000\n\r\t\ufeff"
        ),
        st.characters(codec="utf-8"),
    )
)


@given(texts)
def test_tidied_text_is_normal_and_tidying_it_again_changes_nothing(text):
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.count("\n") == text.count("\n")


@given(texts)
def test_squeezing_removes_nothing_but_spaces(text):
    line = tidy(text).replace("\n", " ")
    assert squeeze(line).replace(" ", "") == line.replace(" ", "")


TYPED = [
    "５Ｇ", "数字 乡村", "5G 网络", "大数据 ", " 大 数 据", "数字\u200b乡村", "\ufeff人才", "⼈才",
    "GDP　增长", "第三章 发展 目标", "5 大 工程", "专栏 1　重点 工程", "到 2025 年， 建成",
    "ＰＭ２．５", "智慧\u00a0乡村", "a\u0301", "数字\u00ad乡村", "<U+00A0>人才",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_is_what_a_file_with_the_same_characters_reads_as(typed, tmp_path):
    (tmp_path / "a.txt").write_text(typed, encoding="utf-8")
    (document,) = read(tmp_path / "a.txt")
    assert tidied(typed) == document.text


@given(st.text(st.sampled_from("数字乡村年第章，。（5５aＧ \t　\u200b\u00a0⼈\r"), max_size=12))
def test_anything_typed_on_one_line_is_what_a_document_makes_of_it(typed):
    typed = typed.replace("\r", "")
    assert tidied(typed) == parse_document(extract(typed.encode()).lines).text
    assert tidied(tidied(typed)) == tidied(typed)


@pytest.mark.parametrize(
    ("pattern", "tidy"),
    [
        (r"５Ｇ\s*网络", r"5G\s*网络"),
        ("数字 乡村|智慧　城市", "数字乡村|智慧城市"),
        ("数字 ?乡村", "数字 ?乡村"),
        ("[０-９]{1,3} 年", "[0-9]{1,3} 年"),
        ("[数 字]", "[数 字]"),
        (r"\x41 乡|\pL 村", r"\x41 乡|\pL 村"),
        (r"\Ａ", r"\Ａ"),
        ("警\u200b?", "警\u200b?"),
        ("预\u200b警", "预警"),
        ("^第三章 发展 目标$", "^第三章 发展目标$"),
        (r"[^\]５]", r"[^\]5]"),
        ("[Ａ-ｚ]", "[A-z]"),
        ("[\uff00-Ｚ]", "[\uff00-Ｚ]"),
    ],
)
def test_a_regular_expression_keeps_its_syntax_and_its_literal_text_is_tidied(pattern, tidy):
    assert tidied_pattern(pattern) == tidy


@pytest.mark.parametrize("file", sorted(shipped("codebooks").glob("*.yaml")), ids=lambda p: p.stem)
def test_no_pattern_of_a_shipped_codebook_is_changed(file):
    book = yaml.safe_load(file.read_text(encoding="utf-8"))
    patterns = [*book.get("masks", []), *_patterns(book)]
    assert patterns
    assert [tidied_pattern(one) for one in patterns] == patterns


def _patterns(node):
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "pattern")
    for child in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from _patterns(child)
