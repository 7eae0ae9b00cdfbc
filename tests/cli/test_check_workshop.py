"""wenma check on texts: what a writer of codebooks reads, and what is kept."""

import csv
import json
from pathlib import Path
from unicodedata import east_asian_width

import pandas as pd
import pytest

from wenma.cli.main import main

BOOK = """\
codebook: flood
version: "2"
name: {zh: 洪涝}
codes:
  - id: stage
    name: {zh: 环节}
    codes:
      - id: resist
        name: {zh: 抵御}
        definition: 灾前的防范
        examples: [加强监测预警。]
        near_misses: [发展文旅。]
        rules:
          - {id: warn, terms: [预警, 监测预警, 预报]}
          - {id: aid, terms: [急救]}
          - {id: watch, terms: [监测]}
          - {id: idle, terms: [设防]}
"""

TEXT = """\
加强灾害监测预警。
完善洪水监测预警系统。
健全汛情监测预警机制。
开展水位监测预警。
做好雨情监测预警。
组织应急救援演习。
"""

ROWS = [
    ("加强灾害监测预警。", ["stage/resist"]),
    ("完善洪水监测预警系统。", ["stage/resist"]),
    ("加强专利预警。", []),
    ("发布失业预警。", []),
    ("健全专利预警平台。", []),
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a codebook, a corpus of one plan and a reference coding."""
    monkeypatch.chdir(tmp_path)
    Path("book.yaml").write_text(BOOK, encoding="utf-8")
    Path("plans").mkdir()
    Path("plans/甲.txt").write_text(TEXT, encoding="utf-8")
    lines = [
        {"id": n, "document": "d", "text": text, "in_scope": True, "codes": codes}
        for n, (text, codes) in enumerate(ROWS)
    ]
    Path("gold.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def told(*more: str) -> dict:
    return json.loads(printed(*more, "--format", "json"))


def printed(*more: str) -> str:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["check", "book.yaml", *more]) == 0
    return out.getvalue()


def test_rules_of_poor_precision_and_the_words_near_their_false_alarms_come_first(desk):
    out = printed("--corpus", "plans", "--gold", "gold.jsonl")
    lines = out.split("\n")
    assert lines[2] == "on the 5 rows of gold.jsonl, which judge 2 of 4 rules:"
    assert lines[4] == "1 rule of a precision below 0.70"
    assert (
        lines[6].split()
        == "2 5 0.40 [0.12, 0.77] stage/resist: warn 3 wrong, 0 right fewer".split()
    )
    assert out.index("precision below") < out.index("on 1 document") < out.index("wording to look")


def test_rules_that_never_fire_only_together_and_across_words_are_told(desk):
    out = printed("--corpus", "plans")
    assert "1 rule never fired\nstage/resist: idle\n" in out
    assert "and of the other rules 1 word never counted" in out  # 预报
    assert "stage/resist: warn and watch always (5 units)" in out
    assert "    1   1  急救  应急/救援 (1)  stage/resist: aid" in out
    assert "line 8, stage/resist: warn: 预警 already finds 监测预警" in out
    assert "precision" not in out


def test_without_texts_the_wording_alone_is_looked_at(desk):
    out = printed()
    assert "wording to look at in book.yaml\n\nwords that a shorter one already finds" in out
    assert "(1)\nline 8, stage/resist: warn: 预警 already finds 监测预警" in out
    assert "never fired" not in out


def test_columns_stand_under_one_another_whatever_the_script(desk):
    Path("book.yaml").write_text(BOOK.replace("id: aid", "id: 急救规则"), encoding="utf-8")
    rows = [("平战转换与专利预警。", []), ("平战转换与贸易预警。", []), ("安全专利预警。", [])]
    rows += [(f"第{n}次灾害预警、急救。", ["stage/resist"]) for n in "一二三四五六七八九"]
    lines = [
        {"id": n, "document": "d", "text": text, "in_scope": True, "codes": codes}
        for n, (text, codes) in enumerate(rows)
    ]
    Path("gold.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out = printed("--gold", "gold.jsonl").split("\n")
    head = next(
        at for at, line in enumerate(out) if line.split() == "wrong right p word code".split()
    )
    table = [line for line in out[head : head + 4] if line]
    assert len(table) >= 3

    def column_of_code(line: str) -> int:
        before = line[: line.rindex(line.split()[-1])]
        return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in before)

    assert len({column_of_code(line) for line in table}) == 1


def test_a_long_list_is_cut_and_says_how_much_more_there_is(desk):
    many = "".join(f"          - {{id: idle-{n}, terms: [某词{n}号]}}\n" for n in range(20))
    Path("book.yaml").write_text(BOOK + many, encoding="utf-8")
    out = printed("--corpus", "plans")
    assert "21 rules never fired" in out
    assert out.count(": idle") == 15
    assert "\nand 6 more\n" in out
    idle = [row for row in told("--corpus", "plans")["rules"] if not row["units"]]
    assert len(idle) == 21


def test_the_log_has_a_row_for_each_rule_and_leaves_empty_what_is_not_defined(desk):
    printed("--corpus", "plans", "--gold", "gold.jsonl", "--log", "log.csv")
    text = Path("log.csv").read_text(encoding="utf-8-sig")
    rows = {row["rule"]: row for row in csv.DictReader(text.splitlines())}
    assert list(rows) == ["warn", "aid", "watch", "idle"]
    assert rows["warn"]["codebook"] == "rules:flood@2"
    assert [rows["warn"][x] for x in ("right", "judged", "precision")] == ["2", "5", "0.4"]
    assert [rows["warn"][x] for x in ("units", "documents", "alone")] == ["5", "1", "0"]
    assert rows["warn"]["silent"] == "「预报」"
    assert (rows["idle"]["precision"], rows["idle"]["reason"]) == ("", "fired on no row")
    printed("--corpus", "plans", "--log", "log.csv")
    only = next(csv.DictReader(Path("log.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (only["judged"], only["units"]) == ("", "5")


def test_json_holds_every_list_and_null_for_what_was_not_asked(desk):
    whole = told("--corpus", "plans", "--gold", "gold.jsonl", "--against", "book.yaml")
    assert whole["codebook"] == "rules:flood@2"
    assert (whole["documents"], whole["units"], whole["left_out"]) == (1, 6, [])
    assert (whole["examples"], whole["changes"]) == ([], [])
    assert whole["rules"][3]["precision"] is None
    assert [one["word"] for one in whole["near_words"]] == ["预警", "专利"]
    bare = told()
    assert [bare[x] for x in ("changes", "near_words", "documents", "across")] == [None] * 4
    assert bare["wording"][0]["kind"] == "found already"


def test_a_project_gives_the_same_as_the_folder_it_was_made_from(desk, capsys):
    code = ["code", "plans", "--codebook", "book.yaml", "--project", "study.db"]
    assert main([*code, "--format", "json"]) == 0
    assert told("--corpus", "study.db") == told("--corpus", "plans")


def test_a_projects_own_units_are_kept(desk, capsys):
    code = ["code", "plans", "--codebook", "book.yaml", "--project", "study.db"]
    assert main([*code, "--unit", "section", "--format", "json"]) == 0
    assert told("--corpus", "study.db")["units"] < told("--corpus", "plans")["units"]


def test_what_cannot_be_read_is_left_out_and_named(desk):
    Path("plans/乙.txt").write_bytes(b"")
    Path("plans/丙.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    out = printed("--corpus", "plans")
    assert "on 1 document" in out
    assert "丙.doc" in out and "乙.txt: is empty" in out


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (["--log", "log.csv"], 2, "Add --corpus FOLDER or --gold FILE.jsonl."),
        (["--corpus", "nowhere"], 1, "there is no such file or folder"),
        (["--corpus", "study.txt.mp3"], 1, "nothing here can be read"),
        (["--gold", "nowhere.jsonl"], 1, "is not there"),
        (["--corpus", "plans", "--log", "no/log.csv"], 1, "cannot be written"),
    ],
)
def test_a_slip_is_one_line(desk, capsys, given, status, said):
    Path("study.txt.mp3").write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(["check", "book.yaml", *given]) == status
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1


def test_warnings_never_change_the_exit_code_and_failing_examples_do(desk, capsys):
    Path("book.yaml").write_text(BOOK.replace("[发展文旅。]", "[专利预警。]"), encoding="utf-8")
    assert main(["check", "book.yaml", "--corpus", "plans", "--gold", "gold.jsonl"]) == 1
    assert "near miss is coded: 专利预警。" in capsys.readouterr().out


RIVALS = """\
codebook: abroad
version: "1.10"
name: {zh: 对外}
codes:
  - id: region
    name: {zh: 地区}
    codes:
      - id: south
        name: {zh: 南亚}
        rules: [{id: names, terms: [印度, 5g]}]
      - id: islands
        name: {zh: 海岛}
        rules: [{id: names, terms: [印度尼西亚, 港口，码头]}]
"""


def test_rival_terms_lists_in_one_term_and_other_spellings_are_told_without_a_corpus(desk):
    Path("book.yaml").write_text(RIVALS.replace("海岛}", "海岛}  # 5G"), encoding="utf-8")
    out = printed()
    assert (
        "\nline 8, region/south: names: 印度 stands inside 印度尼西亚 (region/islands: names)\n"
        in out
    )
    assert "names: 港口，码头 is one word of terms; a list is written [港口, 码头]" in out
    assert "both fired" not in out and "5G" not in out
    (overlap,) = told()["overlaps"]
    assert (overlap["term"], overlap["longer"], overlap["times"]) == ("印度", "印度尼西亚", None)


def test_on_a_corpus_it_is_told_how_often_both_fired_and_what_is_spelled_otherwise(desk):
    Path("book.yaml").write_text(RIVALS, encoding="utf-8")
    text = "印度尼西亚与印度合作。\n\n印度尼西亚、印度尼西亚建设5G，5G和5g。\n"
    Path("plans/甲.txt").write_text(text, encoding="utf-8")
    out = printed("--corpus", "plans")
    (row,) = [line.split() for line in out.split("\n") if line.strip().startswith("3  印度")]
    assert row == "3 印度 region/south: names 印度尼西亚 region/islands: names".split()
    assert "5g does not find 5G, which stands 2 times in the texts" in out
    whole = told("--corpus", "plans")
    assert [one["times"] for one in whole["overlaps"]] == [3]
    assert [(one["variant"], one["times"]) for one in whole["variants"]] == [("5G", 2)]


def test_the_warnings_of_a_shipped_codebook_fit_on_a_screen(capsys):
    from wenma.shipped import shipped

    for book in sorted(shipped("codebooks").glob("*.yaml")):
        assert main(["check", str(book)]) == 0
        out = capsys.readouterr().out
        assert "words that can never count" not in out
        assert len(out.split("\n")) <= 40


def test_the_shipped_codebook_on_the_real_corpus(shared, tmp_path: Path, capsys):
    from wenma.shipped import shipped

    book = str(shipped("codebooks") / "resilience.yaml")
    given = ["--corpus", str(shared / "corpus" / "plan_emergency"), "--format", "json"]
    assert main(["check", book, *given, "--gold", str(shared / "gold" / "dev.jsonl")]) == 0
    result = json.loads(capsys.readouterr().out)
    judged = [row for row in result["rules"] if row["judged"]]
    assert len(judged) > 100
    assert all(row["low"] <= row["precision"] <= row["high"] for row in judged)
    assert all(row["alone"] <= row["units"] for row in result["rules"])


def test_the_log_kept_beside_the_codebook_is_what_its_rules_do_now(shared, tmp_path: Path):
    from wenma.shipped import shipped

    book = shipped("codebooks") / "resilience.yaml"
    given = ["--corpus", str(shared / "corpus"), "--gold", str(shared / "gold" / "dev.jsonl")]
    assert main(["check", str(book), *given, "--log", str(tmp_path / "log.csv")]) == 0
    kept, now = (
        pd.read_csv(path).drop(columns="reference")
        for path in (book.with_suffix(".rules.csv"), tmp_path / "log.csv")
    )
    pd.testing.assert_frame_equal(kept, now)
