"""How often a difference is found where there is none: ``python -m benchmarks.calibration``.

The documents of a project (the corpus, coded anew, without one) are dealt to as many cities of
the same sizes at random, again and again; the table of `attention` is asked of each dealing. A test
that keeps its word finds p < .05 in five dealings of a hundred. Beside it stands Pearson's χ² of
the same tables, which takes every reference as an independent draw.
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import chi2_contingency

from benchmarks.queries import ROOT, coded
from wenma.queries.attention import attention
from wenma.queries.dataset import Dataset
from wenma.queries.only_cities import only_cities
from wenma.study.study import Study


def dealt(data: Dataset, random: np.random.Generator) -> Dataset:
    """The same documents, their cities exchanged at random."""
    cases = data.cases.copy()
    cases["city"] = random.permutation(cases["city"].to_numpy())
    return replace(data, cases=cases)


def main() -> None:
    """Print how often cells, stars and the whole table say that the cities differ."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project", nargs="?")
    parser.add_argument("--dealings", type=int, default=200)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        project = Path(chosen.project or Path(place) / "study.db")
        if not chosen.project:
            real = ROOT.parent / "shared" / "corpus"
            coded(real if real.exists() else ROOT / "corpus", project)
        with Study.open(project) as study:
            data, _, _ = only_cities(study.dataset())
        many = data.cases["city"].map(data.cases["city"].value_counts())
        data = data.of_cases((many > 1).to_numpy())
        random = np.random.default_rng(0)
        cells, stars, pearson = [], [], []
        for _ in range(chosen.dealings):
            table = attention(dealt(data, random), provinces=True).frame
            cells.append((table["p"] < 0.05).sum() / max(1, table["p"].notna().sum()))
            stars.append((table["stars"] != "").sum())
            counts = table.pivot(index="group", columns="code", values="references").to_numpy()
            pearson.append(chi2_contingency(counts[counts.any(axis=1)], correction=False).pvalue)
    print(f"{chosen.dealings} dealings of {len(data.cases)} documents")
    print(
        f"cells with p < .05: {np.mean(cells):.3f} of them; stars on average {np.mean(stars):.2f}"
    )
    print(f"dealings with any star: {np.mean(np.array(stars) > 0):.3f}")
    false = np.mean(np.array(pearson) < 0.05)
    print(f"dealings with p < .05 by Pearson's χ² of references: {false:.3f}")


if __name__ == "__main__":
    main()
