"""Codings numbered by code, case and group: what the queries count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.code_tree import CodeTree
from wenma.queries.grouping import By, Grouping, as_text, grouping, positions
from wenma.queries.segments import Segments, segments
from wenma.queries.table import Note, Table
from wenma.statistics.arrays import Floats, Integers

if TYPE_CHECKING:
    from wenma.queries.dataset import Dataset


UNEVEN = 0.1
"""Groups of which so much more or less has been decided than of others are not compared alike."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """The codings a question counts, each with numbers; all arrays run parallel.

    code, group  in `tree.paths`, in `groups`
    case         row of `cases`; `document` the number of its document, which may have several
    passage      the same for codings on the same characters of the same document (and case)
    unit, start, end  as in the codings; `position` is that of each in `data`
    """

    name: str
    data: "Dataset"
    tree: CodeTree
    grouping: Grouping
    headings: bool
    notes: tuple[Note, ...]
    position: Integers
    code: Integers
    case: Integers
    document: Integers
    unit: Integers
    start: Integers
    end: Integers
    passage: Integers

    @property
    def by(self) -> tuple[str, ...]:
        """The attributes the groups are of."""
        return self.grouping.by

    @property
    def by_name(self) -> str:
        """The attributes in one word, as a basis names them; "" without groups."""
        return " × ".join(self.by)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups; one without a name when nothing is grouped."""
        return self.grouping.names

    @property
    def case_groups(self) -> Integers:
        """The group of each case."""
        return self.grouping.of_case

    @property
    def cases(self) -> pd.DataFrame:
        """The cases, a row each."""
        return self.data.cases

    @cached_property
    def group(self) -> Integers:
        """The group of each coding."""
        return self.case_groups[self.case]

    @cached_property
    def case_documents(self) -> Integers:
        """The number of each case's document, by its first case."""
        numbers, _ = pd.factorize(self.cases["document"])
        return np.asarray(numbers, dtype=np.int64)

    def documents_of_groups(self) -> Integers:
        """How many different documents each group has a case of."""
        pairs = np.unique(np.stack([self.case_groups, self.case_documents]), axis=1)
        return np.bincount(pairs[0], minlength=len(self.groups)).astype(np.int64)

    def number(self, name: str) -> Integers:
        """A column of numbers (section, paragraph, ordinal) of the codings; QueryError without."""
        found = getattr(self.data.columns, name)
        if found is None:
            raise QueryError(
                f"the codings have no column {name}",
                cure="Ask with the window unit, or read them anew",
                zh=f"编码表没有 {name} 列。请以单元为范围，或重新读取。",
            )
        return np.asarray(found[self.position], dtype=np.int64)

    def words(self, name: str) -> NDArray[np.object_]:
        """The coder or the rules ("rules", joined) of each coding; "" where unknown."""
        columns = self.data.columns
        names, of = {
            "coder": (columns.coders, columns.coder),
            "rules": (columns.rule_lists, columns.rules),
        }[name]
        if of is None:
            return np.full(len(self.position), "", dtype=object)
        return np.array([*names, ""], dtype=object)[of[self.position]]

    @cached_property
    def details(self) -> pd.DataFrame:
        """The codings as a frame, with their texts."""
        return self.data.details(self.position)

    def cut(self, size: str) -> Segments:
        """The clauses or sentences of all documents; QueryError where the text is not there."""
        units = self.data.units
        if units is None:
            raise QueryError(
                f"the text was not given, so that it cannot be cut into {size}s",
                cure="Give units=, the frame of sentences",
                zh="没有给出正文，无法切分为更小的单位。",
            )
        if self.data.columns.paragraph is None:
            raise QueryError(
                f"the codings have no column paragraph, so that no {size} can be told",
                cure="Code by smaller units than sections: wenma code --unit sentence",
                zh="编码单元是整节，无法再分为更小的单位。请用更小的 --unit 重新编码。",
            )
        if size not in self._cuts:
            document = positions(self.data.columns.documents, units["document"])
            case = self.data.case_map.at(document, units["start"].to_numpy(dtype=np.int64))
            inside = np.where((document >= 0) & (case >= 0), document, -1).astype(np.int64)
            self._cuts[size] = segments(units, inside, size, headings=self.headings)
        return self._cuts[size]

    @cached_property
    def _cuts(self) -> dict[str, Segments]:
        return {}

    def case_of(self, cut: Segments) -> Integers:
        """The case each clause or sentence begins in."""
        return self.data.case_map.at(cut.document, cut.start)

    def sums(self, *columns: str) -> tuple[Floats, tuple[Note, ...]]:
        """What the cases of each group add up to in these columns, nan where unknown.

        With headings counted, name the headings' column too.
        """
        cases = self.cases
        missing = [column for column in columns if column not in cases.columns]
        if missing:
            named = ", ".join(missing)
            return np.full(len(self.groups), np.nan), (
                Note(
                    f"What is counted per document ({named}) is unknown here: "
                    "what is divided by it is empty.",
                    zh=f"缺少文件数据（{named}），以其为分母的数值留空。",
                ),
            )
        numbers = cases[list(columns)].to_numpy(dtype=np.float64).sum(axis=1)
        total = np.bincount(self.case_groups, weights=numbers, minlength=len(self.groups))
        unknown = int(np.isnan(numbers).sum())
        return total.astype(np.float64), (
            Note(
                f"{unknown} documents do not state {', '.join(columns)}: what is divided by it "
                "is empty for their group.",
                zh=f"{unknown} 份文件缺少 {', '.join(columns)}，其所在组以此为分母的数值留空。",
            ),
        ) * (unknown > 0)

    def stated(self, attribute: str) -> NDArray[np.object_]:
        """What the case of each coding states of an attribute ("" for nothing)."""
        return as_text(self.cases[attribute]).to_numpy(dtype=object)[self.case]

    def table(
        self,
        columns: Mapping[str, object],
        *,
        notes: Sequence[Note] = (),
        group: Integers | None = None,
        basis: Mapping[str, str] | None = None,
        also: Mapping[str, str] | None = None,
        values: Mapping[str, tuple[str, ...]] | None = None,
        elsewhere: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Table:
        """A table of these columns, with the group's name first where there are groups.

        `group` has the number of each row's group; `basis` adds to what was counted; `also`
        has the further code of each column that counts only units with it; `values` what is
        behind the names of groups, where the columns name them otherwise than `groups` does.
        """
        shown = _limits_beside(columns)
        if self.by and group is not None:
            shown = {"group": np.array(self.groups, dtype=object)[group], **shown}
        told = dict.fromkeys((*self.data.notes, *self.notes, *self._decided[1], *notes))
        return Table(
            self.name,
            pd.DataFrame(shown),
            tuple(told),
            {**self.data.basis, **self.basis(), **(basis or {})},
            dict(also or {}),
            dict(zip(self.groups, self.grouping.values, strict=True) if values is None else values),
            elsewhere=dict(elsewhere or {}),
        )

    @cached_property
    def _decided(self) -> tuple[str, tuple[Note, ...]]:
        """How many of the rules' proposals somebody has decided, by group; and whether evenly."""
        if "proposals" not in self.cases:
            return "", ()
        many, some = (
            np.bincount(self.case_groups, weights=self.cases[name], minlength=len(self.groups))
            for name in ("proposals", "proposals_decided")
        )
        told = f"{int(some.sum())} of {int(many.sum())}"
        if not self.by:
            return told, ()
        each = [
            f"{name or '—'} {int(one)} of {int(of)}"
            for name, one, of in zip(self.groups, some, many, strict=True)
        ]
        asked = many > 0
        share = some[asked] / many[asked]
        uneven = len(share) > 1 and share.max() - share.min() > UNEVEN
        return f"{told} ({first_few(each, 12)})", (
            Note(
                f"The comparison is uneven: people have decided between {share.min():.0%} and "
                f"{share.max():.0%} of the proposals of these groups. Review all of them alike, or "
                "ask the rules alone.",
                zh=f"比较不均衡：各组已复核的比例从 {share.min():.0%} 到 {share.max():.0%} 不等。"
                "请对各组同等复核，或只问规则的编码。",
            ),
        ) * bool(uneven)

    def basis(self) -> dict[str, str]:
        """What was counted, in words and numbers, for the line under the table."""
        # What several coders coded alike is one row that names them all.
        columns = self.data.columns
        there = [] if columns.coder is None else np.unique(columns.coder[self.position]).tolist()
        coders = sorted({one for at in there for one in columns.coders[at].split("; ")})
        return {
            "documents": str(len(set(self.case_documents.tolist()))),
            "codings": str(len(self.position)),
            "coders": "; ".join(coders),
            "headings": "counted" if self.headings else "left out",
            **({"decided": self._decided[0]} if self._decided[0] else {}),
            **({"by": self.by_name} if self.by else {}),
        }


def grouped(data: "Dataset", name: str, *, by: By, headings: bool) -> Grouped:
    """Number the codings for a question; what cannot be counted is left out with a note."""
    into = grouping(data.cases, by)
    tree, columns = data.tree, data.columns
    notes: list[Note] = []
    if not len(data):
        notes.append(
            Note(
                "There are no codings: code the documents first.",
                zh="没有编码参考点：请先对文件编码。",
            )
        )
    kept = np.arange(len(data)) if headings else np.flatnonzero(~columns.heading)
    number = np.array([*(tree.at.get(path, -1) for path in columns.paths), -1], dtype=np.int64)
    code = number[columns.code[kept]]
    if (strange := code < 0).any():
        paths = sorted({columns.paths[n] for n in np.unique(columns.code[kept][strange])})
        notes.append(
            Note(
                f"Left out: {strange.sum()} codings of codes that are not in the codebook "
                f"({first_few(paths)}).",
                zh=f"未计入：编码本中没有的编码 {strange.sum()} 处（{first_few(paths)}）。",
            )
        )
        kept, code = kept[~strange], code[~strange]
    case = data.case[kept]
    if (strange := case < 0).any():
        notes.append(
            Note(
                f"Left out: {strange.sum()} codings of documents that are not in the list "
                "of documents.",
                zh=f"未计入：文件清单之外的编码参考点 {strange.sum()} 处。",
            )
        )
        kept, code, case = kept[~strange], code[~strange], case[~strange]
    unit, start, end = (
        np.asarray(getattr(columns, name)[kept], dtype=np.int64)
        for name in ("unit", "start", "end")
    )
    return Grouped(
        name=name,
        data=data,
        tree=tree,
        grouping=into,
        headings=headings,
        notes=(*notes, *into.notes()),
        position=kept,
        code=code,
        case=case,
        document=np.asarray(columns.document[kept], dtype=np.int64),
        unit=unit,
        start=start,
        end=end,
        passage=_passages(case, start, end),
    )


def first_few(names: Sequence[str], most: int = 5) -> str:
    """The first few names in one line.

    >>> first_few(["上海", "广州", "成都"], most=2)
    '上海, 广州, …'
    """
    return ", ".join([*(name or '""' for name in names[:most]), *["…"] * (len(names) > most)])


def _limits_beside(columns: Mapping[str, object]) -> dict[str, object]:
    """The columns with the limits of each right behind it.

    >>> list(_limits_beside({"share": 1, "p": 2, "share_low": 0, "share_high": 3}))
    ['share', 'share_low', 'share_high', 'p']
    """
    shown: dict[str, object] = {}
    for name, column in columns.items():
        limits = (f"{name}_low", f"{name}_high")
        shown |= {name: column, **{one: columns[one] for one in limits if one in columns}}
    return shown


def _passages(case: Integers, start: Integers, end: Integers) -> Integers:
    """The same number for the same stretch of the same case, from 0."""
    if not len(case):
        return case
    if (np.diff(case) >= 0).all():
        spot = case * (start.max() + 1) + start
        if (np.diff(spot) >= 0).all():
            new = (np.diff(spot) > 0) | (np.diff(end) != 0)
            # In the order of the text, the same stretches stand beside each other …
            if ((np.diff(spot) > 0) | (np.diff(end) >= 0)).all():
                return np.concatenate([[0], np.cumsum(new)])
    # … else three sorts of integers are many times faster than one of rows.
    spot = np.unique(case * (start.max() + 1) + start, return_inverse=True)[1]
    return np.unique(spot * (end.max() + 1) + end, return_inverse=True)[1].astype(np.int64)
