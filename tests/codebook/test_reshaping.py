"""The tree of a codebook is changed in its YAML, and nothing else of it is lost."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from wenma.codebook.reshaping import (
    added,
    defined,
    followed,
    merged,
    moved,
    removed,
    renamed,
    ruled,
    rules_of,
    same_rules,
    shifted,
    sound,
)
from wenma.codebook.yaml_file import parse_codebook
from wenma.codebook.yaml_nodes import parse, serialize
from wenma.errors import CodebookError
from wenma.shipped import shipped

SHIPPED = sorted(shipped("codebooks").glob("*.yaml"))
RESILIENCE = (shipped("codebooks") / "resilience.yaml").read_text(encoding="utf-8")
SMALL = """\
# 小编码本
codebook: small
version: "1.6"  # 第六版
name: {zh: 小编码本}
codes:
  # 环节
  - id: stage
    name: {zh: 环节, en: Stage}  # 一个维度
    definition: >-
      甲乙
      丙丁
    # 各环节
    codes:
      - {id: resist, name: {zh: 抵御}, rules: [{id: warn, terms: [预警]}], examples: [加强预警]}
      # 冲击到来之后
      - id: absorb
        name:
          zh: 吸收
        rules:  # 由来已久
          # 救人
          - id: warn
            terms: [救援,
                    物资]
        examples: [加强预警, 救援物资]
  - id: layer
    name: {zh: 层面}
    codes:
    - id: people
      name: {zh: 主体}
