"""wenma query: one question to a project, as a table to read or a file to keep."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.queries.table import BY, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.project.study import Study
    from analysis.queries.table import Query, Table

HELP = "ask a project: " + ", ".join(NAMES)

FORMATS = ("md", "csv", "xlsx", "json", "docx", "tex")
PRINTED = ("docx", "tex")
"""Formats of papers, whose tables have a number and a title."""


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
    from analysis.project.store import Project
    from analysis.project.study import open_study
    from analysis.publish.table_files import WRITERS

    asked = query(options.name)
    chosen = vars(_parser(asked).parse_args(options.rest))
    written = _format(chosen.pop("format"), chosen.pop("output"))
    above = _above(written[0], number=chosen.pop("number"), caption=chosen.pop("caption"))
    output, language, coder = written[1], chosen.pop("language"), chosen.pop("coder")
    with Project.open(options.project) as project:
        study = open_study(project, coder=coder, with_units=asked.looks_at_text(chosen))
    table = ask(study, asked, **chosen)
    content = WRITERS[written[0]](table, codes=study.codes, language=language, **above)
    _put(content, output)
    return 0


def ask(
    study: "Study",
    asked: "Query",
    *,
    without: str | None = None,
    where: "Sequence[str]" = (),
    **options: Any,
) -> "Table":
    """The answer of one query to a study, or to some of its documents, with the study's basis."""
    from analysis.queries.leaving_out import leave_out, leave_out_units
    from analysis.queries.selection import chosen, of_documents

    codings, documents, basis = study.codings, study.documents, dict(study.basis)
    units = study.units
    if where:
        documents = chosen(documents, _conditions(where))
        codings = of_documents(codings, documents)
        units = None if units is None else of_documents(units, documents)
        basis["where"] = "; ".join(where)
    if without:
        if units is not None:
            units = leave_out_units(units, codings, without, codes=study.codes)
        codings, gone = leave_out(codings, without, codes=study.codes)
        basis["without"] = f"{without} ({gone} units)"
    if asked.reads_text:
        options["units"] = units
    table = asked.function(codings, documents=documents, codes=study.codes, **options)
    return replace(table, basis=basis | dict(table.basis))


def _conditions(where: "Sequence[str]") -> dict[str, list[str]]:
    """``city=上海,广州`` is the city, one of two."""
    from analysis.errors import UsageError

    found: dict[str, list[str]] = {}
    for condition in where:
        column, sign, values = condition.partition("=")
        if not (column and sign and values):
            raise UsageError(
                f"--where {condition} is no condition", cure="Write it as --where city=上海,广州"
            )
        found[column] = values.replace("，", ",").split(",")
    return found


def _parser(asked: "Query") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"wenma query FILE.db {asked.name}", description=asked.summary
    )
    parser.add_argument("--by", choices=BY, help="one row or block for each of these")
    parser.add_argument("--headings", action="store_true", help="count headings too")
    for option in asked.options:
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
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE,...",
        help="only documents of this city, plan, period, kind, level, year: city=上海,广州",
    )
    parser.add_argument("--coder", metavar="NAME", help="default: the codebook used last")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the headings")
    parser.add_argument("--format", choices=FORMATS, help="default: by --output, else md")
    parser.add_argument("--output", type=Path, metavar="FILE")
    parser.add_argument("--number", type=int, metavar="N", help="the table's in the paper")
    parser.add_argument("--caption", metavar="TEXT", help="its title in the paper")
    return parser


def _above(form: str, **given: Any) -> dict[str, Any]:
    """The number and the title of a paper's table, where they were given."""
    from analysis.errors import UsageError

    above = {name: said for name, said in given.items() if said is not None}
    if above and form not in PRINTED:
        raise UsageError(
            f"a {form} table has no {' and no '.join(above)}",
            cure=f"Write one of {', '.join(PRINTED)}.",
        )
    if above.get("number", 1) < 1:
        raise UsageError("a table's number is at least 1")
    return above


def _format(named: str | None, output: Path | None) -> tuple[str, Path | None]:
    from analysis.errors import UsageError

    by_name = output.suffix.lstrip(".").lower() if output else ""
    chosen = named or (by_name if by_name in FORMATS else "")
    if output and not chosen:
        raise UsageError(
            f"{output.name!r} does not tell the format",
            cure=f"Add --format, one of {', '.join(FORMATS)}.",
        )
    if chosen in ("xlsx", "docx") and output is None:
        raise UsageError(
            f"a file of kind {chosen} cannot be printed", cure=f"Add --output FILE.{chosen}."
        )
    return chosen or "md", output


def _put(content: str | bytes, output: Path | None) -> None:
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
