"""Rules meet sentences."""

from dataclasses import replace
from itertools import pairwise

import pytest

from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.coding.examples import code_sentence
from wenma.records import Document, Section, Unit

HEAD = 'codebook: t\nversion: "1"\nname: {zh: 试}\n'


def coder(rules: str, *, head: str = "") -> Coder:
    """A codebook with one code `a`, whose rules are given in flow style."""
    return Coder(
        parse_codebook(f"{HEAD}{head}codes:\n- {{id: a, name: {{zh: 甲}}, rules: [{rules}]}}")
    )


def evidence(one: Coder, sentence: str) -> list[str]:
    """The words that made code `a` fire, "rule:words"."""
    return [
        f"{word.rule}:{sentence[word.start : word.end]}"
        for coding in code_sentence(one, sentence)
        if coding.code == "a"
        for word in coding.evidence
    ]


def test_a_code_stands_once_on_a_unit_however_many_words_fire():
    one = coder("{id: r, terms: [预警, 监测]}")
    assert len(code_sentence(one, "监测、预警、监测和预警。")) == 1
    assert evidence(one, "监测、预警、监测和预警。") == ["r:监测", "r:预警", "r:监测", "r:预警"]


def test_a_longer_word_wins_over_the_shorter_one_inside_it():
    one = coder("{id: short, terms: [物资储备]}, {id: long, terms: [应急物资储备库]}")
    assert evidence(one, "建设应急物资储备库。") == ["long:应急物资储备库"]


def test_a_word_inside_its_exclusion_does_not_count_but_another_place_does():
    one = coder("{id: r, terms: [恢复], not_in: [生态恢复]}")
    assert evidence(one, "推进生态恢复。") == []
    assert evidence(one, "推进生态恢复，灾后恢复供水。") == ["r:恢复"]


def test_a_last_resort_fires_only_where_no_other_rule_of_the_code_does():
    one = coder("{id: last, terms: [预警], otherwise: true}, {id: first, terms: [监测]}")
    assert evidence(one, "监测和预警。") == ["first:监测"]
    assert evidence(one, "发布预警。") == ["last:预警"]


def test_an_exclusion_is_the_rules_own():
    one = coder("{id: r, terms: [技术], not_in: [技术人员]}, {id: people, terms: [人员]}")
    assert evidence(one, "培养技术人员。") == ["people:人员"]


def test_a_silencing_word_works_anywhere_in_the_unit():
    one = coder("{id: r, terms: [响应], not_with: [号召]}")
    assert evidence(one, "各单位积极响应国家号召。") == []
    assert evidence(one, "启动响应。") == ["r:响应"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("开展隐患全面排查。", ["r:隐患", "r:排查"]),
        ("排查各类隐患。", ["r:排查", "r:隐患"]),
        ("隐患很多，经过很长时间才排查。", []),
    ],
)
def test_near_words_in_either_order_within_their_distance(sentence, found):
    assert (
        evidence(coder("{id: r, near: {first: [隐患], second: [排查], within: 4}}"), sentence)
        == found
    )


def test_near_in_order_wants_the_first_first():
    one = coder("{id: r, near: {first: [隐患], second: [排查], within: 4, order: first}}")
    assert evidence(one, "排查隐患。") == []


def test_all_of_wants_one_of_each_group():
    one = coder("{id: r, all_of: [[灾情, 灾损], [评估]]}")
    assert evidence(one, "评估工作包括灾损。") == ["r:评估", "r:灾损"]
    assert evidence(one, "报送灾情。") == []


def test_a_pattern_gives_what_it_matched_in_code_points():
    one = coder("{id: r, pattern: '由被动.{0,4}向.{0,4}主动'}")
    assert evidence(one, "𠮷市由被动应对向主动预防转变。") == ["r:由被动应对向主动"]


def test_a_whole_word_rule_does_not_fire_inside_a_longer_word():
    one = coder("{id: r, terms: [合作], words: true}")
    assert evidence(one, "加强合作。") == ["r:合作"]
    assert evidence(one, "办好农民专业合作社。") == []


def test_a_token_pattern_sees_parts_of_speech():
    one = coder("{id: r, tokens: [[{POS: VERB}, {TEXT: {IN: [演练]}}]]}")
    assert evidence(one, "定期开展演练。") == ["r:开展演练"]
    assert evidence(one, "应急演练。") == []


def test_what_lies_inside_a_mask_is_no_evidence():
    one = coder("{id: r, terms: [救助]}", head="masks: ['《[^》]*》']\n")
    assert evidence(one, "依据《自然灾害救助条例》制定。") == []
    assert evidence(one, "依据《自然灾害救助条例》开展救助。") == ["r:救助"]


