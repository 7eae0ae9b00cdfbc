"""Words are jieba's words, only faster; jieba itself is the judge."""

import logging
import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import jieba
import jieba.posseg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.language import words as words_module
from wenma.language.lexicon import field_lexicon, read_lexicon
from wenma.language.words import Segmenter, Word, cut, cut_into_words, segmenter

OWN = ("应急管理", "应急", "应急", "区域协同", "5G+专网", "C++11", "韧", "3.5%", "管理部门")
FIELD = tuple(entry.word for entry in read_lexicon(field_lexicon()))

Jieba = Callable[[Iterable[str]], jieba.Tokenizer]

CHARACTERS = (
    "应急管理部门韧性城市的和杰森一二年第章。，；“”（）、 \n\r\t　%+-._#&〇㐀𠮷豈鿿\ud800aB7"
)
SNIPPETS = "3.5% 10.5 1-2 PM2.5 C++ 5G 研究生命起源 www.a.cn AT&T 韧韧韧 杰森杰森".split()
pieces = st.sampled_from([*CHARACTERS, "\r\n", *SNIPPETS])
texts = st.lists(pieces | st.characters(), max_size=40).map("".join)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Jieba:
    """jieba as its own documentation has it made, with user words."""
    jieba.setLogLevel(logging.ERROR)
    cache = str(tmp_path_factory.mktemp("jieba"))

    def make(own: Iterable[str]) -> jieba.Tokenizer:
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = cache
        for word in own:
            tokenizer.add_word(word, tag="n")
        return tokenizer

    return make


@pytest.fixture(scope="module")
def judges(made: Jieba) -> dict[object, jieba.Tokenizer]:
    return {(): made(()), OWN: made(OWN), None: made(FIELD)}


@given(text=texts)
@settings(max_examples=400, deadline=None)
def test_any_text_is_cut_as_jieba_cuts_it(judges, text):
    for lexicon, judge in judges.items():
        assert cut(text, lexicon) == judge.lcut(text)


@pytest.mark.parametrize("lexicon", [(), None], ids=["plain", "field"])
def test_every_line_of_the_real_documents_is_cut_as_jieba_cuts_it(shared, judges, lexicon):
    judge = judges[lexicon]
    different = [
        line
        for path in sorted((shared / "corpus").rglob("*.*"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if cut(line, lexicon) != judge.lcut(line)
    ]
    assert different == []


def test_both_segmenters_weigh_every_word_alike(judges):
    # 急急/急/应 or 急/急急/应: a tie which the last bit of every weight decides.
    for lexicon, judge in judges.items():
        rust = segmenter(lexicon).rust
        twice = [w for w, n in judge.FREQ.items() if n and len(w) == 2 and w[0] == w[1] > "一"]
        ties = [
            f"{before}{word[0] * 3}{after}" for word in twice for before, after in ("的应", "应的")
        ]
        assert len(ties) > 1000
        assert [t for t in ties if rust.cut(t, False) != judge.lcut(t, HMM=False)] == []


def test_a_path_and_its_words_give_the_same_lexicon_and_an_edited_list_counts(tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("区域协同\n", encoding="utf-8")
    assert cut("推进区域协同", path) == cut("推进区域协同", ["区域协同"]) == ["推进", "区域协同"]
    path.write_text("推进区域\n", encoding="utf-8")
    assert cut("推进区域协同", str(path)) == ["推进区域", "协同"]


def test_our_words_do_not_reach_the_jieba_others_use():
    assert cut("建设智慧蓉城") == ["建设", "智慧蓉城"]
    assert jieba.lcut("建设智慧蓉城") == ["建设", "智慧", "蓉城"]


def test_making_it_leaves_no_file_and_no_word_on_the_screen(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Segmenter().cut("防灾减灾") == ["防灾", "减灾"]
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_where_the_fast_way_differs_jieba_cuts_alone_and_says_so(monkeypatch, judges):
    monkeypatch.setattr(words_module, "_FOREIGN", re.compile("(?!)"))
    with pytest.warns(RuntimeWarning, match="jieba alone"):
        knife = Segmenter()
    text = "培育1-2个C++实验室，投资3.5亿元"
    assert knife.cut(text) == judges[()].lcut(text)


@given(text=texts)
@settings(max_examples=100, deadline=None)
def test_words_join_up_to_the_text_with_or_without_parts_of_speech(text):
    plain, tagged = cut_into_words(text), cut_into_words(text, pos=True)
    assert [word[:3] for word in plain] == [word[:3] for word in tagged]
    assert [word.text for word in plain] == cut(text)
    assert all(text[word.start : word.end] == word.text for word in plain)
    assert all(left.end == right.start for left, right in pairwise(plain))
    assert "".join(word.text for word in plain) == text


def test_parts_of_speech_are_those_of_jiebas_tagger(judges):
    text = "成都市完善应急联动机制，2025年覆盖率达到92%，高质量发展。"
    tagger = jieba.posseg.POSTokenizer(judges[()])
    theirs = {}
    at = 0
    for pair in tagger.cut(text):
        theirs[at, at + len(pair.word)] = pair.flag
        at += len(pair.word)
    ours = cut_into_words(text, lexicon=(), pos=True)
    alike = [word for word in ours if (word.start, word.end) in theirs]
    assert len(alike) > 10
    assert all(word.pos == theirs[word.start, word.end] for word in alike)


def test_a_word_the_tagger_cuts_up_has_the_tag_of_its_greater_part():
    assert cut_into_words("增长3.5%", lexicon=(), pos=True)[1] == Word("3.5%", 2, 6, "m")


def test_a_word_of_the_lexicon_has_the_part_of_speech_written_there(tmp_path):
    path = Path(tmp_path / "own.txt")
    path.write_text("蓉易办 nz\n应急联动\n", encoding="utf-8")
    assert [w.pos for w in cut_into_words("蓉易办应急联动", lexicon=path, pos=True)] == ["nz", "n"]
