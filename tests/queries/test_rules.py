"""Which rules made the codings."""

import pandas as pd
import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.rules import rules


def test_a_rule_counts_passages_and_those_it_made_alone(small, coding_of):
    more = [coding_of("甲", 7, "stage/resist", rule="r2"), coding_of("甲", 8, "stage/resist")]
    codings = pd.concat([small.codings, pd.DataFrame(more)], ignore_index=True)
    study = type(small)(codings, small.documents, small.codes)
    frame = study.ask(rules, of="stage/resist").frame.set_index("rule")
    # r1 on units 0 (with r2), 1 and 8 of 甲 and 0 of 乙; r2 on units 0 and 7.
    assert frame.loc["r1", ["references", "alone"]].tolist() == [4, 3]
    assert frame.loc["r2", ["references", "alone"]].tolist() == [2, 1]
    assert frame["of_code"].round(6).tolist() == [80.0, 40.0]


def test_codings_by_people_are_left_out_and_told(small):
    table = small.ask(rules)
    assert any("2 codings by people" in note for note in table.notes)
    assert "" not in set(table.frame["rule"])


@pytest.mark.parametrize("by", [None, "city", "document"])
def test_a_number_leads_to_the_passages_the_rule_made(large, by):
    table = large.ask(rules, by=by)
    assert len(table.frame) > 5
    for at in range(0, len(table.frame), 5):
        row = table.frame.iloc[at]
        assert len(large.ask(excerpts, **table.drill_through(at)).frame) == row["references"]


def test_an_unknown_code_and_no_codings(small):
    with pytest.raises(QueryError, match="Did you mean"):
        small.ask(rules, of="stage/resits")
    empty = rules(dataset(small.codings.iloc[:0], documents=small.documents, codes=small.codes))
    assert empty.frame.empty and list(empty.frame) == [
        "code",
        "rule",
        "references",
        "alone",
        "of_code",
    ]
