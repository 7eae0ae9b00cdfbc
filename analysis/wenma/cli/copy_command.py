"""wenma copy: a whole project to another place, as from a file to a team's database."""

import argparse

from wenma.cli.messages import said

HELP = "copy a whole project: file to file, or to and from postgresql://"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FROM TO."""
    parser.add_argument("source", metavar="FROM", help="FILE.db or postgresql://user@host/name")
    parser.add_argument("target", metavar="TO", help="a place with no project in it yet")


def run(options: argparse.Namespace) -> int:
    """Copy, and say how much."""
    from wenma.study.study import Study

    with Study.open(options.source) as study:
        name, counts = study.copy_to(options.target)
    documents, codings, acts = (counts[one] for one in ("document", "coding", "act"))
    print(
        said(
            zh=f"{name} 中有 {documents:,} 份文件、{codings:,} 个编码参考点、{acts:,} 次人工操作",
            en=f"{documents:,} documents, {codings:,} codings, {acts:,} acts of people in {name}",
        )
    )
    return 0
