"""A codebook's rules watched at work on a corpus: which fire, which never, which only together.

A rule is known by the path of its code and its own id; a rule of the scope by
`SCOPE` and its id.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple

from wenma.codebook.term_overlaps import TermOverlap
from wenma.coding.matcher import TextSpan
from wenma.language.words import cut
from wenma.records import Code, Codebook, Coding, Document, Rule, Unit

RuleName = tuple[str, str]

SCOPE = ""
"""Stands for the scope where a code's path would stand."""

LEAST_UNITS = 5
"""Rules that fired in fewer units may go together by chance."""


class FiredRules(NamedTuple):
    """What fired in one unit; the spans of the words are counted from its start."""

    document: str
    text: str
    heading: bool
    rules: Mapping[RuleName, tuple[TextSpan, ...]]


@dataclass(frozen=True, slots=True)
class RuleAtWork:
    """What a rule did on a corpus. `units` leaves headings out, as tables do.

    `alone` are the units in which no other rule of the code fired: without the
    rule they lose the code. `silent` are its words that never made it fire.
    """

    code: str
    rule: str
    units: int
    headings: int
    documents: int
    alone: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesTogether:
    """A rule that never fires without another of its code: in `units` of the other's units."""

    code: str
    rule: str
    other: str
    units: int
    other_units: int

    @property
    def mutual(self) -> bool:
        """Does the other never fire without this one either?"""
        return self.units == self.other_units


@dataclass(frozen=True, slots=True)
class Across:
    """A rule's word made of the end of one word and the beginning of the next: 急救 in 应急/救援.

    In `across` of its `hits`; `inside` is where most often, `times` how often there.
    """

    code: str
    rule: str
    word: str
    hits: int
    across: int
    inside: str
    times: int


@dataclass(frozen=True, slots=True)
class RuleDiagnostics:
    """What a codebook's rules did on a corpus; `together` and `across` the most frequent first."""

    rules: tuple[RuleAtWork, ...]
    together: tuple[RulesTogether, ...]
    across: tuple[Across, ...]


def rules_apart(codebook: Codebook) -> Codebook:
    """The codebook with each rule, those of the scope too, as a code of its own.

    In one code a longer match hides the shorter ones of other rules: two rules
    with the same word would look like one that fires and one that never does.
    """
    scope = Code(SCOPE, "", "", everywhere=True, rules=codebook.scope)
    return replace(
        codebook,
        codes=tuple(
            Code(f"{code.path}#{rule.id}", "", "", everywhere=code.everywhere, rules=(rule,))
            for code in (scope, *codebook.codes)
            for rule in code.rules
        ),
    )


def fired(
    codebook: Codebook, document: Document, units: Sequence[Unit], codings: Iterable[Coding]
) -> Iterator[FiredRules]:
    """What fired in each unit of a document, from its codings by `rules_apart(codebook)`."""
    choosers = {code.path for code in codebook.codes if code.choose_one}
    for number, several in groupby(codings, key=attrgetter("unit")):
        unit = units[number]
        rules: dict[RuleName, tuple[TextSpan, ...]] = {}
        chosen: dict[str, str] = {}
        for coding in several:
            code, _, rule = coding.code.rpartition("#")
            parent = code.rpartition("/")[0]
            if parent not in choosers or chosen.setdefault(parent, code) == code:
                rules[code, rule] = tuple(
                    (one.start - unit.start, one.end - unit.start) for one in coding.evidence
                )
        text = document.text[unit.start : unit.end]
        yield FiredRules(document.id, text, unit.kind == "heading", rules)


def diagnose_rules(codebook: Codebook, seen: Iterable[FiredRules]) -> RuleDiagnostics:
    """What each rule did in the units of a corpus, in the order of the codebook."""
    rules = named_rules(codebook)
    words = {name: frozenset(_words(rule)) for name, rule in rules.items()}
    units: defaultdict[RuleName, set[int]] = defaultdict(set)
    headings: set[int] = set()
    documents: defaultdict[RuleName, set[str]] = defaultdict(set)
    lone: Counter[RuleName] = Counter()
    hits: defaultdict[RuleName, Counter[str]] = defaultdict(Counter)
    joints: defaultdict[tuple[RuleName, str], Counter[str]] = defaultdict(Counter)
    for number, one in enumerate(seen):
        if one.heading:
            headings.add(number)
        else:
            lone.update(alone(one))
        places: defaultdict[TextSpan, list[RuleName]] = defaultdict(list)
        for name, spans in one.rules.items():
            units[name].add(number)
            documents[name].add(one.document)
            for span in spans:
                word = one.text[span[0] : span[1]] if span[0] >= 0 else ""
                if word in words[name]:
                    hits[name][word] += 1
                    places[span].append(name)
        for span, joint in _joints(one.text, places):
            for name in places[span]:
                joints[name, one.text[span[0] : span[1]]][joint] += 1
    return RuleDiagnostics(
        rules=tuple(
            RuleAtWork(
                *name,
                units=len(units[name] - headings),
                headings=len(units[name] & headings),
                documents=len(documents[name]),
                alone=lone[name],
                silent=tuple(_silent(rule, hits[name])),
            )
            for name, rule in rules.items()
        ),
        together=tuple(_together(list(rules), units)),
        across=tuple(_across(joints, hits)),
    )


