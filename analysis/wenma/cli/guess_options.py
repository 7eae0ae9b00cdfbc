"""What wenma documents offers by itself: guesses at what is unstated, and regions."""

import argparse
import json
from typing import TYPE_CHECKING

from wenma.cli.acts import named_person
from wenma.cli.messages import said

if TYPE_CHECKING:
    from wenma.study.guessed import Offer
    from wenma.study.study import Study


def guess_arguments(parser: argparse.ArgumentParser) -> None:
    """[--guess | --accept [NAME ...] | --regions [NAME ...]]."""
    parser.add_argument(
        "--guess",
        action="store_true",
        help="say what empty attributes may be, with the words it rests on; write nothing",
    )
    parser.add_argument(
        "--accept",
        nargs="*",
        metavar="NAME",
        help="take the guesses that are stated in the text; of these attributes all guesses",
    )
    parser.add_argument(
        "--regions",
        nargs="*",
        metavar="NAME",
        help="add the region or cluster each city lies in, as: 长三角 成渝; without names 东部 "
        "中部 西部 东北",
    )


def run_guess_options(study: "Study", options: argparse.Namespace) -> bool:
    """Do what is asked for of these; False when nothing is."""
    if options.regions is not None:
        _add_regions(study, options)
    elif options.accept is not None:
        _accept(study, options)
    elif options.guess:
        _tell(study.guesses(documents=options.document), options.format)
    else:
        return False
    return True


def _accept(study: "Study", options: argparse.Namespace) -> None:
    person = named_person(options.person, "--accept")
    offers = study.guesses(documents=options.document, attributes=options.accept)
    taken = [one for one in offers if options.accept or one.guess.sure]
    if not taken:
        print(said(zh="没有可采纳的推测", en="there is no guess to take"))
        return
    with study.session(person) as session:
        act = session.accept_guesses(taken)
    left = len(offers) - len(taken)
    print(
        said(
            zh=f"采纳了 {len(act.edits):,} 处推测（第 {act.id} 号操作）；尚余 {left:,} 处，"
            "采纳须写明属性",
            en=f"{len(act.edits):,} guesses are taken (act {act.id}); {left:,} are left, to be "
            "taken by the attribute's name",
        )
        if left
        else said(
            zh=f"采纳了 {len(act.edits):,} 处推测（第 {act.id} 号操作）",
            en=f"{len(act.edits):,} guesses are taken (act {act.id})",
        )
    )


def _add_regions(study: "Study", options: argparse.Namespace) -> None:
    from wenma.sources.places.regions import region_named

    person = named_person(options.person, "--regions")
    wanted = study.region_corrections(*options.regions, documents=options.document)
    for name in options.regions:
        one = region_named(name)
        print(f"{one.name}: {one.source}, {one.year}")
    if not wanted:
        print(said(zh="没有文件要补记", en="no document is to be changed"))
        return
    with study.session(person) as session:
        act = session.correct_all(wanted)
    print(
        said(
            zh=f"记下了 {len(act.edits):,} 处地区或城市群（第 {act.id} 号操作）",
            en=f"{len(act.edits):,} regions or clusters are stated (act {act.id})",
        )
    )


def _tell(offers: "list[Offer]", form: str) -> None:
    if form == "json":
        rows = [
            {
                "document": id,
                "attribute": one.attribute,
                "value": one.value,
                "ground": one.ground,
                "where": one.where,
                "sure": one.sure,
            }
            for id, one in offers
        ]
        print(json.dumps({"guesses": rows}, ensure_ascii=False, indent=2))
        return
    if not offers:
        print(said(zh="没有可推测的空项", en="nothing empty can be guessed"))
    last = ""
    for id, one in offers:
        if id != last:
            print(f"\n{id}" if last else id)
            last = id
        doubt = "" if one.sure else said(zh="（推断）", en=" (inferred)")
        print(f"  {one.attribute}  {one.value}{doubt}  ← {one.ground} [{one.where}]")
