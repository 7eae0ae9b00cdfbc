import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenma.errors import SourceError
from wenma.sources.encoding import decode

TEXT = "一、总体要求\n到2025年，建成韧性城市，应急联动机制更加健全。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312", "utf-16"])
def test_a_chinese_file_is_read_whatever_it_was_saved_in(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_without_a_byte_order_mark(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT
    assert decode("应急联动机制健全".encode(encoding)) == "应急联动机制健全"


def test_a_character_of_four_bytes_in_gb18030_is_read():
    assert decode("㐀镇与𠮷县共建".encode("gb18030")) == "㐀镇与𠮷县共建"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, bytes(range(256)) * 4, b"\xff\xfe\x00\xd8"]
)
def test_bytes_that_are_no_text_are_refused_with_a_next_step(data):
    with pytest.raises(SourceError, match="is not text") as caught:
        decode(data)
    assert caught.value.cure


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x20), min_size=1))
def test_every_utf_8_text_comes_back(text):
    if "\ufffd" in text or not text.isprintable():
        return
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


def test_the_real_gb18030_files_are_read_as_gb18030(shared):
    for path in (shared / "formats" / "txt_gb18030").glob("*.txt"):
        assert decode(path.read_bytes()) == path.read_bytes().decode("gb18030")
