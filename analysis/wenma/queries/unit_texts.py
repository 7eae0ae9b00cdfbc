"""The units a question about words looks at, chosen and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.case_filter import filter_cases
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By, positions
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Integers

BOILERPLATE = "form/boilerplate"
"""The code of wording all plans share."""

_NEEDED = ("document", "unit", "kind", "section", "paragraph", "start", "end", "text")


@dataclass(frozen=True)
class UnitTexts:
    """Units with their text, in the order of the documents.

    `document`, `case` and `group` are the numbers of each unit's document, case and group,
    parallel to the rows of `units`.
    """

    grouped: Grouped
    units: pd.DataFrame
    document: Integers
    case: Integers
    group: Integers
    boilerplate: bool
    notes: tuple[Note, ...] = ()

    @cached_property
    def each(self) -> list[str]:
        """The text of each unit."""
        return list(self.units["text"].to_numpy(dtype=object))

    @cached_property
    def text(self) -> str:
        """All of them, one a line. (One long text is cut and searched faster than many short.)"""
        return "\n".join(self.each)

    @cached_property
    def at(self) -> Integers:
        """Where in `text` each unit begins."""
        sizes = np.fromiter(map(len, self.each), dtype=np.int64, count=len(self.units))
        return np.concatenate([[0], np.cumsum(sizes + 1)[:-1]]) if len(sizes) else sizes

    @cached_property
    def ends(self) -> Integers:
        """Where in `text` each unit ends."""
        return np.append(self.at[1:] - 1, len(self.text)) if len(self.at) else self.at

    def only(self, kept: NDArray[np.bool_]) -> "UnitTexts":
        """Some of the units."""
        return replace(
            self,
            units=self.units[kept],
            document=self.document[kept],
            case=self.case[kept],
            group=self.group[kept],
        )

    def of(self, attribute: str, name: str | None) -> "UnitTexts":
        """The units whose case has this value of an attribute; all when `name` is None."""
        if name is None:
            return self
        return self.only(filter_cases(self.grouped.cases, {attribute: name})[self.case])

    def with_code(self, code: str | None) -> "UnitTexts":
        """The units that carry a code or one under it; all when it is None."""
        if code is None:
            return self
        grouped = self.grouped
        carries = np.isin(grouped.code, grouped.tree.below(code))
        unit = grouped.unit[carries]
        size = max(int(self.units["unit"].max()) if len(self.units) else 0, unit.max(initial=0)) + 1
        place = self.document * size + self.units["unit"].to_numpy(dtype=np.int64)
        # A free span (unit -1) would be taken for the last unit of the document before.
        inside = unit >= 0
        return self.only(np.isin(place, (grouped.document[carries] * size + unit)[inside]))

    def table(
        self,
        columns: dict[str, object],
        *,
        group: Integers | None,
        notes: Sequence[Note] = (),
        basis: Mapping[str, str] | None = None,
    ) -> Table:
        """A table of these columns; its basis names what is counted here, not the codings."""
        made = self.grouped.table(
            columns, group=group, notes=[*self.notes, *notes], basis=dict(basis or {})
        )
        said = {key: words for key, words in made.basis.items() if key not in ("codings", "coders")}
        if not self.boilerplate:
            said["boilerplate"] = "left out"
        return replace(made, basis=said)


def unit_texts(
    data: Dataset, name: str, *, by: By, headings: bool, boilerplate: bool = True
) -> UnitTexts:
    """The units a question `name` looks at: body and tables, with `headings` these too.

    Without `boilerplate`, units that carry form/boilerplate are left out.
    QueryError without texts, and for whatever `Dataset.grouped` refuses.
    """
    looked_at = data if boilerplate else data.without(BOILERPLATE)[0]
    grouped = data.grouped(name, by=by, headings=headings)
    units = looked_at.units
    if units is None:
        raise QueryError(
            f"{name} looks at the text itself, which was not given",
            cure="Give units=, the frame of sentences",
            zh=f"{name} 要看原文，而没有给出。",
        )
    if missing := [column for column in _NEEDED if column not in units.columns]:
        raise QueryError(
            f"the units have no column {', '.join(missing)}",
            cure=f"Their columns are: {', '.join(map(str, units.columns))}",
            zh=f"单元表没有 {'、'.join(missing)} 列。",
        )
    kinds = ("body", "table", "heading") if headings else ("body", "table")
    units = units[units["kind"].isin(kinds)]
    document = positions(data.columns.documents, units["document"])
    case = data.case_map.at(document, units["start"].to_numpy(dtype=np.int64))
    inside = (document >= 0) & (case >= 0)
    notes = []
    if not len(units[inside]):
        notes.append(
            Note("There is no text to look at: the table is empty.", zh="没有可查的文字，表为空。")
        )
    units, document, case = units[inside], document[inside], case[inside]
    rows = np.lexsort((units["unit"].to_numpy(dtype=np.int64), document))
    case = case[rows]
    return UnitTexts(
        grouped=grouped,
        units=units.iloc[rows].reset_index(drop=True),
        document=document[rows],
        case=case,
        group=grouped.case_groups[case],
        boilerplate=boilerplate,
        notes=tuple(notes),
    )
