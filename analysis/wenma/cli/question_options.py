"""The options of a question on the command line, and the question they make."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import Parser, said

if TYPE_CHECKING:
    from wenma.queries.table import Query

SHORT = ("city", "plan", "period", "document")
"""Attributes that have an option of their own: ``--city 上海`` is ``--where city=上海``."""
OLD_SPELLINGS = {
    "min_count": "--least",
    "limit": "--top",
    "resamples": "--draws",
    "coders": "--between",
}
"""Options as they were spelled before; still understood, no longer shown."""


def table_parser(
    *, prog: str, description: str, formats: Sequence[str] = (), paper: bool = False
) -> Parser:
    """A parser of what becomes of an answer: its format, its file; `paper` adds what a paper's
    table has above it."""
    from wenma.publish.table_files import TABLE_FORMATS

    known = (*formats, *TABLE_FORMATS)
    parser = Parser(prog=prog, description=description)
    parser.add_argument(
        "--format",
        choices=known,
        help=said(
            zh=f"默认由 --output 决定，否则为 {known[0]}",
            en=f"default: by --output, else {known[0]}",
        ),
    )
    parser.add_argument("--output", type=Path, metavar="FILE")
    if paper:
        parser.add_argument("--number", type=int, metavar="N", help="the table's in the paper")
        parser.add_argument("--caption", metavar="TEXT", help="its title in the paper")
    return parser


def question_options(parser: Parser, asked: "Query", *, without: Sequence[str] = ()) -> None:
    """The options of a question, whatever becomes of its answer, but for those in `without`."""
    parser.add_argument(
        "--by",
        nargs="+",
        metavar="ATTRIBUTE",
        help="a row or block for each value of an attribute (city, year …), or of several crossed",
    )
    parser.add_argument("--headings", action="store_true", help="count headings too")
    own = {option.name for option in asked.options}
    for option in asked.options:
        if option.name in without:
            continue
        flag = f"--{option.name.replace('_', '-')}"
        old = OLD_SPELLINGS.get(option.name)
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
            if old:
                parser.add_argument(
                    old,
                    dest=option.name,
                    nargs=several,
                    default=argparse.SUPPRESS,
                    help=argparse.SUPPRESS,
                )
    parser.add_argument(
        "--without", metavar="CODE", help="leave out units that carry this code: form/boilerplate"
    )
    parser.add_argument(
        "--once", action="store_true", help="of documents that are copies, the first alone"
    )
    parser.add_argument(
        "--without-copied",
        action="store_true",
        help="leave out units that stand in a passage of an earlier document",
    )
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="ATTRIBUTE=VALUE,...",
        help="only documents with these values of an attribute: city=上海,广州",
    )
    for name in SHORT:
        if name not in own and name not in without:
            parser.add_argument(
                f"--{name}", dest=f"only_{name}", metavar="VALUE", help=argparse.SUPPRESS
            )
    coder_option(parser)
    if asked.compares:
        parser.add_argument(
            "--task", metavar="NAME", help="only the units of this task, which all were to code"
        )
        parser.add_argument(
            "--all-units",
            dest="task",
            action="store_const",
            const="",
            help="all units of the documents they have coded, not those of the tasks they share",
        )
    elif asked.designed:
        parser.add_argument(
            "--task", metavar="NAME", help="whose units were judged; the one of which most is done"
        )
    parser.language_option(help="of the headings, and of messages")


def coder_option(parser: argparse.ArgumentParser) -> None:
    """--coder, one or several; --codebook."""
    parser.add_argument(
        "--coder",
        nargs="+",
        metavar="NAME",
        help="several are asked as one; reviewed: rules and people; decided: people alone",
    )
    parser.add_argument(
        "--codebook", metavar="ID", help="default: the one used last that has the codes"
    )


def asked_with(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What `Study.ask` takes, from parsed options."""
    from wenma.study.question import conditions

    given = dict(chosen)
    where = conditions(given.pop("where", ()))
    for name in SHORT:
        value = given.pop(f"only_{name}", None)
        if value is not None:
            where[name] = [value]
    return given | {"where": where}
