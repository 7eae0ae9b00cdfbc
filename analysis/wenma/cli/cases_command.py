"""wenma cases: passages that belong to another city, or other value, than their document."""

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wenma.cli.acts import named_person, names_and_values, take_back
from wenma.cli.messages import help_text, said

if TYPE_CHECKING:
    from wenma.study.case_rules import FoundCase
    from wenma.study.study import Study

HELP = "let passages belong to another city, or any attribute value, than their document"
SHOWN = 40
"""Characters of a passage that are printed."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --attribute NAME [--names ...] [--headings ...] --person NAME, and what it may do."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument(
        "--attribute", default="", metavar="NAME", help="what the passages belong to, as: city"
    )
    parser.add_argument(
        "--names",
        nargs="+",
        default=[],
        metavar="NAME[=VALUE]",
        help="passages that speak of these by name, as: 成都 深圳市=深圳",
    )
    parser.add_argument(
        "--headings",
        nargs="+",
        default=[],
        metavar="WORDS[=VALUE]",
        help="sections whose heading holds these words or numbers, as: 5.1 5.2=安全",
    )
    parser.add_argument(
        "--reach",
        choices=("sentence", "paragraph"),
        default="sentence",
        help="how far a name reaches",
    )
    parser.add_argument(
        "--document", nargs="+", default=[], metavar="ID", help="these documents only"
    )
    parser.add_argument("--person", default="", metavar="NAME", help="who does it, for the history")
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--try",
        action="store_true",
        dest="only_try",
        help=help_text("say what is found, write nothing"),
    )
    does.add_argument(
        "--list", action="store_true", help=help_text("show the passages that are kept")
    )
    does.add_argument(
        "--clear",
        action="store_true",
        help=help_text(
            "let them belong where their documents do again; of --attribute, --document, or all"
        ),
    )
    does.add_argument(
        "--undo", action="store_true", help=help_text("take back one's last act on cases")
    )


def run(options: argparse.Namespace) -> int:
    """Find and keep, or show, clear or take back what is kept."""
    from wenma.errors import UsageError
    from wenma.study.study import Study

    finds = bool(options.names or options.headings)
    if finds and (options.list or options.clear or options.undo):
        raise UsageError(
            "--names and --headings find passages; --list, --clear and --undo are for kept ones",
            cure="Give the one or the other",
            zh="--names、--headings 用于查找，--list、--clear、--undo 用于已存的段落。请分开使用。",
        )
    with Study.open(options.project) as study:
        if options.undo:
            person = named_person(options.person, "--undo")
            take_back(study, person, ("set_case", "remove_case"))
        elif options.list:
            kept = study.cases(options.attribute, documents=options.document)
            _tell((*one[:5], study.document(one.document).text, one.origin) for one in kept)
        elif options.clear:
            person = named_person(options.person, "--clear")
            _clear(study, options.attribute, options.document, person)
        else:
            _find(study, options)
    return 0


def _find(study: "Study", options: argparse.Namespace) -> None:
    from wenma.errors import UsageError

    if not options.attribute:
        raise UsageError(
            "nothing says what the passages belong to",
            cure="Name the attribute: --attribute city",
            zh="没有写明按什么归属。请写明属性：--attribute city。",
        )
    person = "" if options.only_try else named_person(options.person, "wenma cases")
    rules: dict[str, dict[str, str]] = {
        "headings": names_and_values(options.headings),
        "names": {name: value or name for name, value in names_and_values(options.names).items()},
    }
    found: dict[str, list[FoundCase]] = {}
    for rule, given in rules.items():
        if given or not (options.names or options.headings):  # no rule at all is refused below
            found[f"rule:{rule}"] = study.find_cases(
                options.attribute,
                reach=options.reach,
                documents=options.document,
                **{rule: given},
            )
    _tell(
        (*one[:5], study.document(one.document).text, origin)
        for origin, some in found.items()
        for one in some
    )
    many = sum(map(len, found.values()))
    if not many:
        print(said(zh="没有找到这样的段落", en="no such passage is found"))
    elif options.only_try:
        print(said(zh=f"找到 {many:,} 段，未写入", en=f"{many:,} passages found, none kept"))
    else:
        _keep(study, found, person)


def _keep(study: "Study", found: "dict[str, list[FoundCase]]", person: str) -> None:
    there = {(*one[:5], one.origin) for one in study.cases()}
    kept = 0
    with study.session(person) as session:
        for origin, some in found.items():
            if new := [one for one in some if (*one[:5], origin) not in there]:
                kept += len(session.keep_cases(new, origin=origin).edits)
    every = sum(map(len, found.values()))
    print(
        said(
            zh=f"存入 {kept:,} 段；另 {every - kept:,} 段先前已存",
            en=f"{kept:,} passages are kept; {every - kept:,} were kept before",
        )
    )


def _clear(study: "Study", attribute: str, documents: Sequence[str], person: str) -> None:
    kept = study.cases(attribute, documents=documents)
    if kept:
        with study.session(person) as session:
            session.remove_cases(kept)
    print(
        said(
            zh=f"{len(kept):,} 段重新归属其文件",
            en=f"{len(kept):,} passages belong where their documents do again",
        )
    )


def _tell(passages: Iterable[tuple[str, int, int, str, str, str, str]]) -> None:
    """A line for each passage: document, place, value, origin, first words."""
    for document, start, end, attribute, value, text, origin in passages:
        words = " ".join(text[start:end].split())
        shown = words[:SHOWN] + "…" * (len(words) > SHOWN)
        print(f"{document} {start}–{end} {attribute}={value} ({origin}) {shown}")
