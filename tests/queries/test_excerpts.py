import pytest

from wenma.errors import QueryError
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts


def test_a_passage_is_one_row_with_all_its_codes_coders_rules_and_words(small):
    row = small.ask(excerpts, document="甲").frame.query("start == 10").iloc[0]
    assert row["codes"] == "stage/resist; layer/technology/platform; layer/technology/sensing"
    assert row["coder"] == "rules:resilience@1.0; 李"
    assert row["rule"] == "r1; p1; s1" and row["evidence"] == "预警; 平台; 感知"
    assert row["excerpt"] == "甲第10字起的一句。" and row["section"] == "第一章 总则"


def test_only_the_codings_that_were_asked_for_are_named(small):
    row = small.ask(excerpts, document="甲", code="layer").frame.query("start == 10").iloc[0]
    assert row["codes"] == "layer/technology/platform; layer/technology/sensing"
    assert row["coder"] == "rules:resilience@1.0"


def test_passages_come_in_the_order_of_the_text(large):
    frame = large.ask(excerpts).frame
    order = {name: at for at, name in enumerate(large.documents["document"])}
    spots = frame[["document", "start", "end"]].itertuples(index=False)
    places = [(order[document], start, end) for document, start, end in spots]
    assert places == sorted(places) and len(set(places)) == len(places)


def test_a_code_stands_for_the_codes_under_it_unless_told_otherwise(small):
    assert len(small.ask(excerpts, code="layer/technology").frame) == 2
    assert len(small.ask(excerpts, code="layer/technology", children=False).frame) == 0


def test_the_second_code_must_stand_in_the_same_unit(small):
    frame = small.ask(excerpts, code="stage/resist", also="layer/technology").frame
    assert frame[["document", "unit"]].values.tolist() == [["甲", 0], ["甲", 1]]


def test_all_of_several_codes_must_stand_in_the_same_unit(small):
    both = ["layer/technology/sensing", "layer/technology/platform"]
    table = small.ask(excerpts, code="stage/resist", also=both)
    assert table.frame[["document", "unit"]].values.tolist() == [["甲", 1]]
    assert table.basis["also"] == "layer/technology/sensing; layer/technology/platform"


def test_only_what_stands_under_a_heading_is_shown(small):
    sections = ["2. 现状 › 2.1 抵御"] * 3 + ["12. 任务 › 12.1 吸收"] * 3 + ["2.10 恢复"] * 5
    codings = small.codings.assign(section=sections)

    def shown(heading):
        return set(excerpts(dataset(codings, codes=small.codes), under=heading).frame["section"])

    assert shown("2.1") == {sections[0]} and shown("2.10 恢复") == {sections[-1]}
    assert shown("任务") == {sections[3]}
    with pytest.raises(QueryError, match=r'Did you mean "2\.1 抵御"'):
        shown("2.1 抵抗")


def test_headings_are_shown_when_asked_for(small):
    assert len(small.ask(excerpts, code="stage/absorb").frame) == 0
    assert len(small.ask(excerpts, code="stage/absorb", headings=True).frame) == 1
    assert len(small.ask(excerpts, code="stage/absorb", kind="heading").frame) == 1


def test_a_rule_leads_to_the_passages_where_it_fired(small):
    assert small.ask(excerpts, rule="r2").frame["start"].tolist() == [0]
    assert small.ask(excerpts, rule="r1").frame["document"].tolist() == ["甲", "甲", "乙", "丙"]


def test_a_city_is_that_of_the_list_of_documents(small):
    small.documents.loc[small.documents["document"] == "乙", "city"] = "和槐市"
    frame = small.ask(excerpts, where={"city": "和槐市"}).frame
    assert frame["document"].tolist() == ["乙", "丙"] and set(frame["city"]) == {"和槐市"}


def test_a_city_without_codings_has_no_passages_but_is_no_mistake(small):
    assert len(small.ask(excerpts, where={"city": "浔汀市"}).frame) == 0


@pytest.mark.parametrize(
    ("filters", "cure"),
    [
        ({"code": "stage/resits"}, 'Did you mean "stage/resist"'),
        ({"also": "layers"}, 'Did you mean "layer"'),
        ({"where": {"city": "和槐"}}, 'Did you mean "和槐市"'),
        ({"kind": "headings"}, 'Did you mean "heading"'),
        ({"rule": "r9"}, "r1"),
        ({"document": "戊"}, "There are: 甲, 乙, 丙, 丁"),
    ],
)
def test_a_filter_on_something_unknown_names_what_is_there(small, filters, cure):
    with pytest.raises(QueryError, match=cure):
        small.ask(excerpts, **filters)


def test_the_filters_are_part_of_the_basis(small):
    basis = small.ask(excerpts, code="stage", where={"city": "璇江市"}).basis
    assert (basis["code"], basis["city"]) == ("stage", "璇江市")
