"""wenma export: a project becomes a file for others."""

import argparse
from pathlib import Path

HELP = "write a pack (.zip) with which anyone gets the same numbers again"

ENDINGS = (".zip",)
"""What can be written."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db FILE.zip [--language zh|en]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("output", type=Path, metavar="FILE.zip")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the tables")


def run(options: argparse.Namespace) -> int:
    """Write the pack and say how large it is."""
    from analysis.errors import UsageError

    output: Path = options.output
    if output.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"no {output.suffix or 'file without an ending'} can be exported yet",
            cure="There is .zip, the whole study as a pack; for one table:"
            " wenma query FILE.db NAME --output TABLE.xlsx",
        )
    from functools import partial

    from analysis.cli.query_command import ask
    from analysis.cli.writing import write
    from analysis.interchange.bundle import bundle
    from analysis.project.store import Project
    from analysis.project.study import open_study

    with Project.open(options.project) as project:
        study = open_study(project, with_units=True)
        content = bundle(project, study, partial(ask, study), language=options.language)
        others = [name for name in project.coders() if name != study.coder]
    write(content, output)
    print(
        f"{len(study.documents):,} documents and {len(study.codings):,} codings by {study.coder}"
        f" in {output} ({len(content) / 1e6:.1f} MB)"
    )
    if others:
        print(f"not in it: codings by {', '.join(others)}")
    if study.uncoded:
        print(f"not in it: {study.uncoded} documents this codebook has not coded as it is now")
    print(f"The same numbers again: wenma code {output} --project again.db")
    return 0
