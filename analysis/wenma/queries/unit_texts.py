"""The sentences a question about words is asked of, chosen and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, Integers, dataset, plain
from wenma.queries.exclusion import exclude_units
from wenma.queries.table import Note, Table, nearest

BOILERPLATE = "form/boilerplate"
"""The code of wording all plans share."""

_NEEDED = ("document", "unit", "kind", "section", "paragraph", "start", "end", "text")
_PLACE = ("document", "city", "plan", "period")


@dataclass(frozen=True)
class UnitTexts:
    """Units with their text, in the order of the documents.

    `document` and `group` are numbers in `asked.documents` and `asked.groups`,
    parallel to the rows of `units`.
    """

    asked: Dataset
    units: pd.DataFrame
    document: Integers
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
            self, units=self.units[kept], document=self.document[kept], group=self.group[kept]
        )

    def of(self, column: str, name: str | None) -> "UnitTexts":
        """The units of one city, plan, period or document; all when `name` is None."""
        if name is None:
            return self
        stated = plain(self.documents[column]).to_numpy(dtype=object)
        if name not in set(stated):
            known = dict.fromkeys(stated.tolist())
            raise QueryError(
                f'there is no {column} "{name}"',
                cure=nearest(name, known),
                zh=f"没有“{name}”（{column}）。",
            )
        return self.only((stated == name)[self.document])

    def with_code(self, code: str | None) -> "UnitTexts":
        """The units that carry a code or one under it; all when it is None."""
        if code is None:
            return self
        asked = self.asked
        carries = np.isin(asked.code, asked.tree.below(code))
        unit = asked.codings["unit"].to_numpy(dtype=np.int64)[carries]
        size = max(int(self.units["unit"].max()) if len(self.units) else 0, unit.max(initial=0)) + 1
        place = self.document * size + self.units["unit"].to_numpy(dtype=np.int64)
        # A free span (unit -1) would be taken for the last unit of the document before.
        inside = unit >= 0
        return self.only(np.isin(place, (asked.document[carries] * size + unit)[inside]))

    @property
    def documents(self) -> pd.DataFrame:
        """The documents `document` counts."""
        assert self.asked.documents is not None  # `unit_texts` always gives some
        return self.asked.documents

    def table(
        self,
        columns: dict[str, object],
        *,
        group: Integers,
        notes: Sequence[Note] = (),
        basis: Mapping[str, str] | None = None,
    ) -> Table:
        """A table of these columns; its basis names what is counted here, not the codings."""
        made = self.asked.table(
            columns, group=group, notes=[*self.notes, *notes], basis=dict(basis or {})
        )
        said = {key: words for key, words in made.basis.items() if key not in ("codings", "coders")}
        if not self.boilerplate:
            said["boilerplate"] = "left out"
        return replace(made, basis=said)


def unit_texts(
    name: str,
    codings: pd.DataFrame,
    units: pd.DataFrame | None,
    *,
    documents: pd.DataFrame | None,
    codes: pd.DataFrame | None,
    by: str | None,
    headings: bool,
    boilerplate: bool = True,
) -> UnitTexts:
    """The units a question `name` looks at: body and tables, with `headings` these too.

    Without `boilerplate`, units that carry form/boilerplate are left out.
    QueryError without units, and for whatever `dataset` refuses.
    """
    known = _known(codings, units) if documents is None else documents
    asked = dataset(name, codings, documents=known, codes=codes, by=by, headings=headings)
    if units is None:
        raise QueryError(
            f"{name} looks at the text itself, which was not given",
            cure="Give units=, the frame of sentences: "
            "open_study(project, with_units=True).units has it",
            zh=f"{name} 要看原文，而没有给出。请用 open_study(project, with_units=True).units。",
        )
    if missing := [column for column in _NEEDED if column not in units.columns]:
        raise QueryError(
            f"the units have no column {', '.join(missing)}",
            cure=f"Their columns are: {', '.join(map(str, units.columns))}",
            zh=f"单元表没有 {'、'.join(missing)} 列。",
        )
    kinds = ("body", "table", "heading") if headings else ("body", "table")
    units = units[units["kind"].isin(kinds)]
    if not boilerplate:
        units = exclude_units(units, codings, BOILERPLATE, codes=codes)
    assert asked.documents is not None  # `_known` gave some
    order = pd.Index(asked.documents["document"].astype(object))
    document = order.get_indexer(pd.Index(units["document"].astype(object))).astype(np.int64)
    notes = []
    if (strange := document < 0).any():
        notes.append(
            Note(
                f"Left out: {strange.sum()} units of documents that are not in the list of "
                "documents.",
                zh=f"未计入：文件清单之外的单元 {strange.sum()} 个。",
            )
        )
        units, document = units[~strange], document[~strange]
    if not len(units):
        notes.append(
            Note("There is no text to look at: the table is empty.", zh="没有可查的文字，表为空。")
        )
    rows = np.lexsort((units["unit"].to_numpy(dtype=np.int64), document))
    return UnitTexts(
        asked=asked,
        units=units.iloc[rows].reset_index(drop=True),
        document=document[rows],
        group=asked.document_groups[document[rows]],
        boilerplate=boilerplate,
        notes=tuple(notes),
    )


def _known(codings: pd.DataFrame, units: pd.DataFrame | None) -> pd.DataFrame | None:
    """What codings say of their documents, and the documents without any."""
    if units is None or "document" not in codings or "document" not in units:
        return None
    columns = [column for column in _PLACE if column in codings]
    both = pd.concat([codings[columns], units[["document"]].drop_duplicates()])
    return both.drop_duplicates("document", ignore_index=True)
