"""Characters that Word writes by another way than as text: symbol fonts, raised figures, ruby."""

import re

from wenma.sources.word.figures import list_figure

# The Symbol font, where policy texts take ≥, ±, ×, ℃ and Greek letters from.
_SYMBOL = dict(
    zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))  # fmt: skip
_SYMBOL |= {code: chr(code) for code in (*range(0x30, 0x3A), *b"!%&()+,./:;<=>?[]_{|} #")} | {
    0x2D: "−", 0x40: "≅", 0x7E: "∼", 0xA0: "€", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕",
    0xCE: "∈", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA1: "○", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | {0x81 + at: chr(0x2460 + at) for at in range(10)}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0xA3: "□"} | {
    0x6A + at: chr(0x2460 + at) for at in range(10)
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = range(0xF000, 0xF100)
_RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_RAISED_FIGURE = re.compile("[0-9]+(?:[-–,，、][0-9]+)*$|[-+−][0-9]+$")
_CIRCLED = re.compile(r"\\o(?:\\a[clrd])?\([○〇◯◎],([0-9]{1,2})\)$")
_OVERLAID = re.compile(r"\\o\\ad\(\\s\\up[0-9 ]*\([^()]*\),([^()]*)\)$")


def symbol(code: int, font: str) -> str | None:
    """The character a symbol font shows for a code; None where it has none in Unicode.

    >>> symbol(0xF0B3, "Symbol"), symbol(0xF0FE, "Wingdings"), symbol(0x2265, "宋体")
    ('≥', '☑', '≥')
    >>> symbol(0xF028, "Wingdings") is None
    True
    """
    table = _FONTS.get(font.strip().casefold())
    if table is not None and (code in _PRIVATE or code < 0x100):
        return table.get(code & 0xFF)
    if code in _PRIVATE or not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return None
    return chr(code)


def raised_digits(text: str, before: str) -> str:
    """Superscript text as it can stand in a line: after a figure its figures stay raised.

    A note's mark must not become a digit of the figure before it, nor 10⁸ become 108;
    m2 and km2 are written so everywhere and stay.

    >>> raised_digits("1", "1761.48"), raised_digits("2", "km"), raised_digits("8", "10")
    ('¹', '2', '⁸')
    """
    if before[-1:].isdigit() and _RAISED_FIGURE.match(text.strip()):
        return text.strip().translate(_RAISED)
    return text


def field_shown(instruction: str) -> str:
    r"""What Word draws for a field that keeps no result: a circled number, a word with its ruby.

    >>> field_shown(r" EQ \o\ac(○,3) "), field_shown(r"EQ \* jc2 \o\ad(\s\up 11(hàn),汉)")
    ('③', '汉')
    >>> field_shown(' XE "韧性" ')
    ''
    """
    words = "".join(instruction.split())
    if not words.upper().startswith("EQ"):
        return ""
    if hit := _CIRCLED.search(words):
        return list_figure(int(hit[1]), "decimalEnclosedCircle")
    hit = _OVERLAID.search(words)
    return hit[1] if hit else ""
