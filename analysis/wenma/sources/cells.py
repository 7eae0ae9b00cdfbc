"""Tables that lost their rules are found again among the paragraphs."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wenma.sources.furniture import promised, wording
from wenma.sources.lines import Text
from wenma.sources.numbering import Number, number

_LEAST_RUN = 6
_CAPTION = re.compile("[表图] ?[0-9]{1,2}(?:[-－.][0-9]{1,2})?(?![0-9年月日])(?!所示|中)[^。；]*$")
_COLUMNS = re.compile(r" [-—%](?: |$)| [<>＜＞≥≤\[][^ ]*$")


def cells(texts: Sequence[Text]) -> set[int]:
    """Which body paragraphs are cells or captions of a table.

    Cells come as a run of short lines that end like no sentence.

    >>> lines = "序号 指标 1 绿地率 2 达标率".split()
    >>> sorted(cells([Text(line, "body") for line in lines]))
    [0, 1, 2, 3, 4, 5]
    """
    known = promised(texts)
    runs: list[list[int]] = []
    for at, text in enumerate(texts):
        if text.kind == "body" and _cell(text) and (not known or wording(text.text) not in known):
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
    tables = [
        run for run in runs if len(run) >= _LEAST_RUN and _tabular([texts[at].text for at in run])
    ]
    found = {at for run in tables for at in run}
    # A cell may hold a sentence: what little stands between two runs belongs to the table.
    for one, other in pairwise(tables):
        between = range(one[-1] + 1, other[0])
        if len(between) <= 2 and all(_may_be_cell(texts[at]) for at in between):
            found.update(between)
    return found | {at for at, text in enumerate(texts) if text.kind == "body" and _caption(text)}


def _cell(text: Text) -> bool:
    words = text.text
    if text.hint or words[-1] in "。！？；：，" or len(words) > 60:
        return False
    if len(words) > 25 and not _COLUMNS.search(words):
        return False
    return not _firm(number(words))


def _may_be_cell(text: Text) -> bool:
    short = len(text.text) <= 80
    return text.kind == "body" and short and not text.hint and not _firm(number(text.text))


def _caption(text: Text) -> bool:
    return len(text.text) <= 60 and bool(_CAPTION.match(text.text))


def _firm(found: Number | None) -> bool:
    """Whether it is a number only headings carry; `1.` and `（1）` stand in tables too."""
    loose = ("point", "bracketed point", "clause", "decimal 2")
    return found is not None and found.family not in loose


def _tabular(run: Sequence[str]) -> bool:
    """Cells hold figures, units and dashes; a run of names or of headings holds none."""
    telling = sum(len(words) <= 4 or words[0] in "0123456789<>＞＜≥≤—-[" for words in run)
    return telling >= len(run) / 4
