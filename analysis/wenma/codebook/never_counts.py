"""Words of a rule that can never make it fire, whatever text they stand in."""

import re
from collections.abc import Iterator, Mapping

from wenma.codebook.found_already import covering_terms
from wenma.codebook.masked_spans import masked_spans
from wenma.codebook.rule_words import PlacedRule, firing_groups
from wenma.records import Bilingual, Codebook, Rule

_SENTENCE_END = re.compile("[。！？\n](?=.)", flags=re.S)


def never_counting(place: PlacedRule, codebook: Codebook) -> Iterator[Bilingual]:
    """What of a rule can never count, in a sentence each; nothing where all of it can."""
    rule = place.rule
    if contradiction := _contradiction(rule):
        yield contradiction
    earlier = _earlier_siblings(place.code, codebook)
    for group in firing_groups(rule):
        reasons = {word: _struck(word, place, codebook, earlier) for word in group}
        struck = {word: why for word, why in reasons.items() if why}
        if len(struck) == len(reasons):
            yield Bilingual(
                en=f"cannot fire: {'; '.join(f'{word} {why.en}' for word, why in struck.items())}",
                zh=f"永不触发：{'；'.join(f'“{word}”{why.zh}' for word, why in struck.items())}",
            )
        else:
            for word, why in struck.items():
                yield Bilingual(
                    en=f"{word} never counts: it {why.en}", zh=f"“{word}”永不算数：它{why.zh}"
                )


def _contradiction(rule: Rule) -> Bilingual | None:
    """Conditions no section fulfils."""
    if rule.roles and set(rule.roles) <= set(rule.not_roles):
        return Bilingual(
            en="cannot fire: every role of roles is in not_roles too",
            zh="永不触发：roles 中的每一项也在 not_roles 中",
        )
    if rule.under and all(any(no in yes for no in rule.not_under) for yes in rule.under):
        return Bilingual(
            en="cannot fire: every word of under holds one of not_under",
            zh="永不触发：under 中的每个词都含有 not_under 中的词",
        )
    return None


def _struck(
    word: str, place: PlacedRule, codebook: Codebook, earlier: Mapping[str, tuple[Rule, ...]]
) -> Bilingual | None:
    """Why a word can never count; None when it can."""
    rule = place.rule
    if word in rule.not_in:
        return Bilingual(en="is in not_in too", zh="也在 not_in 中")
    for other in rule.not_with:
        if other in word:
            return Bilingual(en=f"holds {other} of not_with", zh=f"含有 not_with 中的“{other}”")
    for mask in codebook.masks:
        if (0, len(word)) in masked_spans(word, [mask]):
            return Bilingual(en=f"lies inside the mask {mask}", zh=f"整个落在掩码 {mask} 之内")
    if _SENTENCE_END.search(word):
        return Bilingual(
            en="runs on beyond the end of a sentence", zh="跨过了句末，而编码以句为单位"
        )
    if rule.terms and not rule.words:
        for code, rules in earlier.items():
            if by := next(covering_terms(word, rule, rules), ""):
                shorter = by.partition(" of ")[0]
                return Bilingual(
                    en=f"holds {shorter} of {code}, which comes first, and only one is chosen",
                    zh=f"含有“{code}”的“{shorter}”，该编码在前，而此处只取一个",
                )
    return None


def _earlier_siblings(path: str, codebook: Codebook) -> dict[str, tuple[Rule, ...]]:
    """Of a code whose parent takes only one child, the children asked before it."""
    parent = path.rpartition("/")[0]
    if not any(code.path == parent and code.choose_one for code in codebook.codes):
        return {}
    before: dict[str, tuple[Rule, ...]] = {}
    for code in codebook.codes:
        if code.path == path:
            break
        if code.parent == parent:
            before[code.path] = code.rules
    return before
