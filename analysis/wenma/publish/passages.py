"""The passages behind the numbers of a report, each set found once and quoted in part.

`excerpts` answers one door at a time; a report has thousands. Here the codings
are numbered once, so that a door is a few comparisons of arrays. A test holds
both to the same passages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.queries.dataset import Dataset
from wenma.queries.grouping import as_text
from wenma.queries.table import Table

if TYPE_CHECKING:
    pass

CodingMask = NDArray[np.bool_]

_KNOWN = {"code", "also", "headings", "children", "where", "document"}


@dataclass(frozen=True)
class Quote:
    """One passage as it stands in the text, and where."""

    text: str
    document: str
    section: str
    page: int | None
    line: int | None
    start: int
    end: int
    codes: tuple[str, ...]
    rules: tuple[str, ...]
    evidence: str
    unit: int = -1
    coder: str = ""


@dataclass(frozen=True)
class Passages:
    """What one number counts: how many passages, and some of them."""

    anchor: str
    door: Mapping[str, Any]
    count: int
    quotes: tuple[Quote, ...]


class Doors:
    """Gives each door of a report its anchor, and at the end what lies behind each.

    `most` passages of a number are quoted, evenly spread over all it counts.
    `ask` answers `excerpts` for a door with options that are not known here.
    """

    def __init__(
        self,
        data: Dataset,
        ask: Callable[[Mapping[str, Any]], Table],
        *,
        most: int,
        prefix: str = "e",
    ) -> None:
        self._ask, self._most, self._data, self._prefix = ask, most, data, prefix
        self._found: dict[tuple[tuple[str, Any], ...], Passages | None] = {}
        frame = data.details().reset_index(drop=True)
        self._frame = frame
        # A cell of a list is found a hundred times sooner than one of a frame.
        self._cells = {str(name): frame[name].astype(object).tolist() for name in frame}
        self._code = frame["code"].astype(str).to_numpy(dtype=object)
        self._body = frame["kind"].to_numpy() != "heading"
        document = pd.factorize(frame["document"])[0]
        unit = frame["unit"].to_numpy(dtype=np.int64)
        self._in_unit = unit >= 0
        self._spot = document * (unit.max(initial=0) + 1) + unit
        spans = pd.MultiIndex.from_arrays([document, frame["start"], frame["end"]])
        # Numbered as they first come: in the order of the text.
        self._passage = spans.factorize()[0]
        self._masks: dict[tuple[str, bool], CodingMask] = {}
        self._beside: dict[tuple[str, bool, bool], CodingMask] = {}
        self._groups: dict[tuple[str, str], CodingMask] = {}

    def anchor(self, door: Mapping[str, Any]) -> str:
        """The anchor of a door's passages; "" when there are none."""
        also = door.get("also", ())
        where = tuple(sorted(door.get("where", {}).items()))
        flat = {**door, "also": (also,) if isinstance(also, str) else tuple(also or ())}
        flat["where"] = where
        key = tuple(
            sorted((name, value) for name, value in flat.items() if value not in ((), None))
        )
        if key not in self._found:
            number = 1 + sum(one is not None for one in self._found.values())
            opened = dict(key) | ({"where": dict(where)} if where else {})
            self._found[key] = self._passages(opened, f"{self._prefix}{number}")
        found = self._found[key]
        return found.anchor if found else ""

    def opened(self) -> tuple[Passages, ...]:
        """The passages of every door that was given an anchor, in that order."""
        return tuple(one for one in self._found.values() if one is not None)

    def _passages(self, door: dict[str, Any], anchor: str) -> Passages | None:
        if set(door) - _KNOWN:
            return self._asked(door, anchor)
        rows = np.flatnonzero(self._kept(door))
        passages = self._passage[rows]
        each = np.unique(passages)
        if not len(each):
            return None
        quotes = [
            self._quote(rows[passages == each[at]]) for at in evenly_spread(len(each), self._most)
        ]
        return Passages(anchor, door, len(each), tuple(quotes))

    def _kept(self, door: Mapping[str, Any]) -> CodingMask:
        children, headings = door.get("children", True), bool(door.get("headings", False))
        kept = np.ones(len(self._frame), dtype=bool) if headings else self._body.copy()
        if "code" in door:
            kept &= self._coded(door["code"], children)
        for other in door.get("also", ()):
            kept &= self._meeting(other, children, headings)
        named = dict(door.get("where", {}))
        if "document" in door:
            named["document"] = door["document"]
        for key in named.items():
            if key not in self._groups:
                stated = as_text(self._data.cases[str(key[0])]).to_numpy(dtype=object)
                self._groups[key] = np.append(stated == key[1], False)[self._data.case]
            kept &= self._groups[key]
        return kept

    def _coded(self, path: str, children: bool) -> CodingMask:
        if (path, children) not in self._masks:
            below = f"{path}/"
            self._masks[path, children] = np.array(
                [code == path or (children and code.startswith(below)) for code in self._code],
                dtype=bool,
            )
        return self._masks[path, children]

    def _meeting(self, path: str, children: bool, headings: bool) -> CodingMask:
        """Which codings stand in a unit that carries this code."""
        key = (path, children, headings)
        if key not in self._beside:
            carries = self._coded(path, children) & self._in_unit
            if not headings:
                carries &= self._body
            self._beside[key] = self._in_unit & np.isin(self._spot, self._spot[carries])
        return self._beside[key]

    def _quote(self, rows: NDArray[np.int64]) -> Quote:
        first = {name: column[rows[0]] for name, column in self._cells.items()}
        joined = ([self._cells[name][row] for row in rows] for name in ("code", "rule", "evidence"))
        return _quoted(first, *joined)

    def _asked(self, door: Mapping[str, Any], anchor: str) -> Passages | None:
        frame = self._ask(door).frame
        if not len(frame):
            return None
        rows = frame.iloc[evenly_spread(len(frame), self._most)].to_dict("records")
        cells = ({str(name): cell for name, cell in row.items()} for row in rows)
        quotes = tuple(
            _quoted(one, [one["codes"]], [one["rule"]], [one["evidence"]]) for one in cells
        )
        return Passages(anchor, door, len(frame), quotes)


def evenly_spread(count: int, most: int) -> list[int]:
    """At most so many of `count` places, evenly over all of them.

    >>> evenly_spread(3, 5), evenly_spread(100, 4)
    ([0, 1, 2], [0, 33, 66, 99])
    """
    if count <= most:
        return list(range(count))
    return [at * (count - 1) // max(most - 1, 1) for at in range(most)]


def _quoted(
    first: Mapping[str, Any],
    codes: Iterable[str],
    rules: Iterable[str],
    evidence: Iterable[str],
) -> Quote:
    def each(parts: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p for part in parts for p in str(part).split("; ") if p))

    page, line = first.get("page"), first.get("line")
    return Quote(
        text=str(first["excerpt"]),
        document=str(first["document"]),
        section=str(first["section"]),
        page=None if pd.isna(page) else int(page),
        line=None if pd.isna(line) else int(line),
        start=int(first["start"]),
        end=int(first["end"]),
        codes=each(codes),
        rules=each(rules),
        evidence="; ".join(each(evidence)),
        unit=int(first.get("unit", -1)),
        coder=str(first.get("coder", "")),
    )
