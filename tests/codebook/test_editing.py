"""The tree of a codebook is changed in its YAML, and nothing else of it is lost."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wenma.codebook.editing import (
    add_code,
    add_sentence,
    cached_codebook,
    define_code,
    follow_paths,
    merge_code,
    move_code,
    remove_code,
    rename_code,
    same_written_rules,
    shift_code,
    write_rules,
    written_rules,
)
from wenma.codebook.versions import compare_versions
from wenma.codebook.yaml_nodes import parse, serialize
from wenma.errors import CodebookError
from wenma.shipped import shipped
from wenma.sources.cleaning import tidied

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
    return [code.path for code in cached_codebook(text).codes]


def rules(text: str) -> Counter:
    return Counter(repr(rule) for code in cached_codebook(text).codes for rule in code.rules)


def comments(text: str) -> Counter:
    return Counter(re.findall(r"(?:^|\s)#\s.*", text, flags=re.M))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: p.stem)
def test_a_codebook_taken_apart_goes_together_as_it_was(file: Path):
    text = file.read_text(encoding="utf-8")
    assert serialize(parse(text)) == text


def test_a_code_is_renamed_with_all_under_it_and_only_its_lines_change():
    new = rename_code(SMALL, "stage", id="phase", zh="阶段")
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
    new = move_code(SMALL, "stage/absorb", "layer/people", where="before")
    assert new.paths == {"stage/absorb": "layer/absorb"}
    assert paths(new.text) == ["stage", "stage/resist", "layer", "layer/absorb", "layer/people"]
    assert "    codes:\n    # 冲击到来之后\n    - id: absorb\n      name:\n" in new.text
    assert comments(new.text) == comments(SMALL)


def test_a_code_is_moved_to_the_top_and_among_its_siblings():
    top = move_code(SMALL, "stage/resist", "")
    assert paths(top.text)[-1] == "resist" and top.paths == {"stage/resist": "resist"}
    among = move_code(SMALL, "stage/resist", "stage/absorb", where="after")
    assert paths(among.text)[1:3] == ["stage/absorb", "stage/resist"] and among.paths == {}


def test_a_code_without_codes_takes_one_in():
    new = move_code(SMALL, "layer/people", "stage/resist")
    assert "stage/resist/people" in paths(new.text)
    assert new.paths == {"layer/people": "stage/resist/people"}
    assert rules(new.text) == rules(SMALL)


def test_a_merged_code_gives_rules_and_sentences_and_ids_stay_unique():
    new = merge_code(SMALL, "stage/absorb", "stage/resist")
    assert new.paths == {"stage/absorb": "stage/resist"}
    code = next(one for one in cached_codebook(new.text).codes if one.path == "stage/resist")
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
            one
            for one in cached_codebook(merge_code(text, path, into).text).codes
            if one.path == into
        )
        assert set(code.examples) == {"加强预警", "救援物资"} and code.near_misses == ("甲",)


def test_the_codes_under_a_merged_code_go_with_it():
    text = SMALL.replace("- id: people", "- id: resist")
    new = merge_code(text, "stage", "layer")
    assert new.paths == {
        "stage": "layer", "stage/resist": "layer/resist-2", "stage/absorb": "layer/absorb"
    }  # fmt: skip
    assert paths(new.text) == ["layer", "layer/resist", "layer/resist-2", "layer/absorb"]
    up = merge_code(SMALL, "stage/absorb", "stage")
    assert rules(up.text) == rules(SMALL) and up.paths == {"stage/absorb": "stage"}


def test_a_new_code_is_added_and_another_goes():
    new = add_code(SMALL, id="learn", zh="学习：甲", en="Learn", under="stage")
    assert [one.zh for one in cached_codebook(new.text).codes if one.path == "stage/learn"] == [
        "学习：甲"
    ]
    assert new.paths == {}
    gone = remove_code(new.text, "stage/resist")
    assert gone.paths == {"stage/resist": ""} and "stage/resist" not in paths(gone.text)
    assert cached_codebook(gone.text).version == "1.8"
    last = remove_code(SMALL, "layer/people")
    assert paths(last.text)[-1] == "layer"


def test_what_a_code_means_is_written_and_what_stands_is_left_alone():
    same = define_code(SMALL, "stage", definition="甲乙 丙丁")
    assert same.text == SMALL.replace("1.6", "1.7")
    new = define_code(
        SMALL, "stage", definition="一：甲\n\n二：#乙", when=["说到：甲", ""], when_not=["- 乙"]
    )
    code = cached_codebook(new.text).codes[0]
    assert code.definition == "一：甲\n\n二：#乙"
    assert (code.when, code.when_not) == (("说到：甲",), ("- 乙",))
    empty = define_code(new.text, "stage", definition="", when=[], when_not=[])
    assert cached_codebook(empty.text).codes[0].definition == ""
    assert "when" not in empty.text and comments(empty.text) == comments(SMALL)


def test_an_index_follows_a_renamed_dimension():
    text = (shipped("codebooks") / "pmc.yaml").read_text(encoding="utf-8")
    old = cached_codebook(text)
    first = old.index.variables[0]
    new = cached_codebook(rename_code(text, first, id="renamed").text)
    assert new.index.variables == ("renamed", *old.index.variables[1:])
    assert new.index.surface == tuple("renamed" if x == first else x for x in old.index.surface)
    with pytest.raises(CodebookError, match="not a code at the top"):
        remove_code(text, first)


@pytest.mark.parametrize(
    ("act", "said", "zh"),
    [
        (lambda: move_code(SMALL, "stage", "stage/resist"), "lies under", "之下"),
        (lambda: move_code(SMALL, "stage", "stage"), "into itself", "自身"),
        (lambda: move_code(SMALL, "stage", "stage/resist", where="after"), "lies under", "之下"),
        (lambda: merge_code(SMALL, "stage", "stage"), "into itself", "自身"),
        (lambda: merge_code(SMALL, "stage", "stage/resist"), "lies under", "之下"),
        (lambda: rename_code(SMALL, "stage", zh="名" * 10_000), "'zh' is too long", "太长"),
        (lambda: add_code(SMALL, id="x" * 10_000, zh="名"), "'id' is too long", "太长"),
        (lambda: add_code(SMALL, id="a b", zh="名"), "letters, digits", "字母"),
        (lambda: add_code(SMALL, id="x", zh=" "), "'zh' is empty", "空"),
        (lambda: rename_code(SMALL, "stage/resist", id="absorb"), "in that place already", "该处"),
        (lambda: move_code(TWINS, "stage/absorb", "layer"), "or merge the two", "合并"),
        (lambda: remove_code(SMALL, "stage/nothing"), "no code", "没有编码"),
        (lambda: remove_code(remove_code(SMALL, "layer").text, "stage"), "only code", "只剩"),
        (lambda: move_code(SMALL.replace("codes:", "cods:"), "a", "b"), "'codes' is miss", "补上"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_cure_in_both_languages(act, said, zh):
    with pytest.raises(CodebookError, match=said) as refused:
        act()
    assert refused.value.cure
    assert zh in refused.value.said("zh") and refused.value.said("en") == str(refused.value)


def test_changes_one_after_the_other_are_told_as_one():
    one = rename_code(SMALL, "stage", id="phase")
    two = move_code(one.text, "phase/resist", "layer")
    three = remove_code(two.text, "phase/absorb")
    both = follow_paths(follow_paths(one.paths, two.paths), three.paths)
    assert both == {"stage": "phase", "stage/resist": "layer/resist", "stage/absorb": ""}
    back = rename_code(one.text, "phase", id="stage")
    assert follow_paths(one.paths, back.paths) == {}


def test_a_new_code_of_an_old_name_is_another():
    away = rename_code(SMALL, "layer", id="level")
    new = add_code(away.text, id="layer", zh="新")
    again = rename_code(new.text, "layer", id="sheet")
    assert follow_paths(follow_paths(away.paths, new.paths), again.paths)["layer"] == "level"


ANY = st.integers(0, 1_000)
SIGNS = "甲乙ab：#-'\"{}[]\\,&*!|>%@ \n\t\x85\u2028𠀀"
IDS = st.from_regex(r"[a-z0-9_甲][a-z0-9_甲-]{0,8}", fullmatch=True)
PROSE = st.text(st.sampled_from(SIGNS), max_size=20)


@settings(max_examples=60)
@given(st.sampled_from([SMALL, *(f.read_text(encoding="utf-8") for f in SHIPPED[:1])]), ANY, ANY,
       st.sampled_from(["into", "before", "after"]))  # fmt: skip
def test_a_moved_code_keeps_every_rule_and_comment(text, which, where_to, where):
    every = paths(text)
    path, to = every[which % len(every)], every[where_to % len(every)]
    try:
        new = move_code(text, path, to, where=where)
    except CodebookError as error:
        assert error.cure
        return
    assert rules(new.text) == rules(text) and comments(new.text) == comments(text)
    assert sorted(new.paths.get(one, one) for one in every) == sorted(paths(new.text))
    old = {one.path: one for one in cached_codebook(text).codes}
    for code in cached_codebook(new.text).codes:
        was = next(o for p, o in old.items() if new.paths.get(p, p) == code.path)
        assert (code.zh, code.definition, code.when, code.when_not, code.examples) == (
            was.zh, was.definition, was.when, was.when_not, was.examples
        )  # fmt: skip


@settings(max_examples=60)
@given(ANY, IDS, PROSE, PROSE)
def test_a_renamed_and_defined_code_says_what_was_typed(which, id, zh, definition):
    every = paths(SMALL)
    path = every[which % len(every)]
    try:
        new = rename_code(SMALL, path, id=id, zh=zh)
    except CodebookError:
        assert not zh.strip() or id in {one.rpartition("/")[2] for one in every}
        return
    now = new.paths.get(path, path)
    text = define_code(new.text, now, definition=definition, when=[definition]).text
    code = next(one for one in cached_codebook(text).codes if one.path == now)
    assert code.zh == zh.strip() and rules(text) == rules(SMALL)
    assert code.definition == definition.strip()
    assert list(code.when) == [one for one in [definition.strip()] if one]
    text = define_code(text, now, examples=[], near_misses=[zh, zh]).text
    code = next(one for one in cached_codebook(text).codes if one.path == now)
    assert code.examples == () and code.near_misses == (tidied(zh).strip(),) * 2


@settings(max_examples=40)
@given(st.sampled_from(SHIPPED), ANY, ANY)
def test_merging_loses_no_rule_and_no_sentence(file, which, target):
    text = file.read_text(encoding="utf-8")
    every = paths(text)
    path, into = every[which % len(every)], every[target % len(every)]
    try:
        new = merge_code(text, path, into)
    except CodebookError as error:
        assert error.cure
        return
    assert set(new.paths.values()) <= set(paths(new.text)) and path not in paths(new.text)

    def said(text):
        codes = cached_codebook(text).codes
        return {one for code in codes for one in (*code.examples, *code.near_misses, *code.when)}

    def terms(text):
        codes = cached_codebook(text).codes
        return {(rule.terms, rule.near, rule.pattern) for code in codes for rule in code.rules}

    assert said(new.text) == said(text) and terms(new.text) == terms(text)


def test_a_move_on_the_large_codebook_is_quick():
    move_code(
        RESILIENCE, "stage/absorb", "stage/resist", where="before"
    )  # the libraries are loaded
    times = []
    for path in ("stage/resist", "stage/recover", "stage/adapt"):
        start = time.process_time()
        move_code(RESILIENCE, path, "layer")
        times.append(time.process_time() - start)
    assert min(times) < 0.5


def test_every_code_keeps_its_colour_wherever_it_goes():
    def colours(text):
        return {code.path.rpartition("/")[2]: code.colour for code in cached_codebook(text).codes}

    new = move_code(SMALL, "stage/absorb", "layer", where="after")
    assert colours(new.text) == colours(SMALL)
    assert (
        colours(remove_code(RESILIENCE, "stage/absorb").text).items() <= colours(RESILIENCE).items()
    )


def test_a_code_goes_one_place_up_down_in_and_out():
    assert paths(shift_code(SMALL, "stage/absorb", "up").text)[1:3] == [
        "stage/absorb",
        "stage/resist",
    ]
    assert paths(shift_code(SMALL, "stage", "down").text)[:2] == ["layer", "layer/people"]
    assert shift_code(SMALL, "stage/absorb", "in").paths == {"stage/absorb": "stage/resist/absorb"}
    out = shift_code(SMALL, "stage/resist", "out")
    assert paths(out.text)[:3] == ["stage", "stage/absorb", "resist"]
    for path, step in (("stage", "up"), ("stage", "out"), ("layer", "down"), ("stage", "in")):
        with pytest.raises(CodebookError, match="further there"):
            shift_code(SMALL, path, step)


def test_rules_are_written_as_their_yaml():
    text = written_rules(SMALL, "stage/absorb")
    assert text == "# 救人\n- id: warn\n  terms: [救援,\n          物资]"
    assert (
        same_written_rules(SMALL, "stage/absorb", f"{text}\n")
        and written_rules(SMALL, "stage") == ""
    )
    new = write_rules(SMALL, "stage/absorb", text.replace("物资]", "物资, 抢险]"))
    code = next(one for one in cached_codebook(new.text).codes if one.path == "stage/absorb")
    assert code.rules[0].terms == ("救援", "物资", "抢险") and "# 救人" in new.text
    assert (
        cached_codebook(write_rules(SMALL, "stage", "- {id: a, terms: [环节]}").text).codes[0].rules
    )
    assert not cached_codebook(write_rules(SMALL, "stage/resist", " ").text).codes[1].rules
    for wrong in ("terms: [救援]", "- id: a\n terms", "- {id: a}"):
        with pytest.raises(CodebookError) as refused:
            write_rules(SMALL, "stage", wrong)
        assert refused.value.cure or "matches nothing" in str(refused.value)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: p.stem)
def test_the_rules_of_every_shipped_code_can_be_written_back(file: Path):
    text = file.read_text(encoding="utf-8")
    for code in cached_codebook(text).codes:
        assert yaml.safe_load(written_rules(text, code.path) or "[]") is not None
    code = max(cached_codebook(text).codes, key=lambda one: len(one.rules))
    assert rules(write_rules(text, code.path, written_rules(text, code.path)).text) == rules(text)


SENTENCE = "各单位要“积极响应”国家号召: # 不是编码"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: p.stem)
@pytest.mark.parametrize("kind", ["examples", "near_misses"])
def test_every_code_of_the_shipped_codebooks_takes_a_sentence(file: Path, kind):
    text = file.read_text(encoding="utf-8")
    old = cached_codebook(text)
    for code in old.codes:
        new = cached_codebook(add_sentence(text, code.path, kind, SENTENCE).text)
        assert getattr(new.code(code.path), kind)[-1] == SENTENCE
        assert [(one.code, one.what) for one in compare_versions(old, new)] == [
            (code.path, "examples")
        ]


def test_a_sentence_more_is_one_line_more_and_every_other_stays():
    new = add_sentence(RESILIENCE, "stage/absorb", "near_misses", "吸收社会资本。").text
    before, after = RESILIENCE.splitlines(), new.splitlines()
    assert len(after) == len(before) + 1
    version, line = (one for one in after if one not in before)
    assert version.startswith("version: ") and line.strip() == '- "吸收社会资本。"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    examples: []\n", '    examples: ["新。"]\n'),
        ("    examples: [甲。, 乙。,]  # 自拟\n", '    examples: [甲。, 乙。, "新。",]  # 自拟\n'),
        ("    examples:\n    - 甲。  # 拟\n", '    examples:\n    - 甲。  # 拟\n    - "新。"\n'),
        ("    examples:\n      - >-\n        甲\n        乙\n    # 注\n    source: 丙\n",
         '    examples:\n      - >-\n        甲\n        乙\n      - "新。"\n    # 注\n'
         "    source: 丙\n"),
        ("    rules: [{id: r, terms: [甲]}]\n",
         '    examples:\n      - "新。"\n    rules: [{id: r, terms: [甲]}]\n'),
    ],
)  # fmt: skip
def test_a_list_grows_in_the_layout_it_has(before, after):
    head = 'codebook: a\nversion: "{}"\nname: {{zh: 甲}}\ncodes:\n  - id: x\n    name: {{zh: 乙}}\n'
    new = add_sentence(head.format(1) + before, "x", "examples", " 新。")
    assert new.text == head.format(2) + after and new.paths == {}


def test_a_sentence_that_stands_there_and_a_code_that_does_not_are_told():
    with pytest.raises(CodebookError, match="no code") as refused:
        add_sentence(SMALL, "stage/nothing", "examples", "甲。")
    assert "没有编码" in refused.value.said("zh")
    once = add_sentence(SMALL, "stage/absorb", "examples", "5G 覆盖。").text
    with pytest.raises(CodebookError, match="already"):  # tidied, it is the same sentence
        add_sentence(once, "stage/absorb", "examples", "５Ｇ 覆盖。")


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ('"1.9"', '"1.10"'),
        ("'1.10'", "'1.11'"),
        ("2-a", "2-a.1"),
        ('"2"', '"3"'),
        ("1.2.9", "1.2.10"),
    ],
)
def test_the_next_version_keeps_its_quotes(written, after):
    text = SMALL.replace('"1.6"', written)
    new = move_code(text, "layer", "stage", where="before").text
    assert f"version: {after}  # 第六版\n" in new
    assert cached_codebook(new).version == after.strip("'\"")
    # Whichever act it is, the version after it is the same.
    assert f"version: {after}  #" in add_sentence(text, "stage", "examples", "甲。").text


def test_a_version_that_would_be_read_as_a_number_gets_quotes():
    new = rename_code(SMALL.replace('"1.6"', "1-a"), "stage", zh="甲", version="2.0").text
    assert 'version: "2.0"  #' in new
