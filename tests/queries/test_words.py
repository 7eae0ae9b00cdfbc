from collections import Counter

import numpy as np
import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.language.lexicon import stop_words
from wenma.language.words import cut
from wenma.queries.dataset import dataset
from wenma.queries.kwic import kwic
from wenma.queries.words import words

BY = ("city", "plan", "period", "document")


def by_word(table):
    return table.frame.set_index("word")


def rewritten(study, *texts, **columns):
    """The text of the study's first document alone, a sentence each."""
    units = pd.DataFrame([study.units.iloc[0].to_dict() | columns] * len(texts))
    units["unit"], units["text"] = range(len(texts)), list(texts)
    units["start"] = np.arange(len(texts)) * 100
    units["end"] = units["start"] + units["text"].map(len)
    return units


def test_a_word_is_counted_as_jieba_cuts_it(small):
    units = rewritten(small, "发展改革委推动发展。", "发展数字经济，数字经济发展。")
    rows = by_word(small.ask(words, units=units, min_count=1))
    assert (rows.loc["发展", "tf"], rows.loc["发展改革委", "tf"]) == (3, 1)
    assert rows.loc["数字经济", "tf"] == 2


def test_numbers_and_punctuation_are_no_words_and_not_in_the_rate(small):
    units = rewritten(small, "到2035年，应急物资达3.5%。", "①应急——5G！")
    rows = by_word(small.ask(words, units=units, min_count=1, stop=False))
    assert set(rows.index) == {"到", "年", "应急物资", "达", "应急", "5G"}
    assert np.isclose(rows.loc["应急", "per_1000_words"], 1000 / 6)


def test_stop_words_are_not_shown_but_stay_in_the_rate(small):
    units = rewritten(small, "应急的预警和应急的演练。")
    shown = by_word(small.ask(words, units=units, min_count=1))
    assert not set(shown.index) & stop_words()
    every = by_word(small.ask(words, units=units, min_count=1, stop=False))
    assert {"的", "和"} <= set(every.index)
    assert shown.loc["应急", "per_1000_words"] == every.loc["应急", "per_1000_words"]


def test_documents_are_counted_once_each_and_shared_out_of_all_of_the_group(small):
    row = by_word(small.ask(words)).loc["应急"]
    # 甲 twice and 丁; in 乙 it is part of longer words only, 丙 has none.
    assert (row["tf"], row["df"], row["df_share"]) == (3, 2, 50)


def test_headings_come_in_when_they_are_counted(small):
    without, with_them = (by_word(small.ask(words, headings=h, min_count=1)) for h in (False, True))
    assert "应急管理" not in without.index
    assert with_them.loc["应急管理", "tf"] == 1


def test_the_most_frequent_come_first_and_limit_and_min_count_cut_the_list(large):
    every = large.ask(words, limit=0, min_count=1).frame
    assert every["tf"].is_monotonic_decreasing
    assert large.ask(words, limit="3").frame["word"].tolist() == every["word"].tolist()[:3]
    fewest = int(every["tf"].iloc[5])
    assert len(large.ask(words, limit=0, min_count=fewest).frame) == (every["tf"] >= fewest).sum()


def test_counts_are_those_of_counting_each_sentence_by_itself(large):
    seen = Counter()
    body = large.units[large.units["kind"] != "heading"]
    for text in body["text"]:
        seen.update(word for word in cut(text) if any(sign.isalpha() for sign in word))
    frame = large.ask(words, limit=0, min_count=1, stop=False).frame
    assert dict(zip(frame["word"], frame["tf"], strict=True)) == dict(seen)
    assert np.allclose(frame["per_1000_words"], 1000 * frame["tf"] / seen.total())


@pytest.mark.parametrize("headings", [False, True])
@pytest.mark.parametrize("by", [None, *BY])
def test_every_count_equals_the_lines_behind_it(large, by, headings):
    table = large.ask(words, by=by, headings=headings)
    assert table.drill_to == "kwic"
    for row in range(0, len(table.frame), 1 if by is None else 11):
        cells, door = table.frame.iloc[row], table.drill_through(row)
        lines = large.ask(kwic, **door).frame
        assert len(lines) == cells["tf"], door
        assert lines["document"].nunique() == cells["df"], door


