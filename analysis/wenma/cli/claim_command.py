"""wenma claim: in how many of the ways to count a sentence holds."""

import argparse
from pathlib import Path

from wenma.cli.messages import Parser
from wenma.cli.question_options import coder_option

HELP = "in how many of the ways to count a sentence holds: 恢复: 上海 > 广州"


def arguments(parser: Parser) -> None:
    """FILE.db SENTENCE, and where the card goes."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument(
        "sentence",
        metavar="SENTENCE",
        help="CODE: GROUP > GROUP, GROUP: CODE > CODE, CODE: GROUP 最多 (highest)",
    )
    parser.add_argument(
        "--by",
        nargs="+",
        metavar="ATTRIBUTE",
        help="the attribute a group's name is a value of, where several have it",
    )
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="ATTRIBUTE=VALUE,...",
        help="only documents with these values of an attribute: city=上海,广州",
    )
    coder_option(parser)
    parser.add_argument("--boilerplate", metavar="CODE", help="the code of wording all plans share")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="the card (.docx .html .md .tex), all ways (.xlsx .csv .json), "
        "or their curve (.svg .png .pdf)",
    )


def run(options: argparse.Namespace) -> int:
    """Print the card, or write what the file's ending says."""
    from wenma.publish.claim_card import card_markdown
    from wenma.publish.claim_files import claim_file
    from wenma.study.question import conditions
    from wenma.study.study import Study

    if options.output is not None:
        claim_file(options.output)  # before the long work
    chosen = {"boilerplate": options.boilerplate} if options.boilerplate else {}
    with Study.open(options.project) as study:
        claimed = study.claim(
            options.sentence,
            by=options.by,
            coder=options.coder,
            codebook=options.codebook,
            where=conditions(options.where),
            **chosen,
        )
        if options.output is None:
            print(card_markdown(claimed.card(language=options.language)), end="")
        else:
            claimed.save(options.output, language=options.language)
    return 0
