"""A codebook's wording read with care: what cannot count, looks like a slip, or adds nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

from wenma.codebook.found_already import found_already
from wenma.codebook.never_counts import never_counting
from wenma.codebook.rule_words import placed_rules, words_by_part
from wenma.codebook.schema import SEPARATORS
from wenma.codebook.term_overlaps import TermOverlap, term_overlaps
from wenma.codebook.term_variants import TermVariant, term_variants
from wenma.records import Bilingual, Codebook, Rule

WarningKind = Literal[
    "never counts",
    "list in one term",
    "inside another code's term",
    "other spelling",
    "on both sides",
    "found already",
]
WARNING_KINDS: tuple[WarningKind, ...] = get_args(WarningKind)
"""The gravest first."""

WARNING_HEADS: Mapping[WarningKind, tuple[str, str]] = {
    "never counts": ("words that can never count", "永远不会算数的词"),
    "list in one term": (
        "words that may be a list: each counts only where the text has it, signs and all",
        "可能是列表的词：文中须连同标点一字不差才算",
    ),
    "inside another code's term": (
        "terms inside a longer term of another code: where the longer stands, both codes are"
        " given; not_in keeps it out",
        "在另一编码的长词之内的词：长词出现处两个编码都会给；如非本意，请把长词写入 not_in",
    ),
    "other spelling": (
        "terms that pass by another spelling: letters and spaces must be the same",
        "找不到另一种写法的词：大小写与空格须一致",
    ),
    "on both sides": ("words on both sides of near", "在 near 两边都有的词"),
    "found already": (
        "words that a shorter one already finds: without them the codings stay",
        "较短的词已能找到的词：删去后编码不变",
    ),
}
"""What the warnings of a kind have in common, in English and in Chinese."""

_SHOWN = 4
"""Longer terms named in one warning."""
_SHOWN_OF_MEANT = 2
"""Pairs named of those that are usually meant."""


@dataclass(frozen=True, slots=True)
class WordingWarning:
    """Something in a rule's wording that may be a slip; `code` is "" for the scope.

    `why` says it in English and `zh` in Chinese.
    """

    code: str
    line: int  # of the code in its file; 0 for the scope and for what concerns several codes
    rule: str  # "" for what concerns several rules
    kind: WarningKind
    why: str
    zh: str


def wording_warnings(codebook: Codebook) -> list[WordingWarning]:
    """Warnings about a codebook's wording, the gravest kind first, then as the codebook goes.

    No text is needed. A warning is not an error: what it says is so, but may be wanted.
    """
    found = [
        *_of_each_rule(codebook),
        *overlap_warnings(term_overlaps(codebook)),
        *map(variant_warning, term_variants(codebook)),
    ]
    return sorted(found, key=lambda one: WARNING_KINDS.index(one.kind))


def _of_each_rule(codebook: Codebook) -> Iterator[WordingWarning]:
    for place in placed_rules(codebook):
        several: tuple[tuple[WarningKind, Iterator[Bilingual]], ...] = (
            ("never counts", never_counting(place, codebook)),
            ("list in one term", _lists_in_one(place.rule)),
            ("on both sides", _on_both_sides(place.rule)),
            ("found already", _found_already(place.rule, place.siblings)),
        )
        for kind, reasons in several:
            for why in reasons:
                yield WordingWarning(place.code, place.line, place.rule.id, kind, why.en, why.zh)


def overlap_warnings(overlaps: Sequence[TermOverlap]) -> Iterator[WordingWarning]:
    """A warning for each term inside terms of rival codes; one for all the others together."""
    rivals = [one for one in overlaps if one.relation == "one dimension"]
    for (code, line, rule, term), several in groupby(
        rivals, key=lambda one: (one.code, one.line, one.rule, one.term)
    ):
        longer = [(one.longer, f"{one.other_code}: {one.other_rule}") for one in several]
        names = [f"{word} ({where})" for word, where in longer[:_SHOWN]]
        more = len(longer) - _SHOWN
        en = ", ".join(names) + (f" and {more} more" if more > 0 else "")
        zh = "、".join(f"“{word}”（{where}）" for word, where in longer[:_SHOWN])
        zh += f"等 {len(longer)} 处" if more > 0 else ""
        yield WordingWarning(
            code, line, rule, "inside another code's term",
            f"{term} stands inside {en}",
            f"“{term}”在{zh}之内",
        )  # fmt: skip
    for relation, en, zh in (
        ("two dimensions", "a code of another dimension", "别的维度的编码"),
        ("above", "a code above or below theirs", "上级或下级编码"),
    ):
        of_these = [one for one in overlaps if one.relation == relation]
        # One of each term: 灾害 may stand inside a dozen.
        each = list({(one.code, one.rule, one.term): one for one in reversed(of_these)}.values())
        if each:
            some = [
                (f"{o.term} ({o.code}: {o.rule})", f"{o.longer} ({o.other_code}: {o.other_rule})")
                for o in reversed(each[-_SHOWN_OF_MEANT:])
            ]
            rest = "" if len(each) <= len(some) else ", …"
            yield WordingWarning(
                "", 0, "", "inside another code's term",
                f"{len(each)} {'terms stand' if len(each) > 1 else 'term stands'} inside a longer"
                f" term of {en}, which is usually meant:"
                f" {', '.join(f'{term} in {longer}' for term, longer in some)}{rest}",
                f"有 {len(each)} 个词在{zh}的长词之内，通常即是本意："
                f"{'、'.join(f'{term} 在 {longer} 之内' for term, longer in some)}{rest and '等'}",
            )  # fmt: skip


def variant_warning(one: TermVariant, times: int = 0) -> WordingWarning:
    """A warning about a spelling that is not found, in so many places of a corpus."""
    often = "once" if times == 1 else f"{times:,} times"
    where = f"stands {often} in the texts" if times else "is in another rule"
    zh = f"在文本中出现 {times:,} 次" if times else "见于另一条规则"
    return WordingWarning(
        one.code, one.line, one.rule, "other spelling",
        f"{one.term} does not find {one.variant}, which {where}: add it if it is meant",
        f"“{one.term}”找不到“{one.variant}”，后者{zh}；如应算数，请补上",
    )  # fmt: skip


def _lists_in_one(rule: Rule) -> Iterator[Bilingual]:
    """Words that look like several with a comma between them."""
    for key, word in words_by_part(rule):
        words = list_in_one(key, word)
        if words:
            yield Bilingual(
                en=f"{word} is one word of {key}; a list is written [{', '.join(words)}]",
                zh=f"“{word}”是 {key} 中的一个词；列表应写成 [{', '.join(words)}]",
            )


def list_in_one(key: str, word: str) -> list[str]:
    """The words of what may be a list written as one word; empty where it is hardly one.

    A sign at an edge or in brackets is meant (各省（区、市）), and a wording that keeps others
    out is often a stretch of text: there single characters, and 、 in `not_in`, say nothing.

    >>> list_in_one("terms", "人才，新农人，培训"), list_in_one("terms", "各省（区、市）")
    (['人才', '新农人', '培训'], [])
    >>> list_in_one("not_with", "的，由"), list_in_one("terms", "1,000")
    ([], [])
    """
    words, start, depth = [], 0, 0
    for at, sign in enumerate(word):
        depth += (sign in "（(《「“【") - (sign in "）)》」”】")
        digits = word[at - 1 : at].isdigit() and word[at + 1 : at + 2].isdigit()
        if sign in SEPARATORS and not depth and not (sign == "," and digits):
            words.append(word[start:at].strip())
            start = at + 1
    words.append(word[start:].strip())
    if len(words) < 2 or not all(words):
        return []
    if key != "terms" and min(map(len, words)) < 2:
        return []
    return [] if key == "not_in" and not any(sign in word for sign in "，,;；") else words


def _on_both_sides(rule: Rule) -> Iterator[Bilingual]:
    if rule.near:
        for word in dict.fromkeys(rule.near.first):
            if word in rule.near.second:
                yield Bilingual(
                    en=f"{word} is in first and in second: it must stand twice to fire by itself",
                    zh=f"“{word}”既在 first 又在 second 中：须出现两次才会单独触发",
                )


def _found_already(rule: Rule, rules: Sequence[Rule]) -> Iterator[Bilingual]:
    for by, words in found_already(rule, rules).items():
        shorter, _, where = by.partition(" of ")
        yield Bilingual(
            en=f"{by} already finds {'、'.join(words)}",
            zh=f"{f'{where} 的' if where else ''}“{shorter}”已能找到{'、'.join(words)}",
        )
