"""wenma documents: what is known of each document, and how it is corrected."""

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from wenma.cli.acts import named_person, pairs, take_back
from wenma.cli.guess_options import guess_arguments, run_guess_options
from wenma.cli.messages import listed, said

if TYPE_CHECKING:
    from wenma.study.study import Study

HELP = "list the documents with all their attributes, or correct an attribute"
SHOWN = 5
"""Values of an attribute told by name."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db [--set | --guess | --accept | --regions | --compare | --undo] [--document]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument(
        "--set",
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="correct these attributes; NAME= takes one away",
    )
    parser.add_argument(
        "--document", nargs="+", default=[], metavar="ID", help="these documents only"
    )
    guess_arguments(parser)
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar=("ID", "FILE"),
        help="what a new version (a file, or another document) changes, and what becomes of "
        "people's work; nothing is written",
    )
    parser.add_argument("--undo", action="store_true", help="take back one's last correction")
    parser.add_argument("--person", default="", metavar="NAME", help="who does it, for the history")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """List, compare, correct or take back."""
    from wenma.errors import UsageError
    from wenma.study.study import Study

    with Study.open(options.project) as study:
        if options.compare:
            _compare(study, *options.compare, form=options.format)
            return 0
        if options.undo:
            take_back(study, named_person(options.person, "--undo"), ("correct",))
            return 0
        if run_guess_options(study, options):
            return 0
        if options.set:
            person = named_person(options.person, "--set")
            values = pairs(options.set, "--set")
            if not options.document:
                raise UsageError(
                    "--set needs --document",
                    cure="Name the documents to correct: --document ID ...",
                    zh="--set 须与 --document 同用，请写明更正哪些文件：--document 文件名。",
                )
            with study.session(person) as session:
                act = session.correct_all(
                    [(id, *one) for id in options.document for one in values.items()]
                )
            print(
                said(
                    zh=f"更正了 {len(act.edits):,} 处属性（第 {act.id} 号操作）",
                    en=f"{len(act.edits):,} attributes are corrected (act {act.id})",
                )
            )
            return 0
        documents = _known(study, options.document)
        kinds = study.attributes()
    if options.format == "json":
        told = {"attributes": kinds, "documents": documents}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell(documents, kinds)
    return 0


def _compare(study: "Study", id: str, other: str, *, form: str) -> None:
    from wenma.cli.changes_told import change_lines, changes_told
    from wenma.study.document_changes import compare_document

    found = compare_document(study, id, other)
    if form == "json":
        print(json.dumps(changes_told(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(change_lines(found)))


def _known(study: "Study", ids: list[str]) -> list[dict[str, str]]:
    """Each document's attributes by name; those it does not state are left out."""
    from wenma.queries.grouping import as_text

    for id in ids:
        study.document(id)  # one that is not there is refused by name
    frame = study.documents()
    if ids:
        frame = frame[frame["document"].isin(ids)]
    columns = {name: as_text(frame[name]).tolist() for name in study.attributes()}
    return [
        {name: str(values[row]) for name, values in columns.items() if str(values[row])}
        for row in range(len(frame))
    ]


def _tell(documents: list[dict[str, str]], kinds: Mapping[str, str]) -> None:
    words = {"text": "文本", "number": "数字", "date": "日期"}
    for name, kind in kinds.items():
        if name == "document":
            continue
        stated = [one[name] for one in documents if name in one]
        values = list(dict.fromkeys(stated))
        some = listed(values[:SHOWN]) + " …" * (len(values) > SHOWN)
        print(
            said(
                zh=f"{name}（{words[kind]}），{len(stated):,}/{len(documents):,} 份文件：{some}",
                en=f"{name} ({kind}), {len(stated):,} of {len(documents):,} documents: {some}",
            )
            if stated
            else said(zh=f"{name}：均未填写", en=f"{name}: of no document")
        )
    for one in documents:
        print()
        print(one["document"])
        for name, value in one.items():
            if name != "document":
                print(f"  {name}  {value}")
