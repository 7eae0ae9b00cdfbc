"""A codebook's rules read a document's units and leave codings with their evidence."""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

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
from analysis.records import Code, Codebook, Coding, Document, Evidence, Rule, Unit

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
        self._scope = [self._ready(rule) for rule in codebook.scope]
        self._rules = {
            code.path: [self._ready(rule) for rule in code.rules] for code in codebook.codes
        }
        # Which codes a word, a pattern or a section's role puts in question.
        self._by_word: dict[int, list[int]] = {}
        self._by_pattern: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        for position, code in enumerate(codebook.codes):
            for ready in self._rules[code.path]:
                for word in ready.triggers:
                    _note(self._by_word, word, position)
                if ready.pattern:
                    _note(self._by_pattern, ready.pattern, position)
                if not ready.triggers and not ready.pattern:
                    for role in ready.rule.roles:
                        _note(self._by_role, role, position)

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
        in_scope = not self._scope or any(ready.fires(sight) for ready in self._scope)
        evidence: dict[str, tuple[Evidence, ...]] = {}
        for position in asked:
            code = self.codebook.codes[position]
            if (in_scope or code.everywhere) and not self._settled(code, evidence):
                found = _evidence(self._rules[code.path], sight)
                if found:
                    evidence[code.path] = found
        coder = self.codebook.coder
        return [
            Coding(document.id, unit.number, unit.start, unit.end, path, coder, words)
            for path, words in evidence.items()
        ]

    def _asked(self, hits: dict[int, list[Span]], firing: list[str], role: str) -> list[int]:
        asked = set(self._by_role.get(role, ()))
        for word in hits:
            asked.update(self._by_word.get(word, ()))
        for pattern in firing:
            asked.update(self._by_pattern.get(pattern, ()))
        return sorted(asked)

    def _settled(self, code: Code, evidence: dict[str, tuple[Evidence, ...]]) -> bool:
        """Has a sibling already been chosen where only one may be?"""
        parent = self._choosers.get(code.parent)
        return parent is not None and any(path.startswith(parent) for path in evidence)

    @cached_property
    def _choosers(self) -> dict[str, str]:
        return {code.path: f"{code.path}/" for code in self.codebook.codes if code.choose_one}

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


def _evidence(rules: list[Ready], sight: Sight) -> tuple[Evidence, ...]:
    fired: list[tuple[str, Found]] = []
    for ready in rules:
        fired += [(ready.rule.id, found) for found in ready.fires(sight)]
    if len(fired) > 1:
        fired = longest(fired)
    return tuple(Evidence(rule, start, end) for rule, spans in fired for start, end in spans)


Key = TypeVar("Key", int, str)


def _note(index: dict[Key, list[int]], key: Key, position: int) -> None:
    positions = index.setdefault(key, [])
    if position not in positions:
        positions.append(position)
