"""Every wording of a codebook, looked for in one pass; every rule, asked where it may fire.

All literal words of all rules go into one automaton (Aho & Corasick 1975), and
with them the words that patterns cannot do without. A rule is only asked about
a unit in which its trigger stands, so that the cost follows the hits and not
the size of the codebook.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from wenma.coding.patterns import Finder, Patterns
from wenma.records import Codebook, Rule, Unit
from wenma.sources.script import folded

if TYPE_CHECKING:
    from wenma.coding.tokens import TokenRule

TextSpan = tuple[int, int]
Found = tuple[TextSpan, ...]
"""The words of one firing of a rule, as spans of the unit."""
Hit = tuple[int, int, int]
"""The number of a word, its start and its end."""


class SectionContext(NamedTuple):
    """What rules may know of the section a unit stands in, and which rules it lets speak."""

    role: str
    heading: TextSpan  # in the document; empty before the first section
    above: frozenset[int]  # the words in its heading and in the headings above it
    standing: frozenset[int] = frozenset()  # numbers of the rules that need no wording here
    silent: frozenset[int] = frozenset()  # numbers of the rules its role or headings forbid


class MatchContext:
    """A unit as a rule sees it: its text, its place, and which words stand where in it.

    Spans are counted from the unit's start. A plain class and not a record: one
    is made for every unit, and most rules never ask for the `words`.
    """

    __slots__ = ("_words", "around", "hits", "masked", "text", "unit")

    def __init__(
        self,
        text: str,
        hits: list[Hit],
        unit: Unit,
        around: SectionContext,
        masked: Sequence[TextSpan],
    ) -> None:
        self.text = text
        self.hits = hits
        self.unit = unit
        self.around = around
        self.masked = masked
        self._words: set[int] | None = None

    @property
    def words(self) -> set[int]:
        """The words that stand in the unit."""
        if self._words is None:
            self._words = {hit[0] for hit in self.hits}
        return self._words

    def places(self, words: frozenset[int]) -> list[TextSpan]:
        """Where any of these words stands, from left to right."""
        return [(start, end) for word, start, end in self.hits if word in words]

    def without(self, longer: Sequence[TextSpan]) -> "MatchContext":
        """The same unit as if the words inside these spans were not there."""
        kept = [hit for hit in self.hits if not _within(hit[1:], longer)]
        return MatchContext(self.text, kept, self.unit, self.around, self.masked)


class RuleWording:
    """All literal words of a codebook, numbered, and where they stand in a text.

    A word in traditional script is also found where the text has it in simplified.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(dict.fromkeys(words))
        self.number = {word: number for number, word in enumerate(self.words)}
        twins = [(twin, word) for word in self.words if (twin := folded(word)) != word]
        self._twin_of = [self.number[word] for _, word in twins]
        forms = [*self.words, *(twin for twin, _ in twins)]
        self._automaton = ahocorasick_rs.AhoCorasick(forms, store_patterns=False) if forms else None

    def find(self, text: str) -> list[Hit]:
        """Every place of every word, overlaps included."""
        if self._automaton is None:
            return []
        hits: list[Hit] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if self._twin_of:
            own = len(self.words)
            return [(n if n < own else self._twin_of[n - own], a, b) for n, a, b in hits]
        return hits


@dataclass(frozen=True)
class CompiledRule:
    """A rule bound to the numbered words, to be asked of units."""

    rule: Rule
    triggers: tuple[int, ...]  # words one of which must stand in the unit
    pattern: str  # where no word is known that its pattern needs: the pattern itself
    find: Callable[[MatchContext], Iterable[Found]] | None  # None: wherever a trigger stands
    not_in: frozenset[int]
    not_with: frozenset[int]
    under: frozenset[int]
    not_under: frozenset[int]
    conditional: bool  # does the unit itself decide more than the wording?

    @property
    def of_sections(self) -> bool:
        """Does it fire on whole sections, whatever the unit's words?"""
        return not self.triggers and not self.pattern

    def allowed(self, around: SectionContext) -> bool:
        """May the rule fire in a section of that role, under these headings?"""
        rule = self.rule
        return (
            (not rule.roles or around.role in rule.roles)
            and around.role not in rule.not_roles
            and (not self.under or not self.under.isdisjoint(around.above))
            and self.not_under.isdisjoint(around.above)
        )

    def fires(self, context: MatchContext, triggered: Sequence[TextSpan]) -> list[Found]:
        """Every way the rule fires on a unit in which its triggers stand at `triggered`.

        Whether the unit's section allows the rule has been asked before.
        """
        longer: Sequence[TextSpan] = context.masked
        if self.conditional:
            if not self.rule.headings and context.unit.kind == "heading":
                return []
            if self.not_with and not self.not_with.isdisjoint(context.words):
                return []
            if self.not_in and not self.not_in.isdisjoint(context.words):
                longer = [*longer, *context.places(self.not_in)]
        if self.find is None:
            if longer:
                triggered = [span for span in triggered if not _within(span, longer)]
            return [(span,) for span in triggered]
        if not longer:
            return list(self.find(context))
        # A word struck out in one place may still count in another: strike before looking.
        found = self.find(context.without(longer))
        return [spans for spans in found if not any(_within(span, longer) for span in spans)]


