"""wenma recode: another version of a codebook on the documents a project holds."""

import argparse
from pathlib import Path

HELP = "try a changed codebook on a project's documents, or code them with it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --codebook FILE.yaml [--try] [--most N]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--codebook", required=True, type=Path, metavar="FILE.yaml")
    parser.add_argument(
        "--try", action="store_true", dest="only_try", help="say what would change, write nothing"
    )
    parser.add_argument("--most", type=int, default=3, metavar="N", help="sentences shown a code")


def run(options: argparse.Namespace) -> int:
    """Say what changes, and change it unless it is only a trial."""
    from analysis.cli import clock
    from analysis.codebook.yaml_file import load_codebook
    from analysis.errors import ProjectError
    from analysis.project.recoding import recode, trial
    from analysis.project.store import Project

    codebook = load_codebook(options.codebook)
    with Project.open(options.project) as project:
        books = project.codebooks()
        if not books:
            raise ProjectError(
                "holds no codings yet", file=project.name, cure="Code it first: wenma code"
            )
        result = trial(project, codebook, against=books[-1].coder, most=options.most)
        print(f"{codebook.coder} against {books[-1].coder}")
        for path in [code.path for code in codebook.codes]:
            plus, minus = result.added[path], result.gone[path]
            if plus or minus:
                print(f"{path:32} +{plus:<6} -{minus:<6} ={result.kept[path]}")
        unknown = sum(
            n for path, n in result.gone.items() if path not in result.kept + result.added
        )
        if unknown:
            print(f"of codes this codebook has not: -{unknown}")
        for one in result.some:
            print(f"  {'+' if one.added else '-'} {one.code} {one.document}: {one.text}")
        if not result.added and not result.gone:
            print("no coding changes")
        if options.only_try:
            return 0
        count = recode(project, codebook, now=clock.now)
    print(f"{count:,} documents are coded with {codebook.coder}; what people coded stays")
    return 0