def overlaps_fired(overlaps: Iterable[TermOverlap], seen: FiredRules) -> Iterator[TermOverlap]:
    """Of these overlaps each that happened in a unit, once for every place: both rules fired there.

    A term counts where its rule fired on it; what a longer term of its own rule hides does not.
    """
    for one in overlaps:
        shorter = seen.rules.get((one.code, one.rule), ())
        for start, end in seen.rules.get((one.other_code, one.other_rule), ()):
            if seen.text[start:end] == one.longer and any(
                start <= a and b <= end and seen.text[a:b] == one.term for a, b in shorter
            ):
                yield one


def named_rules(codebook: Codebook) -> dict[RuleName, Rule]:
    """Every rule of a codebook by its name, those of the scope first."""
    scope = {(SCOPE, rule.id): rule for rule in codebook.scope}
    return scope | {(code.path, rule.id): rule for code in codebook.codes for rule in code.rules}


def alone(one: FiredRules) -> list[RuleName]:
    """The rules that fired in a unit without another rule of their code."""
    several = Counter(code for code, _ in one.rules)
    return [name for name in one.rules if several[name[0]] == 1]


def _words(rule: Rule) -> list[str]:
    """The words by which a rule fires, each once."""
    near = (*rule.near.first, *rule.near.second) if rule.near else ()
    groups = [word for group in rule.all_of for word in group]
    return list(dict.fromkeys([*rule.terms, *near, *groups]))


def _silent(rule: Rule, hits: Collection[str]) -> Iterator[str]:
    for word in _words(rule):
        # A word inside a longer one of the rule is hidden there, and yet stood in the text.
        hidden = not rule.words and any(word in longer for longer in hits)
        if word not in hits and not hidden:
            yield word


def _joints(text: str, spans: Iterable[TextSpan]) -> Iterator[tuple[TextSpan, str]]:
    """Of these spans those that lie across the border of words, with the words they lie in.

    Both ends cut a word, and one end takes a single sign of it: 应对 in 反应/对象.
    药品安全 in 食品药品/安全监管 is what it says; only the words were joined otherwise.
    """
    spans = [span for span in spans if span[1] - span[0] > 1]
    if not spans:
        return
    # Plain jieba: the field's lexicon keeps 应急救援 whole, and 急救 in it would be no such place.
    words = cut(text, ())
    ends = list(accumulate(map(len, words)))
    borders = {0, *ends}
    for start, end in spans:
        within = [border for border in range(start + 1, end) if border in borders]
        if not within or start in borders or end in borders:
            continue
        if within[0] - start == 1 or end - within[-1] == 1:
            first, last = bisect_right(ends, start), bisect_left(ends, end)
            yield (start, end), "/".join(words[first : last + 1])


def _together(names: Sequence[RuleName], units: Mapping[RuleName, set[int]]) -> list[RulesTogether]:
    found = []
    for name in names:
        for other in names:
            mine, theirs = units[name], units[other]
            if name[0] != other[0] or name == other or len(mine) < LEAST_UNITS:
                continue
            # Of two that always go together, the first tells of both.
            told = mine == theirs and names.index(other) < names.index(name)
            if mine <= theirs and not told:
                found.append(RulesTogether(*name, other[1], len(mine), len(theirs)))
    return sorted(found, key=lambda one: (not one.mutual, -one.units))


def _across(
    joints: Mapping[tuple[RuleName, str], Counter[str]],
    hits: Mapping[RuleName, Counter[str]],
) -> list[Across]:
    found = [
        Across(*name, word, hits[name][word], where.total(), *where.most_common(1)[0])
        for (name, word), where in joints.items()
    ]
    return sorted(found, key=lambda one: (-one.across, one.code, one.rule, one.word))
