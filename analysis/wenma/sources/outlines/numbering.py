"""The numbers Chinese documents put before their headings.

第X编 or 篇, 第X章, 第X节, 第X条, 一、, （一）, 1., （1）, 1.1, 1.1.1, 专栏, 附件.
"""

import re
from typing import Literal, NamedTuple, get_args

Family = Literal[
    "part",  # 第一编、第一篇
    "chapter",  # 第一章
    "section",  # 第一节
    "article",  # 第一条
    "clause",  # 1 范围: chapters of a standard
    "item",  # 一、
    "bracketed item",  # （一）
    "point",  # 1. or 1、
    "decimal 2",  # 1.1
    "decimal 3",  # 1.1.1
    "decimal 4",
    "bracketed point",  # （1）
    "box",  # 专栏1
    "box point",  # 1. inside a 专栏; told by where it stands
    "appendix",  # 附件、附录、名词解释
]
PEERS = frozenset("前言 引言 序言 总则 附则 结语 结束语 后记".split())
"""Words that head a part of the text as a numbered chapter does."""
FAMILIES: tuple[Family, ...] = get_args(Family)


class Number(NamedTuple):
    """A number at the head of a line: its family, its value, where the words begin.

    `value` holds one figure for each step (1.2.3 → 1, 2, 3) and is empty where
    nothing is counted.
    """

    family: Family
    value: tuple[int, ...]
    end: int


_DIGITS = "〇零一二三四五六七八九十百"
_ORDINAL = re.compile(f"第([{_DIGITS}]{{1,5}}|[0-9]{{1,3}})(编|篇|部分|章|节|条) ?")
_ITEM = re.compile(f"([{_DIGITS}]{{1,3}})[、．] ?")
_BRACKETED = re.compile(f"[（(] ?([{_DIGITS}]{{1,3}}|[0-9]{{1,2}}) ?[)）][、.]? ?")
_DECIMAL = re.compile(
    r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\.?(?![0-9.．%％‰、～~\-—－+/(（])"
    r"(?! ?(?:[万亿倍吨元岁℃]|千米|公里|公顷|平方|立方|微克|小时|左右|以上|以下"
    r"|个百分|人/|家、|件、))"
    r"[ 　]?(?=[一-龥“《‘A-Z])"
)
_POINT = re.compile(r"([0-9]{1,3})(?:[.．]|、) ?(?![0-9.．])(?=\S)")
_CLAUSE = re.compile(r"([0-9]{1,2}) (?=[一-龥]{2})")
_BOX = re.compile(f"专栏 ?([0-9]{{1,2}}|[{_DIGITS}]{{1,3}})?[：: ]? ?")
_APPENDIX = re.compile(
    f"附(?:件|表|录|图|则表)(?: ?([0-9]{{1,2}}|[{_DIGITS}]{{1,2}})| ?[A-Z](?![a-z]))?[：: ]? ?"
)
_GLOSSARY = re.compile("(?:.{0,20}(?:名词|术语|用语|词语|指标))?(?:及名词)?(?:解释|注释)$")
_ORDINAL_FAMILY: dict[str, Family] = {
    "编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section", "条": "article",
}  # fmt: skip
_HEADS = frozenset(f"第（(专附0123456789{_DIGITS}")
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def number(text: str) -> Number | None:
    """The heading number `text` begins with, None when there is none.

    第十届 is not one, and neither is the year 2025 nor the 3.5 of 3.5%.

    >>> number("第十二章 保障措施")
    Number(family='chapter', value=(12,), end=5)
    >>> number("（三）加强监测。").family, number("2.1 指导思想").value
    ('bracketed item', (2, 1))
    >>> number("第十届全国人大"), number("2025.我们"), number("3.5%以上"), number("2.69 万亿元")
    (None, None, None, None)
    """
    if not text:
        return None
    if text[0] not in _HEADS:
        glossary = text[-1] == "释" and len(text) <= 25 and _GLOSSARY.match(text)
        return Number("appendix", (), 0) if glossary else None
    head = text[0]
    if head == "第":
        if hit := _ORDINAL.match(text):
            return Number(_ORDINAL_FAMILY[hit[2]], (value(hit[1]),), hit.end())
    elif head in "（(":
        if hit := _BRACKETED.match(text):
            family: Family = "bracketed point" if hit[1].isdigit() else "bracketed item"
            return Number(family, (value(hit[1]),), hit.end())
    elif "0" <= head <= "9":
        return _arabic(text)
    elif head == "专":
        if hit := _BOX.match(text):
            return Number("box", (value(hit[1]),) if hit[1] else (), hit.end())
    elif head == "附":
        if hit := _APPENDIX.match(text):
            return Number("appendix", (value(hit[1]),) if hit[1] else (), hit.end())
    elif hit := _ITEM.match(text):
        return Number("item", (value(hit[1]),), hit.end())
    return None


def _arabic(text: str) -> Number | None:
    if hit := _DECIMAL.match(text):
        steps = tuple(map(int, hit[1].split(".")))
        depth: dict[int, Family] = {2: "decimal 2", 3: "decimal 3", 4: "decimal 4"}
        return Number(depth[len(steps)], steps, hit.end())
    if hit := _POINT.match(text):
        return Number("point", (int(hit[1]),), hit.end())
    if hit := _CLAUSE.match(text):
        return Number("clause", (int(hit[1]),), hit.end())
    return None


def value(written: str) -> int:
    """The figure of a number written in Chinese or Arabic digits.

    >>> value("十"), value("二十三"), value("一百零六"), value("12")
    (10, 23, 106, 12)
    """
    if written.isdigit() and written.isascii():
        return int(written)
    total = digit = 0
    for char in written:
        if char == "百":
            total, digit = total + 100 * (digit or 1), 0
        elif char == "十":
            total, digit = total + 10 * (digit or 1), 0
        else:
            digit = 10 * digit + _VALUES[char]
    return total + digit
