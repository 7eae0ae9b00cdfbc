"""wenma query: one question to a project, as a table to read or a file to keep."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import Parser, help_text, said
from wenma.cli.writing import write, write_or_print
from wenma.queries.table import BY

if TYPE_CHECKING:
    import pandas as pd

    from wenma.publish.labels import Language
    from wenma.queries.table import Query, Table
    from wenma.store.project import Project
    from wenma.study.opened_study import Study

HELP = "put one question to a project, or list the questions there are"

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
    from wenma.queries.table import queries, query

    if options.name is None:
        for one in queries():
            print(f"{one.name:14} {help_text(one.summary)}")
        return 0
    from wenma.publish.table_files import WRITERS

    asked = query(options.name)
    given = options_of(
        asked, prog=f"wenma query FILE.db {asked.name}", formats=FORMATS, printed=True
    )
    chosen = vars(given.parse_args(options.rest))
    form, output = written_as(chosen.pop("format"), chosen.pop("output"), formats=FORMATS)
    above = _above(form, number=chosen.pop("number"), caption=chosen.pop("caption"))
    language = chosen.pop("language")
    table, codes = answer(options.project, asked, **chosen)
    write_or_print(WRITERS[form](table, codes=codes, language=language, **above), output)
    if form == "csv":
        describe(table, codes, output, language=language)
    return 0


def describe(
    table: "Table", codes: "pd.DataFrame", output: Path | None, *, language: "Language"
) -> None:
    """Notes and basis of a CSV table, which has no place for them: beside its file, else apart."""
    from wenma.publish.csv_description import ENDING, csv_description
    from wenma.publish.labels import basis_line, notes

    if output is not None and output.is_file():  # beside a pipe or a device lies nothing
        said = csv_description(table, output.name, codes=codes, language=language)
        write(said, output.with_name(output.name + ENDING))
        return
    for line in [*notes(table, language=language), basis_line(table, language=language)]:
        print(line, file=sys.stderr)


def answer(
    file: str,
    asked: "Query",
    *,
    coder: Sequence[str] | None = None,
    task: str | None = None,
    **chosen: Any,
) -> "tuple[Table, pd.DataFrame]":
    """The answer of one query to a project's file, and the codes to name its rows by."""
    from wenma.store.project import Project
    from wenma.store.task_units import on_task
    from wenma.study.opened_study import open_study

    with Project.open(file) as project:
        if asked.compares:
            coder = coder or chosen.get("between") or _to_compare(project)
            chosen["between"] = chosen.get("between") or coder
        study = open_study(
            project,
            coder=coder,
            with_units=asked.looks_at_text(chosen),
            apart=asked.compares,
        )
        if task:
            study = on_task(project, study, task, chosen["between"])
    return ask(study, asked, **chosen), study.codes


def _to_compare(project: "Project") -> list[str]:
    """The people of a project; all its coders when there are fewer than two people."""
    from wenma.errors import QueryError
    from wenma.records import people
    from wenma.store.annotations import at_work

    coders = at_work(project)
    persons = people(coders)
    if len(persons) > 1:
        return persons
    if len(coders) < 2:
        raise QueryError(
            f"agreement is between two coders, and this project has "
            f"{f'only {coders[0]}' if coders else 'none'}",
            file=project.name,
            cure="Let two people code the same documents: wenma app FILE.db",
            zh=f"信度须有两位编码者，本项目{f'只有 {coders[0]}' if coders else '没有编码者'}。"
            "请由两人编码同样的文件：wenma app FILE.db",
        )
    return coders


def ask(
    study: "Study",
    asked: "Query",
    *,
    without: str | None = None,
    where: Sequence[str] = (),
    among: Mapping[str, Sequence[str]] | None = None,
    **options: Any,
) -> "Table":
    """The answer of one query to a study, or to some of its documents, with the study's basis.

    `among` names the values of columns as `where` does, one by one.
    """
    from wenma.queries.code_names import resolve_code, resolve_options
    from wenma.queries.document_filter import filter_documents, of_documents
    from wenma.queries.exclusion import exclude_codings, exclude_counts, exclude_units

    options = resolve_options(options, study.codes)
    without = without and resolve_code(without, study.codes)
    codings, documents, basis = study.codings, study.documents, dict(study.basis)
    units = study.units
    if where or among:
        for conditions in (conditions_of(where), among or {}):
            documents = filter_documents(documents, conditions)
        codings = of_documents(codings, documents)
        units = None if units is None else of_documents(units, documents)
        said = [f"{column}={','.join(names)}" for column, names in (among or {}).items()]
        basis["where"] = "; ".join([*where, *said])
    if without:
        if units is not None:
            units = exclude_units(units, codings, without, codes=study.codes)
        documents = exclude_counts(documents, codings, without, codes=study.codes)
        codings, gone = exclude_codings(codings, without, codes=study.codes)
        basis["without"] = f"{without} ({gone} units)"
    if asked.reads_text:
        options["units"] = units
    table = asked.function(codings, documents=documents, codes=study.codes, **options)
    return replace(table, basis=basis | dict(table.basis))


