"""Traditional script, folded so that what is written for simplified texts finds its place there.

A folded text has as many characters as the text: whatever matches there stands at the same
offsets in the document, which keeps its own script. Only lines in traditional script are folded,
by OpenCC and its phrases (乾旱 干旱, 乾坤 乾坤).
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice

from wenma.records import Bilingual, Sign

_MORE = str.maketrans("敍枱痺粧糭衞衹汚戸録査敎靑淸歩毎內", "叙台痹妆粽卫只污户录查教青清步每内")
"""Forms that OpenCC leaves, most of them Hong Kong's."""
# 著 is 着 unless it is about writing or fame: 沿著 沿着, 著名 著名.
_ATTACHED = re.compile("(?<![显卓昭专名原编遗巨论土译合拙新])著(?![名作称述录书者])")

_HALF = re.compile("[\ud800-\udfff]")


def folded(text: str) -> str:
    """`text` with its lines in traditional script turned into simplified, character by character.

    >>> folded("推動韌性城市建設\\n乾隆年间"), folded("沿著黃河，顯著提升")
    ('推动韧性城市建设\\n乾隆年间', '沿着黄河，显著提升')
    """
    only_traditional, only_simplified = _scripts()
    hit = only_traditional.search(text)
    parts: list[str] = []
    done = 0
    while hit:
        start = text.rfind("\n", done, hit.start()) + 1 or done
        end = text.find("\n", hit.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        if len(only_traditional.findall(line)) > len(only_simplified.findall(line)):
            parts += [text[done:start], _simplified(line)]
            done = end
        hit = only_traditional.search(text, end)
    return "".join([*parts, text[done:]]) if parts else text


def both_scripts(words: str) -> list[str]:
    """The words as they stand, and in the other script as far as they differ there.

    >>> both_scripts("韧性"), both_scripts("韌性"), both_scripts("目的")
    (['韧性', '韌性'], ['韌性', '韧性'], ['目的'])
    """
    simplified = folded(words)
    forms = [words, simplified, *(_converter(to)(simplified) for to in ("s2t", "s2tw", "s2hk"))]
    return [form for form in dict.fromkeys(forms) if len(form) == len(words)]


def script_signs(text: str) -> tuple[Sign, ...]:
    """What the report on a document says of its script: nothing where it is simplified."""
    only_traditional, only_simplified = _scripts()
    many = len(only_traditional.findall(text))
    if not many or next(islice(only_simplified.finditer(text), many - 1, None), None):
        return ()
    said = Bilingual(
        "繁体文本：按简体规则编码，位置与原文一致",
        "is in traditional script: coded like simplified text, offsets in the original",
    )
    return (Sign("traditional", said, look=False),)


def _simplified(line: str) -> str:
    found = _converter("t2s")(line)
    if len(found) != len(line):  # a phrase that is longer or shorter: character by character
        each = map(_converter("t2s"), line)
        found = "".join(new if len(new) == 1 else old for old, new in zip(line, each, strict=True))
    return _ATTACHED.sub("着", found.translate(_MORE))


@cache
def _converter(name: str) -> Callable[[str], str]:
    from opencc import OpenCC  # loaded when the first traditional text comes

    convert: Callable[[str], str] = OpenCC(name).convert

    def whole(text: str) -> str:
        # Half a character is no text to opencc: it stays where it is.
        halves = [hit.start() for hit in _HALF.finditer(text)]
        if not halves:
            return convert(text)
        parts = zip([0, *(at + 1 for at in halves)], [*halves, len(text)], strict=True)
        return "".join(convert(text[a:b]) + text[b : b + 1] for a, b in parts)

    return whole


@cache
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that only traditional text holds, and those that only simplified text holds.

    The standards say which are in use: those of Big5 (and Hong Kong's) that GB2312 lacks, and
    those of GB2312 that Big5 lacks.
    """
    characters = "".join(map(chr, range(0x4E00, 0xA000)))
    simplified, traditional, with_hong_kong = (
        set(characters.encode(name, "ignore").decode(name))
        for name in ("gb2312", "big5", "big5hkscs")
    )
    one, other = with_hong_kong - simplified, simplified - traditional
    return re.compile(f"[{''.join(sorted(one))}]"), re.compile(f"[{''.join(sorted(other))}]")
