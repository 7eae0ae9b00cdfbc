"""The command line speaks Chinese and English: help, refusals, errors, summaries."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wenma.cli import messages
from wenma.cli.main import COMMANDS, main, parser
from wenma.cli.messages import Parser, locale_language, named_language, refusal, speaking
from wenma.publish.figures import CHARTS
from wenma.queries.table import NAMES
from wenma.shipped import shipped

HAN = re.compile("[\u4e00-\u9fff]")
CODEBOOK = str(shipped("codebooks") / "resilience.yaml")


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A text, and a project in which it is coded: nothing here changes it."""
    folder = tmp_path_factory.mktemp("coded")
    text, file = folder / "甲.txt", folder / "study.db"
    text.write_text("一、任务\n加强灾害监测预警。\n", encoding="utf-8")
    assert main(["code", str(text), "--codebook", CODEBOOK, "--project", str(file)]) == 0
    return str(text), str(file)


@pytest.fixture
def sample(coded: tuple[str, str]) -> str:
    return coded[1]


def every_parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parser of every command, query, figure and kind of export, as ``--help`` meets it."""
    met: list[argparse.ArgumentParser] = []
    monkeypatch.setattr(Parser, "print_help", lambda self, file=None: met.append(self))
    asked = [[name] for name in COMMANDS]
    asked += [["query", "a.db", name] for name in NAMES]
    asked += [["figure", "a.db", name] for name in CHARTS]
    asked += [["export", "a.db", f"a{ending}"] for ending in (".zip", ".graphml")]
    asked += [["kwic", "a.db", "韧性"], []]
    for words in asked:
        with pytest.raises(SystemExit):
            main(["--language", "zh", *words, "--help"])
        yield " ".join(words), met.pop()


def test_every_help_text_of_every_command_query_and_figure_is_in_chinese(monkeypatch):
    english = []
    for name, one in every_parser(monkeypatch):
        if not HAN.search(one.description or ""):
            english.append(f"{name}: {one.description}")
        for action in one._actions:
            if action.help not in (None, argparse.SUPPRESS) and not HAN.search(str(action.help)):
                # A choice of forms may need no words: FILE.db or an address.
                english.append(f"{name} {action.dest}: {action.help}")
        for group in one._action_groups:
            assert HAN.search(group.title or ""), f"{name}: {group.title}"
        with speaking("zh"):
            assert one.format_usage().startswith("用法：")
    assert english == []


def test_the_list_of_commands_is_in_chinese(capsys):
    with pytest.raises(SystemExit):
        main(["--language", "zh", "--help"])
    shown = capsys.readouterr().out
    for name in COMMANDS:
        (line,) = re.findall(rf"^    {name} +(\S.*(?:\n {{20,}}\S.*)*)", shown, flags=re.M)
        assert HAN.search(line), line
    assert "usage" not in shown and "options" not in shown


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (["code"], "缺少参数：PATH, --project"),
        (["nonsense"], "没有“nonsense”，可选："),
        (["history", "a.db", "--most", "x"], "参数 --most：“x”不是整数"),
        (["history", "a.db", "--nonsense"], "不认识的参数：--nonsense"),
        (["history", "a.db", "--most"], "参数 --most：后面需要一个值"),
        (["assign", "a.db", "--task", "t", "--people"], "参数 --people：后面至少需要一个值"),
        (["assign", "a.db", "--task", "t", "--people", "a", "--rarest", "x"], "“x”不是数"),
        (["query", "a.db", "documents", "--format", "x"], "参数 --format：没有“x”，可选："),
        (["cases", "a.db", "--list", "--clear"], "参数 --clear：不能与 --list 同用"),
        (["query", "a.db", "frequency", "--headings=1"], "参数 --headings：不接受值“1”"),
    ],
)
def test_wrong_usage_is_refused_in_chinese(arguments: list[str], chinese: str, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--language", "zh", *arguments])
    shown = capsys.readouterr().err
    assert stop.value.code == 2
    assert chinese in shown
    assert shown.startswith("用法：") and "error" not in shown


def test_what_argparse_says_otherwise_is_in_chinese_too():
    with speaking("zh"):
        said = [
            refusal("ambiguous option: --co could match --coder, --codebook"),
            refusal("argument --a: not allowed with argument --b"),
            refusal("argument --a: expected 2 arguments"),
            refusal("argument COMMAND: invalid choice: 'x', maybe you meant 'y'? (choose from y)"),
        ]
    assert said == [
        "--co 不明确，可能是：--coder, --codebook",
        "参数 --a：不能与 --b 同用",
        "参数 --a：后面需要 2 个值",
        "参数 COMMAND：没有“x”，可选：y",
    ]


ERRORS = [
    ["code", "nowhere", "--codebook", CODEBOOK, "--project", "new.db"],
    ["code", "PROJECT", "--codebook", CODEBOOK, "--project", "new.db"],
    ["code", "PROJECT", "--project", "new.db"],
    ["code", "PROJECT", "--codebook", "nowhere.yaml", "--project", "new.db"],
    ["code", "PROJECT", "--codebook", CODEBOOK, "--project", "new.db", "--jobs", "0"],
    ["fetch", "nowhere.csv"],
    ["audit", "nowhere.db"],
    ["audit", "PROJECT"],
    ["audit", "PROJECT", "--people", "林一", "--per-code", "0"],
    ["app", "nowhere.db"],
    ["app", "--port", "0"],
    ["check"],
    ["check", "nowhere.yaml"],
    ["check", CODEBOOK, "--log", "a.csv"],
    ["check", CODEBOOK, "--corpus", "PROJECT.txt"],
    ["recode", "nowhere.db", "--codebook", CODEBOOK],
    ["recode", "PROJECT", "--codebook", CODEBOOK, "--carry", "x"],
    ["recode", "PROJECT", "--codebook", CODEBOOK, "--carry", "a=b"],
    ["validate", "--codebook", CODEBOOK, "--gold", "nowhere.jsonl"],
    ["validate", "--codebook", CODEBOOK, "--gold", CODEBOOK],
    ["documents", "nowhere.db"],
    ["documents", "PROJECT", "--set", "city", "--document", "甲.txt", "--person", "林一"],
    ["documents", "PROJECT", "--set", "city=上海", "--person", "林一"],
    ["documents", "PROJECT", "--set", "city=上海", "--document", "甲.txt"],
    ["documents", "PROJECT", "--set", "year=丙", "--document", "甲.txt", "--person", "林一"],
    ["documents", "PROJECT", "--document", "乙.txt"],
    ["documents", "PROJECT", "--undo", "--person", "林一"],
    ["cases", "PROJECT", "--names", "上海", "--person", "林一"],
    ["cases", "PROJECT", "--attribute", "city", "--names", "上海"],
    ["cases", "PROJECT", "--attribute", "city", "--person", "林一"],
    ["cases", "PROJECT", "--names", "上海", "--list"],
    ["cases", "PROJECT", "--clear"],
    ["query", "nowhere.db", "frequency"],
    ["query", "PROJECT", "nonsense"],
    ["query", "PROJECT", "frequency", "--where", "city"],
    ["query", "PROJECT", "frequency", "--where", "nonsense=1"],
    ["query", "PROJECT", "agreement"],
    ["query", "PROJECT", "excerpts", "--code", "nonsense"],
    ["query", "PROJECT", "frequency", "--output", "a.nonsense"],
    ["query", "PROJECT", "frequency", "--format", "xlsx"],
    ["query", "PROJECT", "frequency", "--coder", "nobody"],
    ["claim", "nowhere.db", "抵御 > 吸收"],
    ["claim", "PROJECT", "抵御 ≥ 吸收"],
    ["claim", "PROJECT", "抵御 > 吸引"],
    ["claim", "PROJECT", "抵御 > 吸收", "--output", "card.nonsense"],
    ["kwic", "PROJECT", "(", "--regex"],
    ["figure", "PROJECT", "nonsense"],
    ["figure", "PROJECT", "frequency_bars", "--output", "a.nonsense"],
    ["figure", "PROJECT", "frequency_bars", "--output", "a.svg", "--width", "0"],
    ["report", "PROJECT", "--output", "a.nonsense"],
    ["export", "PROJECT", "a.nonsense"],
    ["export", "PROJECT", "a.graphml", "--threshold", "nan"],
    ["assign", "PROJECT", "--task", "t", "--people", "甲", "--rarest", "2"],
    ["assign", "PROJECT", "--task", "t", "--people", "甲", "--units", "0"],
    ["history", "PROJECT", "--most", "0"],
    ["copy", "nowhere.db", "new.db"],
    ["copy", "PROJECT", "PROJECT"],
    ["demo", "PROJECT/a"],
]


def name_of(error: list[str]) -> str:
    return " ".join(error).replace(CODEBOOK, "CODEBOOK")


@pytest.mark.parametrize("arguments", ERRORS, ids=name_of)
def test_the_usual_errors_are_one_line_in_each_language(
    arguments: list[str], sample: str, tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    words = [one.replace("PROJECT", sample) for one in arguments]
    lines = {}
    for language in ("zh", "en"):
        assert main(["--language", language, *words]) in (1, 2)
        shown = capsys.readouterr().err
        (lines[language],) = shown.splitlines()
        assert lines[language].startswith("wenma: ")
    assert lines["zh"] != lines["en"]
    mine = lines["zh"].replace(sample, "")
    assert HAN.search(mine), mine
    foreign = lines["en"].replace(sample, "")
    assert not re.search("[，。；]", foreign), foreign


def test_every_usual_command_has_an_error_that_is_tried():
    assert {one[0] for one in ERRORS} == set(COMMANDS)


def test_what_a_command_did_is_told_in_chinese(coded, tmp_path: Path, capsys):
    text, sample = coded
    told = {}
    for name, words in {
        "code": ["code", text, "--codebook", CODEBOOK, "--project", str(tmp_path / "b.db")],
        "again": ["code", text, "--codebook", CODEBOOK, "--project", sample],
        "recode": ["recode", sample, "--codebook", CODEBOOK, "--try"],
        "history": ["history", sample],
        "export": ["export", sample, str(tmp_path / "a.zip")],
        "network": ["export", sample, str(tmp_path / "a.graphml")],
        "copy": ["copy", sample, str(tmp_path / "c.db")],
        "report": ["report", sample, "--output", str(tmp_path / "r.html")],
        "assign": [
            "assign",
            str(tmp_path / "c.db"),
            "--task",
            "t",
            "--people",
            "甲",
            "乙",
            "--units",
            "1",
        ],
    }.items():
        assert main(["--language", "zh", *words]) == 0
        told[name] = capsys.readouterr().out.replace(str(tmp_path), "")
    told = {name: shown.replace(sample, "") for name, shown in told.items()}
    for name, shown in told.items():
        for line in shown.splitlines():
            assert HAN.search(line) or "@" in line, f"{name}: {line}"
    assert "1 个单元" not in told["again"]
    assert "甲、乙 每人 1 个单元" in told["assign"]


def test_what_check_and_validate_find_is_told_in_chinese(tmp_path: Path, coded, capsys):
    gold = tmp_path / "gold.jsonl"
    row = {"id": "1", "document": "d", "text": "加强灾害监测预警。", "in_scope": True, "codes": []}
    gold.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    told = {}
    for name, words in {
        "check": ["check", CODEBOOK, "--gold", str(gold), "--corpus", coded[1]],
        "validate": ["validate", "--codebook", CODEBOOK, "--gold", str(gold), "--errors", "1"],
    }.items():
        assert main(["--language", "zh", *words]) == 0
        told[name] = capsys.readouterr().out
    assert "1 份文件、2 个单元上：" in told["check"] and "条规则从未触发" in told["check"]
    assert "1 行上，" in told["check"]
    assert "宏平均 F1" in told["validate"] and "由谁、怎样编成" in told["validate"]
    for words in ("never fired", "every rule", "macro", "rows", "against", "precision"):
        assert words not in told["check"] + told["validate"]


def test_the_locale_decides_where_no_language_is_named():
    assert locale_language({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}) == "zh"
    assert locale_language({"LC_ALL": "", "LC_MESSAGES": "zh_CN"}) == "zh"
    assert locale_language({"LC_MESSAGES": "en_US", "LANG": "zh_CN"}) == "en"
    for name in ("C", "POSIX", "C.UTF-8", "de_DE.UTF-8"):
        assert locale_language({"LANG": name}) == "en"
    assert locale_language({}) == "en"
    assert locale_language({"LANG": "C"}, system="Chinese (Simplified)_China") == "en"


def test_the_last_language_that_is_named_counts_wherever_it_stands():
    assert named_language(["--language", "zh", "query", "a.db", "--language=en"]) == "en"
    assert named_language(["query", "--", "--language", "en"]) is None
    assert named_language(["query", "--language"]) is None


def test_the_language_of_the_machine_speaks_and_leaves_the_tables_alone(sample: str):
    def ran(*words: str, **environment: str) -> tuple[str, str]:
        plain = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG")}
        command = [sys.executable, "-m", "wenma.cli", *words]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=plain | environment
        )
        return done.stdout, done.stderr

    error = ran("query", "nowhere.db", "frequency", LANG="zh_CN.UTF-8")[1]
    assert error.startswith("wenma: nowhere.db：")
    assert ran("query", "nowhere.db", "frequency", LANG="C.UTF-8")[1].isascii()
    tables = {
        ran("query", sample, "frequency", "--format", "csv", LANG=name)[0]
        for name in ("zh_CN.UTF-8", "C.UTF-8")
    }
    assert len(tables) == 1


def test_a_language_that_is_named_heads_the_tables_too(sample: str, capsys):
    for words in (["--language", "en", "query"], ["query", "--language", "en"]):
        assert main([*words, sample, "frequency"]) == 0
        assert "References" in capsys.readouterr().out
    assert main(["query", sample, "frequency", "--language", "en"]) == 0
    assert "References" in capsys.readouterr().out
    assert main(["query", sample, "frequency"]) == 0
    assert "参考点" in capsys.readouterr().out


def test_json_keeps_its_english_keys(coded, capsys):
    text, sample = coded
    words = ["code", text, "--codebook", CODEBOOK, "--project", sample, "--format", "json"]
    shown = []
    for language in ("zh", "en"):
        assert main(["--language", language, *words]) == 0
        shown.append(re.sub(r'"seconds": [\d.]+', "", capsys.readouterr().out))
    assert shown[0] == shown[1] and '"documents"' in shown[0]


def test_a_language_there_is_not_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["--language", "fr", "history", "a.db"])
    assert "invalid choice: 'fr'" in capsys.readouterr().err


def test_the_language_of_one_run_does_not_stay(capsys):
    with pytest.raises(SystemExit):
        main(["--language", "zh", "--help"])
    assert messages.message_language() == "en"
    assert parser().format_usage().startswith("usage: ")
