"""Every wording of a codebook, looked for in one pass; every rule, asked where it may fire.

All literal words of all rules go into one automaton (Aho & Corasick 1975), all
patterns into one RE2 set. A rule is only asked about a unit in which its
trigger stands, so that the cost follows the hits and not the size of the
codebook.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs
import re2

from analysis.records import Codebook, Rule, Unit

if TYPE_CHECKING:
    from analysis.coding.tokens import TokenRule

Span = tuple[int, int]
Found = tuple[Span, ...]
"""The words of one firing of a rule, as spans of the text."""


class Sight(NamedTuple):
    """A unit as a rule sees it: its text, its place, and which words stand where in it."""

    text: str  # of the unit
    start: int  # of the unit in the document
    hits: dict[int, list[Span]]  # literal → spans in the document
    role: str
    heading: bool
    section_heading: Span  # of the section the unit stands in; empty at the document's start
    masked: tuple[Span, ...]


class Wordings:
    """All literal words of a codebook, numbered, and where they stand in a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(dict.fromkeys(words))
        self.number = {word: number for number, word in enumerate(self.words)}
        self._automaton = (
            ahocorasick_rs.AhoCorasick(self.words, store_patterns=False) if self.words else None
        )

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(word, start, end) of every place of every word, overlaps included."""
        if self._automaton is None:
            return []
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


class Patterns:
    """All regular expressions of a codebook, asked at once which of them fire."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = list(dict.fromkeys(patterns))
        options = re2.Options()
        options.log_errors = False
        self._each = {pattern: re2.compile(pattern, options) for pattern in self.patterns}
        # With RE2's usual 8 MB the automaton of some forty patterns is built over and over.
        options.max_mem = 256 << 20
        self._set = re2.Set.SearchSet(options)
        for pattern in self.patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def firing(self, text: str) -> list[str]:
        """The patterns that match somewhere in `text`."""
        return [self.patterns[i] for i in self._set.Match(text) or ()]

    def spans(self, pattern: str, text: str, offset: int) -> list[Span]:
        """Where `pattern` matches, moved by `offset`; empty matches are none."""
        return [
            (found.start() + offset, found.end() + offset)
            for found in self._each[pattern].finditer(text)
            if found.end() > found.start()
        ]


@dataclass(frozen=True)
class Ready:
    """A rule made ready to be asked."""

    rule: Rule
    triggers: tuple[int, ...]  # words one of which must stand in the unit
    pattern: str  # or the pattern that must fire
    find: Callable[[Sight], Iterator[Found]]
    not_in: tuple[int, ...]
    not_with: tuple[int, ...]

    def fires(self, sight: Sight) -> list[Found]:
        """Every way the rule fires on a unit, its own exclusions applied."""
        rule = self.rule
        if sight.heading and not rule.headings:
            return []
        if rule.roles and sight.role not in rule.roles:
            return []
        if sight.role in rule.not_roles:
            return []
        if any(word in sight.hits for word in self.not_with):
            return []
        longer = [span for word in self.not_in for span in sight.hits.get(word, ())]
        longer.extend(sight.masked)
        if not longer or self.find is _section:
            return list(self.find(sight))
        # A word struck out in one place may still count in another: strike before looking.
        hits = {
            word: kept
            for word, spans in sight.hits.items()
            if (kept := [span for span in spans if not _within(span, longer)])
        }
        found = self.find(sight._replace(hits=hits))
        return [spans for spans in found if not any(_within(span, longer) for span in spans)]


def rule_words(rule: Rule) -> list[str]:
    """Every literal word a rule needs found."""
    words = [*rule.terms, *rule.not_in, *rule.not_with]
    if rule.near:
        words += [*rule.near.first, *rule.near.second]
    for group in rule.all_of:
        words += group
    if rule.tokens:
        from analysis.coding.tokens import anchors

        words += anchors(rule)
    return words


def make_ready(
    rule: Rule,
    wordings: Wordings,
    patterns: Patterns,
    borders: Callable[[str], frozenset[int]],
    tokens: "Callable[[Rule], TokenRule]",
) -> Ready:
    """Bind a rule to the numbered words; `borders` tells where a text's words begin and end."""

    def numbers(words: Iterable[str]) -> tuple[int, ...]:
        return tuple(wordings.number[word] for word in words)

    not_in, not_with = numbers(rule.not_in), numbers(rule.not_with)
    triggers: tuple[int, ...] = ()
    if rule.terms:
        triggers = numbers(rule.terms)
        find = _whole(triggers, borders) if rule.words else _any_of(triggers)
    elif rule.near:
        first, second = numbers(rule.near.first), numbers(rule.near.second)
        triggers = first
        find = _near(first, second, rule.near.within, rule.near.either_order)
    elif rule.all_of:
        groups = [numbers(group) for group in rule.all_of]
        triggers = min(groups, key=len)
        find = _all_of(groups)
    elif rule.pattern:
        find = _pattern(rule.pattern, patterns)
    elif rule.tokens:
        token_rule = tokens(rule)
        triggers = numbers(token_rule.anchors)
        find = token_rule.find
    else:
        find = _section
    return Ready(rule, triggers, rule.pattern, find, not_in, not_with)


