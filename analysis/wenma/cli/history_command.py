"""wenma history: who did what when, to read or to keep."""

import argparse
from pathlib import Path

from wenma.cli.messages import said

HELP = "who coded, decided and noted what, and when"

SHOWN = 40
"""Acts printed unless more are asked for."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db [--most N] [--output FILE.jsonl]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--most", type=int, default=SHOWN, metavar="N", help="the N newest")
    parser.add_argument("--output", type=Path, metavar="FILE.jsonl", help="all of it, to keep")


def run(options: argparse.Namespace) -> int:
    """Print the newest acts, or write every one to a file."""
    from wenma.errors import UsageError
    from wenma.publish.file_writing import write_file
    from wenma.study.study import Study

    if options.most < 1:
        raise UsageError("--most must be at least 1", zh="--most 至少为 1。")
    with Study.open(options.project) as study:
        if options.output is not None:
            write_file(study.history_lines(), options.output)
            return 0
        acts, holding = study.history(most=options.most)
    taken_back = said(zh="（已撤销）", en="(taken back)")
    for act in acts:
        mark = act.kind if act.kind != "do" else "" if act.id in holding else taken_back
        about = "" if act.of is None else said(zh=f"对 {act.of} ", en=f"of {act.of} ")
        rows = said(zh=f"{len(act.edits)} 行", en=f"{len(act.edits)} rows")
        line = f"{act.id:5} {act.at} {act.person} {about}{act.verb} {act.document}"
        print(f"{line} · {rows} {mark}".rstrip())
    if not acts:
        print(said(zh="还没有人手工编码", en="nobody has coded by hand yet"))
    return 0
