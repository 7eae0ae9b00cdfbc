"""Lines become paragraphs: what a page or a hard line end has broken is joined again."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from wenma.records import ParagraphKind
from wenma.sources.lines import Hint, Line
from wenma.sources.outlines.furniture import Marked, wording
from wenma.sources.outlines.numbering import number

_ENDS = "。！？；：…!?;:"
_CLOSERS = "”’）)》』」】"
# The lowered figures of PM2.5 and O3 fall out of their line into one of their own.
_FALLEN = re.compile("[0-9. ]{1,8}$")
_BARE_DECIMAL = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}$")
_LEAST_MARGIN = 30  # columns; a column holds half a Han character
_LEAST_LETTERS = 8
_LEAST_LINES = 20  # of one length: a list of names has fewer


class Part(NamedTuple):
    """A stretch of a paragraph that stood on one line of the file.

    `written` is the text in traditional script where `text` was folded.
    """

    text: str
    line: Line
    written: str | None = None


class Joined(NamedTuple):
    """A paragraph: its parts in order, what it is, what the format said of it."""

    parts: tuple[Part, ...]
    kind: ParagraphKind
    hint: Hint = ""


def paragraphs(marked: Sequence[Marked]) -> list[Joined]:
    """Lines joined to paragraphs.

    Whether a document has hard line ends is told by its right margin: lines
    pile up at one width and few go beyond. A document with one paragraph a
    line shows no such pile and keeps its lines. A page number or running head
    inside a paragraph is set after it, and so are the notes of a page.
    """
    plain = [m for m in marked if m.kind == "body" and not m.line.hint]
    margin = right_margin([m.line.indent + m.text for m in plain])
    if margin.width and 0.03 < _indented(plain) < 0.5:
        margin = margin._replace(indented=True)
    broken = margin.width > 0
    headings = {wording(m.text) for m in marked if m.kind == "contents"}
    broken_headings = _broken_headings(marked)
    gaps = _gaps(marked)
    body = [gap for gap, m in zip(gaps, marked, strict=True) if m.kind == "body"]
    airy = sum(body) > 0.4 * len(body)
    joined: list[Joined] = []
    open_parts: list[Part] = []
    open_hint: Hint = ""
    waiting: list[Joined] = []

    def close() -> None:
        if open_parts:
            joined.append(Joined(tuple(open_parts), "body", open_hint))
            open_parts.clear()
        joined.extend(waiting)
        waiting.clear()

    for m, gap in zip(marked, gaps, strict=True):
        if m.kind in ("page_number", "running_head"):
            waiting.append(Joined((Part(m.text, m.line, m.written),), m.kind))
            continue
        if m.line.hint == "note" and m.kind == "body":
            waiting.append(Joined((Part(m.text, m.line),), "body", "note"))
            continue
        if broken and open_parts and _FALLEN.match(m.text) and not ended(open_parts[-1].text):
            waiting.append(Joined((Part(m.text, m.line, m.written),), m.kind))
            continue
        if m.kind != "body" or m.line.hint:
            close()
            if m.kind == "body":
                open_parts.append(Part(m.text, m.line, m.written))
                open_hint = m.line.hint
                close()
            else:
                joined.append(Joined((Part(m.text, m.line, m.written),), m.kind, m.line.hint))
            continue
        broken_by_page = bool(waiting)
        empty_between = gap and not airy and not broken_by_page
        goes_on = bool(open_parts) and (
            (broken_headings and (wording(open_parts[-1].text), wording(m.text)) in broken_headings)
            or (
                not empty_between
                and not (margin.indented and m.line.indent)
                and _goes_on(open_parts, m, margin, headings, broken_by_page)
            )
        )
        if not goes_on:
            close()
            open_hint = ""
        open_parts.append(Part(m.text, m.line, m.written))
    close()
    return joined


def _broken_headings(marked: Sequence[Marked]) -> set[tuple[str, str]]:
    """Pairs of lines that the contents set one under the other as one long entry."""
    contents = [m.text for m in marked if m.kind == "contents"]
    return {
        (wording(one), wording(other))
        for one, other in pairwise(contents)
        if (begins := number(one)) is not None
        and begins.family in ("part", "chapter")
        and number(other) is None
        and len(wording(other)) > 4
        and not one[-1].isdigit()
    }


def _gaps(marked: Sequence[Marked]) -> list[bool]:
    """Of each line, whether empty lines stood before it."""
    before = (None, *marked)
    return [
        last is not None and last.line.page == m.line.page and m.line.line - last.line.line > 1
        for last, m in zip(before, marked, strict=False)
    ]


def _indented(marked: Sequence[Marked]) -> float:
    """Share of the lines that begin with white space; where few do, they begin paragraphs."""
    return sum(bool(m.line.indent) for m in marked) / max(1, len(marked))


class Margin(NamedTuple):
    """Where lines were broken, in columns: the widest they get, the width most of them have.

    `letters` is the number of characters of a full line where lines were broken by that, 0 where
    they were not; `indented` is set where white space begins each paragraph.
    """

    width: int = 0
    usual: int = 0
    letters: int = 0
    indented: bool = False


def right_margin(texts: Sequence[str]) -> Margin:
    """The width at which lines were broken; 0 when they were not.

    A Han character is two columns wide, a Latin letter one.
    """
    widths = [width(text) for text in texts]
    long = [w for w in widths if w >= _LEAST_MARGIN]
    letters = _letters(texts, _LEAST_LINES)
    if len(long) < 5:
        return Margin(2 * letters, 2 * letters, letters)
    counts = Counter(long)
    best = max(counts, key=lambda w: sum(counts[v] for v in range(w - 5, w + 1)))
    pile = [w for w in long if best - 5 <= w <= best]
    reaching = sum(w >= best - 5 for w in long)
    unended = sum(
        not ended(text) for text, w in zip(texts, widths, strict=True) if best - 5 <= w <= best
    )
    if len(pile) < 0.5 * reaching or unended < 0.6 * len(pile):
        return Margin(2 * letters, 2 * letters, letters)
    # Where lines are broken, a few of them show by what measure.
    wide = [text for text, w in zip(texts, widths, strict=True) if w >= _LEAST_MARGIN]
    return Margin(best, Counter(pile).most_common(1)[0][0], _letters(wide, 5))


def _letters(texts: Sequence[str], least: int) -> int:
    """The number of characters that most lines have and hardly any line exceeds."""
    lengths = Counter(map(len, texts))
    size, times = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    beyond = sum(many for length, many in lengths.items() if length > size)
    unended = sum(not ended(text) for text in texts if len(text) == size)
    most = times >= max(least, 0.4 * len(texts)) and beyond <= 0.02 * len(texts)
    return size if size >= _LEAST_LETTERS and most and unended >= 0.7 * times else 0


def width(text: str) -> int:
    """Columns a line takes: two for a Han character, one for a Latin letter."""
    return len(text.encode("gbk", "replace"))


def ended(text: str) -> bool:
    """Whether a line ends as a sentence or clause does."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS or text[-1:] in _ENDS


