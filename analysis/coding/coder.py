"""A codebook's rules read a document's units and leave codings with their evidence."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from analysis.coding.matcher import (
    Found,
    Patterns,
    Ready,
    Sight,
    Span,
    Wordings,
    codebook_words,
    hits_by_unit,
    longest,
    make_ready,
)
from analysis.records import Codebook, Coding, Document, Evidence, Rule, Unit

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.coding.tokens import TokenRule


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
        # Every rule with the position of its code; the scope's own rules come first, at -1.
        self._rules = [(-1, self._ready(rule)) for rule in codebook.scope]
        for position, code in enumerate(codebook.codes):
            self._rules += [(position, self._ready(rule)) for rule in code.rules]
        # Which rules a word, a pattern or a section's role puts in question.
        self._by_word: dict[int, list[int]] = {}
        self._by_pattern: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        for number, (_, ready) in enumerate(self._rules):
            for word in dict.fromkeys(ready.triggers):
                self._by_word.setdefault(word, []).append(number)
            if ready.pattern:
                self._by_pattern.setdefault(ready.pattern, []).append(number)
            if not ready.triggers and not ready.pattern:
                for role in ready.rule.roles:
                    self._by_role.setdefault(role, []).append(number)

    def code(self, document: Document, units: Sequence[Unit]) -> list[Coding]:
        """Codings of `document`, by unit and in the order of the codebook."""
        codings: list[Coding] = []
        found = sorted(self._wordings.find(document.text), key=lambda hit: hit[1])
        for unit, hits in hits_by_unit(units, found):
            codings.extend(self._code_unit(document, unit, hits))
        return codings

    def _code_unit(
        self, document: Document, unit: Unit, hits: dict[int, list[Span]]
    ) -> list[Coding]:
        text = document.text[unit.start : unit.end]
        section = document.sections[unit.section] if unit.section >= 0 else None
        role = section.role if section else "other"
        firing = self._patterns.firing(text)
        asked = self._asked(hits, firing, role)
        if not asked:
            return []
        sight = Sight(
            text=text,
            start=unit.start,
            hits=hits,
            role=role,
            heading=unit.kind == "heading",
            section_heading=(section.start, section.heading_end) if section else (0, 0),
            masked=tuple(
                span
                for mask in firing
                if mask in self._masks
                for span in self._patterns.spans(mask, text, unit.start)
            ),
        )
        in_scope = not self.codebook.scope
        fired: dict[int, list[tuple[str, Found]]] = {}
        for number in asked:
            position, ready = self._rules[number]
            if position < 0:
                in_scope = in_scope or bool(ready.fires(sight))
            elif in_scope or self.codebook.codes[position].everywhere:
                found = ready.fires(sight)
                if found:
                    firings = fired.setdefault(position, [])
                    firings += [(ready.rule.id, spans) for spans in found]
        return self._signed(document.id, unit, fired)

    def _signed(
        self, document: str, unit: Unit, fired: dict[int, list[tuple[str, Found]]]
    ) -> list[Coding]:
        codings: list[Coding] = []
        chosen: set[str] = set()
        for position, firings in fired.items():
            code = self.codebook.codes[position]
            if code.parent in self._choosers:
                if code.parent in chosen:
                    continue
                chosen.add(code.parent)
            evidence = tuple(
                Evidence(rule, start, end)
                for rule, spans in (longest(firings) if len(firings) > 1 else firings)
                for start, end in spans
            )
            codings.append(
                Coding(
                    document,
                    unit.number,
                    unit.start,
                    unit.end,
                    code.path,
                    self.codebook.coder,
                    evidence,
                )
            )
        return codings

    def _asked(self, hits: dict[int, list[Span]], firing: list[str], role: str) -> list[int]:
        """Numbers of the rules that may fire, in the order of the codebook."""
        asked = set(self._by_role.get(role, ()))
        for word in hits:
            asked.update(self._by_word.get(word, ()))
        for pattern in firing:
            asked.update(self._by_pattern.get(pattern, ()))
        return sorted(asked)

    @cached_property
    def _choosers(self) -> frozenset[str]:
        return frozenset(code.path for code in self.codebook.codes if code.choose_one)

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
