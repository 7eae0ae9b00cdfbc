"""Two coders compared as NVivo does: each code in each document, in characters or in units.

What neither coded weighs as much as what both did, so that the per cent of a
rare code are near 100 whoever codes: look at κ beside them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from wenma.records import Coding, Unit


class Compared(NamedTuple):
    """One code in one document: how much of its `size` who coded.

    Numbers are of characters, or of units.
    """

    code: str
    document: str
    size: int
    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def agreement(self) -> float:
        """What both coded or both left, in per cent; nan of an empty document.

        The example of NVivo's help (Run a coding comparison query): of 1,000
        characters 50 by both, 150 by one.

        >>> Compared("code", "file", 1000, 50, 150, 0, 800).agreement
        85.0
        """
        return self._percent(self.both + self.neither)

    @property
    def disagreement(self) -> float:
        """What one of them alone coded, in per cent."""
        return self._percent(self.first_only + self.second_only)

    @property
    def kappa(self) -> float:
        """Cohen's κ; nan where both coded all of it or nothing, which NVivo prints as 1.

        >>> round(Compared("code", "file", 50, 20, 5, 10, 15).kappa, 3)
        0.4
        """
        first, second = self.both + self.first_only, self.both + self.second_only
        chance = first * second + (self.size - first) * (self.size - second)
        if chance == self.size**2:
            return float("nan")
        seen = (self.both + self.neither) * self.size
        return (seen - chance) / (self.size**2 - chance)

    def row(self) -> dict[str, Any]:
        """The numbers under the headings NVivo has; A is the first coder, B the second."""
        return {
            "Code": self.code,
            "File": self.document,
            "File Size": self.size,
            "Kappa": self.kappa,
            "Agreement (%)": self.agreement,
            "A and B (%)": self._percent(self.both),
            "Not A and Not B (%)": self._percent(self.neither),
            "Disagreement (%)": self.disagreement,
            "A and Not B (%)": self._percent(self.first_only),
            "B and Not A (%)": self._percent(self.second_only),
        }

    def _percent(self, part: int) -> float:
        return 100 * part / self.size if self.size else float("nan")


def coding_comparison(
    first: Iterable[Coding],
    second: Iterable[Coding],
    *,
    codes: Sequence[str],
    lengths: Mapping[str, int],
    units: Mapping[str, Sequence[Unit]] | None = None,
) -> list[Compared]:
    """Each code in each document, the codings of one coder against those of another.

    `lengths` are the characters of the documents to look at; with the `units` of
    these documents, units are counted in place of characters, and a unit has a
    code when any of it has. Codes are taken as they were given: a parent does
    not gather those under it. KeyError for a document without units.
    """
    given = _by_code(first), _by_code(second)
    found = []
    for code in codes:
        for document, length in lengths.items():
            a, b = (_joined(of.get((code, document), ())) for of in given)
            if units is None:
                size, each, other, both = length, _length(a), _length(b), _shared(a, b)
            else:
                pieces = units[document]
                on_a, on_b = (_touched(pieces, spans) for spans in (a, b))
                size, each, other, both = len(pieces), len(on_a), len(on_b), len(on_a & on_b)
            neither = size - each - other + both
            found.append(Compared(code, document, size, both, each - both, other - both, neither))
    return found


_Spans = Sequence[tuple[int, int]]


def _by_code(codings: Iterable[Coding]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    found: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for coding in codings:
        found[coding.code, coding.document].append((coding.start, coding.end))
    return found


def _joined(spans: Iterable[tuple[int, int]]) -> _Spans:
    """The spans in order, those that overlap or touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _length(spans: _Spans) -> int:
    return sum(end - start for start, end in spans)


def _shared(a: _Spans, b: _Spans) -> int:
    total = at = 0
    for start, end in a:
        while at < len(b) and b[at][1] <= start:
            at += 1
        near = at
        while near < len(b) and b[near][0] < end:
            total += min(end, b[near][1]) - max(start, b[near][0])
            near += 1
    return total


def _touched(units: Sequence[Unit], spans: _Spans) -> set[int]:
    """The numbers of the units that hold any of the spans."""
    found = set()
    at = 0
    for unit in units:
        while at < len(spans) and spans[at][1] <= unit.start:
            at += 1
        if at < len(spans) and spans[at][0] < unit.end:
            found.add(unit.number)
    return found