def test_outside_the_scope_only_codes_marked_everywhere_are_considered():
    one = Coder(
        parse_codebook(
            HEAD
            + "scope: {rules: [{id: s, terms: [灾]}]}\n"
            + "codes:\n- {id: a, name: {zh: 甲}, rules: [{id: r, terms: [风险]}]}\n"
            + "- {id: b, name: {zh: 乙}, everywhere: true, rules: [{id: r, terms: [风险]}]}"
        )
    )
    assert [c.code for c in code_sentence(one, "防范金融风险。")] == ["b"]
    assert [c.code for c in code_sentence(one, "防范水灾风险。")] == ["a", "b"]


def test_where_one_is_chosen_the_first_in_the_codebook_wins():
    one = Coder(
        parse_codebook(
            HEAD
            + "codes:\n- id: stance\n  name: {zh: 立场}\n  choose: one\n  codes:\n"
            + "  - {id: deficit, name: {zh: 短板}, rules: [{id: r, terms: [不足]}]}\n"
            + "  - {id: promise, name: {zh: 承诺}, rules: [{id: r, terms: [加强]}]}"
        )
    )
    assert [c.code for c in code_sentence(one, "针对不足，加强建设。")] == ["stance/deficit"]


def test_codes_may_overlap_on_the_same_words():
    one = Coder(
        parse_codebook(
            HEAD
            + "codes:\n- {id: a, name: {zh: 甲}, rules: [{id: r, terms: [预警系统]}]}\n"
            + "- {id: b, name: {zh: 乙}, rules: [{id: r, terms: [系统]}]}"
        )
    )
    assert [c.code for c in code_sentence(one, "建成预警系统。")] == ["a", "b"]


def sections() -> tuple[Document, list[Unit]]:
    text = "二、问题\n力量薄弱。\n三、任务\n建设队伍。"
    starts = [0, 5, 11, 16, len(text) + 1]
    document = Document(
        id="d",
        text=text,
        sections=(
            Section(0, 4, 10, 1, "二、", "问题", "problems", -1),
            Section(11, 15, 21, 1, "三、", "任务", "tasks", -1),
        ),
    )
    kinds = ["heading", "body", "heading", "body"]
    cut = [
        Unit(i, a, b - 1, kinds[i], i // 2, i)  # type: ignore[arg-type]
        for i, (a, b) in enumerate(pairwise(starts))
    ]
    assert [text[u.start : u.end] for u in cut] == text.split("\n")
    return document, cut


def test_a_rule_of_roles_alone_fires_on_their_units_with_the_heading_as_evidence():
    document, cut = sections()
    codings = coder("{id: r, roles: [problems], headings: false}").code(document, cut)
    assert [(c.unit, c.start, c.end) for c in codings] == [(1, 5, 10)]
    (word,) = codings[0].evidence
    assert document.text[word.start : word.end] == "二、问题"


def test_a_rule_may_be_kept_to_roles_or_out_of_them():
    document, cut = sections()
    within = coder("{id: r, terms: [薄弱, 队伍], roles: [tasks]}").code(document, cut)
    without = coder("{id: r, terms: [薄弱, 队伍], not_roles: [tasks]}").code(document, cut)
    assert [c.unit for c in within] == [3]
    assert [c.unit for c in without] == [1]


def test_a_rule_may_be_kept_under_headings_that_hold_a_word_or_out_of_them():
    document, cut = sections()
    under = coder("{id: r, terms: [薄弱, 队伍], under: [问题]}").code(document, cut)
    out = coder("{id: r, terms: [薄弱, 队伍], not_under: [问题]}").code(document, cut)
    assert [c.unit for c in under] == [1]
    assert [c.unit for c in out] == [3]


def test_a_heading_speaks_for_the_sections_below_it_too():
    document, cut = sections()
    inner = replace(document.sections[1], parent=0, level=2)
    nested = replace(document, sections=(document.sections[0], inner))
    codings = coder("{id: r, under: [问题], headings: false}").code(nested, cut)
    assert [c.unit for c in codings] == [1, 3]


def test_a_word_across_two_units_is_in_neither():
    document = Document(id="d", text="加强预\n警工作。")
    cut = [Unit(0, 0, 3, "body", -1, 0), Unit(1, 4, 8, "body", -1, 1)]
    assert coder("{id: r, pattern: '预\\s*警'}, {id: t, terms: [预警]}").code(document, cut) == []


def test_spans_are_exactly_their_excerpts_whatever_the_characters():
    text = "𠮷😀市加强预警。\n第二句也讲预警！"
    document = Document(id="d", text=text)
    cut = [Unit(0, 0, 8, "body", -1, 0), Unit(1, 9, 17, "body", -1, 1)]
    codings = coder("{id: r, terms: [预警]}").code(document, cut)
    assert [text[c.start : c.end] for c in codings] == text.split("\n")
    assert {text[e.start : e.end] for c in codings for e in c.evidence} == {"预警"}
