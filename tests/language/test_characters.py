from hypothesis import given
from hypothesis import strategies as st

from wenma.language.characters import han_characters, letters_and_figures
from wenma.records import han


@given(st.text())
def test_each_character_kept_is_the_one_that_stands_at_its_place(text):
    kept = han_characters(text)
    assert [chr(code) for code in kept.codes] == [text[place] for place in kept.places]
    assert len(kept.codes) == han(text)


@given(st.text())
def test_letters_and_figures_are_all_that_is_alphanumeric(text):
    kept = letters_and_figures(text)
    assert [text[place] for place in kept.places] == [one for one in text if one.isalnum()]


def test_capitals_punctuation_and_spaces_make_no_difference():
    one = letters_and_figures("建设 5G 网络，扩容。").codes
    assert one.tolist() == letters_and_figures("建设5g网络扩容").codes.tolist()
    assert letters_and_figures("").codes.tolist() == []


def test_a_rare_character_beyond_the_first_plane_is_one():
    assert han_characters("a\U00020000b").places.tolist() == [1]
