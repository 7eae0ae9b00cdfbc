"""In a folder with the user's own modules, under any name, none of them is ever run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import wenma
from tests.app.conftest import free_port, wait_until_served
from tests.conftest import ROOT
from wenma.cli.main import COMMANDS
from wenma.shipped import shipped

# What a researcher calls a script, what wenma's own files and its libraries are called.
THEIRS = (
    "analysis", "wenma", "statistics", "queries", "random", "streamlit", "pandas", "numpy", "code",
    "string", "types", "secrets", "study", "store", "app", "cli", "main", "view", "filters",
    "address", "messages", "person", "jieba", "spacy", "sqlalchemy", "yaml", "altair", "engine",
    "records", "errors", "tempfile", "socket", "pickle", "codebook", "wenma_app", "sitecustomize",
)  # fmt: skip
LINES = """
    import sys
    sys.argv[0] = "wenma"
    from wenma.cli.main import main
    sys.exit(main())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with two texts, and a module under each of those names that leaves a mark."""
    here = tmp_path_factory.mktemp("own")
    for name in THEIRS:
        mark = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\n"
        (here / f"{name}.py").write_text(mark, encoding="utf-8")
    (here / "甲.txt").write_text("一、任务\n加强灾害监测预警。\n", encoding="utf-8")
    (here / "乙.txt").write_text("一、任务\n完善应急预案，开展演练。\n", encoding="utf-8")
    shutil.copy(shipped("codebooks") / "resilience.yaml", here / "book.yaml")
    gold = (
        '{"id": "1", "document": "甲.txt", "text": "加强灾害监测预警。", '
        '"in_scope": true, "codes": ["stage/resist"]}\n'
    )
    (here / "gold.jsonl").write_text(gold, encoding="utf-8")
    return here


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> list[str]:
    """The command as it is installed: a script in a folder of its own."""
    script = tmp_path_factory.mktemp("bin") / "wenma"
    script.write_text("\n".join(line.strip() for line in LINES.splitlines()), encoding="utf-8")
    return [sys.executable, str(script)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(wenma.__file__).parents[1])}


def ran(folder: Path) -> list[str]:
    return sorted(one.stem for one in folder.glob("*.ran"))


GIVEN = {
    "fetch": ["fetch", "--help"],  # asks the network for more
    "code": "code 甲.txt 乙.txt --codebook book.yaml --project a.db --jobs 2".split(),
    "check": ["check", "book.yaml"],
    "recode": ["recode", "a.db", "--codebook", "book.yaml", "--try"],
    "validate": ["validate", "--codebook", "book.yaml", "--gold", "gold.jsonl"],
    "documents": ["documents", "a.db", "--set", "地区=东", "--document", "甲.txt",
                  "--person", "林一"],
    "cases": ["cases", "a.db", "--attribute", "city", "--names", "灾害", "--person", "林一"],
    "query": ["query", "a.db", "frequency", "--by", "city", "地区"],
    "kwic": ["kwic", "a.db", "预警"],
    "figure": ["figure", "a.db", "attention_heatmap", "--output", "f.svg"],
    "report": ["report", "a.db", "--output", "r.html"],
    "export": ["export", "a.db", "e.graphml"],
    "assign": ["assign", "a.db", "--task", "试", "--people", "林一", "--units", "2"],
    "audit": ["audit", "a.db", "--people", "林一", "--per-code", "1"],
    "claim": ["claim", "a.db", "抵御: 甲.txt > 乙.txt", "--by", "document"],
    "history": ["history", "a.db"],
    "copy": ["copy", "a.db", "b.db"],
    "demo": ["demo", "out"],
}  # fmt: skip


def test_every_command_works_there_and_none_of_the_files_is_run(folder, program):
    assert set(GIVEN) | {"app"} == set(COMMANDS)
    for name, arguments in GIVEN.items():
        done = subprocess.run(
            [*program, *arguments], cwd=folder, env=environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        assert ran(folder) == [], name


@contextmanager
def started(command: list[str], folder: Path, port: int, **more: str) -> Iterator[str]:
    """A server of the app, started in that folder; its log."""
    log = folder / f"{port}.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=folder, env={**environment(), **more}, stdout=out, stderr=out
        )
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("way", ["wenma app", "streamlit run app.py"])
def test_the_app_works_there_too(folder, program, chromium, way, tmp_path):
    port = free_port()
    project = tmp_path / "p.db"
    code = ["code", "甲.txt", "乙.txt", "--codebook", "book.yaml", "--project", str(project)]
    subprocess.run([*program, *code], cwd=folder, env=environment(), check=True)
    if way == "wenma app":
        command = [*program, "app", str(project), "--port", str(port), "--no-browser"]
        where = folder
    else:  # from the checkout, where app.py lies
        streamlit = Path(sys.executable).with_name("streamlit")
        command = [str(streamlit), "run", "app.py", "--server.port", str(port)]
        command += ["--server.headless", "true", "--", str(project)]
        where = ROOT
    with started(command, where, port) as address:
        page = chromium.new_page()
        page.goto(f"{address}/documents?language=zh")
        page.get_by_role("heading", name="文件").wait_for(timeout=120_000)
        page.locator("[data-testid=stDataFrame]").first.wait_for(timeout=120_000)
        page.close()
    if where == ROOT:
        (ROOT / f"{port}.log").unlink()
    assert ran(folder) == []
