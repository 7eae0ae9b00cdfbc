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
from wenma.records import Codebook, Coding, Document, Sign, Unit, UnitSize
from wenma.sources.entry import Entry
from wenma.sources.limits import debugging, unforeseen
from wenma.sources.listings.opening import entry_sha256, sha256_of
from wenma.sources.reading import fingerprint, read_entry
from wenma.store.following import Unplaced
from wenma.store.opening import is_of_database
from wenma.store.project import Project
from wenma.store.recoding import recode
from wenma.store.serialization import attributes_of


class Coded(NamedTuple):
    """What one document became; or why it did not."""

    entry: Entry
    fingerprint: str
    document: Document | None = None
    units: Sequence[Unit] = ()
    codings: Sequence[Coding] = ()
    in_scope: Sequence[int] | None = None
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
    attributes_changed: int = 0  # documents of which the manifest says something new
    unlisted: tuple[str, ...] = ()  # files beside a manifest that does not list them
    unplaced: tuple[Unplaced, ...] = ()  # people's work whose words are gone
    to_look_at: tuple[tuple[str, Sign], ...] = ()  # of documents read in this run, what is suspect

    @property
    def documents(self) -> int:
        """Documents that are now in the project and coded."""
        return self.coded + self.unchanged


def code_entries(
    project: Project,
    entries: Sequence[Entry],
    codebook: Codebook | None,
    *,
    now: Callable[[], str],
    unit_size: UnitSize = "sentence",
    jobs: int = 1,
    seen: Callable[[str], None] = lambda _: None,
    mark: Callable[[Any], str] = fingerprint,
    read: Callable[[Any], Document] = read_entry,
    replace: bool = False,
    unlisted: Sequence[Path] = (),
) -> Summary:
    """Code every entry that has changed since the project last saw it.

    Each document is kept as soon as it is coded. A document that cannot be
    read or kept is reported and the others go on. The codebook is the one in use when all
    is done: until then tables are of the one before. What a manifest says anew of documents
    is taken over at once; it needs no new coding. `replace` says that a file of another
    path and content is a newer version of the document of its name. `seen` is told each id
    when done. `mark` and `read` are for entries that are no files, as those of a pack.
    Without a codebook, documents are read, cut and kept, and not coded.
    """
    if codebook is not None:
        first = not any(book.used for book in project.codebooks())
        project.keep_codebook(codebook, now=now(), in_use=first)
    finished = dict(project.finished(codebook, unit_size))
    origins, digests = project.origins(), project.digests()
    ids = {entry.id for entry in entries}
    positions = {entry.id: position for position, entry in enumerate(entries)}
    coded = unchanged = unit_count = in_headings = 0
    failed: list[tuple[str, WenmaError]] = [
        (entry.id, _namesake(entry, origins[entry.id]))
        for entry in entries
        if not replace and _is_another(entry, origins.get(entry.id), digests.get(entry.id))
    ]
    taken = {id for id, _ in failed}
    entries = [entry for entry in entries if entry.id not in taken]
    stated = project.state({one.id: attributes_of(one) for one in entries if one.listed})
    unplaced: list[Unplaced] = []
    signs: list[tuple[str, Sign]] = []
    counts: Counter[str] = Counter()
    for one in _results(entries, finished, codebook, unit_size, jobs, mark, read):
        if one.error is not None:
            failed.append((one.entry.id, one.error))
        elif one.unchanged:
            unchanged += 1
        elif one.document is not None:
            try:
                unplaced += project.keep(
                    one.document,
                    one.units,
                    one.codings,
                    codebook=codebook,
                    unit_size=unit_size,
                    fingerprint=one.fingerprint,
                    position=positions[one.entry.id],
                    now=now(),
                    in_scope=one.in_scope,
                )
            except WenmaError as error:
                if is_of_database(error):  # no other document would fare better
                    raise
                failed.append((one.entry.id, error))
                seen(one.entry.id)
                continue
            coded += 1
            signs += [(one.entry.id, sign) for sign in one.document.quality.to_look_at]
            unit_count += len(one.units)
            headings = {unit.number for unit in one.units if unit.kind == "heading"}
            counts.update(c.code for c in one.codings if c.unit not in headings)
            in_headings += sum(c.unit in headings for c in one.codings)
        seen(one.entry.id)
    if codebook is not None and (coded or unchanged):
        project.keep_codebook(codebook, now=now())
    return Summary(
        coded=coded,
        unchanged=unchanged,
        failed=tuple(failed),
        units=unit_count,
        codings=dict(counts),
        in_headings=in_headings,
        elsewhere=tuple(id for id in origins if id not in ids),
        attributes_changed=len(stated),
        unlisted=tuple(map(str, unlisted)),
        unplaced=tuple(unplaced),
        to_look_at=tuple(signs),
    )


