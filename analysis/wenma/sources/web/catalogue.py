"""A catalogue, a table of addresses and what is known of the documents there, becomes wishes."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from wenma.errors import SourceError
from wenma.sources.listings.grid import grid
from wenma.sources.listings.manifest_columns import (
    known_columns,
    named_columns,
    tidied_cell,
    tidied_header,
)
from wenma.sources.listings.opening import read_bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document of a catalogue: its address, "" where none is known, and its row."""

    address: str
    row: dict[str, str]

    @property
    def name(self) -> str:
        """What people call it: city and title."""
        return " ".join(filter(None, (self.row.get("city"), self.row.get("title")))) or self.address


def wanted(catalogue: Path) -> list[Wanted]:
    """The documents of a catalogue in its order.

    Its columns are named as in a manifest; `source` (source_url, 网址 …) holds the addresses.
    Raises SourceError when it is no table or has no such column.
    """
    try:
        table = grid(read_bytes(catalogue), lambda cells: len(known_columns(cells)))
    except SourceError as slip:
        raise SourceError(
            slip.problem, file=catalogue, place=slip.place, cure=slip.cure, zh=slip.zh
        ) from slip
    header = [tidied_header(cell) for cell in table.rows[0].cells] if table.rows else []
    names = named_columns(
        header, between=table.between, manifest=catalogue, place="line 1", required=("source",)
    )
    rows = ({n: tidied_cell(c) for n, c in zip(names, r.cells, strict=False) if n}
            for r in table.rows[1:])  # fmt: skip
    return [Wanted(_address(row.pop("source", "")), row) for row in rows]


def _address(written: str) -> str:
    """The address as it is sent: what is not ASCII in it is quoted."""
    parts = urlsplit(written.strip())
    kept = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit(parts._replace(path=quote(parts.path, kept), query=quote(parts.query, kept)))
