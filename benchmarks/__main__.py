"""Ratios of one run: ``python -m benchmarks [CORPUS]``.

Seconds differ from machine to machine and from minute to minute; ratios of
one run travel better. Everything is set beside ``jieba.lcut`` of the same
text, and coding also beside two ways people do it without us: spaCy's
PhraseMatcher on jieba's tokens, and a pandas ``str.count`` loop. The whole
command is measured five times, each time beside a run of jieba of its own. What people
wait for, the reader of a long plan and the agreement of two coders, stands last.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import jieba

from benchmarks import people

PAIRS = 5
ROOT = Path(__file__).resolve().parents[1]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def corpus_folder() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    real = ROOT.parent / "shared" / "corpus"
    return real if real.exists() else ROOT / "corpus"


def main() -> None:
    from wenma.codebook.yaml_file import load_codebook
    from wenma.coding.coder import Coder
    from wenma.coding.matcher import codebook_words
    from wenma.language.units import units
    from wenma.language.words import cut
    from wenma.sources.reading import read

    folder = corpus_folder()
    book = ROOT / "codebooks" / "resilience.yaml"
    seconds, documents = timed(lambda: read(folder))
    lines = [line for document in documents for line in document.text.split("\n")]
    size = sum(len(line.encode()) for line in lines) / 1e6
    print(f"{folder}: {len(documents)} documents, {size:.1f} MB of text\n")

    jieba.setLogLevel(60)
    plain = jieba.Tokenizer()
    plain.initialize()
    base, theirs = timed(lambda: [plain.lcut(line) for line in lines])
    cut("预热", ())
    fast, ours = timed(lambda: [cut(line, ()) for line in lines])
    same = sum(a == b for a, b in zip(ours, theirs, strict=True))

    codebook = load_codebook(book)
    sentences, split = timed(lambda: [(d, units(d)) for d in documents])
    coder = Coder(codebook)
    coding, codings = timed(lambda: [coder.code(d, u) for d, u in split])
    terms = list(dict.fromkeys(codebook_words(codebook)))

    rows: list[tuple[str, float, str]] = [
        ("jieba.lcut", base, "the measure"),
        ("words (jieba's own)", fast, f"{same:,} of {len(lines):,} lines identical"),
        ("read, clean, outline", seconds, ""),
        ("units", sentences, f"{sum(len(u) for _, u in split):,} sentences and headings"),
        ("coding in memory", coding, f"{sum(map(len, codings)):,} codings, {len(terms):,} words"),
        ("spaCy PhraseMatcher", phrase_matcher(lines, terms), "the same words, on jieba's tokens"),
        ("pandas str.count loop", count_loop(documents, terms), "the same words, counts only"),
        ("the same again", again(folder, book), "nothing has changed"),
    ]
    print(f"{'':26}{'seconds':>9}{'× jieba':>9}")
    for name, spent, note in rows:
        print(f"{name:26}{spent:9.2f}{spent / base:9.3f}  {note}")
    for name, jobs, note in (
        ("files to project", 1, "wenma code, one process"),
        ("files to project, 2 jobs", 2, "wenma code --jobs 2"),
    ):
        pairs = [
            (to_project(folder, book, jobs=jobs), timed(lambda: [*map(plain.lcut, lines)])[0])
            for _ in range(PAIRS)
        ]
        ratios = sorted(ours / theirs for ours, theirs in pairs)
        spent = median(ours for ours, _ in pairs)
        spread = f"{ratios[0]:.3f} to {ratios[-1]:.3f} in {PAIRS} pairs"
        print(f"{name:26}{spent:9.2f}{median(ratios):9.3f}  {note}; {spread}")
    for name, spent, note in people.rows(folder, book):
        print(f"{name:26}{spent:9.2f}{spent / base:9.3f}  {note}")


def phrase_matcher(lines: list[str], terms: list[str]) -> float:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("terms", [nlp.make_doc(term) for term in terms])
    return timed(lambda: [len(matcher(nlp.make_doc(line))) for line in lines])[0]


def count_loop(documents: list[Any], terms: list[str]) -> float:
    import re

    import pandas as pd

    texts = pd.Series([document.text for document in documents])
    return timed(lambda: [texts.str.count(re.escape(term)) for term in terms])[0]


def to_project(folder: Path, book: Path, *, jobs: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        return timed(lambda: wenma_code(folder, book, Path(place) / "study.db", jobs))[0]


def again(folder: Path, book: Path) -> float:
    with tempfile.TemporaryDirectory() as place:
        project = Path(place) / "study.db"
        wenma_code(folder, book, project, 1)
        return timed(lambda: wenma_code(folder, book, project, 1))[0]


def wenma_code(folder: Path, book: Path, project: Path, jobs: int) -> None:
    """The command itself, in a process of its own as a user runs it."""
    import subprocess

    command = [sys.executable, "-m", "wenma.cli", "code", str(folder), "--codebook", str(book)]
    command += ["--project", str(project), "--jobs", str(jobs), "--format", "json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
