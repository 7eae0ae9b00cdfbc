"""A folder of files, or a manifest that lists them, becomes entries."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from wenma.errors import SourceError
from wenma.sources.encoding import decode

MANIFEST = "manifest.csv"
REQUIRED = ("path", "title", "city")
READABLE = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"})
"""Suffixes `wenma.sources.reading` has a reader for."""

_COLUMNS = {
    "plan": ("plan",),
    "period": ("period",),
    "kind": ("kind",),
    "level": ("level",),
    "issuer": ("issuer",),
    "number": ("doc_number", "number"),
    "source": ("source_url", "source"),
    "note": ("note",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a corpus and what is known of it before it is read.

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


@dataclass(frozen=True, slots=True)
class Listing:
    """What a run will read, and what it leaves out with the reason."""

    entries: tuple[Entry, ...]
    skipped: tuple[tuple[Path, str], ...] = ()


def entries(paths: Sequence[Path]) -> Listing:
    """Entries of the files, folders and manifests in `paths`, in order.

    A folder with a ``manifest.csv`` holds what the manifest says; one without
    holds every readable file below it. Nothing is opened but manifests. Raises
    SourceError for a path that is not there or a manifest with a mistake: no
    part of a faulty manifest is used, so nothing is coded under wrong metadata.
    """
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            manifest = path / MANIFEST
            if manifest.is_file():
                listed, left_out = _listed(manifest)
                found += listed
                skipped += left_out
            else:
                in_folder, left_out = _below(path)
                if not in_folder and not left_out:
                    raise SourceError("the folder is empty", file=path, cure="Put documents in it")
                found += in_folder
                skipped += left_out
        elif path.is_file():
            if path.name == MANIFEST:
                listed, left_out = _listed(path)
                found += listed
                skipped += left_out
            elif path.suffix.lower() in READABLE:
                found.append(_plain(path, path.name))
            else:
                skipped.append((path, _unreadable(path)))
        else:
            raise SourceError("there is no such file or folder", file=path, cure=_near_path(path))
    return Listing(tuple(_unique(found)), tuple(skipped))


def _below(folder: Path) -> tuple[list[Entry], list[tuple[Path, str]]]:
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if any(part.startswith((".", "~$")) for part in inside.parts) or not path.is_file():
            continue
        if not _is_text(inside.as_posix()):
            skipped.append((path, "its name is no text: rename it"))
        elif path.suffix.lower() in READABLE:
            found.append(_plain(path, inside.as_posix()))
        else:
            skipped.append((path, _unreadable(path)))
    return found, skipped


def _is_text(name: str) -> bool:
    """Names out of old archives may hold bytes that are no character of UTF-8."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _plain(path: Path, id: str) -> Entry:
    return Entry(path=path, id=id, title=path.stem, plan=path.stem)