@pytest.mark.parametrize("by", BY)
def test_the_groups_of_a_word_add_up_to_the_whole(large, by):
    whole = by_word(large.ask(words, limit=0, min_count=1))["tf"]
    parts = large.ask(words, by=by, limit=0, min_count=1).frame.groupby("word")["tf"].sum()
    assert parts.sort_index().equals(whole.sort_index())


def test_one_document_is_one_part_and_its_dispersion_empty_with_a_reason(small):
    table = small.ask(words, by="document", min_count=1)
    assert table.frame[["dp", "dp_norm", "juilland_d"]].isna().all(axis=None)
    assert any("one part" in note for note in table.notes)


def test_a_word_in_one_section_of_two_equal_ones_is_half_off(small):
    units = rewritten(small, "应急预警演练", "发展产业创新")
    units["section"] = [0, 1]
    rows = by_word(small.ask(words, units=units, min_count=1, parts="section"))
    first = rows.iloc[0]
    sizes = [sum(any(c.isalpha() for c in w) for w in cut(text)) for text in units["text"]]
    assert np.isclose(first["dp"], sizes[1] / sum(sizes))
    assert first["juilland_d"] == 0


def test_a_tenth_is_a_stretch_of_the_groups_words_of_equal_length(small):
    units = rewritten(small, *["应急"] * 5, *["预警"] * 5)
    rows = by_word(small.ask(words, units=units, min_count=1, parts="tenth"))
    assert rows["dp"].tolist() == [0.5, 0.5]
    # Half of ten equal parts at one rate, half at none.
    assert np.allclose(rows["juilland_d"], 1 - 1 / np.sqrt(9))


def test_boilerplate_can_be_left_out_where_it_is_coded(small, coding_of):
    codings = pd.concat(
        [small.codings, pd.DataFrame([coding_of("甲", 3, "form/boilerplate")])], ignore_index=True
    )
    every = words(dataset(codings, documents=small.documents, units=small.units))
    fewer = words(dataset(codings, documents=small.documents, units=small.units), boilerplate=False)
    # 甲's sentence 3 has it twice: 应急体系 is two words.
    lines = kwic(
        dataset(codings, documents=small.documents, units=small.units), pattern="应急", whole=True
    )
    gone = lines.frame.query("document == '甲' and start >= 30 and start < 40")
    assert len(gone) > 0
    assert by_word(every).loc["应急", "tf"] - by_word(fewer).loc["应急", "tf"] == len(gone)
    assert fewer.basis["boilerplate"] == "left out"
    assert fewer.drill_through(0)["boilerplate"] is False


def test_boilerplate_nobody_codes_cannot_be_left_out(small):
    with pytest.raises(QueryError, match='no code "form/boilerplate" to leave out'):
        small.ask(words, boilerplate=False)


def test_a_group_without_words_has_no_rows_and_a_note(small):
    units = small.units[small.units["document"] != "丙"]
    table = small.ask(words, units=units, by="city", min_count=1)
    assert "和槐市" not in set(table.frame["group"])
    assert any("no words of 和槐市" in note for note in table.notes)


def test_units_of_documents_that_were_not_chosen_are_left_out(small):
    chosen = small.documents[small.documents["document"] == "甲"]
    table = words(
        dataset(small.codings, documents=chosen, codes=small.codes, units=small.units), min_count=1
    )
    assert by_word(table)["df"].eq(1).all()
    assert table.frame.equals(words(small.data.where({"document": "甲"}), min_count=1).frame)


def test_the_basis_names_the_word_lists_and_the_words_counted(small):
    basis = small.ask(words).basis
    assert basis["documents"] == "4" and basis["parts"] == "document"
    assert basis["lexicon"].count("#") == basis["stop_words"].count("#") == 1
    assert small.ask(words, stop=False).basis["stop_words"] == "counted"
    assert "codings" not in basis


@pytest.mark.parametrize(
    "option,given",
    [("limit", "-1"), ("min_count", "0"), ("min_count", "few"), ("parts", "chapter")],
)
def test_an_option_that_makes_no_sense_is_refused(small, option, given):
    with pytest.raises(QueryError, match=given):
        small.ask(words, **{option: given})
