"""Words of a rule that are found wherever a shorter one is that does the same."""

from collections.abc import Iterator, Sequence

from wenma.records import Rule


def found_already(rule: Rule, rules: Sequence[Rule]) -> dict[str, list[str]]:
    """What finds already → the words it finds; `rules` are those of the rule's code.

    Not of `near`, where a longer word also reaches farther.
    """
    covered: dict[str, list[str]] = {}
    for word in dict.fromkeys(rule.terms):
        if by := next(covering_terms(word, rule, rules), ""):
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
    return covered


def covering_terms(word: str, rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    """Terms of `rules`, this one among them or not, without which `word` is never found."""
    for other in rules:
        if not _no_stricter(other, rule):
            continue
        for term in other.terms:
            if other is rule and term == word:
                continue
            spared = any(term in longer and word not in longer for longer in other.not_in)
            if term in word and not spared and (term == word or not other.words):
                later = rule in rules and rules.index(other) > rules.index(rule)
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
