import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.errors import SourceError
from wenma.sources.encodings.encoding import decode
from wenma.sources.script import both_scripts

TEXT = "一、总体要求\n到2025年，建成韧性城市，应急联动机制更加健全。\n"
TRADITIONAL = "一、總體要求\n到2025年，建成韌性城市，應急聯動機制更加健全。\n"
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
PHRASES = [
    "健全监测预警体系", "完善应急物资储备", "提升城市韧性", "一、总体要求", "到2030年",
    "建成5G基站", "，", "。", "；", "\n", "（一）加强组织领导", "推动高质量发展", "GDP增长5.5%",
]  # fmt: skip
policy = st.lists(st.sampled_from(PHRASES), min_size=2, max_size=30).map("".join)
policy = policy.filter(lambda text: sum(char > "\u4dff" for char in text) >= 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312", "utf-16", *WIDE])
def test_a_chinese_file_is_read_whatever_it_was_saved_in(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


@settings(max_examples=60)
@given(policy, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32", *WIDE]))
def test_what_was_written_is_read(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.signs) == (text, ())


@settings(max_examples=60)
@given(policy, st.sampled_from(["big5", "big5hkscs", "gb18030", "utf-8"]))
def test_what_was_written_in_traditional_script_is_read(text, encoding):
    written = both_scripts(text)[-1].encode("big5", "ignore").decode("big5")
    assert decode(written.encode(encoding)).text == written


@settings(max_examples=60)
@given(policy, st.sampled_from(["latin-1", "cp1252"]))
def test_text_saved_through_a_western_encoding_is_turned_back_and_told(text, through):
    western = text.encode().decode("latin-1")
    if through == "cp1252":
        holes = "\x81\x8d\x8f\x90\x9d"
        western = "".join(
            c if c in holes else c.encode("latin-1").decode("cp1252") for c in western
        )
    found = decode(western.encode())
    assert found.text == text
    assert [sign.kind for sign in found.signs] == ["mojibake"]


def test_text_saved_through_gbk_is_turned_back_line_by_line():
    lines = ["健全监测预警体系", "完善应急物资储备，提升城市韧性", "到2030年，建成韧性城市"]
    garbled = "\n".join(line.encode().decode("gb18030", "replace") for line in lines)
    found = decode(garbled.encode())
    # Characters with a byte that GBK has nothing for were lost when it was saved.
    for read, line in zip(found.text.split("\n"), lines, strict=True):
        assert len(read) == len(line)
        assert all(one in (other, "\ufffd") for one, other in zip(read, line, strict=True))
        assert read.count("\ufffd") <= 3
    assert found.restored == (1, 2, 3)


@pytest.mark.parametrize("text", ["ï»¿一、总体要求\n", "一、总体要求\nå›½å®¶\n"])
def test_a_piece_that_was_saved_through_a_wrong_encoding_is_turned_back(text):
    assert decode(text.encode()).text in ("一、总体要求\n", "一、总体要求\n国家\n")


@pytest.mark.parametrize("text", ["“数据要素×”行动", "café”——好", "“100±5”°", "Ä·Ö", "план", "αβγ"])
def test_sound_text_with_western_letters_is_left_alone(text):
    found = decode((text + "，健全机制。").encode())
    assert (found.text, found.signs) == (text + "，健全机制。", ())
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("garbled", ["建成锟斤拷城市。", "共计烫烫烫烫", "屯屯屯屯屯"])
def test_what_is_left_of_lost_characters_is_told(garbled):
    found = decode(f"一、总体要求\n{garbled}\n{TEXT * 3}".encode())
    assert found.garbled == (2,)
    assert "第 2 行" in found.signs[0].said.zh


def test_a_text_that_is_nothing_but_what_is_left_of_lost_characters_is_refused():
    with pytest.raises(SourceError, match="is not text"):
        decode("锟斤拷锟斤拷锟斤拷\n".encode() * 9)


def test_a_character_of_four_bytes_in_gb18030_is_read():
    assert decode("㐀镇与𠮷县共建".encode("gb18030")).text == "㐀镇与𠮷县共建"


@pytest.mark.parametrize("words", ["联通", "系统", "通知", "规划", "值7"])
def test_short_gbk_is_not_taken_for_what_its_bytes_may_also_be(words):
    assert decode(words.encode("gbk")).text == words


@pytest.mark.parametrize("words", ["發展特色產業。", "韌性城市建設", "主要任務"])
def test_short_big5_is_read_as_big5(words):
    assert decode(words.encode("big5")).text == words


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("bad", [b"\xff", b"\xff\xff\xff"])
def test_a_bad_byte_is_lost_and_told_and_the_rest_is_read(encoding, bad):
    text = TRADITIONAL if encoding == "big5" else TEXT
    at = text.index("建成")
    found = decode(text[:at].encode(encoding) + bad + text[at:].encode(encoding))
    assert found.text == f"{text[:at]}\ufffd{text[at:]}"
    assert found.lost == (2,)
    assert [(sign.kind, sign.where) for sign in found.signs] == [("lost_bytes", "line 2")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_file_cut_in_a_character_loses_that_one(encoding):
    text = (TRADITIONAL if encoding == "big5" else TEXT).rstrip() * 5
    found = decode(text.encode(encoding)[:-1])
    assert found.text == text[:-1] + "\ufffd"
    assert found.lost


def test_a_byte_that_fell_out_of_gbk_costs_a_character_and_not_the_rest_of_the_line():
    line = "健全监测预警体系，完善应急物资储备，提升城市治理能力，推动资源向基层倾斜。"
    data = line.encode("gb18030")
    found = decode(TEXT.encode("gb18030") + data[:17] + data[18:] + b"\n")
    assert found.text.endswith(line[12:] + "\n")
    assert found.text.startswith(TEXT + line[:7])
    assert found.lost == (3,)


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
@pytest.mark.parametrize("second", ["gb18030", "utf-8", "big5"])
def test_lines_in_different_encodings_are_each_read_in_their_own(first, second):
    lines = TRADITIONAL if second == "big5" else TEXT
    found = decode((TEXT * 3).encode(first) + lines.encode(second))
    assert found.text == TEXT * 3 + lines
    assert found.mixed == (() if first == second else (7, 8))


def test_zeros_in_a_text_go_and_a_file_of_zeros_is_refused():
    assert decode(TEXT.encode() + b"\x00" * 20).text == TEXT
    with pytest.raises(SourceError, match="is not text"):
        decode(b"\x00" * 1000)


def test_what_a_page_declares_is_believed_where_it_reads_the_page():
    assert decode(TEXT.encode(), "gb2312").text == TEXT
    assert decode("東京都の計画を策定する".encode("shift_jis"), "Shift_JIS").text.startswith(
        "東京都"
    )
    assert decode(TEXT.encode("gb18030"), "no-such-charset").text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9,
        bytes(range(256)) * 4,
        b"\xff\xfe\x00\xd8",
        b"\xff" * 3000,
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_next_step(data):
    with pytest.raises(SourceError, match="is not text") as caught:
        decode(data)
    assert caught.value.cure


@settings(max_examples=80)
@given(
    st.binary(max_size=300)
    | st.tuples(policy, st.binary(max_size=9)).map(lambda both: both[0].encode("gb18030") + both[1])
)
def test_any_bytes_are_a_text_or_a_sentence(data):
    try:
        found = decode(data)
    except SourceError:
        return
    found.text.encode()  # holds nothing that cannot be saved
    assert all(
        1 <= line <= found.text.count("\n") + found.text.count("\r") + 1 for line in found.lost
    )


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x20), min_size=1))
def test_every_utf_8_text_comes_back(text):
    if "\ufffd" in text or not text.isprintable():
        return
    # But what looks like 港 saved through a Western encoding (æ¸¯) is turned back, and told.
    found = decode(codecs.BOM_UTF8 + text.encode())
    assert found.text == text or found.restored


def test_the_real_gb18030_files_are_read_as_gb18030(shared):
    for path in (shared / "formats" / "txt_gb18030").glob("*.txt"):
        found = decode(path.read_bytes())
        assert found.text == path.read_bytes().decode("gb18030")
        assert not found.signs


def test_damaged_and_strange_files_made_to_fail_are_read_as_they_should(shared):
    made = shared / "made" / "text"
    known = (made / "known.txt").read_text(encoding="utf-8")
    assert decode((made / "trad_big5.txt").read_bytes()).text == (
        made / "trad_big5.known"
    ).read_text(encoding="utf-8")
    found = decode((made / "utf8_badbyte.txt").read_bytes())
    place = found.text.index("\ufffd")
    assert found.text[:place] + known[place] + found.text[place + 1 :] == known
    assert len(decode((made / "utf8_one_bad.txt").read_bytes()).lost) == 1
    for name in ("double_utf8", "mixed_utf8_gbk"):
        assert (
            "大力发展特色产业，推进数字乡村建设。"
            in decode((made / f"{name}.txt").read_bytes()).text
        )
