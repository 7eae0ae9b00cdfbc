"""A codebook's rules beside a reference coding, whole or for each document or city."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from wenma.codebook.yaml_file import load_codebook
from wenma.records import Codebook
from wenma.reliability.gold import gold_rows
from wenma.reliability.validation import Provenance, provenance_of
from wenma.reliability.validity import Comparison, by_city, by_document, compare, held_out
from wenma.sources.encodings.encoding import decode
from wenma.sources.listings.opening import read_bytes
from wenma.study.study import Study

Part = Literal["document", "city"]


@dataclass(frozen=True)
class Validation:
    """How the rules compare with the reference, and so for each part where parts were asked."""

    codebook: Codebook
    whole: Comparison
    provenance: Provenance
    parts: Mapping[str, Comparison] = field(default_factory=dict)


def validate(
    codebook: Path,
    gold: Path,
    *,
    by: Part | None = None,
    apart: bool = False,
    project: str | None = None,
) -> Validation:
    """Set the rules beside a reference coding.

    by       also for each document or city
    apart    code each document without the rules that it alone supports
    project  tells the city of each document; a row of the reference may name its own instead

    CodebookError and SourceError for files that cannot be read.
    """
    book = load_codebook(codebook)
    content = read_bytes(gold)
    rows = gold_rows(decode(content).text, file=gold)
    parts: Mapping[str, Comparison] = {}
    if by == "document":
        parts = dict(by_document(book, rows))
    elif by == "city":
        parts = dict(by_city(book, rows, _cities(project)))
    whole = (held_out if apart else compare)(book, rows)
    return Validation(book, whole, provenance_of(rows, content, gold), parts)


def _cities(project: str | None) -> dict[str, str]:
    if project is None:
        return {}
    with Study.open(project) as study:
        documents = study.documents()
    return dict(zip(documents["document"], documents["city"], strict=True))
