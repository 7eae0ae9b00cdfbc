"""Text that a page holds in a script, a template or a field of a form, to be shown by a script."""

import html
import re
from collections.abc import Iterator, Sequence

from wenma.sources.html_page import Held
from wenma.sources.html_prose import sentence_ends

_STRING = re.compile(
    r'"((?:[^"\\\n]|\\.)*+)"' r"|'((?:[^'\\\n]|\\.)*+)'" r"|`((?:[^`\\]|\\.)*+)`", re.S
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": ""}
_TAG = re.compile(r"<(?:p|div|br|span|h\d|table|strong|section|li)\b", re.I)
_LEAST = 3  # sentences


def held_texts(held: Sequence[Held]) -> list[tuple[str, int]]:
    """The texts of some sentences that a page holds, as HTML, each with its sentences.

    >>> held_texts([Held("script", 'var a = "<p>\\\\u5efa\\\\u6210。改造。完善。<\\\\/p>";', 0)])
    [('<p>建成。改造。完善。</p>', 3)]
    """
    found = []
    for one in held:
        for text in _texts(one):
            if (count := sentence_ends(text)) >= _LEAST:
                found.append((_as_html(text), count))
    return found


def _texts(held: Held) -> Iterator[str]:
    if held.tag != "script" or held.text.lstrip().startswith("<"):
        yield html.unescape(held.text) if held.tag == "textarea" else held.text
        return
    if not any(mark in held.text for mark in "。；") and "\\u" not in held.text:
        return
    for hit in _STRING.finditer(held.text):
        written = hit[hit.lastindex or 1]
        if len(written) >= 20:
            yield _ESCAPE.sub(_character, written)


def _character(hit: re.Match[str]) -> str:
    code = hit[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPED.get(code, code)


def _as_html(text: str) -> str:
    """Marked text as it is, or escaped once more; plain text with its lines as paragraphs."""
    if not _TAG.search(text) and "&lt;" in text:
        text = html.unescape(text)
    if _TAG.search(text):
        return text
    return "".join(f"<p>{line}</p>" for line in html.escape(text, quote=False).split("\n"))
