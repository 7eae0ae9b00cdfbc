"""Rules against a reference coding: how much they find, and how much of it is right."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np
from numpy.typing import NDArray

from wenma.coding.coder import Coder
from wenma.records import Codebook
from wenma.reliability.gold import GoldRow, in_context
from wenma.statistics.arrays import Floats, Integers
from wenma.statistics.jackknife import Scale, jackknife_limits
from wenma.statistics.krippendorff import alpha_of_two
from wenma.statistics.score_intervals import FEW, wilson

Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Measure:
    """A number with its 95 % interval; nan where it is not defined, or cases are too few."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Validity:
    """How well one code is found. `support` counts the rows that have it in the reference.

    `mcc` is the correlation of rules and reference (Matthews 1975), which is not high
    merely because a code is rare; `between` is α of the two passes of the reference, nan
    where it has only what was settled.
    """

    code: str
    support: int
    found: int
    precision: Measure
    recall: Measure
    f1: Measure
    alpha: Measure
    mcc: Measure
    between: float = float("nan")


@dataclass(frozen=True)
class Trap:
    """Words that made a rule fire on rows without its code: how often, and of how many.

    `alone` counts the rows that no other words of the code fired on: without these words
    the false alarm would be gone.
    """

    code: str
    rule: str
    words: str
    hits: int
    wrong: int
    alone: int


@dataclass(frozen=True)
class Error:
    """A row on which rules and reference differ: `missed` by the rules, or a false alarm."""

    row: GoldRow
    code: str
    missed: bool
    evidence: str  # the rules and the words that fired


@dataclass(frozen=True)
class Comparison:
    """Everything `wenma validate` tells.

    `codes` are those the reference has at least once; `unjudged` the other codes with
    rules, of which the reference says nothing.
    """

    rows: int
    unjudged: tuple[str, ...]
    codes: tuple[Validity, ...]
    scope: Validity | None
    scope_accuracy: float
    errors: tuple[Error, ...]
    traps: tuple[Trap, ...] = ()

    def macro_f1(self, *dimensions: str) -> float:
        """Mean F1 of the codes, of these dimensions together or of all; nan where there is none."""
        measured = [
            one.f1.value
            for one in self.codes
            if not dimensions or one.code.partition("/")[0] in dimensions
        ]
        return float(np.mean(measured)) if measured else float("nan")


def compare(
    codebook: Codebook,
    rows: Sequence[GoldRow],
    *,
    coders: Mapping[str, Coder] | None = None,
) -> Comparison:
    """Code every row by the codebook's rules and set the result beside the reference's codes.

    A row's codes that are not in the codebook are left aside. Precision and recall have
    Wilson's interval, the other measures that of documents left out in turn: nan for rows of one
    document, where nothing varies, and where fewer than `FEW` rows have the code. `coders` has
    another coder for each document.
    """
    whole = Coder(codebook)
    given = {path for row in rows for path in row.codes}
    paths = [code.path for code in codebook.codes if code.path in given]
    reference = np.array([[path in row.codes for path in paths] for row in rows], dtype=bool)
    rules = np.zeros_like(reference)
    scope = np.zeros(len(rows), dtype=bool)
    errors: list[Error] = []
    hits = _Hits()
    for at, row in enumerate(rows):
        coder = whole if coders is None else coders[row.document]
        document, units, target = in_context(row)
        scope[at] = coder.in_scope(document, units)[target]
        words = {
            coding.code: [(one.rule, document.text[one.start : one.end]) for one in coding.evidence]
            for coding in coder.code(document, units)
            if coding.unit == target
        }
        fired = {code: "; ".join(map(" ".join, said)) for code, said in words.items()}
        for code in given & words.keys():
            hits.add(code, words[code], right=code in row.codes)
        for number, path in enumerate(paths):
            rules[at, number] = path in fired
            if rules[at, number] != reference[at, number]:
                errors.append(Error(row, path, path not in fired, fired.get(path, "")))
    names = [row.document for row in rows]
    documents = np.unique(names, return_inverse=True)[1].astype(np.int64)
    said = np.array([row.in_scope for row in rows], dtype=bool)
    return Comparison(
        rows=len(rows),
        unjudged=tuple(c.path for c in codebook.codes if c.rules and c.path not in given),
        codes=tuple(
            replace(
                _validity(path, reference[:, number], rules[:, number], documents),
                between=_between(rows, path),
            )
            for number, path in enumerate(paths)
        ),
        scope=_validity("scope", said, scope, documents) if codebook.scope else None,
        scope_accuracy=float(np.mean(said == scope)) if codebook.scope else float("nan"),
        errors=tuple(errors),
        traps=hits.traps(paths),
    )


