"""Headings without a number, vouched for by the contents, the format or the neighbours."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wenma.sources.lines import Text
from wenma.sources.outlines.furniture import promised, wording
from wenma.sources.outlines.numbered import INNER, OUTER, Found, heading_words
from wenma.sources.outlines.numbering import PEERS, number
from wenma.sources.outlines.title_lines import dated

_LAST_CHAPTER = re.compile("政府(?:系统)?自身建设|政府.{0,4}(?:效能|作风)建设")
_BESIDE = ("box", "box point", "appendix")
_LONGEST = 45
_ENDS = "。！？；：:，、,.;!?"
_FIGURE = re.compile("[0-9|，、]")
_YEAR_HEADING = re.compile(
    "[^。；：]{0,12}(?:20[0-9]{2}年|[“‘]?十[一二三四五六七]五[”’]?|今后五年|过去[一五]年)"
    "[^。；：！？]{0,24}(?:回顾|工作|任务|目标|安排|建议|重点|要求|打算|成就|思路|发展)$"
)


@dataclass(frozen=True, slots=True)
class _Around:
    """The body paragraphs in order, and the numbered headings among them."""

    texts: Sequence[Text]
    body: Sequence[int]
    numbered: Sequence[Found]
    places: Sequence[int]  # paragraphs of `numbered`
    taken: frozenset[int]
    often: frozenset[str]  # short lines that stand more than once


def unnumbered(texts: Sequence[Text], numbered: Sequence[Found]) -> list[Found]:
    """The other headings: those the contents, the format or the neighbours vouch for."""
    body = [at for at, text in enumerate(texts) if text.kind == "body"]
    places = [f.paragraph for f in numbered]
    short = Counter(texts[at].text for at in body if len(texts[at].text) <= _LONGEST)
    often = frozenset(words for words, times in short.items() if times > 1)
    around = _Around(texts, body, numbered, places, frozenset(places), often)
    known = promised(texts)
    hint_ranks = _hint_ranks(texts, numbered)
    single = sum(text.hint == "h1" for text in texts) == 1
    top = min((f.rank for f in numbered if f.family not in _BESIDE), default=0.0)
    found: list[Found] = []
    for place, at in enumerate(body):
        if at in around.taken:
            continue
        words, hint = texts[at].text, texts[at].hint
        if hint.startswith("h"):
            if (hint == "h1" and single) or len(words) > 90:
                continue
            rank: float | None = hint_ranks.get(hint, -10 + int(hint[1]))
        elif len(words) > _LONGEST or words[-1] in _ENDS:
            continue
        elif (key := wording(words)) in PEERS or (len(key) >= 2 and key in known):
            rank = top
        else:
            rank = _rank(around, place)
        if rank is not None:
            found.append(Found(at, len(words), "", heading_words(words), rank, True, "plain"))
    return found


def _hint_ranks(texts: Sequence[Text], numbered: Sequence[Found]) -> dict[str, float]:
    """For each hint the rank most numbered headings have that bear it."""
    ranks: dict[str, Counter[float]] = defaultdict(Counter)
    for f in numbered:
        if texts[f.paragraph].hint and f.family not in _BESIDE:
            ranks[texts[f.paragraph].hint][f.rank] += 1
    return {hint: times.most_common(1)[0][0] for hint, times in ranks.items()}


def _rank(around: _Around, place: int) -> float | None:
    """How deep a short line stands that only its neighbours vouch for; None if they do not."""
    if not 0 < place < len(around.body) - 1:
        return None
    before, at, after = around.body[place - 1 : place + 2]
    if not _vouched(around, before, at, after):
        return None
    words = around.texts[at].text
    main = bool(_YEAR_HEADING.match(words) or _LAST_CHAPTER.search(words))
    return OUTER if _begins_anew(around, at, main) else INNER


def _vouched(around: _Around, before: int, at: int, after: int) -> bool:
    """Whether a short line stands between whole paragraphs as only a heading does."""
    texts, taken = around.texts, after in around.taken
    words, following = texts[at].text, texts[after].text
    if following[0] in "是为，。、）" or (not taken and len(following) < 40) or len(words) < 4:
        return False
    if texts[before].text[-1] not in "。！？：:”）" and before not in around.taken:
        return False
    if number(words):
        return False
    if _YEAR_HEADING.match(words):
        return len(words) <= 30
    last = bisect_left(around.places, at) - 1
    return (
        last >= 0
        and around.numbered[last].family not in ("box", "box point")
        and len(words) <= 26
        and words not in around.often
        and words[0] not in "（(—-*·“《注，、。；：,.;:"
        and not _FIGURE.search(words)
        and not dated(words)
        and _han(words)
        and not taken
        and following[-1] in "。！？；：;:”"
    )


def _han(words: str) -> bool:
    return sum("一" <= char <= "龥" for char in words) >= 0.7 * len(words)


def _begins_anew(around: _Around, at: int, main: bool) -> bool:
    """Whether an unnumbered heading stands above the numbered ones around it."""
    cut = bisect_left(around.places, at)
    before = [f for f in around.numbered[:cut] if f.family not in _BESIDE]
    after = next((f for f in around.numbered[cut:] if f.family not in _BESIDE), None)
    if not before:
        return True
    if after is None:
        return main
    anew = after.value[-1:] == (1,)
    return anew and (after.rank <= before[-1].rank or all(f.family != after.family for f in before))
