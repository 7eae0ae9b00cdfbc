"""wenma figure: one picture of a project, as a file to put into a paper."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from wenma.cli.figure_groups import sized
from wenma.cli.messages import Parser, help_text, said

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
    from wenma.cli.writing import write
    from wenma.errors import UsageError
    from wenma.publish.picture_files import PICTURES, png_bytes
    from wenma.queries.table import query
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    wanted = figure(options.name)
    asked = query(wanted.query)
    chosen = vars(_parser(options.name, wanted, asked).parse_args(options.rest))
    output = chosen.pop("output")
    ending = _ending(output)
    coder, dpi, width = (chosen.pop(one) for one in ("coder", "dpi", "width"))
    if dpi < 1:
        raise UsageError(
            "a picture has at least 1 dot an inch",
            cure="Leave out --dpi: it is 300.",
            zh="分辨率至少为每英寸 1 点；省略 --dpi 即为 300。",
        )
    if width is not None and not 1 <= width <= 100:
        raise UsageError(
            "a picture is 1 to 100 centimetres wide",
            cure="A column of a paper is 8.5, a page 17.5",
            zh="图宽为 1 至 100 厘米；论文单栏约 8.5，整页 17.5。",
        )
    groups, city = chosen.pop("groups", None), chosen.pop("group_city")
    chosen["by"] = _by(options.name, wanted, chosen["by"], city=city, groups=groups)
    with Project.open(options.project) as project:
        study = open_study(
            project, coder=coder, with_units=asked.looks_at_text({**wanted.asks, **chosen})
        )
    chart, scale = sized(
        study, wanted, asked, chosen, groups=[city] if city else groups, width=width
    )
    if ending == "png":
        content = png_bytes(chart, dpi=dpi, scale=scale)
    else:
        content = PICTURES[ending](chart, scale=scale)
    write(content, output)
    return 0


def _by(
    name: str, wanted: "Figure", by: str | None, *, city: str | None, groups: list[str] | None
) -> str | None:
    """What the question is broken down by, so that the figure has what it shows."""
    from wenma.errors import UsageError

    if city and wanted.blocks == "many":
        raise UsageError(
            f"{name} compares several cities",
            cure=f"Name two or more: --groups {city} …",
            zh=f"{name} 比较几个城市，请给出两个以上：--groups {city} …",
        )
    if wanted.blocks == "one" and by:
        raise UsageError(
            f"{name} shows one city at a time",
            cure="Choose it: --city NAME",
            zh=f"{name} 每次只画一个城市，请用 --city 名称 选定。",
        )
    if city:
        return "city"
    # What reads the documents has a line for each city, whatever its question is broken down by.
    grouped = wanted.blocks == "many" or wanted.reads_documents or groups
    return by or ("city" if grouped else None)


def _ending(output: Path) -> str:
    from wenma.errors import UsageError
    from wenma.publish.picture_files import PICTURES

    ending = output.suffix.lstrip(".").lower()
    if ending not in PICTURES:
        raise UsageError(
            f"{output.name!r} does not tell the kind of picture",
            cure=f"End it in one of {', '.join(f'.{one}' for one in PICTURES)}.",
            zh=f"由文件名“{output.name}”看不出图的格式，"
            f"请以 {'、'.join(f'.{one}' for one in PICTURES)} 之一结尾。",
        )
    return ending


def _parser(name: str, wanted: "Figure", asked: "Query") -> Parser:
    from wenma.cli.query_command import query_options
    from wenma.publish.picture_files import DPI

    parser = Parser(prog=f"wenma figure FILE.db {name}", description=wanted.summary)
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
            else said(zh=f"默认：{parameter.default}", en=f"default: {parameter.default}"),
        )
    taken = {*wanted.choices, "city", *wanted.asks}
    query_options(parser, replace(asked, options=_apart(asked, taken)))
    return parser


def _apart(asked: "Query", taken: set[str]) -> tuple[Any, ...]:
    """The question's own options, but for those the figure sets or takes itself."""
    return tuple(option for option in asked.options if option.name not in taken)
