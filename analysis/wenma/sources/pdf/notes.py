"""Note marks leave the text they stand in; the notes below a page are told from its text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import isfinite
from statistics import median
from typing import NamedTuple

from wenma.sources.pdf.glyphs import Glyph, text_of

_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "1230456789")
_MARKS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊†‡[]［］〔〕【】()（）,，-" + _RAISED)
_COUNTS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊†‡")
_SMALL = 0.78  # a mark's size beside its word's
_NOTE = 0.93  # a note's size beside its text's, at most
_LONGEST = 6  # characters of a mark: ［12］
_MOST_CANDIDATES = 500  # on a page; more are a drawing


_CELL = 24.0  # points


class _Places:
    """Glyphs by where they stand, so that a neighbour is found without a walk over the page."""

    def __init__(self, shown: Sequence[Glyph]) -> None:
        self._cells: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in shown:
            key = (int(glyph.right // _CELL), int(glyph.base // _CELL))
            self._cells.setdefault(key, []).append(glyph)

    def near(self, across: float, height: float) -> Iterator[Glyph]:
        """Glyphs within two cells of a point."""
        column, row = int(across // _CELL), int(height // _CELL)
        for key in product(range(column - 2, column + 3), range(row - 2, row + 3)):
            yield from self._cells.get(key, ())


class Unmarked(NamedTuple):
    """Lines without note marks, and the marks taken out."""

    lines: list[list[Glyph]]
    marks: list[str]


def unmarked(lines: Sequence[list[Glyph]]) -> Unmarked:
    """The lines with raised note marks taken out and the lines they broke made whole.

    The 1 of 人口¹1761.48 stands small and raised between a word and a figure: left there it
    becomes 11761.48. A raised figure after a Latin letter (km²) or after ×10 is no mark, and
    one with nothing before it on its row is the number of the note itself.
    """
    shown = [glyph for line in lines for glyph in line if not glyph.space]
    placed = _Places(shown)
    marks: list[str] = []
    kept: list[list[Glyph]] = []
    broken: set[int] = set()  # kept lines that went on when a mark or a lowered figure came
    usual = median(glyph.size for glyph in shown) if shown else 0.0
    for line in lines:
        wrapped = _wrapped_mark(line, kept[-1], usual) if kept else 0
        if wrapped:
            marks.append(text_of(line[:wrapped]))
        left, taken = _without_marks(
            line[wrapped:], placed, marks, room=_MOST_CANDIDATES - len(marks)
        )
        if kept and left and (taken or _small_beside(kept[-1], left)) and _same_row(kept[-1], left):
            kept[-1] += left
            broken.add(len(kept) - 1)
        elif kept and left and len(kept) - 1 in broken and _same_row(kept[-1], left):
            kept[-1] += left
        elif left:
            kept.append(left)
        if kept and taken:
            broken.add(len(kept) - 1)
    return Unmarked(kept, marks)


def _without_marks(
    line: Sequence[Glyph], placed: _Places, marks: list[str], *, room: int
) -> tuple[list[Glyph], bool]:
    left: list[Glyph] = []
    taken = False
    at = 0
    while at < len(line):
        end = _run_end(line, at)
        run = line[at:end]
        if end > at and len(run) <= _LONGEST and room > 0 and _is_mark(run, placed):
            marks.append(text_of(run))
            taken = True
        elif end > at and run[0].size and _opens_note(run, line, end, left):
            left += [*run, Glyph(" ")]
        else:
            end = max(end, at + 1)
            left += line[at:end]
        at = end
    return (left if any(not glyph.space for glyph in left) else []), taken


def _wrapped_mark(line: Sequence[Glyph], last: Sequence[Glyph], usual: float) -> int:
    """How many glyphs at the head of a line are the mark of the word that ended the line before.

    Some programs break a line between a word and its mark.
    """
    end = _run_end(line, 0)
    before = last[-1]
    small = 0 < end <= _LONGEST and line[0].size <= _SMALL * usual
    if not small or before.size < 0.95 * usual or not before.base > line[0].base:
        return 0
    if before.base - line[0].base > 2.5 * usual or not any(g.text in _COUNTS for g in line[:end]):
        return 0
    if end == len(line):
        return end
    after = line[end]
    goes_on = after.size >= 0.95 * usual and before.text not in "。！？"
    return end if goes_on and line[0].base > after.base + 0.12 * after.size else 0


def _run_end(line: Sequence[Glyph], at: int) -> int:
    """Where the run of figures of one size on one base that begins at `at` ends."""
    end, first = at, line[at]
    if first.text in _RAISED:
        while end < len(line) and line[end].text in _RAISED:
            end += 1
        return end
    while (
        end < len(line)
        and line[end].text in _MARKS
        and line[end].text not in _RAISED
        and abs(line[end].base - first.base) < 0.1 * first.size
        and abs(line[end].size - first.size) < 0.1 * first.size
    ):
        end += 1
    return end


def _is_mark(run: Sequence[Glyph], placed: _Places) -> bool:
    if not any(glyph.text in _COUNTS or glyph.text in _RAISED for glyph in run):
        return False
    first = run[0]
    written = first.text in _RAISED
    beside = [
        other
        for other in placed.near(first.left, first.base)
        if (other.size * _SMALL >= first.size or written)
        and other.text not in _RAISED
        and (abs(first.base - other.base) if written else 0) < 0.3 * other.size
        and (written or 0.12 * other.size < first.base - other.base < 0.95 * other.size)
        and -0.6 * other.size < first.left - other.right < 0.6 * other.size
        and other.left < first.left
    ]
    if not beside:
        return False
    before = min(beside, key=lambda other: abs(first.left - other.right))
    return not _is_exponent(before, placed)


def _is_exponent(before: Glyph, placed: _Places) -> bool:
    if (before.text.isascii() and before.text.isalpha()) or before.text in "㎡㎞米":
        return True
    if before.text != "0":
        return False
    row = sorted(
        (
            glyph
            for glyph in placed.near(before.left, before.base)
            if abs(glyph.base - before.base) < 0.1 * before.size
            and before.left - 3 * before.size < glyph.left < before.left
        ),
        key=lambda glyph: glyph.left,
    )
    return text_of(row)[-2:] in ("×1", "x1", "X1", "*1", "·1", "╳1")


def _opens_note(
    run: Sequence[Glyph], line: Sequence[Glyph], end: int, left: Sequence[Glyph]
) -> bool:
    """Whether a small raised number stands first on its row, before a larger word."""
    if any(not glyph.space for glyph in left) or end >= len(line) or line[end].space:
        return False
    after = line[end]
    return run[0].size <= _SMALL * after.size and run[0].base > after.base + 0.1 * after.size


def _small_beside(line: Sequence[Glyph], coming: Sequence[Glyph]) -> bool:
    """Whether the lowered figure of PM₂.₅ begins the coming line, or ended the last."""
    last = next(glyph for glyph in reversed(line) if not glyph.space)
    first = next(glyph for glyph in coming if not glyph.space)
    small, large = sorted((last.size, first.size))
    return small <= 0.8 * large and abs(last.base - first.base) < 0.6 * large


def _same_row(line: Sequence[Glyph], coming: Sequence[Glyph]) -> bool:
    """Whether the coming glyphs stand right after the line, on its base or lowered from it."""
    shown = [glyph for glyph in line[-16:] if not glyph.space]
    if not shown:
        return False
    first = next(glyph for glyph in coming if not glyph.space)
    size = max(glyph.size for glyph in shown)
    base = next(glyph.base for glyph in reversed(shown) if glyph.size == size)
    lowered = first.size <= 0.8 * size and -0.6 * size < first.base - base < 0.05 * size
    level = abs(first.base - base) < 0.12 * size or lowered
    return level and -0.6 * size < first.left - shown[-1].right < 1.2 * size


class Notes(NamedTuple):
    """Rows of a page that are text, and its notes, each in one string with its rows joined."""

    text: list[int]
    notes: list[list[int]]
    empty: list[int]  # numbers at the foot whose note has no words


def notes_below(
    texts: Sequence[str], sizes: Sequence[float], marks: Sequence[str], *, ruled: int | None
) -> Notes:
    """Which of the rows at the foot of a page are its notes.

    texts, sizes  the rows of the page in reading order, with the size of their letters
    marks         the note marks taken from the page's text
    ruled         the first row below a short line at the foot of the page, or None

    Notes begin with one of the marks, or below the line, in letters no larger than the text's,
    and go on to the foot; a page number below them is none of theirs.
    """
    usual = _usual(texts, sizes)
    wanted = {"".join(char for char in mark.translate(_PLAIN) if char in _COUNTS) for mark in marks}
    last = len(texts)
    small = {at for at, size in enumerate(sizes) if size <= _NOTE * usual}
    numbered = {_opening(texts[at]) for at in small if not _bare(texts[at], wanted)}
    while last > 0 and _page_number(texts[last - 1], wanted - numbered):
        last -= 1
    start = last
    for at in range(last - 1, -1, -1):
        if at not in small and not _bare(texts[at], wanted):
            break
        opens = _opening(texts[at])
        if (opens and opens in wanted) or (ruled is not None and at == ruled):
            start = at
    if start == last or start == 0:
        return Notes(list(range(len(texts))), [], [])
    notes: list[list[int]] = []
    empty: list[int] = []
    for at in range(start, last):
        if _bare(texts[at], wanted):
            empty.append(at)
        elif not notes or _opening(texts[at]):
            notes.append([at])
        else:
            notes[-1].append(at)
    return Notes([*range(start), *range(last, len(texts))], notes, empty)


def _usual(texts: Sequence[str], sizes: Sequence[float]) -> float:
    counted: Counter[float] = Counter()
    for text, size in zip(texts, sizes, strict=True):
        counted[round(size, 1) if isfinite(size) else 0.0] += len(text)
    del counted[0.0]
    return counted.most_common(1)[0][0] if counted else 0.0


def _opening(text: str) -> str:
    """The number a note begins with: 1, ①, [12]; "" where the row begins otherwise."""
    bare = text.translate(_PLAIN).lstrip(" [［〔【（(注")
    number = ""
    for char in bare[:3]:
        if char not in _COUNTS or (number and not (number + char).isdigit()):
            break
        number += char
    after = bare[len(number) : len(number) + 1]
    return (
        ""
        if after in ("%", "％", ".") and after and bare[len(number) + 1 :][:1].isdigit()
        else number
    )


def _bare(text: str, wanted: set[str]) -> bool:
    return text.strip(" []［］〔〕【】()（）") in wanted


def _page_number(text: str, empty: set[str]) -> bool:
    """Whether a last row is a page number and not the number of a note without words."""
    bare = text.strip(" -—–―─·•~")
    return bare.isdigit() and len(bare) <= 4 and (bare != text.strip() or bare not in empty)
