"""A project's rows become the Dataset of a choice of coders, its texts left where they are."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wenma.queries.dataset import ARRAYS, Dataset, Words
from wenma.queries.split_cases import CaseSpan, split_cases
from wenma.records import REVIEWED, SETTLED, Evidence, by_rules
from wenma.statistics.arrays import Integers
from wenma.store.annotations import settled_units
from wenma.store.attribute_edits import case_spans
from wenma.store.city_spelling import city_spelling
from wenma.store.columns import (
    CodingColumns,
    EvidenceSpans,
    coding_columns,
    coding_evidence,
    coding_spans,
    document_texts,
)
from wenma.store.decisions import decision_rows
from wenma.store.frames import codes_frame, codings_frame, documents_frame, qualities, units_frame
from wenma.store.project import Project
from wenma.study.choice import Choice
from wenma.study.kin import kinship_in
from wenma.study.scope import scope_of
from wenma.version import __version__

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Mask = NDArray[np.bool_]


def open_dataset(
    project: Project, choice: Choice, *, apart: bool = False, hidden: Collection[str] = ()
) -> Dataset:
    """What is asked of a project: the codings of the chosen coders, on what rules have coded.

    Documents the codebook has not coded yet are left out: a code that was never looked for
    there is not absent. Several coders are asked as one: what two of them coded alike, the same
    stretch with the same code, is one reference; `apart` leaves it two, to compare them. People
    who are `hidden` decide nothing here.
    """
    documents = documents_frame(project)
    every = len(documents)
    if (coded := _coded(project, choice)) is not None:
        documents = documents[documents["document"].isin(coded)].reset_index(drop=True)
    columns = coding_columns(project, choice.coders)
    columns, rows = _of_documents(columns, documents["document"].tolist())
    frame = cache(lambda: codings_frame(project, coder=choice.coders))
    units = cache(lambda: units_frame(project))
    shown = city_spelling(project)
    spans = [
        CaseSpan(
            *one[:4], shown.get(one.value, one.value) if one.attribute == "city" else one.value
        )
        for one in case_spans(project)
    ]
    cases, where = split_cases(documents, spans, units()) if spans else split_cases(documents)
    if choice.mixed:
        proposed = columns.coder == choice.coders.index(choice.rules)
        verdicts = _Verdicts(project, columns, hidden)
        cases = _with_decisions(cases, where.at(columns.document, columns.anchor), columns,
                                proposed, verdicts.decided)  # fmt: skip
        kept = verdicts.reviewed(proposed) if choice.mixed == REVIEWED else ~proposed & verdicts.own
        columns, rows = _some(columns, np.flatnonzero(kept)), rows[kept]
    merges = len(choice.coders) > 1 and not apart
    if merges:
        columns = _once(columns)
    words = None if merges else _words(project, choice.coders, columns, rows)

    # Several coders' codings stand in the order of the text, each with evidence of its own.
    alone = choice.coders[0] if len(choice.coders) == 1 and by_rules(choice.coders[0]) else ""

    @cache
    def evidence_spans() -> EvidenceSpans:
        every = coding_spans(project, alone)
        return replace(every, first=every.first[rows], many=every.many[rows])

    @cache
    def merged() -> "DataFrame":
        return once(frame().iloc[rows])

    def details(at: Integers) -> "DataFrame":
        return merged().iloc[at] if merges else frame().iloc[rows[at]]

    there = set(documents["document"])
    return Dataset(
        columns=columns,
        cases=cases,
        case_map=where,
        codes=codes_frame(choice.outline.codebook),
        load_details=details,
        load_units=lambda: _within(units(), there),
        load_words=words,
        load_kinship=cache(lambda: kinship_in(project)),
        load_spans=evidence_spans if alone else None,
        load_scope=cache(lambda: scope_of(project, choice, there)),
        load_qualities=cache(lambda: qualities(project)),
        index=choice.outline.codebook.index,
        scales=choice.outline.codebook.scales,
        products=choice.outline.codebook.products,
        together=choice.outline.words_per_firing,
        everywhere=tuple(one.path for one in choice.outline.codebook.codes if one.everywhere),
        basis={
            "project": project.name,
            "codebook": f"{choice.stored.name} {choice.stored.version}",
            "coder": choice.name,
            "unit_size": "; ".join(sorted(project.unit_sizes(documents["document"]))),
            "software": f"wenma {__version__}",
            "uncoded": str(every - len(documents) or ""),
        },
    )


def once(codings: "DataFrame") -> "DataFrame":
    """Codings of several coders, the same stretch with the same code told once.

    `coder`, `rule` and `evidence` of such a row join what each coder had, with "; ".
    """
    same = ["document", "start", "end", "code"]
    if not codings.duplicated(same).any():
        return codings
    joined = dict.fromkeys(("coder", "rule", "evidence"), _joined) | {"evidence_spans": _strung}
    joined = {column: join for column, join in joined.items() if column in codings}
    rest = {column: "first" for column in codings.columns if column not in (*same, *joined)}
    # In the order they come: by document and place.
    merged = codings.groupby(same, sort=False, as_index=False).agg({**rest, **joined})
    return merged[[*codings.columns]].astype(codings.dtypes.to_dict())


def _words(
    project: Project, coders: Sequence[str], columns: CodingColumns, rows: Integers
) -> Words:
    """What gives the excerpts and evidence of these columns, which are those `rows` of all."""
    texts = cache(lambda: document_texts(project))
    every = cache(lambda: coding_evidence(project, coders))

    def load(at: Integers) -> tuple[list[str], Callable[[], list[tuple[Evidence, ...]]]]:
        there = [texts()[name] for name in columns.documents]
        places = (columns.document[at], columns.start[at], columns.end[at])
        spans = zip(*(one.tolist() for one in places), strict=True)
        return [there[document][start:end] for document, start, end in spans], lambda: [
            every()[row] for row in rows[at].tolist()
        ]

    return load


class _Verdicts:
    """What people have said of the codings of a choice, as masks over its columns."""

    def __init__(self, project: Project, columns: CodingColumns, hidden: Collection[str]) -> None:
        places = _Places(columns)
        known = {name: at for at, name in enumerate(columns.documents)}
        codes = {path: at for at, path in enumerate(columns.paths)}
        rows = [
            (places.number(known[one.document], one.start, one.end, codes[one.code]), one)
            for one in decision_rows(project, hidden=hidden)
            if one.document in known and one.code in codes
        ]
        rejected = [key for key, one in rows if one.verdict == "rejected"]
        self.rejected: Mask = np.isin(places.numbers, rejected)
        settled = {
            (known[document], unit)
            for document, unit in settled_units(project)
            if document in known and SETTLED not in hidden
        }
        in_settled = np.array(
            [place in settled for place in zip(columns.document.tolist(), columns.unit.tolist(),
                                               strict=True)], dtype=bool
        ) if settled else np.zeros(len(columns.code), dtype=bool)  # fmt: skip
        by_settlement = np.array([one == SETTLED for one in columns.coders], dtype=bool)
        # In a unit that was settled, what was settled holds, and nothing else.
        self.own: Mask = ~in_settled | by_settlement[columns.coder]
        self.decided: Mask = np.isin(places.numbers, [key for key, _ in rows]) | in_settled
        seats = {name: at for at, name in enumerate(columns.coders)}
        accepted = [
            key * len(seats) + seats[one.person]
            for key, one in rows
            if one.verdict == "accepted" and one.person in seats
        ]
        self.accepted: Mask = np.isin(places.numbers * len(seats) + columns.coder, accepted)

    def reviewed(self, proposed: Mask) -> Mask:
        """The rules' codings nobody rejected, and what people added.

        What one accepted and another rejected is in dispute, and left out until it is settled.
        """
        return self.own & ~(self.rejected & (proposed | self.accepted))


class _Places:
    """A number for each code on each span, the same for the same ones."""

    def __init__(self, columns: CodingColumns) -> None:
        begin = columns.document.astype(np.int64) << 32 | columns.start
        self._begin, first = np.unique(begin, return_inverse=True)
        self._span, at = np.unique(first.astype(np.int64) << 32 | columns.end, return_inverse=True)
        self._codes = max(len(columns.paths), 1)
        self.numbers: Integers = at.astype(np.int64) * self._codes + columns.code

    def number(self, document: int, start: int, end: int, code: int) -> int:
        """The number of a code on a span; -1 where nobody has coded so."""
        first = _found(self._begin, document << 32 | start)
        at = -1 if first < 0 else _found(self._span, first << 32 | end)
        return -1 if at < 0 else at * self._codes + code


def _found(numbers: Integers, wanted: int) -> int:
    """Where a number stands among sorted ones; -1 where it does not."""
    at = int(np.searchsorted(numbers, wanted))
    return at if at < len(numbers) and numbers[at] == wanted else -1


def _with_decisions(
    cases: "DataFrame", case: Integers, columns: CodingColumns, proposed: Mask, decided: Mask
) -> "DataFrame":
    """The cases with how many of their proposals (outside headings) somebody has decided."""
    counted = proposed & ~columns.heading & (case >= 0)
    size = len(cases)
    return cases.assign(
        proposals=np.bincount(case[counted], minlength=size),
        proposals_decided=np.bincount(case[counted & decided], minlength=size),
    )


def _coded(project: Project, choice: Choice) -> set[str] | None:
    """The documents every codebook among the coders has coded; None where only people are asked."""
    if choice.mixed:
        return project.coded_with(choice.stored)
    latest = {book.coder: book for book in project.codebooks()}
    rules = [latest[one] for one in choice.coders if one in latest]
    if not rules:
        return None
    return set.intersection(*(project.coded_with(one) for one in rules))


def _of_documents(
    columns: CodingColumns, documents: Sequence[str]
) -> tuple[CodingColumns, Integers]:
    """The codings of these documents, numbered by them; and which rows they are."""
    number = {name: at for at, name in enumerate(documents)}
    place = np.array([number.get(one, -1) for one in columns.documents], dtype=np.int64)
    document = place[columns.document]
    rows = np.flatnonzero(document >= 0)
    part = columns if len(rows) == len(document) else _some(columns, rows)
    part = replace(part, document=document[rows].astype(np.int32))
    return replace(part, documents=tuple(documents)), rows


def _some(columns: CodingColumns, rows: Integers) -> CodingColumns:
    return replace(columns, **{name: getattr(columns, name)[rows] for name in ARRAYS})


def _once(columns: CodingColumns) -> CodingColumns:
    """The columns of `once`: the first of each stretch with a code, its coders and rules joined."""
    keys, first, of = np.unique(_Places(columns).numbers, return_index=True, return_inverse=True)
    if len(keys) == len(columns.code):
        return columns
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    of = rank[of]
    rows = first[order]
    coders, rules = list(columns.coders), list(columns.rule_lists)
    coder, rule = columns.coder[rows].copy(), columns.rules[rows].copy()
    times = np.bincount(of, minlength=len(rows))
    members: dict[int, list[int]] = {}
    for at in np.flatnonzero(times[of] > 1).tolist():
        members.setdefault(int(of[at]), []).append(at)
    for place, some in members.items():
        coder[place] = _named(coders, _joined(columns.coders[columns.coder[n]] for n in some))
        rule[place] = _named(rules, _joined(columns.rule_lists[columns.rules[n]] for n in some))
    part = _some(columns, rows)
    return replace(part, coder=coder, rules=rule, coders=tuple(coders), rule_lists=tuple(rules))


def _named(names: list[str], wanted: str) -> int:
    if wanted not in names:
        names.append(wanted)
    return names.index(wanted)


def _within(units: "DataFrame", documents: Collection[str]) -> "DataFrame":
    inside = units["document"].isin(documents)
    return units if inside.all() else units[inside].reset_index(drop=True)


def _strung(parts: "Series[Any]") -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _joined(parts: Any) -> str:
    every = (name for part in parts for name in str(part).split("; "))
    return "; ".join(dict.fromkeys(name for name in every if name))
