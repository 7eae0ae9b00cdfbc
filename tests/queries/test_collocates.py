from collections import Counter

import numpy as np
import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.language.words import cut_into_words as cut_words
from wenma.queries.collocates import collocates
from wenma.queries.kwic import kwic

BY = ("city", "plan", "period", "document")


def one_document(study, *texts):
    rows = [
        study.units.iloc[0].to_dict()
        | {"unit": n, "start": 50 * n, "end": 50 * n + len(text), "text": text}
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows)


def by_word(table):
    return table.frame.set_index("word")


def ask(study, *texts, **options):
    options = {"min_count": 1, "word": "应急"} | options
    return by_word(study.ask(collocates, units=one_document(study, *texts), **options))


def test_words_near_the_node_are_counted_on_both_sides(small):
    rows = ask(small, "产业应急监测", "监测应急", "产业创新")
    assert (rows.loc["监测", "observed"], rows.loc["产业", "observed"]) == (2, 1)
    assert "创新" not in rows.index and "应急" not in rows.index
    assert set(rows["nodes"]) == {2} and set(rows["near_words"]) == {3}
    # 产业 监测 监测 产业 创新: the node is not among them.
    assert set(rows["words"]) == {5}
    assert rows.loc["产业", "tf"] == 2
    assert np.isclose(rows.loc["产业", "expected_near"], 2 * 3 / 5)


def test_the_window_ends_with_the_unit_and_with_its_width(small):
    rows = ask(small, "产业", "应急监测创新物资", "发展", window="2")
    assert set(rows.index) == {"监测", "创新"}


def test_punctuation_and_numbers_take_no_place_in_the_window(small):
    assert set(ask(small, "应急，2035年、3.5%；监测", window=2).index) == {"监测"}


def test_a_word_near_two_nodes_counts_once_and_stands_in_two_lines(small):
    row = ask(small, "应急监测，应急。").loc["监测"]
    assert (row["observed"], row["lines"], row["tf"], row["near_words"]) == (1, 2, 1, 1)


def test_a_node_of_several_words_has_a_window_of_its_own(small):
    rows = ask(small, "产业，监测预警发展创新", word="监测预警", window=1)
    assert set(rows.index) == {"产业", "发展"}


def test_a_node_may_be_a_pattern(small):
    rows = ask(small, "产业预警，监测发展", word="预警|监测", regex=True, window=1)
    assert rows["observed"].to_dict() == {"产业": 1, "发展": 1}


def test_a_whole_word_only(small):
    every = ask(small, "发展改革委协同", "产业发展", word="发展", window=1)
    whole = ask(small, "发展改革委协同", "产业发展", word="发展", window=1, whole=True)
    assert set(every.index) == {"协同", "产业"} and set(whole.index) == {"产业"}


def test_the_measures_are_those_of_the_counts(small):
    sentences = ["应急监测"] * 4 + ["监测产业"] * 2 + ["创新，发展"] * 10 + ["应急，发展"]
    row = ask(small, *sentences).loc["监测"]
    observed, near, tf, words = 4, 5, 6, 29
    assert tuple(row[["observed", "near_words", "tf", "words"]]) == (observed, near, tf, words)
    expected = tf * near / words
    assert np.isclose(row["expected_near"], expected)
    assert np.isclose(row["mi"], np.log2(observed / expected))
    assert np.isclose(row["t"], (observed - expected) / 2)
    assert np.isclose(row["log_dice"], 14 + np.log2(2 * 4 / (5 + 6)))


def by_hand(units, node, window):
    """Collocates of a word, one sentence and one word at a time."""
    observed, tf = Counter(), Counter()
    for text in units["text"]:
        found = [word for word in cut_words(text) if any(sign.isalpha() for sign in word.text)]
        nodes = [n for n, word in enumerate(found) if word.text == node]
        for place, word in enumerate(found):
            if place in nodes:
                continue
            tf[word.text] += 1
            observed[word.text] += any(abs(place - n) <= window for n in nodes)
    return observed, tf


@pytest.mark.parametrize("window", [1, 3, 100])
def test_counting_by_hand_gives_the_same(large, window):
    body = large.units[large.units["kind"] != "heading"]
    observed, tf = by_hand(body, "应急", window)
    frame = large.ask(
        collocates, word="应急", whole=True, window=window, limit=0, min_count=1, stop=False
    ).frame
    assert dict(zip(frame["word"], frame["observed"], strict=True)) == {
        word: times for word, times in observed.items() if times
    }
    for row in frame.itertuples():
        assert row.tf == tf[row.word] and row.words == tf.total()
        assert row.near_words == observed.total()


@pytest.mark.parametrize("by", [None, *BY])
def test_every_count_of_lines_equals_the_lines_behind_it(large, by):
    table = large.ask(collocates, by=by, word="应急", whole=True, window=2, code="stage/resist")
    assert len(table.frame) and table.drill_to == "kwic"
    for row in range(0, len(table.frame), 1 if by is None else 9):
        cells, door = table.frame.iloc[row], table.drill_through(row)
        lines = large.ask(kwic, **door).frame
        assert len(lines) == cells["lines"] > 0, door
        assert lines["document"].nunique() == cells["df"], door


def test_groups_have_numbers_of_their_own(large):
    options = {"word": "应急", "limit": 0, "min_count": 1}
    whole = by_word(large.ask(collocates, **options))
    parts = large.ask(collocates, by="city", **options).frame
    for column in ("observed", "lines", "df"):
        summed = parts.groupby("word")[column].sum()
        assert summed.sort_index().tolist() == whole[column].sort_index().tolist()


@pytest.mark.parametrize("sort", ["log_dice", "g2", "t", "mi", "observed"])
def test_they_are_sorted_as_asked(large, sort):
    frame = large.ask(collocates, word="应急", sort=sort, limit="5").frame
    assert len(frame) == 5 and frame[sort].is_monotonic_decreasing


def test_where_all_words_are_near_g2_is_undefined_and_the_note_says_so(small):
    table = small.ask(collocates, units=one_document(small, "应急监测"), word="应急", min_count=1)
    assert table.frame["g2"].isna().all()
    assert any("g2 is not defined" in note for note in table.notes)


def test_a_node_that_stands_nowhere_has_no_collocates_and_a_note(small):
    table = small.ask(collocates, word="气候")
    assert not len(table.frame)
    assert any("nowhere" in note for note in table.notes)


@pytest.mark.parametrize(
    "options,said",
    [
        ({"word": ""}, "word is empty"),
        ({"word": "(", "regex": True}, "no regular expression"),
        ({"window": 0}, 'window is "0"'),
        ({"limit": "many"}, 'limit is "many"'),
        ({"sort": "size"}, 'sorted by "size"'),
        ({"code": "stage/resits"}, 'Did you mean "stage/resist"'),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(small, options, said):
    with pytest.raises(QueryError, match=said):
        small.ask(collocates, **options)
