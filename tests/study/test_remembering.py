"""Answers that took long are given again, until something changes."""

import pytest

from tests.study.conftest import RULES, of_city
from wenma.queries.robustness import robustness
from wenma.queries.table import query
from wenma.study import remembering
from wenma.study.remembering import bytes_of, recall, table_of
from wenma.study.study import Study

LONG = {
    "robustness": {"of": ["stage"]},
    "agreement": {"coders": [RULES, "林一"], "resamples": 50},
    "reuse": {"least": 2},
}


def kept(study: Study) -> int:
    from wenma.store.schema import remembered

    rows = study.project.rows(remembered.select())
    return sum("outline" not in row.question for row in rows)


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """The names of the questions that were worked out and not recalled."""
    worked: list[str] = []
    real = remembering.remember

    def seen(project, asked, key, table):
        worked.append(asked.name)
        real(project, asked, key, table)

    monkeypatch.setattr(remembering, "remember", seen)
    return worked


def same(one, other) -> bool:
    return (
        one.frame.equals(other.frame)
        and one.frame.dtypes.equals(other.frame.dtypes)
        and [(n, n.zh) for n in one.notes] == [(n, n.zh) for n in other.notes]
        and dict(one.basis) == dict(other.basis)
        and dict(one.groups) == dict(other.groups)
        and dict(one.also) == dict(other.also)
    )


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("by", [None, "city"])
def test_the_second_answer_is_the_first_and_is_not_worked_out_again(decided, counted, name, by):
    options = LONG[name] | ({"by": by} if by else {})
    first = decided.ask(name, **options)
    assert kept(decided) == 1
    again = Study(decided.project).ask(name, **options)  # by a later process
    assert same(first, again) and counted == [name]


def test_another_question_is_another_answer(decided, counted):
    decided.ask("robustness", of=["stage"])
    decided.ask("robustness", of=["stage"], headings=True)
    decided.where(city="云州").ask("robustness", of=["stage"])
    decided.ask("robustness", of=["stage"], coder="reviewed")
    assert len(counted) == kept(decided) == 4


def test_after_an_act_the_answer_is_worked_out_again(decided, counted):
    decided.ask("agreement", **LONG["agreement"])
    with decided.session("林一") as session:
        session.code("丙.txt", 5, 13, "stage/resist")
    changed = decided.ask("agreement", **LONG["agreement"])
    assert len(counted) == 2
    with decided.session("林一") as session:
        session.undo()
    decided.ask("agreement", **LONG["agreement"])
    assert len(counted) == 3 and kept(decided) == 1
    assert not same(changed, decided.ask("agreement", **LONG["agreement"]))


def test_after_a_document_the_answer_is_worked_out_again(decided, keep, counted):
    decided.ask("robustness", of=["stage"])
    keep(of_city("丁.txt", "溪州"))
    decided.ask("robustness", of=["stage"])
    assert len(counted) == 2


def test_what_is_counted_quickly_is_not_kept(decided):
    decided.ask("frequency")
    assert kept(decided) == 0


def test_a_project_that_cannot_be_written_to_is_asked_all_the_same(decided, counted):
    if "postgresql" in decided.name:
        pytest.skip("closed here by a trigger of SQLite")
    with decided.project.exclusive() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER closed BEFORE INSERT ON remembered "
            "BEGIN SELECT RAISE(ABORT, '只读'); END"
        )
    first, again = (decided.ask("robustness", of=["stage"]) for _ in range(2))
    assert same(first, again) and len(first.frame)
    assert len(counted) == 2 and kept(decided) == 0


def test_a_table_comes_out_of_its_bytes_as_it_went_in(large):
    table = large.ask(robustness, of=["stage"])
    assert same(table, table_of(bytes_of(table)))


def test_only_what_is_slow_is_looked_for(decided):
    assert recall(decided.project, query("frequency"), ["frequency"]) is None
