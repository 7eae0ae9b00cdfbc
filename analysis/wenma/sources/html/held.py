"""Text that a page holds in a script, a template or a field of a form, to be shown by a script."""

import html
import re
from collections.abc import Sequence

from wenma.records import han
from wenma.sources.html.page import Held
from wenma.sources.html.prose import sentence_ends

# A string that is not closed ends with its line: tried from each of its quotes it would take
# the square of its length.
_STRING = re.compile(
    r'"((?:[^"\\\n]|\\.)*+)\\?(?:"|\n|\Z)|'
    r"'((?:[^'\\\n]|\\.)*+)\\?(?:'|\n|\Z)|`((?:[^`\\]|\\.)*+)\\?(?:`|\Z)",
    re.S,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": ""}
_TAG = re.compile(r"<(?:p|div|br|span|h\d|table|strong|section|li)\b", re.I)
_LEAST = 3  # sentences
_MOST = 0.8


def held_texts(held: Sequence[Held]) -> list[str]:
    """The texts of some sentences that a page holds, as HTML.

    >>> held_texts([Held("script", 'var a = "<p>\\\\u5efa\\\\u6210。改造。完善。<\\\\/p>";', 0)])
    ['<p>建成。改造。完善。</p>']
    """
    texts = ("\n".join(_texts(one)) for one in held)
    return [_as_html(text) for text in texts if sentence_ends(text) >= _LEAST]


def _texts(held: Held) -> list[str]:
    if held.tag != "script" or held.text.lstrip().startswith("<"):
        return [html.unescape(held.text) if held.tag == "textarea" else held.text]
    if "。" not in held.text and "\\u3002" not in held.text:
        return []
    strings = [
        _ESCAPE.sub(_character, hit[hit.lastindex or 1]) for hit in _STRING.finditer(held.text)
    ]
    return _written(strings)


def _written(strings: Sequence[str]) -> list[str]:
    """Of a script's strings those that are its text: one holds it whole, or many a piece each."""
    counts = [*map(sentence_ends, strings)]
    if not any(counts):
        return []
    most = counts.index(max(counts))
    if counts[most] >= _MOST * sum(counts):
        return [strings[most]]
    places = [at for at, count in enumerate(counts) if count]
    return [text for text in strings[places[0] : places[-1] + 1] if han(text) >= 2]


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
