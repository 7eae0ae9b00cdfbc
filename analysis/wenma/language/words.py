"""Texts become words: jieba's words, cut many times faster."""

import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wenma.errors import LexiconError
from wenma.language.lexicon import LexiconEntry, field_lexicon, read_lexicon
from wenma.sources.script import folded

if TYPE_CHECKING:
    from jieba import Tokenizer
    from jieba.posseg import POSTokenizer
    from rjieba import Jieba

WordList = str | os.PathLike[str] | Iterable[str]
"""A word list's path, its folder's, or the words themselves."""


class Word(NamedTuple):
    """A word, where it stands in its text, and its part of speech if asked for."""

    text: str
    start: int
    end: int
    pos: str = ""


def cut(text: str, lexicon: WordList | None = None) -> list[str]:
    """The words of `text` in order, nothing left out, so that they join up to it again.

    Exactly the words of jieba 0.42.1 with the same lexicon: the field's when
    none is named, ``()`` for plain jieba, or a path or words of your own (the
    frequency that keeps each whole is computed). Lines in traditional script,
    which jieba hardly knows, are cut where it cuts their simplified twins.

    >>> cut("推进区域协同和区域合作。")
    ['推进', '区域协同', '和', '区域合作', '。']
    >>> cut("推进区域协同和区域合作。", ())
    ['推进', '区域', '协同', '和', '区域合作', '。']

    Raises `LexiconError` for a word list with a mistake.
    """
    matched = folded(text)
    found = segmenter(lexicon).cut(matched)
    return found if matched is text else [word for word, *_ in _placed(found, text)]


def cut_into_words(text: str, *, lexicon: WordList | None = None, pos: bool = False) -> list[Word]:
    """The words of `text` with their offsets, from 0 to its end without a gap.

    With `pos` each has jieba's part of speech (slow: a second a 20,000
    characters). The words are those of `cut` with or without it. jieba's tagger
    draws some borders elsewhere (3.5% is two words to it); there a word has the
    tag of the tagger's word that covers most of it, the later of two equals.

    >>> cut_into_words("健全应急联动机制", pos=True)[1]
    Word(text='应急联动', start=2, end=6, pos='vn')
    """
    knife = segmenter(lexicon)
    matched = folded(text)
    found = list(_placed(knife.cut(matched), text))
    if not pos:
        return found
    tagged = list(knife.tag(matched))
    places = _placed((word for word, _ in tagged), text)
    return _tagged(
        found, [word._replace(pos=tag) for word, (_, tag) in zip(places, tagged, strict=True)]
    )


def segmenter(lexicon: WordList | None = None) -> "Segmenter":
    """The segmenter for a lexicon, made once: the next call with the same words is free.

    The first takes about half a second, for jieba's dictionary.
    """
    if lexicon is None:
        return _of_field()
    if isinstance(lexicon, str | os.PathLike):
        path = Path(lexicon).absolute()
        return _of_files(path, _stamps(path))
    return _of_entries(tuple(lexicon))


