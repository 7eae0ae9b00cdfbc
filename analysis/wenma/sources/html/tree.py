"""A page becomes pieces: each block of its text once, with the element it stands in.

What a piece is worth (text, menu, hidden) is not asked here. The walk goes over the tree once
and without recursion, whatever the page's depth.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wenma.sources.html.inline import calls_note, entities, is_raised, laid_bare, lowered, raised
from wenma.sources.html.page import Element, Held, Link, Page, Piece
from wenma.sources.html.prose import bare, prose
from wenma.sources.html.source import sound
from wenma.sources.html.styles import hidden_names, hidden_style
from wenma.sources.html.tables import Grid, grids
from wenma.sources.lines import Hint

_BLOCKS = frozenset(
    "p div li dd dt h1 h2 h3 h4 h5 h6 section article blockquote pre ul ol dl main body"
    " figcaption figure address center hr table tr html thead tbody tfoot caption td th details"
    " summary fieldset legend nav header footer aside form menu dir xmp listing plaintext".split()
)
_HEADINGS: dict[str, Hint] = {
    "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
}  # fmt: skip
_DROPPED = frozenset(
    "style head button select svg input object canvas video audio embed datalist rt rp".split()
)
_HELD = frozenset(("script", "template", "noscript", "textarea", "iframe"))
_PREFORMATTED_TAGS = frozenset(("pre", "xmp", "listing", "plaintext"))
# Browsers show a line end in text as a space, yet pages set in white-space: pre-wrap
# carry whole documents that way. Few lines are the source's own folding.
_PREFORMATTED = 8
_APART = "\x1f"  # between two blocks of a cell
_WRAPPED = 8  # characters of a line at most, where a cell's lines are one wording
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_STYLE_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table(?!-cell)|list-item)")
_STYLE_INLINE = re.compile(r"display\s*:\s*inline(?!-)")
_STYLE_APART = re.compile(r"display\s*:\s*(?:inline-|table-cell)|float\s*:\s*(?:left|right)")
_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|pptx?|rtf|odt|ceb|zip|rar|7z)(?:$|[?#&])", re.I
)


def page(source: str) -> Page:
    """The pieces of a page.

    Raises SourceError where the page is larger or deeper than anything people wrote.

    >>> [one.text for one in page("<p>建成<b>韧性</b>城市<sup>2</sup>。<p>第二段").pieces]
    ['建成韧性城市。', '第二段']
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(sound(source))
    metas, title = _metas(tree)
    walk = _Walk(hidden_names(tree), grids(tree.body) if tree.body else {})
    if tree.body is not None:
        walk.over(tree.body)
    return Page(
        [Element(*one) for one in walk.elements],
        walk.pieces,
        walk.held,
        walk.files,
        metas,
        title,
        walk.marks,
        walk.readings,
    )


