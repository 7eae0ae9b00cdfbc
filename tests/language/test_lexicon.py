"""Word lists are read strictly, and the shipped ones keep their promises."""

from pathlib import Path

import pytest

from wenma.errors import LexiconError
from wenma.language.lexicon import LexiconEntry, field_lexicon, read_lexicon, stop_words
from wenma.language.words import cut

FIELD = read_lexicon(field_lexicon())


def written(folder: Path, text: str, name: str = "own.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_is_a_word_and_perhaps_its_part_of_speech(tmp_path):
    path = written(tmp_path, "\ufeff# 词表\n韧性城市\n\n区域协同 vn  # 注\nC#\r\n蓉城\tns\n")
    assert read_lexicon(path) == (
        LexiconEntry("韧性城市", "n", str(path), 2),
        LexiconEntry("区域协同", "vn", str(path), 4),
        LexiconEntry("C#", "n", str(path), 5),
        LexiconEntry("蓉城", "ns", str(path), 6),
    )


def test_a_folder_is_its_lists_by_name_without_the_stop_words(tmp_path):
    written(tmp_path, "蓉城\n", "b.txt")
    written(tmp_path, "韧性城市\n", "a.txt")
    written(tmp_path, "的\n", "stopwords.txt")
    assert [entry.word for entry in read_lexicon(tmp_path)] == ["韧性城市", "蓉城"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("韧性城市 5", "has a frequency"),
        ("韧性城市 5 n", "has a frequency"),
        ("韧性 城市", "has a space inside"),
        ("韧性　城市 n", "has a space inside"),
        ("韧性城市 noun", "is not a part of speech"),
        ("数据孤岛", "is already in"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path, line, problem):
    path = written(tmp_path, f"数据孤岛\n# 注\n{line}\n")
    with pytest.raises(LexiconError, match=problem) as caught:
        read_lexicon(path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert caught.value.cure


@pytest.mark.parametrize("word", ["区域、协同", "“十四五”", "𠮷祥"])
def test_a_word_that_jieba_cannot_join_is_named_with_file_and_line(tmp_path, word):
    path = written(tmp_path, f"数据孤岛\n{word}\n")
    with pytest.raises(LexiconError, match="does not stay whole") as caught:
        cut("推进区域协同", path)
    assert str(caught.value).startswith(f"{path}, line 2: ")


def test_a_missing_list_an_empty_folder_and_another_encoding_are_lexicon_errors(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.txt: no such file"):
        read_lexicon(tmp_path / "none.txt")
    with pytest.raises(LexiconError, match="no word list"):
        read_lexicon(tmp_path)
    path = tmp_path / "gb.txt"
    path.write_bytes("韧性城市\n".encode("gb18030"))
    with pytest.raises(LexiconError, match="not UTF-8"):
        read_lexicon(path)


def test_every_word_of_the_field_stays_whole():
    assert [entry.word for entry in FIELD if cut(entry.word) != [entry.word]] == []


def test_the_words_the_project_was_asked_for_are_there():
    asked = """韧性城市 应急管理 应急联动 区域协同 区域合作 空天地一体化 智慧蓉城 数据孤岛 监测预警
               自救互救 一网统管 一网通办 一库四平台""".split()
    assert set(asked) <= {entry.word for entry in FIELD}


def test_no_word_of_the_field_hides_another_one():
    # 区域协同发展 in the list would take its 区域协同 from every word table. Names may.
    named = {"ns", "nt"}
    themes = [e for e in FIELD if e.pos not in named and Path(e.file or "").stem != "institutions"]
    listed = {entry.word for entry in FIELD}
    hiding = [e.word for e in themes if any(w in e.word and w != e.word for w in listed)]
    assert hiding == []


def test_stop_words_are_no_words_of_the_field_and_no_policy_verbs():
    stops = stop_words()
    assert not stops & {entry.word for entry in FIELD}
    assert not stops & set("加强 推进 完善 建立 健全 提升 实施 必须 应当".split())


def test_a_stop_word_written_twice_or_with_a_space_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"line 2: .*already in line 1"):
        stop_words(written(tmp_path, "的\n的\n"))
    with pytest.raises(LexiconError, match=r"line 1: .*space inside"):
        stop_words(written(tmp_path, "的 地\n"))
