"""wenma assign: the same units to several people, to be coded blind."""

import argparse

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
        help="as many as show a code of this share of units with 95 %% certainty",
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
        raise UsageError("--rarest is a share of units", cure="Give one between 0 and 1, as 0.05")
    if options.units is not None and options.units < 1:
        raise UsageError("--units is at least 1")
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
        desk.assign(
            options.task, options.people, drawn.chosen, now=clock.now(), chances=drawn.chances
        )
        name = project.name  # an address, but without its password
    print(
        f"{len(drawn.chosen):,} units for each of {', '.join(dict.fromkeys(options.people))}: "
        f"{drawn.codes} predicted codes, {drawn.cities} cities, {drawn.roles} parts of plans"
    )
    print(f"Code them in the browser, page 编码任务 (Tasks): wenma app {name}")
    return 0
