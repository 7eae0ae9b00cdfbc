"""How long people wait for an answer: ``python -m benchmarks.queries [PROJECT]``.

Each question is asked as a whole process (``wenma query …``), of the project named or of the
corpus coded into a new one, and of one of ten times as many documents. Beside seconds and memory
stands the ratio to ``python -c "import pandas"``: what any tool built on pandas must wait for.
What resamples is asked twice: worked out, and remembered.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from wenma.store.checksums import crc_of_document

ROOT = Path(__file__).resolve().parents[1]
TIMES = 10

QUESTIONS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("documents", ("documents",), 1.2),
    ("frequency", ("frequency",), 1.2),
    ("frequency by city", ("frequency", "--by", "city"), 1.2),
    ("coverage by city", ("coverage", "--by", "city"), 1.2),
    ("attention", ("attention",), 1.2),
    ("matrix", ("matrix",), 1.2),
    ("cooccurrence", ("cooccurrence",), 1.2),
    ("words", ("words",), 3.0),
    ("keyness", ("keyness", "--by", "city"), 3.0),
    ("robustness", ("robustness",), 5.0),
    ("robustness again", ("robustness",), 1.2),
)
"""What is asked, how, and the seconds it may take on a corpus of 90,000 codings."""


class Run(NamedTuple):
    """What one process took: seconds on the clock, seconds of work, and memory at its highest."""

    seconds: float
    user: float
    megabytes: float


def run(*arguments: str) -> Run:
    """Run Python with these arguments; its errors are shown and end the measuring."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}: ended with {process.returncode}")
    return Run(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def asked(project: Path, arguments: tuple[str, ...]) -> Run:
    """One question, asked as anybody would on the command line."""
    name, *rest = arguments
    return run("-m", "wenma.cli", "query", str(project), name, *rest, "--format", "json")


def coded(folder: Path, project: Path) -> None:
    """Code a corpus, as anybody would."""
    book = str(ROOT / "codebooks" / "resilience.yaml")
    run("-m", "wenma.cli", "code", str(folder), "--codebook", book, "--project", str(project))


def larger(project: Path, times: int) -> Path:
    """A project of so many times the documents, the same ones under other ids.

    Rows are copied as they are, inside the file: coding them again would say nothing more.
    """
    to = project.with_name(f"{times}x.db")
    shutil.copy(project, to)
    with sqlite3.connect(to) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        tables = [
            name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        columns = {
            table: [row[1] for row in file.execute(f'PRAGMA table_info("{table}")')]
            for table in tables
        }
        (most,) = file.execute("SELECT max(key) FROM document").fetchone()
        (codings,) = file.execute("SELECT max(id) FROM coding").fetchone()
        own = [table for table in tables if "document" in columns[table] and table != "act"]
        for copy in range(1, times):
            shift = {"document": f"document + {copy * most}"}
            _copied(file, "document", columns["document"],
                    {"key": f"key + {copy * most}", "id": f"'{copy}/' || id"}, most)  # fmt: skip
            for table in own:
                ids = {"id": f"id + {copy * codings}"} if table == "coding" else {}
                ids |= {"first": f"first + {copy * codings}"} if "first" in columns[table] else {}
                _copied(file, table, columns[table], shift | ids, most)
        _sealed(file, columns["document"], most)
    return to


def _sealed(file: sqlite3.Connection, columns: list[str], most: int) -> None:
    """Checksums of the copies, whose ids are others than those of the first."""
    rows = file.execute("SELECT * FROM document WHERE key > ?", (most,)).fetchall()
    for row in (dict(zip(columns, one, strict=True)) for one in rows):
        crc = crc_of_document(row)
        file.execute("UPDATE document SET crc = ? WHERE key = ?", (crc, row["key"]))


def _copied(
    file: sqlite3.Connection, table: str, columns: list[str], new: dict[str, str], most: int
) -> None:
    """Copy the rows of the first documents, with what names them made new."""
    key = "key" if table == "document" else "document"
    names = ", ".join(f'"{one}"' for one in columns)
    values = ", ".join(new.get(one, f'"{one}"') for one in columns)
    file.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE {key} <= {most}'
    )


def main() -> None:
    """Print the times of every question on both sizes."""
    with tempfile.TemporaryDirectory() as place:
        project = Path(place) / "study.db"
        if len(sys.argv) > 1:
            shutil.copy(sys.argv[1], project)
        else:
            real = ROOT.parent / "shared" / "corpus"
            coded(real if real.exists() else ROOT / "corpus", project)
        run("-m", "wenma.cli", "query", str(project), "documents")  # what is made once a project
        for name, file in (("the corpus", project), (f"{TIMES} times", larger(project, TIMES))):
            base = min(run("-c", "import pandas").user for _ in range(3))
            print(f"\n{name}; import pandas: {base:.2f} s of work")
            print(f"{'':20}{'seconds':>9}{'work':>8}{'MB':>7}{'× pandas':>10}{'target':>8}")
            for question, arguments, target in QUESTIONS:
                one = asked(file, arguments)
                print(f"{question:20}{one.seconds:9.2f}{one.user:8.2f}{one.megabytes:7.0f}"
                      f"{one.user / base:10.1f}{target:8.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
