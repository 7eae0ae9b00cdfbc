"""A book (.epub) becomes lines: its pages in the order in which they are read."""

import posixpath
from typing import Any
from urllib.parse import unquote

from wenma.records import LeftOut
from wenma.sources.from_html import extract as from_html
from wenma.sources.lines import Extract, Line
from wenma.sources.listings.zipped import BOOK, Zipped, broken, locked

_PAGES = ("application/xhtml+xml", "text/html")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def extract(data: bytes) -> Extract:
    """The text of a book's pages, each read as a web page; its contents page is left out.

    Raises SourceError when the book is broken or locked.
    """
    zipped = Zipped(data, BOOK)
    _check_locks(zipped)
    taken = [from_html(page) for page in _pages(zipped)]
    lines: list[Line] = []
    for one in taken:
        first = lines[-1].line if lines else 0
        lines += [line._replace(line=first + line.line) for line in one.lines]
    left_out: dict[str, LeftOut] = {}
    for part in (part for one in taken for part in one.left_out):
        before = left_out.get(part.kind, LeftOut(part.kind, 0, 0))
        left_out[part.kind] = LeftOut(
            part.kind, before.parts + part.parts, before.characters + part.characters
        )
    # What one page says of itself (little text, a link) says nothing of the book.
    return Extract(lines, tuple(left_out.values()))


def _check_locks(zipped: Zipped) -> None:
    """Fonts are often scrambled; a page that is locks the book."""
    root = zipped.xml("META-INF/encryption.xml")
    methods = [] if root is None else root.iter("{*}EncryptionMethod")
    if any(one.get("Algorithm") not in _FONTS for one in methods):
        raise locked(BOOK)


def _pages(zipped: Zipped) -> list[bytes]:
    root = zipped.xml("META-INF/container.xml")
    named = None if root is None else root.find(".//{*}rootfile")
    name = "" if named is None else named.get("full-path", "")
    book = zipped.xml(name)
    if book is None:
        raise broken(BOOK)
    listed = {item.get("id"): item for item in book.iter("{*}item")}
    spine = [listed.get(one.get("idref")) for one in book.iter("{*}itemref")]
    folder = posixpath.dirname(name)
    return [
        page
        for item in spine
        if item is not None and _readable(item)
        if (
            page := zipped.part(
                posixpath.normpath(f"{folder}/{unquote(item.get('href', ''))}".lstrip("/"))
            )
        )
    ]


def _readable(item: Any) -> bool:
    contents = "nav" in item.get("properties", "").split()
    return item.get("media-type", _PAGES[0]) in _PAGES and not contents
