"""Page numbers that stand bare on a line, or stuck to the first words of their page."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from wenma.records import ParagraphKind
from wenma.sources.outlines.numbering import number

BARE_PAGE = re.compile(r"[0-9](?: ?[0-9]){0,2}$")
"""A line that holds a figure alone."""
ROMAN_PAGE = re.compile(r"(?=.{1,7}$)[IVX](?: ?[IVX]){0,3}$|[ivx]{1,5}$")
"""A line that holds a Roman figure alone."""
# A page number stuck to the head of the next page's first line: 12持续推进…
_STUCK_PAGE = re.compile(r"([0-9]{1,3})(?=[^0-9.．、，,:：)）%％~～\-—/+ ×°℃a-zA-Z])")
_FIRST_SECTION = re.compile(r"([0-9]{1,2})\.1(?![0-9.])")
_HEAD_WITH_PAGE = re.compile(r"([0-9]{1,3}|[ivxIVX]{1,5}) (\D.{2,39})$")
_SENTENCE_END = "。！？；"
_Printed = tuple[int, int, int]  # line, printed number, characters stuck (-1 before a running head)


def mark_number_chain(texts: list[str], kinds: list[ParagraphKind]) -> dict[int, int]:
    """Mark bare page numbers; return where numbers stuck to a line end (line → characters).

    A number alone on a line may be a cell of a table. It is a page number when
    numbers climb one by one at the pace of pages through most of the document.
    """
    at_number = _without_chapters(_printed(texts, kinds), texts)
    chain = _longest_climb(at_number)
    if len(chain) < 5 or chain[-1][0] - chain[0][0] < 0.5 * len(texts):
        return {}
    if median(b[0] - a[0] for a, b in pairwise(chain)) < 12:
        return {}
    chain += _between(chain, texts, kinds)
    stuck: dict[int, int] = {}
    for at, _, cut in chain:
        if cut > 0:
            stuck[at] = cut
        else:
            kinds[at] = "running_head" if cut else "page_number"
    _mark_heads_with_page(chain, texts, kinds)
    stuck |= _stuck_in_contents(at_number, chain[0][0], texts, kinds)
    for at, text in enumerate(texts):
        if kinds[at] == "body" and len(text) <= 7 and ROMAN_PAGE.match(text):
            kinds[at] = "page_number"
    return stuck


def _printed(texts: Sequence[str], kinds: Sequence[ParagraphKind]) -> list[_Printed]:
    """Every figure that may be a page number."""
    found: list[_Printed] = []
    heads = Counter(hit[2] for text in texts if (hit := _HEAD_WITH_PAGE.match(text)))
    for at, text in enumerate(texts):
        if not "0" <= text[0] <= "9" or kinds[at] not in ("body", "contents"):
            continue
        if len(text) <= 5 and BARE_PAGE.match(text):
            found.append((at, int("".join(text.split())), 0))
        elif hit := _STUCK_PAGE.match(text):
            found.append((at, int(hit[1]), hit.end()))
        elif (head := _HEAD_WITH_PAGE.match(text)) and heads[head[2]] >= 3 and head[1].isdigit():
            found.append((at, int(head[1]), -1))
    return found


def _mark_heads_with_page(
    chain: Sequence[_Printed], texts: Sequence[str], kinds: list[ParagraphKind]
) -> None:
    running = {texts[at].split(" ", 1)[1] for at, _, cut in chain if cut < 0}
    for at, text in enumerate(texts if running else ()):
        hit = _HEAD_WITH_PAGE.match(text)
        if text in running or (hit and hit[2] in running):
            kinds[at] = "running_head"


def _stuck_in_contents(
    at_number: Sequence[_Printed], first: int, texts: Sequence[str], kinds: list[ParagraphKind]
) -> dict[int, int]:
    """The contents before page 1 (line `first`) have a little count of their own."""
    stuck: dict[int, int] = {}
    for at, printed, cut in at_number:
        nearby = kinds[max(0, at - 2) : at + 1]
        in_contents = at < first and "contents" in nearby
        if in_contents and printed <= 12 and cut > 0:
            following = number(texts[at][cut:].lstrip())
            if following or kinds[at] != "contents":
                stuck[at] = cut
        elif in_contents and cut == 0:
            kinds[at] = "page_number"
    return stuck


def _without_chapters(found: Sequence[_Printed], texts: Sequence[str]) -> list[_Printed]:
    """Numbers stuck to a line, but for 5应急响应 when 5.1 follows within some pages."""
    if not any(cut > 0 for _, _, cut in found):
        return list(found)
    sections: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        if ".1" in text[1:4] and (hit := _FIRST_SECTION.match(text)):
            sections[int(hit[1])].append(at)

    def heads(at: int, printed: int, cut: int) -> bool:
        words = texts[at][cut:]
        short = cut > 0 and len(words) <= 32 and words[-1] not in _SENTENCE_END
        return short and not number(words) and _between_lines(sections[printed], at, at + 40)

    return [one for one in found if not heads(*one)]


def _between_lines(ascending: Sequence[int], low: int, high: int) -> bool:
    after = bisect_right(ascending, low)
    return after < len(ascending) and ascending[after] <= high


def _longest_climb(found: Sequence[_Printed]) -> list[_Printed]:
    """The longest run of numbers that climb by one, or by few where a page shows none."""
    best: list[tuple[float, int]] = []  # worth so far, index of the one before
    by_number: dict[int, list[int]] = defaultdict(list)
    for here, (at, printed, _) in enumerate(found):
        worth, before = 1.0, -1
        for step in range(1, 7):
            for other in by_number[printed - step][-20:]:
                if 3 * step <= at - found[other][0] <= 100 * step:
                    reached = best[other][0] + 1.3 - 0.3 * step
                    if reached > worth:
                        worth, before = reached, other
        best.append((worth, before))
        by_number[printed].append(here)
    chain: list[_Printed] = []
    here = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while here >= 0:
        chain.append(found[here])
        here = best[here][1]
    return chain[::-1]


def _between(
    chain: Sequence[_Printed], texts: Sequence[str], kinds: Sequence[ParagraphKind]
) -> list[_Printed]:
    """Numbers the climb stepped over because more digits follow them: page 148 in 14822、…"""
    found: list[_Printed] = []
    for (start, low, _), (stop, high, _) in pairwise(chain):
        for printed in range(low + 1, high):
            for at in range(start + 1, stop):
                text, head = texts[at], str(printed)
                if kinds[at] == "body" and text.startswith(head) and number(text[len(head) :]):
                    found.append((at, printed, len(head)))
                    break
    return found
