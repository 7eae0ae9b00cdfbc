"""How often a difference is found where there is none: ``python -m benchmarks.calibration``.

The documents of a project (the corpus, coded anew, without one) are dealt to as many cities of
the same sizes at random, again and again, and each question is asked of every dealing; for
`cooccurrence` one code is turned round in each document. A test that keeps its word finds p < .05
in five of a hundred. Beside it stands what takes references, words or units as independent draws.
`--dealings 200` takes a tenth of the time.
"""

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from benchmarks.queries import ROOT, coded
from wenma.queries.attention import attention
from wenma.queries.cities import cities
from wenma.queries.dataset import Dataset
from wenma.queries.only_cities import only_cities
from wenma.queries.periods import periods
from wenma.queries.population import Population
from wenma.queries.rotation import codes_in_cases
from wenma.queries.scope import with_scope
from wenma.queries.stance_shift import stance_shift
from wenma.queries.tokens import tokens, word_counts
from wenma.queries.unit_texts import unit_texts
from wenma.statistics.arrays import Floats
from wenma.statistics.association import chance_of_meeting, chi2
from wenma.statistics.rate_permutation import rate_difference_test
from wenma.statistics.rotation import meeting_tail, rotation_variance
from wenma.study.study import Study

WORDS = 400
"""Words of `keyness` that are asked about in each dealing, drawn once."""
TURNS = 5
"""Of so many dealings one is of turned codes, which are many tests at once."""


def dealt(data: Dataset, random: np.random.Generator, column: str = "city") -> Dataset:
    """The same documents, their cities (or periods) exchanged at random."""
    cases = data.cases.copy()
    cases[column] = random.permutation(cases[column].to_numpy())
    return replace(data, cases=cases)


def _share(p: "pd.Series[float] | Floats") -> float:
    """The share of tests below .05; nan where nothing was tested."""
    found = np.asarray(p, dtype=np.float64)
    found = found[~np.isnan(found)]
    return float((found < 0.05).mean()) if len(found) else float("nan")


def _of_references(data: Dataset) -> tuple[float, float]:
    """Of one dealing: cells of attention below .05, and Pearson's χ² of the references."""
    table = attention(data, provinces=True).frame
    counts = table.pivot(index="group", columns="code", values="references").to_numpy()
    pearson = chi2_contingency(
        counts[counts.any(axis=1)][:, counts.any(axis=0)], correction=False
    ).pvalue
    return _share(table["p"]), float(pearson < 0.05)


def _keyness(data: Dataset) -> Callable[[np.random.Generator], tuple[float, float]]:
    """Asks `keyness`'s test of one dealing of the documents to two halves, the words cut once."""
    files = word_counts(
        tokens(unit_texts(data, "keyness", by="document", headings=False)), "document"
    )
    table, sizes = files.hits.T.tocsr(), files.sizes
    often = np.flatnonzero(np.asarray(table.sum(axis=0)).ravel() >= 5)
    drawn = np.random.default_rng(0).choice(often, min(WORDS, len(often)), replace=False)
    table = table[:, np.sort(drawn)]
    total = np.asarray(table.sum(axis=0)).ravel()

    def ask(random: np.random.Generator) -> tuple[float, float]:
        side = random.permutation(len(sizes)) < len(sizes) // 2
        p = rate_difference_test(table, sizes, side[None], seed=int(random.integers(2**31))).p
        own, words = side.astype(float) @ table, sizes[side].sum()
        every = np.full(len(total), sizes.sum())
        return _share(p), float((chi2(own, total, np.full(len(total), words), every) > 3.84).mean())

    return ask


