"""A codebook's rules read a document's units and leave codings with their evidence."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.coding.matcher import (
    Firing,
    Patterns,
    Ready,
    Sight,
    Span,
    Surroundings,
    Wordings,
    codebook_words,
    longest,
    make_ready,
)
from analysis.records import Codebook, Coding, Document, Evidence, Rule, Unit

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.coding.tokens import TokenRule


class Owned(NamedTuple):
    """A rule with what it needs to know of its code."""

    ready: Ready
    position: int  # of the code in the codebook; -1 for a rule of the scope
    everywhere: bool = True  # is the code considered outside the scope?
    chooser: str = ""  # the code's parent, if that takes only one child a unit


class Coder:
    """The rules of one codebook, made ready once and used on many documents.

    A unit gets a code at most once, however many rules fire; the evidence
    keeps them all. Inside one code the longest match wins; codes overlap
    freely. What lies inside a mask (a 《title》, the name of a body) is no
    evidence. Outside the codebook's scope only codes marked `everywhere` are
    considered, and of the children of a code marked `choose: one` the first
    that fires is taken.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._wordings = Wordings(codebook_words(codebook))
        rules = [*codebook.scope, *(rule for code in codebook.codes for rule in code.rules)]
        self._patterns = Patterns([r.pattern for r in rules if r.pattern] + list(codebook.masks))
        self._masks = frozenset(codebook.masks)
        choosers = {code.path for code in codebook.codes if code.choose_one}
        self._rules = [Owned(self._ready(rule), -1) for rule in codebook.scope]
        for position, code in enumerate(codebook.codes):
            chooser = code.parent if code.parent in choosers else ""
            everywhere = code.everywhere or not codebook.scope
            # A last resort is asked when the others have spoken.
            for rule in sorted(code.rules, key=lambda rule: rule.otherwise):
                self._rules.append(Owned(self._ready(rule), position, everywhere, chooser))
        # Outside the scope these alone are asked.
        self._wide = frozenset(
            number
            for number, owned in enumerate(self._rules)
            if owned.position >= 0 and owned.everywhere
        )
        self._of_scope = frozenset(range(len(codebook.scope)))
        # Rules that ask for a section's role or headings.
        self._picky = [
            number
            for number, (ready, *_) in enumerate(self._rules)
            if ready.rule.roles or ready.rule.not_roles or ready.rule.under or ready.rule.not_under
        ]
        # Which rules a word, a pattern or a section's role puts in question.
        self._by_word: list[list[int]] = [[] for _ in self._wordings.words]
        self._by_pattern: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        self._by_heading: dict[int, list[int]] = {}
        for number, (ready, *_) in enumerate(self._rules):
            for word in dict.fromkeys(ready.triggers):
                self._by_word[word].append(number)
            if ready.pattern:
                self._by_pattern.setdefault(ready.pattern, []).append(number)
            if ready.of_sections:
                for role in ready.rule.roles:
                    self._by_role.setdefault(role, []).append(number)
                for word in ready.under if not ready.rule.roles else ():
                    self._by_heading.setdefault(word, []).append(number)

    def code(self, document: Document, units: Sequence[Unit]) -> list[Coding]:
        """Codings of `document`, by unit and in the order of the codebook."""
        codings: list[Coding] = []
        paths = [code.path for code in self.codebook.codes]
        coder = self.codebook.coder
        surroundings = self._surroundings(document)
        for unit in units:
            fired = self._fired(document.text, unit, surroundings[unit.section])
            for position, firings in fired.items():
                if position < 0:
                    continue
                evidence = tuple(
                    [
                        Evidence(rule, unit.start + start, unit.start + end)
                        for _, _, _, rule, spans in (
                            longest(firings) if len(firings) > 1 else firings
                        )
                        for start, end in spans
                    ]
                )
                codings.append(
                    Coding(
                        document.id,
                        unit.number,
                        unit.start,
                        unit.end,
                        paths[position],
                        coder,
                        evidence,
                    )
                )
        return codings

    def in_scope(self, document: Document, units: Sequence[Unit]) -> list[bool]:
        """Of each unit, whether it is about what the codebook is about."""
        if not self.codebook.scope:
            return [True] * len(units)
        surroundings = self._surroundings(document)
        return [-1 in self._fired(document.text, u, surroundings[u.section]) for u in units]

    def _surroundings(self, document: Document) -> list[Surroundings]:
        """What rules may know of each section; at the end, for -1, of the text before the first."""
        found: list[Surroundings] = []
        for section in document.sections:
            heading = document.text[section.start : section.heading_end]
            words = {word for word, _, _ in self._wordings.find(heading)}
            above = found[section.parent].above if section.parent >= 0 else frozenset()
            span = (section.start, section.heading_end)
            found.append(self._surrounding(section.role, span, above | words))
        return [*found, self._surrounding("other", (0, 0), frozenset())]

    def _surrounding(self, role: str, heading: Span, above: frozenset[int]) -> Surroundings:
        around = Surroundings(role, heading, above)
        silent = {n for n in self._picky if not self._rules[n].ready.allowed(around)}
        standing = set(self._by_role.get(role, ()))
        for word in above:
            standing.update(self._by_heading.get(word, ()))
        return around._replace(standing=frozenset(standing - silent), silent=frozenset(silent))

    def _fired(self, whole: str, unit: Unit, around: Surroundings) -> dict[int, list[Firing]]:
        """Position of each code a unit gets → what made its rules fire; -1 is the scope."""
        text = whole[unit.start : unit.end]
        hits = self._wordings.find(text)
        firing = self._patterns.firing(text)
        places: dict[int, list[Span]] = {}
        for word, start, end in hits:
            for number in self._by_word[word]:
                if number in places:
                    places[number].append((start, end))
                else:
                    places[number] = [(start, end)]
        asked = {*places, *around.standing}
        for pattern in firing:
            asked.update(self._by_pattern.get(pattern, ()))
        asked -= around.silent
        fired: dict[int, list[Firing]] = {}
        if not asked:
            return fired
        sight = Sight(text, hits, unit, around, self._masked(text, firing) if firing else ())
        for number in asked & self._of_scope:
            if self._rules[number].ready.fires(sight, places.get(number, ())):
                fired[-1] = []
                asked -= self._of_scope
                break
        else:
            asked &= self._wide
        chosen: dict[str, int] = {}
        for number in sorted(asked):
            ready, position, _, chooser = self._rules[number]
            if ready.rule.otherwise and position in fired:
                continue
            if not chooser or chosen.get(chooser, position) == position:
                found = ready.fires(sight, places.get(number, ()))
                if found:
                    chosen[chooser] = position
                    rule = ready.rule.id
                    firings = [(w[0][0], -w[-1][1], number, rule, w) for w in found]
                    if position in fired:
                        fired[position] += firings
                    else:
                        fired[position] = firings
        return fired

    def _masked(self, text: str, firing: list[str]) -> list[Span]:
        masks = [pattern for pattern in firing if pattern in self._masks]
        return [span for mask in masks for span in self._patterns.spans(mask, text)]

    def _ready(self, rule: Rule) -> Ready:
        return make_ready(rule, self._wordings, self._patterns, self._borders, self._tokens)

    @cached_property
    def _borders(self) -> Callable[[str], frozenset[int]]:
        from analysis.language.words import cut

        @lru_cache(maxsize=256)  # several rules ask about one unit in a row
        def borders(text: str) -> frozenset[int]:
            ends, at = {0}, 0
            for word in cut(text):
                at += len(word)
                ends.add(at)
            return frozenset(ends)

        return borders

    def _tokens(self, rule: Rule) -> "TokenRule":
        from analysis.coding.tokens import token_rule

        return token_rule(rule, self._nlp)

    @cached_property
    def _nlp(self) -> "Language":
        from analysis.language.pipeline import pipeline

        return pipeline()
