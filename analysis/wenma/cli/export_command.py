"""wenma export: a project becomes a file for others."""

import argparse
from math import isfinite
from pathlib import Path

HELP = "write a pack (.zip) that gives the same numbers again, or a network (.graphml, .gexf, .dl)"

PACK = ".zip"
NETWORKS = (".graphml", ".gexf", ".dl")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db FILE and, after the file, the options of its kind."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("output", type=Path, metavar="FILE.zip|.graphml|.gexf|.dl")
    # What may follow depends on the kind: `wenma export FILE.db FILE.graphml --help` tells.
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="its options")


def run(options: argparse.Namespace) -> int:
    """Write the file and say what is in it."""
    from wenma.errors import UsageError

    output: Path = options.output
    ending = output.suffix.lower()
    if ending in NETWORKS:
        return _network(options.project, output, options.rest)
    if ending != PACK:
        raise UsageError(
            f"no {output.suffix or 'file without an ending'} can be exported",
            cure=f"There are {PACK}, the whole study as a pack, and {', '.join(NETWORKS)}, the"
            " network of codes; for one table: wenma query FILE.db NAME --output TABLE.xlsx",
        )
    return _pack(options.project, output, options.rest)


def _pack(file: str, output: Path, rest: list[str]) -> int:
    from functools import partial

    from wenma.cli.query_command import ask
    from wenma.interchange.bundle import bundle
    from wenma.publish.file_writing import write_file
    from wenma.records import by_rules
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    parser = argparse.ArgumentParser(prog=f"wenma export FILE.db FILE{PACK}")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the tables")
    given = parser.parse_args(rest)
    with Project.open(file) as project:
        study = open_study(project, with_units=True)
        content = bundle(project, study, partial(ask, study), language=given.language)
        others = [name for name in project.coders() if name != study.coder]
        with_them = [name for name in others if not by_rules(name)]
    write_file(content, output)
    print(
        f"{len(study.documents):,} documents and {len(study.codings):,} codings by {study.coder}"
        f" in {output} ({len(content) / 1e6:.1f} MB)"
    )
    if with_them:
        print(f"and what people added: {', '.join(with_them)}")
    if older := [name for name in others if by_rules(name)]:
        print(f"not in it: codings by {', '.join(older)}")
    if study.uncoded:
        print(f"not in it: {study.uncoded} documents this codebook has not coded as it is now")
    print(f"The same numbers again: wenma code {output} --project again.db")
    return 0


def _network(file: str, output: Path, rest: list[str]) -> int:
    from wenma.cli.query_command import answer, query_options
    from wenma.errors import UsageError
    from wenma.interchange.graphs import GRAPHS, network
    from wenma.publish.file_writing import write_file
    from wenma.queries.cooccurrence import MEASURES
    from wenma.queries.table import query

    asked = query("cooccurrence")
    parser = argparse.ArgumentParser(prog=f"wenma export FILE.db FILE{output.suffix}")
    query_options(parser, asked)
    parser.add_argument("--measure", choices=MEASURES, default="n11", help="the edges' weight")
    parser.add_argument("--threshold", type=float, help="edges of a smaller weight are left out")
    parser.add_argument("--least", type=int, default=1, metavar="N", help="units with both codes")
    chosen = vars(parser.parse_args(rest))
    chosen.pop("language")  # a network carries the names of its codes in both
    edges = {name: chosen.pop(name) for name in ("measure", "threshold", "least")}
    if edges["threshold"] is not None and not isfinite(edges["threshold"]):
        raise UsageError(f"--threshold {edges['threshold']} is no number")
    table, codes = answer(file, asked, **chosen)
    graph = network(table, codes, **edges)
    write_file(GRAPHS[output.suffix.lower().lstrip(".")](graph), output)
    limit = "" if edges["threshold"] is None else f", {edges['measure']} ≥ {edges['threshold']:g}"
    print(f"{len(graph)} codes and {graph.size()} edges in {output}")
    print(f"edges: pairs with at least {edges['least']} units in common{limit}")
    return 0
