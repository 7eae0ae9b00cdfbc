import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from wenma.sources.cleaning import squeeze, tidy


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
