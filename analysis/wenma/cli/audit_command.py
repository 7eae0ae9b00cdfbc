"""wenma audit: how good is the coding? Draws what people judge, and tells what they found."""

import argparse

from wenma.cli.messages import Parser, listed, said, table_language
from wenma.cli.query_command import tell

HELP = "draw codings and silent units for people to judge; then: precision, misses, recall"


def arguments(parser: Parser) -> None:
    """FILE.db [--people A B] [--per-code N] [--code CODE …] [--by NAME] [--task NAME]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument(
        "--people", nargs="+", metavar="NAME", default=[], help="draw units for these to judge"
    )
    parser.add_argument(
        "--per-code",
        type=int,
        default=20,
        metavar="N",
        help="codings of each code, and as many silent units",
    )
    parser.add_argument(
        "--code", nargs="+", default=[], metavar="CODE", help="only these codes are drawn for"
    )
    parser.add_argument(
        "--by", action="append", default=[], metavar="NAME", help="as many of each of its values"
    )
    parser.add_argument(
        "--task",
        default="",
        metavar="NAME",
        help="its name; to look at, the one of which most is done",
    )
    parser.add_argument(
        "--everywhere", action="store_true", help="count units out of the codebook's scope, too"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")


def run(options: argparse.Namespace) -> int:
    """Draw, or tell what was found."""
    from wenma.study.clock import now
    from wenma.study.study import Study

    with Study.open(options.project) as study:
        if not options.people:
            by = options.by or None
            found = study.ask(
                "audit", by=by, task=options.task or None, everywhere=options.everywhere
            )
            tell(found, language=table_language(), format=None, output=None)
            return 0
        task = options.task or f"审核 {now()[:16]}"
        drawn = study.assign(
            task,
            options.people,
            per_code=options.per_code,
            codes=options.code,
            by=options.by,
            seed=options.seed,
        )
        name = study.name
    people = listed(dict.fromkeys(options.people))
    print(
        said(
            zh=f"任务“{task}”：{people} 每人判定 {len(drawn.chosen):,} 个单元，"
            "一半机器编过，一半没有；判定时看不到机器的编码和规则。",
            en=f"Task {task!r}: {len(drawn.chosen):,} units for each of {people}, half of them "
            "coded by the machine, half not; its codes and rules are hidden.",
        )
    )
    print(
        said(
            zh=f"请在浏览器“编码任务”页判定：wenma app {name}；之后查看结果：wenma audit {name}",
            en=f"Judge them in the browser, page 编码任务 (Tasks): wenma app {name}; "
            f"what was found: wenma audit {name}",
        )
    )
    return 0
