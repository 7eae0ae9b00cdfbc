"""A changed codebook tried on the documents a project holds, and put to use there."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import select

from wenma.coding.coder import Coder
from wenma.records import Codebook, Coding, Document, Unit
from wenma.store import schema
from wenma.store.project import Project


class Difference(NamedTuple):
    """A coding that a changed codebook would add, or one that would go."""

    document: str
    start: int
    end: int
    code: str
    text: str
    added: bool


class Trial(NamedTuple):
    """What a changed codebook would do: codings added, gone and kept of each code.

    `some` are differences to look at, at most so many of each code and kind as asked.
    """

    added: Counter[str]
    gone: Counter[str]
    kept: Counter[str]
    some: tuple[Difference, ...]


def trial(
    project: Project,
    codebook: Codebook,
    *,
    against: str,
    paths: Mapping[str, str] | None = None,
    most: int = 20,
) -> Trial:
    """Code every document again in memory and compare with what `against` coded; writes nothing.

    `paths` says where codes have gone: a code that was only renamed neither comes nor goes.
    """
    gone_to = {old: new for old, new in (paths or {}).items() if new}
    added: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    some: list[Difference] = []
    shown: Counter[tuple[str, bool]] = Counter()
    coder = Coder(codebook)
    for document, units in _documents(project):
        new = {_key(one) for one in coder.code(document, units)}
        before = project.codings(document.id, coder=against)
        old = {(one.start, one.end, gone_to.get(one.code, one.code)) for one in before}
        kept.update(code for *_, code in new & old)
        for keys, counts, is_new in ((new - old, added, True), (old - new, gone, False)):
            counts.update(code for *_, code in keys)
            for start, end, code in sorted(keys):
                if shown[code, is_new] < most:
                    shown[code, is_new] += 1
                    text = document.text[start:end]
                    some.append(Difference(document.id, start, end, code, text, is_new))
    return Trial(added, gone, kept, tuple(some))


class Recoded(NamedTuple):
    """What was coded: documents, units, codings of each code outside headings, and inside."""

    documents: int
    units: int
    codings: Counter[str]
    in_headings: int


def recode(
    project: Project,
    codebook: Codebook,
    *,
    now: Callable[[], str],
    seen: Callable[[str], None] = lambda _: None,
    in_use: bool = True,
    skip: Collection[str] = (),
) -> Recoded:
    """Code every document the project holds with this codebook, but those to `skip`.

    The same as `wenma code` with it, without the files. Codings of other versions and of
    people stay; each document is kept as soon as it is coded. The version is the one in use
    from then on, unless it is not to be yet.
    """
    first = not any(book.used for book in project.codebooks())
    project.keep_codebook(codebook, now=now(), in_use=in_use and first)
    table = schema.document
    columns = (table.c[name] for name in ("id", "fingerprint", "unit_size", "position"))
    known = {row.id: row for row in project.rows(select(*columns))}
    coder = Coder(codebook)
    count = cut = in_headings = 0
    counts: Counter[str] = Counter()
    for document, units in _documents(project, skip):
        row = known[document.id]
        codings, in_scope = coder.code_in_scope(document, units)
        headings = {unit.number for unit in units if unit.kind == "heading"}
        counts.update(one.code for one in codings if one.unit not in headings)
        in_headings += sum(one.unit in headings for one in codings)
        cut += len(units)
        project.keep(
            document,
            units,
            codings,
            codebook=codebook,
            unit_size=row.unit_size,
            fingerprint=row.fingerprint,
            position=row.position,
            now=now(),
            in_scope=in_scope,
        )
        count += 1
        seen(document.id)
    if in_use:  # until all is coded, tables are of the version before
        project.keep_codebook(codebook, now=now())
    return Recoded(count, cut, counts, in_headings)


def _documents(
    project: Project, skip: Collection[str] = ()
) -> Iterator[tuple[Document, list[Unit]]]:
    for id in project.document_ids():
        if id in skip:
            continue
        yield project.document(id), project.units(id)


def _key(one: Coding) -> tuple[int, int, str]:
    return one.start, one.end, one.code
