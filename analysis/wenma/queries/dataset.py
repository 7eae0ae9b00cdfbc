"""What a question is asked of: codings, their codes and their groups, checked and numbered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.segments import Segments, segments
from wenma.queries.table import BY, Note, Table, nearest

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

_NEEDED = ("document", "start", "end", "code", "unit", "kind")


@dataclass(frozen=True)
class CodeTree:
    """The codes, parents before children; `paths` in the order of the codebook."""

    paths: tuple[str, ...]

    @cached_property
    def at(self) -> dict[str, int]:
        """The number of each code."""
        return {path: number for number, path in enumerate(self.paths)}

    @cached_property
    def dimension(self) -> Integers:
        """For each code, the number of its dimension (the first step of its path)."""
        return _integers(self.at[path.partition("/")[0]] for path in self.paths)

    def below(self, path: str) -> list[int]:
        """The numbers of a code and of all codes under it."""
        self.check(path)
        return [
            number
            for number, other in enumerate(self.paths)
            if other == path or other.startswith(f"{path}/")
        ]

    def children(self, path: str) -> list[int]:
        """The numbers of the codes directly under a code."""
        self.check(path)
        return [n for n, other in enumerate(self.paths) if other.rpartition("/")[0] == path]

    def parts(self, path: str) -> Integers:
        """The numbers of the codes directly under a code; QueryError when there are none."""
        if children := self.children(path):
            return np.array(children, dtype=np.int64)
        parents = dict.fromkeys(code.rpartition("/")[0] for code in self.paths if "/" in code)
        raise QueryError(
            f'the code "{path}" has no codes under it to make rows or columns of',
            cure=nearest(path, parents),
            zh=f"编码“{path}”之下没有编码，不能作行或列。",
        )

    def check(self, path: str) -> None:
        """QueryError when there is no such code."""
        if path not in self.at:
            raise QueryError(
                f'there is no code "{path}"',
                cure=nearest(path, self.paths),
                zh=f"没有编码“{path}”。",
            )

    def lineage(self, codes: Integers) -> tuple[Integers, Integers]:
        """Each code with each code above it, itself included.

        Returns two arrays of one length: positions in `codes`, and the number
        of the code or of one above it.
        """
        above = [[self.at[step] for step in _steps(path)] for path in self.paths]
        depth = _integers(map(len, above))
        flat = _integers(number for numbers in above for number in numbers)
        first = np.cumsum(depth) - depth
        times = depth[codes]
        position = np.repeat(np.arange(len(codes)), times)
        within = np.arange(len(position)) - np.repeat(np.cumsum(times) - times, times)
        return position, flat[first[codes][position] + within]


@dataclass(frozen=True)
class Dataset:
    """Codings a query counts; arrays run parallel to the rows of `codings`.

    `group` is the number of the coding's group in `groups`, `passage` the
    same number for codings on the same characters of the same document.
    `documents` is None when nothing is known of them but their codings, `units`
    when no question is asked of the text.
    """

    name: str
    codings: pd.DataFrame
    tree: CodeTree
    code: Integers
    document: Integers
    group: Integers
    passage: Integers
    groups: tuple[str, ...]
    document_groups: Integers
    documents: pd.DataFrame | None
    by: str | None
    headings: bool
    notes: tuple[Note, ...]
    units: pd.DataFrame | None = None

    def cut(self, size: str) -> Segments:
        """The clauses or sentences of all documents; QueryError where the text is not there."""
        if self.units is None:
            raise QueryError(
                f"the text was not given, so that it cannot be cut into {size}s",
                cure="Give units=, the frame of sentences: "
                "open_study(project, with_units=True).units has it",
                zh="没有给出正文，无法切分为更小的单位。",
            )
        if "paragraph" not in self.codings:
            raise QueryError(
                f"the codings have no column paragraph, so that no {size} can be told",
                cure="Code by smaller units than sections: wenma code --unit sentence",
                zh="编码单元是整节，无法再分为更小的单位。请用更小的 --unit 重新编码。",
            )
        if size not in self._cuts:
            known = self.documents
            if known is None:
                known = self.codings.drop_duplicates("document")
            document = _numbers(self.units["document"], known["document"])
            self._cuts[size] = segments(self.units, document, size, headings=self.headings)
        return self._cuts[size]

    @cached_property
    def _cuts(self) -> dict[str, Segments]:
        return {}

    def sums(self, *columns: str) -> tuple[Floats, tuple[Note, ...]]:
        """What the documents of each group add up to in these columns, nan where unknown.

        With headings counted, name the headings' column too.
        """
        documents = self.documents
        missing = [c for c in columns if documents is None or c not in documents.columns]
        if documents is None or missing:
            named = ", ".join(missing)
            return np.full(len(self.groups), np.nan), (
                Note(
                    f"What is counted per document ({named}) is unknown here: "
                    "what is divided by it is empty.",
                    zh=f"缺少文件数据（{named}），以其为分母的数值留空。",
                ),
            )
        numbers = documents[list(columns)].to_numpy(dtype=np.float64).sum(axis=1)
        total = np.bincount(self.document_groups, weights=numbers, minlength=len(self.groups))
        unknown = int(np.isnan(numbers).sum())
        return total.astype(np.float64), (
            Note(
                f"{unknown} documents do not state {', '.join(columns)}: what is divided by it "
                "is empty for their group.",
                zh=f"{unknown} 份文件缺少 {', '.join(columns)}，其所在组以此为分母的数值留空。",
            ),
        ) * (unknown > 0)

    def stated(self, column: str) -> "pd.Series[str]":
        """What a column says of each coding's document ("" for nothing).

        The documents are believed before the codings.
        """
        if self.documents is not None and column in self.documents.columns:
            return plain(self.documents[column]).iloc[self.document]
        return plain(self.codings[column])

    def table(
        self,
        columns: dict[str, object],
        *,
        notes: Sequence[Note] = (),
        group: Integers | None = None,
        basis: Mapping[str, str] | None = None,
        also: Mapping[str, str] | None = None,
    ) -> Table:
        """A table of these columns, with the group's name first where there are groups.

        `group` has the number of each row's group; `basis` adds to what was counted; `also`
        has the further code of each column that counts only units with it.
        """
        if self.by and group is not None:
            columns = {"group": np.array(self.groups, dtype=object)[group], **columns}
        said = dict.fromkeys((*self.notes, *notes))
        return Table(
            self.name,
            pd.DataFrame(columns),
            tuple(said),
            {**self.basis(), **(basis or {})},
            dict(also or {}),
        )

    def basis(self) -> dict[str, str]:
        """What was counted, in words and numbers, for the line under the table."""
        seen = self.codings
        known = self.documents is not None
        # What several coders coded alike is one row that names them all.
        joined = set(seen["coder"].astype(str)) if "coder" in seen else set[str]()
        coders = sorted({coder for names in joined for coder in names.split("; ")})
        return {
            "documents": str(len(self.document_groups) if known else len(set(self.document))),
            "codings": str(len(seen)),
            "coders": "; ".join(coders),
            "headings": "counted" if self.headings else "left out",
            **({"by": self.by} if self.by else {}),
        }


def dataset(
    name: str,
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None,
    codes: pd.DataFrame | None,
    by: str | None,
    headings: bool,
    units: pd.DataFrame | None = None,
) -> Dataset:
    """Check the question and number what it is asked of.

    Codings in headings are left out unless `headings`; so are, with a note,
    codings of codes that are not in `codes` and of documents that are not in
    `documents`. QueryError for a missing column or an unknown `by`.
    """
    if by is not None and by not in BY:
        raise QueryError(
            f'tables cannot be broken down by "{by}"',
            cure=nearest(by, BY),
            zh=f"表不能按“{by}”分组。",
        )
    _check_columns("codings", codings, (*_NEEDED, *([by] if by and documents is None else [])))
    if documents is not None:
        known = ("document", *([by] if by else []))
        _check_columns("documents", documents, known)
        documents = documents.drop_duplicates("document", ignore_index=True)
    tree = _tree(sorted(pd.unique(codings["code"])) if codes is None else codes["code"])
    notes: list[Note] = []
    if not len(codings):
        notes.append(
            Note(
                "There are no codings: code the documents first.",
                zh="没有编码参考点：请先对文件编码。",
            )
        )
    if not headings:
        codings = codings[codings["kind"].to_numpy() != "heading"]
    code = _numbers(codings["code"], tree.paths)
    if (strange := code < 0).any():
        paths = sorted(set(codings["code"][strange].astype(str)))
        notes.append(
            Note(
                f"Left out: {strange.sum()} codings of codes that are not in the codebook "
                f"({listed(paths)}).",
                zh=f"未计入：编码本中没有的编码 {strange.sum()} 处（{listed(paths)}）。",
            )
        )
        codings, code = codings[~strange], code[~strange]
    names = pd.unique(codings["document"]) if documents is None else documents["document"]
    document = _numbers(codings["document"], names)
    if (strange := document < 0).any():
        notes.append(
            Note(
                f"Left out: {strange.sum()} codings of documents that are not in the list "
                "of documents.",
                zh=f"未计入：文件清单之外的编码参考点 {strange.sum()} 处。",
            )
        )
        codings, code, document = codings[~strange], code[~strange], document[~strange]
    groups, document_groups = _groups(codings, documents, document, by)
    if by and "" in groups:
        nameless = int((document_groups == groups.index("")).sum())
        notes.append(
            Note(
                f"{nameless} documents state no {by}: their group has no name.",
                zh=f"{nameless} 份文件未注明分组信息，其组名留空。",
            )
        )
    return Dataset(
        name=name,
        codings=codings,
        tree=tree,
        code=code,
        document=document,
        group=document_groups[document],
        passage=_passages(codings, document),
        groups=groups,
        document_groups=document_groups,
        documents=documents,
        by=by,
        headings=headings,
        notes=tuple(notes),
        units=units,
    )


def below_heading(codings: pd.DataFrame, words: str) -> NDArray[np.bool_]:
    """Which codings stand under a heading that holds these words, at whatever height.

    A figure must be whole: 4.4 is in 4.4.1, but not in 14.4 or 4.40. QueryError
    when no heading of a coded section holds them.
    """
    _check_columns("codings", codings, ["section"])
    before = r"(?<![0-9.])" if words[:1].isdecimal() else ""
    after = r"(?![0-9])" if words[-1:].isdecimal() else ""
    wanted = re.compile(f"{before}{re.escape(words)}{after}")
    numbers, addresses = pd.factorize(plain(codings["section"]))
    held = np.array([bool(wanted.search(address)) for address in addresses], dtype=bool)
    if len(codings) and not held.any():
        steps = dict.fromkeys(step for one in addresses for step in one.split(" › ") if step)
        raise QueryError(
            f'nothing is coded under a heading that holds "{words}"',
            cure=nearest(words, steps),
            zh=f"标题含“{words}”之处没有编码。",
        )
    return held[numbers]


def plain(column: "pd.Series[Any]") -> "pd.Series[str]":
    """A column of names as text, a missing name as ""."""
    return column.astype(object).where(column.notna(), "").astype(str)


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first few names in one line.

    >>> listed(["上海", "广州", "成都"], most=2)
    '上海, 广州, …'
    """
    return ", ".join([*(name or '""' for name in names[:most]), *["…"] * (len(names) > most)])


