"""wenma code: a folder of documents goes in, a project of codings comes out."""

import argparse
import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenma.records import UnitSize

HELP = "read documents, code them with a codebook, keep everything in a project file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH... --codebook --project [--unit] [--jobs] [--format]."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        type=Path,
        help="files, folders, archives or tables of texts; or one pack (.zip)",
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
        help="the files are newer versions of documents of the same name",
    )
    parser.add_argument(
        "--text-column", default="", metavar="NAME", help="of a table: what holds the texts"
    )
    parser.add_argument(
        "--title-column", default="", metavar="NAME", help="of a table: what holds the titles"
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
        replace=options.replace,
        form=options.format,
        text_column=options.text_column,
        title_column=options.title_column,
    )


def code_and_tell(
    paths: Sequence[Path],
    *,
    codebook: Path | None,
    project: str,
    unit_size: "UnitSize | None" = None,
    jobs: int = 1,
    replace: bool = False,
    form: str = "text",
    text_column: str = "",
    title_column: str = "",
) -> int:
    """Code documents into a project and print the summary; 1 when one of them failed."""
    from wenma.cli import clock
    from wenma.cli.summary import pack_line, run_told, summary_lines
    from wenma.study.adding import refuse_jobs
    from wenma.study.study import Study

    began = clock.seconds()
    refuse_jobs(jobs)
    # Everything that can be wrong with the input is found before the project is touched.
    given = Study.given(
        paths, codebook=codebook, unit=unit_size, text_column=text_column, title_column=title_column
    )
    with (
        Study.create(project) as study,
        clock.progress(len(given.entries), quiet=form == "json") as step,
    ):
        done = study.code(
            *paths, unit=unit_size, jobs=jobs, replace=replace, seen=step, given=given
        )
        told = run_told(done, study.name) | {"seconds": round(clock.seconds() - began, 2)}
    assert done.codebook is not None  # a run that codes has one
    if form == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(summary_lines(told, done.codebook)))
        if done.pack:
            print(pack_line(dict(done.pack)))
    return 1 if done.failed else 0
