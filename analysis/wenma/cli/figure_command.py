"""wenma figure: one picture of a project, as a file to put into a paper."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from wenma.cli.figure_groups import sized

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
            print(f"{name:26} {one.summary}")
        return 0
    from wenma.publish.drawn_figure import picture_format
    from wenma.queries.table import query
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    wanted = figure(options.name)
    asked = query(wanted.query)
    chosen = vars(_parser(options.name, wanted, asked).parse_args(options.rest))
    output = chosen.pop("output")
    coder, dpi, width = (chosen.pop(one) for one in ("coder", "dpi", "width"))
    picture_format(output, width=width, dpi=dpi)  # what cannot be written is not drawn
    groups, city = chosen.pop("groups", None), chosen.pop("group_city")
    chosen["by"] = _by(options.name, wanted, chosen["by"], city=city, groups=groups)
    with Project.open(options.project) as project:
        study = open_study(
            project, coder=coder, with_units=asked.looks_at_text({**wanted.asks, **chosen})
        )
    drawn = sized(study, wanted, asked, chosen, groups=[city] if city else groups, width=width)
    drawn.save(output, width=width, dpi=dpi)
    return 0


def _by(
    name: str, wanted: "Figure", by: str | None, *, city: str | None, groups: list[str] | None
) -> str | None:
    """What the question is broken down by, so that the figure has what it shows."""
    from wenma.errors import UsageError

    if city and wanted.blocks == "many":
        raise UsageError(f"{name} compares several", cure=f"Name two or more: --groups {city} …")
    if wanted.blocks == "one" and by:
        raise UsageError(f"{name} shows one city at a time", cure="Choose it: --city NAME")
    if city:
        return "city"
    # What reads the documents has a line for each city, whatever its question is broken down by.
    grouped = wanted.blocks == "many" or wanted.reads_documents or groups
    return by or ("city" if grouped else None)


def _parser(name: str, wanted: "Figure", asked: "Query") -> argparse.ArgumentParser:
    from wenma.cli.query_command import query_options
    from wenma.publish.picture_files import DPI

    parser = argparse.ArgumentParser(
        prog=f"wenma figure FILE.db {name}", description=wanted.summary
    )
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.svg|.png|.pdf")
    if wanted.blocks != "one":
        parser.add_argument("--groups", nargs="+", metavar="NAME", help="these cities only")
    parser.add_argument("--city", dest="group_city", metavar="NAME", help="this city alone")
    parser.add_argument(
        "--width", type=float, metavar="CM", help="in print; default: its own, on an A4 page"
    )
    parser.add_argument("--dpi", type=int, default=DPI, metavar="N", help="of a png")
    hints = get_type_hints(wanted.draw)
    for one, parameter in wanted.choices.items():
        kinds = [kind for kind in get_args(hints[one]) or (hints[one],) if kind is not type(None)]
        parser.add_argument(
            f"--{one}",
            type=kinds[0],
            default=parameter.default,
            metavar=one[:1].upper(),
            help="default: chosen for you"
            if parameter.default is None
            else f"default: {parameter.default}",
        )
    taken = {*wanted.choices, "city", *wanted.asks}
    query_options(parser, replace(asked, options=_apart(asked, taken)))
    return parser


def _apart(asked: "Query", taken: set[str]) -> tuple[Any, ...]:
    """The question's own options, but for those the figure sets or takes itself."""
    return tuple(option for option in asked.options if option.name not in taken)
