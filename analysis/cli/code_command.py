"""wenma code: a folder of documents goes in, a project of codings comes out."""

import argparse
import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.records import UnitSize

HELP = "read documents, code them with a codebook, keep everything in a project file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH... --codebook --project [--unit] [--jobs] [--format]."""
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="files or folders")
    parser.add_argument("--codebook", required=True, type=Path, metavar="FILE.yaml")
    parser.add_argument("--project", required=True, metavar="FILE.db")
    parser.add_argument(
        "--unit",
        default="sentence",
        choices=("sentence", "clause", "paragraph", "section"),
        help="what is coded (default: sentence)",
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
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
    )


def code_and_tell(
    paths: Sequence[Path],
    *,
    codebook: Path,
    project: str,
    unit_size: "UnitSize" = "sentence",
    jobs: int = 1,
    form: str = "text",
) -> int:
    """Code documents into a project and print the summary; 1 when one of them failed."""
    from analysis.cli import clock
    from analysis.cli.summary import summary_lines
    from analysis.codebook.yaml_file import load_codebook
    from analysis.errors import SourceError, UsageError
    from analysis.project.store import Project
    from analysis.project.work import code_entries
    from analysis.sources.manifest import entries

    if jobs < 1:
        raise UsageError(f"--jobs {jobs} is less than one", cure="Try --jobs 2.")
    began = clock.seconds()
    # Everything that can be wrong with the input is found before the project is touched.
    book = load_codebook(codebook)
    listing = entries(paths)
    if not listing.entries:
        path, reason = listing.skipped[0]
        raise SourceError(
            f"nothing here can be read: {len(listing.skipped)} skipped, the first: {reason}",
            file=path,
            cure="wenma reads .txt, .md, .html, .docx and .pdf.",
        )
    with (
        Project.open(project, create=True) as opened,
        clock.progress(len(listing.entries), quiet=form == "json") as step,
    ):
        name = opened.name
        reused = any(
            old.coder == book.coder and old.fingerprint != book.fingerprint
            for old in opened.codebooks()
        )
        summary = code_entries(
            opened,
            listing.entries,
            book,
            now=clock.now,
            unit_size=unit_size,
            jobs=jobs,
            seen=step,
        )
    told = {
        "project": name,
        "coder": book.coder,
        "documents": summary.documents,
        "coded": summary.coded,
        "unchanged": summary.unchanged,
        "failed": [{"document": id, "error": str(error)} for id, error in summary.failed],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in listing.skipped],
        "units": summary.units,
        "codings": summary.codings,
        "in_headings": summary.in_headings,
        "elsewhere": list(summary.elsewhere),
        "reused_version": reused,
        "seconds": round(clock.seconds() - began, 2),
    }
    if form == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(summary_lines(told, book)))
    return 1 if summary.failed else 0
