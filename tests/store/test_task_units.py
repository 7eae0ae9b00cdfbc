"""Agreement on a task is on its units: on others nobody was asked."""

import pytest
from wenma.errors import ProjectError
from wenma.queries.table import query
from wenma.store.coding_session import CodingSession
from wenma.store.task_units import on_task, on_units, shared_tasks
from wenma.study.opened_study import open_study

from tests.store.conftest import NOW, make_document

DOC, WARN, RESCUE = "甲.txt", "stage/resist", "stage/absorb"


@pytest.fixture
def twice(project, keep):
    """Two people coded unit 1 alike and unit 2 differently; 林 went on to a third alone."""
    keep(make_document(text="一、任务\n加强预警。\n储备物资。\n开展救援。\n其他工作。"))
    one, other = CodingSession(project, "林"), CodingSession(project, "周")
    one.assign("试", ["林", "周"], [(DOC, 1), (DOC, 2), (DOC, 3)], now=NOW)
    for desk, codes in ((one, [[WARN], [RESCUE], [RESCUE]]), (other, [[WARN], [WARN]])):
        for unit, given in enumerate(codes, start=1):
            desk.judge("试", DOC, unit, given, now=NOW)
    return project


def test_shared_are_the_units_everyone_has_done(twice):
    assert shared_tasks(twice, {"林", "周"}) == {"试": {(DOC, 1), (DOC, 2)}}
    assert shared_tasks(twice, {"林", "rules:small@1"}) == {"试": {(DOC, 1), (DOC, 2), (DOC, 3)}}
    assert shared_tasks(twice, {"林", "王"}) == {}


def test_agreement_is_counted_on_those_units_alone(twice):
    between = ("周", "林")
    whole = open_study(twice, coder=between, with_units=True, apart=True)
    study = on_task(twice, whole, "试", between)
    table = query("agreement").function(
        study.codings,
        documents=study.documents,
        codes=study.codes,
        units=study.units,
        between=between,
        draws=0,
    )
    row = table.frame.set_index("code").loc[WARN]
    assert (row["compared"], row["by_any"], row["by_all"]) == (2, 2, 1)
    assert row["agreed"] == 50


def test_a_task_they_do_not_share_is_told(twice):
    study = open_study(twice, coder=["林", "周"], with_units=True, apart=True)
    with pytest.raises(ProjectError, match="Tasks they share: 试"):
        on_task(twice, study, "别的", ["林", "周"])


def test_a_study_on_units_keeps_nothing_else(twice):
    study = on_units(open_study(twice, with_units=True), {(DOC, 3)})
    assert set(study.codings["unit"]) == {3} and list(study.units["unit"]) == [3]


def test_who_found_nothing_in_a_document_of_the_task_has_answered(project, keep):
    for name in ("甲.txt", "乙.txt"):
        keep(make_document(name))
    one, other = CodingSession(project, "林"), CodingSession(project, "周")
    one.assign("试", ["林", "周"], [("甲.txt", 1), ("乙.txt", 1)], now=NOW)
    # In 乙 only 林 sees something; in 甲 both do.
    for desk, codes in ((one, [[WARN], [WARN]]), (other, [[WARN], []])):
        for name, given in zip(("甲.txt", "乙.txt"), codes, strict=True):
            desk.judge("试", name, 1, given, now=NOW)
    between = ("林", "周")
    study = open_study(project, coder=between, with_units=True, apart=True)

    def row(of):
        table = query("agreement").function(
            of.codings, documents=of.documents, codes=of.codes, units=of.units, draws=0
        )
        return table.frame.set_index("code").loc[WARN], table.notes

    found, notes = row(on_task(project, study, "试", between))
    assert (found["compared"], found["by_any"], found["by_all"], found["agreed"]) == (2, 2, 1, 50)
    assert not any("Left out" in note for note in notes)
    # Without a task nobody knows whether 周 has read 乙 at all.
    found, notes = row(study)
    assert found["by_any"] == 1 and any("Left out: 1 documents" in note for note in notes)


def test_who_found_nothing_at_all_in_a_task_is_compared_all_the_same(project, where, keep):
    from wenma.cli.query_command import answer
    from wenma.store.annotations import at_work

    keep(make_document())
    one, other = CodingSession(project, "林"), CodingSession(project, "周")
    one.assign("试", ["林", "周"], [(DOC, 1)], now=NOW)
    one.judge("试", DOC, 1, [WARN], now=NOW)
    other.judge("试", DOC, 1, [], now=NOW)
    assert at_work(project) == ["rules:small@1", "林", "周"] and "周" not in project.coders()
    for coders in (None, ["林", "周"]):
        table, _ = answer(where, query("agreement"), coder=coders, task="试", draws=0)
        row = table.frame.set_index("code").loc[WARN]
        assert (row["compared"], row["by_any"], row["by_all"]) == (1, 1, 0)
        assert table.basis["coders"] == "林; 周"