class Segmenter:
    """jieba with user words, and the same segmenter in Rust for all text on which both agree.

    jieba cuts each block (a run without punctuation or spaces) by itself, so a
    text may be cut by both in turn. Blocks in which the two can part go to
    jieba: those with signs in a Latin run (1-2, PM_2.5, C++; a plain number
    such as 3.5% is safe), those beside Han which jieba does not know as such,
    and those that stammer (哈哈哈, 研讨研讨): there two ways of guessing a new
    word tie, and the last decimal of the model decides, which Rust rounds.
    """

    def __init__(self, entries: Iterable[LexiconEntry] = ()) -> None:
        from rjieba import Jieba

        entries = tuple(entries)
        self.jieba = _jieba()
        self.rust = Jieba()
        _add(entries, self.jieba, self.rust)
        _check_whole(entries, self.jieba)
        self._fast: Callable[[str], list[str]] = self.rust.cut
        self._tagger: POSTokenizer | None = None
        probes = (*_CANARY, "，".join(entry.word for entry in entries))
        if any(self.cut(probe) != self.jieba.lcut(probe) for probe in probes):
            self._fast = self.jieba.lcut
            warnings.warn(
                "rjieba does not cut as jieba 0.42.1 does here; words are cut by jieba alone, "
                "the same but slower. Install rjieba 0.2.2 to get the speed back.",
                RuntimeWarning,
                stacklevel=2,
            )

    def cut(self, text: str) -> list[str]:
        """The words of `text`, as jieba cuts it."""
        found: list[str] = []
        at = 0
        for spot in _doubtful(text):
            if spot < at:
                continue
            start, end = _block_around(text, spot, at)
            found += self._fast(text[at:start])
            found += self.jieba.cut(text[start:end])
            at = end
        rest = self._fast(text[at:])
        return found + rest if at else rest

    def tag(self, text: str) -> Iterator[tuple[str, str]]:
        """Words and parts of speech as ``jieba.posseg`` gives them; slow."""
        if self._tagger is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from jieba.posseg import POSTokenizer
            self._tagger = POSTokenizer(self.jieba)
        return ((pair.word, pair.flag) for pair in self._tagger.cut(text))


_SIGNS = r"+#&._%\-"
_LATIN = rf"a-zA-Z0-9{_SIGNS}"
_BLOCK = rf"\u4e00-\u9fd5{_LATIN}"  # what jieba joins
# The last range holds lone surrogates, which cannot cross to Rust.
_RARE = r"\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ud800-\udfff"
_HAN = r"[\u4e00-\u9fd5]"
_IN_BLOCK = re.compile(f"[{_BLOCK}]").match
# A set of characters stands first, so that the search skips ahead at full speed.
_FOREIGN = re.compile(
    rf"""[{_LATIN}{_RARE}]
    (?: (?<=[{_RARE}])
      | (?<! [{_LATIN}][{_LATIN}] )                               # a Latin run begins,
        (?! (?<=[0-9]) [0-9]*+ (?:\.[0-9]++)? %? (?![{_LATIN}]) ) # is no plain number,
        (?: (?<=[{_SIGNS}]) | [a-zA-Z0-9]*+ [{_SIGNS}] )          # and holds a sign
    )""",
    re.VERBOSE,
)
_STAMMER = re.compile(
    rf"""({_HAN}) (?: \1 (?: \1 | (.)\2 )                         # aaa, aabb,
      | ({_HAN}) (?: \1\3 | \3\1 | ({_HAN}) \1\3\4 ) )           # abab, abba, abcabc""",
    re.VERBOSE,
)


def _doubtful(text: str) -> list[int]:
    """Where in `text` jieba and Rust may part, in order."""
    spots = [found.start() for found in _FOREIGN.finditer(text)]
    spots += [found.start() for found in _STAMMER.finditer(text)]
    return sorted(spots)


def _block_around(text: str, spot: int, after: int) -> tuple[int, int]:
    start = spot
    while start > after and _IN_BLOCK(text[start - 1]):
        start -= 1
    end = spot + 1
    while end < len(text) and _IN_BLOCK(text[end]):
        end += 1
    return start, end


_NEVER_IN_A_BLOCK = "\ue000"  # private use

_CANARY = (
    "健全分级响应、上下联动的应急指挥体系，提升城市整体韧性。",
    "到2030年，建成区绿地率达到41.5%，比2024年提高3.2个百分点；",
    "推进“一带一路”建设（第4.2节），打造15分钟生活圈。",
    "杰奎琳和欧阳修远在云栖小镇研讨了量子隐形传态。",
    "研究生命起源的和尚未必会下围棋",
    "乒乓球拍卖完了南京市长江大桥",
    "建设5G基站1200座、AI算力3000P，推广B超、T恤和IC卡。",
    "PM2.5浓度降至28微克/立方米，1-2年内完成C++与C#课程改造。",
    "新增投资1,250.75万元\t占比 12%\r\n详见 https://example.org/a-b_c?d=1&e=2.5",
    "㐀𠮷鿿豈四个字不在常用区，〇和々也不在。",
    "二〇三五年基本实现韧性安全城市远景目标！！？……——",
    "　　第一章　总则\n第一条 为了防灾减灾，制定本办法。",
    "韌性城市與應急聯動機制的協同治理",
    "ａｂｃ１２３％ αβγ Ⅳ ①② 한국어 かな",
    "把手抬起来把手机充上电他说的确实在理",
    "绥绥绥绥涌，晰振晰振坏，造造架架雕，生晋晋生尔",
    "中共中央政治局常委会会议审议通过十五五规划建议",
)


