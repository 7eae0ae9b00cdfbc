"""Guesses measured on real documents: ``python -m benchmarks.guesses [CORPUS]``.

File names are replaced by numbers and the manifest is hidden. Counted are, field by field, the
documents where the manifest fills it: guesses right, wrong and none. One half of the documents was
looked at when the rules were made, by a fixed rule (`tuned_on`); the other half never was.
"""

import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from wenma.records import Document
from wenma.sources.entry import Entry
from wenma.sources.guesses.guessing import guesses
from wenma.sources.places.place_mentions import places_meant
from wenma.sources.places.places import place_of, places_called
from wenma.sources.reading import read_entry

FIELDS = {
    "title": "title", "city": "city", "level": "level", "kind": "kind", "period": "period",
    "year": "year", "issuer": "issuer", "number": "doc_number",
}  # fmt: skip
"""What is guessed, and the manifest's column that says what is right."""
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def tuned_on(path: str) -> bool:
    """Is it of the half that the rules were made on?"""
    return hashlib.sha256(path.encode()).digest()[0] % 2 == 0


def measure(corpus: Path) -> dict[tuple[str, bool], Counter[str]]:
    """For each field and half: how many guesses are right, wrong and unknown."""
    found: dict[tuple[str, bool], Counter[str]] = {}
    for row, document in hidden_documents(corpus):
        made = {one.attribute: one.value for one in guesses(document)}
        for name, column in FIELDS.items():
            if row[column]:
                counts = found.setdefault((name, tuned_on(row["path"])), Counter())
                counts[_outcome(name, made.get(name, ""), row[column])] += 1
    return found


def hidden_documents(corpus: Path) -> Iterator[tuple[Mapping[str, str], Document]]:
    """Each row of the manifest, and its document read without it under a number."""
    with (corpus / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            name = f"{number:04}"
            suffix = Path(row["path"]).suffix
            entry = Entry(corpus / row["path"], f"{name}{suffix}", title=name, plan=name)
            yield row, read_entry(entry)


def _outcome(name: str, guess: str, stated: str) -> str:
    if not guess:
        return "unknown"
    return "right" if _right(name, guess, stated) else "wrong"


def _right(name: str, guess: str, stated: str) -> bool:
    if name == "city":
        # The manifest calls a city 吉林, and the province 吉林省.
        meant = place_of(stated) or next(reversed(places_called(stated)), None)
        return place_of(guess) == meant
    if name == "issuer":
        one, other = (text.removesuffix("人民政府") for text in (guess, stated))
        return (place_of(one) or one) == (place_of(other) or other)
    if name == "title":
        return _bare(guess) == _bare(stated)
    return guess == stated


def _bare(title: str) -> str:
    """A title without its signs and without what says a place's rank: manifests leave both out."""
    for place in places_meant(title):
        title = title.replace(place.name, place.short)
    return re.sub("[^一-龥0-9]|人民政府", "", title)


def main() -> None:
    found = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
    print(f"{'field':8} {'half':9} {'filled':>6} {'right':>6} {'wrong':>6} {'none':>5}")
    for name in FIELDS:
        for half in (True, False):
            if counts := found.get((name, half)):
                every = counts.total()
                print(
                    f"{name:8} {'tuned on' if half else 'held out':9} {every:6} "
                    f"{counts['right'] / every:6.1%} {counts['wrong']:6} {counts['unknown']:5}"
                )


if __name__ == "__main__":
    main()