def held_out(codebook: Codebook, rows: Sequence[GoldRow]) -> Comparison:
    """The same, each document coded without the rules that only it shows to be right.

    What a rule made for one document adds there says nothing of the next document. Wording
    seen in several documents stays, so this does not replace unread sentences.
    """
    right: dict[tuple[str, str], set[str]] = {}
    coder = Coder(codebook)
    for row in rows:
        document, units, target = in_context(row)
        for coding in coder.code(document, units):
            if coding.unit == target and coding.code in row.codes:
                for one in coding.evidence:
                    right.setdefault((coding.code, one.rule), set()).add(row.document)
    coders = {
        name: Coder(_without(codebook, {rule for rule, seen in right.items() if seen == {name}}))
        for name in dict.fromkeys(row.document for row in rows)
    }
    return compare(codebook, rows, coders=coders)


def _without(codebook: Codebook, gone: Collection[tuple[str, str]]) -> Codebook:
    codes = tuple(
        replace(code, rules=tuple(one for one in code.rules if (code.path, one.id) not in gone))
        for code in codebook.codes
    )
    return replace(codebook, codes=codes)


def by_document(codebook: Codebook, rows: Sequence[GoldRow]) -> Iterator[tuple[str, Comparison]]:
    """The same for the rows of each document alone, in the order of the file."""
    yield from _apart(codebook, rows, [row.document for row in rows])


def by_city(
    codebook: Codebook,
    rows: Sequence[GoldRow],
    cities: Mapping[str, str],
) -> Iterator[tuple[str, Comparison]]:
    """The same for the rows of each city alone; rows of no known city stand under "".

    A row's own city goes before that of its document in `cities`.
    """
    named = [row.city or cities.get(row.document, "") for row in rows]
    yield from _apart(codebook, rows, named)


def _apart(
    codebook: Codebook, rows: Sequence[GoldRow], names: Sequence[str]
) -> Iterator[tuple[str, Comparison]]:
    for name in dict.fromkeys(names):
        own = [row for row, one in zip(rows, names, strict=True) if one == name]
        yield name, compare(codebook, own)


class _Hits:
    """How often each wording fired for a code, and how often it should not have."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str, str], list[int]] = {}

    def add(self, code: str, said: Sequence[tuple[str, str]], *, right: bool) -> None:
        for rule, words in dict.fromkeys(said):
            count = self.counts.setdefault((code, rule, words), [0, 0, 0])
            count[0] += 1
            count[1] += not right
            count[2] += not right and len(set(said)) == 1

    def traps(self, paths: Sequence[str]) -> tuple[Trap, ...]:
        """Those that were ever wrong, in the codebook's order, the most often wrong first."""
        wrong = [Trap(*key, *count) for key, count in self.counts.items() if count[1]]
        return tuple(sorted(wrong, key=lambda one: (paths.index(one.code), -one.wrong, -one.hits)))


def _between(rows: Sequence[GoldRow], path: str) -> float:
    """α of the two passes of the reference over the rows that kept both."""
    pairs = [tuple(path in codes for codes in row.passes) for row in rows if len(row.passes) == 2]
    both, first, second, neither = (
        pairs.count(one) for one in ((True, True), (True, False), (False, True), (False, False))
    )
    return float(alpha_of_two(both, first, second, neither)) if pairs else float("nan")


def _validity(code: str, reference: Booleans, rules: Booleans, documents: Integers) -> Validity:
    each = _four(reference, rules, documents)
    whole = each.sum(axis=1)
    measured = _measures(whole)
    without = _measures(whole[:, None] - each)
    both, missed, false, neither = (int(one) for one in whole)

    def left_out(name: str, scale: Scale, cases: int) -> Measure:
        value = float(measured[name])
        limits = (
            jackknife_limits(value, without[name], each.sum(axis=0), scale)
            if cases >= FEW
            else (nan, nan)
        )
        return Measure(value, *limits)

    given = both + missed + false
    cases = min(given, missed + false + neither)
    return Validity(
        code,
        support=both + missed,
        found=both + false,
        precision=Measure(float(measured["precision"]), *wilson(both, both + false)),
        recall=Measure(float(measured["recall"]), *wilson(both, both + missed)),
        f1=left_out("f1", "share", given),
        alpha=left_out("alpha", "correlation", cases),
        mcc=left_out("mcc", "correlation", cases),
    )


def _four(reference: Booleans, rules: Booleans, documents: Integers) -> Floats:
    """Rows of each document that both have, rules missed, rules alone have, and neither."""
    many = int(documents.max(initial=-1)) + 1
    kinds = (reference & rules, reference & ~rules, ~reference & rules, ~reference & ~rules)
    return np.stack([np.bincount(documents, weights=one, minlength=many) for one in kinds])


def _measures(counts: Floats) -> dict[str, Floats]:
    """Precision, recall, F1, α and MCC of each column of counts: both, missed, false, neither."""
    both, missed, false, neither = counts
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = both / (both + false)
        recall = both / (both + missed)
        f1 = 2 * both / (2 * both + missed + false)
        sides = (both + missed, both + false, neither + missed, neither + false)
        margins = np.prod([np.sqrt(side) for side in sides], axis=0)
        # Where rules or reference say the same of every row, nothing can go together.
        mcc = np.where(margins > 0, (both * neither - missed * false) / margins, np.nan)
    alpha = alpha_of_two(both, missed, false, neither)
    return {"precision": precision, "recall": recall, "f1": f1, "alpha": alpha, "mcc": mcc}
