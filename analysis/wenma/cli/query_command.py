"""wenma query: one question to a study, as a table to read or a file to keep."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.cli.messages import Parser, help_text
from wenma.cli.question_options import asked_with, question_options, table_parser
from wenma.cli.writing import write_or_print

if TYPE_CHECKING:
    from wenma.publish.labels import Language
    from wenma.study.answer import Answer

HELP = "put one question to a project, or list the questions there are"


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
    from wenma.study.study import Study

    asked = query(options.name)
    parser: Parser = table_parser(
        prog=f"wenma query FILE.db {asked.name}", description=asked.summary, paper=True
    )
    question_options(parser, asked)
    chosen = vars(parser.parse_args(options.rest))
    written = {name: chosen.pop(name) for name in ("format", "output", "number", "caption")}
    language = chosen.pop("language")
    with Study.open(options.project) as study:
        answer = study.ask(asked.name, **asked_with(chosen))
        tell(answer, language=language, **written)
    return 0


def tell(
    answer: "Answer",
    *,
    language: "Language",
    format: str | None,
    output: Path | None,
    number: int | None = None,
    caption: str | None = None,
) -> None:
    """Print an answer in a format, or write it to a file."""
    from wenma.publish.table_files import describe_csv, table_content, table_format

    form = table_format(format, output)
    content = table_content(
        answer, form, codes=answer.codes, language=language, number=number, caption=caption
    )
    write_or_print(content, output)
    if form == "csv":
        if output is not None and output.is_file():  # beside a pipe or a device lies nothing
            describe_csv(answer, output, codes=answer.codes, language=language)
        else:
            tell_basis(answer, language=language)


def tell_basis(answer: "Answer", *, language: "Language") -> None:
    """The notes and the basis of a table that has no place for them, on standard error."""
    from wenma.publish.labels import basis_line, notes

    for line in [*notes(answer, language=language), basis_line(answer, language=language)]:
        print(line, file=sys.stderr)
