"""wenma figure: one picture of a study, as a file to put into a paper."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args, get_type_hints

from wenma.cli.messages import Parser, help_text, said
from wenma.cli.question_options import OLD_SPELLINGS, asked_with, question_options

if TYPE_CHECKING:
    from wenma.publish.figures import Figure
    from wenma.queries.table import Query

HELP = "draw a figure of a project: svg, png or pdf"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db NAME and, after the name, the options of that figure."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("name", nargs="?", metavar="NAME", help="without one, figures are listed")
    # What may follow depends on the name: `wenma figure FILE.db NAME --help` tells.
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")


def run(options: argparse.Namespace) -> int:
    """Draw the figure, or list those there are."""
    from wenma.publish.figures import CHARTS, figure

    if options.name is None:
        for name, one in CHARTS.items():
            print(f"{name:26} {help_text(one.summary)}")
        return 0
    from wenma.publish.drawn_figure import picture_format
    from wenma.queries.table import query
    from wenma.study.study import Study

    wanted = figure(options.name)
    chosen = vars(_parser(options.name, wanted, query(wanted.query)).parse_args(options.rest))
    output, dpi = chosen.pop("output"), chosen.pop("dpi")
    picture_format(output, width=chosen["width"], dpi=dpi)  # before the long work
    groups, city = chosen.pop("groups", None), chosen.pop("group_city")
    if city:
        groups, chosen["by"] = [city], "city"
    by = chosen.pop("by")
    with Study.open(options.project) as study:
        drawn = study.figure(
            options.name,
            by=by[0] if isinstance(by, list) and len(by) == 1 else by,
            groups=groups,
            **asked_with(chosen),
        )
        drawn.save(output, dpi=dpi)
    for note in drawn.notes:
        print(note, file=sys.stderr)
    return 0


def _parser(name: str, wanted: "Figure", asked: "Query") -> Parser:
    from wenma.publish.picture_files import DPI

    parser = Parser(prog=f"wenma figure FILE.db {name}", description=wanted.summary)
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.svg|.png|.pdf")
    parser.add_argument("--groups", nargs="+", metavar="NAME", help="these groups only")
    parser.add_argument("--city", dest="group_city", metavar="NAME", help="this city alone")
    parser.add_argument(
        "--width", type=float, metavar="CM", help="in print; default: its own, on an A4 page"
    )
    parser.add_argument("--dpi", type=int, default=DPI, metavar="N", help="of a png")
    hints = get_type_hints(wanted.draw)
    for one, parameter in wanted.choices.items():
        kinds = [kind for kind in get_args(hints[one]) or (hints[one],) if kind is not type(None)]
        parser.add_argument(
            f"--{one.replace('_', '-')}",
            type=kinds[0],
            default=parameter.default,
            metavar=one[:1].upper(),
            help="default: chosen for you"
            if parameter.default is None
            else said(zh=f"默认：{parameter.default}", en=f"default: {parameter.default}"),
        )
        if one in OLD_SPELLINGS:
            parser.add_argument(
                OLD_SPELLINGS[one],
                dest=one,
                type=kinds[0],
                default=argparse.SUPPRESS,
                help=argparse.SUPPRESS,
            )
    # The question's own options, but for those the figure sets or takes itself.
    taken = {*wanted.choices, "city", *wanted.asks}
    own = tuple(option for option in asked.options if option.name not in taken)
    question_options(parser, replace(asked, options=own), without=("city",))
    return parser
