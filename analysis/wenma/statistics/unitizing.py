"""Agreement on spans that coders set themselves: α for unitizing a text.

Spans are half-open, in code points. There are two generations of the measure:
`early_alphas` (1995, 2004) takes one code at a time and compares where segments begin
and end; `unitizing_alphas` (2016) compares the lengths that coincide. Report the
second; the first is for comparison with older studies.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, permutations
from math import nan
from typing import NamedTuple

import numpy as np

from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.coded_segments import (
    MarkedSegments,
    cut_at,
    fill_gaps,
    join_marks,
    split_overlaps,
)
from wenma.statistics.krippendorff import DisagreementSums


class CodedSpan(NamedTuple):
    """A stretch of text and its code, from `start` to before `end`; code None is a gap."""

    start: int
    end: int
    code: Hashable | None


@dataclass(frozen=True)
class EarlyAlphas:
    """α_U of 1995 and 2004: of each code, and of all together; nan where nothing is expected."""

    codes: Mapping[Hashable, DisagreementSums]
    coders: int

    def alpha(self, code: Hashable) -> float:
        """α_U of one code."""
        return _alpha(*self.codes[code])

    @property
    def total(self) -> float:
        """α_U of all codes together."""
        observed = sum(one.observed for one in self.codes.values())
        return _alpha(observed, sum(one.expected for one in self.codes.values()))


@dataclass(frozen=True)
class UnitizingAlphas:
    """The family of 2016; nan where chance alone explains everything.

    all       _uα: are the same stretches coded, and coded alike?
    marked    |_uα: are the same stretches coded at all?
    coded     _cuα: is what two coders coded coded alike? Gaps are left aside
    each      _(k)uα: the same for each code; nan where no other coder coded its segments
    coverage  the share of each code's length on which `each` rests
    """

    all: float
    marked: float
    coded: float
    each: Mapping[Hashable, float]
    coverage: Mapping[Hashable, float]


def early_alphas(coders: Sequence[Iterable[CodedSpan]], length: int) -> EarlyAlphas:
    """α_U of each code on a text of so many code points.

    Spans of one code of one coder do not overlap; different codes may, since each
    is looked at alone.

    Krippendorff (1995), Sociological Methodology 25, 47–76; (2004), p. 254:

    >>> i, j = [CodedSpan(75, 145, "c"), CodedSpan(220, 250, "c")], [CodedSpan(70, 150, "c")]
    >>> j += [CodedSpan(205, 225, "c"), CodedSpan(250, 270, "c")]
    >>> round(early_alphas([i, j], 300).alpha("c"), 4)
    0.7286
    """
    given = [list(spans) for spans in coders]
    _two_or_more(given)
    codes = dict.fromkeys(span.code for span in chain(*given))
    found: dict[Hashable, DisagreementSums] = {}
    for code in codes:
        each = [_with_gaps([s for s in spans if s.code == code], length) for spans in given]
        found[code] = DisagreementSums(_seen_apart(each, length), _expected_apart(each, length))
    return EarlyAlphas(found, len(given))


def unitizing_alphas(coders: Sequence[Iterable[CodedSpan]], length: int) -> UnitizingAlphas:
    """_uα, |_uα, _cuα and _(k)uα on a text of so many code points.

    Spans of one coder do not overlap: `split_spans` makes such spans of any.
    ValueError when they do, when one lies outside the text, and for fewer than
    two coders.

    Krippendorff, Mathet, Bouvry & Widlöcher (2016), Quality & Quantity 50,
    2347–2364; Krippendorff (2019), Content Analysis, section 12.6.

    >>> first, second, third = [(3, 15), (22, 53)], [(3, 10), (22, 53)], [(22, 46)]
    >>> spans = [[CodedSpan(*at, "k") for at in coder] for coder in (first, second, third)]
    >>> round(unitizing_alphas(spans, 56).all, 6)
    0.564545
    """
    numbers, codes = _numbered(coders)
    return _family([fill_gaps(one, length) for one in numbers], codes)


def alphas_of_segments(coders: Sequence[Sequence[CodedSpan]]) -> UnitizingAlphas:
    """`unitizing_alphas` where each coder's gaps are given too, as spans of code None.

    The spans are in order of place. Stretches that a coder's spans leave out are
    compared with nothing.

    >>> one = [CodedSpan(0, 5, "k"), CodedSpan(5, 9, None)]
    >>> alphas_of_segments([one, one]).all
    1.0
    """
    return _family(*_numbered(coders))


def u_alpha_of_marks(coders: Sequence[MarkedSegments], codes: int, length: int) -> float:
    """_uα of marks that may overlap, as `unitizing_alphas` of their `split_spans`.

    `codes` is the number of codes, counted from 0; `length` that of the text.

    >>> marks = [MarkedSegments(*np.array([[3, 22], [15, 53], [0, 0]]))]
    >>> marks += [MarkedSegments(*np.array([[3, 22], [10, 53], [0, 0]]))]
    >>> marks += [MarkedSegments(*np.array([[22], [46], [0]]))]
    >>> round(u_alpha_of_marks(marks, 1, 56), 6)
    0.564545
    """
    return alphas_of_marks(coders, codes, length).all


def alphas_of_marks(coders: Sequence[MarkedSegments], codes: int, length: int) -> UnitizingAlphas:
    """The family of marks that may overlap; its codes are the sets that `split_overlaps` numbers.

    >>> marks = [MarkedSegments(*np.array([[0, 9], [5, 12], [0, 1]]))] * 2
    >>> alphas_of_marks(marks, 2, 20).coded
    1.0
    """
    found, sets = split_overlaps(coders, codes)
    return _family([fill_gaps(one, length) for one in found], range(sets))


def alpha_of_code(
    own: Sequence[MarkedSegments], others: Sequence[MarkedSegments], length: int
) -> float:
    """_(k)uα of one code where codes may overlap: is it, or are others, on what two coders coded?

    `own` are each coder's marks of the code, `others` those of the codes it could be taken for.
    Where both stand, the code does. What the others are called does not enter into eq. 38, so
    that without overlaps this is the `each` of `unitizing_alphas`.

    >>> a, b = (MarkedSegments(*np.array([[at], [at + 5], [0]])) for at in (0, 5))
    >>> alpha_of_code([a, a], [b, b], 20)
    1.0
    """
    alone = [join_marks(one._replace(code=np.zeros_like(one.code))) for one in own]
    both = [
        MarkedSegments(
            np.concatenate([mine.start, rest.start]),
            np.concatenate([mine.end, rest.end]),
            np.repeat([0, 1], [len(mine.start), len(rest.start)]),
        )
        for mine, rest in zip(alone, others, strict=True)
    ]
    found, _ = split_overlaps(both, 2)
    told = []
    for one, mine in zip(found, alone, strict=True):
        at = np.searchsorted(mine.start, one.start, side="right") - 1
        inside = np.zeros(len(one.start), dtype=bool)
        if len(mine.start):
            inside = (at >= 0) & (one.start < mine.end[np.maximum(at, 0)])
        told.append(fill_gaps(one._replace(code=np.where(inside, 1, 2)), length))
    return _family(told, range(2)).each[0]


def _numbered(coders: Sequence[Iterable[CodedSpan]]) -> tuple[list[MarkedSegments], list[Hashable]]:
    """The spans of each coder with the numbers of their codes, None being 0; and the codes."""
    given = [list(spans) for spans in coders]
    number: dict[Hashable | None, int] = {None: 0}
    found = []
    for spans in given:
        rows = [(s.start, s.end, number.setdefault(s.code, len(number))) for s in spans]
        found.append(MarkedSegments(*np.array(rows, dtype=np.int64).reshape(-1, 3).T))
    return found, list(number)[1:]


def _family(coders: Sequence[MarkedSegments], codes: Sequence[Hashable]) -> UnitizingAlphas:
    _two_or_more(coders)
    size = len(codes) + 1
    cuts = np.unique(np.concatenate([at for one in coders for at in (one.start, one.end)]))
    values = np.array([cut_at(one, cuts) for one in coders])
    lengths = np.diff(cuts).astype(np.float64)
    together = _coincidences(values, lengths, size)
    alone = np.zeros(size)
    for one in coders:
        long = (one.end - one.start).astype(np.float64)
        # A gap is matter of no interest, not one thing: each of its points stands for itself.
        weight = np.where(one.code == 0, long, long**2)
        alone += np.bincount(one.code, weights=weight, minlength=size)
    by_chance = _expected(together, alone)
    inner = together[1:, 1:]
    inner_chance = _expected(inner, _pairable(coders, values, lengths, cuts, size)[1:])
    apart = (_off_diagonal(together), _off_diagonal(by_chance))
    marked = (together[0, 1:].sum() * 2, by_chance[0, 1:].sum() * 2)
    return UnitizingAlphas(
        all=_alpha(*apart),
        marked=_alpha(*marked),
        coded=_alpha(_off_diagonal(inner), _off_diagonal(inner_chance)),
        each={code: _of_code(at, inner, inner_chance) for at, code in enumerate(codes)},
        coverage={
            code: float(inner[at].sum() / whole) if (whole := together[at + 1].sum()) else nan
            for at, code in enumerate(codes)
        },
    )


def split_spans(spans: Iterable[CodedSpan]) -> list[CodedSpan]:
    """One coder's spans, however they overlap, as stretches with the set of their codes.

    Spans of one code that overlap are one; those that only touch stay two.

    >>> [(s.start, s.end, "".join(sorted(s.code))) for s in split_spans([CodedSpan(0, 9, "a"),
    ...     CodedSpan(5, 12, "b"), CodedSpan(12, 14, "b"), CodedSpan(1, 3, "a")])]
    [(0, 5, 'a'), (5, 9, 'ab'), (9, 12, 'b'), (12, 14, 'b')]
    """
    whole: dict[Hashable, list[CodedSpan]] = {}
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if span.start >= span.end:
            continue
        of_code = whole.setdefault(span.code, [])
        if of_code and span.start < of_code[-1].end:
            last = of_code.pop()
            span = CodedSpan(last.start, max(last.end, span.end), span.code)
        of_code.append(span)
    opening: dict[int, list[Hashable]] = {}
    closing: dict[int, list[Hashable]] = {}
    for span in chain(*whole.values()):
        opening.setdefault(span.start, []).append(span.code)
        closing.setdefault(span.end, []).append(span.code)
    found = []
    open_now: set[Hashable] = set()
    for start, end in pairwise(sorted(opening.keys() | closing.keys())):
        open_now.difference_update(closing.get(start, ()))
        open_now.update(opening.get(start, ()))
        if open_now:
            found.append(CodedSpan(start, end, frozenset(open_now)))
    return found


def _alpha(observed: float, expected: float) -> float:
    # Lengths are whole numbers: what is left by rounding alone is nothing.
    return float(1 - observed / expected) if expected > 1e-12 else nan


def _two_or_more(coders: Sequence[object]) -> None:
    if len(coders) < 2:
        raise ValueError("agreement needs two coders or more")


def _with_gaps(spans: Iterable[CodedSpan], length: int) -> list[CodedSpan]:
    """A coder's spans in order, with the gaps between them."""
    found = []
    at = 0
    for span in sorted(spans, key=lambda one: one.start):
        if not at <= span.start < span.end <= length:
            raise ValueError(f"{span.start}–{span.end} overlaps another span or leaves the text")
        if at < span.start:
            found.append(CodedSpan(at, span.start, None))
        found.append(span)
        at = span.end
    return [*found, CodedSpan(at, length, None)] if at < length else found


