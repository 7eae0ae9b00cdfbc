"""A table whose rows are documents becomes entries: one column holds the texts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from wenma.errors import SourceError
from wenma.sources.entry import Entry, Listing
from wenma.sources.listings.grid import CellGrid, GridRow, grid
from wenma.sources.listings.manifest import entry_of
from wenma.sources.listings.manifest_columns import (
    REQUIRED,
    known_columns,
    named_columns,
    tidied_cell,
    tidied_header,
)

_TEXT = "text", "full_text", "fulltext", "content", "body", "正文", "全文", "内容", "文本", "原文"
_LEAST = 60
"""Characters the texts of a column nobody named have on average, at the least."""
_CLEARLY = 3
"""So many times longer than in the next column."""


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Which columns of a table hold texts and titles, by their headers; "" to find them out."""

    text: str = ""
    title: str = ""


class _Table(NamedTuple):
    file: Path
    header: Sequence[str]  # as written, tidied
    names: Sequence[str]  # what each column is
    rows: Sequence[GridRow]


def rows_of_texts(data: bytes, file: Path, chosen: TextColumns) -> Listing | None:
    """A document for each row that holds a text; None when the table is a manifest.

    data    the bytes of the table (`wenma.sources.listings.grid`)
    file    where it lies
    chosen  the columns somebody named

    Other columns say of a document what they say in a manifest. A document is named by its
    title where no other row has it, else by its row: rows put in between rename no other.
    Raises SourceError when a column named is not there, or none clearly holds the texts.
    """
    try:
        found = grid(data, lambda cells: _score(cells, chosen))
        header = [tidied_header(cell) for cell in found.rows[0].cells] if found.rows else []
        by = _wanted(header, chosen)
        if not chosen.text and not by and {*REQUIRED} <= known_columns(header):
            return None
        table = _table(found, header, file, chosen)
        text = _text_column(table, chosen)
    except SourceError as slip:
        raise SourceError(
            slip.problem, file=file, place=slip.place, cure=slip.cure, zh=slip.zh
        ) from slip
    return _listing(table, text)


def _score(cells: Sequence[str], chosen: TextColumns) -> int:
    """How much a row looks like the header: known names first, then several short cells.

    A title above the table stands in one cell.
    """
    header = [tidied_header(cell) for cell in cells]
    named = {tidied_header(name).casefold() for name in (chosen.text, chosen.title) if name}
    known = len(known_columns(cells)) + len(named & {name.casefold() for name in header})
    filled = [cell for cell in cells if cell.strip()]
    several = len(filled) > 1 and max(map(len, filled)) <= _LEAST
    return 2 * (known + bool(_wanted(header))) + several


def _wanted(header: Sequence[str], chosen: TextColumns | None = None) -> list[int]:
    """The columns whose names say that they hold texts."""
    names = (tidied_header(chosen.text).casefold(),) if chosen and chosen.text else _TEXT
    return [at for at, name in enumerate(header) if name.casefold() in names]


def _table(found: CellGrid, header: Sequence[str], file: Path, chosen: TextColumns) -> _Table:
    place = f"line {found.rows[0].line}" if found.rows else "line 1"
    names = named_columns(header, between=found.between, manifest=file, place=place, required=())
    names = ["path_in_manifest" if name == "path" else name for name in names]
    if chosen.title:
        at = _position(chosen.title, header)
        names = [header[n] if name == "title" else name for n, name in enumerate(names)]
        names[at] = "title"
    return _Table(file, header, names, found.rows[1:])


def _position(name: str, header: Sequence[str]) -> int:
    folded = [one.casefold() for one in header]
    wanted = tidied_header(name).casefold()
    if wanted in folded:
        return folded.index(wanted)
    raise SourceError(
        f'has no column "{name}"; its columns are: {_shown(header)}',
        cure="Name one of these",
        zh=f"没有“{name}”列；已有的列：{_shown(header)}。请从中选择。",
    )


def _text_column(table: _Table, chosen: TextColumns) -> int:
    """The column of the texts: the one named, else one called so, else clearly the longest."""
    if chosen.text:
        return _position(chosen.text, table.header)
    if len(named := _wanted(table.header)) == 1:
        return named[0]
    rows = table.rows or [GridRow(0, ())]
    lengths = [
        (mean(sum(map(len, row.cells[at : at + 1])) for row in rows), at)
        for at in range(len(table.header))
    ]
    (longest, at), (next_longest, _) = sorted([*lengths, (0, -1), (0, -1)], reverse=True)[:2]
    if longest >= _LEAST and longest >= _CLEARLY * next_longest:
        return at
    raise SourceError(
        f"has no column that clearly holds the texts; its columns are: {_shown(table.header)}",
        cure="Say which it is: --text-column NAME",
        zh=f"看不出哪一列是正文；已有的列：{_shown(table.header)}。请用 --text-column 列名 指明。",
    )


def _shown(header: Sequence[str]) -> str:
    return ", ".join(filter(None, header)) or "none"


def _listing(table: _Table, text: int) -> Listing:
    found: list[Entry] = []
    skipped: list[tuple[Path, str]] = []
    for entry in _named(_entries(table, text), table.file):
        if entry.held and entry.held.strip():
            found.append(entry)
        else:
            skipped.append((entry.path, f"row {entry.row} holds no text"))
    return Listing(tuple(found), tuple(skipped))


def _entries(table: _Table, text: int) -> Iterator[Entry]:
    for line, cells in table.rows:
        values = {
            name: tidied_cell(cell)
            for at, (name, cell) in enumerate(zip(table.names, cells, strict=False))
            if name and at != text
        }
        held = cells[text] if text < len(cells) else ""
        entry = entry_of(values, path=table.file, id="", manifest=table.file, line=line)
        yield replace(entry, held=held, row=line)


def _named(entries: Iterator[Entry], file: Path) -> Iterator[Entry]:
    every = list(entries)
    titles = Counter(entry.title for entry in every)
    for entry in every:
        name = entry.title.replace("/", "／") or str(entry.row)
        if titles[entry.title] > 1:
            name = f"{name} ({entry.row})" if entry.title else name
        title = entry.title or f"{file.stem} {entry.row}"
        yield replace(
            entry,
            path=file / name,
            id=f"{file.name}/{name}",
            title=title,
            plan=entry.plan or title,
        )


_MARKED_UP = re.compile("</(?:p|div|span|table|td|li|h[1-6])>|<br ?/?>", re.IGNORECASE)


def suffix_of_text(held: str) -> str:
    """How a cell's text is read: as a page where a page was copied into it.

    >>> suffix_of_text("一、总则"), suffix_of_text("<p>一、总则</p>")
    ('.txt', '.html')
    """
    return ".html" if _MARKED_UP.search(held) else ".txt"
