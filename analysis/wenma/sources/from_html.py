"""A web page becomes lines: its blocks of text, its table rows, its headings."""

import re
from collections.abc import Iterator
from typing import Any

from wenma.errors import SourceError
from wenma.sources.encoding import decode
from wenma.sources.lines import Extract, Hint, Line

_DROPPED = (
    "script, style, noscript, template, nav, header, footer, aside, button, select, iframe,"
    " svg, head, input, textarea, object, [hidden], [style*='display:none'],"
    " [style*='display: none']"
)
_BLOCKS = frozenset(
    "p div li dd dt h1 h2 h3 h4 h5 h6 section article blockquote pre ul ol dl main body"
    " figcaption figure address center hr table tr html thead tbody tfoot caption".split()
)
_HEADINGS: dict[str, Hint] = {
    "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
# Browsers show a line end in text as a space, yet pages set in white-space: pre-wrap
# carry whole documents that way. Few lines are the source's own folding.
_PREFORMATTED = 8
_SPACE = re.compile(r"[ \t\r\n\f]+")


def extract(data: bytes) -> Extract:
    """The text of a page, one Line a block; a table row reads ``a | b``.

    Scripts, styles, navigation, hidden elements, page head and foot are left out.
    Of a page with prose only the element that holds it is read. A table
    that only lays out the page (it holds blocks of its own) is read as text.

    >>> page = "<h2>一、目标</h2><p>建成<b>韧性</b>城市。</p><table><tr><td>1<td>件</table>"
    >>> [(line.text, line.hint) for line in extract(page.encode()).lines]
    [('一、目标', 'h2'), ('建成韧性城市。', ''), ('1 | 件', 'table')]
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_page(data))
    for node in tree.css(_DROPPED):
        node.decompose()
    if tree.body is None:
        return Extract([])
    found = [(text, hint) for text, hint in _blocks(_article(tree.body)) if text]
    return Extract([Line(text, None, number, hint) for number, (text, hint) in enumerate(found, 1)])


def _page(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        # Pages that say gb2312 are written in its superset more often than not.
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    try:
        return decode(data).text
    except SourceError:
        if declared is None:
            raise
        return data.decode("gb18030", "replace")


def _article(body: Any) -> Any:
    """The innermost element that holds nearly all of the page's sentences."""
    node, sentences = body, _sentences(body)
    if sentences < 5:
        return body
    while True:
        shares = [(_sentences(child), child) for child in node.iter()]
        inner = [child for share, child in shares if share >= 0.9 * sentences]
        # Some pages carry their text twice, once for telephones.
        twins = [child for share, child in shares if 2 * share == sentences]
        if not inner and len(twins) < 2:
            return node
        node = (inner or twins)[0]
        sentences = _sentences(node)


def _sentences(node: Any) -> int:
    text = node.text()
    return sum(text.count(mark) for mark in "。；")


def _blocks(root: Any) -> Iterator[tuple[str, Hint]]:
    """Walk the page once; a block's text ends where another block begins or ends."""
    words: list[str] = []
    hint: Hint = ""

    def flush() -> Iterator[tuple[str, Hint]]:
        joined = _SPACE.sub(" ", "".join(words)).strip()
        words.clear()
        if joined:
            yield joined, hint

    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag: str = node.tag
        if tag == "-text":
            text = node.text_content or ""
            if text.count("\n") >= _PREFORMATTED:
                for line in text.split("\n"):
                    words.append(line)
                    yield from flush()
            else:
                words.append(text)
            continue
        if tag == "br":
            yield from flush()
            continue
        if tag.startswith(("-", "_", "!")):
            continue
        if leaving:
            yield from flush()
            hint = ""
            continue
        if tag in _BLOCKS:
            yield from flush()
            if tag == "tr" and not _lays_out(node):
                yield _row(node), "table"
                continue
            hint = _HEADINGS.get(tag, "")
            stack.append((node, True))
        elif tag in ("td", "th"):
            yield from flush()
            stack.append((node, True))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        stack.extend(reversed(children))
    yield from flush()


def _lays_out(row: Any) -> bool:
    if row.css_first("table, h1, h2, h3, ul, ol") is not None:
        return True
    cells = row.css("td, th")
    return len(cells) < 2


def _row(row: Any) -> str:
    cells = row.css("td, th")
    return " | ".join(_SPACE.sub(" ", cell.text()).strip() for cell in cells)
