"""When documents stop bringing new codes, on small tables that can be checked by hand."""

import math
from itertools import permutations

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.saturation import held_out_mean, saturation


@pytest.fixture
def study(coding_of):
    """Eight documents: 6 codes in the first four, one more in the fifth."""
    has = ["abc", "bde", "a", "af", "ag", "b", "", "ag"]
    rows = [
        coding_of(f"文{n}", at, f"t/{one}") for n, c in enumerate(has) for at, one in enumerate(c)
    ]
    documents = [
        {"document": f"文{n}", "city": "璇江市", "countable": 100 * len(c)}
        for n, c in enumerate(has)
    ]
    return pd.DataFrame(rows), pd.DataFrame(documents)


def ask(study, **options):
    return saturation(dataset(study[0], documents=study[1]), **options)


def test_new_codes_and_the_ratio_of_each_run_to_the_base(study):
    frame = ask(study).frame
    assert frame["found"].tolist() == [3, 3, 1, 2, 2, 1, 0, 2]
    assert frame["new"].tolist() == [3, 2, 0, 1, 1, 0, 0, 0]
    assert frame["cumulative"].tolist() == [3, 5, 5, 6, 7, 7, 7, 7]
    assert math.isclose(frame["reached"][1], 100 * 5 / 7)
    assert frame["new_information"].isna().tolist() == [True] * 5 + [False] * 3
    assert math.isclose(frame["new_information"][5], 100 / 6)
    assert frame["new_information"].tolist()[6:] == [0, 0]


def test_it_says_at_which_document_saturation_is_reached(study):
    table = ask(study)
    assert any("Saturated at 5+2 documents (文6)" in note for note in table.notes)
    assert any("第 5+2 份文件（文6）" in note.zh for note in table.notes)
    loose = ask(study, threshold="17 %")
    assert any("Saturated at 4+2 documents (文5)" in note for note in loose.notes)
    longer = ask(study, base="2", run="3", threshold=0)
    assert any("Saturated at 5+3 documents (文7)" in note for note in longer.notes)
    never = saturation(dataset(study[0][study[0]["document"] < "文6"]), base=1, run=1, threshold=0)
    assert any("Saturated at 2+1" in note for note in never.notes)


def test_it_says_that_saturation_is_not_reached(study):
    early = study[0][study[0]["document"] < "文2"]
    table = saturation(dataset(early), base=1, run=1)
    assert any("Not saturated: no run of 1" in note for note in table.notes)


def test_the_held_out_third_names_its_new_codes(study):
    assert any("last third (2 of 8 documents) brings 0 new codes." in n for n in ask(study).notes)
    short = study[0][study[0]["document"].isin(["文0", "文1", "文3"])]
    table = saturation(dataset(short))
    assert any("(1 of 3 documents) brings 1 new codes: t/f." in note for note in table.notes)


def test_too_few_documents_say_so(small):
    table = small.ask(saturation)
    assert table.frame["new_information"].isna().all()
    assert any("4 documents are too few for a base of 4 and a run of 2" in n for n in table.notes)


def test_the_order_is_that_of_the_corpus_of_size_or_of_the_seed(study):
    assert ask(study).frame["document"].tolist() == [f"文{n}" for n in range(8)]
    assert ask(study, order="size").frame["document"].tolist()[:3] == ["文0", "文1", "文3"]
    drawn = [ask(study, order="random", seed=seed).frame["document"].tolist() for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2] and sorted(drawn[2]) == [f"文{n}" for n in range(8)]
    assert ask(study, order="random", seed="7").basis["order"] == "random, seed 7"
    # Whatever the order, at the end all codes are there.
    assert ask(study, order="random").frame["cumulative"].iloc[-1] == 7


def test_each_group_has_a_curve_of_its_own(large):
    table = large.ask(saturation, by="city")
    assert table.frame["step"].tolist() == [1, 2] * 7
    assert table.frame.groupby("group")["new"].sum().tolist() == [
        large.codings.query("city == @city and kind != 'heading'")["code"].nunique()
        for city in sorted(set(large.codings["city"]))
    ]
    assert any("in 璇江市" in note for note in table.notes)


def test_a_step_leads_to_the_excerpts_of_its_document_and_their_codes(large):
    for headings in (False, True):
        table = large.ask(saturation, by="plan", headings=headings)
        for row in range(len(table.frame)):
            behind = large.ask(excerpts, **table.drill_through(row)).frame["codes"]
            found = {code for codes in behind for code in codes.split("; ")}
            assert len(found) == table.frame["found"][row]


def test_only_some_codes_can_count(study):
    assert ask(study, only=["t/a", "t/g"]).frame["new"].tolist() == [1, 0, 0, 0, 1, 0, 0, 0]
    with pytest.raises(QueryError, match="There are: t"):
        ask(study, only=["zzzzz"])


def test_a_base_without_codes_has_no_ratio(study):
    table = ask(study, base=1, run=1, order="size", only=["t/f"])
    assert table.frame["new_information"].isna().all()
    assert any("first 1 documents have no codes" in note for note in table.notes)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"base": "0"}, "base is"),
        ({"run": "two"}, "run is"),
        ({"threshold": "101"}, "a percentage from 0 to 100"),
        ({"threshold": "few"}, "a percentage from 0 to 100"),
        ({"order": "sizes"}, 'Did you mean "size"'),
        ({"seed": "x"}, "seed is"),
    ],
)
def test_a_slip_in_an_option_is_told(study, option, said):
    with pytest.raises(QueryError, match=said):
        ask(study, **option)


def test_an_order_by_size_needs_sizes(study):
    with pytest.raises(QueryError, match="length of the documents is unknown"):
        saturation(dataset(study[0]), order="size")


def test_ten_thousand_codes_are_counted(coding_of):
    codings = pd.DataFrame([coding_of(f"文{n % 20}", n, f"t/{n:05}") for n in range(10_000)])
    assert saturation(dataset(codings)).frame["new"].tolist() == [500] * 20


def test_the_held_out_third_is_told_for_all_orders(coding_of):
    """Six documents, of every order the codes that only the last two have: counted one by one."""
    given = {"甲": "ab", "乙": "a", "丙": "abc", "丁": "d", "戊": "ad", "己": "e"}
    rows = [coding_of(name, at, code) for name, own in given.items() for at, code in enumerate(own)]
    table = saturation(dataset(pd.DataFrame(rows)))
    new = []
    for order in permutations(given):
        early = {code for name in order[:4] for code in given[name]}
        new.append(len({code for name in order[4:] for code in given[name]} - early))
    mean = sum(new) / len(new)
    assert held_out_mean([4, 2, 1, 2, 1], 6, 2) == pytest.approx(mean)
    assert any(f"brings {mean:.2f} on average" in note for note in table.notes)