def _turned(data: Dataset) -> Callable[[np.random.Generator], tuple[float, float]]:
    """Asks `cooccurrence`'s test of codes that were turned round in each document."""
    counted = with_scope(data).grouped("cooccurrence", by=None, headings=False)
    used = set(np.unique(data.grouped("cooccurrence", by=None, headings=False).code).tolist())
    leaves = [code for code in data.tree.lowest.tolist() if code in used]
    population = Population.of(counted, np.array(leaves, dtype=np.int64), "unit")
    every = codes_in_cases(counted, population, aggregate=False, window="unit")
    cases = [one for one in every if one.bound == population.scoped and one.standing.shape[1] > 1]
    pair, many = np.triu_indices(len(leaves), k=1), len(leaves)

    def ask(random: np.random.Generator) -> tuple[float, float]:
        met, expected, spread = np.zeros((3, many, many))
        alone, units = np.zeros(many), 0
        for one in cases:
            size = one.standing.shape[1]
            turns = random.integers(size, size=len(one.codes))
            at = (np.arange(size) + turns[:, None]) % size
            standing = np.take_along_axis(one.standing, at, axis=1)
            cells, own = np.ix_(one.codes, one.codes), standing.sum(axis=1)
            met[cells] += standing @ standing.T
            expected[cells] += np.outer(own, own) / size
            spread[cells] += rotation_variance(standing)
            alone[one.codes] += own
            units += size
        # Of pairs that can hardly meet nothing can be found.
        asked = expected[pair] >= 0.5
        p = meeting_tail(met[pair], expected[pair], spread[pair])[asked]
        first, second = (alone[one][asked] for one in pair)
        fisher = chance_of_meeting(met[pair][asked], first, second, np.full(asked.sum(), units))
        return _share(p), _share(fisher)

    return ask


def main() -> None:
    """Print, of each question, how often it says that there is a difference."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?")
    parser.add_argument("--dealings", type=int, default=2000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        project = Path(chosen.project or Path(place) / "study.db")
        if not chosen.project:
            real = ROOT.parent / "shared" / "corpus"
            coded(real if real.exists() else ROOT / "corpus", project)
        with Study.open(project) as study:
            whole = study.dataset()
            data, _, _ = only_cities(whole)
            many = data.cases["city"].map(data.cases["city"].value_counts())
            data = data.of_cases((many > 1).to_numpy())
            # Two periods of half the documents each, whatever they state.
            halves = data.cases.assign(
                period=np.where(np.arange(len(data.cases)) % 2, "十四五", "十五五")
            )
            split, nothing = replace(data, cases=halves), float("nan")
            questions: dict[str, Callable[[np.random.Generator], tuple[float, float]]] = {
                "attention": lambda random: _of_references(dealt(data, random)),
                "periods": lambda random: (
                    _share(periods(dealt(split, random, "period"), only=["stage"]).frame["p"]),
                    nothing,
                ),
                "keyness": _keyness(whole),
                "cities profile": lambda random: (
                    _share(cities(dealt(data, random), view="profile", provinces=True).frame["p"]),
                    nothing,
                ),
                "cities pairs": lambda random: (
                    _share(cities(dealt(split, random, "period"), by="period").frame["p"]),
                    nothing,
                ),
                "stance_shift": lambda random: (
                    _share(stance_shift(dealt(data, random), by="city", of=["stage"]).frame["p"]),
                    nothing,
                ),
                "cooccurrence": _turned(whole),
            }
            print(f"{chosen.dealings:,} dealings of {len(data.cases)} documents of cities with two")
            print(f"or more (keyness: {len(whole.cases)} to two halves, {WORDS} words;")
            print(
                f"cooccurrence: codes turned in {len(whole.cases)}, "
                f"{chosen.dealings // TURNS:,} times)"
            )
            print(f"{'p < .05':18}{'by document':>12}{'as independent draws':>22}")
            for name, ask in questions.items():
                random = np.random.default_rng(0)
                times = chosen.dealings // (TURNS if name == "cooccurrence" else 1)
                found = np.array([ask(random) for _ in range(max(times, 1))])
                ours = np.nanmean(found[:, 0])
                said = "" if np.isnan(found[:, 1]).all() else f"{np.nanmean(found[:, 1]):.3f}"
                print(f"{name:18}{ours:12.3f}{said:>22}", flush=True)


if __name__ == "__main__":
    main()