def _metas(tree: Any) -> tuple[dict[str, str], str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        name, content = node.attributes.get("name"), node.attributes.get("content")
        if name and content:
            metas.setdefault(name.lower(), content)
    title = tree.css_first("title")
    return metas, title.text() if title is not None else ""


class _Walk:
    """One pass over the tree; what is open at each moment stands here."""

    def __init__(self, hidden_names: frozenset[str], tables: Mapping[int, Grid]) -> None:
        self.elements: list[list[Any]] = []
        self.pieces: list[Piece] = []
        self.held: list[Held] = []
        self.files: list[Link] = []
        self.marks: list[str] = []
        self.readings: list[str] = []
        self._hidden_names = hidden_names
        self._rows = tables
        self._words: list[str] = []
        self._hints: list[Hint] = [""]
        self._cells: list[str] | None = None
        self._linked = self._links = 0
        self._link = 0  # links open
        self._open = -1  # the innermost element
        self._hidden = -1
        self._preformatted = 0
        self._apart = False  # whether a figure that comes now is another than the one before
        self._closing: list[Any] = []
        self._saved: list[tuple[list[str], int, int, list[str] | None, list[Hint]]] = []

    def over(self, root: Any) -> None:
        stack: list[tuple[Any, str]] = [(root, "")]
        while stack:
            node, closes = stack.pop()
            if closes:
                self._close(node, closes)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag.isascii() and tag[:1].isalpha() and (closes := self._enter(node, tag)):
                stack.append((node, closes))
                stack.extend((child, "") for child in reversed([*_children(node)]))
        self._flush()

    def _enter(self, node: Any, tag: str) -> str:
        """Open an element; how it is to be closed, "" where it is not gone into."""
        attributes = node.attributes
        style = (attributes.get("style") or "").lower()
        if tag in _HELD:
            self._hold(node, tag, attributes)
        elif tag in _DROPPED:
            self._drop(node, tag, attributes)
        elif tag == "br":
            self._break()
        elif is_raised(tag, style) or (tag == "a" and calls_note(attributes.get("href") or "")):
            self._raise(node)
        elif tag == "sub":
            self._words.append(lowered(self._tail(), node.text()))
            self._apart = self._tail()[-1:].isdigit()
        else:
            return self._go_into(node, tag, attributes, style)
        return ""

    def _go_into(self, node: Any, tag: str, attributes: Mapping[str, Any], style: str) -> str:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().strip()
        hidden = tag != "body" and self._hides(tag, attributes, style, names)
        block = tag in _BLOCKS and not _STYLE_INLINE.search(style)
        if hidden:
            self._saved.append((self._words, self._linked, self._links, self._cells, self._hints))
            self._words, self._linked, self._links, self._cells = [], 0, 0, None
            self._hints = [""]
        if hidden or block or _STYLE_BLOCK.search(style):
            return self._open_block(node, tag, attributes, names, hidden=hidden)
        if _STYLE_APART.search(style):
            self._words.append(" ")
        if tag == "a":
            self._open_link(node, attributes)
            return "link"
        return "apart" if _STYLE_APART.search(style) else "inline"

    def _hides(self, tag: str, attributes: Mapping[str, Any], style: str, names: str) -> bool:
        if self._hidden >= 0:
            return False
        if "hidden" in attributes or hidden_style(style, block=tag in _BLOCKS):
            return True
        if not self._hidden_names or not names:
            return False
        own = {f".{one}" for one in names.split()}
        own.add(f"#{(attributes.get('id') or '').lower()}")
        return not own.isdisjoint(self._hidden_names)

    def _open_block(
        self, node: Any, tag: str, attributes: Mapping[str, Any], names: str, *, hidden: bool
    ) -> str:
        self._flush()
        role = (attributes.get("role") or "").lower()
        at = len(self.pieces)
        self.elements.append([self._open, tag, names, role, hidden, at, at])
        self._open = len(self.elements) - 1
        if hidden:
            self._hidden = self._open
        self._hints.append(_HEADINGS.get(tag, ""))
        self._preformatted += tag in _PREFORMATTED_TAGS
        if tag == "tr" and self._cells is None and node.mem_id in self._rows:
            self._cells = []
            return "row hidden" if hidden else "row"
        return "block hidden" if hidden else "block"

    def _open_link(self, node: Any, attributes: Mapping[str, Any]) -> None:
        address = (attributes.get("href") or "").strip()
        # Links nest only where tables do: what is inside another is not read twice.
        name = "" if self._closing else _SPACE.sub(" ", node.text()).strip()
        if _FILE.search(address) or _FILE.search(name):
            self.files.append(Link(name, address, len(self.pieces)))
            self._closing.append(None)
        elif address and not re.match("#.", address):
            self._link += 1
            self._links += 1
            self._closing.append(node)
        else:
            self._closing.append(None)

    def _close(self, node: Any, closes: str) -> None:
        if closes == "link":
            self._link -= self._closing.pop() is not None
        elif closes == "apart":
            self._words.append(" ")
        elif closes != "inline":
            self._close_block(node, closes)

    def _close_block(self, node: Any, closes: str) -> None:
        tag = node.tag
        if self._cells is not None and tag in ("td", "th"):
            self._cells.append(self._cell())
        if closes.startswith("row"):
            self._row()
        self._flush()
        self._hints.pop()
        self._preformatted -= tag in _PREFORMATTED_TAGS
        self.elements[self._open][6] = len(self.pieces)
        self._open = self.elements[self._open][0]
        if closes.endswith("hidden"):
            self._hidden = -1
            self._words, self._linked, self._links, self._cells, self._hints = self._saved.pop()

    def _row(self) -> None:
        cells, self._cells = self._cells or [], None
        self._words.clear()
        if any(cells):
            self._add(" | ".join(cells), "table")

    def _hold(self, node: Any, tag: str, attributes: Mapping[str, Any]) -> None:
        text = (attributes.get("srcdoc") or "") if tag == "iframe" else (node.inner_html or "")
        if tag == "iframe" and _FILE.search(attributes.get("src") or ""):
            self.files.append(Link("", attributes["src"], len(self.pieces)))
        if text.strip():
            self.held.append(Held(tag, text, len(self.pieces)))

    def _drop(self, node: Any, tag: str, attributes: Mapping[str, Any]) -> None:
        address = attributes.get("src") or attributes.get("data") or ""
        if tag == "rt":
            self.readings.append(node.text())
        elif tag in ("embed", "object") and _FILE.search(address):
            self.files.append(Link("", address, len(self.pieces)))

    def _raise(self, node: Any) -> None:
        inner = node.text()
        shown = raised(self._tail(), inner)
        if shown is None:
            self.marks.append(inner.strip())
        elif shown:
            self._words.append(shown)
        self._apart = self._tail()[-1:].isdigit()

    def _tail(self) -> str:
        """The last characters before this place in its block."""
        return "".join(word[-16:] for word in self._words[-3:])[-16:]

    def _break(self) -> None:
        # A heading broken for the eye stays one heading; a cell stays one cell.
        if self._cells is not None:
            self._words.append(_APART)
        elif self._hints[-1]:
            self._words.append(" ")
        else:
            self._flush()

    def _text(self, text: str) -> None:
        text = entities(text)
        if self._apart:
            # 48 and 5 on both sides of a note's mark, or of what is lowered, are two figures.
            if text[:1].isdigit():
                self._words.append(" ")
            self._apart = False
        escaped = text != (text := laid_bare(text))
        lines = text.strip().count("\n")
        if self._cells is None and self._breaks(lines, escaped=escaped):
            first, *more = text.split("\n")
            self._words.append(first)
            for line in more:
                self._flush()
                self._words.append(line)
            return
        self._words.append(text)
        if self._link:
            self._linked += len(bare(_SPACE.sub(" ", text)))

    def _breaks(self, lines: int, *, escaped: bool) -> bool:
        """Whether line ends of a text are shown as such."""
        return bool(lines) and (escaped or self._preformatted > 0 or lines >= _PREFORMATTED)

    def _cell(self) -> str:
        """A cell's text; lines of a few characters are one wording wrapped to fit its column."""
        lines = self._taken().split(_APART)
        parts = [part for line in lines if (part := line.strip())]
        if max(map(len, parts), default=0) > _WRAPPED:
            return " ".join(parts)
        joined = ""
        for part in parts:
            latin = joined[-1:].isascii() and part[0].isascii() and joined[-1:].isalnum()
            joined += f" {part}" if latin else part
        return joined

    def _taken(self) -> str:
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        return text

    def _flush(self) -> None:
        if self._cells is not None:
            self._words.append(_APART)
            return
        text = self._taken()
        if text:
            self._add(text, self._hints[-1])
        else:
            self._linked = self._links = 0

    def _add(self, text: str, hint: Hint) -> None:
        read = prose(text, hint, self._linked)
        self.pieces.append(
            Piece(text, hint, self._open, self._linked, self._links, self._hidden, read)
        )
        self._linked = self._links = 0


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next
