"""What people added, as lines of a pack: written, and read back when each line is sound."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from wenma.errors import ProjectError
from wenma.records import SETTLED
from wenma.sources.listings.manifest_columns import tidied_cell, year_of
from wenma.store.coding_session import checked_name
from wenma.store.document_edits import LONGEST_MEMO, Decision
from wenma.store.exchange_annotations import SIGNED, TOLD, UNKNOWN, AnnotationRow
from wenma.store.keyed_rows import KEYS
from wenma.store.serialization import unpack_evidence

_MOST = 2**31
_LONGEST = 4 * LONGEST_MEMO
_OPTIONAL = frozenset(("chance", "probability"))
_NUMBERS = frozenset(("start", "end", "unit", "position"))


def lines_of(rows: Iterable[AnnotationRow]) -> str:
    """The rows, one JSON object a line."""
    return "".join(
        json.dumps(row._asdict(), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    )


def rows_of(text: str, lengths: Mapping[str, int]) -> Iterator[AnnotationRow]:
    """The rows again; `lengths` are the documents' texts'.

    Raises ValueError with the number of a line that is not a row, is not a person's,
    or lies outside its text.
    """
    # Not splitlines: a memo may hold what other programs take for the end of a line.
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            row = _row(json.loads(line))
            _check(row, lengths)
        except (
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            ProjectError,
            RuntimeError,
            StopIteration,
        ) as error:
            raise ValueError(f"line {number}: {error}") from None
        yield row


def _row(told: Any) -> AnnotationRow:
    if not isinstance(told["key"], list):
        raise ValueError("its key is not a list")
    row = AnnotationRow(told["table"], tuple(told["key"]), told["values"])
    known = set(TOLD.get(row.table, ()))
    if not known or not known - _OPTIONAL <= set(row.values) <= known:
        raise ValueError("people do not add such rows")
    return row


def _check(row: AnnotationRow, lengths: Mapping[str, int]) -> None:
    cells = dict(zip(KEYS[row.table], row.key, strict=True)) | dict(row.values)
    for name, cell in cells.items():
        if name in _OPTIONAL and type(cell) is float and 0 < cell <= 1:
            continue
        if type(cell) is not (int if name in _NUMBERS else str):
            raise ValueError(f"{name} is {cell!r}")
        if isinstance(cell, int):
            if not -1 <= cell < _MOST:
                raise ValueError(f"{name} is {cell}")
        elif len(cell.encode()) > _LONGEST:  # no half of a character either
            raise ValueError(f"{name} is too long")
    if row.table in SIGNED:
        _check_attribute(row, cells)
    if row.person not in (SETTLED, UNKNOWN):
        checked_name(row.person)
    if row.table == "verdict" and cells["verdict"] not in get_args(Decision):
        raise ValueError(f"the verdict is {cells['verdict']!r}")
    if row.table == "coding" and unpack_evidence(cells["evidence"]):
        raise ValueError("a person's coding has no evidence of rules")
    if row.table == "memo":
        _check_about(cells["about"])
    if row.document is not None and row.document not in lengths:
        raise ValueError(f"the pack has no document {row.document!r}")
    if "start" in cells and not 0 <= cells["start"] < cells["end"] <= lengths[row.document or ""]:
        raise ValueError("its span is outside the text")


def _check_attribute(row: AnnotationRow, cells: Mapping[str, Any]) -> None:
    """Tidied as it would be on the way in, a year where the year is meant."""
    name = cells["name" if row.table == "attribute" else "attribute"]
    for cell in (name, cells["value"], cells.get("stated", "")):
        if cell != tidied_cell(cell):
            raise ValueError(f"{cell!r} is not tidied")
    if not name or (row.table == "case_span" and not cells["value"]):
        raise ValueError("an attribute has no name or a stretch belongs to nothing")
    if name == "year" and cells["value"] and year_of(cells["value"]) is None:
        raise ValueError(f"year is {cells['value']!r}")


def _check_about(about: str) -> None:
    """A memo is about the project, a document, a code, a coding, or a unit by its number."""
    kind, _, what = about.partition(":")
    if kind not in ("project", "document", "code", "coding", "unit"):
        raise ValueError(f"a memo is about {about!r}")
    if kind == "unit" and not what.rpartition(":")[2].isdecimal():
        raise ValueError(f"a memo is about {about!r}, which does not name a unit")
