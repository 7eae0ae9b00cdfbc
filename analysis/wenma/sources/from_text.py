"""Plain text becomes lines."""

import re

from wenma.sources.encoding import decode
from wenma.sources.lines import Extract, Line

# str.splitlines would also cut at form feeds and U+2028, and the numbers would
# no longer be those an editor shows.
_LINE_END = re.compile("\r\n|\r|\n")


def extract(data: bytes) -> Extract:
    """The lines of a text file, numbered as an editor numbers them.

    >>> [(line.line, line.text) for line in extract("一、总则\\r\\n正文。".encode()).lines]
    [(1, '一、总则'), (2, '正文。')]
    """
    return Extract([Line(text, None, number) for number, text in enumerate(split(decode(data)), 1)])


def split(text: str) -> list[str]:
    """The lines of `text` without their ends."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")
