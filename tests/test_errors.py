"""What goes wrong is told in the language of the page: wherever the app can meet it."""

import ast
import pickle
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

import wenma
from wenma import errors
from wenma.errors import ProjectError, QueryError, WenmaError
from wenma.queries.table import nearest
from wenma.shipped import shipped
from wenma.store import opening
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project

HOUSE = Path(wenma.__file__).parent
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, WenmaError)
}
HAN = re.compile("[\u4e00-\u9fff]")


def raised() -> list[tuple[str, ast.Call]]:
    """Every place in the package where an error is made."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in KINDS:
                found.append((path.relative_to(HOUSE).as_posix(), node))
    return found


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _chinese(call: ast.Call) -> bool:
    """Is Chinese given, as words that hold some or as a name that stands for them?"""
    said = next((one.value for one in call.keywords if one.arg == "zh"), None)
    if said is None:
        return False
    words = [part.value for part in ast.walk(said) if isinstance(part, ast.Constant)]
    names = [part for part in ast.walk(said) if isinstance(part, ast.Name | ast.Attribute)]
    return bool(names) or any(HAN.search(str(word)) for word in words)


def test_every_error_says_its_sentence_in_chinese():
    sites = raised()
    assert len(sites) > 200
    assert Counter(file for file, call in sites if not _chinese(call)) == {}


def test_no_page_shows_an_error_in_the_language_of_the_code():
    for path in (HOUSE / "app").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for shown in re.findall(r".*str\(error\).*", text):
            assert "error.said(" in shown, f"{path.name}: {shown.strip()}"


def test_a_line_in_chinese_names_file_place_and_cure():
    error = WenmaError("is wrong", file="a.yaml", place="line 7", cure="Mend it", zh="错了。请改。")
    assert error.said("zh") == "a.yaml，第 7 行：错了。请改。"
    assert error.said("en") == str(error) == "a.yaml, line 7: is wrong. Mend it."
    assert WenmaError("is wrong").said("zh") == "is wrong."


def test_an_error_found_in_a_file_names_it_and_keeps_both_languages():
    error = QueryError("there is no code", cure=nearest("甲", ["甲乙", "丙"]), zh="没有编码“甲”。")
    again = error.in_file("书.yaml")
    assert type(again) is QueryError
    assert str(again) == '书.yaml: there is no code. Did you mean "甲乙"?'
    assert again.said("zh") == "书.yaml：没有编码“甲”。是否想写“甲乙”？"


def test_a_cure_put_together_elsewhere_is_in_both_languages_and_survives_a_worker():
    error = QueryError("there is no code", cure=nearest("甲", ["甲乙", "丙"]), zh="没有编码“甲”。")
    assert error.said("zh") == "没有编码“甲”。是否想写“甲乙”？"
    assert str(error) == 'there is no code. Did you mean "甲乙"?'
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.said("zh")) == (str(error), error.said("zh"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    from wenma.codebook.yaml_file import load_codebook
    from wenma.sources.listings.listing import entries
    from wenma.study.coding_run import code_entries

    (tmp_path / "甲.txt").write_text("一、任务\n加强风险预警。\n", encoding="utf-8")
    file = tmp_path / "study.db"
    book = load_codebook(shipped("codebooks") / "resilience.yaml")
    with Project.open(file, create=True) as opened:
        listing = entries([tmp_path / "甲.txt"]).entries
        code_entries(opened, listing, book, now=lambda: "2026-11-22T08:00:00+00:00")
    return file


def told(act) -> str:
    with pytest.raises(ProjectError) as error:
        act()
    return error.value.said("zh")


def test_a_project_that_is_locked_gone_newer_or_stale_is_told_in_chinese(project, monkeypatch):
    now = "2026-11-22T09:00:00+00:00"
    with Project.open(project) as opened:
        (document,) = opened.document_ids()
        CodingSession(opened, "林").code(document, 0, 2, "stage/resist", now=now)
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    with Project.open(project) as opened:
        assert "占用" in told(lambda: CodingSession(opened, "林").undo(now=now))
        other.execute("UPDATE coding SET unit = 7 WHERE coder = '林'")
        other.execute("COMMIT")
        stale = told(lambda: CodingSession(opened, "林").undo(now=now))
        assert "别人改动" in stale and "刷新" in stale
        assert "没有文件" in told(lambda: opened.document("乙.txt"))
        assert "没有编码" in told(
            lambda: CodingSession(opened, "林").code(document, 0, 2, "x", now=now)
        )
    other.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    other.close()
    assert "升级" in told(lambda: Project.open(project))
    assert "没有这个项目" in told(lambda: Project.open(project.with_name("gone.db")))
