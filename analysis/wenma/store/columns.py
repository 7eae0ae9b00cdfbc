"""A project's codings as columns of numbers: what is counted is read, and nothing else.

Codings by rules come out of the project in blocks made when they were kept (see
`wenma.store.coding_blocks`); people's, which are few, are read row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from wenma.records import Coding, Evidence, Unit, by_rules
from wenma.store import schema
from wenma.store.checksums import crc_of_block, verify, verify_text
from wenma.store.coding_blocks import COLUMNS, SCOPE_COLUMNS, block_rows
from wenma.store.project import Project
from wenma.store.serialization import unpack_all, unpack_evidence

Integers = NDArray[np.integer[Any]]
"""Numbers of any width: a project keeps 32 bits, and arithmetic on them needs 64."""


@dataclass(frozen=True, eq=False)
class ScopeColumns:
    """Units in scope as parallel arrays, as in `CodingColumns`.

    It is not kept of documents that are `unknown`, coded before it was, or `uncoded` by the rules.
    """

    document: Integers
    unit: Integers
    start: Integers
    end: Integers
    heading: NDArray[np.bool_]
    section: Integers
    paragraph: Integers
    ordinal: Integers
    unknown: tuple[str, ...] = ()
    uncoded: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.document)


@dataclass(frozen=True, eq=False)
class CodingColumns:
    """Codings as parallel arrays, by document in the order of the corpus, and by place.

    document    position in `documents`, which are all of the project
    coder       position in `coders`, as they were asked for
    unit        number of the unit, -1 for a free span
    start, end  the span, in code points of the document's text
    code        position in `paths`, the codes there are, in alphabetical order
    heading     does it stand in a heading?
    section, paragraph  numbers in the document, -1 where there is none
    ordinal     the unit's number when headings are not counted
    anchor      where the first word of its evidence begins, inside the span
    rules       position in `rule_lists`: the rules that fired, joined with "; "
    """

    document: Integers
    coder: Integers
    unit: Integers
    start: Integers
    end: Integers
    code: Integers
    heading: NDArray[np.bool_]
    section: Integers
    paragraph: Integers
    ordinal: Integers
    anchor: Integers
    rules: Integers
    documents: tuple[str, ...]
    coders: tuple[str, ...]
    paths: tuple[str, ...]
    rule_lists: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.document)


@dataclass(frozen=True, eq=False)
class EvidenceSpans:
    """Where the evidence of codings stands: `many` stretches of each, from `first` on."""

    first: Integers
    many: Integers
    start: Integers
    end: Integers


def coding_columns(project: Project, coders: Sequence[str]) -> CodingColumns:
    """The codings of these coders; those of several are merged by place.

    A coder nobody has heard of has no codings here: who may be asked is for the caller to say.
    """
    coders = tuple(dict.fromkeys(coders))
    documents = _documents(project)
    parts, terms = _blocks(project, coders, documents)
    named = {text: number for number, text in terms.items()}
    parts += _of_people(project, [one for one in coders if not by_rules(one)], documents, named)
    parts.sort(key=lambda part: (part.document, part.coder))
    sizes = [part.numbers.shape[0] for part in parts]
    whole = np.empty((len(COLUMNS), sum(sizes)), dtype=np.int32)
    at = 0
    for part, size in zip(parts, sizes, strict=True):
        whole[:, at : at + size] = part.numbers.T
        at += size
    document, coder = (
        np.repeat(np.array(numbers, dtype=np.int32), sizes)
        for numbers in ([p.document for p in parts], [coders.index(p.coder) for p in parts])
    )
    if len({part.coder for part in parts}) > 1:
        ids = np.concatenate([np.zeros(0, dtype=np.int64), *(part.ids() for part in parts)])
        order = np.lexsort((ids, whole[2], whole[1], document))
        whole, document, coder = whole[:, order], document[order], coder[order]
    texts = {number: text for text, number in named.items()}
    columns = dict(zip(COLUMNS, whole, strict=True))
    columns["code"], paths = _numbered(columns["code"], texts)
    columns["rules"], rule_lists = _numbered(columns["rules"], texts)
    return CodingColumns(
        document=document,
        coder=coder,
        heading=columns.pop("heading").astype(np.bool_),
        **columns,
        documents=tuple(documents.values()),
        coders=coders,
        paths=paths,
        rule_lists=rule_lists,
    )


def scope_columns(
    project: Project, coder: str, *, more: Mapping[str, bytes] | None = None
) -> ScopeColumns:
    """The units that were in scope for this version of the rules, by document and place.

    `more` has those of documents of which nothing is kept, by id, as `packed_scope` writes them.
    """
    table, names = schema.coding_columns, _documents(project)
    place = {key: position for position, key in enumerate(names)}
    query = select(table.c.document, table.c.scope, table.c.scope_crc).where(table.c.coder == coder)
    found, unknown = [], []
    uncoded = {*names.values()}
    for position, id in enumerate(names.values()):
        if more and id in more:
            found.append((position, _matrix(more[id], SCOPE_COLUMNS)))
    for key, block, crc in project.rows(query):
        uncoded.discard(names[key])
        if block is None:
            unknown.append(names[key])
            continue
        verify(crc_of_block(block) == crc, part="the units in scope", zh="编码范围",
               document=names[key], project=project.name)  # fmt: skip
        found.append((place[key], _matrix(block, SCOPE_COLUMNS)))
    found.sort(key=lambda one: one[0])
    whole = np.concatenate([np.zeros((0, len(SCOPE_COLUMNS)), np.int32), *(m for _, m in found)])
    columns = dict(zip(SCOPE_COLUMNS, whole.T, strict=True))
    at = np.array([position for position, _ in found], dtype=np.int32)
    return ScopeColumns(
        document=np.repeat(at, [len(matrix) for _, matrix in found]),
        heading=columns.pop("heading").astype(np.bool_),
        **columns,
        unknown=tuple(unknown),
        uncoded=tuple(id for id in names.values() if id in uncoded),
    )


def coding_spans(project: Project, coder: str) -> EvidenceSpans:
    """Where the evidence of a version of the rules stands, parallel to its `coding_columns`."""
    table, names = schema.coding_columns, _documents(project)
    place = {key: position for position, key in enumerate(names)}
    columns = (table.c[name] for name in ("document", "rows", "spans", "spans_crc"))
    found = []
    for key, rows, block, crc in project.rows(select(*columns).where(table.c.coder == coder)):
        verify(crc_of_block(block) == crc, part="the places of evidence", zh="依据位置",
               document=names[key], project=project.name)  # fmt: skip
        numbers = np.frombuffer(block, dtype="<i4")
        half = (len(numbers) - rows) // 2
        found.append((place[key], np.split(numbers, [rows, rows + half])))
    found.sort(key=lambda one: one[0])
    none = [np.zeros(0, dtype=np.int32)]
    many, start, end = (
        np.concatenate([*none, *(parts[at] for _, parts in found)]).astype(np.int64)
        for at in range(3)
    )
    return EvidenceSpans(np.cumsum(many) - many, many, start, end)


def coding_evidence(project: Project, coders: Sequence[str]) -> list[tuple[Evidence, ...]]:
    """The words that made each coding, parallel to `coding_columns` of the same coders."""
    coding, document = schema.coding, schema.document
    query = (
        select(coding.c.evidence)
        .join(document)
        .where(coding.c.coder.in_(list(dict.fromkeys(coders))))
        .order_by(document.c.position, document.c.id, coding.c.start, coding.c.end, coding.c.id)
    )
    return unpack_all(packed for (packed,) in project.rows(query))


def document_texts(project: Project) -> dict[str, str]:
    """The text of each document, by its id."""
    document, content = schema.document, schema.content
    query = select(document.c.id, document.c.text_sha256, content.c.text).join(
        content, content.c.document == document.c.key
    )
    texts = {}
    for id, digest, words in project.rows(query):
        verify_text(words, digest, id, project.name)
        texts[id] = words
    return texts


class _Part(NamedTuple):
    """The codings of one coder on one document; `first` is the id of the first, or all ids."""

    document: int
    coder: str
    numbers: Integers
    first: int | Sequence[int]

    def ids(self) -> NDArray[np.int64]:
        """What orders codings of several coders on the same span: the older come first."""
        if isinstance(self.first, int):
            # Kept in one go: nobody's coding has an id between the first and the last.
            return np.full(len(self.numbers), self.first, dtype=np.int64)
        return np.array(self.first, dtype=np.int64)


def _documents(project: Project) -> dict[int, str]:
    """Key → id, in the order of the corpus."""
    table = schema.document
    query = select(table.c.key, table.c.id).order_by(table.c.position, table.c.id)
    return dict(map(tuple, project.rows(query)))


def _blocks(
    project: Project, coders: Iterable[str], documents: Mapping[int, str]
) -> tuple[list[_Part], dict[int, str]]:
    """The blocks of coders that are rules, and the texts by the numbers blocks know them by."""
    table, term = schema.coding_columns, schema.term
    rules = [one for one in coders if by_rules(one)]
    if not rules:
        return [], {}
    place = {key: position for position, key in enumerate(documents)}
    query = select(table.c.document, table.c.coder, table.c.first, table.c.columns, table.c.crc)
    parts = []
    for key, coder, first, block, crc in project.rows(query.where(table.c.coder.in_(rules))):
        whole = crc_of_block(block) == crc
        verify(whole, part="the codings", zh="编码", document=documents[key],
               project=project.name)  # fmt: skip
        parts.append(_Part(place[key], coder, _matrix(block, COLUMNS), first))
    return parts, dict(map(tuple, project.rows(select(term.c.id, term.c.text))))


def _matrix(block: bytes, columns: Sequence[str]) -> Integers:
    return np.frombuffer(block, dtype="<i4").reshape(-1, len(columns))


def _of_people(
    project: Project, people: Sequence[str], documents: Mapping[int, str], named: dict[str, int]
) -> list[_Part]:
    """The codings of people as blocks; texts that are new to `named` get a number there."""
    if not people:
        return []
    coding, unit = schema.coding, schema.unit
    of_people = (coding.c.coder.in_(people), schema.BY_PERSON)
    columns = [coding.c[name] for name in ("document", *Coding._fields[1:], "id")]
    rows = project.rows(
        select(*columns)
        .where(*of_people)
        .order_by(coding.c.document, coding.c.coder, coding.c.start, coding.c.end, coding.c.id)
    )
    theirs: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        theirs.setdefault((row.document, row.coder), []).append(row)
    units: dict[int, list[Unit]] = {}
    wanted = sorted({key for key, _ in theirs})
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = select(unit.c.document, *(unit.c[name] for name in Unit._fields))
        query = query.where(unit.c.document.in_(some)).order_by(unit.c.document, unit.c.number)
        for key, *fields in project.rows(query):
            units.setdefault(key, []).append(Unit(*fields))
    place = {key: position for position, key in enumerate(documents)}
    last = max(named.values(), default=0)
    parts = []
    for (key, coder), own in theirs.items():
        codings = [
            Coding("", r.unit, r.start, r.end, r.code, coder, unpack_evidence(r.evidence))
            for r in own
        ]
        rows_of = block_rows(units.get(key, []), codings)
        for text in dict.fromkeys(cell for row in rows_of for cell in row if isinstance(cell, str)):
            if text not in named:
                last += 1
                named[text] = last
        numbers = [[named[c] if isinstance(c, str) else c for c in row] for row in rows_of]
        matrix = np.array(numbers, dtype=np.int32).reshape(-1, len(COLUMNS))
        parts.append(_Part(place[key], coder, matrix, [row.id for row in own]))
    return parts


def _numbered(column: Integers, texts: Mapping[int, str]) -> tuple[Integers, tuple[str, ...]]:
    """The column counted from 0 through the texts it holds, and these in alphabetical order."""
    here = np.flatnonzero(np.bincount(column)).tolist()
    found = sorted((texts[number], number) for number in here)
    places = np.zeros(max((number for _, number in found), default=0) + 1, dtype=np.int32)
    for place, (_, number) in enumerate(found):
        places[number] = place
    return places[column], tuple(text for text, _ in found)
