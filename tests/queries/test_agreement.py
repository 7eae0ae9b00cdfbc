"""How far coders agree: counts to be seen by eye, and the measures of `review` behind them."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from wenma.errors import QueryError
from wenma.queries.agreement import agreement
from wenma.queries.dataset import dataset
from wenma.statistics.agreement_coefficients import cohen_kappa, fleiss_kappa
from wenma.statistics.krippendorff import krippendorff_alpha
from wenma.statistics.resampling import bootstrap

CODES = pd.DataFrame({"code": ["环节", "环节/抵御", "环节/吸收", "环节/恢复"]})
TEXT = "应急预警和应急演练。"
"""A unit of ten characters."""


def units_of(sentence_of, *documents: str, size: int = 10) -> pd.DataFrame:
    rows = [sentence_of(name, unit, TEXT) for name in documents for unit in range(size)]
    return pd.DataFrame([row | {"paragraph": row["unit"] // 2} for row in rows])


def coded(coding_of, coder: str, places: dict[int, str], document: str = "甲") -> list[dict]:
    return [
        coding_of(document, unit, f"环节/{code}", coder=coder)
        for unit, codes in places.items()
        for code in codes.split()
    ]


def row_of(table, code: str, group: str | None = None) -> pd.Series:
    frame = table.frame if group is None else table.frame[table.frame["group"] == group]
    (row,) = (row for _, row in frame.iterrows() if row["code"] == code)
    return row


@pytest.fixture
def two(coding_of, sentence_of):
    """Krippendorff 2004, p. 224: ten units; the one gives 抵御 to 0 1, the other to 1 2 5 7."""
    codings = [
        *coded(coding_of, "甲员", {0: "抵御", 1: "抵御"}),
        *coded(coding_of, "乙员", {1: "抵御", 2: "抵御", 5: "抵御", 7: "抵御"}),
    ]
    return pd.DataFrame(codings), units_of(sentence_of, "甲")


def ask(given, **options):
    codings, units = given
    return agreement(dataset(codings, codes=CODES, units=units), **options)


def test_units_nobody_coded_agree_that_the_code_is_absent(two):
    row = row_of(ask(two, coders=["甲员", "乙员"]), "环节/抵御")
    assert (row["compared"], row["by_any"], row["by_all"], row["by_each"]) == (10, 5, 1, "2; 4")
    assert row["agreed"] == 60 and round(row["alpha"], 3) == 0.095
    assert row["holsti"] == pytest.approx(2 / 6)
    assert row["composite"] == pytest.approx(2 * (2 / 6) / (1 + 2 / 6))
    units = [(1, 1), (1, 0), *[(0, 1)] * 3, *[(0, 0)] * 5]
    assert row["kappa"] == pytest.approx(cohen_kappa(units))
    assert row["verdict"] == "few"  # five of ten units hold the code


def test_of_few_cases_alpha_is_not_judged_and_has_no_interval(coding_of, sentence_of):
    for many, verdict in ((9, "few"), (10, "reliable")):
        places = dict.fromkeys(range(many), "抵御")
        names = ("甲", "乙", "丙")
        codings = [
            *coded(coding_of, "甲员", {0: "吸收"}, document="乙"),
            *coded(coding_of, "乙员", {0: "吸收"}, document="乙"),
            *coded(coding_of, "甲员", {0: "吸收"}, document="丙"),
            *coded(coding_of, "乙员", {0: "吸收"}, document="丙"),
            *coded(coding_of, "甲员", places),
            *coded(coding_of, "乙员", {**places, 1: "吸收"}),
        ]
        given = pd.DataFrame(codings), units_of(sentence_of, *names, size=60)
        for resample in ("unit", "document"):
            table = ask(given, resample=resample, resamples=200)
            row = row_of(table, "环节/抵御")
            assert row["verdict"] == verdict
            assert math.isnan(row["alpha_low"]) or verdict == "reliable"
            told = [note for note in table.notes if note.startswith("Too few to say")]
            # Of 吸收 there are few in either case.
            assert told and f"in {1 + (verdict == 'few')} rows" in told[0]
            assert "太少，无法判断" in told[0].zh
        unit = row_of(ask(given, resample="unit"), "环节/抵御")
        assert math.isnan(unit["alpha_low"]) == (verdict == "few")


@pytest.mark.parametrize("size", ["unit", "paragraph", "character"])
@pytest.mark.parametrize("resample", ["unit", "document"])
def test_the_interval_is_of_units_drawn_or_documents_left_out(
    size, resample, coding_of, sentence_of
):
    draw = np.random.default_rng(5)
    names = [f"{n}号" for n in range(20)]
    put: dict[tuple[str, int], list[bool]] = {
        (name, unit): [draw.random() < 0.4] * 2 if draw.random() < 0.8 else [True, False]
        for name in names
        for unit in range(10)
    }
    put |= {(name, 0): [True, True] for name in names}  # each has coded every document
    codings = [
        coding_of(name, unit, "环节/抵御", coder=coder)
        for (name, unit), both in put.items()
        for coder, given in zip(("甲员", "乙员"), both, strict=True)
        if given
    ]
    given = pd.DataFrame(codings), units_of(sentence_of, *names)
    row = row_of(ask(given, size=size, resample=resample, resamples=2000), "环节/抵御")
    step = 2 if size == "paragraph" else 1
    units, blocks = [], []
    for name in names:
        for unit in range(0, 10, step):
            here = [put[name, unit + more] for more in range(step)]
            units.append(tuple(any(one[coder] for one in here) for coder in (0, 1)))
            blocks.append(name)
    found = bootstrap(units, resamples=2000)
    low, high = found.low, found.high
    if resample == "document":
        without = np.array(
            [
                krippendorff_alpha([u for u, own in zip(units, blocks, strict=True) if own != name])
                for name in names
            ]
        )
        error = np.sqrt(19 / 20 * ((without - without.mean()) ** 2).sum())
        reach = student.ppf(0.975, 19) * error / (1 - found.value**2)
        low, high = np.tanh(np.arctanh(found.value) + np.array([-reach, reach]))
    # Every unit has ten characters: drawn whole, they have the interval of the units.
    assert row["compared"] == len(units) * (10 if size == "character" else 1)
    assert row["alpha"] == pytest.approx(found.value, abs=0.003 if size == "character" else 1e-9)
    exact = resample == "document" and size != "character"
    assert row["alpha_low"] == pytest.approx(low, abs=1e-9 if exact else 0.02)
    assert row["alpha_high"] == pytest.approx(high, abs=1e-9 if exact else 0.02)


def test_without_samples_there_is_no_interval(two):
    without = ask(two, resamples=0)
    assert without.frame["alpha_low"].isna().all() and "resamples" not in without.basis


def test_the_same_question_has_the_same_answer(two):
    pd.testing.assert_frame_equal(ask(two).frame, ask(two).frame)


def test_who_is_named_first_changes_only_the_order_of_the_numbers(two):
    one = ask(two, coders=["甲员", "乙员"], resamples=0)
    other = ask(two, coders=["乙员", "甲员"], resamples=0)
    assert row_of(other, "环节/抵御")["by_each"] == "4; 2"
    columns = ["agreed", "kappa", "alpha", "u_alpha", "ac1"]
    pd.testing.assert_frame_equal(one.frame[columns], other.frame[columns])
    assert (one.basis["coders"], other.basis["coders"]) == ("甲员; 乙员", "乙员; 甲员")


def test_a_code_nobody_gave_has_no_measure_and_the_note_says_why(two):
    table = ask(two)
    row = row_of(table, "环节/吸收")
    assert row["agreed"] == 100 and row["verdict"] == "undefined"
    for column in "holsti composite kappa pi alpha alpha_low ac1 brennan_prediger u_alpha".split():
        assert math.isnan(row[column]), column
    assert any("empty in 2 rows: nobody gave the code" in note for note in table.notes)


def test_a_dimension_compares_the_sets_of_codes_under_it(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", {0: "抵御", 1: "抵御 吸收", 2: "恢复"}),
        *coded(coding_of, "乙员", {0: "抵御", 1: "抵御", 2: "吸收"}),
    ]
    table = ask((pd.DataFrame(codings), units_of(sentence_of, "甲")))
    row = row_of(table, "环节")
    # Both coded 0, 1 and 2, but only in 0 the same.
    assert (row["by_all"], row["agreed"], row["holsti"]) == (3, 80, pytest.approx(1 / 3))
    sets = [("r", "r"), ("ra", "r"), ("c", "a"), *[("", "")] * 7]
    assert row["alpha"] == pytest.approx(krippendorff_alpha(sets))
    resist = row_of(table, "环节/抵御")
    assert (resist["by_all"], resist["agreed"], resist["verdict"]) == (2, 100, "few")


def test_documents_that_one_of_them_never_coded_are_left_out_and_named(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", {0: "抵御"}),
        *coded(coding_of, "乙员", {0: "抵御", 1: "吸收"}),
        *coded(coding_of, "甲员", {3: "恢复"}, document="乙"),
    ]
    table = ask((pd.DataFrame(codings), units_of(sentence_of, "甲", "乙", "丙")))
    assert row_of(table, "环节/抵御")["compared"] == 10
    assert row_of(table, "环节/恢复")["verdict"] == "undefined"
    assert any("Left out: 2 documents" in note and "乙, 丙" in note for note in table.notes)
    nothing = ask((pd.DataFrame(codings[:2] + codings[3:]), units_of(sentence_of, "甲", "乙")))
    assert len(nothing.frame)
    apart = pd.DataFrame([codings[1], codings[3]])
    empty = ask((apart, units_of(sentence_of, "甲", "乙")))
    assert not len(empty.frame) and any("Left out: 2 documents" in note for note in empty.notes)


def test_paragraphs_are_coded_when_a_unit_of_them_is(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", {0: "抵御", 4: "抵御"}),
        *coded(coding_of, "乙员", {1: "抵御"}),
    ]
    given = pd.DataFrame(codings), units_of(sentence_of, "甲")
    assert row_of(ask(given), "环节/抵御")["by_all"] == 0
    row = row_of(ask(given, size="paragraph"), "环节/抵御")
    assert (row["compared"], row["by_any"], row["by_all"]) == (5, 2, 1)


def free(coding_of, coder: str, start: int, end: int) -> dict:
    return coding_of("甲", -1, "环节/抵御", start=start, end=end, coder=coder)


def test_characters_are_counted_where_spans_were_set_freely(coding_of, sentence_of):
    codings = [free(coding_of, "甲员", 5, 25), free(coding_of, "乙员", 5, 15)]
    given = pd.DataFrame(codings), units_of(sentence_of, "甲")
    named = {"coders": ["甲员", "乙员"]}
    row = row_of(ask(given, size="character", **named), "环节/抵御")
    assert (row["compared"], row["by_any"], row["by_all"]) == (100, 20, 10)
    assert row["by_each"] == "20; 10"
    units = [(1, 1)] * 10 + [(1, 0)] * 10 + [(0, 0)] * 80
    assert row["alpha"] == pytest.approx(krippendorff_alpha(units))
    # Of units, those the spans touch: 0, 1, 2 and 0, 1.
    table = ask(given, **named)
    assert row_of(table, "环节/抵御")["by_each"] == "3; 2"
    assert any("2 codings lie on free spans" in note for note in table.notes)
    assert row_of(table, "环节/抵御")["u_alpha"] == row["u_alpha"]


def test_what_stands_in_headings_is_no_character_to_compare(coding_of, sentence_of):
    codings = [free(coding_of, "甲员", 5, 25), free(coding_of, "乙员", 15, 25)]
    units = units_of(sentence_of, "甲")
    units.loc[1, "kind"] = "heading"
    given, options = (pd.DataFrame(codings), units), {"coders": ["甲员", "乙员"]}
    row = row_of(ask(given, size="character", **options), "环节/抵御")
    assert (row["compared"], row["by_each"]) == (90, "10; 5")
    row = row_of(ask(given, size="character", headings=True, **options), "环节/抵御")
    assert (row["compared"], row["by_each"]) == (100, "20; 10")


def test_more_than_two_coders_have_the_kappa_of_fleiss(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", {0: "抵御", 1: "抵御"}),
        *coded(coding_of, "乙员", {0: "抵御"}),
        *coded(coding_of, "丙员", {0: "抵御", 1: "抵御", 2: "抵御"}),
    ]
    table = ask((pd.DataFrame(codings), units_of(sentence_of, "甲")))
    row = row_of(table, "环节/抵御")
    units = [(1, 1, 1), (1, 0, 1), (0, 0, 1), *[(0, 0, 0)] * 7]
    assert row["kappa"] == row["pi"] == pytest.approx(fleiss_kappa(units))
    assert (row["by_any"], row["by_all"]) == (3, 1)
    assert any("Fleiss" in note for note in table.notes)
    pair = ask((pd.DataFrame(codings), units_of(sentence_of, "甲")), coders=["甲员", "丙员"])
    assert row_of(pair, "环节/抵御")["by_each"] == "2; 3"


def test_a_rare_code_is_warned_of(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", dict.fromkeys(range(8), "抵御")),
        *coded(coding_of, "乙员", dict.fromkeys(range(4, 12), "抵御")),
    ]
    table = ask((pd.DataFrame(codings), units_of(sentence_of, "甲", size=300)))
    row = row_of(table, "环节/抵御")
    assert row["alpha"] < 0.667 and row["ac1"] > 0.9 and row["verdict"] == "prevalence"
    assert any(note.startswith("prevalence") and "Holsti" in note for note in table.notes)


def test_groups_are_the_same_as_their_documents_alone(coding_of, sentence_of):
    draw = np.random.default_rng(3)
    codings = [
        coding_of(name, unit, code, coder=coder, city=f"{name}市")
        for name in "甲乙"
        for coder in ("甲员", "乙员")
        for unit in range(10)
        for code in ("环节/抵御", "环节/吸收")
        if draw.random() < 0.5
    ]
    frame, units = pd.DataFrame(codings), units_of(sentence_of, "甲", "乙")
    for size in ("unit", "character"):
        table = ask((frame, units), by="city", size=size, resamples=0)
        for name in "甲乙":
            alone = ask(
                (frame[frame["document"] == name], units[units["document"] == name]),
                size=size,
                resamples=0,
            )
            block = table.block(f"{name}市").frame.drop(columns="group")
            pd.testing.assert_frame_equal(block, alone.frame)


def test_of_one_document_there_is_no_interval_of_other_documents(coding_of, sentence_of):
    codings = [
        *coded(coding_of, "甲员", dict.fromkeys(range(12), "抵御")),
        *coded(coding_of, "乙员", dict.fromkeys(range(2, 14), "抵御")),
    ]
    given = pd.DataFrame(codings), units_of(sentence_of, "甲", size=60)
    table = ask(given)
    assert math.isnan(row_of(table, "环节/抵御")["alpha_low"])
    assert any("empty for a single document" in note for note in table.notes)
    units = ask(given, resample="unit")
    assert row_of(units, "环节/抵御")["alpha_low"] < row_of(units, "环节/抵御")["alpha"]
    assert any("too narrow" in note for note in units.notes)


def test_what_cannot_be_compared_is_refused_with_the_way_out(two):
    codings, units = two
    with pytest.raises(QueryError, match=r"only 甲员.*--coder"):
        ask((codings[codings["coder"] == "甲员"], units))
    with pytest.raises(QueryError, match="only 甲员"):
        ask(two, coders="甲员")
    with pytest.raises(QueryError, match='no codings by "丙员"'):
        ask(two, coders=["甲员", "丙员"])
    with pytest.raises(QueryError, match="no column coder"):
        ask((codings.drop(columns="coder"), units))
    with pytest.raises(QueryError, match="keeps the coders apart"):
        ask((codings.assign(coder=["甲员; 乙员"] * 2 + ["乙员"] * 4), units))
    with pytest.raises(QueryError, match='resamples is "many"'):
        ask(two, resamples="many")
    with pytest.raises(QueryError, match="stands twice"):
        ask((codings, pd.concat([units, units])))


@pytest.mark.parametrize("size", ["unit", "paragraph", "character"])
def test_a_row_for_every_code_of_every_group(size, large):
    table = large.ask(agreement, size=size, by="city")
    assert list(table.frame["code"][: len(large.codes)]) == list(large.codes["code"])
    assert len(table.frame) == 7 * len(large.codes)
    inside = table.frame.dropna(subset=["alpha_low"])
    assert (inside["alpha_low"] <= inside["alpha"] + 0.05).all()
    assert (table.frame["by_all"] <= table.frame["by_any"]).all()
