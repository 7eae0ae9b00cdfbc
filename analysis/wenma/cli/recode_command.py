"""wenma recode: another version of a codebook on the documents a project holds."""

import argparse
from pathlib import Path

HELP = "try a changed codebook on a project's documents, or code them with it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --codebook FILE.yaml [--carry OLD=NEW ...] [--person NAME] [--try] [--most N]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--codebook", required=True, type=Path, metavar="FILE.yaml")
    parser.add_argument(
        "--carry",
        nargs="+",
        default=[],
        metavar="OLD=NEW",
        help="where codes have gone: people's codings follow, those of codes under them too",
    )
    parser.add_argument("--person", default="", metavar="NAME", help="who does it, for the history")
    parser.add_argument(
        "--try", action="store_true", dest="only_try", help="say what would change, write nothing"
    )
    parser.add_argument("--most", type=int, default=3, metavar="N", help="sentences shown a code")


def run(options: argparse.Namespace) -> int:
    """Say what changes, and change it unless it is only a trial."""
    from wenma.cli import clock
    from wenma.codebook.yaml_file import load_codebook, parse_kept_codebook
    from wenma.errors import ProjectError, UsageError
    from wenma.store.carrying import carry_over, every_path
    from wenma.store.project import Project
    from wenma.store.recoding import recode, trial

    given = [one.partition("=") for one in options.carry]
    for old, sign, new in given:
        if not (old and sign and new):
            raise UsageError(f"--carry {old}{sign}{new} is no pair", cure="Write it as OLD=NEW")
    if given and not options.person and not options.only_try:
        raise UsageError("--carry needs --person", cure="Say who does it: --person NAME")
    codebook = load_codebook(options.codebook)
    with Project.open(options.project) as project:
        books = project.codebooks()
        if not books:
            raise ProjectError(
                "holds no codings yet", file=project.name, cure="Code it first: wenma code"
            )
        before = parse_kept_codebook(books[-1].text, file=f"{project.name}: {books[-1].coder}")
        paths = every_path({old: new for old, _, new in given}, before, codebook)
        result = trial(project, codebook, against=books[-1].coder, paths=paths, most=options.most)
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
        if options.person:
            done = carry_over(project, codebook, paths, person=options.person, now=clock.now)
            print(
                f"{done.documents:,} documents are coded with {codebook.coder}; carried over: "
                f"{done.codings:,} codings, {done.verdicts:,} verdicts and {done.memos:,} memos"
            )
            if done.left:
                print(f"{done.left:,} codings by people stay under codes this version has not")
            return 0
        count = recode(project, codebook, now=clock.now)
    print(f"{count:,} documents are coded with {codebook.coder}; what people coded stays")
    return 0
