"""The data of a question: codings as columns, the cases they lie in, the codes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.case_filter import Conditions, filter_cases
from wenma.queries.case_map import CaseMap, whole_documents
from wenma.queries.code_tree import CodeTree, code_tree
from wenma.queries.exclusion import less, places
from wenma.queries.grouped import Grouped, grouped
from wenma.queries.grouping import By, as_text, positions
from wenma.queries.headings import under_heading
from wenma.queries.judged_sample import JudgedSample
from wenma.queries.kinship import NO_KIN, Kinship, kinship_of
from wenma.queries.table import Note, nearest
from wenma.records import Evidence, Index, Product, Quality, Scale
from wenma.statistics.arrays import Integers
from wenma.store.columns import CodingColumns, EvidenceSpans, ScopeColumns

Mask = NDArray[np.bool_]
Details = Callable[[Integers], pd.DataFrame]
Words = Callable[[Integers], tuple[list[str], Callable[[], list[tuple[Evidence, ...]]]]]
"""The excerpts of codings, and what gives their evidence: sooner told than all details."""

ARRAYS = (
    "document", "coder", "unit", "start", "end", "code", "heading", "section", "paragraph",
    "ordinal", "anchor", "rules",
)  # fmt: skip
_NEEDED = ("document", "start", "end", "code", "unit", "kind")
SPANS = "evidence_spans"
"""The column of codings that says where their evidence stands: a tuple of `Evidence` each."""
_NUMBERS = {"section": "section_number", "paragraph": "paragraph", "ordinal": "ordinal"}


@dataclass(frozen=True, eq=False)
class Dataset:
    """The codings of some coders on some documents, with what a table needs beside them.

    columns   the codings, as parallel arrays
    cases     a row for each case: a document, or the part of one that belongs to another value
              of an attribute (NVivo's cases), with its attributes and counts
    case_map  which case each place of each document is in
    codes     a row for each code in the codebook's order; None where only the codings' own
              paths are known
    index     the codebook's index, for `pmc`; `everywhere` the codes outside its scope
    scales    its ordinal scales, and `products` what is multiplied of them, for `scores`
    together  code and rule that asks for several words → how many make one firing
    basis     whence the numbers are, for the line under a table

    Texts (`details`, `units`) and the units in scope are loaded when first looked at.
    """

    columns: CodingColumns
    cases: pd.DataFrame
    case_map: CaseMap
    codes: pd.DataFrame | None = None
    load_details: Details = lambda rows: pd.DataFrame(index=rows)
    load_units: Callable[[], pd.DataFrame] | None = None
    load_words: Words | None = None
    load_kinship: Callable[[], Kinship] | None = None
    load_spans: Callable[[], EvidenceSpans] | None = None
    load_scope: Callable[[], ScopeColumns | None] | None = None
    load_qualities: Callable[[], Mapping[str, Quality]] = dict
    load_judged: Callable[[], JudgedSample | None] = lambda: None
    index: Index | None = None
    scales: tuple[Scale, ...] = ()
    products: tuple[Product, ...] = ()
    together: Mapping[tuple[str, str], int] = field(default_factory=dict)
    everywhere: tuple[str, ...] = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    rows: Integers | None = None  # of what `load_details` numbers; None for all
    left_out: str = ""  # the code whose units are left out of the text, too

    # -- what is counted ---------------------------------------------------------

    def grouped(self, name: str, *, by: By = None, headings: bool = False) -> Grouped:
        """The codings numbered by code, case and group, for the question of that name.

        Codings in headings are left out unless `headings`; so are, with a note, codings of
        codes that are not in the codebook and of documents that are not in `cases`.
        QueryError for an attribute the documents do not have.
        """
        return grouped(self, name, by=by, headings=headings)

    @cached_property
    def tree(self) -> CodeTree:
        """The codes as numbers."""
        if self.codes is not None:
            return code_tree(self.codes["code"])
        return code_tree(sorted(self.columns.paths[n] for n in np.unique(self.columns.code)))

    @cached_property
    def case(self) -> Integers:
        """The case of each coding, -1 where its document is not among the cases."""
        return self.case_map.at(self.columns.document, self.columns.anchor)

    def __len__(self) -> int:
        return len(self.columns.code)

    def carries(self, code: str) -> Mask:
        """Which codings are of a code, or of one under it."""
        below = [one == code or one.startswith(f"{code}/") for one in self.columns.paths]
        return np.array(below, dtype=bool)[self.columns.code]

    # -- its parts -------------------------------------------------------------

    def only(self, kept: Mask | Integers) -> "Dataset":
        """Some of the codings, of the same cases."""
        rows = np.arange(len(self)) if self.rows is None else self.rows
        columns = replace(
            self.columns,
            **{
                name: values[kept]
                for name in ARRAYS
                if (values := getattr(self.columns, name)) is not None
            },
        )
        return replace(self, columns=columns, rows=rows[kept])

    def where(self, wanted: Conditions) -> "Dataset":
        """The cases with these attributes, and what is coded there; QueryError for none."""
        if not wanted:
            return self
        return self.of_cases(filter_cases(self.cases, wanted))

    def of_cases(self, kept: Mask) -> "Dataset":
        """Some of the cases, and what is coded there."""
        part = self.only(np.append(kept, False)[self.case])
        return replace(
            part,
            cases=self.cases[kept].reset_index(drop=True),
            case_map=self.case_map.only(kept),
        )

    def under(self, words: str) -> "Dataset":
        """What is coded under a heading that holds these words; QueryError when nothing is."""
        return self.only(under_heading(self._detail("section"), words))

    def without(self, code: str) -> tuple["Dataset", int]:
        """All but the units that carry a code or one under it, and how many units went.

        A unit goes with everything it is coded with; of free spans, which are in no unit,
        only the very span that carries it. QueryError when there is no such code.
        """
        known = self.columns.paths if self.codes is None else tuple(self.codes["code"].astype(str))
        if not any(path == code or path.startswith(f"{code}/") for path in known):
            raise QueryError(
                f'there is no code "{code}" to leave out',
                cure=nearest(code, known),
                zh=f"没有可略去的编码“{code}”。",
            )
        c = self.columns
        place = places(
            *(np.asarray(one, dtype=np.int64) for one in (c.document, c.unit, c.start, c.end))
        )
        gone = np.unique(place[self.carries(code)])
        units = self.carries(code) & (c.unit >= 0)
        outside = _unit_keys(c.document[units], c.unit[units])
        fewer = replace(self.only(~np.isin(place, gone)), cases=self._less(place, gone))
        return replace(
            fewer,
            left_out=code,
            load_units=self._units_but(code),
            load_scope=lambda: _scope_without(self.scope, outside),
        ), len(gone)

    def _less(self, place: Integers, gone: Integers) -> pd.DataFrame:
        """The cases with the units that are gone taken off their counts."""
        c = self.columns
        inside = np.flatnonzero(np.isin(place, gone) & (c.unit >= 0) & (self.case >= 0))
        # What has the longest span of a unit's codings is the unit itself, or nearly.
        size = (c.end - c.start)[inside]
        order = inside[np.lexsort((-size, place[inside]))]
        first = np.unique(place[order], return_index=True)[1]
        units = order[first]
        texts = self.excerpts(units)
        if texts is None:
            return self.cases
        return less(self.cases, self.case[units], c.heading[units], texts)

    def _units_but(self, code: str) -> Callable[[], pd.DataFrame] | None:
        if self.load_units is None:
            return None
        carrying = self.carries(code)
        document = np.array(self.columns.documents, dtype=object)[self.columns.document[carrying]]
        gone = pd.MultiIndex.from_arrays([document, self.columns.unit[carrying]])

        def load() -> pd.DataFrame:
            units = self.units
            assert units is not None
            return units[~pd.MultiIndex.from_frame(units[["document", "unit"]]).isin(gone)]

        return load

    def once(self) -> tuple["Dataset", tuple[str, ...]]:
        """Each text once, without its copies; and the documents that were left out."""
        copy_of = self.kinship.copy_of
        if not copy_of:
            return self, ()
        return self.of_cases(~self.cases["document"].isin(copy_of).to_numpy()), tuple(copy_of)

    @cached_property
    def scope(self) -> ScopeColumns | None:
        """The units in which most codes can stand; None where all can, or that is unknown."""
        return None if self.load_scope is None else self.load_scope()

    # -- its texts -------------------------------------------------------------

    @cached_property
    def kinship(self) -> Kinship:
        """Which of these documents are copies of each other; unknown where no text is there."""
        if self.load_kinship is not None:
            found = self.load_kinship()
        elif self.units is not None:
            texts = self.units.groupby("document", sort=False)["text"].agg("".join)
            found = kinship_of(dict(texts))
        else:
            found = NO_KIN
        return found.among(self.cases["document"])

    def details(self, positions: Integers | Mask | None = None) -> pd.DataFrame:
        """The codings (those at `positions`) as a frame with excerpt, evidence, section, page …"""
        rows = np.arange(len(self)) if self.rows is None else self.rows
        return self.load_details(rows if positions is None else rows[positions])

    def excerpts(self, positions: Integers) -> list[str] | None:
        """The words of these codings; None where they are not told."""
        rows = positions if self.rows is None else self.rows[positions]
        if self.load_words is not None:
            return self.load_words(rows)[0]
        frame = self.load_details(rows)
        return [str(text) for text in frame["excerpt"]] if "excerpt" in frame else None

    def evidence(self, positions: Integers) -> list[tuple[Evidence, ...]] | None:
        """The words that made each of these codings; None where they are not told."""
        rows = positions if self.rows is None else self.rows[positions]
        if self.load_words is not None:
            return self.load_words(rows)[1]()
        frame = self.load_details(rows)
        return [*frame[SPANS]] if SPANS in frame else None

    def spans(self, positions: Integers) -> tuple[Integers, Integers, Integers] | None:
        """Where the evidence of these codings stands; None where that is not told.

        For each stretch, which of `positions` it is of, where it begins and where it ends.
        """
        rows = positions if self.rows is None else self.rows[positions]
        if self.load_spans is not None:
            every = self.load_spans()
            many = every.many[rows]
            at = np.repeat(np.arange(len(rows)), many)
            place = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
            place += every.first[rows][at]
            places = (every.start[place], every.end[place])
            start, end = (np.asarray(one, dtype=np.int64) for one in places)
            return at.astype(np.int64), start, end
        evidence = self.evidence(positions)
        if evidence is None:
            return None
        told = [(n, one.start, one.end) for n, spans in enumerate(evidence) for one in spans]
        found = np.array(told, dtype=np.int64).reshape(-1, 3)
        return found[:, 0], found[:, 1], found[:, 2]

    def _detail(self, column: str) -> "pd.Series[Any]":
        frame = self.details()
        if column not in frame:
            raise _no_column("codings", [column], frame)
        return frame[column]

    @cached_property
    def units(self) -> pd.DataFrame | None:
        """A row for each sentence with its text; None when no text is there."""
        return None if self.load_units is None else self.load_units()


def _unit_keys(document: NDArray[np.integer], unit: NDArray[np.integer]) -> Integers:
    return np.asarray(document.astype(np.int64) << 32 | unit)


def _scope_without(scope: ScopeColumns | None, gone: Integers) -> ScopeColumns | None:
    """The units in scope but those with these keys."""
    if scope is None:
        return None
    kept = ~np.isin(_unit_keys(scope.document, scope.unit), gone)
    names = (one.name for one in fields(scope) if one.name not in ("unknown", "uncoded"))
    return replace(scope, **{name: getattr(scope, name)[kept] for name in names})


def dataset(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
    index: Index | None = None,
    scales: Sequence[Scale] = (),
    products: Sequence[Product] = (),
    together: Mapping[tuple[str, str], int] | None = None,
    basis: Mapping[str, str] | None = None,
) -> Dataset:
    """A Dataset of codings at hand: a row each, as `wenma.code` makes them.

    Without `documents` their attributes are taken from the codings and what is counted
    per document is unknown; without `codes` the tree is that of the codings' paths.
    QueryError for a missing column.
    """
    _check_columns("codings", codings, _NEEDED)
    if documents is not None:
        _check_columns("documents", documents, ("document",))
        cases = documents.drop_duplicates("document", ignore_index=True)
    else:
        cases = _stated(codings, units)
    named = codings["document"].astype(object)
    known = [*dict.fromkeys([*cases["document"], *pd.unique(named)])]
    return Dataset(
        columns=_columns(codings, known),
        cases=cases,
        case_map=whole_documents(len(known), len(cases)),
        codes=codes,
        load_details=lambda rows: codings.iloc[rows],
        load_units=None if units is None else lambda: units,
        index=index,
        scales=tuple(scales),
        products=tuple(products),
        together=together or {},
        basis=basis or {},
    )


def _stated(codings: pd.DataFrame, units: pd.DataFrame | None) -> pd.DataFrame:
    """What codings say of their documents, and the documents of which only the text is there."""
    columns = [c for c in ("document", "city", "plan", "period", "year") if c in codings]
    frame = codings[columns]
    if units is not None and "document" in units:
        frame = pd.concat([frame, units[["document"]].drop_duplicates()])
    return frame.drop_duplicates("document", ignore_index=True)


def _columns(codings: pd.DataFrame, documents: Sequence[str]) -> CodingColumns:
    document = positions(documents, codings["document"])
    code, paths = pd.factorize(as_text(codings["code"]))
    coder, coders = _factors(codings, "coder")
    rules, rule_lists = _factors(codings, "rule")
    numbers = {
        name: pd.to_numeric(codings[column]).to_numpy(dtype=np.int64) if column in codings else None
        for name, column in _NUMBERS.items()
    }
    start = codings["start"].to_numpy(dtype=np.int64)
    # None for what the frame does not tell: a project's columns always have it.
    arrays: dict[str, Any] = {
        "document": document,
        "coder": coder,
        "unit": codings["unit"].to_numpy(dtype=np.int64),
        "start": start,
        "end": codings["end"].to_numpy(dtype=np.int64),
        "code": code.astype(np.int64),
        "heading": codings["kind"].to_numpy() == "heading",
        "anchor": start,
        "rules": rules,
        **numbers,
    }
    return CodingColumns(
        **arrays,
        documents=tuple(documents),
        coders=coders,
        paths=tuple(map(str, paths)),
        rule_lists=rule_lists,
    )


def _factors(codings: pd.DataFrame, column: str) -> tuple[Integers | None, tuple[str, ...]]:
    if column not in codings:
        return None, ()
    numbers, names = pd.factorize(as_text(codings[column]))
    return numbers.astype(np.int64), tuple(map(str, names))


def _check_columns(what: str, frame: pd.DataFrame, needed: Sequence[str]) -> None:
    if missing := [column for column in needed if column not in frame.columns]:
        raise _no_column(what, missing, frame)


def _no_column(what: str, missing: Sequence[str], frame: pd.DataFrame) -> QueryError:
    return QueryError(
        f"the {what} have no column {', '.join(missing)}",
        cure=f"Their columns are: {', '.join(map(str, frame.columns))}",
        zh=f"{what} 表没有 {'、'.join(missing)} 列。",
    )
