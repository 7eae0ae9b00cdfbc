"""Ordinal scales in a codebook: what is kept, what every mistake is told as, what editing keeps."""

import json

import jsonschema
import pytest

from wenma.codebook.editing import (
    add_code,
    cached_codebook,
    define_code,
    merge_code,
    move_code,
    remove_code,
    rename_code,
    shift_code,
)
from wenma.codebook.schema import json_schema
from wenma.codebook.versions import compare_versions
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import CodebookError
from wenma.records import Product, Scale, Scoring

SCALES = """\
codebook: strength
version: "1.0"
name: {zh: 强度, en: Strength}
products:
  - id: whole
    name: {zh: 政策效力, en: Policy strength}
    factors: [[force], [text/aim, text/means]]  # p (g + m)
codes:
  - id: force
    name: {zh: 力度}
    scale: ordinal  # one to three
    codes:
      - {id: law, name: {zh: 法律}, score: 3}
      - {id: rule, name: {zh: 办法}, score: 2}
      - {id: notice, name: {zh: 通知}, score: 1}
  - id: text
    name: {zh: 文本}
    codes:
      - id: aim
        name: {zh: 目标}
        scale: ordinal
        score_of: unit
        several: mean
        codes:
          - {id: vague, name: {zh: 宽泛}, score: 1}
          - {id: exact, name: {zh: 量化}, score: 2.5}
      - id: means
        name: {zh: 措施}
        scale: ordinal
        several: sum
        absent: 0
        codes:
          - {id: soft, name: {zh: 鼓励}, score: 1}
          - {id: hard, name: {zh: 强制}, score: 3}
"""


def changed(old: str, new: str) -> list[tuple[str, str, str]]:
    found = compare_versions(parse_codebook(old), parse_codebook(new))
    return [(one.code, one.what, one.detail) for one in found]


def test_a_scale_is_kept_with_its_points_from_the_lowest_to_the_highest():
    book = parse_codebook(SCALES)
    assert book.scales == (
        Scale(
            "force",
            (("force/notice", 1), ("force/rule", 2), ("force/law", 3)),
            Scoring("document", "highest", None),
        ),
        Scale(
            "text/aim",
            (("text/aim/vague", 1), ("text/aim/exact", 2.5)),
            Scoring("unit", "mean", None),
        ),
        Scale(
            "text/means",
            (("text/means/soft", 1), ("text/means/hard", 3)),
            Scoring("document", "sum", 0),
        ),
    )
    assert book.products == (
        Product("whole", "政策效力", "Policy strength", (("force",), ("text/aim", "text/means"))),
    )


