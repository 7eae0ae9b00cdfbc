"""wenma code: a folder of documents goes in, a project of codings comes out."""

import argparse
import json
from pathlib import Path

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
    from analysis.cli import clock
    from analysis.codebook.yaml_file import load_codebook
    from analysis.errors import UsageError
    from analysis.project.store import Project
    from analysis.project.work import code_entries
    from analysis.sources.manifest import entries

    if options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs} is less than one", cure="Try --jobs 2.")
    began = clock.seconds()
    # Everything that can be wrong with the input is found before the project is touched.
    codebook = load_codebook(options.codebook)
    listing = entries(options.paths)
    with (
        Project.open(options.project, create=True) as project,
        clock.progress(len(listing.entries), quiet=options.format == "json") as step,
    ):
        summary = code_entries(
            project,
            listing.entries,
            codebook,
            now=clock.now,
            unit_size=options.unit,
            jobs=options.jobs,
            seen=step,
        )
    told = {
        "project": str(options.project),
        "coder": codebook.coder,
        "documents": summary.documents,
        "coded": summary.coded,
        "unchanged": summary.unchanged,
        "failed": [{"document": id, "error": str(error)} for id, error in summary.failed],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in listing.skipped],
        "units": summary.units,
        "codings": summary.codings,
        "seconds": round(clock.seconds() - began, 2),
    }
    if options.format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        from analysis.cli.summary import summary_lines

        print("\n".join(summary_lines(told, codebook)))
    return 1 if summary.failed else 0
