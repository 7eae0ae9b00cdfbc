"""Plain text becomes lines."""

import re

from wenma.errors import SourceError
from wenma.sources.encodings.encoding import decode
from wenma.sources.lines import Extract, Line

# str.splitlines would also cut at form feeds and U+2028, and the numbers would
# no longer be those an editor shows.
_LINE_END = re.compile("\r\n|\r|\n")
# What other programs end a line, a paragraph or a page with, inside an editor's line.
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_SPACES = " \xa0\u3000"
_SPACE = f"[{_SPACES}]"
_NARROW = re.compile(rf"(?<=\S){_SPACE}(?=\S)")
_WIDE = re.compile(rf"(?<=\S){_SPACE}{{2}}(?=\S)")
_MOST_LINES = 500_000
_LEAST_SPACED = 5  # characters of a line that show whether it is letter-spaced
_LEAST_OF_ALL = 40  # and of a file
_MOST_OF_THEM = 0.8  # of the lines are so in a letter-spaced file


def extract(data: bytes) -> Extract:
    """The lines of a text file that are not blank, numbered as an editor numbers them.

    >>> [(line.line, line.text) for line in extract("一、总则\\r\\n正文。".encode()).lines]
    [(1, '一、总则'), (2, '正文。')]
    """
    found = decode(data)
    pieces = split(found.text)
    if len(pieces) - pieces.count("") > _MOST_LINES:
        raise SourceError(
            f"has more than {_MOST_LINES:,} lines",
            cure="Split it into documents, one a file",
            zh=f"超过 {_MOST_LINES:,} 行。请拆成一份文件一个文档。",
        )
    lines = [
        Line(part, None, number)
        for number, text in enumerate(pieces, 1)
        if text and not text.isspace()
        for part in (_BREAK.split(text) if _BREAK.search(text) else (text,))
    ]
    return Extract(_closed_up(lines), signs=found.signs)


def split(text: str) -> list[str]:
    """The lines of `text` without their ends."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def _closed_up(lines: list[Line]) -> list[Line]:
    """The lines without the spaces that a letter-spaced file sets between all characters.

    Cleaning takes spaces between Han out of any text; here 2 0 3 5 and G D P are closed up too,
    and of two words set apart one space stays.
    """
    apart = [line for line in lines if len(line.text) >= 2 * _LEAST_SPACED]
    gappy = [line for line in apart if 3 * sum(map(line.text.count, _SPACES)) >= len(line.text)]
    if len(gappy) <= _MOST_OF_THEM * len(apart):  # at once: hardly any file is letter-spaced
        return lines
    wide, narrow = (sum(len(g.findall(line.text)) for line in apart) for g in (_WIDE, _NARROW))
    gap = f"{_SPACE}{{{2 if wide > narrow else 1}}}"
    spaced = re.compile(rf"\s*(?:\S{gap}{_SPACE}*)+\S?\s*")
    found = [line for line in gappy if spaced.fullmatch(line.text)]
    size = sum(len(line.text) // 2 for line in found)
    if len(found) <= _MOST_OF_THEM * len(apart) or size < _LEAST_OF_ALL:
        return lines
    between = re.compile(rf"(?<=\S){gap}(?=\S)")
    return [
        line._replace(text=between.sub("", line.text)) if spaced.fullmatch(line.text) else line
        for line in lines
    ]
