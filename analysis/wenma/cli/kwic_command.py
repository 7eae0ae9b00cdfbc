"""wenma kwic: words of a project's texts in their lines."""

import argparse

from wenma.cli.query_command import FORMATS, answer, describe, options_of, written_as
from wenma.cli.writing import write_or_print

HELP = "words or a pattern in their lines, to read or to keep"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db PATTERN and, after it, the options of the query kwic."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("pattern", metavar="PATTERN", help="what to look for")
    # As for wenma query: `wenma kwic FILE.db PATTERN --help` tells.
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")


def run(options: argparse.Namespace) -> int:
    """Print the lines one under the other, or write them to a file."""
    from wenma.publish.concordance_lines import concordance_lines
    from wenma.publish.table_files import WRITERS
    from wenma.queries.table import query

    asked = query("kwic")
    given = options_of(
        asked,
        prog="wenma kwic FILE.db PATTERN",
        formats=("txt", *FORMATS),
        without=("pattern",),
    )
    chosen = vars(given.parse_args(options.rest))
    form, output = written_as(chosen.pop("format"), chosen.pop("output"), formats=("txt", *FORMATS))
    language = chosen.pop("language")
    table, codes = answer(options.project, asked, pattern=options.pattern, **chosen)
    content = (
        concordance_lines(table, language=language)
        if form == "txt"
        else WRITERS[form](table, codes=codes, language=language)
    )
    write_or_print(content, output)
    if form == "csv":
        describe(table, codes, output, language=language)
    return 0
