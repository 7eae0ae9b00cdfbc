"""wenma recode: another version of a codebook on the documents a project holds."""

import argparse
from pathlib import Path

from wenma.cli.messages import said

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
    parser.add_argument(
        "--most", type=int, default=3, metavar="N", help="sentences shown for each code"
    )


def run(options: argparse.Namespace) -> int:
    """Say what changes, and change it unless it is only a trial."""
    from wenma.codebook.yaml_file import load_codebook
    from wenma.errors import UsageError
    from wenma.study.study import Study

    given = [one.partition("=") for one in options.carry]
    for old, sign, new in given:
        if not (old and sign and new):
            raise UsageError(
                f"--carry {old}{sign}{new} is not a pair",
                cure="Write it as OLD=NEW",
                zh=f"--carry {old}{sign}{new} 不成对，请写作 旧编码=新编码。",
            )
    if given and not options.person and not options.only_try:
        raise UsageError(
            "--carry needs --person",
            cure="Say who does it: --person NAME",
            zh="--carry 须与 --person 同用，请说明由谁操作：--person 姓名。",
        )
    codebook = load_codebook(options.codebook)
    with Study.open(options.project) as study:
        carry = {old: new for old, _, new in given}
        revision = study.try_codebook(codebook, carry=carry, most=options.most)
        result = revision.trial
        print(
            said(
                zh=f"{codebook.coder} 与 {revision.against} 相比",
                en=f"{codebook.coder} against {revision.against}",
            )
        )
        for path in [code.path for code in codebook.codes]:
            plus, minus = result.added[path], result.gone[path]
            if plus or minus:
                print(f"{path:32} +{plus:<6} -{minus:<6} ={result.kept[path]}")
        unknown = sum(
            n for path, n in result.gone.items() if path not in result.kept + result.added
        )
        if unknown:
            print(
                said(
                    zh=f"此编码本没有的编码：-{unknown}",
                    en=f"of codes that this codebook does not have: -{unknown}",
                )
            )
        for one in result.some:
            print(f"  {'+' if one.added else '-'} {one.code} {one.document}: {one.text}")
        if not result.added and not result.gone:
            print(said(zh="编码没有变化", en="no coding changes"))
        if options.only_try:
            return 0
        if options.person:
            done = study.revise(revision, person=options.person)
            print(
                said(
                    zh=f"{done.documents:,} 份文件已用 {codebook.coder} 编码；转移了"
                    f" {done.codings:,} 个编码参考点、{done.verdicts:,} 个取舍、"
                    f"{done.memos:,} 条备忘",
                    en=f"{done.documents:,} documents are coded with {codebook.coder};"
                    f" carried over: {done.codings:,} codings, {done.verdicts:,} verdicts"
                    f" and {done.memos:,} memos",
                )
            )
            if done.left:
                print(
                    said(
                        zh=f"{done.left:,} 个人工编码参考点留在此版本没有的编码下",
                        en=f"{done.left:,} codings by people stay under codes that this version"
                        " does not have",
                    )
                )
            return 0
        count = study.revise(revision)
    print(
        said(
            zh=f"{count:,} 份文件已用 {codebook.coder} 编码；人工编码保持不变",
            en=f"{count:,} documents are coded with {codebook.coder}; what people coded stays",
        )
    )
    return 0