def _unreadable(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in (".doc", ".wps"):
        return f"{suffix} files cannot be read yet: save it as .docx"
    return f"no reader for {suffix or 'a name without suffix'}"


def _listed(manifest: Path) -> tuple[list[Entry], list[tuple[Path, str]]]:
    folder = manifest.parent
    try:
        text = decode(manifest.read_bytes())
    except SourceError as slip:
        raise SourceError(slip.problem, file=manifest, cure=slip.cure) from slip
    except OSError as slip:
        raise SourceError(
            f"cannot be opened ({slip.strerror})", file=manifest, cure="Check its permissions"
        ) from slip
    rows = _rows(text, manifest)
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        entry = _entry(row, folder, manifest, line)
        if entry.path.suffix.lower() not in READABLE:
            skipped.append((entry.path, _unreadable(entry.path)))
            continue
        if entry.id in lines:
            raise SourceError(
                f'path "{entry.id}" is listed twice (first in line {lines[entry.id]})',
                file=manifest, place=f"line {line}", cure="Delete one of the two lines",
            )  # fmt: skip
        lines[entry.id] = line
        found.append(entry)
    if not found and not skipped:
        raise SourceError("lists no document", file=manifest, cure="Add a line for each document")
    return found, skipped


def _rows(text: str, manifest: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in REQUIRED if name not in header]
        if missing:
            names = ", ".join(f'"{name}"' for name in missing)
            raise SourceError(
                f"column {names} is missing"
                if len(missing) == 1
                else f"columns {names} are missing",
                file=manifest,
                place="line 1",
                cure=f"A manifest has at least the columns {', '.join(REQUIRED)}",
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                raise SourceError(
                    f"{len(cells)} cells under {len(header)} columns",
                    file=manifest,
                    place=f"line {reader.line_num}",
                    cure='Put cells that hold a comma in "quotation marks"',
                )
            cells = [cell.strip() for cell in cells]
            yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as slip:
        raise SourceError(
            f"is no sound CSV ({slip})", file=manifest, place=f"line {reader.line_num}",
            cure="Save it again as CSV (UTF-8) from a spreadsheet",
        ) from slip  # fmt: skip


def _entry(row: dict[str, str], folder: Path, manifest: Path, line: int) -> Entry:
    place = f"line {line}"
    written = row.get("path", "")
    if not written:
        raise SourceError("path is empty", file=manifest, place=place, cure="Name the file")
    inside = PurePosixPath(os.path.normpath(written.replace("\\", "/")))
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        raise SourceError(
            f'path "{written}" leads out of the folder', file=manifest, place=place,
            cure="Put the file below the manifest and give its path from there",
        )  # fmt: skip
    path = folder / inside
    if not path.is_file():
        raise SourceError(
            f'path "{written}" names a file that is not there', file=manifest, place=place,
            cure=_near(inside, folder),
        )  # fmt: skip
    title = row.get("title", "") or path.stem
    values: dict[str, Any] = {
        name: next((row[column] for column in columns if row.get(column)), "")
        for name, columns in _COLUMNS.items()
    }
    values["plan"] = values["plan"] or title
    return Entry(
        path=path, id=inside.as_posix(), title=title, city=row.get("city", ""),
        year=_year(row.get("year", ""), manifest, place), **values,
    )  # fmt: skip


def _year(written: str, manifest: Path, place: str) -> int | None:
    if not written:
        return None
    if written.isascii() and written.isdigit() and 1900 <= int(written) <= 2100:
        return int(written)
    raise SourceError(
        f'year "{written}" is no year', file=manifest, place=place,
        cure="Write four digits (2025) or leave it empty",
    )  # fmt: skip


def _near(inside: PurePosixPath, folder: Path) -> str:
    there = [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    ]
    near = get_close_matches(inside.as_posix(), there, n=1, cutoff=0.6)
    near = near or [path for path in there if PurePosixPath(path).name == inside.name][:1]
    if near:
        return f'Did you mean "{near[0]}"?'
    return "Put the file there or delete the line"


def _near_path(path: Path) -> str:
    siblings = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, siblings, n=1, cutoff=0.6)
    return f'Did you mean "{path.parent / near[0]}"?' if near else "Check the spelling of the path"


def _unique(found: Sequence[Entry]) -> Iterator[Entry]:
    """Entries of several folders with the same id get folder names before it."""
    ids = [entry.id for entry in found]
    whole = [entry.path.resolve().as_posix().split("/") for entry in found]
    if len(set(map(tuple, whole))) < len(whole):
        twice = next(path for path, n in Counter("/".join(w) for w in whole).items() if n > 1)
        raise SourceError("is given twice", file=twice, cure="Name it, or its folder, once")
    while clashes := {id for id, n in Counter(ids).items() if n > 1}:
        ids = [
            "/".join(parts[-(id.count("/") + 2) :]) if id in clashes else id
            for id, parts in zip(ids, whole, strict=True)
        ]
    for entry, id in zip(found, ids, strict=True):
        yield entry if entry.id == id else replace(entry, id=id)
