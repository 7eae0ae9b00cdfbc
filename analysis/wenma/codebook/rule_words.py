"""The words of a rule, by the part they play in it."""

from collections.abc import Iterator
from typing import NamedTuple

from wenma.records import Codebook, Rule

NEGATIVE = ("not_in", "not_with", "not_under")
"""Parts whose words keep a rule from firing."""


class PlacedRule(NamedTuple):
    """A rule, the path of its code and its line in the file; "" and 0 for the scope."""

    code: str
    line: int
    rule: Rule
    siblings: tuple[Rule, ...]  # the rules of its code, itself among them


def placed_rules(codebook: Codebook) -> Iterator[PlacedRule]:
    """Every rule of a codebook with its place, those of the scope first."""
    for rule in codebook.scope:
        yield PlacedRule("", 0, rule, codebook.scope)
    for code in codebook.codes:
        for rule in code.rules:
            yield PlacedRule(code.path, code.line, rule, code.rules)


def firing_groups(rule: Rule) -> list[tuple[str, ...]]:
    """The words a rule fires by: of each group it needs one."""
    if rule.near:
        return [rule.near.first, rule.near.second]
    return [rule.terms] if rule.terms else list(rule.all_of)


def words_by_part(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each word of a rule with the key it is written under.

    >>> list(words_by_part(Rule("r", terms=("预警",), not_with=("金融",))))
    [('terms', '预警'), ('not_with', '金融')]
    """
    key = "terms" if rule.terms else "near" if rule.near else "all_of"
    for group in firing_groups(rule):
        yield from ((key, word) for word in group)
    for key in ("not_in", "not_with", "under", "not_under"):
        yield from ((key, word) for word in getattr(rule, key))
