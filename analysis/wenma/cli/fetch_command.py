"""wenma fetch: the documents of a catalogue are downloaded from their official addresses."""

import argparse
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.cli.messages import message_language, said
from wenma.errors import SourceError

if TYPE_CHECKING:
    from wenma.sources.web.catalogue import Wanted
    from wenma.sources.web.fetching import Outcome

HELP = "download the documents of a catalogue from their official addresses, one at a time"


def arguments(parser: argparse.ArgumentParser) -> None:
    """CATALOGUE [--only] [--to] [--pause]."""
    parser.add_argument(
        "catalogue", metavar="CATALOGUE", type=Path, help="a table with a column source_url"
    )
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="NAME", help="cities, or words of titles"
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="where the files and their manifest go (default: a folder named as the catalogue)",
    )
    parser.add_argument(
        "--pause",
        type=float,
        default=2.0,
        metavar="SECONDS",
        help="between two requests to one host (default: 2)",
    )


def run(options: argparse.Namespace) -> int:
    """Fetch, one line a document; 1 when one of them failed."""
    from wenma.cli import clock
    from wenma.sources.web.catalogue import wanted
    from wenma.sources.web.fetched_files import FetchedFiles
    from wenma.sources.web.fetching import Fetcher
    from wenma.sources.web.web_request import Web, own_machine

    every = _chosen(wanted(options.catalogue), options.only, options.catalogue)
    folder = options.to or Path(options.catalogue.stem)
    fetcher = Fetcher(
        FetchedFiles(folder),
        Web(own_machine(one.address for one in every)),
        seconds=clock.seconds,
        wait=time.sleep,
        today=lambda: date.today().isoformat(),
        pause=max(0.0, options.pause),
    )
    failed = count = 0
    for outcome in fetcher.fetch(every):
        print(_line(outcome), flush=True)
        failed += outcome.error is not None
        count += outcome.file is not None
    print(said(zh=f"{folder} 中有 {count} 份", en=f"{count} documents are in {folder}"))
    return 1 if failed else 0


def _chosen(every: "Sequence[Wanted]", only: Sequence[str], catalogue: Path) -> "list[Wanted]":
    found = [one for one in every if not only or _is_meant(one, only)]
    if found:
        return found
    raise SourceError(
        f"lists no document of {', '.join(only)}" if only else "lists no document",
        file=catalogue,
        cure="Check the names",
        zh=f"没有列出{'、'.join(only)}的文件，请核对名称。" if only else "没有列出任何文件。",
    )


def _is_meant(one: "Wanted", only: Sequence[str]) -> bool:
    city, title = one.row.get("city", ""), one.row.get("title", "")
    return any(name in (city, city.removesuffix("市")) or name in title for name in only)


def _line(outcome: "Outcome") -> str:
    name = outcome.wanted.name
    if outcome.error is not None:
        why = outcome.error.said(message_language())
        return said(zh=f"未下载 {name}：{why}", en=f"failed {name}: {why}")
    if outcome.kept:
        return said(zh=f"已有 {outcome.file}", en=f"kept {outcome.file}")
    return said(zh=f"下载了 {outcome.file}", en=f"fetched {outcome.file}")