def rule_words(rule: Rule) -> list[str]:
    """Every literal word a rule needs found."""
    words = [*rule.terms, *rule.not_in, *rule.not_with, *rule.under, *rule.not_under]
    if rule.near:
        words += [*rule.near.first, *rule.near.second]
    for group in rule.all_of:
        words += group
    if rule.tokens:
        from wenma.coding.tokens import anchors

        words += anchors(rule)
    return words


def compile_rule(
    rule: Rule,
    wordings: RuleWording,
    patterns: Patterns,
    borders: Callable[[str], frozenset[int]],
    tokens: "Callable[[Rule], TokenRule]",
) -> CompiledRule:
    """Bind a rule to the numbered words; `borders` tells where a text's words begin and end."""

    def numbers(words: Iterable[str]) -> tuple[int, ...]:
        return tuple(wordings.number[word] for word in words)

    triggers: tuple[int, ...] = ()
    find: Callable[[MatchContext], Iterable[Found]] | None = None
    if rule.terms:
        triggers = numbers(rule.terms)
        find = _whole(triggers, borders) if rule.words else None
    elif rule.near:
        triggers, second = numbers(rule.near.first), numbers(rule.near.second)
        find = _near(triggers, second, rule.near.within, rule.near.either_order)
    elif rule.all_of:
        groups = [numbers(group) for group in rule.all_of]
        triggers = min(groups, key=len)
        find = _all_of(groups)
    elif rule.pattern:
        triggers = numbers(patterns.words(rule.pattern))
        find = _pattern(patterns.finder(rule.pattern))
    elif rule.tokens:
        token_rule = tokens(rule)
        triggers = numbers(token_rule.anchors)
        find = token_rule.find
    else:
        find = _section
    return CompiledRule(
        rule=rule,
        triggers=triggers,
        pattern="" if triggers else rule.pattern,
        find=find,
        not_in=frozenset(numbers(rule.not_in)),
        not_with=frozenset(numbers(rule.not_with)),
        under=frozenset(numbers(rule.under)),
        not_under=frozenset(numbers(rule.not_under)),
        conditional=bool(rule.not_in or rule.not_with or not rule.headings),
    )


def _whole(
    words: Sequence[int], borders: Callable[[str], frozenset[int]]
) -> Callable[[MatchContext], Iterator[Found]]:
    wanted = frozenset(words)

    def find(context: MatchContext) -> Iterator[Found]:
        cuts: frozenset[int] | None = None
        for start, end in context.places(wanted):
            cuts = borders(context.text) if cuts is None else cuts
            if start in cuts and end in cuts:
                yield ((start, end),)

    return find


def _near(
    first: Sequence[int], second: Sequence[int], within: int, either_order: bool
) -> Callable[[MatchContext], Iterator[Found]]:
    firsts, seconds = frozenset(first), frozenset(second)

    def find(context: MatchContext) -> Iterator[Found]:
        if seconds.isdisjoint(context.words):
            return
        there = sorted(context.places(seconds))
        here = sorted(context.places(firsts))
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


def _all_of(groups: Sequence[Sequence[int]]) -> Callable[[MatchContext], Iterator[Found]]:
    wanted = [frozenset(group) for group in groups]

    def find(context: MatchContext) -> Iterator[Found]:
        if any(group.isdisjoint(context.words) for group in wanted):
            return
        firsts = []
        for group in wanted:
            spans = context.places(group)
            firsts.append(min(spans, key=lambda span: (span[0], -span[1])))
        yield tuple(sorted(set(firsts)))

    return find


def _pattern(finder: Finder) -> Callable[[MatchContext], list[Found]]:
    return lambda context: [(span,) for span in finder(context.text)]


def _section(context: MatchContext) -> Iterator[Found]:
    start, end = context.around.heading
    if start < end:
        yield ((start - context.unit.start, end - context.unit.start),)


def _within(span: TextSpan, others: Sequence[TextSpan]) -> bool:
    start, end = span
    for a, b in others:  # noqa: SIM110 (a generator takes three times as long, and this is hot)
        if a <= start and end <= b:
            return True
    return False


RuleFirings = tuple[str, list[Found]]
"""A rule's id and every way it fired on a unit."""


def longest_hits(fired: Sequence[RuleFirings]) -> list[tuple[str, int, int]]:
    """Of what overlaps inside one code, the longer; left to right, then as the codebook has it.

    >>> longest_hits([("a", [((0, 2),), ((6, 8),)]), ("b", [((0, 4),)])])
    [('b', 0, 4), ('a', 6, 8)]
    """
    # Most often one rule fired, and its words stand one behind the other.
    if len(fired) == 1:
        rule, found = fired[0]
        spans = [span for words in found for span in words]
        if all(a[1] <= b[0] for a, b in pairwise(spans)):
            return [(rule, start, end) for start, end in spans]
    firings = [
        (words[0][0], -words[-1][1], order, rule, words)
        for order, (rule, found) in enumerate(fired)
        for words in found
    ]
    firings.sort()
    kept: list[tuple[str, int, int]] = []
    reach = -1  # where the last word taken ends: beyond it nothing can overlap
    for first, minus_last, _, rule, words in firings:
        if first < reach and any(a < end and b > start for start, end in words for _, a, b in kept):
            continue
        for start, end in words:
            kept.append((rule, start, end))
        reach = max(reach, -minus_last)
    return kept


def codebook_words(codebook: Codebook) -> list[str]:
    """Every literal word of every rule of a codebook."""
    rules = [*codebook.scope, *(rule for code in codebook.codes for rule in code.rules)]
    return [word for rule in rules for word in rule_words(rule)]
