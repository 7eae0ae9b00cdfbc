"""Markdown becomes lines: headings known by their #, emphasis and links laid bare."""

import re

from wenma.sources.encoding import decode
from wenma.sources.from_text import split
from wenma.sources.lines import Extract, Hint, Line

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t　]+(.*?)[ \t#]*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_TABLE_RULE = re.compile(r"\s*\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*$")
_BULLET = re.compile(r"\s*[-*+] (?=\S)")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_STRONG = re.compile(r"(\*{1,4}|__|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^)\n]*\)")
_LEVELS: tuple[Hint, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")


def extract(data: bytes) -> Extract:
    """The lines of a Markdown file without its marks; `#` headings and table rows are hinted.

    Comments and thematic breaks (``---``) are not text and are left out.

    >>> [(line.text, line.hint) for line in extract("## 一、**总体**要求\\n正文。".encode()).lines]
    [('一、总体要求', 'h2'), ('正文。', '')]
    """
    found = decode(data)
    text = _COMMENT.sub(lambda hit: "\n" * hit[0].count("\n"), found.text)
    lines = [_line(raw, number) for number, raw in enumerate(split(text), 1)]
    return Extract(lines, signs=found.signs)


def _line(raw: str, number: int) -> Line:
    hint: Hint = ""
    if raw.isspace() or not raw or _RULE.match(raw) or _TABLE_RULE.match(raw):
        return Line("", None, number)
    if heading := _HEADING.match(raw):
        hint, raw = _LEVELS[len(heading[1]) - 1], heading[2]
    elif raw.lstrip().startswith("|"):
        cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
        hint, raw = "table", " | ".join(cells)
    elif found := _BULLET.match(raw) or _QUOTE.match(raw):
        raw = raw[found.end() :]
    if "*" in raw or "_" in raw or "`" in raw:
        raw = _STRONG.sub(r"\2", raw)
        # A run of emphasis over several lines opens on one and closes on another.
        raw = raw.replace("**", "")
    if "](" in raw:
        raw = _LINK.sub(r"\1", raw)
    return Line(raw, None, number, hint)
