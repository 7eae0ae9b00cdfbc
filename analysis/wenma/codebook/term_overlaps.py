"""Terms that stand inside a longer term of another code, so that one wording gives both codes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wenma.codebook.masked_spans import masked_spans
from wenma.records import Code, Codebook, Rule

Relation = Literal["one dimension", "two dimensions", "above"]
"""Where the two codes stand to each other: rivals, apart, or one above the other in the tree."""

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TermOverlap:
    """A term inside a longer term of another code: 印度 in 印度尼西亚."""

    code: str
    line: int  # of the code in its file
    rule: str
    term: str
    other_code: str
    other_rule: str
    longer: str
    relation: Relation


def term_overlaps(codebook: Codebook) -> list[TermOverlap]:
    """Each term that is found wherever a longer term of another code is, codebook order.

    Only pairs that can both count at one place are told: not where `not_in` of the shorter
    term's rule holds the longer one, `not_with` or a mask silences either, the rules ask for
    different sections, or `choose: one` takes one of the two codes. A term that both codes
    name is left to the writer.
    """
    terms: defaultdict[str, list[tuple[Code, Rule]]] = defaultdict(list)
    for code in codebook.codes:
        for rule in code.rules:
            for term in dict.fromkeys(rule.terms):
                terms[term].append((code, rule))
    named = {code.path: {t for r in code.rules for t in r.terms} for code in codebook.codes}
    choosers = {code.path for code in codebook.codes if code.choose_one}
    parents = {code.parent for code in codebook.codes}
    order = {code.path: place for place, code in enumerate(codebook.codes)}
    found = []
    for longer, owners in terms.items():
        inside = {
            longer[start:end]
            for start in range(len(longer))
            for end in range(start + 1, len(longer) + 1)
            if end - start < len(longer) and longer[start:end] in terms
        }
        if not inside:
            continue
        masked = list(masked_spans(longer, codebook.masks))
        for term in sorted(inside):
            for code, rule in terms[term]:
                for other, other_rule in owners:
                    if (
                        code is other
                        or longer in named[code.path]
                        or (code.parent == other.parent and code.parent in choosers)
                        or not _both_count(term, rule, longer, other_rule, masked)
                    ):
                        continue
                    relation = _relation(code, other, parents)
                    found.append(
                        TermOverlap(
                            code.path, code.line, rule.id, term,
                            other.path, other_rule.id, longer, relation,
                        )
                    )  # fmt: skip
    return sorted(found, key=lambda one: (order[one.code], order[one.other_code]))


def _both_count(term: str, rule: Rule, longer: str, other: Rule, masked: Sequence[_Span]) -> bool:
    """May both rules fire where the longer term stands?"""
    if rule.words or longer in other.not_in or (0, len(longer)) in masked:
        return False
    if any(word in longer for word in (*rule.not_with, *other.not_with)):
        return False
    if _apart(rule, other) or _apart(other, rule):
        return False
    struck = [*masked, *(span for word in rule.not_in for span in _places(word, longer))]
    return any(
        not any(a <= start and end <= b for a, b in struck) for start, end in _places(term, longer)
    )


def _places(word: str, text: str) -> Iterator[_Span]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _apart(one: Rule, other: Rule) -> bool:
    """Do the two speak in different sections only?"""
    roles, roles_of_other = set(one.roles), set(other.roles)
    return bool(
        roles and (roles <= set(other.not_roles) or (roles_of_other and not roles & roles_of_other))
    ) or bool(one.under and set(one.under) <= set(other.not_under))


def _relation(code: Code, other: Code, parents: set[str]) -> Relation:
    if code.path.startswith(f"{other.path}/") or other.path.startswith(f"{code.path}/"):
        return "above"
    # The codes of a flat codebook are all of one dimension, which has no name.
    one, two = (
        each.path.partition("/")[0] if each.parent or each.path in parents else ""
        for each in (code, other)
    )
    return "one dimension" if one == two else "two dimensions"
