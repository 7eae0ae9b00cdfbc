"""A web page becomes lines: its document whole and once, and what the page says of it."""

import re

from wenma.errors import SourceError
from wenma.sources.encoding import decode
from wenma.sources.html_article import article
from wenma.sources.html_held import held_texts
from wenma.sources.html_page import Page
from wenma.sources.html_prose import sentence_ends
from wenma.sources.html_report import attached, page_signs, parts_left_out
from wenma.sources.html_tree import page
from wenma.sources.lines import Extract, Line
from wenma.sources.page_facts import clusters, page_facts, window_title

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def extract(data: bytes) -> Extract:
    """The document of a page, one Line a block; a table row reads ``a | b``.

    Menus, related pages, the page's foot, its table of facts (`Extract.facts`), second copies
    and hidden text are left out and told; hidden text that is the document, shown by a script,
    is read. Raises SourceError where the page only links to the document.

    >>> source = "<h2>一、目标</h2><p>建成<b>韧性</b>城市。</p><table><tr><td>1<td>件</table>"
    >>> [(line.text, line.hint) for line in extract(source.encode()).lines]
    [('一、目标', 'h2'), ('建成韧性城市。', ''), ('1 | 件', 'table')]
    """
    found = page(_source(data))
    taken, held = _unheld(found)
    told, about = clusters([piece.text for piece in taken.pieces])
    choice = article(taken, about)
    lines = [
        Line(taken.pieces[at].text, None, number, taken.pieces[at].hint)
        for number, at in enumerate(choice.text, 1)
    ]
    texts = [line.text for line in lines]
    headings = [*_first_heading(found), window_title(found.title)]
    known = page_facts(told, found.metas, headings, texts)
    return Extract(
        lines,
        left_out=parts_left_out(taken, choice, held),
        signs=(*attached(taken, choice, known.get("title", "")), *page_signs(taken, choice)),
        facts=known,
    )


def _source(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        # Pages that say gb2312 are written in its superset more often than not.
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    try:
        return decode(data)
    except SourceError:
        if declared is None:
            raise
        return data.decode("gb18030", "replace")


def _unheld(found: Page) -> tuple[Page, int]:
    """The page, or where it is the shell of a text that a script holds, that text as a page.

    With it the characters of held text that were not read.
    """
    held = held_texts(found.held)
    shown = sum(sentence_ends(piece.text) for piece in found.pieces)
    if sum(count for _, count in held) <= shown:
        return found, sum(len(text) for text, _ in held)
    most = max(count for _, count in held)
    read = [text for text, count in held if count >= 0.1 * most]
    inner = page("\n".join(f"<div>{text}</div>" for text in read))
    return inner, sum(len(text) for text, count in held if count < 0.1 * most)


def _first_heading(found: Page) -> list[str]:
    return [piece.text for piece in found.pieces if piece.hint == "h1"][:1]
