"""Files, folders and packs come into a study, and are coded there."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import ProjectError, SourceError, UsageError
from wenma.queries.kinship import NO_KIN, Kinship
from wenma.records import Codebook, UnitSize
from wenma.store.exchange_annotations import bring_annotations
from wenma.store.history import log_run
from wenma.store.project import Project
from wenma.study.choice import choose
from wenma.study.clock import now
from wenma.study.coding_run import Summary, code_entries, code_kept
from wenma.study.kin import kinship_in

if TYPE_CHECKING:
    from wenma.interchange.opened_bundle import Bundle
    from wenma.sources.entry import Entry
    from wenma.sources.listings.text_tables import TextColumns


@dataclass(frozen=True)
class Run:
    """What a run did.

    summary   documents coded, unchanged and failed; codings of each code
    codebook  what was coded with; None where documents were only added
    skipped   files no reader knows, each with the reason
    reused    was this version's name used before with another text?
    pack      how the codings made of a pack compare with those in it
    kinship   copies among all documents of the project, where some were read in this run
    """

    summary: Summary
    codebook: Codebook | None = None
    skipped: Sequence[tuple[Path, str]] = ()
    reused: bool = False
    pack: Mapping[str, Any] | None = None
    kinship: Kinship = NO_KIN

    @property
    def failed(self) -> Sequence[tuple[str, Any]]:
        """Documents that could not be read or kept, each with the error."""
        return self.summary.failed


@dataclass(frozen=True)
class Given:
    """What there is to read, and how."""

    entries: "Sequence[Entry]"
    codebook: Codebook | None
    unit_size: UnitSize | None
    skipped: Sequence[tuple[Path, str]] = ()
    unlisted: Sequence[Path] = ()
    reading: dict[str, Any] = field(default_factory=dict)
    pack: "Bundle | None" = None


def given_paths(
    paths: Sequence[str | Path],
    codebook: Codebook | None,
    unit_size: UnitSize | None,
    texts: "TextColumns | None" = None,
) -> Given:
    """What these paths hold: everything wrong with the input is found before a study is touched."""
    from wenma.interchange.opened_bundle import (
        is_bundle,
        mark_packed,
        open_bundle,
        read_packed,
    )
    from wenma.sources.listings.listing import entries

    places = [Path(one) for one in paths]
    packs = [path for path in places if is_bundle(path) and not path.is_dir()]
    if packs and len(places) > 1:
        raise UsageError(
            f"{packs[0]} is a pack and is coded by itself",
            cure="Give each pack a command and a project of its own.",
            zh=f"{packs[0]} 是可复现包，须单独编码。请为每个包各用一条命令、一个项目文件。",
        )
    if packs:
        pack = open_bundle(packs[0])
        reading = {"mark": mark_packed, "read": read_packed}
        return Given(
            pack.entries,
            codebook or pack.codebook,
            unit_size or pack.unit_size,
            reading=reading,
            pack=pack,
        )
    listing = entries(places, texts=texts)
    if not listing.entries:
        path, reason = listing.skipped[0]
        raise SourceError(
            f"nothing here can be read: {len(listing.skipped)} skipped, the first: {reason}",
            file=path,
            cure="wenma reads text, Markdown, web pages, Word and other office files, EPUB, PDF,"
            " archives and tables of texts.",
            zh=f"没有可读的文件：跳过 {len(listing.skipped)} 个，第一个的原因：{reason}。"
            "可读文本、Markdown、网页、Word 等办公文档、EPUB、PDF、压缩包与正文表格。",
        )
    return Given(listing.entries, codebook, unit_size, listing.skipped, unlisted=listing.unlisted)


def refuse_jobs(jobs: int) -> None:
    """Pass a number of processes that there can be; `UsageError` for another."""
    if jobs < 1:
        raise UsageError(
            f"--jobs {jobs} is less than one", cure="Try --jobs 2.", zh="--jobs 至少为 1。"
        )


def add_paths(
    project: Project,
    paths: Sequence[str | Path],
    *,
    unit_size: UnitSize,
    replace: bool,
    seen: Callable[[str], None],
) -> Run:
    """Read what these paths hold into the project, and code nothing."""
    given = given_paths(paths, None, unit_size)
    if given.pack:
        _of_its_own(project, given.pack)
    summary = code_entries(
        project,
        given.entries,
        None,
        unit_size=given.unit_size or "sentence",
        replace=replace,
        seen=seen,
        now=now,
        unlisted=given.unlisted,
        **given.reading,
    )
    return Run(summary, skipped=given.skipped, kinship=_kinship(project, summary))


def code_paths(
    project: Project,
    paths: Sequence[str | Path],
    *,
    codebook: Codebook | None,
    unit_size: UnitSize | None,
    jobs: int,
    replace: bool,
    seen: Callable[[str], None],
    given: Given | None = None,
    otherwise: Codebook | None = None,
) -> Run:
    """Code what these paths hold; without paths, what the project holds and has not coded yet.

    `otherwise` is the codebook where none is named and no pack brings one; else the one used last.
    """
    refuse_jobs(jobs)
    found = given or (given_paths(paths, codebook, unit_size) if paths else None)
    book = (found.codebook if found else codebook) or otherwise or _kept_book(project)
    reused = any(
        old.coder == book.coder and old.fingerprint != book.fingerprint
        for old in project.codebooks()
    )
    if found is None:
        summary = code_kept(project, book, now=now, seen=seen)
    else:
        if found.pack:
            _of_its_own(project, found.pack)
        summary = code_entries(
            project,
            found.entries,
            book,
            now=now,
            unit_size=found.unit_size or "sentence",
            jobs=jobs,
            replace=replace,
            seen=seen,
            unlisted=found.unlisted,
            **found.reading,
        )
    if summary.coded or summary.attributes_changed:
        log_run(project, _typed(paths, project.name, found), coder=book.coder, now=now())
    if found is None or found.pack is None:
        skipped = found.skipped if found else ()
        kinship = _kinship(project, summary) if found else NO_KIN
        return Run(summary, book, skipped, reused, kinship=kinship)
    brought = bring_annotations(project, found.pack.people, now=now())
    pack = {**_compared(project, found.pack, book), "of_people": brought}
    return Run(summary, book, found.skipped, reused, pack, _kinship(project, summary))


def _kinship(project: Project, summary: Summary) -> Kinship:
    """The kin among all documents, where there are new ones to compare."""
    return kinship_in(project) if summary.coded else NO_KIN


def _kept_book(project: Project) -> Codebook:
    """The codebook used last, or the one the study was made with."""
    from wenma.codebook.yaml_file import parse_kept_codebook

    books = project.codebooks()
    if not books:
        raise UsageError(
            "no codebook is named",
            cure="Add --codebook FILE.yaml; only a pack brings its own.",
            zh="没有指定编码本。请加 --codebook 编码本.yaml；只有可复现包自带编码本。",
        )
    used = [one for one in books if one.used] or books
    return parse_kept_codebook(used[-1].text, file=f"{project.name}: {used[-1].coder}")


def _typed(paths: Sequence[str | Path], project: str, given: Given | None) -> str:
    """The command, as one would type it to have the same done again; no password is in it."""
    unit = ["--unit", given.unit_size or "sentence"] if given else []
    return shlex.join(["wenma", "code", *map(str, paths), *unit, "--project", project])


def _of_its_own(project: Project, pack: "Bundle") -> None:
    """A pack's documents must not take the place of others of the same name."""
    ours = str(pack.file.resolve())
    strangers = [id for id, path in project.origins().items() if not path.startswith(ours)]
    if strangers:
        raise ProjectError(
            f"holds documents that are not of this pack ({strangers[0]})",
            file=project.name,
            cure="Code the pack into a new project file.",
            zh=f"其中有不属于这个包的文件（{strangers[0]}）。请把包编码到新的项目文件中。",
        )


def _compared(project: Project, pack: "Bundle", book: Codebook) -> dict[str, Any]:
    """Are the codings made here those in the pack, and if not, what differs?"""
    from wenma.interchange.bundle import codings_jsonl, versions
    from wenma.study.opened_dataset import open_dataset

    made = open_dataset(project, choose(project, coder=book.coder)).details()
    if pack.format < 2:  # packs had no places of evidence then
        made = made.drop(columns="evidence_spans")
    here = versions()
    return {
        "same_codings": sha256(codings_jsonl(made).encode()).hexdigest() == pack.codings,
        "codings": len(made),
        "same_codebook": book.fingerprint == pack.codebook.fingerprint,
        "other_versions": [
            f"{name} {number} (here {here.get(name, 'unknown')})"
            for name, number in pack.versions.items()
            if here.get(name) != number
        ],
    }
