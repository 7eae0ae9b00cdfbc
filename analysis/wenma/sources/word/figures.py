"""A count becomes the figure Word writes for it: 3 is 三, 叁, 丙, ③, iii or c."""

from collections.abc import Callable, Mapping

_HAN = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FULL_WIDTH = {ord("0") + at: chr(0xFF10 + at) for at in range(10)}
_LARGEST = 99_999


def list_figure(count: int, style: str) -> str:
    """How Word writes `count` in the number format `style` (ST_NumberFormat).

    "" for ``none`` and ``bullet``; a format not known here, and a count its figures do not
    reach, is written in Arabic digits.

    >>> [list_figure(21, style) for style in ("chineseCounting", "lowerRoman", "decimalZero")]
    ['二十一', 'xxi', '21']
    >>> known = ("decimalEnclosedCircle", "ideographTraditional", "upperLetter", "unheard of")
    >>> [list_figure(3, style) for style in known]
    ['③', '丙', 'C', '3']
    """
    if style in ("none", "bullet"):
        return ""
    written = _FORMATS.get(style)
    return written(count) if written and 0 < count <= _LARGEST else str(count)


def _grouped(digits: str, units: str, *, bare_ten: bool) -> Callable[[int], str]:
    """Figures with units (一百二十三); `bare_ten` writes 十 for 一十 at the head."""

    def written(count: int) -> str:
        said, gap = "", False
        for unit in range(len(str(count)) - 1, -1, -1):
            digit = count // 10**unit % 10
            if not digit:
                gap = True
                continue
            said += (
                (digits[0] if gap and said else "") + digits[digit] + (" " + units)[unit].strip()
            )
            gap = False
        ten = digits[1] + units[0]
        return said[1:] if bare_ten and said.startswith(ten) else said

    return written


def _japanese(count: int) -> str:
    """Thousands, hundreds and tens carry no 一 and gaps no zero (百一)."""
    said = ""
    for unit in range(len(str(count)) - 1, -1, -1):
        digit = count // 10**unit % 10
        if digit:
            bare = digit == 1 and 0 < unit < 4
            said += ("" if bare else _HAN[digit]) + (" 十百千万")[unit].strip()
    return said


def _digits(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


def _counted(count: int) -> str:
    """Units up to 99, digits beyond (一〇〇)."""
    return _thousands(count) if count < 100 else _digits(_HAN)(count)


_thousands = _grouped(_HAN, "十百千万", bare_ten=True)


def _run(first: str, length: int) -> Callable[[int], str]:
    """Characters that stand in a row in Unicode, while they last."""
    return lambda count: chr(ord(first) + count - 1) if count <= length else str(count)


def _row(row: str) -> Callable[[int], str]:
    return lambda count: row[count - 1] if count <= len(row) else str(count)


def _letters(count: int) -> str:
    """a to z, then aa, bb, cc."""
    return chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 30)


def _roman(count: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        said += letters * (min(count, 3999) // worth)
        count = min(count, 3999) % worth
    return said


def _ordinal(count: int) -> str:
    teen = 10 < count % 100 < 14
    return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _circled(count: int) -> str:
    for first, begin, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if begin <= count <= end:
            return chr(ord(first) + count - begin)
    return str(count)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "koreanCounting": _counted,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _grouped(_LEGAL_SIMPLIFIED, "拾佰仟万", bare_ten=False),
    "ideographLegalTraditional": _grouped(_LEGAL_TRADITIONAL, "拾佰仟萬", bare_ten=False),
    "japaneseLegal": _grouped("〇壱弐参四伍六七八九", "拾百阡萬", bare_ten=False),
    "ideographDigital": _digits(_HAN),
    "japaneseDigitalTenThousand": _digits(_HAN),
    "taiwaneseDigital": _digits(_HAN),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographZodiacTraditional": lambda count: (
        _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12] if count <= 60 else str(count)
    ),
    "ideographEnclosedCircle": _run("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalZero": lambda count: f"{count:02}",
    "numberInDash": lambda count: f"- {count} -",
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "ordinal": _ordinal,
    "hex": lambda count: f"{count:X}",
}
