"""Each rule held against a reference coding: how often it is right, and what misleads it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import NamedTuple

from wenma.coding.coder import Coder
from wenma.language.words import cut
from wenma.records import Codebook
from wenma.reliability.gold import GoldRow, in_context
from wenma.reliability.rule_diagnostics import (
    SCOPE,
    FiredRules,
    RuleName,
    alone,
    fired,
    named_rules,
    rules_apart,
)
from wenma.statistics.score_intervals import wilson

LEAST_SENTENCES = 2
"""A word of a single false alarm says nothing about false alarms."""


class RulePrecision(NamedTuple):
    """A unit of which people have said what it is; `SCOPE` is among the codes if it is in scope."""

    fired: FiredRules
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right where people have judged; nan with a `reason`.

    `low` and `high` are its 95 % interval (Wilson). Without the rule there
    would be `wrong_alone` fewer false alarms and `right_alone` fewer right codings.
    """

    code: str
    rule: str
    judged: int
    right: int
    precision: float
    low: float
    high: float
    wrong_alone: int
    right_alone: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word that stands in more of a code's false alarms than chance would have it.

    `wrong` of `all_wrong` false alarms and `right` of `all_right` right sentences
    hold it; `p` is Fisher's exact test, one-sided. Of many words some have a
    small p by chance: it puts them in order and proves nothing.
    """

    code: str
    word: str
    wrong: int
    all_wrong: int
    right: int
    all_right: int
    p: float


def judge_rows(codebook: Codebook, rows: Iterable[GoldRow]) -> list[RulePrecision]:
    """What fires in each row of a reference coding, beside what people said of it."""
    coder = Coder(rules_apart(codebook))
    found = []
    for row in rows:
        document, units, target = in_context(row)
        codings = coder.code(document, [units[target]])
        one = next(fired(codebook, document, units, codings), None)
        codes = row.codes | {SCOPE} if row.in_scope else row.codes
        found.append(RulePrecision(one or FiredRules(document.id, row.text, False, {}), codes))
    return found


def precisions(codebook: Codebook, rows: Sequence[RulePrecision]) -> list[Precision]:
    """How often each rule is right where people have judged, in the order of the codebook.

    A code that people never gave is not judged, as in `validity.compare`.
    """
    given = {code for row in rows for code in row.codes}
    fires: Counter[RuleName] = Counter()
    right: Counter[RuleName] = Counter()
    lone: Counter[RuleName] = Counter()
    right_alone: Counter[RuleName] = Counter()
    for row in rows:
        fires.update(list(row.fired.rules))
        right.update(name for name in row.fired.rules if name[0] in row.codes)
        single = alone(row.fired)
        lone.update(single)
        right_alone.update(name for name in single if name[0] in row.codes)
    found = []
    for name in named_rules(codebook):
        n, k = fires[name], right[name]
        if name[0] in given and n:
            low, high = wilson(k, n)
            lost = right_alone[name]
            found.append(Precision(*name, n, k, k / n, low, high, lone[name] - lost, lost))
        else:
            reason = "fired on no row" if name[0] in given else "the code is never given"
            found.append(Precision(*name, 0, 0, nan, nan, nan, 0, 0, reason))
    return found


def near_words(
    rows: Sequence[RulePrecision], *, stop_words: Collection[str] = frozenset()
) -> list[NearWord]:
    """Words that mark a code's false alarms off from its right sentences, the surest first.

    A word counts once a sentence; of two signs at least, no number, no stop word.
    """
    from scipy.stats import hypergeom

    given = {code for row in rows for code in row.codes}
    sentences: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    holding: defaultdict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for row in rows:
        words = {w for w in cut(row.fired.text) if _tells(w) and w not in stop_words}
        for code in given.intersection(code for code, _ in row.fired.rules):
            is_right = code in row.codes
            sentences[code][is_right] += 1
            for word in words:
                holding[code, word][is_right] += 1
    found = []
    for (code, word), there in holding.items():
        wrong, all_wrong = there[False], sentences[code][False]
        right, all_right = there[True], sentences[code][True]
        if wrong >= LEAST_SENTENCES and wrong * all_right > right * all_wrong:
            every, held = all_wrong + all_right, wrong + right
            p = float(hypergeom.sf(wrong - 1, every, held, all_wrong))
            found.append(NearWord(code, word, wrong, all_wrong, right, all_right, p))
    return sorted(found, key=lambda one: (one.p, -one.wrong, one.code, one.word))


def _tells(word: str) -> bool:
    return len(word) > 1 and any(letter.isalpha() for letter in word)
