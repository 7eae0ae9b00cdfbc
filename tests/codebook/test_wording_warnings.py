"""A codebook's wording read with care."""

from dataclasses import replace

import pytest
from wenma.codebook.wording_warnings import wording_warnings
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.coding.coder import Coder
from wenma.language.units import units
from wenma.records import Codebook, Rule
from wenma.shipped import shipped
from wenma.sources.reading import read


def told(*rules: str, masks: str = "[]") -> list[tuple[str, str, str]]:
    text = f"""\
codebook: t
version: "1"
name: {{zh: 试}}
masks: {masks}
codes:
  - id: a
    name: {{zh: 甲}}
    rules:
"""
    whole = text + "".join(f"      - {rule}\n" for rule in rules)
    return [(one.rule, one.kind, one.why) for one in wording_warnings(parse_codebook(whole))]


def test_sound_wording_raises_no_doubt():
    assert told("{id: r, terms: [预警, 排查]}", "{id: s, terms: [演练]}") == []


def test_a_word_inside_a_mask_never_counts():
    masks = "['(消防|气象)(局|站)']"
    (one,) = told("{id: r, terms: [消防局, 气象]}", masks=masks)
    assert one == (
        "r",
        "never counts",
        "消防局 never counts: it lies inside the mask (消防|气象)(局|站)",
    )


def test_a_mask_that_asks_for_more_than_the_word_is_no_doubt():
    assert told("{id: r, terms: [消防]}", masks="['消防局', '^消防$']") == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("{id: r, terms: [消防局]}", "cannot fire: 消防局 lies inside the mask 消防局"),
        ("{id: r, terms: [预警], not_in: [预警]}", "cannot fire: 预警 is in not_in too"),
        (
            "{id: r, terms: [金融预警, 债务预警], not_with: [金融, 债务]}",
            "cannot fire: 金融预警 holds 金融 of not_with; 债务预警 holds 债务 of not_with",
        ),
        (
            "{id: r, near: {first: [消防局], second: [检查]}}",
            "cannot fire: 消防局 lies inside the mask 消防局",
        ),
        (
            "{id: r, all_of: [[检查], [消防局]]}",
            "cannot fire: 消防局 lies inside the mask 消防局",
        ),
    ],
)
def test_a_rule_without_a_word_that_can_count_cannot_fire(rule, why):
    assert told(rule, masks="[消防局]") == [("r", "never counts", why)]


def test_a_word_on_both_sides_of_near_must_stand_twice():
    (one,) = told("{id: r, near: {first: [应急, 联动], second: [联动, 协同]}}")
    assert one[:2] == ("r", "on both sides")
    assert one[2].startswith("联动 is in first and in second")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("{id: r, terms: [预警, 监测预警, 预警系统]}", "预警 already finds 监测预警、预警系统"),
        ("{id: r, all_of: [[预案], [修订, 及时修订]]}", "修订 of all_of already finds 及时修订"),
        (
            "{id: r, terms: [预警], not_with: [金融, 金融机构]}",
            "金融 of not_with already finds 金融机构",
        ),
        ("{id: r, under: [应急, 应急管理]}", "应急 of under already finds 应急管理"),
    ],
)
def test_a_word_that_holds_a_shorter_one_of_its_list_adds_nothing(rule, why):
    assert told(rule) == [("r", "found already", why)]


@pytest.mark.parametrize(
    "rule",
    [
        "{id: r, terms: [预警, 监测预警], words: true}",  # 预警 is no whole word in 监测预警
        "{id: r, terms: [预警, 专利预警处置], not_in: [专利预警]}",
        "{id: r, near: {first: [预警, 监测预警], second: [建设]}}",  # the longer reaches farther
    ],
)
def test_a_longer_word_that_may_count_where_the_shorter_does_not_is_no_doubt(rule):
    assert told(rule) == []


def test_a_word_of_two_rules_is_told_once_of_the_narrower_or_the_later():
    assert told("{id: r, terms: [预警]}", "{id: s, terms: [预警]}") == [
        ("s", "found already", "预警 of r already finds 预警")
    ]
    assert told("{id: r, terms: [预警], under: [应急]}", "{id: s, terms: [预警]}") == [
        ("r", "found already", "预警 of s already finds 预警")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("roles: [tasks]", "roles: [goals]"),
        ("under: [应急]", "under: [消防]"),
        ("not_with: [金融]", "not_with: [债务]"),
        ("not_roles: [goals]", "headings: false"),
    ],
)
def test_a_word_of_two_rules_for_different_places_is_no_doubt(one, other):
    assert told(f"{{id: r, terms: [预警], {one}}}", f"{{id: s, terms: [预警], {other}}}") == []


def test_a_doubt_about_the_scope_has_no_line():
    scoped = parse_codebook(
        'codebook: t\nversion: "1"\nname: {zh: 试}\n'
        "scope: {rules: [{id: s, terms: [灾, 灾害]}]}\n"
        "codes: [{id: a, name: {zh: 甲}, rules: [{id: r, terms: [预警, 预警机]}]}]\n"
    )
    assert [(one.code, one.line, one.rule) for one in wording_warnings(scoped)] == [
        ("", 0, "s"),
        ("a", 5, "r"),
    ]


def without_terms_found_already(book: Codebook) -> Codebook:
    gone = {
        (one.code, one.rule, word)
        for one in wording_warnings(book)
        if one.kind == "found already"
        for word in one.why.partition(" already finds ")[2].split("、")
    }

    def kept(path: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        shorter = [
            replace(r, terms=tuple(t for t in r.terms if (path, r.id, t) not in gone))
            for r in rules
        ]
        return tuple(
            new for old, new in zip(rules, shorter, strict=True) if new.terms or not old.terms
        )

    codes = tuple(replace(code, rules=kept(code.path, code.rules)) for code in book.codes)
    return replace(book, scope=kept("", book.scope), codes=codes)


@pytest.mark.parametrize("name", ["resilience", "dilemmas_pathways", "policy_instruments"])
def test_without_the_terms_found_already_the_codings_are_the_same(name):
    book = load_codebook(shipped("codebooks") / f"{name}.yaml")
    # One such term at least, whatever has been mended in the file by now.
    first = next(code for code in book.codes if any(rule.terms for rule in code.rules))
    rule = next(rule for rule in first.rules if rule.terms)
    longer = replace(rule, terms=(*rule.terms, f"{rule.terms[0]}工作"))
    rules = tuple(longer if one is rule else one for one in first.rules)
    codes = tuple(replace(c, rules=rules) if c is first else c for c in book.codes)
    book = replace(book, codes=codes)
    fewer = without_terms_found_already(book)
    assert fewer != book
    one, other = Coder(book), Coder(fewer)
    for document in read(shipped("corpus")):
        cut = units(document)
        coded = [(coding.unit, coding.code) for coding in one.code(document, cut)]
        assert [(coding.unit, coding.code) for coding in other.code(document, cut)] == coded