def _any_of(words: Sequence[int]) -> Callable[[Sight], Iterator[Found]]:
    wanted = frozenset(words)

    def find(sight: Sight) -> Iterator[Found]:
        for word, spans in sight.hits.items():
            if word in wanted:
                for span in spans:
                    yield (span,)

    return find


def _whole(
    words: Sequence[int], borders: Callable[[str], frozenset[int]]
) -> Callable[[Sight], Iterator[Found]]:
    anywhere = _any_of(words)

    def find(sight: Sight) -> Iterator[Found]:
        cuts: frozenset[int] | None = None
        for found in anywhere(sight):
            cuts = borders(sight.text) if cuts is None else cuts
            ((start, end),) = found
            if start - sight.start in cuts and end - sight.start in cuts:
                yield found

    return find


def _near(
    first: Sequence[int], second: Sequence[int], within: int, either_order: bool
) -> Callable[[Sight], Iterator[Found]]:
    def find(sight: Sight) -> Iterator[Found]:
        here = sorted(span for word in first for span in sight.hits.get(word, ()))
        there = sorted(span for word in second for span in sight.hits.get(word, ()))
        starts = [start for start, _ in there]
        ends = sorted((end, start) for start, end in there)
        for start, end in here:
            # The nearest on either side is enough: it is the one a reader would point at.
            after = bisect_left(starts, end)
            if after < len(there) and there[after][0] - end <= within:
                yield ((start, end), there[after])
            elif either_order:
                before = bisect_right(ends, (start, start)) - 1
                if before >= 0 and start - ends[before][0] <= within:
                    yield ((ends[before][1], ends[before][0]), (start, end))

    return find


def _all_of(groups: Sequence[Sequence[int]]) -> Callable[[Sight], Iterator[Found]]:
    def find(sight: Sight) -> Iterator[Found]:
        firsts = []
        for group in groups:
            spans = [span for word in group for span in sight.hits.get(word, ())]
            if not spans:
                return
            firsts.append(min(spans, key=lambda span: (span[0], -span[1])))
        yield tuple(sorted(set(firsts)))

    return find


def _pattern(pattern: str, patterns: Patterns) -> Callable[[Sight], Iterator[Found]]:
    def find(sight: Sight) -> Iterator[Found]:
        for span in patterns.spans(pattern, sight.text, sight.start):
            yield (span,)

    return find


def _section(sight: Sight) -> Iterator[Found]:
    if sight.section_heading[0] < sight.section_heading[1]:
        yield (sight.section_heading,)


def _within(span: Span, others: Sequence[Span]) -> bool:
    start, end = span
    return any(a <= start and end <= b for a, b in others)


def longest(found: Iterable[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Of firings that overlap inside one code, the longer; left to right.

    >>> longest([("a", ((0, 2),)), ("b", ((0, 4),)), ("a", ((6, 8),))])
    [('b', ((0, 4),)), ('a', ((6, 8),))]
    """
    kept: list[tuple[str, Found]] = []
    taken: list[Span] = []
    ordered = sorted(
        enumerate(found),
        key=lambda item: (item[1][1][0][0], -max(end for _, end in item[1][1]), item[0]),
    )
    for _, (rule, spans) in ordered:
        if not any(a < end and start < b for start, end in spans for a, b in taken):
            kept.append((rule, spans))
            taken.extend(spans)
    return kept


def hits_by_unit(
    units: Sequence[Unit], found: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[Unit, dict[int, list[Span]]]]:
    """Deal the found words out to the units they lie in, for every unit in order.

    Both must be ascending by start; a word that crosses a unit's border is in none.
    """
    at, last = 0, len(found)
    for unit in units:
        hits: dict[int, list[Span]] = {}
        while at < last and found[at][1] < unit.start:
            at += 1
        look = at
        while look < last and found[look][1] < unit.end:
            word, start, end = found[look]
            if end <= unit.end:
                hits.setdefault(word, []).append((start, end))
            look += 1
        at = look
        yield unit, hits


def codebook_words(codebook: Codebook) -> list[str]:
    """Every literal word of every rule of a codebook."""
    rules = [*codebook.scope, *(rule for code in codebook.codes for rule in code.rules)]
    return [word for rule in rules for word in rule_words(rule)]
