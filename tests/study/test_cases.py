"""A passage that belongs to another city than its document is counted there by every question."""

import pytest

from tests.study.conftest import of_city
from wenma.errors import UsageError, WenmaError
from wenma.study.case_rules import BY_HEADINGS, BY_NAMES
from wenma.study.study import Study

TEXT = "一、总体\n加强预警。\n成都储备物资。\n深圳开展救援和预警。\n全国加强救援。"
"""A national plan whose third and fourth lines are about cities."""


@pytest.fixture
def plan(project, keep) -> Study:
    keep(of_city("国.txt", "全国", TEXT))
    return Study(project)


def cells(study: Study, **asked: object) -> dict[tuple[str, str], int]:
    frame = study.ask("frequency", by="city", **asked).frame
    return {(g, c): n for g, c, n in zip(frame["group"], frame["code"], frame["references"],
                                         strict=True) if c != "stage" and n}  # fmt: skip


def test_passages_found_by_name_are_counted_in_their_city_and_nowhere_else(plan):
    found = plan.find_cases("city", names=["成都", "深圳"])
    assert [(one.value, one.text) for one in found] == [
        ("成都", "成都储备物资。"), ("深圳", "深圳开展救援和预警。"),
    ]  # fmt: skip
    before = cells(plan)
    assert before == {("全国", "stage/resist"): 2, ("全国", "stage/absorb"): 3}
    with plan.session("林一") as session:
        session.keep_cases(found, origin=BY_NAMES)
        assert cells(plan) == {
            ("全国", "stage/resist"): 1, ("全国", "stage/absorb"): 1,
            ("成都", "stage/absorb"): 1,
            ("深圳", "stage/resist"): 1, ("深圳", "stage/absorb"): 1,
        }  # fmt: skip
        session.undo()
    assert cells(plan) == before


def test_cases_filter_and_cross_like_any_attribute(plan):
    with plan.session("林一") as session:
        session.keep_cases(plan.find_cases("city", names=["成都", "深圳"]), origin=BY_NAMES)
    assert cells(plan.where(city="深圳")) == {
        ("深圳", "stage/resist"): 1, ("深圳", "stage/absorb"): 1,
    }  # fmt: skip
    frame = plan.ask("matrix", rows=["city"], columns=["stage"]).frame
    assert frame["units"].sum() == 5
    excerpts = plan.where(city="成都").ask("excerpts").frame
    assert excerpts["excerpt"].tolist() == ["成都储备物资。"]
    words = plan.where(city="成都").ask("words", min_count=1, stop=False).frame
    assert "深圳" not in set(words["word"]) and "成都" in set(words["word"])


def test_the_cases_of_a_document_add_up_to_it(plan):
    whole = plan.documents()
    with plan.session("林一") as session:
        session.keep_cases(plan.find_cases("city", names=["成都", "深圳"]), origin=BY_NAMES)
    split = plan.dataset().cases
    assert len(split) == 3
    for count in ("units", "countable", "characters"):
        assert split[count].sum() == whole[count].sum(), count


def test_a_heading_gives_its_section_to_a_value(plan):
    found = plan.find_cases("dimension", headings={"一": "总体部分"})
    assert {(one.attribute, one.value) for one in found} == {("dimension", "总体部分")}
    with plan.session("林一") as session:
        session.keep_cases(found, origin=BY_HEADINGS)
    groups = plan.ask("frequency", by="dimension").frame["group"]
    assert "总体部分" in set(groups)


def test_a_case_by_hand_and_back(plan):
    start = TEXT.index("全国加强救援")
    with plan.session("林一") as session:
        session.set_case("国.txt", start, len(TEXT), "region", "西部")
        frame = plan.ask("frequency", by="region").frame
        assert set(frame["group"]) == {"", "西部"}
        session.remove_case("国.txt", start, len(TEXT), "region")
    with pytest.raises(WenmaError):
        plan.ask("frequency", by="region")


def test_without_a_rule_nothing_is_looked_for(plan):
    with pytest.raises(UsageError, match="no rule says") as error:
        plan.find_cases("city")
    assert "成都" in error.value.said("zh")
