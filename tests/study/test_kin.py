"""Copies are told when documents are read, marked, and left out when asked."""

import json
import shutil
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.shipped import shipped
from wenma.statistics.kinship import kindred
from wenma.store import text_sketches
from wenma.study.kin import kinship_in
from wenma.study.study import Study

BOOK = shipped("codebooks") / "resilience.yaml"
TEXT = "".join(
    f"第{n}项任务是加强{place}的灾害监测预警，完善{place}应急物资储备，组织{place}演练。\n"
    for n, place in enumerate("东西南北中上下左右前后内外远近")
)
"""Invented; long enough to be compared in part."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """甲.txt, its text again as Markdown and HTML, a near copy filed elsewhere, and another."""
    plans = tmp_path / "plans"
    (plans / "别处").mkdir(parents=True)
    (plans / "甲.txt").write_text(TEXT, encoding="utf-8")
    (plans / "甲.md").write_text(TEXT.replace("\n", "\n\n"), encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<html><head><meta charset='utf-8'></head><body>{lines}</body></html>"
    (plans / "甲.html").write_text(page, encoding="utf-8")
    changed = TEXT.replace("组织近演练", "开展近培训")
    (plans / "别处" / "乙.txt").write_text(changed, encoding="utf-8")
    (plans / "丙.txt").write_text("建设海绵城市，治理内涝。" + TEXT[:60], encoding="utf-8")
    return plans


@pytest.fixture
def file(folder: Path, tmp_path: Path, capsys) -> Path:
    made = tmp_path / "study.db"
    given = ["code", str(folder), "--codebook", str(BOOK), "--project", str(made)]
    assert main([*given, "--format", "json"]) == 0
    return made


def test_a_run_says_which_documents_are_there_more_than_once(file, folder, capsys):
    (told,) = json.loads(capsys.readouterr().out)["copies"]
    every = {told["document"]: ""} | {one["document"]: one["kinship"] for one in told["copies"]}
    assert sorted(every) == sorted(["甲.html", "甲.md", "甲.txt", "别处/乙.txt"])
    assert sorted(every.values()) == ["", "near copy", "same text", "same text"]
    again = ["code", str(folder), "--codebook", str(BOOK), "--project", str(file)]
    assert main(again) == 0
    assert "more than once" not in capsys.readouterr().out  # nothing new was read
    shutil.copy(folder / "丙.txt", folder / "丁.txt")
    assert main([*again, "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert said.count("there more than once") == 2 and "same file, 100.0 % alike" in said


def test_copies_are_marked_and_once_leaves_them_out(file, capsys):
    with Study.open(file) as study:
        marked = study.ask("documents").frame.set_index("document")["copy_of"]
        kept = next(iter({*marked} - {""}))
        assert sorted(marked) == sorted(["", "", kept, kept, kept])
        alone = study.where(once=True).ask("documents")
        assert sorted(alone.frame["document"]) == sorted([kept, "丙.txt"])
        assert alone.basis["once"].startswith("3 (")
        assert study.ask("documents", once=True).frame.equals(alone.frame)
        assert study.where(once=True).as_person(study.access).once
    capsys.readouterr()
    assert main(["query", str(file), "frequency", "--once", "--language", "en"]) == 0
    assert "copies left out 3 (" in capsys.readouterr().out


def test_without_copied_asks_the_sentences_nobody_had_before(file, capsys):
    with Study.open(file) as study:
        every, own = study.ask("frequency"), study.ask("frequency", without_copied=True)
        assert own.frame["references"].sum() < every.frame["references"].sum()
        # Three whole copies but for one sentence, and one sentence of the last document.
        assert int(own.basis["without_copied"]) > 3 * 14
    assert main(["query", str(file), "words", "--without-copied", "--min-count", "1"]) == 0


def test_a_text_is_looked_at_once(file, folder, monkeypatch):
    seen = []
    known = text_sketches.sketch_of
    monkeypatch.setattr(text_sketches, "sketch_of", lambda text: seen.append(text) or known(text))
    (folder / "新.txt").write_text("另一份规划。", encoding="utf-8")
    with Study.open(file) as study:
        first = kinship_in(study.project)
        assert not seen
        study.add(folder)
        assert [one.strip() for one in seen] == ["另一份规划。"]
        assert kinship_in(study.project).kin and len(first.kin) >= 3


def test_what_is_remembered_says_the_same_as_the_texts(file):
    with Study.open(file) as study:
        found = kinship_in(study.project)
        texts = [study.document(id).text for id in found.documents]
        sketches = [text_sketches.sketch_of(text) for text in texts]
        anew = kindred(sketches, texts.__getitem__)
        assert [(one.text, one.other) for one in anew] == [
            (one.text, one.other) for one in found.kin
        ]


def test_the_planted_copies_of_the_corpus_are_found_and_nothing_else(shared):
    """Three reports filed under a wrong city, and three published twice."""
    corpus = shared / "corpus"
    names = sorted(p for p in corpus.rglob("*") if p.suffix in (".txt", ".md"))
    texts = [one.read_text(encoding="utf-8") for one in names]
    found = kindred([text_sketches.sketch_of(one) for one in texts], texts.__getitem__)
    copies = {(names[one.text].stem, names[one.other].stem) for one in found if one.kind != "akin"}
    assert {name for pair in copies for name in pair} == {
        "台州_2024_实为国务院报告", "襄阳_2024_实为国务院报告", "贵阳_2024_实为国务院报告",
        "上海市_2026_政府工作报告", "浙江省_2026_政府工作报告", "浙江省_2026_政府工作报告_网页版",
        "中华人民共和国突发事件应对法_20240628_q", "突发事件应对法(2024-06-28)",
    }  # fmt: skip
    assert len(copies) == 5
