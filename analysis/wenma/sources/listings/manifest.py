"""A manifest, a table that lists files and says what is known of each, becomes entries."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from wenma.errors import SourceError
from wenma.sources.entry import Entry
from wenma.sources.listings.grid import CellGrid, GridRow, grid
from wenma.sources.listings.manifest_columns import (
    STANDARD,
    known_columns,
    named_columns,
    tidied_cell,
    tidied_header,
    year_of,
)
from wenma.sources.listings.shelf import Shelf, one_form

MANIFESTS = tuple(
    f"{name}{suffix}"
    for name in ("manifest", "清单")
    for suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
)
"""What a manifest is called; where a folder has several, the first of these is read."""

_PLAIN = "title city plan period kind level issuer number source note".split()


def listed_in(data: bytes, manifest: Path, shelf: Shelf) -> list[Entry]:
    """The entries a manifest lists, in its order.

    data      the bytes of the manifest
    manifest  where it lies, for messages
    shelf     the files it speaks of

    Raises SourceError for a mistake in it: no part of a faulty manifest is used, so nothing is
    coded under wrong metadata.
    """
    try:
        table = grid(data, lambda cells: len(known_columns(cells)))
    except SourceError as slip:
        raise SourceError(
            slip.problem, file=manifest, place=slip.place, cure=slip.cure, zh=slip.zh
        ) from slip
    found: list[Entry] = []
    lines: dict[str, int] = {}
    for line, row in _rows(table, manifest):
        entry = _entry(row, shelf, manifest, line)
        if entry.id in lines:
            raise SourceError(
                f'path "{entry.id}" is listed twice (first in line {lines[entry.id]})',
                file=manifest, place=f"line {line}", cure="Delete one of the two lines",
                zh=f"路径“{entry.id}”列了两次（先见于第 {lines[entry.id]} 行）。请删去一行。",
            )  # fmt: skip
        lines[entry.id] = line
        found.append(entry)
    if not found:
        raise SourceError(
            "lists no document", file=manifest, cure="Add a line for each document",
            zh="没有列出任何文件。请为每份文件写一行。",
        )  # fmt: skip
    return found


def _rows(table: CellGrid, manifest: Path) -> Iterator[tuple[int, dict[str, str]]]:
    first, *rows = table.rows or (GridRow(1, ()),)
    written = [tidied_header(name) for name in first.cells]
    place = f"line {first.line}"
    header = named_columns(written, between=table.between, manifest=manifest, place=place)
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            what = (table.between or "commas").removesuffix("s")
            raise SourceError(
                f"{len(cells)} cells under {len(header)} columns",
                file=manifest,
                place=f"line {line}",
                cure=f'Put cells that hold a {what} in "quotation marks"',
                zh=f"有 {len(cells)} 格，而表头只有 {len(header)} 列。含分隔符的格请加引号。",
            )
        named = [(name, cell) for name, cell in zip(header, cells, strict=False)]
        if any(cell.strip() for name, cell in named if not name):
            raise SourceError(
                "a cell stands under a column without a name",
                file=manifest,
                place=f"line {line}",
                cure="Name the column in the first line, or empty it",
                zh="有一格所在的列没有列名。请在首行写上列名，或清空该列。",
            )
        # A file's name may hold any characters: it is not tidied.
        yield line, {n: c.strip() if n == "path" else tidied_cell(c) for n, c in named if n}


def _entry(row: dict[str, str], shelf: Shelf, manifest: Path, line: int) -> Entry:
    place = f"line {line}"
    inside = _inside(row.get("path", ""), manifest, place)
    path = shelf.find(inside)
    if path is None:
        near = shelf.near(inside)
        raise SourceError(
            f'path "{row["path"]}" names a file that is not there', file=manifest, place=place,
            cure=f'Did you mean "{near}"?' if near else "Put the file there or delete the line",
            zh=f"路径“{row['path']}”没有这个文件。"
            + (f"是否想写“{near}”？" if near else "请放入文件，或删去此行。"),
        )  # fmt: skip
    row["title"] = row.get("title", "") or one_form(path.stem)
    row["plan"] = row.get("plan", "") or row["title"]
    return entry_of(row, path=path, id=one_form(inside.as_posix()), manifest=manifest, line=line)


def entry_of(row: Mapping[str, str], *, path: Path, id: str, manifest: Path, line: int) -> Entry:
    """The entry a row of named cells says; SourceError when its year is none."""
    values: dict[str, Any] = {name: row.get(name, "") for name in _PLAIN}
    return Entry(
        path=path,
        id=id,
        year=_year(row.get("year", ""), manifest, f"line {line}"),
        attributes=tuple((n, c) for n, c in row.items() if n not in STANDARD and c),
        listed=True,
        **values,
    )


def _inside(written: str, manifest: Path, place: str) -> PurePosixPath:
    """The path a manifest writes, which never leads out of the manifest's folder."""
    if not written:
        raise SourceError(
            "path is empty", file=manifest, place=place, cure="Name the file",
            zh="路径为空。请写上文件名。",
        )  # fmt: skip
    inside = PurePosixPath(os.path.normpath(written.replace("\\", "/")))
    if inside.is_absolute() or ".." in inside.parts or ":" in "".join(inside.parts[:1]):
        raise SourceError(
            f'path "{written}" leads out of the folder', file=manifest, place=place,
            cure="Put the file below the manifest and give its path from there",
            zh=f"路径“{written}”指向文件夹之外。请把文件放在清单之下，按那里写路径。",
        )  # fmt: skip
    return inside


def _year(written: str, manifest: Path, place: str) -> int | None:
    if not written:
        return None
    if (year := year_of(written)) is not None:
        return year
    raise SourceError(
        f'year "{written}" is not a year', file=manifest, place=place,
        cure="Write four digits (2025) or leave it empty",
        zh=f"年份“{written}”不是年份。请写四位数字（2025）或留空。",
    )  # fmt: skip
