"""How often an odds ratio's interval holds the truth: ``python -m benchmarks.odds_intervals``.

Documents of unlike length are drawn that use two codes more or less; the truth is the ratio over
very many such documents. Beside it stands Woolf's interval, which takes units as independent.
"""

import argparse

import numpy as np

from wenma.statistics.clustered_odds import clustered_odds_interval

FREQUENT = ((0.4, 0.2, -0.5), (0.1, 0.05, 0.0), (0.2, 0.01, 0.0), (0.02, 0.02, 1.0))
"""How frequent the two codes are, and the log odds ratio inside a document."""


def drawn(random: np.random.Generator, documents: int, setting: tuple[float, float, float]):
    """Units with both codes, with each, and all, of so many documents."""
    first, second, log_odds = setting
    many = np.maximum(20, np.exp(random.normal(5, 1, documents))).astype(int)
    own = random.normal(0, 0.7, (3, documents))
    n1 = random.binomial(many, 1 / (1 + np.exp(-np.log(first / (1 - first)) - own[0])))
    other = np.log(second / (1 - second)) + own[1]
    n11 = random.binomial(n1, 1 / (1 + np.exp(-other - log_odds - own[2] / 2)))
    alone = random.binomial(many - n1, 1 / (1 + np.exp(-other)))
    return n11, n1, n11 + alone, many


def cells(counts) -> np.ndarray:
    """The fourfold table of all documents together."""
    n11, n1, n2, n = (one.sum() for one in counts)
    return np.array([n11, n1 - n11, n2 - n11, n - n1 - n2 + n11], dtype=float)


def main() -> None:
    """Print the coverage of both intervals at 7, 20 and 100 documents."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=1200)
    draws = parser.parse_args().draws
    random = np.random.default_rng(0)
    print("documents  codes        with an interval  covered  by independent units")
    for documents in (7, 20, 100):
        for setting in FREQUENT:
            a, b, c, d = cells(drawn(random, 300_000, setting))
            truth = np.log(a * d / (b * c))
            covered, naive = [], []
            for _ in range(draws):
                counts = drawn(random, documents, setting)
                interval = clustered_odds_interval(*(one[:, None] for one in counts))
                if np.isnan(interval.low[0]):
                    continue
                covered.append(np.log(interval.low[0]) <= truth <= np.log(interval.high[0]))
                four = cells(counts)
                odds = np.log(four[0] * four[3] / (four[1] * four[2]))
                naive.append(abs(odds - truth) <= 1.96 * np.sqrt((1 / four).sum()))
            shown = f"{setting[0]:g} and {setting[1]:g}"
            print(
                f"{documents:9}  {shown:12} {len(covered) / draws:17.2f}  "
                f"{np.mean(covered):7.3f}  {np.mean(naive):20.3f}"
            )


if __name__ == "__main__":
    main()