def code_kept(
    project: Project,
    codebook: Codebook,
    *,
    now: Callable[[], str],
    seen: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Code what the project holds and this very codebook has not coded yet."""
    every = project.document_ids()
    before = project.coded_by(codebook.coder, codebook.fingerprint)
    made = recode(project, codebook, now=now, seen=seen, skip=before)
    return Summary(
        coded=made.documents,
        unchanged=len(every) - made.documents,
        failed=(),
        units=made.units,
        codings=dict(made.codings),
        in_headings=made.in_headings,
        elsewhere=(),
    )


def _is_another(entry: Entry, origin: str | None, digest: str | None) -> bool:
    """Is the project's document of this id another file, and not this one changed or moved?

    The same path is the same document, whatever it holds now; elsewhere, the bytes must be
    those the document was read from, or those its file has now.
    """
    if origin is None or Path(origin).resolve() == entry.path.resolve():
        return False
    try:
        found = entry_sha256(entry)
    except SourceError:  # it is no file of its own, or its own error is told when it is read
        return False
    if found == digest:
        return False
    try:
        return sha256_of(Path(origin)) != found
    except SourceError:
        return True


def _namesake(entry: Entry, origin: str) -> WenmaError:
    return SourceError(
        f"another file of this name is in the project already: {origin}",
        file=entry.path,
        cure="If this one is a newer version of it, add --replace; else rename one of the files, "
        "or name both folders in one command and a new project.",
        zh=f"项目中已有同名的另一个文件：{origin}。若此文件是它的新版，请加 --replace；"
        "否则请改名，或在一条命令中写上两个文件夹，另建项目。",
    )


def _results(
    entries: Sequence[Entry],
    finished: dict[str, str],
    codebook: Codebook | None,
    unit_size: UnitSize,
    jobs: int,
    mark: Callable[[Any], str],
    read: Callable[[Any], Document],
) -> Iterator[Coded]:
    jobs = min(jobs, len(entries), 4 * (os.cpu_count() or 1))
    return over(entries, coder_of_entries, codebook, unit_size, finished, mark, read, jobs=jobs)


def coder_of_entries(
    codebook: Codebook | None,
    unit_size: UnitSize,
    finished: dict[str, str],
    mark: Callable[[Any], str] = fingerprint,
    read: Callable[[Any], Document] = read_entry,
) -> Callable[[Entry], Coded]:
    """The function that reads, cuts and codes one entry, with its matcher made once."""
    coder = Coder(codebook) if codebook else None

    def code(entry: Entry) -> Coded:
        marked = ""
        try:
            marked = mark(entry)
            if finished.get(entry.id) == marked:
                return Coded(entry, marked, unchanged=True)
            document = read(entry)
            cut = units(document, size=unit_size)
            made = coder.code_in_scope(document, cut) if coder else ()
            return Coded(entry, marked, document, cut, *made)
        except WenmaError as error:
            return Coded(entry, marked, error=error)
        except Exception as fault:  # one document's fault is no other's
            if debugging():
                raise
            return Coded(entry, marked, error=unforeseen(fault, entry.path))

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
            zh=f"有两份文件的编号都是 {twice[0]!r}。请改其中一份的编号。",
        )
    project = Project.in_memory()
    project.keep_codebook(codebook, now=now)
    coder = Coder(codebook)
    for position, document in enumerate(documents):
        cut = units(document)
        codings, in_scope = coder.code_in_scope(document, cut)
        try:
            project.keep(
                document,
                cut,
                codings,
                codebook=codebook,
                unit_size="sentence",
                fingerprint=document.sha256,
                position=position,
                now=now,
                in_scope=in_scope,
            )
        except UnicodeEncodeError:
            raise SourceError(
                "its text or what is known of it holds half a character (a surrogate)",
                file=document.path or ascii(document.id),
                cure="Read it again, or take the half out: text.encode('utf-8', 'ignore').decode()",
                zh="正文或属性中有半个字符（代理项）。请重新读取，或去掉它。",
            ) from None
    return project
