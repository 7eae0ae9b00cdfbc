"""What is known of a file before it is read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a corpus and what is known of it before it is read.

    `id` is the path as the manifest writes it, or the path below the folder
    given; it is unique within one listing.
    """

    path: Path
    id: str
    title: str = ""
    city: str = ""
    plan: str = ""
    period: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""
    issuer: str = ""
    number: str = ""
    source: str = ""
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()  # under the manifest's own headers
    listed: bool = False  # does a manifest say so, or the file's name alone?
    held: str | None = None  # the text itself where it is a cell of a table, and no file
    row: int = 0  # the table's row it stands in


@dataclass(frozen=True, slots=True)
class Listing:
    """What a run will read, and what it leaves out with the reason."""

    entries: tuple[Entry, ...]
    skipped: tuple[tuple[Path, str], ...] = ()
    unlisted: tuple[Path, ...] = ()  # readable files beside a manifest that does not list them
