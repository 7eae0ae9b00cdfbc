"""The main job: what is not yet finished is read, cut, coded and kept."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from wenma.coding.coder import Coder
from wenma.engine.processes import over
from wenma.errors import SourceError, WenmaError
from wenma.language.units import units
from wenma.records import Codebook, Coding, Document, Unit, UnitSize
from wenma.sources.manifest import Entry
from wenma.sources.reading import fingerprint, read_entry
from wenma.store.project import Project


class Coded(NamedTuple):
    """What one document became; or why it did not."""

    entry: Entry
    fingerprint: str
    document: Document | None = None
    units: Sequence[Unit] = ()
    codings: Sequence[Coding] = ()
    error: WenmaError | None = None
    unchanged: bool = False


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    coded: int
    unchanged: int
    failed: tuple[tuple[str, WenmaError], ...]
    units: int
    codings: dict[str, int]  # of each code, in the documents coded in this run, without headings
    in_headings: int  # codings in headings, which tables leave out unless asked
    elsewhere: tuple[str, ...]  # documents of the project that are not among the entries

    @property
    def documents(self) -> int:
        """Documents that are now in the project and coded."""
        return self.coded + self.unchanged


def code_entries(
    project: Project,
    entries: Sequence[Entry],
    codebook: Codebook,
    *,
    now: Callable[[], str],
    unit_size: UnitSize = "sentence",
    jobs: int = 1,
    seen: Callable[[str], None] = lambda _: None,
    mark: Callable[[Any], str] = fingerprint,
    read: Callable[[Any], Document] = read_entry,
) -> Summary:
    """Code every entry that has changed since the project last saw it.

    Each document is kept as soon as it is coded. A document that cannot be
    read is reported and the others go on. `seen` is told each id when done.
    `mark` and `read` are for entries that are no files, as those of a pack.
    """
    project.keep_codebook(codebook, now=now())
    finished = dict(project.finished(codebook, unit_size))
    origins = project.origins()
    ids = {entry.id for entry in entries}
    positions = {entry.id: position for position, entry in enumerate(entries)}
    coded = unchanged = unit_count = in_headings = 0
    failed = [
        (entry.id, _namesake(entry, origins[entry.id]))
        for entry in entries
        if _is_another(entry, origins.get(entry.id))
    ]
    taken = {id for id, _ in failed}
    entries = [entry for entry in entries if entry.id not in taken]
    counts: Counter[str] = Counter()
    for one in _results(entries, finished, codebook, unit_size, jobs, mark, read):
        if one.error is not None:
            failed.append((one.entry.id, one.error))
        elif one.unchanged:
            unchanged += 1
        elif one.document is not None:
            project.keep(
                one.document,
                one.units,
                one.codings,
                codebook=codebook,
                unit_size=unit_size,
                fingerprint=one.fingerprint,
                position=positions[one.entry.id],
                now=now(),
            )
            coded += 1
            unit_count += len(one.units)
            headings = {unit.number for unit in one.units if unit.kind == "heading"}
            counts.update(c.code for c in one.codings if c.unit not in headings)
            in_headings += sum(c.unit in headings for c in one.codings)
        seen(one.entry.id)
    return Summary(
        coded=coded,
        unchanged=unchanged,
        failed=tuple(failed),
        units=unit_count,
        codings=dict(counts),
        in_headings=in_headings,
        elsewhere=tuple(id for id in origins if id not in ids),
    )


def _is_another(entry: Entry, origin: str | None) -> bool:
    """Is the project's document of this id another file, and not this one moved or copied?"""
    if origin is None or Path(origin).resolve() == entry.path.resolve():
        return False
    try:
        return Path(origin).read_bytes() != entry.path.read_bytes()
    except OSError:  # the old file is gone: this one stands in its place
        return False


def _namesake(entry: Entry, origin: str) -> WenmaError:
    return SourceError(
        f"another file of this name is in the project already: {origin}",
        file=entry.path,
        cure="Name both folders in one command and a new project, or rename one of the files.",
    )


def _results(
    entries: Sequence[Entry],
    finished: dict[str, str],
    codebook: Codebook,
    unit_size: UnitSize,
    jobs: int,
    mark: Callable[[Any], str],
    read: Callable[[Any], Document],
) -> Iterator[Coded]:
    jobs = min(jobs, len(entries), 4 * (os.cpu_count() or 1))
    return over(entries, coder_of_entries, codebook, unit_size, finished, mark, read, jobs=jobs)


def coder_of_entries(
    codebook: Codebook,
    unit_size: UnitSize,
    finished: dict[str, str],
    mark: Callable[[Any], str] = fingerprint,
    read: Callable[[Any], Document] = read_entry,
) -> Callable[[Entry], Coded]:
    """The function that reads, cuts and codes one entry, with its matcher made once."""
    coder = Coder(codebook)

    def code(entry: Entry) -> Coded:
        marked = ""
        try:
            marked = mark(entry)
            if finished.get(entry.id) == marked:
                return Coded(entry, marked, unchanged=True)
            document = read(entry)
            cut = units(document, size=unit_size)
            return Coded(entry, marked, document, cut, coder.code(document, cut))
        except WenmaError as error:
            return Coded(entry, marked, error=error)

    return code


def in_memory(documents: Sequence[Document], codebook: Codebook, *, now: str) -> Project:
    """Code documents at hand into a project that lives in memory.

    Two documents of one id are refused: the second would take the first one's place.
    """
    twice = [id for id, count in Counter(one.id for one in documents).items() if count > 1]
    if twice:
        raise SourceError(
            f"two documents have the id {twice[0]!r}",
            cure="Give one another id: dataclasses.replace(document, id=...)",
        )
    project = Project.in_memory()
    project.keep_codebook(codebook, now=now)
    coder = Coder(codebook)
    for position, document in enumerate(documents):
        cut = units(document)
        project.keep(
            document,
            cut,
            coder.code(document, cut),
            codebook=codebook,
            unit_size="sentence",
            fingerprint=document.sha256,
            position=position,
            now=now,
        )
    return project
