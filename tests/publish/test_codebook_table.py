"""The codebook as an appendix: every part of every code, and what changed since."""

from pathlib import Path

import docx
import pytest

from wenma.cli.main import main
from wenma.codebook.yaml_file import load_codebook, parse_codebook
from wenma.publish.codebook_table import codebook_table, rule_wording
from wenma.publish.table_files import table_content
from wenma.records import Near, Rule
from wenma.shipped import shipped

OLD = """\
codebook: flood
version: "1.0"
name: {zh: 城市洪涝, en: Urban flooding}
source: 我们的研究设计
author: 林一、周二
date: "2026-03-01"
masks: ['《[^》]{1,9}》']
scope: {definition: 涉及洪涝。, rules: [{id: about, terms: [洪涝]}]}
codes:
  - id: stage
    name: {zh: 环节, en: Stage}
    codes:
      - id: resist
        name: {zh: 抵御, en: Resist}
        definition: 洪涝之前的举措。
        when: [监测预警]
        when_not: [救援的准备]
        examples: [洪涝前监测预警。]
        near_misses: [金融预警。]
        source: §2.3
        rules:
          - {id: warning, terms: [监测预警, 预报], not_with: [金融], headings: false}
          - {id: checked, near: {first: [隐患], second: [排查, 治理], within: 12}}
"""
NEW = (
    OLD.replace('"1.0"', '"1.1"')
    .replace("[监测预警, 预报]", "[监测预警]")
    .replace("date: ", "changes: 预报过宽，删去。\ndate: ")
)


def cells(printed, panel=0):
    one = printed.panels[panel]
    return [dict(zip(one.head, (cell.text for cell in row), strict=True)) for row in one.rows]


def test_every_part_of_a_code_is_printed():
    scope, stage, resist = cells(codebook_table(parse_codebook(OLD)))
    assert scope["定义"] == "涉及洪涝。" and scope["指示词"] == "about：洪涝"
    assert stage["编码"] == "环节" and stage["指示词"] == ""
    assert resist == {
        "编码": "抵御",
        "定义": "洪涝之前的举措。",
        "何时用": "监测预警",
        "何时不用": "救援的准备",
        "指示词": "warning：监测预警、预报；checked：［隐患］与［排查、治理］相距 12 字以内",
        "排除": "warning：同句有则不计 金融，不计标题",
        "例句": "洪涝前监测预警。",
        "近似而不编码的例句": "金融预警。",
        "出处": "§2.3",
    }


def test_author_date_version_and_masks_stand_below():
    printed = codebook_table(parse_codebook(OLD))
    for told in ("flood 1.0", "作者 林一、周二", "日期 2026-03-01", "SHA-256"):
        assert told in printed.basis
    assert any("《[^》]{1,9}》" in note for note in printed.notes)
    plain = parse_codebook(OLD.replace('author: 林一、周二\ndate: "2026-03-01"\n', ""))
    basis = codebook_table(plain, kept="2026-04-02", language="en").basis
    assert "author not stated; date not stated; in the project since 2026-04-02" in basis


def test_what_changed_since_the_version_before_is_a_table_of_its_own():
    printed = codebook_table(parse_codebook(NEW), parse_codebook(OLD))
    assert printed.panels[1].group == "与 1.0 版相比"
    (change,) = cells(printed, 1)
    assert (change["编码"], change["变化"], change["所改之处"]) == (
        "抵御", "须重新编码", "rules ~warning",
    )  # fmt: skip
    assert "本版改动：预报过宽，删去。" in printed.notes
    same = codebook_table(parse_codebook(OLD), parse_codebook(OLD))
    assert cells(same, 1)[0]["编码"] == "没有变化"


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (Rule("r", pattern="预.警"), "正则 预.警", "pattern 预.警"),
        (
            Rule("r", all_of=(("甲",), ("乙", "丙"))),
            "［甲］与［乙、丙］同句",
            "［甲］ and ［乙、丙］",
        ),
        (Rule("r", near=Near(("甲",), ("乙",), 5, True)), "相距 5 字以内", "within 5 characters"),
        (Rule("r", roles=("goals",)), "该处各单元", "every unit there"),
    ],
)
def test_each_way_of_matching_is_told(rule, zh, en):
    assert zh in rule_wording(rule, "zh") and en in rule_wording(rule, "en")


def test_the_command_prints_the_codebook_with_its_changes_for_word(tmp_path: Path, capsys):
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    out = tmp_path / "编码手册.docx"
    told = ["check", str(tmp_path / "new.yaml"), "--against", str(tmp_path / "old.yaml")]
    assert main([*told, "--output", str(out), "--language", "zh"]) == 0
    document = docx.Document(str(out))
    words = "\n".join(cell.text for table in document.tables for row in table.rows
                      for cell in row.cells)  # fmt: skip
    assert "监测预警" in words and "须重新编码" in words and "救援的准备" in words
    capsys.readouterr()


def test_the_shipped_codebook_is_printed_whole_in_every_format():
    book = load_codebook(shipped("codebooks") / "resilience.yaml")
    printed = codebook_table(book)
    assert len(printed.panels[0].rows) == len(book.codes) + 1  # and the scope
    for form in ("md", "tex", "docx", "xlsx"):
        assert table_content(printed, form)
