"""Lists of references: 参考文献, endnotes, the standards a standard cites. They are not coded."""

import re
from collections.abc import Sequence

from wenma.sources.lines import Text
from wenma.sources.outlines.numbering import number

_TITLE = re.compile(
    "(?:主要|本文)?(?:参考(?:文献|书目|资料)|引用文献)(?:目录|列表)?[:：]?$"
    "|(?:references?|bibliography|works cited):?$",
    re.I,
)
_NOTES = re.compile("(?:注释|尾注|脚注|文后注|notes|endnotes)[:：]?$", re.I)
_CITED = re.compile("(?:规范性)?引用(?:文件|标准)$")
_MARK = re.compile(
    "(?:[-•*·] ?)?(?:[\\[［【〔(（]([0-9]{1,3})[\\]］】〕)）][.、]?"
    "|([0-9]{1,3})[.．、](?![0-9])|[①-⑳㉑-㊿]) ?"
)
_KIND = re.compile("\\[(?:[JMDCNPRSZAGK]|EB|DB|CP|OL)(?:/(?:OL|CD|DK|MT))?\\]")
# What only a reference holds: its kind, its issue and pages, its publisher, its address.
_SOURCE = re.compile(
    _KIND.pattern + "|(?:19|20)[0-9]{2}(?:年第?|[,，] ?)?[0-9]{0,3} ?"
    "(?:[(（][0-9]{1,3}(?:[-–][0-9]{1,3})?[)）]|期|卷)"
    "|(?:出版社|学报|书店)[,，.．(（ ]*(?:19|20)[0-9]{2}"
    "|第 ?[0-9]{1,4}(?:[-–—~～、][0-9]{1,4})* ?页|\\bpp?\\. ?[0-9]"
    "|[:：] ?[0-9]{1,4} ?[-–—] ?[0-9]{1,4}(?:[+.,。;；]|$)"
    "|https?://|\\bdoi\\b|(?:参见|转引自|载|见)[《〈]|^同上",
    re.I,
)
_AUTHOR_YEAR = re.compile(
    "[一-龥·]{2,12}(?:[,，、;； ]+[一-龥·]{2,12}){0,6}"
    "[.．,， ]*[(（]?(?:19|20)[0-9]{2}[a-z]?[)）.．,，:： ]"
    "|[A-Z][A-Za-z'’-]+,? [^()。]{0,80}[(（]?(?:19|20)[0-9]{2}[a-z]?[)）.,:]"
)
_STANDARD = re.compile("(?:[-•*·] ?)?[A-Z]{1,4}[0-9]{0,2}(?:/[A-Z]{1,2})? ?[0-9]{1,5}(?![0-9])")
_TITLE_ENDS = frozenset("献目料录表释注件准syd:：")  # of the titles above
_FIRM = ("part", "chapter", "section", "article", "item", "appendix", "box")
_LEAST, _GAP = 3, 2


def references(texts: Sequence[Text]) -> set[int]:
    """Which body paragraphs are a list of references, its title with it.

    A list needs its title (参考文献, 注释) or three entries in a row that say
    what kind of work they name ([J], [M]). A glossary under 注释 is none: its
    entries name no source.

    >>> lines = "参考文献", "[1] 林一. 韧性[J]. 云州学刊, 2023(6): 9-15.", "[2] 周二. 防洪志."
    >>> sorted(references([Text(line, "body") for line in lines]))
    [0, 1, 2]
    """
    found: set[int] = set()
    for at, text in enumerate(texts):
        if text.kind != "body" or len(text.text) > 24 or text.text[-1].lower() not in _TITLE_ENDS:
            continue
        begins = number(text.text)
        words = text.text[begins.end :] if begins else text.text
        if _TITLE.match(words) or _NOTES.match(words):
            found |= _listed(texts, at, notes=bool(_NOTES.match(words)))
        elif _CITED.match(words):
            found |= _standards(texts, at)
    return found | _untitled(texts, found)


def _listed(texts: Sequence[Text], title: int, *, notes: bool) -> set[int]:
    """The title and its entries; what is broken off an entry goes with it."""
    entries: list[int] = []
    count = 0
    for at in range(title + 1, len(texts)):
        text = texts[at]
        if text.kind in ("page_number", "running_head"):
            continue
        if text.kind != "body" or text.hint or at - (entries or [title])[-1] > _GAP + 1:
            break
        begins = number(text.text)
        if begins is not None and begins.family in _FIRM:
            break
        value = _counted(text.text)
        sourced = bool(_SOURCE.search(text.text))
        if (value == count + 1 and not notes) or (sourced and (value or entries or not notes)):
            entries.append(at)
            count = value or count
        elif not notes and _AUTHOR_YEAR.match(text.text):
            entries.append(at)
    sure = sum(_names_source(texts[at].text, notes=notes) for at in entries)
    if not entries or 2 * sure < len(entries):
        return set()
    return {at for at in range(title, entries[-1] + 1) if texts[at].kind == "body"}


def _names_source(words: str, *, notes: bool) -> bool:
    return bool(_SOURCE.search(words) or (not notes and _AUTHOR_YEAR.match(words)))


def _counted(words: str) -> int:
    """The figure an entry begins with; 99 for ①, whose count begins anew; 0 for none."""
    hit = _MARK.match(words)
    return int(hit[1] or hit[2] or 99) if hit else 0


def _standards(texts: Sequence[Text], title: int) -> set[int]:
    """The standards listed below 规范性引用文件; the heading is a chapter and stays one."""
    found: set[int] = set()
    for at in range(title + 1, len(texts)):
        text = texts[at]
        if text.kind == "body" and _STANDARD.match(text.text) and len(text.text) <= 80:
            found.add(at)
        elif text.kind not in ("page_number", "running_head") and (found or at - title > _GAP):
            break
    return found


def _untitled(texts: Sequence[Text], known: set[int]) -> set[int]:
    """Runs of entries without a title: each has a mark and names the kind of its work."""
    told = [at for at, text in enumerate(texts) if "[" in text.text and _told(text)]
    found: set[int] = set()
    run: list[int] = []
    for at in told:
        between = texts[run[-1] + 1 : at] if run else ()
        if not all(text.kind in ("page_number", "running_head") for text in between):
            run = []
        run.append(at)
        if len(run) >= _LEAST:
            found.update(run[-_LEAST:])
    return found - known


def _told(text: Text) -> bool:
    entry = text.kind == "body" and _MARK.match(text.text) and _KIND.search(text.text)
    return bool(entry)
