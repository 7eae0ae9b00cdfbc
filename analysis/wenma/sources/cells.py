"""Tables that lost their rules are found again among the paragraphs."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from wenma.sources.lines import Text
from wenma.sources.outlines.furniture import promised, wording
from wenma.sources.outlines.numbering import PEERS, Number, number
from wenma.sources.outlines.title_lines import dated

_LEAST_RUN = 6
_LEAST_BELOW, _LONGEST_CELL = 3, 45  # under a caption
_EDGE = 8
_LEAST_COLUMNED = 3
_GAP = re.compile("\t| {2,}|\u3000{2,}| \u3000|\u3000 ")
_CAPTION = re.compile("[表图] ?[0-9]{1,2}(?:[-－.][0-9]{1,2})?(?![0-9年月日])(?!所示|中)[^。；]*$")
_COLUMNS = re.compile(r" [-—%](?: |$)| [<>＜＞≥≤\[][^ ]*$")


def cells(texts: Sequence[Text], headings: Collection[int] = ()) -> set[int]:
    """Which body paragraphs are cells or captions of a table.

    Cells come as a run of short lines that end like no sentence. `headings` are
    known to be none.

    >>> lines = "序号 指标 1 绿地率 2 达标率".split()
    >>> sorted(cells([Text(line, "body") for line in lines]))
    [0, 1, 2, 3, 4, 5]
    """
    known = promised(texts)
    runs: list[list[int]] = []
    for at, text in enumerate(texts):
        if text.kind != "body" or not _cell(text) or at in headings:
            continue
        # Covers and signatures are short lines too, with a date among them.
        edge = not _EDGE <= at < len(texts) - _EDGE and dated(text.text)
        if not edge and (not known or wording(text.text) not in known):
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
    captions = {at for at, text in enumerate(texts) if text.kind == "body" and _caption(text)}
    below = {
        row for at in captions if texts[at].text[0] == "表" for row in _below(texts, at, known)
    }
    return found | captions | below


def _cell(text: Text) -> bool:
    words = text.text
    if text.hint or words[-1] in "。！？；：，" or len(words) > 60:
        return False
    if len(words) > 25 and not _COLUMNS.search(words):
        return False
    return not _firm(number(words)) and not (len(words) <= 5 and wording(words) in PEERS)


def _may_be_cell(text: Text) -> bool:
    short = len(text.text) <= 80
    return text.kind == "body" and short and not text.hint and not _firm(number(text.text))


def columned(lines: Sequence[str]) -> set[int]:
    """Which lines, as they stand in the file, are rows whose cells only wide gaps set apart.

    Rows come one below the other; a heading or a name may be spaced out too.

    >>> rows = "指标\\t单位\\t属性", "绿地率\\t%\\t预期性", "避难场所\\t处\\t约束性"
    >>> sorted(columned(["第一章　　总　　则", "正文在此。", *rows]))
    [2, 3, 4]
    """
    found: set[int] = set()
    run: list[int] = []
    # Most files hold no gap at all.
    gaps = [at for at, line in enumerate(lines) if "  " in line or "\t" in line or "\u3000" in line]
    for at in gaps:
        if not _columns(lines[at]):
            continue
        beside = bool(run) and not any(line.strip() for line in lines[run[-1] + 1 : at])
        run = [*run[1 - _LEAST_COLUMNED :], at] if beside else [at]
        if len(run) >= _LEAST_COLUMNED:
            found.update(run)
    return found


def _columns(line: str) -> bool:
    words = line.strip()
    if not _GAP.search(words) or len(words) > 120 or words[-1] in "。；，：":
        return False
    columns = _GAP.split(words)
    return len(columns) >= 3 and max(map(len, columns)) <= 24 and not _numbered_line(words)


def _below(texts: Sequence[Text], caption: int, known: set[str]) -> list[int]:
    """The cells under 表1: short lines up to the next number, sentence by sentence or not."""
    rows: list[int] = []
    told = 0
    for at in range(caption + 1, len(texts)):
        text, coming = texts[at], texts[at + 1].text if at + 1 < len(texts) else ""
        told += text.kind == "table"
        if text.kind in ("page_number", "running_head", "table"):
            continue
        if text.kind != "body" or text.hint or wording(text.text) in known:
            break
        if _numbered_line(text.text) or (text.text[-1] in "：:" and _numbered_line(coming)):
            break
        # What pages have joined stands among short lines.
        if len(text.text) > _LONGEST_CELL and not (len(text.text) <= 120 and len(coming) <= 20):
            break
        rows.append(at)
    prose = [at for at in rows if len(texts[at].text) >= 20 and texts[at].text[-1] == "。"]
    tabular = told + len(rows) >= _LEAST_BELOW and 2 * len(prose) < told + len(rows)
    return rows if tabular else []


def _numbered_line(words: str) -> bool:
    begins = number(words)
    return begins is not None and begins.family != "clause"


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
