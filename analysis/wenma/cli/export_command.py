"""wenma export: a project becomes a file for others."""

import argparse
from pathlib import Path

from wenma.cli.messages import Parser, listed, said
from wenma.cli.question_options import asked_with, question_options

HELP = (
    "write a pack (.zip) that gives the same numbers again, a REFI-QDA project (.qdpx), or a "
    "network (.graphml, .gexf, .dl)"
)

PACK = ".zip"
REFI = ".qdpx"
NETWORKS = (".graphml", ".gexf", ".dl")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db FILE and, after the file, the options of its kind."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("output", type=Path, metavar="FILE.zip|.qdpx|.graphml|.gexf|.dl")
    # What may follow depends on the kind: `wenma export FILE.db FILE.graphml --help` tells.
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")


def run(options: argparse.Namespace) -> int:
    """Write the file and say what is in it."""
    from wenma.errors import UsageError

    output: Path = options.output
    ending = output.suffix.lower()
    if ending in NETWORKS:
        return _network(options.project, output, options.rest)
    if ending == REFI:
        return _refi(options.project, output, options.rest)
    if ending != PACK:
        raise UsageError(
            f"{output.name!r} does not tell what to export",
            cure=f"End it in {PACK} for the whole study as a pack, in {REFI} for a REFI-QDA "
            f"project that NVivo, MAXQDA and ATLAS.ti open, or in {', '.join(NETWORKS)} for"
            " the network of codes; for one table: wenma query FILE.db NAME --output TABLE.xlsx",
            zh=f"由文件名“{output.name}”看不出要导出什么：{PACK} 是整个研究的数据包，"
            f"{REFI} 是 REFI-QDA 项目，{'、'.join(NETWORKS)} 是编码网络；单张表格："
            "wenma query FILE.db NAME --output TABLE.xlsx",
        )
    return _pack(options.project, output, options.rest)


def _pack(file: str, output: Path, rest: list[str]) -> int:
    from wenma.study.study import Study

    parser = Parser(prog=f"wenma export FILE.db FILE{PACK}", description=HELP)
    parser.language_option(help="of the tables, and of messages")
    given = parser.parse_args(rest)
    with Study.open(file) as study:
        done = study.export(output, language=given.language)
    documents, codings, coder = done["documents"], done["codings"], done["coder"]
    size = f"{done['bytes'] / 1e6:.1f} MB"
    print(
        said(
            zh=f"{output}（{size}）含 {documents:,} 份文件，{coder} 的 {codings:,} 个编码参考点",
            en=f"{documents:,} documents and {codings:,} codings by {coder} in {output} ({size})",
        )
    )
    if done["people"]:
        names = listed(done["people"])
        print(said(zh=f"以及人工添加的内容：{names}", en=f"and what people added: {names}"))
    if older := done["left_out"]:
        names = listed(older)
        print(said(zh=f"不含 {names} 的编码", en=f"not in it: codings by {names}"))
    if uncoded := done["uncoded"]:
        print(
            said(
                zh=f"不含 {uncoded} 份文件：现在的编码本尚未编码",
                en=f"not in it: {uncoded} documents that the codebook, as it is now, has not coded",
            )
        )
    print(
        said(
            zh=f"重现同样的数字：wenma code {output} --project again.db",
            en=f"The same numbers again: wenma code {output} --project again.db",
        )
    )
    return 0


def _refi(file: str, output: Path, rest: list[str]) -> int:
    from wenma.study.study import Study

    parser = Parser(prog=f"wenma export FILE.db FILE{REFI}", description=HELP)
    parser.language_option(help="of the project's name, and of messages")
    given = parser.parse_args(rest)
    with Study.open(file) as study:
        done = study.export(output, language=given.language)
    documents, codings, names = done["documents"], done["codings"], listed(done["coders"])
    print(
        said(
            zh=f"{output} 含 {documents:,} 份文件与 {codings:,} 个编码参考点（{names}）；"
            "可用 NVivo、MAXQDA、ATLAS.ti、QualCoder 打开",
            en=f"{documents:,} documents and {codings:,} codings ({names}) in {output}; NVivo, "
            "MAXQDA, ATLAS.ti and QualCoder open it",
        )
    )
    return 0


def _network(file: str, output: Path, rest: list[str]) -> int:
    from wenma.queries.cooccurrence import ASSOCIATION_MEASURES
    from wenma.queries.table import query
    from wenma.study.study import Study

    asked = query("cooccurrence")
    parser = Parser(prog=f"wenma export FILE.db FILE{output.suffix}", description=HELP)
    question_options(parser, asked)
    parser.add_argument(
        "--measure", choices=ASSOCIATION_MEASURES, default="n11", help="weight of the edges"
    )
    parser.add_argument("--threshold", type=float, help="leave out edges of a smaller weight")
    parser.add_argument(
        "--min-count",
        type=int,
        default=1,
        metavar="N",
        help="leave out edges with fewer units in common",
    )
    parser.add_argument(
        "--least", dest="min_count", type=int, default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    chosen = vars(parser.parse_args(rest))
    chosen.pop("language")  # a network carries the names of its codes in both
    edges = {name: chosen.pop(name) for name in ("measure", "threshold")}
    edges["min_count"] = chosen.pop("min_count")
    with Study.open(file) as study:
        done = study.export(output, **edges, **asked_with(chosen))
    limit = edges["threshold"]
    threshold = "" if limit is None else f"{edges['measure']} ≥ {limit:g}"
    fewest, nodes, pairs = edges["min_count"], done["codes"], done["edges"]
    print(
        said(
            zh=f"{output} 含 {nodes} 个编码、{pairs} 条边\n"
            f"边：至少有 {fewest} 个共同单元的编码对{threshold and '，且 '}{threshold}",
            en=f"{nodes} codes and {pairs} edges in {output}\n"
            f"edges: pairs with at least {fewest} units in common{threshold and ', '}{threshold}",
        )
    )
    return 0
