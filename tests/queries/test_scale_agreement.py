"""Agreement on scales: the published ordinal α through the question, and by another way."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from tests.statistics.test_krippendorff import GAPS, HAYES
from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.scale_agreement import _limits, scale_agreement
from wenma.records import Scale, Scoring
from wenma.statistics.krippendorff import krippendorff_alpha


def study(units, *, points, per_document=4):
    """Units of coders' scores ("·" and "." for none) as codings, a few units a document."""
    scale = Scale("s", tuple((f"s/{one:g}", float(one)) for one in points), Scoring())
    codings, names = [], []
    for number, unit in enumerate(units):
        name, at = f"文{number // per_document}", number % per_document
        names.append(name)
        for coder, value in enumerate(unit):
            if value not in "·.":
                codings.append(
                    {"document": name, "start": 10 * at, "end": 10 * at + 9, "unit": at,
                     "kind": "body", "code": f"s/{value}", "coder": "甲乙丙丁戊"[coder]}
                )  # fmt: skip
    documents = pd.DataFrame({"document": [*dict.fromkeys(names)], "countable": 9, "asked": True})
    codes = pd.DataFrame({"code": ["s", *(path for path, _ in scale.points)]})
    codes = codes.assign(zh=codes["code"], en=codes["code"])
    return dataset(pd.DataFrame(codings), documents=documents, codes=codes, scales=(scale,))


def alpha_by_pairs(units):
    """Ordinal α from its definition: mean squared distance of ranks, within and between units."""
    kept = [[float(c) for c in unit if c not in "·."] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    every = sorted(one for unit in kept for one in unit)
    middle = {v: np.mean([i for i, one in enumerate(every) if one == v]) for v in set(every)}
    seen = sum(
        2 * sum((middle[a] - middle[b]) ** 2 for a, b in combinations(unit, 2)) / (len(unit) - 1)
        for unit in kept
    ) / len(every)
    chance = [(middle[a] - middle[b]) ** 2 for a, b in combinations(every, 2)]
    return 1 - seen / np.mean(chance)


@pytest.mark.parametrize(
    ("units", "points", "published"),
    [
        (GAPS, range(1, 6), 0.815),  # Krippendorff 2011, part D
        ([one.split() for one in HAYES.split("|")], range(4), 0.760),  # Hayes & Krippendorff 2007
    ],
)
def test_the_published_ordinal_alpha_comes_of_the_question(units, points, published):
    row = scale_agreement(study(units, points=points)).frame.iloc[0]
    assert round(row["ordinal_alpha"], 3) == published
    assert math.isclose(row["ordinal_alpha"], alpha_by_pairs(units))
    assert math.isnan(row["kappa_linear"])  # of four or five coders


TWO = ["11", "12", "22", "23", "33", "33", "13", "2·", "··", "·1", "11", "22", "31", "33"]


def test_only_what_two_have_scored_is_compared():
    data = study(TWO, points=(1, 2, 3))
    table = scale_agreement(data, coders=["甲", "乙"])
    row = table.frame.iloc[0]
    assert row["compared"] == 11 and row["by_each"] == "12; 12"
    assert math.isclose(row["ordinal_alpha"], alpha_by_pairs(TWO))
    assert row["alpha_low"] < row["ordinal_alpha"] < row["alpha_high"]
    assert math.isclose(row["agreed"], 100 * 7 / 11)
    sklearn = pytest.importorskip("sklearn.metrics")
    both = [one for one in TWO if "·" not in one]
    for kind in ("linear", "quadratic"):
        theirs = sklearn.cohen_kappa_score(*zip(*both, strict=True), weights=kind)
        assert math.isclose(row[f"kappa_{kind}"], theirs)
    assert table.basis["resample"] == "document" and table.basis["coders"] == "甲; 乙"


def test_documents_are_compared_by_their_own_scores():
    data = study(TWO, points=(1, 2, 3))
    row = scale_agreement(data, size="document").frame.iloc[0]
    # Four documents by their highest: 甲 2 3 2 3, 乙 3 3 2 3.
    assert row["compared"] == 4 and row["verdict"] == "few"
    assert math.isclose(row["ordinal_alpha"], alpha_by_pairs(["23", "33", "22", "33"]))


def test_what_never_varies_is_undefined_and_told():
    table = scale_agreement(study(["22"] * 12, points=(1, 2)))
    row = table.frame.iloc[0]
    assert math.isnan(row["ordinal_alpha"]) and math.isnan(row["kappa_linear"])
    assert row["verdict"] == "undefined" and row["agreed"] == 100
    assert any("cannot be told from chance" in note for note in table.notes)


def test_one_document_has_no_interval():
    row = scale_agreement(study(TWO, points=(1, 2, 3), per_document=99)).frame.iloc[0]
    assert not math.isnan(row["ordinal_alpha"]) and math.isnan(row["alpha_low"])


def test_one_coder_and_a_codebook_without_scales_are_refused(small):
    with pytest.raises(QueryError, match="between two coders"):
        scale_agreement(study(["1", "2"], points=(1, 2)))
    with pytest.raises(QueryError, match="has no scale"):
        scale_agreement(replace(small.data, scales=()))


def test_the_interval_covers_where_documents_are_unlike():
    """Documents differ in how strong they are, and in how often their coders differ."""
    draw = np.random.default_rng(4)

    def document():
        level, error = draw.integers(1, 4), draw.beta(2, 6)
        truth = np.clip(level + draw.integers(-1, 2, size=15), 1, 4)
        two = [
            np.where(
                draw.random(15) < error, np.clip(truth + draw.choice([-1, 1], 15), 1, 4), truth
            )
            for _ in range(2)
        ]
        return list(zip(*(one.tolist() for one in two), strict=True))

    every = [document() for _ in range(600)]
    whole = krippendorff_alpha([unit for one in every for unit in one], "ordinal")
    held = []
    for _ in range(200):
        chosen = [every[at] for at in draw.integers(600, size=8)]
        units = [unit for one in chosen for unit in one]
        alpha = krippendorff_alpha(units, "ordinal")
        low, high = _limits(alpha, units, np.repeat(np.arange(8), 15))
        held.append(low <= whole <= high)
    assert 0.92 <= np.mean(held) <= 0.99
