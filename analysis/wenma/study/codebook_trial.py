"""A codebook's rules tried on texts: files, a project's documents, a reference coding."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
from wenma.sources.encodings.encoding import decode
from wenma.sources.listings.listing import entries
from wenma.sources.listings.opening import read_bytes
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
class TrialTexts:
    """Documents as they are coded for a trial: how many, one by one, and what was left out."""

    total: int
    coded: Iterator[_Coded]
    left_out: list[str]


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


def trial_texts(paths: Sequence[str], codebook: Codebook) -> TrialTexts:
    """The texts of files and folders, or of a project in the units it has, coded one by one.

    SourceError where nothing can be read.
    """
    apart = rules_apart(codebook)
    return _of_project(paths[0], apart) if _is_project(paths) else _of_files(paths, apart)


def watched(
    texts: TrialTexts, codebook: Codebook, *, seen: Callable[[str], None] = lambda _: None
) -> Watched:
    """What the rules do on the texts; `seen` is called with each document's id."""
    overlaps: Counter[TermOverlap] = Counter()
    variants: Counter[TermVariant] = Counter()
    by_rule = defaultdict[RuleName, list[TermOverlap]](list)
    for one in term_overlaps(codebook):
        by_rule[one.other_code, one.other_rule].append(one)
    finder = VariantFinder(codebook)
    lengths: list[int] = []

    def at_work() -> Iterator[FiredRules]:
        for document, units, codings in texts.coded:
            lengths.append(len(units))
            variants.update(finder.find(document.text))
            for one in fired(codebook, document, units, codings):
                for name in one.rules:
                    overlaps.update(overlaps_fired(by_rule.get(name, ()), one))
                yield one
            seen(document.id)

    work = diagnose_rules(codebook, at_work())
    left_out = tuple(texts.left_out)
    return Watched(len(lengths), sum(lengths), left_out, work, overlaps, variants)


def _is_project(paths: Sequence[str]) -> bool:
    if len(paths) == 1:
        with suppress(OSError), Path(paths[0]).open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    return len(paths) == 1 and "://" in paths[0]


def _of_project(name: str, apart: Codebook) -> TrialTexts:
    coder = Coder(apart)

    def coded() -> Iterator[_Coded]:
        with Study.open(name) as study:
            for id in ids:
                document, units = study.document(id), study.units(id)
                yield document, units, coder.code(document, units)

    with Study.open(name) as study:
        ids = study.document_ids()
    return TrialTexts(len(ids), coded(), [])


def _of_files(paths: Sequence[str], apart: Codebook) -> TrialTexts:
    listing = entries([Path(path) for path in paths])
    left_out = [f"{path}: {reason}" for path, reason in listing.skipped]
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

    return TrialTexts(len(listing.entries), coded(), left_out)