def _jieba() -> "Tokenizer":
    """A jieba of our own, so that no word leaks into or out of the global one."""
    with warnings.catch_warnings():
        # Its patterns and pkg_resources make Python complain on first import.
        warnings.simplefilter("ignore")
        from jieba import Tokenizer
    made = Tokenizer()
    # What initialize() does, but without its cache in the shared temporary folder,
    # where anyone could have put another, and its lines on standard error.
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    return made


def _add(entries: tuple[LexiconEntry, ...], jieba: "Tokenizer", rust: "Jieba") -> None:
    """Teach both the same words, so that every frequency and their sum agree."""
    for word, pos, *_ in entries:
        jieba.add_word(word, tag=pos)
        rust.add_word(word, jieba.FREQ[word], pos)
    # A word that comes twice, as one in jieba's own dictionary does, is twice in jieba's sum.
    rust.add_word(_NEVER_IN_A_BLOCK, jieba.total - sum(jieba.FREQ.values()), None)


def _check_whole(entries: tuple[LexiconEntry, ...], jieba: "Tokenizer") -> None:
    for entry in entries:
        parts = jieba.lcut(entry.word)
        if parts != [entry.word]:
            foreign = re.search(f"[^{_BLOCK}]", entry.word)
            raise LexiconError(
                f'"{entry.word}" does not stay whole: jieba cuts {"/".join(parts)}',
                file=entry.file,
                place=entry.place,
                cure="Take it out: jieba joins only Han, Latin letters, digits and + # & . _ % -"
                if foreign
                else "Take it out, or the shorter entry that splits it",
                zh=f"“{entry.word}”不能保持整词：jieba 切为 {'/'.join(parts)}。"
                + (
                    "请删去：jieba 只连接汉字、拉丁字母、数字和 + # & . _ % -。"
                    if foreign
                    else "请删去此词，或删去把它切开的较短词条。"
                ),
            )


@lru_cache(maxsize=1)
def _of_field() -> Segmenter:
    return Segmenter(read_lexicon(field_lexicon()))


@lru_cache(maxsize=4)
def _of_files(path: Path, stamps: tuple[tuple[str, int, int], ...]) -> Segmenter:
    return Segmenter(read_lexicon(path))


@lru_cache(maxsize=4)
def _of_entries(entries: tuple[str, ...]) -> Segmenter:
    return Segmenter(map(LexiconEntry, entries))


def _stamps(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a list is edited, so that a notebook need not be restarted."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    states = [(file, file.stat()) for file in files if file.exists()]
    return tuple((str(file), state.st_mtime_ns, state.st_size) for file, state in states)


def _placed(parts: Iterable[str], text: str) -> Iterator[Word]:
    """Words with their places, spelt as in `text`."""
    at = 0
    for part in parts:
        end = at + len(part)
        yield Word(text[at:end], at, end)
        at = end


def _tagged(found: list[Word], tagged: list[Word]) -> list[Word]:
    """The words found, each with the tag of the tagged word that covers most of it."""
    made = []
    at = 0
    for word in found:
        while tagged[at].end <= word.start:
            at += 1
        most, pos, there = 0, "", at
        while there < len(tagged) and tagged[there].start < word.end:
            other = tagged[there]
            shared = min(word.end, other.end) - max(word.start, other.start)
            if shared >= most:
                most, pos = shared, other.pos
            there += 1
        made.append(word._replace(pos=pos))
    return made
