"""Where a review admits shortcomings: a section of its own, though it has no heading.

Work reports state their problems in a paragraph at the end of the review
(在肯定成绩的同时，我们也清醒地认识到……). Left in the review, its sentences would
pass for achievements.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from wenma.records import ParagraphKind, Section

_WANTING = "(?:问题|困难|不足|短板|弱项|挑战|差距|制约|压力)"
_ADMITS = re.compile(
    "(?:清醒|充分|清楚|深刻|客观)[^。；]{0,6}(?:认识|看到|意识)[^。]{0,60}"
    + _WANTING
    + "|(?:我们|同时|当前)[^。；]{0,12}(?:认识|看到)[^。]{0,40}(?:存在|面临|还有)[^。]{0,20}"
    + _WANTING
    + "|^(?:同时|但是?|当前|与此同时)[^。；]{0,24}(?:存在|面临)[^。；]{0,16}"
    + _WANTING
)
_GOES_ON = re.compile("(?:[一二三四五六七八九]是|主要(?:是|有|表现)|——|对此|对这些|针对这些)")


def admits(text: str) -> bool:
    """Does a paragraph's first sentence turn from achievements to shortcomings?

    >>> admits("在肯定成绩的同时，我们也清醒地认识到，发展中还存在不少困难。")
    True
    >>> admits("面对困难，全市上下同心协力。")
    False
    """
    return bool(_ADMITS.search(text[: text.find("。") + 1] or text))


def admitted(
    sections: Sequence[Section],
    texts: Sequence[str],
    starts: Sequence[int],
    kinds: Sequence[ParagraphKind],
) -> tuple[Section, ...]:
    """The sections, and one without a heading for each admission inside a review.

    `texts` are the document's paragraphs, `starts` where they begin.
    """
    found: list[Section] = []
    for at, (text, start, kind) in enumerate(zip(texts, starts, kinds, strict=True)):
        if kind != "body" or (found and start < found[-1].end) or not admits(text):
            continue
        around = [n for n, one in enumerate(sections) if one.start <= start < one.end]
        if not around or sections[around[-1]].role != "current_state":
            continue
        inner = sections[around[-1]]
        after = at + 1
        while after < len(texts) and kinds[after] == "body" and _GOES_ON.match(texts[after]):
            after += 1
        end = starts[after] if after < len(starts) else inner.end
        found.append(
            Section(
                start, start, min(end, inner.end), inner.level + 1, "", "", "problems", around[-1]
            )
        )
    return _merged(sections, found) if found else tuple(sections)


def _merged(sections: Sequence[Section], found: Sequence[Section]) -> tuple[Section, ...]:
    """All in order of their start; parents are counted anew."""
    new = sorted(one.start for one in found)
    place = [at + bisect_right(new, one.start - 1) for at, one in enumerate(sections)]
    moved = [
        one if one.parent < 0 else replace(one, parent=place[one.parent])
        for one in (*sections, *found)
    ]
    return tuple(sorted(moved, key=lambda one: one.start))
