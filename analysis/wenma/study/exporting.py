"""A study becomes a file for others: a pack, or the network of its codes."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import UsageError
from wenma.interchange.bundle import shielded as shielded
from wenma.queries.table import Query, Table
from wenma.records import by_rules
from wenma.study.choice import choose
from wenma.study.outlines import whole_codebook

if TYPE_CHECKING:
    from wenma.publish.labels import Language
    from wenma.study.study import Study

PACK = ".zip"
REFI = ".qdpx"
NETWORKS = (".graphml", ".gexf", ".dl")


def export(study: "Study", path: Path, **options: Any) -> dict[str, Any]:
    """Write a study as the file's ending says; what was written, in numbers and names."""
    ending = path.suffix.lower()
    if ending == PACK:
        return _pack(study, path, **options)
    if ending == REFI:
        return _refi(study, path, **options)
    if ending in NETWORKS:
        return _network(study, path, **options)
    raise UsageError(
        f"{path.suffix or 'a file without an ending'} is not a kind that can be exported",
        cure=f"There are {PACK}, the whole study as a pack, {REFI}, a REFI-QDA project, and "
        f"{', '.join(NETWORKS)}, the network of codes; for one table: "
        "wenma query FILE.db NAME --output TABLE.xlsx",
        zh=f"不能导出为 {path.suffix or '没有后缀的文件'}。可用 {PACK}（整个研究的可复现包）、"
        f"{REFI}（REFI-QDA 项目）与 {'、'.join(NETWORKS)}（编码网络）；"
        "单个表请用 wenma query FILE.db NAME --output 表.xlsx",
    )


def _pack(study: "Study", path: Path, *, language: "Language | None" = None) -> dict[str, Any]:
    from wenma.interchange.bundle import bundle
    from wenma.publish.file_writing import write_file
    from wenma.publish.reported import Reported

    choice = choose(study.project, hidden=study.hidden)
    data = study.dataset(choice)

    def ask(asked: Query, **chosen: Any) -> Table:
        coder = None if asked.compares else choice.asked
        return study.ask(asked.name, coder=coder, **chosen)

    content = bundle(
        study.project,
        Reported(data, whole_codebook(study.project, choice.stored)),
        ask,
        language=language or study.language,
        hidden=study.hidden,
    )
    write_file(content, path)
    others = [
        one for one in study.project.coders() if one != choice.name and one not in study.hidden
    ]
    return {
        "documents": len(set(data.cases["document"])),
        "codings": len(data),
        "coder": choice.name,
        "bytes": len(content),
        "people": [one for one in others if not by_rules(one)],
        "left_out": [one for one in others if by_rules(one)],
        "uncoded": int(data.basis["uncoded"] or 0),
        "hidden": sorted(study.hidden),
    }


def _refi(study: "Study", path: Path, *, language: "Language | None" = None) -> dict[str, Any]:
    """The texts, codes and codings of the rules and of people for NVivo, MAXQDA and others."""
    from wenma.interchange.refi_project import refi_project
    from wenma.publish.file_writing import write_file

    project = study.project
    choice = choose(project, hidden=study.hidden)
    book = whole_codebook(project, choice.stored)
    ids = [*dict.fromkeys(study.dataset(choice).where(study.filters).cases["document"])]
    others = [one for one in project.coders() if not by_rules(one) and one not in study.hidden]
    coders = [*dict.fromkeys([*choice.coders, *others])]
    codings = [one for id in ids for who in coders for one in project.codings(id, coder=who)]
    content = refi_project(
        book.en if language == "en" else book.zh, book, [*map(project.document, ids)], codings
    )
    write_file(content, path)
    return {
        "documents": len(ids),
        "codings": len(codings),
        "coders": coders,
        "bytes": len(content),
        "hidden": sorted(study.hidden),
    }


def _network(
    study: "Study",
    path: Path,
    *,
    measure: str = "n11",
    threshold: float | None = None,
    min_count: int = 1,
    **options: Any,
) -> dict[str, Any]:
    from wenma.interchange.graphs import GRAPHS, network
    from wenma.publish.file_writing import write_file

    options.pop("language", None)  # a network carries the names of its codes in both
    if threshold is not None and not isfinite(threshold):
        raise UsageError(
            f"the threshold {threshold} is not a number", zh=f"阈值 {threshold} 不是数。"
        )
    table = study.ask("cooccurrence", **options)
    assert table.codes is not None  # a study knows its codebook
    graph = network(table, table.codes, measure=measure, threshold=threshold, min_count=min_count)
    write_file(GRAPHS[path.suffix.lower().lstrip(".")](graph), path)
    return {
        "codes": len(graph), "edges": graph.size(), "min_count": min_count, "measure": measure,
        "threshold": threshold,
    }  # fmt: skip
