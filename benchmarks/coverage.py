"""How often an interval holds the truth: ``python -m benchmarks.coverage``.

Documents are drawn again and again, and with them the sentences they hold; 95 of a hundred
intervals should hold the share (the difference of two groups, Krippendorff's α) that the documents
were drawn from. The documents are made (their sizes are log-normal, their shares differ by a beta
distribution), and drawn from those of a project (the corpus, coded anew, without one). Beside the
intervals of `wenma` stand Wilson's as if each sentence were an independent draw, and the plain
jackknife of documents.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.queries import ROOT, coded
from wenma.queries.per_document import part_counts
from wenma.statistics.arrays import Floats
from wenma.statistics.cluster_intervals import ClusterInterval, rate_interval, share_interval
from wenma.statistics.jackknife import Scale, jackknife_limits
from wenma.statistics.krippendorff import alpha_of_two
from wenma.statistics.score_intervals import FEW, NORMAL_95, score_limits
from wenma.study.study import Study

MANY = (7, 20, 100)
"""Documents of a study: the plans of seven cities, twenty, a hundred."""
SHARES = ((0.01, 0.03), (0.05, 0.08), (0.3, 0.15))
"""Shares, and the correlation of sentences of one document that real plans have about there."""
MEAN, SPREAD = 60, 0.7
"""Sentences of a document, on average, and the standard deviation of their logarithm."""


class Drawn(NamedTuple):
    """Documents by samples: what of each counts, and of how much."""

    part: Floats
    whole: Floats


def made(
    random: np.random.Generator,
    share: float,
    alike: float,
    many: int,
    samples: int,
    *,
    spread: float = SPREAD,
) -> Drawn:
    """Documents whose shares differ: a correlation `alike` between sentences of one."""
    size = (many, samples)
    whole = np.rint(random.lognormal(np.log(MEAN) - spread**2 / 2, spread, size))
    whole = np.maximum(1, whole).astype(np.int64)
    strength = 1 / alike - 1
    own = random.beta(share * strength, (1 - share) * strength, size)
    return Drawn(random.binomial(whole, own), whole)


def covered(interval: ClusterInterval | tuple[Floats, Floats], truth: float) -> float:
    """How many of the intervals hold the truth, of those that can be told."""
    low, high = interval if isinstance(interval, tuple) else (interval.low, interval.high)
    told = ~np.isnan(low)
    return float(((low <= truth) & (truth <= high))[told].mean())


def independent(drawn: Drawn) -> tuple[Floats, Floats]:
    """Wilson's interval, every sentence taken as a draw of its own."""
    of = drawn.whole.sum(axis=0)
    return score_limits(drawn.part.sum(axis=0) / of, of, NORMAL_95)


