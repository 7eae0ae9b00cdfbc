"""Raised and lowered figures: what is a note's mark, and what is part of a word."""

import html
import re

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SHOWN_TAG = re.compile(r"</?(?:p|div|br|li|tr|h[1-6])(?:\s[^<>]{0,300})?/?>", re.I)
_INLINE_TAG = re.compile(r"</?(?:span|b|i|u|strong|em|font|a)(?:\s[^<>]{0,300})?>", re.I)
_NOTE_ADDRESS = re.compile(r"#_?(?:fn|ftn|edn|foot|note|ref|cite|zhu|zs|jz)", re.I)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)")
_MARK = re.compile(
    r"[\[\]［］〔〕【】（）()]*(?:注?[0-9０-９]{1,3}(?:[,，、\-–—][0-9０-９]{1,3})*|[①-⑳㉑-㉟*＊†‡§]+|注)"
    r"[\[\]［］〔〕【】（）()]*"
)
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmμnh]?m|s|kg|hm|ft|in|x|y|R|r|k)$")
_POWER = re.compile(r"(?:^|[^0-9.,，])(?:10|2)$")
_TO_RAISED = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")


def entities(text: str) -> str:
    """Text with the entities that were escaped twice turned into their characters.

    >>> entities("建成&nbsp;城市&ldquo;韧性&rdquo;，AT&T；")
    '建成\\xa0城市“韧性”，AT&T；'
    """
    return _ENTITY.sub(lambda hit: html.unescape(hit[0]), text) if "&" in text else text


def laid_bare(text: str) -> str:
    """Text whose tags were escaped, and would be shown, without them: each block a line.

    >>> laid_bare("<p>建成<b>城市</b>。</p><p>发展。</p>").split("\\n")
    ['', '建成城市。', '', '发展。', '']
    """
    if "<" not in text or len(_SHOWN_TAG.findall(text)) < 2:
        return text
    return _INLINE_TAG.sub("", _SHOWN_TAG.sub("\n", text))


def calls_note(address: str) -> bool:
    """Whether a link leads to a note on its page.

    >>> calls_note("#_ftn12"), calls_note("#chapter3")
    (True, False)
    """
    return bool(_NOTE_ADDRESS.match(address))


def is_raised(tag: str, style: str) -> bool:
    """Whether an element's text stands above the line."""
    return tag == "sup" or bool(_RAISED_STYLE.search(style))


def raised(before: str, inner: str) -> str | None:
    """What a raised text reads as, or None where it is the mark of a note.

    before  the text in front of it in its block
    inner   the raised text

    A figure after a unit or after 10 is a power; at the head of a block it is the number of
    the note itself; behind any other word or figure it calls a note.

    >>> raised("面积12km", "2"), raised("约10", "8"), raised("产值1761.48", "1"), raised("", "3")
    ('2', '⁸', None, '3')
    """
    text = "".join(inner.split())
    before = before.strip()
    if not text or not before or not _MARK.fullmatch(text):
        return inner
    plain = text.lstrip("-−–").isdigit()
    if plain and _UNIT.search(before):
        return text
    if plain and _POWER.search(before):
        return text.translate(_TO_RAISED)
    return None


def lowered(before: str, inner: str) -> str:
    """What a lowered text reads as: part of its word (PM2.5), apart from a figure before it.

    >>> lowered("PM", "2.5"), lowered("48", "1")
    ('2.5', ' 1')
    """
    text = inner.strip()
    return f" {text}" if before[-1:].isdigit() and text[:1].isdigit() else text
