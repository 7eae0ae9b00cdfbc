"""A codebook's rules against a reference coding: over all rows, by city, and its provenance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wenma.records import Codebook
from wenma.reliability.gold import GoldRow, gold_rows
from wenma.reliability.validity import Comparison, by_city, compare
from wenma.sources.encodings.encoding import decode


@dataclass(frozen=True)
class Provenance:
    """Which reference it was, and what its file tells of how it was made.

    `twice` counts the rows that kept two passes, `settled` those of them on which the
    passes differed and were settled. Who coded it the file does not say.
    """

    file: str
    sha256: str
    rows: int
    documents: int
    twice: int
    settled: int


@dataclass(frozen=True)
class Validated:
    """The comparison of all rows, those of each city, and the reference's provenance."""

    provenance: Provenance
    whole: Comparison
    cities: tuple[tuple[str, Comparison], ...]


def validated(
    codebook: Codebook,
    content: bytes,
    *,
    file: str | Path,
    cities: Mapping[str, str],
) -> Validated:
    """The rules of a codebook set beside the reference in a gold file's bytes.

    `cities` has the city of each document.
    """
    rows = gold_rows(decode(content).text, file=file)
    return Validated(
        provenance_of(rows, content, file),
        compare(codebook, rows),
        tuple(by_city(codebook, rows, cities)),
    )


def provenance_of(rows: Sequence[GoldRow], content: bytes, file: str | Path) -> Provenance:
    """Which reference these rows are, and what its file tells of how it was made."""
    twice = [row for row in rows if len(row.passes) == 2]
    return Provenance(
        file=Path(file).name,
        sha256=sha256(content).hexdigest(),
        rows=len(rows),
        documents=len({row.document for row in rows}),
        twice=len(twice),
        settled=sum(row.passes[0] != row.passes[1] for row in twice),
    )
