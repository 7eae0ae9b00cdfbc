"""A codebook's wording read with care: words that can never count, or add nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import re2

from wenma.records import Codebook, Rule

Kind = Literal["never counts", "on both sides", "found already"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a rule's wording that may be a slip; `code` is "" for the scope."""

    code: str
    line: int  # of the code in its file; 0 for the scope
    rule: str
    kind: Kind
    why: str


def doubts(codebook: Codebook) -> Iterator[Doubt]:
    """Doubts about each rule's wording, in the order of the codebook; no text is needed.

    A doubt is no fault: what is said is so, but may be wanted.
    """
    for path, line, rules in [
        ("", 0, codebook.scope),
        *((code.path, code.line, code.rules) for code in codebook.codes),
    ]:
        for rule in rules:
            found: tuple[Iterator[str], ...] = (
                _never_counting(rule, codebook.masks),
                _on_both_sides(rule),
                _found_already(rule, rules),
            )
            for kind, several in zip(KINDS, found, strict=True):
                for why in several:
                    yield Doubt(path, line, rule.id, kind, why)


def _groups(rule: Rule) -> list[tuple[str, ...]]:
    """The words a rule fires by: of each group it needs one."""
    if rule.near:
        return [rule.near.first, rule.near.second]
    return [rule.terms] if rule.terms else list(rule.all_of)


def _never_counting(rule: Rule, masks: Sequence[str]) -> Iterator[str]:
    for group in _groups(rule):
        reasons = {word: _struck(word, rule, masks) for word in group}
        if all(reasons.values()):
            yield f"cannot fire: {'; '.join(f'{word} {why}' for word, why in reasons.items())}"
        else:
            yield from (f"{word} never counts: it {why}" for word, why in reasons.items() if why)


def _struck(word: str, rule: Rule, masks: Sequence[str]) -> str:
    """Why a word can never count; "" when it can."""
    if word in rule.not_in:
        return "is in not_in too"
    for other in rule.not_with:
        if other in word:
            return f"holds {other} of not_with"
    for mask in masks:
        # Between two signs no mask asks for, so that ^ and $ do not match by mistake.
        found = re2.search(mask, f"\ue000{word}\ue000")
        if found and found.start() <= 1 and found.end() > len(word):
            return f"lies inside the mask {mask}"
    return ""


def _on_both_sides(rule: Rule) -> Iterator[str]:
    if rule.near:
        for word in dict.fromkeys(rule.near.first):
            if word in rule.near.second:
                yield f"{word} is in first and in second: it must stand twice to fire by itself"


def _found_already(rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    """Words found wherever a shorter one is found that does the same.

    Not of `near`, where a longer word also reaches farther.
    """
    covered: dict[str, list[str]] = {}
    for word in dict.fromkeys(rule.terms):
        by = next(_covering(word, rule, rules), "")
        if by:
            covered.setdefault(by, []).append(word)
    for name, words in [
        *(("all_of", group) for group in rule.all_of),
        ("not_with", rule.not_with),
        ("under", rule.under),
        ("not_under", rule.not_under),
    ]:
        for word in words:
            shorter = next((other for other in words if other != word and other in word), "")
            if shorter:
                covered.setdefault(f"{shorter} of {name}", []).append(word)
    for by, several in covered.items():
        yield f"{by} already finds {'、'.join(several)}"


def _covering(word: str, rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    """Terms of this rule or of a wider one of the code without which `word` is never found."""
    for other in rules:
        if not _no_stricter(other, rule):
            continue
        for term in other.terms:
            if other is rule and term == word:
                continue
            spared = any(term in longer and word not in longer for longer in other.not_in)
            if term in word and not spared and (term == word or not other.words):
                later = rules.index(other) > rules.index(rule)
                if term == word and later and _no_stricter(rule, other):
                    continue  # of two that are alike, the second is told
                yield term if other is rule else f"{term} of {other.id}"


def _no_stricter(one: Rule, than: Rule) -> bool:
    """May `one` count wherever `than` may?"""
    return (
        set(one.not_in) <= set(than.not_in)
        and set(one.not_with) <= set(than.not_with)
        and set(one.not_roles) <= set(than.not_roles)
        and set(one.not_under) <= set(than.not_under)
        and (not one.roles or (bool(than.roles) and set(than.roles) <= set(one.roles)))
        and (not one.under or (bool(than.under) and set(than.under) <= set(one.under)))
        and one.headings >= than.headings
        and one.words <= than.words
    )
