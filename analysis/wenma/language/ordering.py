"""Values in the order people put them in: 第二批 before 第十批, 十四五 before 十五五.

A value is taken apart into numbers and what stands between them; numbers are compared as
numbers, however they are written. Han that only look like numbers (三亚, 万州) stay text.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from wenma.sources.cleaning import squeeze, tidy

Key = tuple[int, tuple[tuple[int, float, str], ...], str]

_FIGURES = {han: value for value, han in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "两": 2, "廿": 20, "卅": 30,
}  # fmt: skip
_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_HAN = "[" + "".join((*_FIGURES, *_POWERS)) + "]+"
_ONE = "[一二三四五六七八九]"
_BEFORE = "第（(｟〔周"
"""After one of these, Han figures count."""
_COUNTERS = "、，．.）)年月日号季旬期批次轮章节条款项编篇卷册部级类档届步组类度号等"
"""Before one of these, Han figures count."""
_STEPS = "期段批类组级步档号部卷册季表图件则"
"""At the end of a value and after one of these, Han figures count: 阶段一."""
_RANKS = (
    ("上中下", "旬|册|篇|卷|部|编|集|辑|月|半年|半月"),
    ("春夏秋冬", "季"),
    ("甲乙丙丁戊己庚辛壬癸", "级|类|等|组"),
    ("初末", "$"),
)
"""Words that rank, by what follows them."""
_ROMAN = {"I": 1, "V": 5, "X": 10}
_FIRST_PLAN = 1951
"""The n-th five-year plan begins in this year + 5n: 十四五 in 2021."""
_TENTH = "十"
"""十五 is fifteen as well as the tenth plan."""

_TOKEN = re.compile(
    f"第(?P<nth>{_HAN})个?五年(?=规划|计划|发展|$)|"
    f'(?<![{"".join((*_FIGURES, *_POWERS))}第])[“"]?(?P<plan>十{_ONE}|{_ONE}|十)五'
    f'(?:(?P<sure>[”"]|(?=规划|计划|时期|期间|纲要|以来))|(?![{"".join((*_FIGURES, *_POWERS))}'
    f"{_COUNTERS}个]))"
    "|(?P<digits>[0-9]+)"
    f"|(?<=[{_BEFORE}])(?P<led>{_HAN})"
    f"|(?P<counted>{_HAN})(?=[{_COUNTERS}])"
    f"|(?<=[{_STEPS}])(?P<last>{_HAN})$"
    f"|^(?P<whole>{_HAN})$"
    "|(?<=星期)(?P<weekday>[一二三四五六日天])"
    "|(?<![A-Za-z])(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))(?<=[IVX])(?![A-Za-z])"
    "|(?P<dash>[-–—－~～至])"
    + "".join(f"|(?P<rank{n}>[{words}])(?={then})" for n, (words, then) in enumerate(_RANKS))
    + "|(?P<first>元)(?=月)"
)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_DATE = re.compile(
    r"([12][0-9]{3})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?"
    r"|年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日号])?)?)"
)


def natural_key(value: object, *, plans: bool = False) -> Key:
    """What `sorted` takes as `key` to put values in the order people do; blank ones come last.

    `plans` takes 十五 for the tenth five-year plan, and not for fifteen.

    >>> sorted(["2021年11月", "2021年3月", "2020年"], key=natural_key)
    ['2020年', '2021年3月', '2021年11月']
    >>> sorted(["第十批", "第二批", "一、", "十一、", "十、"], key=natural_key)
    ['一、', '十、', '十一、', '第二批', '第十批']
    >>> sorted(["10", "9", "1,000", "-3"], key=natural_key)
    ['-3', '9', '10', '1,000']
    >>> sorted(["下旬", "", "上旬", "中旬"], key=natural_key)
    ['上旬', '中旬', '下旬', '']
    >>> sorted(["阶段IX", "阶段IV", "阶段I", "阶段V"], key=natural_key)
    ['阶段I', '阶段IV', '阶段V', '阶段IX']
    >>> sorted(["三亚", "上海", "万州"], key=natural_key) == sorted(["三亚", "上海", "万州"])
    True
    """
    shown = "" if value is None or value != value else str(value)
    words = squeeze(tidy(shown))
    if not words:
        return 1, (), shown
    if (figure := number_of(words)) is not None:
        return 0, ((0, figure, ""),), shown
    if dated := _DATE.fullmatch(words):
        steps = (float(part) for part in dated.group(1, 3, 4, 5, 6) if part)
        return 0, tuple((0, step, "") for step in steps), shown
    return 0, tuple(_tokens(words, plans)), shown


def ordered(values: Iterable[str]) -> list[str]:
    """The values in the order people put them in, each once.

    >>> ordered(["十五五", "十四五", "十三五", "十五", "十四五"])
    ['十五', '十三五', '十四五', '十五五']
    >>> ordered(["2021–2025", "十三五", "2011-2015"])
    ['2011-2015', '十三五', '2021–2025']
    >>> ordered(["十五五规划", "第十三个五年规划", "十四五规划"])
    ['第十三个五年规划', '十四五规划', '十五五规划']
    >>> ordered(["2021年四季度", "2021年二季度"]), ordered(["十五", "九", "二十"])
    (['2021年二季度', '2021年四季度'], ['九', '十五', '二十'])
    """
    every = list(dict.fromkeys(values))
    plans = any(_is_plan(squeeze(tidy(one))) for one in every)
    return sorted(every, key=lambda one: natural_key(one, plans=plans))


def number_of(value: str) -> float | None:
    """The number a value is, None when it is none. 007 is a code.

    >>> number_of("1,234.5"), number_of("３"), number_of("007"), number_of("十四五")
    (1234.5, 3.0, None, None)
    """
    words = squeeze(tidy(value))
    digits = words.lstrip("+-")
    if not _NUMBER.fullmatch(words) or (digits[:1] == "0" and digits[1:2].isdigit()):
        return None
    # A number so long names something: a float would not keep it.
    return float(words.replace(",", "")) if sum(map(str.isdigit, digits)) <= 15 else None


def date_of(value: str) -> tuple[int, ...] | None:
    """Year, month and day a value states, as far as it does; None when it states none.

    >>> date_of("2025年3月1日"), date_of("2025-03"), date_of("2025年"), date_of("2025-13")
    ((2025, 3, 1), (2025, 3), (2025,), None)
    """
    found = _DATE.fullmatch(squeeze(tidy(value)))
    if found is None:
        return None
    parts = tuple(int(part) for part in found.group(1, 3, 4, 5, 6) if part)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return parts


def han_number(words: str) -> int:
    """The number written in Han: 二十一, 一百零五, 二〇二五.

    >>> [han_number(one) for one in ("十", "二十一", "一百零五", "二〇二五", "两千", "一万二千")]
    [10, 21, 105, 2025, 2000, 12000]
    """
    if not any(one in _POWERS for one in words):
        return int("".join(str(_FIGURES[one]) for one in words))
    total = part = figure = 0
    for one in words:
        if one in _FIGURES:
            figure = figure * 10 + _FIGURES[one] if figure else _FIGURES[one]
        elif _POWERS[one] < 10_000:
            part += (figure or 1) * _POWERS[one]
            figure = 0
        else:
            total += ((part + figure) or 1) * _POWERS[one]
            part = figure = 0
    return total + part + figure


def _is_plan(words: str) -> bool:
    found = _TOKEN.match(words)
    return bool(found and found["plan"] and found["plan"] != _TENTH)


def _tokens(words: str, plans: bool) -> Iterator[tuple[int, float, str]]:
    at = 0
    for found in _TOKEN.finditer(words):
        if not found[0]:
            continue
        number, between = _read(found, plans)
        if found.start() > at:
            yield 1, 0.0, words[at : found.start()]
        yield (0, number, "") if number is not None else (1, 0.0, between)
        at = found.end()
    if at < len(words):
        yield 1, 0.0, words[at:]


def _read(found: re.Match[str], plans: bool) -> tuple[float | None, str]:
    """The number a token is; or, where it is none, the text it stands for."""
    kind, words = str(found.lastgroup), found[0]
    if kind == "nth":
        return _FIRST_PLAN + 5 * han_number(found["nth"]), words
    if kind in ("plan", "sure"):
        sure = plans or kind == "sure" or found["plan"] != _TENTH
        return (_FIRST_PLAN + 5 * han_number(found["plan"]) if sure else 15), words
    if kind == "digits":
        return float(words), words
    if kind == "roman":
        return _roman(words), words
    if kind == "weekday":
        return (7 if words in "日天" else han_number(words)), words
    if kind == "first":
        return 1, words
    if kind == "dash":
        return None, "–"
    if kind.startswith("rank"):
        return _RANKS[int(kind.removeprefix("rank"))][0].index(words), words
    return han_number(words), words


def _roman(words: str) -> int:
    figures = [_ROMAN[one] for one in words]
    return sum(
        -one if one < then else one for one, then in zip(figures, [*figures[1:], 0], strict=True)
    )