# -- 1995 and 2004 -----------------------------------------------------------------


def _seen_apart(coders: Sequence[Sequence[CodedSpan]], length: int) -> float:
    total = 0
    for one, other in permutations(coders, 2):
        starts = [span.start for span in other]
        for span in one:
            first = max(bisect_left(starts, span.start) - 1, 0)
            for near in other[first:]:
                if near.start >= span.end:
                    break
                total += _apart(span, near)
    return total / (len(coders) * (len(coders) - 1) * length**2)


def _apart(a: CodedSpan, b: CodedSpan) -> int:
    if a.start >= b.end or b.start >= a.end or (a.code is None and b.code is None):
        return 0
    if a.code is not None and b.code is not None:
        return (a.start - b.start) ** 2 + (a.end - b.end) ** 2
    coded, gap = (a, b) if b.code is None else (b, a)
    inside = gap.start <= coded.start and coded.end <= gap.end
    return (coded.end - coded.start) ** 2 if inside else 0


def _expected_apart(coders: Sequence[Sequence[CodedSpan]], length: int) -> float:
    sizes = [s.end - s.start for s in chain(*coders) if s.code is not None]
    gaps = [s.end - s.start for s in chain(*coders) if s.code is None]
    total = 0.0
    for size in sizes:
        room = sum(gap - size + 1 for gap in gaps if gap >= size)
        total += (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * room
    points = len(coders) * length
    pairs = points * (points - 1) - sum(size * (size - 1) for size in sizes)
    return 2 / length * total / pairs


# -- 2016 --------------------------------------------------------------------------


def _coincidences(values: Integers, lengths: Floats, size: int) -> Floats:
    """The lengths that code c of one coder shares with code k of another (eq. 32)."""
    together = np.zeros(size * size)
    for one, other in permutations(values, 2):
        both = (one >= 0) & (other >= 0)
        cell = one[both] * size + other[both]
        together += np.bincount(cell, weights=lengths[both], minlength=size * size)
    return together.reshape(size, size) / (len(values) - 1)


def _expected(together: Floats, alone: Floats) -> Floats:
    """What chance would pair, no segment being paired with itself (eq. 33 and 36)."""
    whole = together.sum()
    pairs = whole**2 - alone.sum()
    if pairs <= 0:
        return np.zeros_like(together)
    product = np.outer(together.sum(axis=1), together.sum(axis=0)) - np.diag(alone)
    return np.asarray(product * whole / pairs)


def _pairable(
    coders: Sequence[MarkedSegments],
    values: Integers,
    lengths: Floats,
    cuts: Integers,
    size: int,
) -> Floats:
    """Squared overlap of each segment with the other coders' codings (their mean), summed by code.

    With any other coder in place of the mean, Krippendorff's .724 (2019, p. 340) would be .728.
    """
    found = np.zeros(size)
    coded = values > 0
    for own, one in enumerate(coders):
        others = np.delete(coded, own, axis=0).mean(axis=0) * lengths
        upto = np.concatenate([[0.0], np.cumsum(others)])
        shared = upto[np.searchsorted(cuts, one.end)] - upto[np.searchsorted(cuts, one.start)]
        found += np.bincount(one.code, weights=shared**2, minlength=size)
    return found


def _of_code(at: int, inner: Floats, by_chance: Floats) -> float:
    """_(k)uα of one code (eq. 38)."""
    seen, expected = inner[:, at].sum(), by_chance[:, at].sum()
    if not seen or not expected:
        return nan
    return _alpha((seen - inner[at, at]) / seen, (expected - by_chance[at, at]) / expected)


def _off_diagonal(table: Floats) -> float:
    return float(table.sum() - np.trace(table))
