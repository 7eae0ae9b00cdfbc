import copy
import inspect
import pickle
from dataclasses import replace

import pytest

from wenma.errors import QueryError
from wenma.publish.table_files import table_content
from wenma.queries.cooccurrence import cooccurrence
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.frequency import frequency
from wenma.queries.matrix import matrix
from wenma.queries.table import COMMON, NAMES, Note, nearest, queries, query

BY = ("city", "plan", "period", "document")

EVERY = [one.name for one in queries()]


def test_the_registry_holds_each_query_under_its_own_name():
    assert tuple(EVERY) == NAMES
    for one in queries():
        assert one.function.__name__ == one.name
        assert one.summary.endswith(".") and len(one.summary) < 100


def test_every_query_takes_the_same_first_options_and_explains_the_others():
    for one in queries():
        names = list(inspect.signature(one.function).parameters)
        assert names[:3] == ["data", "by", "headings"]
        others = [name for name in names[3:] if name not in COMMON]
        assert [option.name for option in one.options] == others
        assert all(option.help for option in one.options)


def test_options_say_what_kind_of_answer_they_want():
    kinds = {option.name: option.kind for one in queries() for option in one.options}
    assert kinds["only"] == "list" and kinds["children"] == "flag" and kinds["size"] == "choice"


def test_an_unknown_query_is_answered_with_the_nearest():
    with pytest.raises(QueryError, match='Did you mean "frequency"'):
        query("frequncy")


@pytest.mark.parametrize("name", EVERY)
def test_an_unknown_grouping_is_refused(name, small):
    with pytest.raises(QueryError, match='Did you mean "city"'):
        small.ask(query(name).function, by="ctiy")


@pytest.mark.parametrize("by", [None, *BY])
@pytest.mark.parametrize("name", EVERY)
def test_without_any_coding_there_is_a_table_with_a_note_and_no_error(name, by, small):
    table = replace(small, codings=small.codings.iloc[:0]).ask(query(name).function, by=by)
    assert any("no codings" in note for note in table.notes)


# Themes are told from the codebook, not from what somebody happened to code; sentences drawn by a
# seed hold no indicators and are no copies of each other.
@pytest.mark.parametrize(
    "name",
    [o for o in EVERY if o not in ("alignment", "shift_pairs", "indicators", "copies", "reuse")],
)
def test_headings_and_groups_work_without_documents_and_without_codes(name, large):
    alone = replace(large, documents=None, codes=None)
    for by in BY if name == "differences" else (None, *BY):  # which are between groups
        for headings in (True, False):
            assert len(alone.ask(query(name).function, by=by, headings=headings).frame)


OF_WORDS = [
    *("agreement", "overall_agreement", "confusion_matrix", "nvivo_comparison"),
    *("disagreement_list", "words", "keyness", "kwic", "collocates", "reuse"),
]


@pytest.mark.parametrize("name", OF_WORDS)
def test_a_question_about_the_text_says_how_to_give_it(name, small):
    with pytest.raises(QueryError, match="Give units="):
        replace(small, units=None).ask(query(name).function)
    with pytest.raises(QueryError, match="no column text"):
        replace(small, units=small.units.drop(columns="text")).ask(query(name).function)


@pytest.mark.parametrize("by", [None, *BY])
@pytest.mark.parametrize("name", OF_WORDS)
def test_without_any_text_there_is_a_table_with_a_note_and_no_error(name, by, small):
    for documents, units in (
        (small.documents, small.units.iloc[:0]),
        (small.documents.iloc[:0], small.units),
        (None, small.units.iloc[:0]),
    ):
        table = replace(small, documents=documents, units=units).ask(query(name).function, by=by)
        assert not len(table.frame)
        assert any("no text to look at" in note for note in table.notes)
        assert all(table_content(table, "md", language=language) for language in ("zh", "en"))


@pytest.mark.parametrize("name", EVERY)
def test_a_frame_without_a_needed_column_is_refused_by_its_name(name, small):
    with pytest.raises(QueryError, match="no column unit"):
        replace(small, codings=small.codings.drop(columns="unit")).ask(query(name).function)


def test_codings_outside_the_codebook_are_left_out_and_said_so(small):
    codes = small.codes[small.codes["code"] != "stage/adapt"]
    table = frequency(dataset(small.codings, documents=small.documents, codes=codes))
    assert "stage/adapt" not in set(table.frame["code"])
    assert any("1 codings of codes that are not in the codebook" in note for note in table.notes)


def test_codings_of_documents_that_were_not_chosen_are_left_out_and_said_so(small):
    chosen = small.documents[small.documents["document"] == "丙"]
    table = frequency(dataset(small.codings, documents=chosen, codes=small.codes))
    assert table.frame.set_index("code").loc["stage", "references"] == 1
    assert any("9 codings of documents" in note for note in table.notes)


def test_a_group_without_a_name_is_a_group_and_its_door_opens(small):
    small.documents.loc[small.documents["city"] == "和槐市", "city"] = None
    table = small.ask(frequency, by="city")
    row = table.frame.query("group == '' and code == 'stage/adapt'").index[0]
    assert table.frame.loc[row, "references"] == 1
    assert len(small.ask(excerpts, **table.drill_through(row)).frame) == 1
    assert any("state no city" in note for note in table.notes)


def test_a_block_is_one_group_and_its_doors_lead_to_the_same_excerpts(small):
    table = small.ask(frequency, by="city")
    block = table.block("和槐市")
    assert set(block.frame["group"]) == {"和槐市"} and len(block.frame) == len(small.codes)
    assert block.drill_through(0) == {"code": "stage", "where": {"city": "和槐市"}}


def test_a_door_counts_as_its_table_did(small):
    assert small.ask(frequency, headings=True).drill_through(1) == {
        "code": "stage/resist",
        "headings": True,
    }
    door = small.ask(cooccurrence).drill_through(0)
    assert door == {"code": "stage/resist", "also": "stage/absorb", "children": False}
    assert small.ask(matrix, columns="city").drill_through(0) == {
        "code": "stage/resist",
        "where": {"city": "璇江市"},
    }


def test_the_basis_says_how_much_was_counted(small):
    basis = small.ask(frequency, by="city").basis
    assert basis == {
        "documents": "4",
        "codings": "10",
        "coders": "rules:resilience@1.0; 李",
        "headings": "left out",
        "by": "city",
    }


def test_a_note_survives_the_way_to_a_worker_in_both_languages():
    note = Note("There are no codings.", zh="没有编码。")
    for again in (pickle.loads(pickle.dumps(note)), copy.deepcopy(note)):
        assert (again, again.zh) == (note, "没有编码。")


def test_what_is_there_is_named_when_nothing_is_near():
    assert nearest("x", []) == "There are none"
    assert nearest("zzz", [f"code{i:02}" for i in range(20)]).endswith("code11 …")