def test_the_published_schema_takes_scales_and_products():
    import yaml

    judge = jsonschema.Draft202012Validator(json.loads(json_schema()))
    assert judge.is_valid(yaml.safe_load(SCALES))
    for old, new in (("ordinal", "nominal"), ("score: 3", "score: 高"), ("[[force]", "[force")):
        assert not judge.is_valid(yaml.safe_load(SCALES.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("change", "line", "said", "zh"),
    [
        (("法律}, score: 3", "法律}"), 13, "has no score. Write", "没有 score"),
        (("score: 2}", "score: 3}"), 14, "'rule' has the score 3, as 'law' has", "分值同为 3"),
        (("score: 2}", "score: '2'}"), 14, "should be a number", "应是数"),
        (("score: 2}", "score: true}"), 14, "should be a number", "应是数"),
        (("score: 2}", "score: .nan}"), 14, "'score'", "score"),
        (("score: 2}", "score: 9999}"), 14, "It is at most 1000", "至多 1000"),
        (("    scale: ordinal  #", "    #"), 13, "above it is no scale. Add", "却不是量表"),
        (("scale: ordinal  #", "scale: interval  #"), 11, "It is one of 'ordinal'", "ordinal"),
        (("    several: sum", "    several: max"), 30, "'highest', 'mean' or 'sum'", "highest"),
        (("        scale: ordinal\n        several: sum\n", ""), 29, "is no scale", "却不是量表"),
        (("scale: ordinal  #", "scales: ordinal #"), 11, "Did you mean 'scale'?", "scale"),
        (("[[force],", "[[farce],"), 7, "is no scale. Did you mean 'force'?", "是否想写“force”"),
        (("[[force],", "[[text],"), 7, "'text', which is no scale", "不是量表"),
        (("text/means]]", "force]]"), 7, "names 'force' twice. Delete one", "出现了两次"),
        (("[[force], [text/aim, text/means]]", "[]"), 7, "'factors' is empty", "空"),
        (("[[force], [text/aim, text/means]]", "force"), 7, "should be a list", "列表"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_a_cure_in_both_languages(change, line, said, zh):
    wrong = SCALES.replace(*change, 1)
    assert wrong != SCALES
    with pytest.raises(CodebookError) as caught:
        parse_codebook(wrong, file="c.yaml")
    assert str(caught.value).startswith(f"c.yaml, line {line}: "), caught.value
    assert said in str(caught.value) and zh in caught.value.zh


def test_a_scale_needs_two_points():
    only = SCALES.replace("      - {id: rule, name: {zh: 办法}, score: 2}\n", "")
    assert len(parse_codebook(only).scales[0].points) == 2
    with pytest.raises(CodebookError, match="has 1 of the 2 points it needs"):
        parse_codebook(only.replace("      - {id: notice, name: {zh: 通知}, score: 1}\n", ""))


def test_a_score_at_the_top_and_a_product_without_scales_are_refused():
    top = SCALES.replace("    name: {zh: 文本}\n", "    name: {zh: 文本}\n    score: 1\n")
    with pytest.raises(CodebookError, match="there is no scale above it"):
        parse_codebook(top)
    twice = SCALES.replace(
        "codes:\n", "  - {id: whole, name: {zh: 又}, factors: [[force]]}\ncodes:\n", 1
    )
    with pytest.raises(CodebookError, match="two products are called 'whole'"):
        parse_codebook(twice)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("score: 2}", "score: 2.5}", ("force/rule", "rescored", "score 2 → 2.5")),
        ("several: sum", "several: mean", ("text/means", "rescored", "several sum → mean")),
        ("        absent: 0\n", "", ("text/means", "rescored", "absent 0 → —")),
        ("aim, text/means]]", "aim], [text/means]]", ("", "rescored", "products ~whole")),
        ("id: whole", "id: all", ("", "rescored", "products +all -whole")),
    ],
)
def test_another_score_is_a_change_that_asks_for_no_new_coding(old, new, told):
    assert changed(SCALES, SCALES.replace(old, new, 1)) == [told]


def test_a_scale_that_comes_or_goes_is_told():
    plain = SCALES[: SCALES.index("products:")] + SCALES[SCALES.index("codes:\n") :]
    without = plain.replace(
        "        scale: ordinal\n        score_of: unit\n        several: mean\n", "", 1
    )
    for point in ("宽泛}, score: 1", "量化}, score: 2.5"):
        without = without.replace(point, point.partition(",")[0], 1)
    assert changed(plain, without) == [
        ("text/aim", "rescored", "scale removed"),
        ("text/aim/vague", "rescored", "score 1 → —"),
        ("text/aim/exact", "rescored", "score 2.5 → —"),
    ]


def test_editing_in_place_keeps_scales_scores_products_and_their_comments():
    new = define_code(SCALES, "force/law", definition="法律与条例")
    assert cached_codebook(new.text).scales == parse_codebook(SCALES).scales
    assert "# one to three" in new.text and "# p (g + m)" in new.text
    down = shift_code(new.text, "force/law", "down")
    assert cached_codebook(down.text).scales == parse_codebook(SCALES).scales


def test_a_product_follows_a_scale_that_is_renamed_or_moved():
    renamed = rename_code(SCALES, "force", id="power")
    assert cached_codebook(renamed.text).products[0].factors[0] == ("power",)
    parent = rename_code(renamed.text, "text", id="wording")
    book = cached_codebook(parent.text)
    assert book.products[0].factors == (("power",), ("wording/aim", "wording/means"))
    moved = move_code(parent.text, "wording/aim", "")
    assert cached_codebook(moved.text).products[0].factors[1] == ("aim", "wording/means")
    assert "# p (g + m)" in moved.text
    found = compare_versions(
        cached_codebook(parent.text), cached_codebook(moved.text), paths=moved.paths
    )
    assert "rescored" not in {one.what for one in found}


def test_a_code_that_comes_under_a_scale_gets_the_next_score_and_one_that_leaves_has_none():
    added = add_code(SCALES, id="constitution", zh="宪法", under="force")
    assert cached_codebook(added.text).scales[0].points[-1] == ("force/constitution", 4)
    out = move_code(added.text, "force/constitution", "text")
    assert cached_codebook(out.text).code("text/constitution").score is None
    back = move_code(out.text, "text/constitution", "force")
    assert cached_codebook(back.text).code("force/constitution").score == 4


def test_an_act_that_would_break_a_scale_is_refused_with_a_cure():
    two = remove_code(SCALES, "force/rule").text
    with pytest.raises(CodebookError, match="1 of the 2 points"):
        merge_code(two, "force/law", "force/notice")
    with pytest.raises(CodebookError, match="a product names 'force', which is no scale"):
        remove_code(SCALES, "force")
