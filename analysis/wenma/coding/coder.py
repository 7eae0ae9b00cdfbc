"""A codebook's rules read a document's units and leave codings with their evidence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from wenma.coding.matcher import (
    CompiledRule,
    MatchContext,
    RuleFirings,
    RuleWording,
    SectionContext,
    TextSpan,
    codebook_words,
    compile_rule,
    longest_hits,
)
from wenma.coding.patterns import Finder, Patterns
from wenma.records import Codebook, Coding, Document, Evidence, Rule, Unit
from wenma.sources.script import folded

if TYPE_CHECKING:
    from spacy.language import Language

    from wenma.coding.tokens import TokenRule


class RuleOfCode(NamedTuple):
    """A rule with what it needs to know of its code."""

    compiled: CompiledRule
    position: int  # of the code in the codebook; -1 for a rule of the scope
    everywhere: bool = True  # is the code considered outside the scope?
    chooser: str = ""  # the code's parent, if that takes only one child a unit


class ScopedCodings(NamedTuple):
    """Codings of a document, and the numbers of its units in scope; None where all are."""

    codings: list[Coding]
    in_scope: tuple[int, ...] | None


class Coder:
    """The rules of one codebook, compiled once and used on many documents.

    A unit gets a code at most once, however many rules fire; the evidence
    keeps them all. Inside one code the longest match wins; codes overlap
    freely. What lies inside a mask (a 《title》, the name of a body) is no
    evidence. Outside the codebook's scope only codes marked `everywhere` are
    considered, and of the children of a code marked `choose: one` the first
    that fires is taken.

    Text in traditional script is matched as its simplified twin, and so is the
    wording of the rules; spans are those of the document as it is.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        rules = [*codebook.scope, *(rule for code in codebook.codes for rule in code.rules)]
        masks = [_in_either_script(mask) for mask in codebook.masks]
        patterns = [*(_in_either_script(rule.pattern) for rule in rules if rule.pattern), *masks]
        self._patterns = Patterns(patterns)
        needed = [word for pattern in patterns for word in self._patterns.words(pattern)]
        self._wordings = RuleWording([*codebook_words(codebook), *needed])
        choosers = {code.path for code in codebook.codes if code.choose_one}
        self._rules = [RuleOfCode(self._compiled(rule), -1) for rule in codebook.scope]
        for position, code in enumerate(codebook.codes):
            chooser = code.parent if code.parent in choosers else ""
            everywhere = code.everywhere or not codebook.scope
            # A last resort is asked when the others have spoken.
            for rule in sorted(code.rules, key=lambda rule: rule.otherwise):
                self._rules.append(RuleOfCode(self._compiled(rule), position, everywhere, chooser))
        # Rules that ask for a section's role or headings.
        self._conditional = [
            number
            for number, (compiled, *_) in enumerate(self._rules)
            if compiled.rule.roles
            or compiled.rule.not_roles
            or compiled.rule.under
            or compiled.rule.not_under
        ]
        # The words in headings that decide whether such a rule may speak, and what was decided.
        self._deciding = frozenset[int]().union(
            *(
                self._rules[n].compiled.under | self._rules[n].compiled.not_under
                for n in self._conditional
            )
        )
        self._by_section: dict[
            tuple[str, frozenset[int]], tuple[frozenset[int], frozenset[int]]
        ] = {}
        # Which rules a word, a pattern or a section's role puts in question.
        self._by_word: list[list[int]] = [[] for _ in self._wordings.words]
        self._by_pattern: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        self._by_heading: dict[int, list[int]] = {}
        for number, (compiled, *_) in enumerate(self._rules):
            for word in dict.fromkeys(compiled.triggers):
                self._by_word[word].append(number)
            if compiled.pattern:
                self._by_pattern.setdefault(compiled.pattern, []).append(number)
            if compiled.of_sections:
                for role in compiled.rule.roles:
                    self._by_role.setdefault(role, []).append(number)
                for word in compiled.under if not compiled.rule.roles else ():
                    self._by_heading.setdefault(word, []).append(number)
        # Masks are numbered on from the rules.
        self._masks: dict[int, Finder] = {}
        for number, mask in enumerate(masks, start=len(self._rules)):
            self._masks[number] = self._patterns.finder(mask)
            needed_here = self._patterns.words(mask)
            for needed_word in needed_here:
                self._by_word[self._wordings.number[needed_word]].append(number)
            if not needed_here:
                self._by_pattern.setdefault(mask, []).append(number)
        self._masking = frozenset(self._masks)

    def code(self, document: Document, units: Sequence[Unit]) -> list[Coding]:
        """Codings of `document`, by unit and in the order of the codebook."""
        return self.code_in_scope(document, units).codings

    def code_in_scope(self, document: Document, units: Sequence[Unit]) -> ScopedCodings:
        """Codings of `document`, and the units that are in scope: where most codes can stand."""
        codings: list[Coding] = []
        in_scope: list[int] = []
        paths = [code.path for code in self.codebook.codes]
        coder = self.codebook.coder
        text = folded(document.text)
        contexts = self._section_contexts(document, text)
        for unit in units:
            number, start, end, _, section, _ = unit
            for position, fired in self._fired(text, unit, contexts[section]).items():
                if position < 0:
                    in_scope.append(number)
                else:
                    evidence = tuple(
                        [Evidence(rule, start + a, start + b) for rule, a, b in longest_hits(fired)]
                    )
                    path = paths[position]
                    codings.append(Coding(document.id, number, start, end, path, coder, evidence))
        return ScopedCodings(codings, tuple(in_scope) if self.codebook.scope else None)

    def in_scope(self, document: Document, units: Sequence[Unit]) -> list[bool]:
        """Of each unit, whether it is about what the codebook is about."""
        if not self.codebook.scope:
            return [True] * len(units)
        text = folded(document.text)
        contexts = self._section_contexts(document, text)
        return [-1 in self._fired(text, u, contexts[u.section]) for u in units]

    def _section_contexts(self, document: Document, text: str) -> list[SectionContext]:
        """What rules may know of each section; at the end, for -1, of the text before the first."""
        found: list[SectionContext] = []
        for section in document.sections:
            heading = text[section.start : section.heading_end]
            words = {word for word, _, _ in self._wordings.find(heading)}
            above = found[section.parent].above if section.parent >= 0 else frozenset()
            span = (section.start, section.heading_end)
            found.append(self._section_context(section.role, span, above | words))
        return [*found, self._section_context("other", (0, 0), frozenset())]

    def _section_context(
        self, role: str, heading: TextSpan, above: frozenset[int]
    ) -> SectionContext:
        # Most sections are like many others: their headings hold no word a rule asks for.
        deciding = role, above & self._deciding
        if deciding not in self._by_section:
            around = SectionContext(role, heading, above)
            silent = {n for n in self._conditional if not self._rules[n].compiled.allowed(around)}
            standing = set(self._by_role.get(role, ()))
            for word in above:
                standing.update(self._by_heading.get(word, ()))
            self._by_section[deciding] = frozenset(standing - silent), frozenset(silent)
        return SectionContext(role, heading, above, *self._by_section[deciding])

    def _fired(
        self, whole: str, unit: Unit, around: SectionContext
    ) -> dict[int, list[RuleFirings]]:
        """Position of each code a unit gets → what made its rules fire; -1 is the scope."""
        text = whole[unit.start : unit.end]
        hits = self._wordings.find(text)
        by_word = self._by_word
        places: dict[int, list[TextSpan]] = {}
        for word, start, end in hits:
            for number in by_word[word]:
                if number in places:
                    places[number].append((start, end))
                else:
                    places[number] = [(start, end)]
        asked = {*places, *around.standing}
        for pattern in self._patterns.firing(text):
            asked.update(self._by_pattern[pattern])
        masked: list[TextSpan] = []
        if not asked.isdisjoint(self._masking):
            masks = asked & self._masking
            asked -= masks
            masked = [span for number in masks for span in self._masks[number](text)]
        fired: dict[int, list[RuleFirings]] = {}
        if not asked:
            return fired
        context = MatchContext(text, hits, unit, around, masked)
        silent = around.silent
        rules = self._rules
        chosen: dict[str, int] = {}
        # The scope's rules come first: outside it only codes marked `everywhere` are considered.
        for number in sorted(asked):
            if number in silent:
                continue
            compiled, position, everywhere, chooser = rules[number]
            if position < 0:
                if not fired and compiled.fires(context, places.get(number, ())):
                    fired[-1] = []
            elif (
                (everywhere or -1 in fired)
                and not (compiled.rule.otherwise and position in fired)
                and (not chooser or chosen.get(chooser, position) == position)
            ):
                found = compiled.fires(context, places.get(number, ()))
                if found:
                    chosen[chooser] = position
                    one = compiled.rule.id, found
                    if position in fired:
                        fired[position].append(one)
                    else:
                        fired[position] = [one]
        return fired

    def _compiled(self, rule: Rule) -> CompiledRule:
        if (pattern := _in_either_script(rule.pattern)) != rule.pattern:
            rule = replace(rule, pattern=pattern)
        return compile_rule(rule, self._wordings, self._patterns, self._borders, self._tokens)

    @cached_property
    def _borders(self) -> Callable[[str], frozenset[int]]:
        from wenma.language.words import cut

        @lru_cache(maxsize=256)  # several rules ask about one unit in a row
        def borders(text: str) -> frozenset[int]:
            ends, at = {0}, 0
            for word in cut(text):
                at += len(word)
                ends.add(at)
            return frozenset(ends)

        return borders

    def _tokens(self, rule: Rule) -> "TokenRule":
        from wenma.coding.tokens import token_rule

        return token_rule(rule, self._nlp)

    @cached_property
    def _nlp(self) -> "Language":
        from wenma.language.pipeline import pipeline

        return pipeline()


def _in_either_script(pattern: str) -> str:
    """A pattern in traditional script, made to match simplified text too."""
    twin = folded(pattern)
    return pattern if twin == pattern else f"(?:{pattern})|(?:{twin})"
