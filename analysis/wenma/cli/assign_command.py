"""wenma assign: the same units to several people, to be coded blind."""

import argparse

from wenma.cli.messages import listed, said

HELP = "draw units for several people to code blind, rare codes included"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --task NAME --people A B [--units N] [--rarest SHARE] [--seed N] [--by NAME]."""
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
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--assigned-by", default="", metavar="NAME", help="default: the first")


def run(options: argparse.Namespace) -> int:
    """Draw the units and keep the task."""
    from wenma.cli import clock
    from wenma.errors import UsageError
    from wenma.reliability.stratified_sample import task_units
    from wenma.statistics.sample_size import units_to_see
    from wenma.store.coding_session import CodingSession
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    if not 0 < options.rarest < 1:
        raise UsageError(
            "--rarest is a share of units",
            cure="Give one between 0 and 1, such as 0.05",
            zh="--rarest 是单元的比例，请给出 0 与 1 之间的数，如 0.05。",
        )
    if options.units is not None and options.units < 1:
        raise UsageError("--units must be at least 1", zh="--units 至少为 1。")
    with Project.open(options.project) as project:
        study = open_study(project, with_units=True)
        assert study.units is not None
        drawn = task_units(
            study.units,
            study.codings,
            study.documents,
            options.units or units_to_see(options.rarest),
            everywhere=study.everywhere,
            seed=options.seed,
        )
        desk = CodingSession(project, options.assigned_by or options.people[0])
        desk.assign(options.task, options.people, drawn.chosen, now=clock.now())
        name = project.name  # an address, but without its password
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
