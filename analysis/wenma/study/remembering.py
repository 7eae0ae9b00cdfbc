"""Answers that took long, kept in the project until something changes there."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from wenma.queries.table import Note, Query, Table
from wenma.store.project import Project
from wenma.study.clock import now
from wenma.version import __version__

SLOW = ("agreement", "robustness", "reuse")
"""Questions that draw samples, count again and again, or compare all texts with each other."""


def recall(project: Project, asked: Query, key: Sequence[Any]) -> Table | None:
    """The answer given before to the same question of the same study; None where there is none."""
    if asked.name not in SLOW:
        return None
    found = project.recall(_question(key), _token(project))
    return None if found is None else table_of(found)


def remember(project: Project, asked: Query, key: Sequence[Any], table: Table) -> None:
    """Keep an answer that took long; a project that cannot be written to forgets it."""
    if asked.name in SLOW:
        project.remember(_question(key), _token(project), bytes_of(table), now=now())


def bytes_of(table: Table) -> bytes:
    """A table as JSON, its numbers to the last digit."""
    columns = {}
    for name, column in table.frame.items():
        values = column.astype(object).where(column.notna(), None).tolist()
        columns[str(name)] = [str(column.dtype), values]
    told: dict[str, Any] = {
        "name": table.name,
        "columns": columns,
        "notes": [[str(note), note.zh] for note in table.notes],
        "basis": dict(table.basis),
        "also": dict(table.also),
        "groups": {name: list(values) for name, values in table.groups.items()},
    }
    return json.dumps(told, ensure_ascii=False).encode()


def table_of(content: bytes) -> Table:
    """The table that `bytes_of` wrote.

    >>> frame = pd.DataFrame({"code": ["a"], "alpha": [np.nan], "n": [3]})
    >>> again = table_of(bytes_of(Table("agreement", frame, (Note("One.", zh="一。"),))))
    >>> again.frame.equals(frame), again.notes[0].zh
    (True, '一。')
    """
    told = json.loads(content)
    columns = {
        name: pd.Series(
            [np.nan if one is None and kind.startswith("float") else one for one in values],
            dtype=kind,
        )
        for name, (kind, values) in told["columns"].items()
    }
    return Table(
        told["name"],
        pd.DataFrame(columns),
        tuple(Note(en, zh=zh) for en, zh in told["notes"]),
        told["basis"],
        told["also"],
        {name: tuple(values) for name, values in told["groups"].items()},
    )


def _question(key: Sequence[Any]) -> str:
    said = json.dumps([__version__, *key], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _token(project: Project) -> str:
    return json.dumps(project.change_token())
