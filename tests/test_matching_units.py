"""The benchmark of characters against words counts what it says it counts."""

import json

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score, recall_score

from benchmarks import words_or_characters
from benchmarks.words_or_characters import (
    AtBorders,
    borders,
    change,
    coded,
    draft_codebook,
    judged_matches,
    loosened,
    matched,
    measures,
    rules_of,
    scope_as_code,
    table,
    without_exclusions,
)
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.coding.coder import Coder
from wenma.language.units import units
from wenma.records import Codebook, Document, Paragraph
from wenma.reliability.gold import gold_rows
from wenma.reliability.validity import compare
from wenma.shipped import shipped


def book(rules: str, *, scope: str = "") -> Codebook:
    head = 'codebook: t\nversion: "1"\nname: {zh: 试}\n'
    asked = f"scope: {{rules: [{scope}]}}\n" if scope else ""
    return parse_codebook(f"{head}{asked}codes: [{{id: a, name: {{zh: 甲}}, rules: [{rules}]}}]")


def document(text: str) -> Document:
    return Document(id="d", text=text, paragraphs=(Paragraph(0, len(text), "body", -1),))


def evidence(coder: Coder, text: str) -> list[str]:
    """The words that made a coder code a sentence."""
    one = document(text)
    return [text[w.start : w.end] for c in coder.code(one, units(one)) for w in c.evidence]


def held(codebook: Codebook, *, lexicon: tuple[()] | None = ()) -> AtBorders:
    every = rules_of(codebook, "terms", "near", "all_of", "pattern")
    return AtBorders(codebook, every, lexicon=lexicon)


def test_a_border_is_where_a_word_begins_or_ends():
    assert borders("业务必须公开", ()) == {0, 2, 4, 6}


@pytest.mark.parametrize(
    "rule",
    [
        "{id: r, terms: [务必]}",
        "{id: r, near: {first: [务必], second: [公开]}}",
        "{id: r, all_of: [[务必], [公开]]}",
        "{id: r, pattern: 务必?}",
    ],
    ids=["terms", "near", "all_of", "pattern"],
)
def test_a_rule_held_to_borders_loses_what_lies_astride_two_words(rule):
    coders = Coder(book(rule)), held(book(rule))
    assert [bool(evidence(coder, "业务必须公开。")) for coder in coders] == [True, False]
    assert [bool(evidence(coder, "务必公开。")) for coder in coders] == [True, True]


def test_the_lexicon_moves_the_borders():
    rescue = book("{id: r, terms: [救援]}")
    assert evidence(held(rescue, lexicon=()), "参加应急救援。") == ["救援"]
    assert evidence(held(rescue, lexicon=None), "参加应急救援。") == []


def test_a_whole_word_further_off_counts_where_the_nearest_is_not_whole():
    near = book("{id: r, near: {first: [编制], second: [体制], within: 12}}")
    text = "编制团体制定的章程，完善体制。"
    assert evidence(Coder(near), text) == ["编制", "体制"]
    one = document(text)
    (coding,) = held(near).code(one, units(one))
    assert [word.start for word in coding.evidence] == [0, text.rindex("体制")]


def test_exclusions_stay_on_characters():
    # 业务必须 is no word of any segmenter, and still says that 必须 does not count.
    strict = book("{id: r, terms: [必须], not_in: [务必须]}")
    assert evidence(held(strict), "业务必须公开，必须从速。") == ["必须"]
    assert evidence(held(strict), "业务必须公开。") == []


def test_rules_that_are_not_held_match_as_they_did():
    both = book("{id: r, terms: [务必]}, {id: s, pattern: 务必}")
    coder = AtBorders(both, rules_of(both, "terms"), lexicon=())
    one = document("业务必须公开。")
    (coding,) = coder.code(one, units(one))
    assert {word.rule for word in coding.evidence} == {"s"}


