"""A web page becomes lines: its document whole and once, and what the page says of it."""

import re

from wenma.sources.encodings.decoded import Decoded
from wenma.sources.encodings.encoding import decode
from wenma.sources.html.article import article
from wenma.sources.html.facts import clusters, facts_of_page, window_title
from wenma.sources.html.held import held_texts
from wenma.sources.html.page import Page
from wenma.sources.html.prose import clause_set, repeats, sentence_ends
from wenma.sources.html.report import attached, parts_left_out, signs_of_page
from wenma.sources.html.tree import page
from wenma.sources.lines import Extract, Line

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
    source = _source(data)
    shell = page(source.text)
    found, unread = _unheld(shell)
    pairs, about = clusters([piece.text for piece in found.pieces])
    chosen = article(found, about)
    lines = [
        Line(found.pieces[at].text, None, number, found.pieces[at].hint)
        for number, at in enumerate(chosen.text, 1)
    ]
    headings = _headings(shell)
    if found is not shell:
        pairs = [*clusters([piece.text for piece in shell.pieces])[0], *pairs]
    known = facts_of_page(pairs, shell.metas, headings, [line.text for line in lines])
    return Extract(
        lines,
        left_out=parts_left_out(shell, found, chosen, unread),
        signs=(
            *source.signs,
            *attached(found, chosen, known.get("title", "")),
            *signs_of_page(found, chosen, unread, shown=found is shell),
        ),
        facts=known,
    )


def _source(data: bytes) -> Decoded:
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii").lower() if declared else "")


def _unheld(shell: Page) -> tuple[Page, list[str]]:
    """The page, or where it is but the shell of a text that it holds, that text as a page.

    With it the held texts that were not read and say what the page does not.
    """
    known = clause_set(piece.text for piece in shell.pieces)
    held = [text for text in held_texts(shell.held) if not repeats([text], known)]
    counts = [*map(sentence_ends, held)]
    if sum(counts) <= sum(sentence_ends(piece.text) for piece in shell.pieces):
        return shell, held
    least = 0.1 * max(counts)
    read = [text for text, count in zip(held, counts, strict=True) if count >= least]
    inner = page("\n".join(f"<div>{text}</div>" for text in read))
    return inner, [text for text, count in zip(held, counts, strict=True) if count < least]


def _headings(shell: Page) -> list[str]:
    """What may be the document's title: the first heading, unless the window knows another."""
    window = window_title(shell.title)
    first = next((piece.text for piece in shell.pieces if piece.hint == "h1"), "")
    known = "".join(first.split()) in "".join(window.split())
    return [first, window] if known or not window else [window, first]
