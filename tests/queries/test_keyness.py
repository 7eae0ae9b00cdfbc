import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.keyness import keyness
from wenma.queries.kwic import kwic
from wenma.queries.words import words

BY = ("city", "plan", "period", "document")

CITY, OTHER = "璇江市", "和槐市"


def by_word(table):
    return table.frame.set_index("word")


def texts(**said):
    """Documents of these sentences. (应急，演练 are two words, 应急演练 would be one.)"""
    rows = [
        {
            "document": name,
            "unit": number,
            "kind": "body",
            "section": 0,
            "paragraph": number,
            "role": "tasks",
            "start": 100 * number,
            "end": 100 * number + len(text),
            "text": text,
        }
        for name, sentences in said.items()
        for number, text in enumerate(sentences)
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def cities(small):
    """甲 and 乙 are one city, 丙 another: ten sentences each."""
    return texts(
        甲=["应急，演练", "应急，预警"] * 3 + ["产业，发展"] * 4,
        乙=["应急，演练", "产业，发展"] * 5,
        丙=["产业，发展", "应急，预警"] + ["产业，创新"] * 8,
        丁=["产业，发展"] * 10,
    )


def test_every_number_of_a_row_is_that_of_its_two_counts(small, cities):
    table = small.ask(keyness, units=cities, group=CITY, against=OTHER, max_dp=1)
    row = by_word(table).loc["应急"]
    assert (row["a"], row["b"], row["df"]) == (11, 1, 2)
    # Twenty sentences of two words, and ten.
    assert np.isclose(row["rate_a"], 1000 * 11 / 40) and np.isclose(row["rate_b"], 1000 * 1 / 20)
    cells = [[11, 1], [29, 19]]
    four = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    assert np.isclose(row["g2"], four)
    assert np.isclose(row["log_ratio"], np.log2(11 / 40 * 20))
    alpha = 500 * 12 / 60
    delta = np.log((11 + alpha) / (540 - 11 - alpha)) - np.log((1 + alpha) / (520 - 1 - alpha))
    assert np.isclose(row["delta"], delta)
    assert np.isclose(row["zeta"], delta / np.sqrt(1 / (11 + alpha) + 1 / (1 + alpha)))


def test_a_city_is_set_against_all_others_together(small, cities):
    row = by_word(small.ask(keyness, units=cities, group=CITY, max_dp=1)).loc["应急"]
    assert (row["a"], row["b"]) == (11, 1)
    assert np.isclose(row["rate_b"], 1000 / 40)


def test_groups_are_cities_unless_something_else_is_asked_for(large):
    table = large.ask(keyness)
    assert table.by == "city" and table.basis["against"] == "all others"
    assert table.frame.equals(large.ask(keyness, by="city").frame)
    assert large.ask(keyness, by="plan").by == "plan"


def test_the_words_a_city_prefers_come_first_and_none_it_avoids(large):
    frame = large.ask(keyness, limit=0).frame
    assert (frame["zeta"] > 0).all()
    for _, block in frame.groupby("group"):
        assert block["zeta"].is_monotonic_decreasing
    avoided = large.ask(keyness, limit=0, avoided=True).frame
    assert len(avoided) and (avoided["zeta"] < 0).all()
    assert not set(zip(frame["group"], frame["word"], strict=True)) & set(
        zip(avoided["group"], avoided["word"], strict=True)
    )


def test_top_is_the_beginning_of_the_whole(large):
    whole, short = large.ask(keyness, limit=0).frame, large.ask(keyness, limit=2).frame
    expected = whole.groupby("group", sort=False).head(2).reset_index(drop=True)
    pd.testing.assert_frame_equal(short, expected)


def test_q_is_for_all_words_of_the_group_not_only_those_shown(large):
    options = {"group": CITY, "limit": 0, "max_dp": 1}
    either = pd.concat(
        [large.ask(keyness, **options).frame, large.ask(keyness, **options, avoided=True).frame]
    )
    assert either["p"].notna().all()
    assert np.allclose(either["q"], multipletests(either["p"], method="fdr_bh")[1])
    few = large.ask(keyness, group=CITY, limit=1, max_dp=1).frame
    assert few["q"].iloc[0] == either.set_index("word").loc[few["word"].iloc[0], "q"]


def test_p_asks_of_other_documents_by_dealing_whole_ones(small):
    """甲 and 乙 are one city; with two of another there are six ways, and p is a sixth at least."""
    texts_of_two = texts(
        甲=["应急，演练"] * 9 + ["产业，发展"],
        乙=["应急，演练"] * 8 + ["产业，发展"] * 2,
        丙=["产业，发展"] * 9 + ["应急，演练"],
        丁=["产业，发展"] * 9 + ["应急，演练"],
    )
    documents = small.documents.assign(city=[CITY, CITY, OTHER, OTHER])
    table = keyness(
        dataset(small.codings, documents=documents, units=texts_of_two), max_dp=1, group=CITY
    )
    row = by_word(table).loc["应急"]
    assert row["p"] == pytest.approx(2 / 6)
    assert row["log_ratio_low"] < row["log_ratio"] < row["log_ratio_high"]
    assert any("all 6 ways" in note for note in table.notes)
    assert any("全部 6 种方式" in note.zh for note in table.notes)


def test_a_side_of_one_document_is_not_tested_and_the_note_says_so(small, cities):
    table = small.ask(keyness, units=cities, group=CITY, against=OTHER, max_dp=1)
    assert len(table.frame) and table.frame[["p", "q", "log_ratio_low"]].isna().all().all()
    assert table.frame["g2"].notna().all()
    assert any(f"One document alone on a side: {CITY}" in note for note in table.notes)


def test_a_word_of_one_chapter_is_no_keyword_unless_it_may_be(small):
    units = texts(甲=["产业，发展"] * 45 + ["应急"] * 10, 丙=["产业，发展"] * 50)
    table = small.ask(keyness, units=units)
    assert "应急" not in set(table.frame["word"])
    assert any("in few of its parts (DP above 0.75)" in note for note in table.notes)
    row = by_word(small.ask(keyness, units=units, max_dp="1")).loc["应急"]
    assert np.isclose(row["dp"], 0.9)


def test_a_word_in_three_of_ten_stretches_is_one(small):
    third = ["应急，产业"] + ["产业，发展"] * 4
    units = texts(甲=third * 6 + ["产业，发展"] * 70, 丙=["产业，发展"] * 50)
    assert np.isclose(by_word(small.ask(keyness, units=units)).loc["应急", "dp"], 0.7)


def test_a_word_that_stands_nowhere_else_has_a_ratio_and_the_note_says_how(small):
    units = texts(甲=["应急，产业"] * 10, 丙=["产业，发展"] * 10)
    table = small.ask(keyness, units=units)
    row = by_word(table).loc["应急"]
    assert row["b"] == 0 and np.isclose(row["log_ratio"], np.log2(10 / 0.5))
    assert any("takes 0.5 for 0" in note for note in table.notes)


def test_a_stronger_prior_draws_words_nearer_to_nought(small, cities):
    options = {"units": cities, "group": CITY, "max_dp": 1}
    weak, strong = (by_word(small.ask(keyness, alpha=a, **options)) for a in (1, "5000"))
    assert 0 < strong.loc["应急", "zeta"] < weak.loc["应急", "zeta"]


def test_one_city_alone_has_nothing_to_be_compared_with_and_the_note_says_so(small):
    one = small.documents[small.documents["city"] == CITY]
    codings = small.codings[small.codings["city"] == CITY]
    units = small.units[small.units["document"].isin(one["document"])]
    table = keyness(dataset(codings, documents=one, units=units))
    assert not len(table.frame)
    assert any("only one city" in note for note in table.notes)


def test_a_city_without_text_is_named(small, cities):
    table = small.ask(keyness, units=cities[cities["document"] != "丙"])
    assert any(note.startswith("和槐市: no words") for note in table.notes)


def test_dispersion_over_documents_is_empty_where_there_is_one_and_the_note_says_why(small, cities):
    table = small.ask(keyness, units=cities, group=OTHER, parts="document")
    assert len(table.frame) and table.frame["dp"].isna().all()
    assert any("one part" in note for note in table.notes)


@pytest.mark.parametrize("by", BY)
def test_the_counts_equal_the_lines_behind_them(large, by):
    table = large.ask(keyness, by=by, limit=4)
    assert len(table.frame) and table.drill_to == "kwic"
    for row in range(0, len(table.frame), 5):
        cells, door = table.frame.iloc[row], table.drill_through(row)
        lines = large.ask(kwic, **door).frame
        assert len(lines) == cells["a"], door
        assert lines["document"].nunique() == cells["df"], door
        every = large.ask(kwic, **{k: v for k, v in door.items() if k != "where"}).frame
        assert len(every) == cells["a"] + cells["b"]


def test_the_counts_are_those_of_words(large):
    counted = large.ask(words, by="city", limit=0, min_count=1).frame.set_index(["group", "word"])
    for _, row in large.ask(keyness).frame.iterrows():
        same = counted.loc[(row["group"], row["word"])]
        assert (row["a"], row["df"]) == (same["tf"], same["df"])
        assert np.isclose(row["rate_a"], same["per_1000_words"])


@pytest.mark.parametrize(
    "options,said",
    [
        ({"group": "璇江"}, 'Did you mean "璇江市"'),
        ({"group": CITY, "against": "和槐"}, 'Did you mean "和槐市"'),
        ({"against": OTHER}, "Say with group"),
        ({"group": CITY, "against": CITY}, "set against itself"),
        ({"max_dp": "0"}, 'max_dp is "0"'),
        ({"max_dp": "nan"}, 'max_dp is "nan"'),
        ({"alpha": "-1"}, 'alpha is "-1"'),
        ({"alpha": "inf"}, 'alpha is "inf"'),
        ({"min_count": 0}, 'min_count is "0"'),
        ({"parts": "chapter"}, "no parts called"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(small, options, said):
    with pytest.raises(QueryError, match=said):
        small.ask(keyness, **options)
