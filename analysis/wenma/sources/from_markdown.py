"""Markdown becomes lines: headings known by their #, emphasis and links laid bare."""

import re

from wenma.records import LeftOut
from wenma.sources.encodings.encoding import decode
from wenma.sources.from_text import split
from wenma.sources.lines import Extract, Hint, Line

_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t　]+")
_RULE = re.compile(r"\s{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,})[^`]*$")
_BULLET = re.compile(r"\s*[-*+] (?=\S)")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_MARKS = re.compile(r"\*{1,4}|_{2,}|`")
# An address ends before another link begins: a row of links that never close is read once.
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^)\[\n]*\)")
_LEVELS: tuple[Hint, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")


def extract(data: bytes) -> Extract:
    """The lines of a Markdown file without its marks; `#` headings and table rows are hinted.

    Comments and thematic breaks (``---``) are not text; comments left out are told.

    >>> [(line.text, line.hint) for line in extract("## 一、**总体**要求\\n正文。".encode()).lines]
    [('一、总体要求', 'h2'), ('正文。', '')]
    """
    found = decode(data)
    text, left_out = _without_comments(found.text)
    lines = [_line(raw, number) for number, raw in enumerate(split(text), 1)]
    return Extract(lines, left_out=left_out, signs=found.signs)


def _without_comments(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """The text, its comments but for their line ends taken out; one that never ends is text."""
    kept: list[str] = []
    parts = characters = at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += text[at:start], "\n" * text.count("\n", start, end)
        at = end + 3
        parts, characters = parts + 1, characters + at - start
    kept.append(text[at:])
    told = (LeftOut("comment", parts, characters),) if parts else ()
    return "".join(kept), told


def _line(raw: str, number: int) -> Line:
    hint: Hint = ""
    if raw.isspace() or not raw or _is_rule(raw):
        return Line("", None, number)
    if heading := _HEADING.match(raw):
        hint, raw = _LEVELS[len(heading[1]) - 1], raw[heading.end() :].rstrip(" \t#")
    elif raw.lstrip().startswith("|"):
        cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
        hint, raw = "table", " | ".join(cells)
    elif found := _BULLET.match(raw) or _QUOTE.match(raw):
        raw = raw[found.end() :]
    if "*" in raw or "_" in raw or "`" in raw:
        # A run of emphasis over several lines opens on one and closes on another.
        raw = _without_marks(raw).replace("**", "")
    if "](" in raw:
        raw = _LINK.sub(r"\1", raw)
    return Line(raw, None, number, hint)


def _is_rule(raw: str) -> bool:
    """Whether a line is drawn, not written: a break, a table's rule, the fence of a block."""
    of_table = "|" in raw and "-" in raw and not raw.strip(" \t:|-")
    return of_table or bool(_RULE.match(raw) or _FENCE.match(raw))


def _without_marks(raw: str) -> str:
    """A line without the pairs of marks around its words.

    Each mark is looked at once: it closes the last of its kind that is open, or opens one. A star
    between two figures multiplies them, and a row of low lines is a blank to be filled in.

    >>> _without_marks("**总体**要求`见`附表*一*"), _without_marks("占地5*3*2米，____年")
    ('总体要求见附表一', '占地5*3*2米，____年')
    """
    taken: list[tuple[int, int]] = []
    open_: dict[str, tuple[int, int]] = {}
    for hit in _MARKS.finditer(raw):
        mark, (start, end) = hit[0], hit.span()
        before, after = raw[start - 1 : start] or " ", raw[end : end + 1] or " "
        if mark == "*" and before.isdigit() and after.isdigit():
            continue
        if mark[0] == "_" and len(mark) > 2:
            continue
        if not before.isspace() and mark in open_ and open_[mark][1] < start:
            taken += open_.pop(mark), (start, end)
        elif not after.isspace():
            open_[mark] = (start, end)
    return _cut(raw, sorted(taken))


def _cut(raw: str, spans: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept.append(raw[at:start])
        at = end
    return "".join((*kept, raw[at:]))
