"""A flat codebook is one dimension: its codes share a whole."""

import numpy as np
import pandas as pd
import pytest

from wenma.queries.attention import attention
from wenma.queries.cities import cities
from wenma.queries.code_tree import code_tree
from wenma.queries.dataset import dataset
from wenma.queries.frequency import frequency
from wenma.queries.periods import periods

FLAT = ["安全", "韧性", "数字"]


@pytest.fixture
def flat(small):
    """The small study coded with three codes without a tree: 安全 5, 韧性 4, 数字 1 references."""
    codings = small.codings[small.codings["kind"] != "heading"]
    codings = codings.assign(code=["安全", "韧性", "韧性", "韧性", "安全", *["安全"] * 4, "数字"])
    return dataset(codings, documents=small.documents, codes=pd.DataFrame({"code": FLAT}))


def test_shares_of_flat_codes_add_up_to_a_hundred(flat):
    frame = frequency(flat).frame.set_index("code")
    assert frame["share"].sum() == pytest.approx(100)
    assert (frame["share"] < 100).all() and frame["share_of"].nunique() == 1
    np.testing.assert_allclose(
        frame["share"], 100 * frame["references"] / frame["references"].sum()
    )
    by_city = (
        frequency(flat, by="city").frame.groupby("group", sort=False)["share"].sum(min_count=3)
    )
    assert by_city["璇江市"] == by_city["和槐市"] == pytest.approx(100)
    assert np.isnan(by_city["浔汀市"])


def test_a_group_without_any_is_told_once_and_not_for_each_code(flat):
    empty = [note for note in frequency(flat, by="city").notes if "its shares are empty" in note]
    assert empty == ["No references of the dimension all codes in 浔汀市: its shares are empty."]


def test_attention_and_cities_and_periods_take_all_flat_codes(flat):
    table = attention(flat, by="city")
    assert table.frame["code"].tolist() == FLAT * 3 and table.basis["of"] == "all codes"
    assert cities(flat, view="profile").frame["code"].tolist() == FLAT * 3
    shares = periods(flat).frame.set_index("code")["share"]
    assert shares.sum() == pytest.approx(100)


def test_a_codebook_with_one_tree_and_a_code_by_itself_keeps_both_dimensions():
    tree = code_tree(["stage/resist", "其他"])
    assert tree.paths == ("stage", "stage/resist", "其他")
    assert tree.of_dimension(np.array([[3, 3, 2]])).tolist() == [[3, 3, 2]]
