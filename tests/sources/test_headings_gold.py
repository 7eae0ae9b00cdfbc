"""Headings, levels and roles against a reader who never saw the code.

``headings.jsonl`` holds 616 headings of 25 real documents and ``stretches.jsonl`` the stretches
that were read whole, as offsets into ``../shared`` and labels; the texts stay there.
``python tests/sources/test_headings_gold.py`` prints what is left, document by document.
"""

import json
import re
import zipfile
from bisect import bisect_right
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from wenma.records import Section
from wenma.sources.document import parse_document
from wenma.sources.reading import reader

HERE = Path(__file__).parent
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Place(NamedTuple):
    """A heading, by the line (or Word paragraph) of its file and its first characters."""

    line: int
    words: str
    level: int
    role: str
    above: int  # index of the heading above in the same stretch, -1 where there is none


def rows(name: str) -> dict[str, list[dict]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    found = sorted(map(json.loads, lines), key=lambda row: (row["document"], row["start"]))
    return {name: list(own) for name, own in groupby(found, key=lambda row: row["document"])}


def bare(words: str) -> str:
    return re.sub(r"[\s\u3000#*|]", "", words)


class File:
    """The lines of a file as the labels count them."""

    def __init__(self, path: Path) -> None:
        self.word = path.suffix == ".docx"
        if self.word:
            with zipfile.ZipFile(path) as held:
                root = ElementTree.fromstring(held.read("word/document.xml"))
            paragraphs = root.iter(f"{WORD}p")
            self.lines = ["".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in paragraphs]
        else:
            with path.open(encoding="utf-8-sig", newline="") as held:
                self.text = held.read()
            self.starts = [0, *(hit.end() for hit in re.finditer("\n", self.text))]

    def line(self, offset: int) -> int:
        return offset + 1 if self.word else bisect_right(self.starts, offset)

    def words(self, row: dict) -> str:
        return self.lines[row["start"]] if self.word else self.text[row["start"] : row["end"]]


def theirs(file: File, labels: list[dict]) -> list[Place]:
    places: list[Place] = []
    for row in labels:
        higher = [n for n, one in enumerate(places) if one.level < row["level"]]
        above = higher[-1] if higher else -1
        words = bare(file.words(row))
        places.append(Place(file.line(row["start"]), words, row["level"], row["role"], above))
    return places


def ours(path: Path, file: File) -> list[Place]:
    found = parse_document(reader(path)(path.read_bytes()).lines, title=path.stem)
    # 第三条 alone names nothing and was not labelled; an admission has no heading.
    counted = [
        (at, one)
        for at, one in enumerate(found.sections)
        if (one.number or one.title) and not re.fullmatch("第[^ ]{1,6}条", one.number)
    ]
    order = {at: n for n, (at, _) in enumerate(counted)}
    places: list[Place] = []
    line = 0
    for _, one in counted:
        words = bare(found.text[one.start : one.heading_end])
        line = (
            word_paragraph(file, one, line) if file.word else found.source_map.place(one.start).line
        )
        places.append(Place(line, words, one.level, one.role, order.get(one.parent, -1)))
    return places


def word_paragraph(file: File, section: Section, before: int) -> int:
    """The Word paragraph a section begins in, whatever the reader counts."""
    title = bare(section.title)[:12]
    coming = range(max(0, before - 1), len(file.lines))
    hits = (n for n in coming if 0 <= bare(file.lines[n]).find(title) <= len(section.number) + 1)
    return next(hits, before - 1) + 1


def compared(mine: list[Place], gold: list[Place], first: int, last: int) -> tuple[Counter, list]:
    """What of a stretch from line `first` to `last` is wrong, missed, misplaced or misread."""
    counts: Counter = Counter(labelled=len(gold))
    told: list[tuple[str, str, str]] = []
    pairs: dict[int, int] = {}
    for at, one in enumerate(mine):
        if not first <= one.line <= last:
            continue
        same = (n for n, g in enumerate(gold) if g.line == one.line and n not in pairs.values())
        hit = next((n for n in same if gold[n].words[:3] == one.words[:3]), None)
        if hit is None:
            told.append(("wrong", f"{one.level} {one.role}", one.words[:30]))
        else:
            pairs[at] = hit
    for n, one in enumerate(gold):
        if n not in pairs.values():
            told.append(("missed", f"{one.level} {one.role}", one.words[:30]))
    for at, n in pairs.items():
        above = mine[at].above
        while above >= 0 and above not in pairs:
            above = mine[above].above
        if gold[n].above in (-1, *pairs.values()) and pairs.get(above, -1) != gold[n].above:
            told.append(("level", f"{gold[n].level} → {mine[at].level}", gold[n].words[:30]))
        counts["roles"] += 1
        if gold[n].role != mine[at].role:
            told.append(("role", f"{gold[n].role} → {mine[at].role}", gold[n].words[:30]))
    counts.update(kind for kind, _, _ in told)
    return counts, told


def measured(shared: Path) -> dict[str, tuple[Counter, list]]:
    labels, found = rows("headings.jsonl"), {}
    for document, stretches in rows("stretches.jsonl").items():
        folder = "formats/docx" if document.endswith(".docx") else "corpus"
        path = shared / folder / document
        if not path.exists():
            pytest.skip(f"needs {document} in ../shared, which is not here")
        file = File(path)
        mine = ours(path, file)
        total: Counter = Counter()
        told: list = []
        for stretch in stretches:
            inside = [
                row for row in labels[document] if stretch["start"] <= row["start"] < stretch["end"]
            ]
            first, last = file.line(stretch["start"]), file.line(stretch["end"] - 1)
            counts, what = compared(mine, theirs(file, inside), first, last)
            total.update(counts)
            told += what
        found[document] = total, told
    return found


def halves(found: dict[str, tuple[Counter, list]]) -> list[Counter]:
    """Every second document by name: rules were first tried on the one half."""
    names = sorted(found)
    return [sum((found[name][0] for name in names[half::2]), Counter()) for half in (0, 1)]


def test_one_heading_in_a_hundred_is_wrong_or_missed_and_97_roles_are_right(shared):
    for counts in halves(measured(shared)):
        assert counts["labelled"] > 250  # the files were found and read
        astray = counts["wrong"] + counts["missed"] + counts["level"]
        assert astray <= counts["labelled"] / 100
        assert counts["role"] <= 3 * counts["roles"] / 100


if __name__ == "__main__":
    result = measured(HERE.parents[2] / "shared")
    for name, (_, left) in result.items():
        for kind, which, title in left:
            print(kind, which, title, name, sep=" | ")
    print(*map(dict, halves(result)), sep="\n")
