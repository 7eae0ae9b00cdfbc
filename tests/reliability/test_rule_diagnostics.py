"""Rules watched at work on a corpus."""

import pytest

from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.coding.coder import Coder
from wenma.language.units import units
from wenma.records import Codebook, Document, Paragraph, Section, Unit
from wenma.reliability.rule_diagnostics import SCOPE, FiredRules, diagnose_rules, fired, rules_apart
from wenma.shipped import shipped
from wenma.sources.reading import read


def book(rules: str, *, choose: str = "any") -> Codebook:
    return parse_codebook(
        f"""\
codebook: t
version: "1"
name: {{zh: 试}}
codes:
  - id: stage
    name: {{zh: 环节}}
    choose: {choose}
    codes:
      - id: resist
        name: {{zh: 抵御}}
        rules: {rules}
      - id: adapt
        name: {{zh: 适应}}
        rules: [{{id: learn, terms: [复盘]}}]
"""
    )


def seen(codebook: Codebook, *sentences: str, headings: int = 0) -> list[FiredRules]:
    """What fires in each sentence of a document; the first few are headings."""
    text = "".join(sentences)
    cut, at = [], 0
    for number, sentence in enumerate(sentences):
        kind = "heading" if number < headings else "body"
        cut.append(Unit(number, at, at + len(sentence), kind, 0, 0))
        at += len(sentence)
    document = Document(
        id="d",
        text=text,
        sections=(Section(0, 0, at, 1, "", "", "other", -1),),
        paragraphs=(Paragraph(0, at, "body", 0),),
    )
    codings = Coder(rules_apart(codebook)).code(document, cut)
    return list(fired(codebook, document, cut, codings))


@pytest.mark.parametrize("name", ["resilience", "hazards", "policy_instruments"])
def test_rules_apart_fire_where_the_codebook_codes_and_nowhere_else(name):
    codebook = load_codebook(shipped("codebooks") / f"{name}.yaml")
    whole, apart = Coder(codebook), Coder(rules_apart(codebook))
    for document in read(shipped("corpus"))[:2]:
        cut = units(document)
        one_by_one = {
            (unit.number, code)
            for unit in cut
            for one in fired(codebook, document, cut, apart.code(document, [unit]))
            for code, _ in one.rules
        }
        coded = {(coding.unit, coding.code) for coding in whole.code(document, cut)}
        inside = {
            (unit.number, SCOPE)
            for unit, within in zip(cut, whole.in_scope(document, cut), strict=True)
            if within and codebook.scope
        }
        assert coded
        assert one_by_one == coded | inside


def test_where_one_child_is_chosen_the_rules_of_the_others_have_not_fired():
    chosen = book("[{id: warn, terms: [预警]}]", choose="one")
    (one,) = seen(chosen, "预警之后复盘。")
    assert list(one.rules) == [("stage/resist", "warn")]
    assert list(seen(chosen, "事后复盘。")[0].rules) == [("stage/adapt", "learn")]


def test_a_rule_inside_the_longer_match_of_another_has_fired_too():
    nested = book("[{id: short, terms: [预警]}, {id: long, terms: [监测预警]}]")
    (one,) = seen(nested, "加强监测预警。")
    assert one.rules == {("stage/resist", "short"): ((4, 6),), ("stage/resist", "long"): ((2, 6),)}


def test_a_rule_is_counted_in_units_and_headings_and_where_it_stands_alone():
    two = book("[{id: warn, terms: [预警, 预报]}, {id: survey, terms: [排查]}]")
    work = diagnose_rules(
        two, seen(two, "预警", "预警和排查。", "再次预警，又一次预警。", "发展文旅。", headings=1)
    )
    warn, survey, learn = work.rules
    assert (warn.units, warn.headings, warn.documents, warn.alone) == (2, 1, 1, 1)
    assert (survey.units, survey.headings, survey.alone) == (1, 0, 0)
    assert (learn.units, learn.headings, learn.documents) == (0, 0, 0)


def test_words_that_never_made_their_rule_fire_are_silent():
    near = book("[{id: n, near: {first: [隐患, 风险], second: [排查, 治理], within: 4}}]")
    work = diagnose_rules(near, seen(near, "隐患排查。", "风险很大，无人对此有过认真治理。"))
    assert work.rules[0].silent == ("风险", "治理")


def test_a_word_hidden_in_a_longer_one_of_its_rule_is_not_silent():
    whole = "[{id: w, terms: [预警, 监测预警, 预报]%s}]"
    for extra, silent in [("", ("预报",)), (", words: true", ("预警", "预报"))]:
        nested = book(whole % extra)
        assert diagnose_rules(nested, seen(nested, "加强监测预警。")).rules[0].silent == silent


def test_rules_that_fire_only_together_are_told_once_and_the_one_sided_after():
    three = book(
        "[{id: a, terms: [预警]}, {id: b, terms: [监测]}, {id: c, terms: [预警系统]},"
        " {id: d, terms: [排查]}]"
    )
    texts = ["监测预警系统。"] * 5 + ["监测与预警。"] * 2 + ["排查并监测、预警。"] * 4
    told = diagnose_rules(three, seen(three, *texts)).together
    assert [(one.rule, one.other, one.units, one.other_units) for one in told] == [
        ("a", "b", 11, 11),
        ("c", "a", 5, 11),
        ("c", "b", 5, 11),
    ]
    assert [one.mutual for one in told] == [True, False, False]


def test_a_word_made_of_the_ends_of_two_others_is_found_out():
    aid = book("[{id: aid, terms: [急救, 药品安全, 应对]}]")
    work = diagnose_rules(
        aid,
        seen(
            aid,
            "提升应急救援水平。",
            "开展急救培训。",
            "组织应急救援。",
            "记录反应对象。",
            "加强食品药品安全监管。",
        ),
    )
    assert [(x.word, x.across, x.hits, x.inside, x.times) for x in work.across] == [
        ("急救", 2, 3, "应急/救援", 2),
        ("应对", 1, 1, "反应/对象", 1),
    ]
