"""Each rule held against a reference coding."""

import json
import math

import pytest
from scipy.stats import fisher_exact

from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.reliability.gold import GoldRow, gold_rows
from wenma.reliability.rule_diagnostics import SCOPE
from wenma.reliability.rule_precision import judge_rows, near_words, precisions
from wenma.reliability.validity import compare
from wenma.shipped import shipped

BOOK = """\
codebook: t
version: "1"
name: {zh: 试}
%scodes:
  - id: stage
    name: {zh: 环节}
    codes:
      - id: resist
        name: {zh: 抵御}
        rules:
          - {id: warn, terms: [预警]}
          - {id: survey, terms: [排查]}
          - {id: idle, terms: [设防]}
      - id: adapt
        name: {zh: 适应}
        rules: [{id: learn, terms: [复盘]}]
"""
JUDGED = parse_codebook(BOOK % "")


def gold(*rows: tuple[str, list[str]]) -> list[GoldRow]:
    lines = [
        {"id": str(n), "document": "d", "text": text, "in_scope": bool(codes), "codes": codes}
        for n, (text, codes) in enumerate(rows)
    ]
    return gold_rows("\n".join(json.dumps(line) for line in lines), file="g.jsonl")


RESIST = ["stage/resist"]
ROWS = gold(
    ("灾害预警。", RESIST),
    ("灾害预警和排查。", RESIST),
    ("专利预警。", []),
    ("贸易预警。", []),
    ("专利排查与贸易预警。", []),
    ("隐患排查。", RESIST),
)


def test_precision_counts_the_rows_on_which_each_rule_was_right():
    warn, survey, idle, learn = precisions(JUDGED, judge_rows(JUDGED, ROWS))
    assert (warn.right, warn.judged, warn.precision) == (2, 5, 2 / 5)
    assert (warn.wrong_alone, warn.right_alone) == (2, 1)
    assert (survey.right, survey.judged, survey.precision) == (2, 3, 2 / 3)
    assert (survey.wrong_alone, survey.right_alone) == (0, 1)
    assert math.isnan(idle.precision) and idle.reason == "fired on no row"
    assert math.isnan(learn.precision) and learn.reason == "the code is never given"


def test_rules_of_the_scope_are_judged_by_what_people_said_is_in_it():
    scoped = parse_codebook(BOOK % "scope: {rules: [{id: s, terms: [预警]}]}\n")
    scope, warn, *_ = precisions(scoped, judge_rows(scoped, ROWS))
    assert (scope.code, scope.right, scope.judged) == (SCOPE, 2, 5)
    assert (warn.right, warn.judged) == (2, 5)


def test_all_rules_of_a_code_together_find_what_validity_says_the_code_finds():
    rows = judge_rows(JUDGED, ROWS)
    (code,) = compare(JUDGED, ROWS).codes
    hit = [row for row in rows if any(path == code.code for path, _ in row.fired.rules)]
    assert len(hit) == code.found
    assert sum(code.code in row.codes for row in hit) / len(hit) == code.precision.value


def test_a_word_near_false_alarms_has_the_p_of_fishers_exact_test():
    words = {one.word: one for one in near_words(judge_rows(JUDGED, ROWS))}
    patent, trade = words["专利"], words["贸易"]
    assert (patent.wrong, patent.all_wrong, patent.right, patent.all_right) == (2, 3, 0, 3)
    expected = fisher_exact([[2, 1], [0, 3]], alternative="greater").pvalue
    assert patent.p == trade.p == pytest.approx(expected)


def test_words_come_with_the_surest_first_and_without_stop_words():
    rows = judge_rows(
        JUDGED,
        gold(
            *[("专利预警平台。", [])] * 3,
            ("贸易预警平台。", []),
            ("贸易预警。", []),
            *[("河道预警平台。", RESIST)] * 2,
            *[("河道预警。", RESIST)] * 4,
        ),
    )
    assert [one.word for one in near_words(rows)] == ["专利", "平台", "贸易"]
    assert [one.word for one in near_words(rows, stop_words={"专利"})] == ["平台", "贸易"]


def test_a_word_of_one_false_alarm_or_of_a_code_never_right_is_not_told():
    once = judge_rows(JUDGED, gold(("专利预警。", []), ("灾害预警。", RESIST)))
    assert near_words(once) == []
    never = judge_rows(JUDGED, gold(*[("专利预警。", [])] * 3, ("加固堤防。", RESIST)))
    assert near_words(never) == []


def test_the_shipped_codebook_is_watched_on_the_real_reference(shared):
    codebook = load_codebook(shipped("codebooks") / "resilience.yaml")
    text = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8")
    rows = gold_rows(text, file="dev.jsonl")
    seen = judge_rows(codebook, rows)
    for code in compare(codebook, rows).codes:
        hit = [row for row in seen if any(path == code.code for path, _ in row.fired.rules)]
        assert len(hit) == code.found
        assert sum(code.code in row.codes for row in hit) == round(
            code.precision.value * code.found
        )