def _groups(
    codings: pd.DataFrame, documents: pd.DataFrame | None, document: Integers, by: str | None
) -> tuple[tuple[str, ...], Integers]:
    if documents is None:
        # One row for each document, in the order of their numbers.
        first = np.unique(document, return_index=True)[1]
        documents = codings.iloc[first]
    if by is None:
        return ("",), np.zeros(len(documents), dtype=np.int64)
    numbers, names = pd.factorize(plain(documents[by]))
    return tuple(map(str, names)), numbers.astype(np.int64)


def _passages(codings: pd.DataFrame, document: Integers) -> Integers:
    start, end = (codings[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    if not len(codings):
        return document
    # Three sorts of integers are many times faster than one of rows.
    spot = np.unique(document * (start.max() + 1) + start, return_inverse=True)[1]
    return np.unique(spot * (end.max() + 1) + end, return_inverse=True)[1].astype(np.int64)


def _tree(paths: Iterable[str]) -> CodeTree:
    seen: dict[str, None] = {}
    for path in paths:
        seen.update(dict.fromkeys(_steps(str(path))))
    return CodeTree(tuple(seen))


def _steps(path: str) -> Iterator[str]:
    """The codes from the dimension down to the code itself."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
    yield path


def _numbers(names: "pd.Series[Any]", known: Iterable[str]) -> Integers:
    found = pd.Index(known).get_indexer(pd.Index(names.astype(object)))
    return np.asarray(found, dtype=np.int64)


def _integers(numbers: Iterable[int]) -> Integers:
    return np.fromiter(numbers, dtype=np.int64)


def _check_columns(what: str, frame: pd.DataFrame, needed: Iterable[str]) -> None:
    if missing := [column for column in needed if column not in frame.columns]:
        raise QueryError(
            f"the {what} have no column {', '.join(missing)}",
            cure=f"Their columns are: {', '.join(map(str, frame.columns))}",
            zh=f"{what} 表没有 {'、'.join(missing)} 列。",
        )