# 完
"""
TWINS = SMALL.replace("people", "absorb")


def paths(text: str) -> list[str]:
    return [code.path for code in parse_codebook(text).codes]


def rules(text: str) -> Counter:
    return Counter(repr(rule) for code in parse_codebook(text).codes for rule in code.rules)


def comments(text: str) -> Counter:
    return Counter(re.findall(r"(?:^|\s)#\s.*", text, flags=re.M))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: p.stem)
def test_a_codebook_taken_apart_goes_together_as_it_was(file: Path):
    text = file.read_text(encoding="utf-8")
    assert serialize(parse(text)) == text


def test_a_code_is_renamed_with_all_under_it_and_only_its_lines_change():
    new = renamed(SMALL, "stage", id="phase", zh="阶段")
    assert new.paths == {
        "stage": "phase", "stage/resist": "phase/resist", "stage/absorb": "phase/absorb"
    }  # fmt: skip
    before, after = SMALL.splitlines(), new.text.splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ('version: "1.6"  # 第六版', 'version: "1.7"  # 第六版'),
        ("  - id: stage", "  - id: phase"),
        (
            "    name: {zh: 环节, en: Stage}  # 一个维度",
            "    name: {zh: 阶段, en: Stage}  # 一个维度",
        ),
    ]


def test_a_code_moves_with_the_comment_above_it():
    new = moved(SMALL, "stage/absorb", "layer/people", where="before")
    assert new.paths == {"stage/absorb": "layer/absorb"}
    assert paths(new.text) == ["stage", "stage/resist", "layer", "layer/absorb", "layer/people"]
    assert "    codes:\n    # 冲击到来之后\n    - id: absorb\n      name:\n" in new.text
    assert comments(new.text) == comments(SMALL)


def test_a_code_is_moved_to_the_top_and_among_its_siblings():
    top = moved(SMALL, "stage/resist", "")
    assert paths(top.text)[-1] == "resist" and top.paths == {"stage/resist": "resist"}
    among = moved(SMALL, "stage/resist", "stage/absorb", where="after")
    assert paths(among.text)[1:3] == ["stage/absorb", "stage/resist"] and among.paths == {}


def test_a_code_without_codes_takes_one_in():
    new = moved(SMALL, "layer/people", "stage/resist")
    assert "stage/resist/people" in paths(new.text)
    assert new.paths == {"layer/people": "stage/resist/people"}
    assert rules(new.text) == rules(SMALL)


def test_a_merged_code_gives_rules_and_sentences_and_ids_stay_unique():
    new = merged(SMALL, "stage/absorb", "stage/resist")
    assert new.paths == {"stage/absorb": "stage/resist"}
    code = next(one for one in parse_codebook(new.text).codes if one.path == "stage/resist")
    assert [(rule.id, rule.terms) for rule in code.rules] == [
        ("warn", ("预警",)), ("warn-2", ("救援", "物资"))
    ]  # fmt: skip
    assert code.examples == ("加强预警", "救援物资")
    assert "# 救人" in new.text


def test_what_is_an_example_of_one_is_no_near_miss_of_the_two():
    text = SMALL.replace(
        "examples: [加强预警, 救援物资]",
        "examples: [救援物资]\n        near_misses: [加强预警, 甲]",
    )
    for path, into in (("stage/absorb", "stage/resist"), ("stage/resist", "stage/absorb")):
        code = next(
            one for one in parse_codebook(merged(text, path, into).text).codes if one.path == into
        )
        assert set(code.examples) == {"加强预警", "救援物资"} and code.near_misses == ("甲",)


def test_the_codes_under_a_merged_code_go_with_it():
    text = SMALL.replace("- id: people", "- id: resist")
    new = merged(text, "stage", "layer")
    assert new.paths == {
        "stage": "layer", "stage/resist": "layer/resist-2", "stage/absorb": "layer/absorb"
    }  # fmt: skip
    assert paths(new.text) == ["layer", "layer/resist", "layer/resist-2", "layer/absorb"]
    up = merged(SMALL, "stage/absorb", "stage")
    assert rules(up.text) == rules(SMALL) and up.paths == {"stage/absorb": "stage"}


def test_a_new_code_is_added_and_another_goes():
    new = added(SMALL, id="learn", zh="学习：甲", en="Learn", under="stage")
    assert [one.zh for one in parse_codebook(new.text).codes if one.path == "stage/learn"] == [
        "学习：甲"
    ]
    assert new.paths == {}
    gone = removed(new.text, "stage/resist")
    assert gone.paths == {"stage/resist": ""} and "stage/resist" not in paths(gone.text)
    assert parse_codebook(gone.text).version == "1.8"
    last = removed(SMALL, "layer/people")
    assert paths(last.text)[-1] == "layer"


def test_what_a_code_means_is_written_and_what_stands_is_left_alone():
    same = defined(SMALL, "stage", definition="甲乙 丙丁")
    assert same.text == SMALL.replace("1.6", "1.7")
    new = defined(
        SMALL, "stage", definition="一：甲\n\n二：#乙", when=["说到：甲", ""], when_not=["- 乙"]
    )
    code = parse_codebook(new.text).codes[0]
    assert code.definition == "一：甲\n\n二：#乙"
    assert (code.when, code.when_not) == (("说到：甲",), ("- 乙",))
    empty = defined(new.text, "stage", definition="", when=[], when_not=[])
    assert parse_codebook(empty.text).codes[0].definition == ""
    assert "when" not in empty.text and comments(empty.text) == comments(SMALL)


def test_an_index_follows_a_renamed_dimension():
    text = (shipped("codebooks") / "pmc.yaml").read_text(encoding="utf-8")
    old = parse_codebook(text)
    first = old.index.variables[0]
    new = sound(renamed(text, first, id="renamed").text)
    assert new.index.variables == ("renamed", *old.index.variables[1:])
    assert new.index.surface == tuple("renamed" if x == first else x for x in old.index.surface)
    with pytest.raises(CodebookError, match="not a code at the top"):
        removed(text, first)


@pytest.mark.parametrize(
    ("act", "said", "zh"),
    [
        (lambda: moved(SMALL, "stage", "stage/resist"), "lies under", "之下"),
        (lambda: moved(SMALL, "stage", "stage"), "into itself", "自身"),
        (lambda: moved(SMALL, "stage", "stage/resist", where="after"), "lies under", "之下"),
        (lambda: merged(SMALL, "stage", "stage"), "into itself", "自身"),
        (lambda: merged(SMALL, "stage", "stage/resist"), "lies under", "之下"),
        (lambda: renamed(SMALL, "stage", zh="名" * 10_000), "'zh' is too long", "太长"),
        (lambda: added(SMALL, id="x" * 10_000, zh="名"), "'id' is too long", "太长"),
        (lambda: added(SMALL, id="a b", zh="名"), "letters, digits", "字母"),
        (lambda: added(SMALL, id="x", zh=" "), "'zh' is empty", "空"),
        (lambda: renamed(SMALL, "stage/resist", id="absorb"), "in that place already", "该处"),
        (lambda: moved(TWINS, "stage/absorb", "layer"), "or merge the two", "合并"),
        (lambda: removed(SMALL, "stage/nothing"), "no code", "没有编码"),
        (lambda: removed(removed(SMALL, "layer").text, "stage"), "only code", "只剩"),
        (lambda: moved(SMALL.replace("codes:", "cods:"), "a", "b"), "'codes' is missing", "补上"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_cure_in_both_languages(act, said, zh):
    with pytest.raises(CodebookError, match=said) as refused:
        act()
    assert refused.value.cure
    assert zh in refused.value.said("zh") and refused.value.said("en") == str(refused.value)


def test_changes_one_after_the_other_are_told_as_one():
    one = renamed(SMALL, "stage", id="phase")
    two = moved(one.text, "phase/resist", "layer")
    three = removed(two.text, "phase/absorb")
    both = followed(followed(one.paths, two.paths), three.paths)
    assert both == {"stage": "phase", "stage/resist": "layer/resist", "stage/absorb": ""}
    back = renamed(one.text, "phase", id="stage")
    assert followed(one.paths, back.paths) == {}


def test_a_new_code_of_an_old_name_is_another():
    away = renamed(SMALL, "layer", id="level")
    new = added(away.text, id="layer", zh="新")
    again = renamed(new.text, "layer", id="sheet")
    assert followed(followed(away.paths, new.paths), again.paths)["layer"] == "level"


ANY = st.integers(0, 1_000)
SIGNS = "甲乙ab：#-'\"{}[]\\,&*!|>%@ \n\t\x85\u2028𠀀"
IDS = st.from_regex(r"[a-z0-9_甲][a-z0-9_甲-]{0,8}", fullmatch=True)
PROSE = st.text(st.sampled_from(SIGNS), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([SMALL, *(f.read_text(encoding="utf-8") for f in SHIPPED[:1])]), ANY, ANY,
       st.sampled_from(["into", "before", "after"]))  # fmt: skip
def test_a_moved_code_keeps_every_rule_and_comment(text, which, where_to, where):
    every = paths(text)
    path, to = every[which % len(every)], every[where_to % len(every)]
    try:
        new = moved(text, path, to, where=where)
    except CodebookError as error:
        assert error.cure
        return
    assert rules(new.text) == rules(text) and comments(new.text) == comments(text)
    assert sorted(new.paths.get(one, one) for one in every) == sorted(paths(new.text))
    old = {one.path: one for one in parse_codebook(text).codes}
    for code in parse_codebook(new.text).codes:
        was = next(o for p, o in old.items() if new.paths.get(p, p) == code.path)
        assert (code.zh, code.definition, code.when, code.when_not, code.examples) == (
            was.zh, was.definition, was.when, was.when_not, was.examples
        )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ANY, IDS, PROSE, PROSE)
def test_a_renamed_and_defined_code_says_what_was_typed(which, id, zh, definition):
    every = paths(SMALL)
    path = every[which % len(every)]
    try:
        new = renamed(SMALL, path, id=id, zh=zh)
    except CodebookError:
        assert not zh.strip() or id in {one.rpartition("/")[2] for one in every}
        return
    now = new.paths.get(path, path)
    text = defined(new.text, now, definition=definition, when=[definition]).text
    code = next(one for one in parse_codebook(text).codes if one.path == now)
    assert code.zh == zh.strip() and rules(text) == rules(SMALL)
    assert code.definition == definition.strip()
    assert list(code.when) == [one for one in [definition.strip()] if one]
    text = defined(text, now, examples=[], near_misses=[zh, zh]).text
    code = next(one for one in parse_codebook(text).codes if one.path == now)
    assert code.examples == () and code.near_misses == (zh.strip(), zh.strip())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHIPPED), ANY, ANY)
def test_merging_loses_no_rule_and_no_sentence(file, which, target):
    text = file.read_text(encoding="utf-8")
    every = paths(text)
    path, into = every[which % len(every)], every[target % len(every)]
    try:
        new = merged(text, path, into)
    except CodebookError as error:
        assert error.cure
        return
    assert set(new.paths.values()) <= set(paths(new.text)) and path not in paths(new.text)

    def said(text):
        codes = parse_codebook(text).codes
        return {one for code in codes for one in (*code.examples, *code.near_misses, *code.when)}

    def terms(text):
        codes = parse_codebook(text).codes
        return {(rule.terms, rule.near, rule.pattern) for code in codes for rule in code.rules}

    assert said(new.text) == said(text) and terms(new.text) == terms(text)


def test_a_move_on_the_large_codebook_is_quick():
    moved(RESILIENCE, "stage/absorb", "stage/resist", where="before")  # the libraries are loaded
    times = []
    for path in ("stage/resist", "stage/recover", "stage/adapt"):
        start = time.process_time()
        moved(RESILIENCE, path, "layer")
        times.append(time.process_time() - start)
    assert min(times) < 0.5


def test_every_code_keeps_its_colour_wherever_it_goes():
    def colours(text):
        return {code.path.rpartition("/")[2]: code.colour for code in parse_codebook(text).codes}

    new = moved(SMALL, "stage/absorb", "layer", where="after")
    assert colours(new.text) == colours(SMALL)
    assert colours(removed(RESILIENCE, "stage/absorb").text).items() <= colours(RESILIENCE).items()


def test_a_code_goes_one_place_up_down_in_and_out():
    assert paths(shifted(SMALL, "stage/absorb", "up").text)[1:3] == ["stage/absorb", "stage/resist"]
    assert paths(shifted(SMALL, "stage", "down").text)[:2] == ["layer", "layer/people"]
    assert shifted(SMALL, "stage/absorb", "in").paths == {"stage/absorb": "stage/resist/absorb"}
    out = shifted(SMALL, "stage/resist", "out")
    assert paths(out.text)[:3] == ["stage", "stage/absorb", "resist"]
    for path, step in (("stage", "up"), ("stage", "out"), ("layer", "down"), ("stage", "in")):
        with pytest.raises(CodebookError, match="further there"):
            shifted(SMALL, path, step)


def test_rules_are_written_as_their_yaml():
    text = rules_of(SMALL, "stage/absorb")
    assert text == "# 救人\n- id: warn\n  terms: [救援,\n          物资]"
    assert same_rules(SMALL, "stage/absorb", f"{text}\n") and rules_of(SMALL, "stage") == ""
    new = ruled(SMALL, "stage/absorb", text.replace("物资]", "物资, 抢险]"))
    code = next(one for one in parse_codebook(new.text).codes if one.path == "stage/absorb")
    assert code.rules[0].terms == ("救援", "物资", "抢险") and "# 救人" in new.text
    assert parse_codebook(ruled(SMALL, "stage", "- {id: a, terms: [环节]}").text).codes[0].rules
    assert not parse_codebook(ruled(SMALL, "stage/resist", " ").text).codes[1].rules
    for wrong in ("terms: [救援]", "- id: a\n terms", "- {id: a}"):
        with pytest.raises(CodebookError) as refused:
            ruled(SMALL, "stage", wrong)
        assert refused.value.cure or "matches nothing" in str(refused.value)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: p.stem)
def test_the_rules_of_every_shipped_code_can_be_written_back(file: Path):
    text = file.read_text(encoding="utf-8")
    for code in parse_codebook(text).codes:
        assert yaml.safe_load(rules_of(text, code.path) or "[]") is not None
    code = max(parse_codebook(text).codes, key=lambda one: len(one.rules))
    assert rules(ruled(text, code.path, rules_of(text, code.path)).text) == rules(text)
