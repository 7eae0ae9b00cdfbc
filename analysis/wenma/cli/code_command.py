"""wenma code: a folder of documents goes in, a project of codings comes out."""

import argparse
import gc
import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenma.interchange.opened_bundle import Bundle
    from wenma.records import Codebook, UnitSize
    from wenma.sources.manifest import Entry
    from wenma.store.project import Project

HELP = "read documents, code them with a codebook, keep everything in a project file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH... --codebook --project [--unit] [--jobs] [--replace] [--format]."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path, help="files or folders; or one pack (.zip)"
    )
    parser.add_argument(
        "--codebook", type=Path, metavar="FILE.yaml", help="needed unless a pack brings its own"
    )
    parser.add_argument("--project", required=True, metavar="FILE.db")
    parser.add_argument(
        "--unit",
        choices=("sentence", "clause", "paragraph", "section"),
        help="what is coded (default: sentence, or as in the pack)",
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="the files given are newer versions of documents of the same name",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Code, then say what was done."""
    # Records hold no cycles: let the collector, which finds nothing, look less often.
    gc.set_threshold(100_000, 20, 20)
    return code_and_tell(
        options.paths,
        codebook=options.codebook,
        project=options.project,
        unit_size=options.unit,
        jobs=options.jobs,
        form=options.format,
        replace=options.replace,
    )


def code_and_tell(
    paths: Sequence[Path],
    *,
    codebook: Path | None,
    project: str,
    unit_size: "UnitSize | None" = None,
    jobs: int = 1,
    form: str = "text",
    replace: bool = False,
) -> int:
    """Code documents into a project and print the summary; 1 when one of them failed."""
    from wenma.cli import clock
    from wenma.cli.summary import pack_line, summary_lines
    from wenma.errors import UsageError
    from wenma.store.exchange_annotations import bring_annotations
    from wenma.store.history import log_run
    from wenma.store.project import Project
    from wenma.study.coding_run import code_entries

    if jobs < 1:
        raise UsageError(f"--jobs {jobs} is less than one", cure="Try --jobs 2.")
    began = clock.seconds()
    # Everything that can be wrong with the input is found before the project is touched.
    given = _given(paths, codebook, unit_size)
    book = given.codebook
    with (
        Project.open(project, create=True) as opened,
        clock.progress(len(given.entries), quiet=form == "json") as step,
    ):
        name = opened.name
        if given.pack:
            _of_its_own(opened, given.pack)
        reused = any(
            old.coder == book.coder and old.fingerprint != book.fingerprint
            for old in opened.codebooks()
        )
        summary = code_entries(
            opened,
            given.entries,
            book,
            now=clock.now,
            unit_size=given.unit_size,
            jobs=jobs,
            seen=step,
            replace=replace,
            unlisted=given.unlisted,
            **given.reading,
        )
        if summary.coded or summary.attributes_changed:
            typed = _typed(paths, codebook, name, given.unit_size)
            log_run(opened, typed, coder=book.coder, now=clock.now())
        brought = bring_annotations(opened, given.pack.people, now=clock.now()) if given.pack else 0
        pack = _compared(opened, given.pack, book) if given.pack else None
    told = {
        "project": name,
        "coder": book.coder,
        "documents": summary.documents,
        "coded": summary.coded,
        "unchanged": summary.unchanged,
        "failed": [{"document": id, "error": str(error)} for id, error in summary.failed],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in given.skipped],
        "units": summary.units,
        "codings": summary.codings,
        "in_headings": summary.in_headings,
        "elsewhere": list(summary.elsewhere),
        "attributes_changed": summary.attributes_changed,
        "unlisted": list(summary.unlisted),
        "unplaced": [one._asdict() for one in summary.unplaced],
        "reused_version": reused,
        **({"pack": {**pack, "of_people": brought}} if pack else {}),
        "seconds": round(clock.seconds() - began, 2),
    }
    if form == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(summary_lines(told, book)))
        if pack:
            print(pack_line(pack))
    return 1 if summary.failed else 0


def _typed(paths: Sequence[Path], codebook: Path | None, project: str, unit_size: str) -> str:
    """The command, as one would type it to have the same done again; no password is in it."""
    book = ["--codebook", str(codebook)] if codebook else []
    words = ["wenma", "code", *map(str, paths), *book, "--unit", unit_size]
    return shlex.join([*words, "--project", project])


@dataclass(frozen=True)
class _Given:
    """What there is to code, and with what."""

    entries: "Sequence[Entry]"
    codebook: "Codebook"
    unit_size: "UnitSize"
    skipped: Sequence[tuple[Path, str]] = ()
    unlisted: Sequence[Path] = ()
    reading: dict[str, Any] = field(default_factory=dict)
    pack: "Bundle | None" = None


def _given(paths: Sequence[Path], codebook: Path | None, unit_size: "UnitSize | None") -> _Given:
    from wenma.codebook.yaml_file import load_codebook
    from wenma.errors import SourceError, UsageError
    from wenma.interchange.opened_bundle import (
        is_bundle,
        mark_packed,
        open_bundle,
        read_packed,
    )
    from wenma.sources.manifest import entries

    packs = [path for path in paths if is_bundle(path) and not path.is_dir()]
    if packs and len(paths) > 1:
        raise UsageError(
            f"{packs[0]} is a pack and is coded by itself",
            cure="Give each pack a command and a project of its own.",
        )
    if packs:
        pack = open_bundle(packs[0])
        return _Given(
            pack.entries,
            load_codebook(codebook) if codebook else pack.codebook,
            unit_size or pack.unit_size,
            reading={"mark": mark_packed, "read": read_packed},
            pack=pack,
        )
    if codebook is None:
        raise UsageError(
            "no codebook is named", cure="Add --codebook FILE.yaml; only a pack brings its own."
        )
    book = load_codebook(codebook)
    listing = entries(paths)
    if not listing.entries:
        path, reason = listing.skipped[0]
        raise SourceError(
            f"nothing here can be read: {len(listing.skipped)} skipped, the first: {reason}",
            file=path,
            cure="wenma reads .txt, .md, .html, .docx and .pdf.",
        )
    size = unit_size or "sentence"
    return _Given(listing.entries, book, size, listing.skipped, listing.unlisted)


def _of_its_own(project: "Project", pack: "Bundle") -> None:
    """A pack's documents must not take the place of others of the same name."""
    from wenma.errors import ProjectError

    ours = str(pack.file.resolve())
    strangers = [id for id, path in project.origins().items() if not path.startswith(ours)]
    if strangers:
        raise ProjectError(
            f"holds documents that are not of this pack ({strangers[0]})",
            file=project.name,
            cure="Code the pack into a new project file.",
        )


def _compared(project: "Project", pack: "Bundle", book: "Codebook") -> dict[str, Any]:
    """Are the codings made here those in the pack, and if not, what differs?"""
    from hashlib import sha256

    from wenma.interchange.bundle import codings_jsonl, versions
    from wenma.study.opened_study import open_study

    made = open_study(project, coder=book.coder).codings
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
