"""The texts on which ``wenma check`` tries a codebook: files, a project, a reference coding."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wenma.cli import clock
from wenma.codebook.term_overlaps import TermOverlap, term_overlaps
from wenma.codebook.term_variants import TermVariant, VariantFinder
from wenma.coding.coder import Coder
from wenma.errors import SourceError
from wenma.language.lexicon import stop_words
from wenma.records import Codebook, Coding, Document, Unit
from wenma.reliability.gold import gold_rows
from wenma.reliability.rule_diagnostics import (
    FiredRules,
    RuleDiagnostics,
    RuleName,
    diagnose_rules,
    fired,
    overlaps_fired,
    rules_apart,
)
from wenma.reliability.rule_precision import (
    NearWord,
    Precision,
    judge_rows,
    near_words,
    precisions,
)
from wenma.sources.encoding import decode
from wenma.sources.listing import entries
from wenma.sources.opening import read_bytes
from wenma.study.coding_run import coder_of_entries
from wenma.study.study import Study

_Coded = tuple[Document, Sequence[Unit], Sequence[Coding]]


@dataclass(frozen=True)
class Measured:
    """How right the rules were on a reference coding."""

    file: str
    rows: int
    precisions: tuple[Precision, ...]
    near_words: tuple[NearWord, ...]


@dataclass(frozen=True)
class Watched:
    """What the rules did on a corpus, and what of it was left out and why."""

    documents: int
    units: int
    left_out: tuple[str, ...]
    work: RuleDiagnostics
    overlaps: Mapping[TermOverlap, int]
    variants: Mapping[TermVariant, int]


def measured(gold: Path, codebook: Codebook) -> Measured:
    """Judge the rules by a reference coding."""
    rows = judge_rows(codebook, gold_rows(decode(read_bytes(gold)).text, file=gold))
    words = near_words(rows, stop_words=stop_words())
    return Measured(str(gold), len(rows), tuple(precisions(codebook, rows)), tuple(words))


def watched(paths: Sequence[str], codebook: Codebook, *, quiet: bool = False) -> Watched:
    """Try the rules on files and folders, or on a project's documents in the units it has."""
    apart = rules_apart(codebook)
    overlaps: Counter[TermOverlap] = Counter()
    variants: Counter[TermVariant] = Counter()
    by_rule = defaultdict[RuleName, list[TermOverlap]](list)
    for one in term_overlaps(codebook):
        by_rule[one.other_code, one.other_rule].append(one)
    finder = VariantFinder(codebook)
    left_out: list[str] = []
    lengths: list[int] = []
    if _is_project(paths):
        total, coded = _of_project(paths[0], apart)
    else:
        total, coded = _of_files(paths, apart, left_out)

    def seen() -> Iterator[FiredRules]:
        for document, units, codings in coded:
            lengths.append(len(units))
            variants.update(finder.find(document.text))
            for one in fired(codebook, document, units, codings):
                for name in one.rules:
                    overlaps.update(overlaps_fired(by_rule.get(name, ()), one))
                yield one
            step(document.id)

    with clock.progress(total, quiet=quiet) as step:
        work = diagnose_rules(codebook, seen())
    return Watched(len(lengths), sum(lengths), tuple(left_out), work, overlaps, variants)


def _is_project(paths: Sequence[str]) -> bool:
    if len(paths) == 1:
        with suppress(OSError), Path(paths[0]).open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    return len(paths) == 1 and "://" in paths[0]


def _of_project(name: str, apart: Codebook) -> tuple[int, Iterator[_Coded]]:
    coder = Coder(apart)

    def coded() -> Iterator[_Coded]:
        with Study.open(name) as study:
            for id in ids:
                document, units = study.document(id), study.units(id)
                yield document, units, coder.code(document, units)

    with Study.open(name) as study:
        ids = study.document_ids()
    return len(ids), coded()


def _of_files(
    paths: Sequence[str], apart: Codebook, left_out: list[str]
) -> tuple[int, Iterator[_Coded]]:
    listing = entries([Path(path) for path in paths])
    left_out += [f"{path}: {reason}" for path, reason in listing.skipped]
    if not listing.entries:
        raise SourceError(
            f"nothing here can be read: {listing.skipped[0][1]}",
            file=listing.skipped[0][0],
            cure="wenma reads text, Markdown, web pages, Word and other office files, EPUB, PDF,"
            " archives and its own projects.",
            zh=f"没有可读的文件：{listing.skipped[0][1]}。"
            "可读文本、Markdown、网页、Word 等办公文档、EPUB、PDF、压缩包和 wenma 项目。",
        )

    def coded() -> Iterator[_Coded]:
        for one in map(coder_of_entries(apart, "sentence", {}), listing.entries):
            if one.document is None:
                left_out.append(str(one.error))
            else:
                yield one.document, one.units, one.codings

    return len(listing.entries), coded()