def test_a_match_is_one_firing_of_a_rule_that_has_a_wording():
    rules = (
        "{id: n, near: {first: [隐患], second: [排查], within: 4}}, {id: t, terms: [救援]},"
        "{id: g, all_of: [[评估], [风险]]}, {id: h, roles: [other]}"
    )
    text = "隐患排查、隐患排查和风险评估，救援。"
    found = list(matched([Coder(book(rules))], document(text), units(document(text))))
    words = sorted((m.group, [text[a:b] for a, b in m.words]) for m in found)
    assert words == [
        ("all_of", ["风险", "评估"]),
        ("near", ["隐患", "排查"]),
        ("near", ["隐患", "排查"]),
        ("terms", ["救援"]),
    ]


def test_a_match_is_lost_inside_a_longer_word_and_astride_two():
    codebook = book("{id: r, terms: [务必, 救援]}")
    text = "业务必须公开，应急救援。"
    inside, astride = reversed(
        list(matched([Coder(codebook)], document(text), units(document(text))))
    )
    assert (inside.lost(()), inside.lost(None), inside.astride()) == (False, True, False)
    assert (astride.lost(()), astride.lost(None), astride.astride()) == (True, True, True)


SCOPED = book("{id: r, terms: [预警]}, {id: s, terms: [务必]}", scope="{id: x, terms: [灾, 洪]}")
ROWS = gold_rows(
    "\n".join(
        json.dumps(
            {"id": str(at), "document": "d", "text": text, "in_scope": scope, "codes": codes},
            ensure_ascii=False,
        )
        for at, (text, scope, codes) in enumerate(
            [
                ("发布灾害预警。", True, ["a"]),
                ("防灾业务必须公开。", True, []),
                ("洪水来前务必转移。", True, ["a"]),
                ("抢险队伍集结待命。", True, ["a"]),
                ("失业预警。", False, []),
                ("天灾无情，预警有方。", False, ["a"]),
            ]
        )
    ),
    file="gold.jsonl",
)


def test_the_scope_as_a_code_fires_where_the_scope_does():
    whole, alone = Coder(SCOPED), Coder(scope_as_code(SCOPED))
    for row in ROWS:
        one = document(row.text)
        assert whole.in_scope(one, units(one)) == [bool(alone.code(one, units(one)))]


def test_a_lost_match_is_right_where_people_gave_its_code():
    found = list(judged_matches([Coder(SCOPED), Coder(scope_as_code(SCOPED))], ROWS))
    lost = [(match.code, right) for match, right in found if match.lost(())]
    assert ("a", False) in lost  # 业务必须
    assert ("a", True) not in lost
    assert sum(match.code == "scope" for match, _ in found) == 4


def test_characters_measure_what_validate_measures():
    told = compare(SCOPED, ROWS)
    people, rules = table(ROWS, ["a", "scope"]), coded(Coder(SCOPED), ROWS, ["a", "scope"])
    assert told.scope is not None
    for column, one in enumerate([told.codes[0], told.scope]):
        precision, recall, f1 = measures(people[:, [column]], rules[:, [column]])
        assert (precision, recall, f1) == pytest.approx(
            (one.precision.value, one.recall.value, one.f1.value)
        )


def test_macro_measures_are_those_of_scikit_learn():
    drawn = np.random.default_rng(5).random((2, 40, 7)) < 0.4
    expected = [
        score(drawn[0], drawn[1], average="macro")
        for score in (precision_score, recall_score, f1_score)
    ]
    assert measures(drawn[0], drawn[1]) == pytest.approx(expected)


def test_a_change_is_after_less_before_and_lies_in_its_interval():
    people, before, after = np.random.default_rng(6).random((3, 60, 2)) < 0.5
    value, low, high = change(people, before, after)
    assert value == pytest.approx(measures(people, after)[2] - measures(people, before)[2])
    assert low < value < high
    assert change(people, before, before) == (0, 0, 0)


def test_loosened_pairs_may_stand_anywhere_in_the_sentence():
    near = book("{id: r, near: {first: [隐患], second: [排查], within: 2}}")
    text = "针对消防通道堵塞等隐患，各区连夜组织排查。"
    assert evidence(Coder(near), text) == []
    assert evidence(Coder(loosened(near)), text) == ["隐患", "排查"]


