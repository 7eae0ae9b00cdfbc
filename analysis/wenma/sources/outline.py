"""Paragraphs become an outline: which are headings, how deep, what part each section plays."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from wenma.records import ParagraphKind
from wenma.sources.cells import cells
from wenma.sources.furniture import promised, wording
from wenma.sources.lines import Text
from wenma.sources.numbering import FAMILIES, Number, number
from wenma.sources.title_lines import dated, title_lines

_LONGEST_HEADING = 70
_LONGEST_RUN_IN = 50
_LONGEST_SENTENCE = 60
_SENTENCE = re.compile("[。！？；]")
_RANKS: dict[str, float] = {family: rank for rank, family in enumerate(FAMILIES)}


class Heading(NamedTuple):
    """A heading found: in which paragraph, how far it reaches there, its words, its depth.

    `alone` says that it fills the paragraph. `level` counts from 1.
    """

    paragraph: int
    end: int
    number: str
    title: str
    level: int
    alone: bool
    family: str

    @property
    def box(self) -> bool:
        """Whether it heads a 专栏."""
        return self.family == "box"


class Outline(NamedTuple):
    """The headings in order, and what every paragraph is now that they are known."""

    headings: tuple[Heading, ...]
    kinds: tuple[ParagraphKind, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    paragraph: int
    end: int
    number: str
    title: str
    rank: float
    alone: bool
    family: str
    value: tuple[int, ...] = ()


def outline(texts: Sequence[Text], *, title: str = "") -> Outline:
    """Headings, run-in headings and title lines among `texts`.

    `title` is the document's title where the manifest knows it.
    """
    in_table = cells(texts)
    texts = [t._replace(kind="table") if at in in_table else t for at, t in enumerate(texts)]
    numbered = _numbered(texts)
    found = sorted(numbered + _unnumbered(texts, numbered), key=lambda f: f.paragraph)
    first = min((f.paragraph for f in numbered or found), default=len(texts))
    kinds: dict[int, ParagraphKind] = {at: text.kind for at, text in enumerate(texts)}
    kinds |= dict.fromkeys(title_lines(texts, first_heading=first, title=title), "title")
    kinds |= dict.fromkeys((f.paragraph for f in found if f.alone), "heading")
    return Outline(_levelled(found), tuple(kinds.values()))


def _numbered(texts: Sequence[Text]) -> list[_Found]:
    found: list[_Found] = []
    last: dict[str, tuple[int, ...]] = {}
    known = promised(texts)
    body = [at for at, text in enumerate(texts) if text.kind == "body"]
    following = dict(pairwise(body))
    numbers = {at: number(texts[at].text) for at in body}
    law = sum(n is not None and n.family == "article" for n in numbers.values()) >= 5
    in_box = False
    for at in body:
        here = numbers[at]
        if here is None:
            continue
        family = here.family
        if law and family not in ("part", "chapter", "section", "article", "appendix"):
            continue
        if family == "appendix" and not found:
            continue
        sure = bool(known) and wording(texts[at].text) in known
        # A row of a table begins with a figure too: only the contents tell a 1 范围 from it.
        if not sure and (family == "clause" or not _follows(here, last)):
            continue
        # Points inside a 专栏 are its contents; the count outside goes on past them.
        listed = in_box and family in ("point", "bracketed point", "decimal 2")
        if listed and here.value != _next(last.get(family)):
            continue
        following_at = following.get(at)
        nearby = numbers[following_at] if following_at is not None else None
        reach = _reach(texts[at].text, here, nearby, following_at is not None)
        if reach is None:
            continue
        end, alone = reach
        in_box = family == "box"
        last[family] = here.value
        words = texts[at].text
        found.append(
            _Found(
                at,
                end,
                words[: here.end].strip().rstrip("：:"),
                _title(words[here.end : end]),
                _RANKS[family],
                alone,
                family,
                here.value,
            )
        )
    return found


def _next(value: tuple[int, ...] | None) -> tuple[int, ...] | None:
    return (*value[:-1], value[-1] + 1) if value else None


def _follows(here: Number, last: dict[str, tuple[int, ...]]) -> bool:
    """Whether a number goes on where its family stood, or begins anew at 1."""
    if here.family in ("part", "chapter", "section", "article", "box", "appendix"):
        return True
    before = last.get(here.family)
    if here.value[-1] == 1:
        return True
    if before is None:
        return here.value[-1] <= 3
    if len(here.value) > 1 and here.value[:-1] != before[:-1]:
        return False
    return 0 < here.value[-1] - before[-1] <= 3


def _reach(
    words: str, here: Number, nearby: Number | None, has_following: bool
) -> tuple[int, bool] | None:
    """Where the heading ends, and whether it stands alone; None for an item of a list."""
    rest = words[here.end :]
    family = here.family
    if family == "article":
        return here.end, not rest
    if not rest:
        return (
            (len(words), True)
            if family in ("part", "chapter", "section", "appendix", "box")
            else None
        )
    stop = _SENTENCE.search(rest)
    if family in ("part", "chapter", "section"):
        if stop is None and len(rest) <= 90 and not rest.endswith(("，", "、", ",")):
            return len(words), True
        return _run_in(words, here.end, stop)
    if family == "box":
        if len(rest) <= 45 and stop is None:
            return len(words), True
        gap = words.find(" ", here.end)
        return (gap, False) if 0 < gap - here.end <= 45 else (here.end, False)
    if family == "appendix":
        return (len(words), True) if len(rest) <= 60 and stop is None else None
    if stop is None:
        if len(rest) > _LONGEST_HEADING or rest.endswith(("，", "、", ",")):
            return None
        if family == "bracketed point" and not has_following:
            return None
        if rest[-1] in "：:" and len(rest) > 20:
            return None
        return len(words), True
    if rest[stop.start()] == "。" and stop.end() == len(rest):
        # One sentence and no more: a heading when text of its own follows, else an item.
        # Points may count on through the document: what follows （二） may be 10．
        own = nearby is None or (
            _RANKS[nearby.family] > _RANKS[family]
            and (nearby.value[-1:] == (1,) or nearby.family == "point")
        )
        alone = (
            len(rest) <= _LONGEST_SENTENCE and has_following and own and family != "bracketed point"
        )
        return (len(words), True) if alone else None
    return _run_in(words, here.end, stop)


def _run_in(words: str, begin: int, stop: re.Match[str] | None) -> tuple[int, bool] | None:
    colon = words.find("：", begin, begin + 26)
    comma = words.find("，", begin, begin + 26)
    sentence = begin + stop.start() if stop else len(words)
    if 0 < colon < sentence and not 0 < comma < colon and colon + 1 < len(words):
        return colon + 1, False
    if stop is None or stop[0] != "。" or stop.start() > _LONGEST_RUN_IN:
        return None
    return sentence + 1, False


def _title(words: str) -> str:
    return words.strip().rstrip("。：: ")


_PEERS = frozenset("前言 引言 序言 总则 附则 结语 结束语 后记".split())
"""Words that head a part of the text as a numbered chapter does."""
_LAST_CHAPTER = re.compile("政府(?:系统)?自身建设|政府.{0,4}(?:效能|作风)建设")
_FIGURE = re.compile("[0-9|，、]")
_YEAR_HEADING = re.compile(
    "[^。；：]{0,12}(?:20[0-9]{2}年|[“‘]?十[一二三四五六七]五[”’]?|今后五年|过去[一五]年)"
    "[^。；：！？]{0,24}(?:回顾|工作|任务|目标|安排|建议|重点|要求|打算|成就|思路|发展)$"
)


def _unnumbered(texts: Sequence[Text], numbered: Sequence[_Found]) -> list[_Found]:
    """Headings without a number, vouched for by the contents, the format or the neighbours."""
    found: list[_Found] = []
    taken = {f.paragraph for f in numbered}
    known = promised(texts)
    hinted = Counter(text.hint for text in texts if text.hint.startswith("h"))
    hint_ranks: dict[str, float] = {}
    for f in numbered:
        if texts[f.paragraph].hint:
            hint_ranks.setdefault(texts[f.paragraph].hint, f.rank)
    top = min((f.rank for f in numbered if f.family not in ("box", "appendix")), default=0.0)
    body = [at for at, text in enumerate(texts) if text.kind == "body"]
    for place, at in enumerate(body):
        if at in taken:
            continue
        words, hint = texts[at].text, texts[at].hint
        if hint.startswith("h"):
            if (hint == "h1" and hinted["h1"] == 1) or len(words) > 90:
                continue
            rank = hint_ranks.get(hint, -10 + int(hint[1]))
        elif len(words) > 45 or words[-1] in "。！？；：:，、,.;!?":
            continue
        elif (key := wording(words)) in _PEERS or (len(key) >= 2 and key in known):
            rank = top
        else:
            before = body[place - 1] if place else -1
            after = body[place + 1] if place + 1 < len(body) else -1
            if after < 0 or before < 0 or not _vouched(texts, before, at, after, numbered):
                continue
            main = bool(_YEAR_HEADING.match(words) or _LAST_CHAPTER.search(words))
            rank = _OUTER if _begins_anew(at, numbered, main) else _INNER
        found.append(_Found(at, len(words), "", _title(words), rank, True, "plain"))
    return found


_OUTER, _INNER = -1.0, 20.0


def _vouched(
    texts: Sequence[Text], before: int, at: int, after: int, numbered: Sequence[_Found]
) -> bool:
    """Whether a short line stands between whole paragraphs as only a heading does."""
    words, following = texts[at].text, texts[after].text
    taken = any(f.paragraph == after for f in numbered)
    if following[0] in "是为，。、）" or (not taken and len(following) < 40) or len(words) < 4:
        return False
    if texts[before].text[-1] not in "。！？：:”）" and before not in [
        f.paragraph for f in numbered
    ]:
        return False
    if number(words):
        return False
    if _YEAR_HEADING.match(words):
        return len(words) <= 30
    last = [f for f in numbered if f.paragraph < at]
    return (
        bool(last)
        and last[-1].family != "box"
        and len(words) <= 26
        and words[0] not in "（(—-*·“《注"
        and not _FIGURE.search(words)
        and not dated(words)
        and _han(words)
        and not taken
        and following[-1] in "。！？：；:”"
    )


def _han(words: str) -> bool:
    return sum("一" <= char <= "龥" for char in words) >= 0.7 * len(words)


def _begins_anew(at: int, numbered: Sequence[_Found], main: bool) -> bool:
    """Whether an unnumbered heading stands above the numbered ones around it."""
    before = [f for f in numbered if f.paragraph < at and f.family not in ("box", "appendix")]
    after = [f for f in numbered if f.paragraph > at and f.family not in ("box", "appendix")]
    if not before:
        return True
    if not after:
        return main
    anew = after[0].value[-1:] == (1,)
    return anew and (
        after[0].rank <= before[-1].rank or all(f.family != after[0].family for f in before)
    )


def _levelled(found: Sequence[_Found]) -> tuple[Heading, ...]:
    """Levels count the families that occur in this document, outermost first.

    What follows 附件 has levels of its own, below it.
    """
    cut = next((at for at, f in enumerate(found) if f.family == "appendix"), len(found))
    headings: list[Heading] = []
    for part, outermost in ((found[:cut], 1), (found[cut:], 2)):
        ranks = sorted({f.rank for f in part if f.family not in ("box", "appendix")})
        levels = {rank: level for level, rank in enumerate(ranks, outermost)}
        open_level = outermost - 1
        for f in part:
            if f.family == "appendix":
                level = open_level = 1
            elif f.family == "box":
                level = open_level + 1
            else:
                level = open_level = levels[f.rank]
            headings.append(
                Heading(f.paragraph, f.end, f.number, f.title, level, f.alone, f.family)
            )
    return tuple(headings)
