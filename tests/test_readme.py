"""Every block of the README runs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = os.environ | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "PYTHONIOENCODING": "utf-8",
}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, flags=re.S)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user's: their plans, and the codebooks of the checkout."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "corpus", folder / "my-plans")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copytree(ROOT / "codebooks", folder / "codebooks")
    return folder


def run(command: list[str], desk: Path) -> str:
    done = subprocess.run(
        command, cwd=desk, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_screen_holds_the_two_commands_each_on_one_line():
    first_screen = README.split("\n## ")[0]
    assert len(first_screen.split("\n")) <= 35
    demo, test = re.findall(r"```sh\n(.*?)```", first_screen, flags=re.S)
    assert demo.strip().count("\n") == test.strip().count("\n") == 0
    assert "wenma demo" in demo and "[test]" in test and "pytest" in test


def test_the_chinese_readme_has_the_same_two_commands():
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    for command in blocks("sh")[:2]:
        assert command in chinese


def test_the_demo_runs_and_leaves_a_project_and_tables(desk: Path):
    told = run(["wenma", "demo"], desk)
    assert "7 documents" in told
    assert (desk / "wenma-demo" / "sample.db").exists()
    assert (desk / "wenma-demo" / "frequency.xlsx").exists()
    report = (desk / "wenma-demo" / "report.html").read_text(encoding="utf-8")
    assert "wenma-demo/report.html" in told.replace("\\", "/") and "A4 节点层级统计表" in report


def test_the_commands_for_ones_own_documents_run(desk: Path):
    lines = [line for line in blocks("sh")[2].split("\n") if line]
    assert lines[0].startswith("wenma code") and lines[-1].startswith("wenma app")
    for line in lines[:-1]:  # the last opens the browser: tests/app tries it
        told = run(shlex.split(line), desk)
        assert told or "--output" in line
    assert (desk / "stages-by-layers.xlsx").exists()


def test_the_notebook_gives_the_numbers_of_the_command_line(desk: Path):
    (lines,) = blocks("python")
    told = "print(table.frame.groupby('code')['references'].sum()['stage/resist'])"
    study = desk / "notebook"
    study.mkdir()
    for folder in ("corpus", "codebooks"):
        shutil.copytree(ROOT / folder, study / folder)
    asked = run([sys.executable, "-c", f"{lines}\n{told}"], study)
    said = run(
        ["wenma", "query", "study.db", "frequency", "--by", "city", "--format", "csv"], study
    )
    rows = [line.split(",") for line in said.splitlines() if ",stage/resist," in line]
    at = said.splitlines()[0].split(",").index("参考点数")
    assert int(asked) == sum(int(row[at]) for row in rows) > 0
    assert (study / "frequency.xlsx").exists() and (study / "attention.svg").exists()
