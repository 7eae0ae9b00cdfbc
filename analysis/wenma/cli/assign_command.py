"""wenma assign: the same units to several people, to be coded blind."""

import argparse

from wenma.cli.messages import listed, said

HELP = "draw units for several people to code blind, rare codes included"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --task NAME --people A B [--units N] [--rarest SHARE] [--code CODE] [--by NAME]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--task", required=True, metavar="NAME")
    parser.add_argument("--people", required=True, nargs="+", metavar="NAME")
    parser.add_argument("--units", type=int, metavar="N", help="how many; default: by --rarest")
    parser.add_argument(
        "--rarest",
        type=float,
        default=0.05,
        metavar="SHARE",
        help="enough units to see a code of this share with 95 %% certainty",
    )
    parser.add_argument(
        "--code", nargs="+", default=[], metavar="CODE", help="only these codes are drawn for"
    )
    parser.add_argument(
        "--by", action="append", default=[], metavar="NAME", help="as many of each of its values"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--assigned-by", default="", metavar="NAME", help="default: the first")


def run(options: argparse.Namespace) -> int:
    """Draw the units and keep the task."""
    from wenma.study.study import Study

    with Study.open(options.project) as study:
        drawn = study.assign(
            options.task,
            options.people,
            units=options.units,
            rarest=options.rarest,
            codes=options.code,
            by=options.by,
            seed=options.seed,
            assigned_by=options.assigned_by,
        )
        name = study.name  # an address, but without its password
    drawn_for = listed(dict.fromkeys(options.people))
    print(
        said(
            zh=f"{drawn_for} 每人 {len(drawn.chosen):,} 个单元："
            f"预测编码 {drawn.codes} 个，城市 {drawn.cities} 个，文本部分 {drawn.roles} 种",
            en=f"{len(drawn.chosen):,} units for each of {drawn_for}: "
            f"{drawn.codes} predicted codes, {drawn.cities} cities, {drawn.roles} parts of plans",
        )
    )
    print(
        said(
            zh=f"请在浏览器“编码任务”页编码：wenma app {name}",
            en=f"Code them in the browser, page 编码任务 (Tasks): wenma app {name}",
        )
    )
    return 0
