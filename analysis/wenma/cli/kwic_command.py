"""wenma kwic: words of a study's texts in their lines."""

import argparse

from wenma.cli.query_command import tell
from wenma.cli.question_options import asked_with, question_options, table_parser
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
    from wenma.publish.table_files import TABLE_FORMATS, table_format
    from wenma.queries.table import query
    from wenma.study.study import Study

    asked = query("kwic")
    parser = table_parser(
        prog="wenma kwic FILE.db PATTERN", description=asked.summary, formats=("txt",)
    )
    question_options(parser, asked, without=("pattern",))
    chosen = vars(parser.parse_args(options.rest))
    form, output = chosen.pop("format"), chosen.pop("output")
    form = table_format(form, output, formats=("txt", *TABLE_FORMATS))
    language = chosen.pop("language")
    with Study.open(options.project) as study:
        answer = study.ask("kwic", pattern=options.pattern, **asked_with(chosen))
        if form == "txt":
            write_or_print(concordance_lines(answer, language=language), output)
        else:
            tell(answer, language=language, format=form, output=output)
    return 0