def _goes_on(
    parts: Sequence[Part], m: Marked, margin: Margin, headings: set[str], broken_by_page: bool
) -> bool:
    """Whether a line continues the paragraph that `parts` opened."""
    last, text = parts[-1].text, m.text
    begins = number(text)
    # Headings take two lines, seldom three; a long paragraph is not put together each time.
    whole = "".join(part.text for part in parts) if len(parts) <= 3 else ""
    if headings and whole and begins is None and wording(whole + text) in headings:
        return True
    strong = begins is not None and begins.family not in (
        "point", "decimal 2", "decimal 3", "decimal 4", "clause",
    )  # fmt: skip
    if strong or text.startswith(("——", "表 ", "图 ")) or (headings and wording(text) in headings):
        return False
    if not margin.width:
        # One paragraph a line, yet a page may end within one.
        return broken_by_page and not ended(last) and len(last) >= 15 and begins is None
    if _BARE_DECIMAL.match(last):
        return len(parts) == 1 and begins is None
    reach = _reach(parts[-1].line.indent + last, margin)
    coming = _reach(m.line.indent + text, margin)
    if begins is not None and (ended(last) or reach < margin.width - 4):
        return False
    if whole and (key := wording(whole)) in headings:
        return False
    if len(parts) == 1 and number(whole) and any(h.startswith(key) for h in headings):
        return True
    # The first line of a paragraph is indented, so a full line is not a first one.
    first = not margin.indented and 0.82 * margin.width <= coming <= margin.usual - 3
    full = coming >= margin.usual - 2
    heading = len(parts) == 1 and number(whole) is not None and not any(m in whole for m in "。；")
    if ended(last) or heading:
        if last.endswith(("：", ":")) or first:
            return False
        return reach >= (margin.usual - 7 if full else margin.width - 5)
    return reach >= 0.82 * margin.width


def _reach(text: str, margin: Margin) -> int:
    """Columns a line takes; all of them where it has as many characters as a line may."""
    return margin.width if len(text) == margin.letters else width(text)
