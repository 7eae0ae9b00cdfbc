"""Plans side by side: scipy, scikit-learn and published values are the judges."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import cophenet, linkage
from scipy.spatial.distance import jensenshannon, squareform
from scipy.stats import chi2_contingency, pearsonr
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity

from wenma.errors import QueryError
from wenma.queries import cities as room
from wenma.queries.attention import attention
from wenma.queries.cities import cities
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts

BY = ("city", "plan", "period", "document")


def counts_of(study, **options):
    frame = study.ask(attention, **options).frame
    return frame.pivot_table(index="group", columns="code", values="references", sort=False)


def test_each_pair_stands_once_and_its_measures_are_those_of_other_programs(large):
    frame = large.ask(cities, of=["layer"]).frame
    counts = counts_of(large, of="layer")
    shares = counts.div(counts.sum(axis=1), axis=0)
    assert len(frame) == 7 * 6 / 2
    assert len({frozenset(pair) for pair in frame[["group", "group_b"]].to_numpy()}) == len(frame)
    for _, row in frame.iterrows():
        one, other = shares.loc[row["group"]], shares.loc[row["group_b"]]
        assert math.isclose(row["similarity"], 1 - jensenshannon(one, other, base=2) ** 2)
        assert math.isclose(row["cosine"], cosine_similarity([one], [other]).item())
        assert math.isclose(row["pearson"], pearsonr(one, other).statistic)


def test_the_codes_in_use_are_compared_as_sets(small):
    rows = small.ask(cities).frame.set_index(["group", "group_b"])
    # 璇江市 has resist, 和槐市 adapt, 浔汀市 nothing.
    assert rows.loc[("璇江市", "和槐市"), ["jaccard", "dice", "similarity"]].tolist() == [0, 0, 0]
    assert rows.loc[("璇江市", "浔汀市"), ["jaccard", "dice"]].tolist() == [0, 0]
    layers = small.ask(cities, of=["stage/resist", "layer/technology", "layer/institution"]).frame
    assert layers["jaccard"].iloc[0] == 0 and len(layers) == 3


def test_a_group_without_references_is_empty_and_named(small):
    table = small.ask(cities)
    nowhere = table.frame["group_b"] == "浔汀市"
    assert table.frame.loc[nowhere, ["similarity", "cosine", "pearson"]].isna().all(axis=None)
    assert any("No references in 浔汀市" in note for note in table.notes)
    assert any("rest on 1 (和槐市) to 4 (璇江市)" in note for note in table.notes)


def test_an_even_group_has_no_pearson_and_the_table_says_so(small, coding_of):
    even = [
        coding_of("丁", n, f"stage/{name}", city="浔汀市")
        for n, name in enumerate(("resist", "absorb", "recover", "adapt"))
    ]
    codings = pd.concat([small.codings, pd.DataFrame(even)])
    table = cities(dataset(codings, documents=small.documents, codes=small.codes))
    assert table.frame.set_index("group_b").loc["浔汀市", "pearson"].isna().all()
    assert any("gives all codes the same share" in note for note in table.notes)


def test_with_two_codes_the_table_warns_of_pearson(large):
    table = large.ask(cities, of=["stage/resist", "stage/adapt"])
    assert set(table.frame["pearson"].round(9)) <= {1.0, -1.0}
    assert any("can only be 1 or -1" in note for note in table.notes)


def test_a_profile_says_how_far_a_share_lies_from_the_mean_of_the_others(large):
    frame = large.ask(cities, view="profile", of=["stage"]).frame
    shares = frame.pivot(index="group", columns="code", values="share")
    np.testing.assert_allclose(shares.sum(axis=1), 100)
    wide = frame.pivot(index="group", columns="code", values="difference")
    for city in shares.index:
        others = shares.drop(city).mean()
        np.testing.assert_allclose(wide.loc[city], shares.loc[city] - others)
    known = large.ask(attention, of="stage").frame.set_index(["group", "code"])["per_1000"]
    np.testing.assert_allclose(frame.set_index(["group", "code"])["per_1000"], known)


@pytest.mark.parametrize("headings", [False, True])
@pytest.mark.parametrize("by", BY)
def test_every_number_of_a_profile_leads_to_its_excerpts(large, by, headings):
    table = large.ask(cities, view="profile", of=["layer"], by=by, headings=headings)
    for row in range(0, len(table.frame), 3):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        assert len(behind) == table.frame["references"][row]


def test_every_number_of_a_family_leads_to_its_excerpts(large):
    table = large.ask(cities, view="profile", family=True)
    assert len(table.frame) == 14 * 4
    for row in range(0, len(table.frame), 5):
        behind = large.ask(excerpts, **table.drill_through(row)).frame
        assert len(behind) == table.frame["references"][row] > 0


def test_a_family_is_all_a_city_planned_in_one_period(small):
    small.documents.loc[small.documents["document"] == "丁", "period"] = ""
    table = small.ask(cities, family=True)
    assert table.frame[["group", "period", "group_b", "period_b"]].values.tolist() == [
        ["璇江市", "十四五", "和槐市", "十四五"]
    ]
    assert any("count as one: 璇江市 十四五 (2)" in note for note in table.notes)
    assert any("1 documents that state no period" in note for note in table.notes)
    small.documents["period"] = ""
    nothing = small.ask(cities, family=True)
    assert not len(nothing.frame) and any("Two groups" in note for note in nothing.notes)
    with pytest.raises(QueryError, match='Leave out by "plan"'):
        small.ask(cities, family=True, by="plan")


def test_the_tree_is_that_of_scipy(large):
    frame = large.ask(cities, view="tree", of=["layer"]).frame
    counts = counts_of(large, of="layer").to_numpy()
    shares = counts / counts.sum(axis=1, keepdims=True)
    distance = [[jensenshannon(one, other, base=2) for other in shares] for one in shares]
    expected = linkage(squareform(np.array(distance), checks=False), "average")
    np.testing.assert_allclose(frame["height"], expected[:, 2])
    assert frame["size"].iloc[-1] == 7 and len(frame) == 6
    # Written out as a tree again, the names lead to the same distances within it.
    leaves = [*counts_of(large, of="layer").index]
    number = {name: at for at, name in enumerate([*leaves, *(f"#{n}" for n in range(1, 7))])}
    again = frame[["cluster", "cluster_b"]].map(number.get).to_numpy(dtype=float)
    redone = np.column_stack([again, frame["height"], frame["size"]])
    np.testing.assert_allclose(cophenet(redone), cophenet(expected))


def test_the_map_of_all_groups_has_the_inertia_of_their_chi_square(large):
    table = large.ask(cities, view="map", of=["layer"])
    counts = counts_of(large, of="layer").to_numpy()
    chi2 = chi2_contingency(counts, correction=False).statistic
    assert f"total inertia {chi2 / counts.sum():.4f}" in table.notes[-1]
    sides = table.frame.groupby("kind")[["mass", "inertia", "contribution_x", "contribution_y"]]
    np.testing.assert_allclose(sides.sum(), 100)
    assert table.frame["kind"].tolist() == ["group"] * 7 + ["code"] * 3


def test_components_are_those_of_scikit_learn(large):
    table = large.ask(cities, view="components")
    counts = counts_of(large, of="stage")
    shares = counts.div(counts.sum(axis=1), axis=0).to_numpy()
    judge = PCA(2).fit(shares)
    scores = table.frame.query("kind == 'group'")[["x", "y"]].to_numpy()
    np.testing.assert_allclose(np.abs(scores), np.abs(judge.transform(shares)), atol=1e-9)
    assert f"x shows {judge.explained_variance_ratio_[0]:.1%}" in table.notes[-1]


@pytest.mark.parametrize("view", ["tree", "map", "components"])
def test_what_cannot_be_drawn_is_an_empty_table_with_its_reason(small, large, view):
    one = small.ask(cities, view=view, by="period")
    assert not len(one.frame) and any("here there are 1" in note for note in one.notes)
    alike = pd.concat(
        [large.codings.assign(document=d, city=c, unit=large.codings["unit"] + 10_000 * n)
         for n, (d, c) in enumerate((("甲", "璇江市"), ("丙", "和槐市")))]
    )  # fmt: skip
    same = cities(dataset(alike, codes=large.codes), view=view)
    if view == "tree":
        assert same.frame["height"].tolist() == [0.0]
    else:
        assert not len(same.frame) and any("nothing to draw" in note for note in same.notes)


@pytest.mark.parametrize("view", ["map", "components"])
def test_where_one_axis_shows_all_the_other_is_empty(large, view):
    table = large.ask(cities, view=view, of=["stage/resist", "stage/adapt"])
    assert table.frame["x"].notna().all() and table.frame["y"].isna().all()
    assert any("One axis shows all there is" in note for note in table.notes)


def test_words_are_compared_as_they_are_counted(small):
    table = small.ask(cities, words=True)
    rows = table.frame.set_index(["group", "group_b"])
    # Nothing but 应急 is common to 璇江市 and 浔汀市; 和槐市 speaks of other things.
    assert rows.loc[("璇江市", "和槐市"), "word_cosine"] == 0
    assert rows.loc[("璇江市", "和槐市"), "word_similarity"] == 0
    assert 0 < rows.loc[("璇江市", "浔汀市"), "word_cosine"] < 1
    with pytest.raises(QueryError, match="Take the view pairs"):
        small.ask(cities, words=True, view="map")
    with pytest.raises(QueryError, match="Give units="):
        small.ask(cities, words=True, units=None)


def test_the_cosine_of_words_is_that_of_their_counts(large):
    from wenma.queries.words import words

    table = large.ask(cities, words=True)
    counts = large.ask(words, by="city", limit=0, min_count=1).frame
    wide = counts.pivot_table(index="group", columns="word", values="tf", fill_value=0)
    for _, row in table.frame.iterrows():
        one, other = wide.loc[row["group"]], wide.loc[row["group_b"]]
        assert math.isclose(row["word_cosine"], cosine_similarity([one], [other]).item())
        assert math.isclose(row["word_similarity"], 1 - jensenshannon(one, other, base=2) ** 2)


def test_a_list_keeps_its_cities_and_names_those_that_are_missing(small):
    names = {"璇江市": "北京市", "和槐市": "成都"}
    small.documents["city"] = small.documents["city"].map(lambda one: names.get(one, one))
    table = small.ask(cities, list="seven 2020")
    assert table.frame[["group", "group_b"]].values.tolist() == [["北京市", "成都"]]
    told = "census of 2020. Without a document here: 上海, 深圳, 重庆, 广州, 天津"
    assert told in table.notes[0] and "2020 年人口普查" in table.notes[0].zh
    assert table.basis["list"] == "seven 2020"
    assert not any("not in the list of documents" in note for note in table.notes)


def test_a_list_none_of_whose_cities_is_there_is_refused(small):
    with pytest.raises(QueryError, match=r"Its cities are: 上海.*Here are: 璇江市"):
        small.ask(cities, list="ten 2022 yearbook")
    with pytest.raises(QueryError, match='Did you mean "seven 2020"'):
        small.ask(cities, list="seven 2021")


def test_one_city_written_in_two_ways_is_told(small):
    small.documents.loc[small.documents["document"] == "丁", "city"] = "璇江"
    table = small.ask(cities)
    assert any("Written in two ways" in note and "璇江市" in note for note in table.notes)


def test_what_cannot_be_compared_is_refused_with_a_cure(small, monkeypatch):
    with pytest.raises(QueryError, match='Did you mean "pairs"'):
        small.ask(cities, view="pair")
    with pytest.raises(QueryError, match='Did you mean "stage"'):
        small.ask(cities, of=["stagee"])
    with pytest.raises(QueryError, match=r'lies under "layer/technology".*Name one of them'):
        small.ask(cities, of=["layer/technology", "layer/technology/sensing"])
    monkeypatch.setattr(room, "MOST_GROUPS", 2)
    with pytest.raises(QueryError, match="3 groups make too many pairs"):
        small.ask(cities)


@pytest.mark.parametrize("view", ["pairs", "profile", "tree", "map", "components"])
def test_without_any_coding_and_any_code_every_view_is_a_table(small, view):
    table = cities(dataset(small.codings.iloc[:0]), view=view)
    assert not len(table.frame) and any("no codings" in note for note in table.notes)
    known = cities(
        dataset(small.codings.iloc[:0], documents=small.documents, codes=small.codes), view=view
    )
    assert any("No references in 璇江市" in note for note in known.notes)


def test_profiles_are_tested_as_attention_is(large):
    frame = large.ask(cities, view="profile", of=["stage"]).frame.set_index(["group", "code"])
    known = large.ask(attention, of="stage").frame.set_index(["group", "code"])
    assert frame["p"].notna().all()
    np.testing.assert_allclose(frame["p"], known["p"])
    np.testing.assert_allclose(frame["q"], known["q"])


def test_pairs_are_tested_by_dealing_the_documents_of_both(large):
    table = large.ask(cities)
    # Two documents each: three ways to deal four, and its mirror images.
    assert set((table.frame["p"] * 3).round(9)) <= {1, 2, 3}
    assert any("The sample is documents" in note for note in table.notes)
    by_document = large.ask(cities, by="document")
    assert by_document.frame["p"].isna().all()
    assert any("One document alone" in note for note in by_document.notes)


def test_too_many_pairs_are_not_tested_and_the_note_says_so(large, monkeypatch):
    monkeypatch.setattr("wenma.queries.group_tests.MOST_TESTED", 20)
    table = large.ask(cities)
    assert table.frame["p"].isna().all()
    assert any("More than 20 pairs" in note for note in table.notes)