def test_without_exclusions_only_terms_lose_their_not_in():
    strict = book(
        "{id: r, terms: [预警], not_in: [失业预警]}, {id: s, pattern: 预., not_in: [失业预警]}"
    )
    bare = without_exclusions(strict)
    assert [rule.not_in for rule in bare.codes[0].rules] == [(), ("失业预警",)]


def test_the_draft_lexicon_is_read_without_its_remarks():
    text = "S1_甲: {def: 试,\n terms: [雨情, 雨情, 备份(归L2), 河道…清淤],\n exclude: [雨衣]}\n"
    (code,) = draft_codebook(text).codes
    terms, near = code.rules
    assert (code.path, terms.terms) == ("stage/resist", ("雨情", "备份"))
    assert near.near is not None
    assert evidence(Coder(draft_codebook(text)), "河道分段清淤。") == ["河道", "清淤"]


def test_the_draft_lexicon_measures_as_its_authors_wrote(shared):
    """The figures at the end of lexicon_draft.md, two digits each."""
    rows = gold_rows((shared / "gold" / "dev.jsonl").read_text("utf-8"), file="dev.jsonl")
    draft = draft_codebook((shared / "method" / "lexicon_draft.md").read_text("utf-8"))
    paths = [code.path for code in draft.codes]
    people, rules = table(rows, paths), coded(Coder(draft), rows, paths)
    each = [measures(people[:, [at]], rules[:, [at]])[2] for at in range(len(paths))]
    assert each == pytest.approx([0.34, 0.58, 0.53, 0.20, 0.24, 0.56, 0.54], abs=0.0051)
    assert round(float(measures(people, rules)[2]), 2) == 0.43


def test_the_benchmark_prints_its_tables(tmp_path, monkeypatch, capsys):
    (tmp_path / "gold").mkdir()
    (tmp_path / "method").mkdir()
    (tmp_path / "corpus").mkdir()
    texts = [
        ("汛期前完成隐患排查，发布监测预警信息。", ["stage/resist", "stance/commitment"]),
        ("组织应急救援队伍，应急业务必须公开。", ["stage/absorb", "stance/commitment"]),
        ("推动区域协同和区域合作，开展联合应急演练。", ["stage/adapt", "stance/commitment"]),
    ]
    lines = [
        {"id": str(at), "document": "d", "text": text, "in_scope": True, "codes": codes}
        for at, (text, codes) in enumerate(texts * 8)
    ]
    told = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "gold" / "dev.jsonl").write_text(told, "utf-8")
    (tmp_path / "method" / "lexicon_draft.md").write_text("S1_甲: {terms: [隐患排查]}\n", "utf-8")
    (tmp_path / "corpus" / "甲市.txt").write_text("\n".join(text for text, _ in texts), "utf-8")
    monkeypatch.setattr("sys.argv", ["words", str(tmp_path), "--look", "1"])
    words_or_characters.main()
    out = capsys.readouterr().out
    assert "all four, with lexicon" in out
    assert [line.split() for line in out.split("\n") if line.startswith("区域")][:2] == [
        ["区域合作", "1", "1", "1", "1", "1"],
        ["区域协同", "1", "1", "0", "1", "1"],
    ]


def test_no_kind_of_rule_gains_from_borders_on_the_reference_coding(shared):
    """What docs/matching.md concludes; a hundredth is less than these rows can tell apart."""
    rows = gold_rows((shared / "gold" / "dev.jsonl").read_text("utf-8"), file="dev.jsonl")
    codebook = load_codebook(shipped("codebooks") / "resilience.yaml")
    paths = [c.path for c in codebook.codes if c.dimension in ("stage", "layer") and c.depth == 2]
    people = table(rows, paths)
    before = measures(people, coded(Coder(codebook), rows, paths))[2]
    for kind in ("terms", "near", "all_of", "pattern"):
        for lexicon in ((), None):
            coder = AtBorders(codebook, rules_of(codebook, kind), lexicon=lexicon)
            assert measures(people, coded(coder, rows, paths))[2] < before + 0.01
