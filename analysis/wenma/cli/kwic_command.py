"""wenma kwic: words of a project's texts in their lines."""

import argparse

from wenma.cli.query_command import answer, describe, options_of
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
    from wenma.publish.table_files import TABLE_FORMATS, table_content, table_format
    from wenma.queries.table import query

    asked, formats = query("kwic"), ("txt", *TABLE_FORMATS)
    given = options_of(
        asked,
        prog="wenma kwic FILE.db PATTERN",
        formats=formats,
        without=("pattern",),
    )
    chosen = vars(given.parse_args(options.rest))
    output = chosen.pop("output")
    form = table_format(chosen.pop("format"), output, formats=formats)
    language = chosen.pop("language")
    table, codes = answer(options.project, asked, pattern=options.pattern, **chosen)
    content = (
        concordance_lines(table, language=language)
        if form == "txt"
        else table_content(table, form, codes=codes, language=language)
    )
    write_or_print(content, output)
    if form == "csv":
        describe(table, codes, output, language=language)
    return 0
