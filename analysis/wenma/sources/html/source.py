"""A page's source before it is parsed: refused where no parser ends, cleaned of what hides text."""

import re
from collections import Counter

from wenma.errors import SourceError

_MOST_TAGS = 1_000_000
_MOST_LINES = 2_000_000
_DEEPEST = 15_000  # open elements; the parser takes the square of them
_LARGEST = 64_000_000  # characters
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_CLOSES_ITSELF = frozenset(
    "p li td th tr tbody thead tfoot dd dt option br img hr input meta link area base col embed"
    " source track wbr param html body head".split()
)


def sound(source: str) -> str:
    """The source of a page, fit to be parsed.

    Raises SourceError where the page is larger or deeper than anything people wrote.

    >>> sound("<?php echo '>'; ?><p>建成&nbsp；<![CDATA[城市]]>")
    '<p>建成&nbsp;城市'
    """
    _refuse_monsters(source)
    return _cleaned(source)


def _refuse_monsters(source: str) -> None:
    count = source.count("<")
    if len(source) > _LARGEST or count > _MOST_TAGS or source.count("\n") > _MOST_LINES:
        raise SourceError(
            f"is a page of {len(source):,} characters and {count:,} tags: too large to be read",
            cure="Save the text of the page alone, or in parts",
            zh=f"网页过大（{len(source):,} 字符，{count:,} 个标签），不能读取。"
            "请只保存正文，或分成几个文件。",
        )
    if count > _DEEPEST and (deep := _depth(source)) > _DEEPEST:
        raise SourceError(
            f"nests {deep:,} elements in one another: not a page that people wrote",
            cure="Open it in a browser and save its text",
            zh=f"网页有 {deep:,} 层嵌套元素，不能读取。请用浏览器打开后另存文本。",
        )


def _depth(source: str) -> int:
    """How many elements are open at once, at most; those that close themselves do not count."""
    opened: Counter[str] = Counter()
    deep = deepest = 0
    for hit in _TAG.finditer(source):
        name = hit[2].lower()
        if name in _CLOSES_ITSELF or (hit[1] and not opened[name]):
            continue
        step = -1 if hit[1] else 1
        opened[name] += step
        deep += step
        deepest = max(deepest, deep)
    return deepest


def _cleaned(source: str) -> str:
    """The source without what a parser would swallow text with."""
    source = source.replace("\x00", "").replace("<![CDATA[", "").replace("]]>", "")
    # A template's text is kept from the tree; a noscript's is not, and is held alike.
    source = re.sub(r"<(/?)template\b", r"<\1noscript", source, flags=re.I)
    # A full-width semicolon typed for an entity's own would be shown.
    source = re.sub("&(nbsp|emsp|ensp|ldquo|rdquo|middot|mdash)；", r"&\1;", source)
    parts: list[str] = []
    at = 0
    while (start := source.find("<?php", at)) >= 0:
        end = source.find("?>", start)
        if end < 0:
            break
        parts.append(source[at:start])
        at = end + 2
    return "".join((*parts, source[at:]))
