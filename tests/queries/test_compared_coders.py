"""The questions about two coders or more: confusion, NVivo's columns, differences, all codes."""

import math

import numpy as np
import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.agreement import agreement
from wenma.queries.confusion_matrix import NONE_OF_THESE, confusion_matrix
from wenma.queries.dataset import dataset
from wenma.queries.disagreement_list import disagreement_list
from wenma.queries.nvivo_comparison import nvivo_comparison
from wenma.queries.overall_agreement import EVERY, overall_agreement
from wenma.reliability.confusion import confusion
from wenma.reliability.disagreements import disagreements
from wenma.statistics.agreement_coefficients import fleiss_kappa
from wenma.statistics.krippendorff import disagreement_sums, krippendorff_alpha
from wenma.statistics.unitizing import CodedSpan, split_spans, unitizing_alphas

PATHS = ["环节", "环节/抵御", "环节/吸收", "环节/恢复", "层面", "层面/制度", "层面/技术"]
CODES = pd.DataFrame({"code": PATHS})
LOWEST = [path for path in PATHS if "/" in path]
COLUMNS = ("disagreement_list", "confusion_matrix", "nvivo_comparison", "overall_agreement")


@pytest.fixture
def drawn(coding_of, sentence_of):
    """Three coders on four documents of thirty units, each unit with none to three codes."""
    draw = np.random.default_rng(3)
    codings, units = [], []
    for name in "甲乙丙丁":
        for unit in range(30):
            units.append(sentence_of(name, unit, "应急预警和应急演练。") | {"paragraph": unit // 3})
            truth = set(draw.choice(LOWEST, size=draw.integers(0, 4), replace=False))
            for coder in ("林", "周", "王"):
                told = {code for code in truth if draw.random() < 0.8}
                if draw.random() < 0.2:
                    told.add(str(draw.choice(LOWEST)))
                codings += [coding_of(name, unit, code, coder=coder) for code in sorted(told)]
    return pd.DataFrame(codings), pd.DataFrame(units)


def given_by(codings):
    return set(codings[["document", "unit", "code", "coder"]].itertuples(index=False, name=None))


def ask(given, question, **options):
    codings, units = given
    return question(dataset(codings, codes=CODES, units=units), **options)


@pytest.mark.parametrize("of", [(), ("层面",), ("环节/抵御", "层面/技术")])
def test_the_confusion_matrix_is_that_of_the_frames(drawn, of):
    codings, units = drawn
    frame = ask(drawn, confusion_matrix, coders=["林", "周"], of=of).frame
    codes = {(): LOWEST[:3], ("层面",): LOWEST[3:]}.get(of, list(of))
    expected = confusion(codings, units, "林", "周", codes=codes)
    assert frame["units"].tolist() == expected.to_numpy().ravel().tolist()
    assert frame["code"].tolist()[-1] == NONE_OF_THESE == frame["code_b"].tolist()[-1]
    assert frame["percent"].sum() == pytest.approx(100)


def test_each_two_of_three_coders_have_their_matrix(drawn):
    frame = ask(drawn, confusion_matrix).frame
    assert frame["pair"].unique().tolist() == ["周 × 林", "周 × 王", "林 × 王"]
    table = ask(drawn, confusion_matrix)
    with pytest.raises(QueryError, match="disagreement_list"):
        table.drill_through(0)


def test_disagreements_are_those_of_the_frames(drawn):
    codings, units = drawn
    for code in ("", "层面"):
        table = ask(drawn, disagreement_list, coders=["林", "周"], code=code)
        expected = disagreements(codings, units, "林", "周", under=code)
        found = table.frame[["document", "unit"]].values.tolist()
        assert sorted(found) == sorted(expected[["document", "unit"]].values.tolist())
        told = {
            (row.document, row.unit): [sorted(one.split("; ")) for one in (row.first, row.second)]
            for row in expected.rename(columns={"first": "first", "second": "second"}).itertuples()
        }
        for row in table.frame.itertuples():
            here = [sorted(one.split("; ")) for one in (row.by_first, row.by_second)]
            assert here == told[row.document, row.unit]
        assert any(f"{len(expected)} of 120 units" in note for note in table.notes)


def test_nvivos_columns_of_nvivos_example(coding_of, sentence_of):
    """1,000 characters, 50 coded by both, 150 by one: 85 % (help of NVivo)."""
    units = pd.DataFrame([sentence_of("甲", 0, "字" * 1000)])
    spans = [("林", 0, 200), ("周", 0, 50)]
    codings = [coding_of("甲", -1, "环节/抵御", coder=w, start=a, end=b) for w, a, b in spans]
    table = ask((pd.DataFrame(codings), units), nvivo_comparison, coders=["林", "周"])
    (row,) = table.frame.to_dict("records")
    assert (row["compared"], row["agreed"], row["both_percent"]) == (1000, 85, 5)
    assert (row["neither_percent"], row["first_percent"], row["second_percent"]) == (80, 15, 0)
    chance = 0.2 * 0.05 + 0.8 * 0.95
    assert row["kappa"] == pytest.approx((0.85 - chance) / (1 - chance))


def test_the_coefficients_of_all_codes_are_made_of_sums(drawn):
    codings, _ = drawn
    table = ask(drawn, overall_agreement)
    row = table.frame[table.frame["over"] == EVERY].iloc[0]
    coders, places = ("周", "林", "王"), [(n, u) for n in "甲乙丙丁" for u in range(30)]
    given = given_by(codings)
    units = {
        code: [tuple((*at, code, who) in given for who in coders) for at in places]
        for code in LOWEST
    }
    sums = [disagreement_sums(units[code]) for code in LOWEST]
    alpha = 1 - sum(one.observed for one in sums) / sum(one.expected for one in sums)
    assert row["alpha"] == pytest.approx(alpha)
    assert row["alpha_low"] < alpha < row["alpha_high"]
    each = {code: krippendorff_alpha(units[code]) for code in LOWEST}
    assert row["lowest_code"] == min(each, key=lambda code: each[code])
    assert row["lowest_alpha"] == pytest.approx(min(each.values()))
    assert (row["pooled"], row["compared"]) == (5, 120)
    dimension = ask(drawn, overall_agreement).frame.iloc[1]
    assert dimension["code"] == "层面" and dimension["pooled"] == 2


def test_one_code_alone_has_its_own_coefficients(coding_of, sentence_of):
    draw = np.random.default_rng(8)
    places = [(n, u) for n in "甲乙丙" for u in range(20)]
    units = pd.DataFrame([sentence_of(*at, "应急预警和应急演练。") for at in places])
    rows = [
        coding_of(n, u, "环节/抵御", coder=who)
        for n in "甲乙丙"
        for u in range(20)
        for who in ("林", "周")
        if draw.random() < (0.8 if u < 8 else 0.15)
    ]
    given = (pd.DataFrame(rows), units)
    one = ask(given, agreement, resamples=0).frame.set_index("code").loc["环节/抵御"]
    together = ask(given, overall_agreement).frame.iloc[-1]
    for name in ("agreed", "holsti", "composite", "kappa", "pi", "ac1", "alpha"):
        assert together[name] == pytest.approx(one[name]), name
    assert together["u_alpha"] == pytest.approx(one["u_alpha"])


def test_kappa_of_more_than_two_is_fleiss(drawn):
    codings, _ = drawn
    frame = ask(drawn, overall_agreement, by="document").frame
    row = frame[(frame["group"] == "甲") & (frame["over"] == EVERY)].iloc[0]
    given = given_by(codings)
    seen, chance = [], []
    for code in LOWEST:
        units = [tuple(("甲", u, code, who) in given for who in "周林王") for u in range(30)]
        kappa = fleiss_kappa(units)
        agreed = np.mean([sum(a == b for a in one for b in one) - 3 for one in units]) / 6
        seen.append(agreed)
        chance.append((agreed - kappa) / (1 - kappa))
    expected = (sum(seen) - sum(chance)) / (len(seen) - sum(chance))
    assert row["kappa"] == pytest.approx(expected) == row["pi"]
    assert math.isnan(row["alpha_low"])  # one document


def test_cu_alpha_is_that_of_the_spans(coding_of, sentence_of):
    """Free spans of two coders, overlapping within a dimension: _cuα by the tested family."""
    units = pd.DataFrame([sentence_of("甲", u, "应急预警和应急演练。") for u in range(12)])
    spans = {
        "林": [(0, 30, "抵御"), (30, 55, "吸收"), (70, 100, "恢复"), (90, 110, "吸收")],
        "周": [(0, 25, "抵御"), (30, 60, "恢复"), (75, 100, "恢复")],
    }
    codings = [
        coding_of("甲", -1, f"环节/{code}", coder=who, start=a, end=b)
        for who, each in spans.items()
        for a, b, code in each
    ]
    frame = ask((pd.DataFrame(codings), units), agreement, resamples=0, coders=["林", "周"]).frame
    found = frame.set_index("code")["cu_alpha"]
    split = [split_spans([CodedSpan(*one) for one in each]) for each in spans.values()]
    family = unitizing_alphas(split, 120)
    assert found["环节"] == pytest.approx(family.coded)
    # 抵御 never overlaps another: its value is that of the family.
    assert found["环节/抵御"] == pytest.approx(family.each[frozenset(["抵御"])])
    assert math.isnan(found["层面"]) and found["环节/恢复"] < 1


@pytest.mark.parametrize("name", COLUMNS)
def test_the_sampling_and_the_size_stand_in_the_basis(drawn, name):
    question = {one.__name__: one for one in (disagreement_list, confusion_matrix,
                nvivo_comparison, overall_agreement)}[name]  # fmt: skip
    basis = ask(drawn, question).basis
    assert basis["sampling"] == "all units of documents all have coded"
    assert basis["coders"] == "周; 林; 王" and basis["size"]
