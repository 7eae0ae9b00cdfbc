"""Unicode tidied in one stated way.

In this order, for every document alike:

0. ``<U+00A0>``, which R writes for a character its locale lacks, becomes that
   character.
1. NFC; radicals of the Kangxi block and of the CJK supplement, which some PDFs
   carry in place of characters, become the unified character (⼈ 人, ⻅ 见).
2. Full-width Latin letters and digits become ASCII (２０２５ 2025). Punctuation
   stays as found, full-width or not.
3. Zero-width characters, soft hyphens, byte order marks and control characters
   go; private-use characters stay, since they stand for something.
4. Every kind of space becomes one space, runs of them a single one; lines lose
   the spaces at their ends.
5. Spaces between Han, and between Han and digits or Chinese punctuation, go:
   they are layout. One stays after a heading's number (第三章 目标, 1.2 目标).

Traditional characters are never turned into simplified ones, nor the reverse: what
is matched in either script is `wenma.sources.script`'s affair.

What people type (a term of a codebook, a search) is tidied by `tidied`, so that
it finds what the same characters became in a document; the literal text of a
regular expression by `tidied_pattern`.
"""

import re
import unicodedata

_SUPPLEMENT = (  # the characters U+2E80 to U+2EF3 stand for
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑"
    "钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_RADICALS = {0x2E80 + at: char for at, char in enumerate(_SUPPLEMENT)} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_ASCII = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                              *range(0xFF41, 0xFF5B))}  # fmt: skip
_DROPPED = dict.fromkeys(
    (
        *range(0x00, 0x09), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0),
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
        *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, 0xFFFE,
    ),
    "",
)  # fmt: skip
_SPACES = dict.fromkeys(
    (0x09, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0, 0x1680,
     *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
    " ",
)  # fmt: skip
_TABLE = {**_RADICALS, **_ASCII, **_DROPPED, **_SPACES}
# Looking for strangers first is ten times cheaper than translating every character.
_STRANGER = re.compile("[" + "".join(f"\\u{code:04x}" for code in sorted(_TABLE)) + "]")
_ESCAPED = re.compile("<U\\+((?!000[AaDd]|[Dd][89A-Fa-f])[0-9A-Fa-f]{4})>")
_RUN = re.compile("  +")
_PATTERN_PART = re.compile(
    r"(?P<escape>\\Q.*?(?:\\E|$)|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\.)"
    r"|(?P<inside>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])"
    r"|(?P<text>[^\\\[]+)",
    flags=re.S,
)
_CLASS_ITEM = re.compile(
    r"(?P<escaped>\[:\^?\w+:\]|\\.)|(?P<low>[^\\])(?:-(?P<high>[^\\\]]))?", flags=re.S
)
# What a repeat counts cannot go: the repeat would count what stands before it.
_UNREPEATED = re.compile(f"(?:{_STRANGER.pattern})(?![?*+{{])|[{''.join(map(chr, _ASCII))}]")

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "、。〈-】〔-〟，；：！？（）％“”‘’…—·"
_LAYOUT_SPACE = re.compile(
    f"(?<=[{_HAN}{_MARKS}]) (?=[{_HAN}{_MARKS}0-9])|(?<=[0-9]) (?=[{_HAN}{_MARKS}])"
    f"|(?<=[{_MARKS}]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[{_MARKS}])"
)
_NUMBER_SPACE = re.compile(
    "(?:第[〇零一二三四五六七八九十百0-9]{1,5}[编篇章节条]"
    "|(?:专栏|附件|附表|附录|附图|图|表)[0-9A-Z一二三四五六七八九十-]*"
    "|[A-Z]?[0-9]{1,2}(?:\\.[0-9]{1,2}){0,3}) (?!年|月|日|时|个|项|万|亿|%|元|人|周|至)"
)

_COLUMNS = "专栏"
"""A line that begins so is a box written on one line: its spaces set columns apart."""


def tidied(text: str) -> str:
    """What these characters are in a document read from a file: terms and searches as texts.

    Every line is tidied by itself and none is dropped or joined. Blank text becomes "".
    A space that a document keeps is kept here: between Latin letters and Han (GDP 增长),
    and after a number at the very beginning (第三章 目标, 5 大工程), where it may be a
    heading's.

    >>> tidied("５Ｇ"), tidied("数字 乡村"), tidied("大数据\u200b "), tidied("　")
    ('5G', '数字乡村', '大数据', '')
    >>> tidied("GDP 增长"), tidied("第三章 发展 目标")
    ('GDP 增长', '第三章 发展目标')
    """
    return "\n".join(squeeze(line) for line in tidy(text).split("\n"))


def tidied_pattern(pattern: str) -> str:
    """A regular expression with its literal text tidied and its syntax as it was.

    Escapes (``\\x20``, ``\\pL``) stay. In a class of characters each is tidied by itself,
    and a range only when both of its ends are. A zero-width character that a repeat
    counts stays too.

    >>> tidied_pattern("５Ｇ.{0,８}数字 乡村"), tidied_pattern("[０-９]+ ?年")
    ('5G.{0,8}数字乡村', '[0-9]+ ?年')
    """
    return _PATTERN_PART.sub(_tidied_part, pattern)


def _tidied_part(part: re.Match[str]) -> str:
    kind, text = part.lastgroup, part[0]
    if kind == "escape":
        return text
    if kind == "inside":
        return _CLASS_ITEM.sub(_tidied_item, text)
    text = _UNREPEATED.sub(lambda hit: _TABLE[ord(hit[0])], unicodedata.normalize("NFC", text))
    start = len(text) - len(text.lstrip("^"))
    return text[:start] + squeeze(text[start:])


def _tidied_item(item: re.Match[str]) -> str:
    """A character of a class, or a range of which both ends are tidied or none."""
    new = [_TABLE.get(ord(end), end) for end in (item["low"], item["high"]) if end]
    same = [one == old for one, old in zip(new, (item["low"], item["high"]), strict=False)]
    if item["escaped"] or not all(new) or len(set(same)) > 1:
        return item[0]
    return "-".join(new)


def tidy(text: str) -> str:
    """`text` with its characters tidied (steps 1–4); line ends stay where they are.

    >>> tidy("２０２５ 年　⼈⻅\\u200b，  ＧＤＰ ")
    '2025 年 人见， GDP'
    """
    if "<U+" in text:
        text = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _STRANGER.search(text):
        text = _STRANGER.sub(lambda hit: _TABLE[ord(hit[0])], text)
    if "  " in text:
        text = _RUN.sub(" ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def squeeze(text: str) -> str:
    """A tidied line without the spaces that are only layout (step 5).

    >>> squeeze("第三章 发展 目标"), squeeze("到 2025 年， GDP 增长 5%")
    ('第三章 发展目标', '到2025年，GDP 增长5%')
    """
    if " " not in text or text.startswith(_COLUMNS):
        return text
    number = _NUMBER_SPACE.match(text)
    if number is None:
        return _LAYOUT_SPACE.sub("", text)
    return number[0] + _LAYOUT_SPACE.sub("", text[number.end() :])
