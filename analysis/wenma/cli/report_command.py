"""wenma report: the study in one file, with the fifteen artefacts a paper needs."""

import argparse
from pathlib import Path

from wenma.cli.messages import listed, said
from wenma.cli.question_options import coder_option

HELP = "write the study's tables, figures and methods into one file (.html or .docx)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --output FILE.html|.docx [--gold FILE.jsonl] [--title TEXT] [--coder NAME]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.html|FILE.docx")
    parser.add_argument(
        "--gold",
        type=Path,
        metavar="FILE.jsonl",
        help="a reference coding: how the rules of the codebook do on it (A13)",
    )
    parser.add_argument("--title", default="", metavar="TEXT", help="default: the codebook's name")
    coder_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report and say what it lacks."""
    from wenma.study.study import Study

    with Study.open(options.project) as study:
        empty = study.report(
            options.output,
            coder=options.coder,
            codebook=options.codebook,
            gold=options.gold,
            title=options.title,
            language=options.language,
        )
    megabytes = f"{options.output.stat().st_size / 1e6:.1f} MB"
    print(
        said(
            zh=f"报告已写入 {options.output}（{megabytes}）",
            en=f"the report is in {options.output} ({megabytes})",
        )
    )
    if empty:
        names = listed(empty)
        print(
            said(
                zh=f"此项目无法填入、原因见报告：{names}",
                en=f"not filled by this project, with the reason inside: {names}",
            )
        )
    return 0
