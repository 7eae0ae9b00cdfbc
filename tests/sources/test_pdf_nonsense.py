import pytest

from wenma.sources.pdf.nonsense import unreadable


@pytest.mark.parametrize(
    "text",
    [
        "\ue012\ue0f3" * 30,
        "\ufffd" * 40,
        "\x1f\x1e\x1d\x19\x03" * 20,
        "ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜" * 4,
        "!\"#$%&'()*+,/:;<=>?@" * 4,
        "建设韧性城市" * 5 + "\ue001\ue002\ue003" * 5,
    ],
    ids=["private use", "replacement", "controls", "upper half", "signs", "mixed"],
)
def test_characters_that_no_text_has_are_noticed(text):
    assert unreadable(text, len(text), 0)


@pytest.mark.parametrize(
    "text",
    [
        "建设韧性城市，守住安全底线（2025年）。" * 5,
        "Resilient cities need plans; plans need people (and money), don't they?" * 3,
        "156.23 114.82 21.54 181.41 448.29 401.53 12.5% 8.1%" * 4,
        "第一章总则………………………………………………………………1" * 4,
        "2021年GDP增长8.1%、7.5%；“十四五”" * 4,
        "——",
    ],
    ids=["Chinese", "English", "figures", "contents", "mixed", "short"],
)
def test_texts_are_readable(text):
    assert not unreadable(text, len(text), 0)


def test_glyphs_without_characters_are_noticed():
    assert unreadable("㬄韧㰲⻀㨋㞌鎴㞍頔㪟线陫䥦" * 4, 60, 30)
    assert not unreadable("㬄韧㰲⻀㨋㞌鎴㞍頔㪟线陫䥦" * 4, 60, 1)


def test_a_font_without_a_map_whose_numbers_are_characters_is_read():
    assert not unreadable("推进韧性城市建设，守住安全底线。" * 4, 64, 64)