def conditions_of(where: Sequence[str]) -> dict[str, list[str]]:
    """``city=上海,广州`` is the city, one of two."""
    from wenma.errors import UsageError

    found: dict[str, list[str]] = {}
    for condition in where:
        column, sign, values = condition.partition("=")
        if not (column and sign and values):
            raise UsageError(
                f"--where {condition} is not a condition",
                cure="Write it as --where city=上海,广州",
                zh=f"--where {condition} 不是条件，请写作 --where city=上海,广州。",
            )
        found[column] = values.replace("，", ",").split(",")
    return found


def options_of(
    asked: "Query",
    *,
    prog: str,
    formats: Sequence[str],
    without: Sequence[str] = (),
    printed: bool = False,
) -> Parser:
    """What may follow the name of a query, but for the options named in `without`.

    `printed` adds what stands above a table in a paper.
    """
    parser = Parser(prog=prog, description=asked.summary)
    query_options(parser, asked, without=without)
    parser.add_argument(
        "--format",
        choices=formats,
        help=said(
            zh=f"默认由 --output 决定，否则为 {formats[0]}",
            en=f"default: by --output, else {formats[0]}",
        ),
    )
    parser.add_argument("--output", type=Path, metavar="FILE")
    if printed:
        parser.add_argument("--number", type=int, metavar="N", help="the table's in the paper")
        parser.add_argument("--caption", metavar="TEXT", help="its title in the paper")
    return parser


def query_options(parser: Parser, asked: "Query", *, without: Sequence[str] = ()) -> None:
    """The options of a question, whatever becomes of its answer, but for those in `without`."""
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
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE,...",
        help="only documents of this city, plan, period, kind, level, year: city=上海,广州",
    )
    coder_option(parser)
    if asked.compares:
        parser.add_argument(
            "--task", metavar="NAME", help="only the units of this task, which all were to code"
        )
    parser.language_option(help="of the headings, and of messages")


def coder_option(parser: argparse.ArgumentParser) -> None:
    """--coder, one or several."""
    parser.add_argument(
        "--coder",
        nargs="+",
        metavar="NAME",
        help="several are asked as one, but for agreement; default: the codebook used last",
    )


def _above(form: str, **given: Any) -> dict[str, Any]:
    """The number and the title of a paper's table, where they were given."""
    from wenma.errors import UsageError

    above = {name: said for name, said in given.items() if said is not None}
    if above and form not in PRINTED:
        raise UsageError(
            f"a {form} table has no {' and no '.join(above)}",
            cure=f"Write one of {', '.join(PRINTED)}.",
            zh=f"{form} 表格没有编号和题名，请用 {'、'.join(PRINTED)}。",
        )
    if above.get("number", 1) < 1:
        raise UsageError("a table's number must be at least 1", zh="表格编号至少为 1。")
    return above


def written_as(
    named: str | None, output: Path | None, *, formats: Sequence[str]
) -> tuple[str, Path | None]:
    """The format, as named or as the file's name tells; without either, the first."""
    from wenma.errors import UsageError

    by_name = output.suffix.lstrip(".").lower() if output else ""
    chosen = named or (by_name if by_name in formats else "")
    if output and not chosen:
        raise UsageError(
            f"{output.name!r} does not tell the format",
            cure=f"Add --format, one of {', '.join(formats)}.",
            zh=f"由文件名“{output.name}”看不出格式，请加 --format：{'、'.join(formats)}。",
        )
    if chosen in ("xlsx", "docx") and output is None:
        raise UsageError(
            f"a file of kind {chosen} cannot be printed",
            cure=f"Add --output FILE.{chosen}.",
            zh=f"{chosen} 文件不能在屏幕上显示，请加 --output 文件.{chosen}。",
        )
    return chosen or formats[0], output