def jackknife(drawn: Drawn) -> tuple[Floats, Floats]:
    """One document left out at a time, Student's t, on the share as it is."""
    from scipy.special import stdtrit

    many = len(drawn.part)
    part, whole = drawn.part.sum(axis=0), drawn.whole.sum(axis=0)
    without = (part - drawn.part) / (whole - drawn.whole)
    error = np.sqrt((many - 1) / many * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    reach = stdtrit(many - 1, 0.975) * error
    return part / whole - reach, part / whole + reach


def of_shares(samples: int) -> Iterator[str]:
    """Shares, rates and differences of documents that are made."""
    random = np.random.default_rng(0)
    yield _line("documents", "share", "wenma", "rate", "difference", "independent", "jackknife")
    for many in MANY:
        for share, alike in SHARES:
            first, second = (made(random, share, alike, many, samples) for _ in range(2))
            found = share_interval(*first)
            yield _line(
                many,
                f"{share:.0%}",
                covered(found, share),
                covered(rate_interval(*first), share),
                covered(found.less(share_interval(*second)), 0),
                covered(independent(first), share),
                covered(jackknife(first), share),
            )


def coded_twice(
    random: np.random.Generator, share: float, alike: float, many: int, samples: int
) -> Floats:
    """Sentences that both coders, the first, the second and neither gave a code, by documents and
    samples. How often they see it, .85 on average, differs between documents as its share does.
    """
    holds, whole = made(random, share, alike, many, samples)
    seen = random.beta(0.85 * 17 / 3, 0.15 * 17 / 3, holds.shape)
    wrong = share * 0.12
    first, second = np.zeros(holds.shape, dtype=np.int64), np.zeros(holds.shape, dtype=np.int64)
    both = np.zeros(holds.shape, dtype=np.int64)
    for sentences, chance in ((holds, seen), (whole - holds, np.full(holds.shape, wrong))):
        by_both = random.binomial(sentences, chance**2)
        by_one = random.binomial(sentences - by_both, 2 * chance / (1 + chance))
        by_first = random.binomial(by_one, 0.5)
        both, first, second = both + by_both, first + by_first, second + by_one - by_first
    return np.stack([both, first, second, whole - both - first - second])


def f1(counts: Floats) -> Floats:
    """F1 of one coder held against the other."""
    return 2 * counts[0] / (2 * counts[0] + counts[1] + counts[2])


def agreement_limits(
    counts: Floats, measure: Callable[..., Floats], scale: Scale
) -> tuple[Floats, Floats]:
    """The limits of a measure in each sample; nan of fewer than ten sentences with the code."""
    whole = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = measure(whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        without = measure(whole[:, None] - counts)
    limits = np.array(
        [
            jackknife_limits(float(one), other, size, scale) if cases >= FEW else (np.nan, np.nan)
            for one, other, size, cases in zip(
                value, without.T, counts.sum(axis=0).T, whole[:3].sum(axis=0), strict=True
            )
        ]
    )
    return limits[:, 0], limits[:, 1]


def drawn_again(
    counts: Floats, random: np.random.Generator, *, documents: bool
) -> tuple[Floats, Floats]:
    """Percentiles of α in 400 samples of each sample: of its documents, or of its sentences."""
    whole = counts.sum(axis=1)
    found = []
    for sample in range(counts.shape[2]):
        if whole[:3, sample].sum() < FEW:
            found.append((np.nan, np.nan))
            continue
        if documents:
            many = counts.shape[1]
            drawn = counts[:, :, sample] @ random.multinomial(many, np.full(many, 1 / many), 400).T
        else:
            size = whole[:, sample].sum()
            drawn = random.multinomial(size, whole[:, sample] / size, 400).T
        found.append(tuple(np.nanpercentile(alpha(drawn), [2.5, 97.5])))
    limits = np.array(found)
    return limits[:, 0], limits[:, 1]


def alpha(counts: Floats) -> Floats:
    """Krippendorff's α of two coders."""
    return alpha_of_two(*counts)


def of_agreement(samples: int) -> Iterator[str]:
    """α and F1 of two coders; beside them α by documents and by sentences drawn again."""
    random = np.random.default_rng(0)
    yield _line("documents", "share", "alpha", "f1", "told", "documents", "sentences")
    for many in MANY:
        for share, alike in SHARES:
            truth = coded_twice(np.random.default_rng(9), share, alike, 2000, 200).sum(axis=(1, 2))
            counts = coded_twice(random, share, alike, many, samples)
            found = agreement_limits(counts, alpha, "correlation")
            few = counts[:, :, :400]
            yield _line(
                many,
                f"{share:.0%}",
                covered(found, float(alpha(truth))),
                covered(agreement_limits(counts, f1, "share"), float(f1(truth))),
                float((~np.isnan(found[0])).mean()),
                *(
                    covered(drawn_again(few, random, documents=one), float(alpha(truth)))
                    for one in (True, False)
                ),
            )


def of_project(project: Path, samples: int) -> Iterator[str]:
    """Shares of a dimension's references, documents drawn from those of a project."""
    with Study.open(project) as study:
        data = study.dataset()
    grouped = data.grouped("frequency", by=None, headings=False)
    tree, counts = grouped.tree, part_counts(grouped).toarray()
    random = np.random.default_rng(0)
    yield _line("documents", "share", "wenma", "independent", "jackknife", "code")
    for code, path in enumerate(tree.paths):
        part, whole = counts[:, code], counts[:, tree.dimension[code]]
        if whole.sum() < 1000 or "/" not in path or not 0.01 <= part.sum() / whole.sum() <= 0.99:
            continue
        part, whole = part[whole > 0], whole[whole > 0]
        share = float(part.sum() / whole.sum())
        for many in MANY:
            drawn = random.integers(len(part), size=(many, samples))
            one = Drawn(part[drawn], whole[drawn])
            yield _line(
                many,
                f"{share:.1%}",
                covered(share_interval(*one), share),
                covered(independent(one), share),
                covered(jackknife(one), share),
                path,
            )


def _line(*cells: object) -> str:
    return "  ".join(f"{one:.3f}" if isinstance(one, float) else f"{one:<11}" for one in cells)


def main() -> None:
    """Print how often each interval holds the truth."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?")
    parser.add_argument("--samples", type=int, default=4000)
    chosen = parser.parse_args()
    print(f"documents that are made, {chosen.samples} samples of each kind")
    for line in of_shares(chosen.samples):
        print(line)
    print("two coders of such documents")
    for line in of_agreement(min(chosen.samples, 2000)):
        print(line)
    with tempfile.TemporaryDirectory() as place:
        project = Path(chosen.project or Path(place) / "study.db")
        if not chosen.project:
            real = ROOT.parent / "shared" / "corpus"
            coded(real if real.exists() else ROOT / "corpus", project)
        print("documents drawn from a project")
        for line in of_project(project, chosen.samples):
            print(line)


if __name__ == "__main__":
    main()
