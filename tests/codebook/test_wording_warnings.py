"""A codebook's wording read with care."""

from dataclasses import replace

import pytest

from wenma.codebook.wording_warnings import wording_warnings
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.coding.coder import Coder
from wenma.coding.examples import code_sentence
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


def of_kind(kind: str, text: str) -> list[str]:
    return [one.why for one in wording_warnings(parse_codebook(text)) if one.kind == kind]


def two_codes(first: str, second: str, *, parent: str = "", masks: str = "[]") -> str:
    return f"""\
codebook: t
version: "1"
name: {{zh: 试}}
masks: {masks}
codes:
  - id: d
    name: {{zh: 维}}
    {parent}
    codes:
      - {{id: a, name: {{zh: 甲}}, rules: [{{id: r, {first}}}]}}
      - {{id: b, name: {{zh: 乙}}, rules: [{{id: s, {second}}}]}}
"""


RIVAL = "terms: [印度尼西亚]"


def test_a_term_inside_a_term_of_another_code_names_both_codes_rules_and_terms():
    text = two_codes("terms: [印度]", RIVAL)
    (one,) = wording_warnings(parse_codebook(text))
    assert (one.code, one.rule, one.line) == ("d/a", "r", 10)
    assert one.why == "印度 stands inside 印度尼西亚 (d/b: s)"
    assert one.zh == "“印度”在“印度尼西亚”（d/b: s）之内"
    coder = Coder(parse_codebook(text))
    assert {c.code for c in code_sentence(coder, "与印度尼西亚合作。")} == {"d/a", "d/b"}


@pytest.mark.parametrize(
    "text",
    [
        two_codes("terms: [印度], not_in: [印度尼西亚]", RIVAL),
        two_codes("terms: [印度], not_with: [尼西亚]", RIVAL),
        two_codes("terms: [印度], roles: [goals]", f"{RIVAL}, roles: [tasks]"),
        two_codes("terms: [印度], roles: [goals]", f"{RIVAL}, not_roles: [goals]"),
        two_codes("terms: [印度], under: [南亚]", f"{RIVAL}, not_under: [南亚]"),
        two_codes("terms: [印度, 印度尼西亚]", RIVAL),
        two_codes("terms: [印度]", RIVAL, parent="choose: one"),
        two_codes("terms: [印度]", RIVAL, masks="[印度尼西亚]"),
        two_codes("terms: [印度], words: true", RIVAL),
        two_codes("near: {first: [印度], second: [合作]}", RIVAL),
    ],
)
def test_terms_that_cannot_both_count_at_one_place_are_no_rivals(text):
    assert of_kind("inside another code's term", text) == []


def test_terms_of_two_dimensions_are_told_in_one_line():
    text = two_codes("terms: [印度]", "terms: [合作]") + (
        "  - id: e\n    name: {zh: 别}\n    codes:\n"
        f"      - {{id: c, name: {{zh: 丙}}, rules: [{{id: u, {RIVAL}}}]}}\n"
    )
    (why,) = of_kind("inside another code's term", text)
    assert why == (
        "1 term stands inside a longer term of a code of another dimension, which is usually"
        " meant: 印度 (d/a: r) in 印度尼西亚 (e/c: u)"
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("terms: [人才，新农人，培训]", "[人才, 新农人, 培训]"),
        ("terms: [人才、培训]", "[人才, 培训]"),
        ('terms: ["人才,培训"]', "[人才, 培训]"),
        ("terms: [人才；培训]", "[人才, 培训]"),
        ('terms: ["人才;培训"]', "[人才, 培训]"),
        ("near: {first: [人才，干部], second: [培训]}", "[人才, 干部]"),
        ("all_of: [[人才，干部], [培训]]", "[人才, 干部]"),
        ("terms: [人才], not_with: [金融，债务]", "[金融, 债务]"),
        ("terms: [人才], under: [农业、农村]", "[农业, 农村]"),
    ],
)
def test_a_list_written_with_chinese_commas_is_told_as_the_list_it_may_be(rule, words):
    (why,) = of_kind("list in one term", two_codes(rule, "terms: [预警]"))
    assert why.endswith(f"a list is written {words}")


@pytest.mark.parametrize(
    "rule",
    [
        "terms: [各省（区、市）]",
        "terms: [技术、]",
        'terms: ["1,000人"]',
        "terms: [人才], not_with: [的，由]",
        "terms: [人才], not_in: [人才、科技]",
    ],
)
def test_a_sign_that_is_meant_is_no_list(rule):
    assert of_kind("list in one term", two_codes(rule, "terms: [预警]")) == []


def test_a_term_in_another_case_or_with_a_space_is_told_where_another_rule_writes_it_so():
    why = of_kind("other spelling", two_codes("terms: [5g, 5G 网络]", "terms: [5G, 5G网络]"))
    assert {one.partition(",")[0] for one in why} == {
        "5g does not find 5G",
        "5G does not find 5g",
        "5G 网络 does not find 5G网络",  # the other way, 5G of the same rule stands in it
    }
    assert of_kind("other spelling", two_codes("terms: [5g, 5G]", "terms: [5G, 5g]")) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (two_codes("terms: [预警。加强]", "terms: [救援]"),
         "cannot fire: 预警。加强 runs on beyond the end of a sentence"),
        (two_codes("terms: [预警], roles: [goals], not_roles: [goals, tasks]", "terms: [救援]"),
         "cannot fire: every role of roles is in not_roles too"),
        (two_codes("terms: [预警], under: [应急管理], not_under: [应急]", "terms: [救援]"),
         "cannot fire: every word of under holds one of not_under"),
        (two_codes("terms: [预警]", "terms: [监测预警, 救援]", parent="choose: one"),
         "监测预警 never counts: it holds 预警 of d/a, which comes first, and only one is chosen"),
    ],
)  # fmt: skip
def test_what_can_never_count_is_told_with_the_reason(text, why):
    assert of_kind("never counts", text) == [why]


def test_what_is_told_as_never_counting_never_counts():
    text = two_codes("terms: [预警]", "terms: [监测预警]", parent="choose: one")
    assert of_kind("never counts", text)[0].startswith("cannot fire")
    coder = Coder(parse_codebook(text))
    assert [c.code for c in code_sentence(coder, "加强监测预警。")] == ["d/a"]
    later = two_codes("terms: [预警], not_with: [监测]", "terms: [监测预警]", parent="choose: one")
    assert of_kind("never counts", later) == []
    coder = Coder(parse_codebook(later))
    assert [c.code for c in code_sentence(coder, "加强监测预警。")] == ["d/b"]


def test_every_warning_is_given_in_chinese():
    for file in shipped("codebooks").glob("*.yaml"):
        for one in wording_warnings(load_codebook(file)):
            assert one.zh and not any(word in one.zh for word in (" finds ", " stands ", " is "))
