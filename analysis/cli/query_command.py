"""wenma query: one question to a project, as a table to read or a file to keep."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.queries.table import BY, NAMES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.project.study import Study
    from analysis.queries.table import Query, Table

HELP = "ask a project: " + ", ".join(NAMES)

FORMATS = ("md", "csv", "xlsx", "json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db NAME and, after the name, the options of that query."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="without one, the queries are listed"
    )
    # What may follow depends on the name: `wenma query FILE.db NAME --help` tells.
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")


def run(options: argparse.Namespace) -> int:
    """Print the table, or write it to a file."""
    from analysis.queries.table import queries, query

    if options.name is None:
        for one in queries():
            print(f"{one.name:14} {one.summary}")
        return 0
    from analysis.publish.table_files import WRITERS

    asked = query(options.name)
    given = options_of(asked, prog=f"wenma query FILE.db {asked.name}", formats=FORMATS)
    chosen = vars(given.parse_args(options.rest))
    form, output = written_as(chosen.pop("format"), chosen.pop("output"), formats=FORMATS)
    language = chosen.pop("language")
    table, codes = answer(options.project, asked, **chosen)
    put(WRITERS[form](table, codes=codes, language=language), output)
    return 0


def answer(
    file: str, asked: "Query", *, coder: str | None = None, **chosen: Any
) -> "tuple[Table, pd.DataFrame]":
    """The answer of one query to a project's file, and the codes to name its rows by."""
    from analysis.project.store import Project
    from analysis.project.study import open_study

    with Project.open(file) as project:
        study = open_study(project, coder=coder, with_units=asked.reads_text)
    return ask(study, asked, **chosen), study.codes


def ask(study: "Study", asked: "Query", *, without: str | None = None, **chosen: Any) -> "Table":
    """The answer of one query to a study, with the study's basis."""
    from analysis.queries.leaving_out import leave_out, leave_out_units

    codings, units, basis = study.codings, study.units, dict(study.basis)
    if without:
        if units is not None:
            units = leave_out_units(units, codings, without, codes=study.codes)
        codings, gone = leave_out(codings, without, codes=study.codes)
        basis["without"] = f"{without} ({gone} units)"
    if asked.reads_text:
        chosen["units"] = units
    table = asked.function(codings, documents=study.documents, codes=study.codes, **chosen)
    return replace(table, basis=basis | dict(table.basis))


def options_of(
    asked: "Query", *, prog: str, formats: Sequence[str], without: Sequence[str] = ()
) -> argparse.ArgumentParser:
    """What may follow the name of a query, but for the options named in `without`."""
    parser = argparse.ArgumentParser(prog=prog, description=asked.summary)
    parser.add_argument("--by", choices=BY, help="one row or block for each of these")
    parser.add_argument("--headings", action="store_true", help="count headings too")
    for option in asked.options:
        if option.name in without:
            continue
        flag = f"--{option.name.replace('_', '-')}"
        if option.kind == "flag":
            parser.add_argument(
                flag,
                action=argparse.BooleanOptionalAction,
                default=option.default,
                help=option.help,
            )
        elif option.kind == "choice":
            parser.add_argument(
                flag, choices=option.choices, default=option.default, help=option.help
            )
        else:
            several = "*" if option.kind == "list" else None
            parser.add_argument(flag, nargs=several, default=option.default, help=option.help)
    parser.add_argument(
        "--without", metavar="CODE", help="leave out units that carry this code: form/boilerplate"
    )
    parser.add_argument("--coder", metavar="NAME", help="default: the codebook used last")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the headings")
    parser.add_argument(
        "--format", choices=formats, help=f"default: by --output, else {formats[0]}"
    )
    parser.add_argument("--output", type=Path, metavar="FILE")
    return parser


def written_as(
    named: str | None, output: Path | None, *, formats: Sequence[str]
) -> tuple[str, Path | None]:
    """The format, as named or as the file's name tells; without either, the first."""
    from analysis.errors import UsageError

    by_name = output.suffix.lstrip(".").lower() if output else ""
    chosen = named or (by_name if by_name in formats else "")
    if output and not chosen:
        raise UsageError(
            f"{output.name!r} does not tell the format",
            cure=f"Add --format, one of {', '.join(formats)}.",
        )
    if chosen == "xlsx" and output is None:
        raise UsageError("an xlsx file cannot be printed", cure="Add --output FILE.xlsx.")
    return chosen or formats[0], output


def put(content: str | bytes, output: Path | None) -> None:
    """Print it, or write it to the file."""
    from analysis.errors import WenmaError

    if output is None:
        # The mark Excel wants before a CSV file is in the way of every other program.
        text = content if isinstance(content, str) else content.decode()
        sys.stdout.write(text.removeprefix("\ufeff"))
        return
    try:
        output.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise WenmaError(
            f"cannot be written ({error.strerror})", file=output, cure="Name another place."
        ) from None
