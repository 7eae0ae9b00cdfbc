"""A document's own title, number, date and issuer, at its head and at its foot."""

import re
from collections.abc import Sequence

from wenma.sources.lines import Text
from wenma.sources.outlines.furniture import wording

_TITLE_END = re.compile(
    "(?:规划|纲要|意见|通知|办法|决定|报告|方案|计划|条例|规定|批复|复函|公告|法|建议|导则|草案）)$"
)
_DATE = re.compile(
    "[（(]?[0-9〇○二零]{4} ?年[0-9一二三四五六七八九十]{1,3} ?月"
    "(?:[0-9一二三四五六七八九十]{1,3} ?日)?"
    "(?:$|.{0,40}(?:通过|公布|印发|批准|修[订正]|起施行|上|次会议)[）)]?$)"
    "|20[0-9]{2}-[0-9]{2}"
)
_NUMBER_LINE = re.compile(
    "[一-龥]{2,10}[〔\\[（(][0-9]{4}[〕\\]）)] ?(?:第)?[0-9]{1,4} ?号$|DB[0-9]"
)
_NOTE = re.compile("[（(][^）)]{2,60}[）)]$")
# A picture of the chairman speaking, in reports taken from a newspaper.
_CAPTION = re.compile("(?:摄|摄影|供图|制图)[）)]?$")
_ENACTED = re.compile("20[0-9]{2}年.*(?:公布|通过|修[订正]|施行|印发|发布|会议上|令)")
_FOOT = 6


def title_lines(texts: Sequence[Text], *, first_heading: int, title: str = "") -> set[int]:
    """Which body paragraphs name the document rather than say something in it.

    At the head every short line that ends like no sentence, until the text
    begins; then, before the first heading, what is a date, a number, an issuer
    above a date, or reads as a title. At the foot dates and who signs. `title`
    is the document's title where the manifest knows it.
    """
    own = wording(title)
    found: set[int] = set()
    begun = False
    for at, text in enumerate(texts[:first_heading]):
        if text.kind != "body":
            continue
        words = text.text
        if text.hint == "h1" or (not _says(words) and (not begun or _names(texts, at, own))):
            found.add(at)
        elif _says(words):
            # 各区人民政府： opens a letter, short as it is.
            begun = begun or len(words) > 30 or words[-1] in "：:"
        # What 目录 heads and no heading takes up is a list of its own.
        begun = begun or wording(words) in ("目录", "目次")
    for at in range(max(first_heading + 1, len(texts) - _FOOT + 1), len(texts)):
        if texts[at].kind == "body" and (dated(texts[at].text) or _signs(texts, at)):
            found.add(at)
    body = {at for at, text in enumerate(texts) if text.kind in ("body", "table")}
    # A list of lines without full stops is a text all the same.
    return found if body - found or len(body) <= 1 else set()


def ends_as_title(words: str) -> bool:
    """Whether a line ends in what documents are called: 规划, 办法, 报告 …"""
    return bool(_TITLE_END.search(words))


def dated(words: str) -> bool:
    """Whether a line is a date, or begins with one and tells what happened on it."""
    return bool(_DATE.match(words))


def _says(words: str) -> bool:
    """Whether a line says something: it ends as a sentence, or is one that lost its end."""
    if _NOTE.match(words) or _CAPTION.search(words):
        return False
    if words[-1] in "。！？；：:，" or len(words) > 120:
        return True
    told = len(words) > 60 or ("，" in words and len(words) > 15)
    return told and not (dated(words) or _ENACTED.search(words) or words.startswith(("—", "-")))


def _names(texts: Sequence[Text], at: int, own: str) -> bool:
    words = texts[at].text
    key = wording(words)
    return bool(
        (own and (key == own or (key in own and len(key) > 5)))
        or dated(words)
        or _NUMBER_LINE.match(words)
        or (_NOTE.match(words) and len(words) <= 30)
        or (len(words) <= 60 and ends_as_title(words))
        or _signs(texts, at)
    )


def _signs(texts: Sequence[Text], at: int) -> bool:
    """An issuer stands on a short line before the date."""
    words = texts[at].text
    if len(words) > 24 or words[-1] in "。！？；：":
        return False
    return at + 1 < len(texts) and dated(texts[at + 1].text)
