"""A person's acts: each asks for its role, whoever calls it, and can be undone."""

import inspect
from collections.abc import Callable

import pytest

from tests.store.conftest import YAML
from tests.study.conftest import RULES, spans, verdict
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import AccessError, ProjectError, WenmaError
from wenma.sources.guesses.guess import Guess
from wenma.store.coding_session import Settlement
from wenma.store.edit_log import Act
from wenma.study.access import ROLES, Access
from wenma.study.case_rules import FoundCase
from wenma.study.guessed import Offer
from wenma.study.session import Session
from wenma.study.study import Study

DOC, WARN, RESCUE = "甲.txt", "stage/resist", "stage/absorb"
Do = Callable[[Session], object]


def proposal(session: Session) -> object:
    return session.study.project.codings(DOC, coder=RULES)[0]


ACTS: dict[str, tuple[str, Do]] = {
    "code": ("coder", lambda s: s.code(DOC, 5, 9, RESCUE)),
    "uncode": ("coder", lambda s: s.uncode(DOC, 5, 13, WARN)),
    "recode": ("coder", lambda s: s.recode(DOC, 5, 13, WARN, RESCUE)),
    "extend": ("coder", lambda s: s.extend(DOC, 5, 13, WARN, 5, 12)),
    "split": ("coder", lambda s: s.split(DOC, 5, 13, WARN, 7)),
    "merge": ("coder", lambda s: s.merge(DOC, [(5, 13), (14, 19)], WARN)),
    "accept": ("coder", lambda s: s.accept(proposal(s))),
    "reject": ("coder", lambda s: s.reject(proposal(s))),
    "decide": ("coder", lambda s: s.decide([verdict(DOC, *spans(s.study, DOC)[0], "rejected")])),
    "note": ("coder", lambda s: s.note("project:", "记下")),
    "judge": ("coder", lambda s: s.judge("试", DOC, 1, [WARN])),
    "assign": ("supervisor", lambda s: s.assign("再试", ["林一"], [(DOC, 1)])),
    "settle": ("supervisor", lambda s: s.settle([Settlement(DOC, 1, [WARN])], "定")),
    "correct": ("supervisor", lambda s: s.correct(DOC, "city", "海州")),
    "accept_guesses": (
        "supervisor",
        lambda s: s.accept_guesses([Offer(DOC, Guess("city", "海州", "海州", "title"))]),
    ),
    "correct_all": ("supervisor", lambda s: s.correct_all([(DOC, "city", "海州")])),
    "set_case": ("supervisor", lambda s: s.set_case(DOC, 5, 13, "city", "海州")),
    "keep_cases": (
        "supervisor",
        lambda s: s.keep_cases([FoundCase(DOC, 5, 13, "city", "海州", "")], origin="rule:names"),
    ),
    "remove_case": ("supervisor", lambda s: s.remove_case(DOC, 14, 19, "city")),
    "remove_cases": ("supervisor", lambda s: s.remove_cases(s.study.cases())),
    "undo": ("coder", lambda s: s.undo()),
    "redo": ("coder", lambda s: s.redo()),
}
"""Every act a session knows, the least role it needs, and how it is done to `ready`."""


@pytest.fixture
def ready(study: Study) -> Study:
    """林一 has coded two lines, has a task, and one act taken back; a passage is a case."""
    with study.session("林一") as session:
        session.assign("试", ["林一"], [(DOC, 1)])
        session.set_case(DOC, 14, 19, "city", "海州")
        session.code(DOC, 5, 13, WARN)
        session.code(DOC, 14, 19, WARN)
        session.code("丙.txt", 5, 13, WARN)
        session.undo()
    return study


def test_the_table_of_roles_has_every_act():
    public = {n for n, one in inspect.getmembers(Session, callable) if not n.startswith("_")}
    assert public - {"next_back"} == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ROLES)
def test_each_act_asks_for_its_role_and_changes_nothing_without_it(ready, act, role):
    least, do = ACTS[act]
    session = ready.as_person(Access("林一", role)).session()
    before = ready.history_lines()
    if ROLES.index(role) < ROLES.index(least):
        with pytest.raises(AccessError) as error:
            do(session)
        assert error.value.said("zh") != error.value.said("en")
        assert ready.history_lines() == before
    else:
        assert isinstance(do(session), Act)
        assert ready.history_lines() != before


@pytest.mark.parametrize("act", [one for one in ACTS if one not in ("undo", "redo")])
def test_each_act_can_be_taken_back(ready, act):
    def kept() -> list[object]:
        table = ready.ask("frequency", by="city", coder="reviewed")
        coded = ready.project.codings(DOC, coder="林一")
        return [coded, ready.documents().to_dict("list"), table.frame.to_dict("list")]

    before = kept()
    with ready.session("林一") as session:
        ACTS[act][1](session)
        session.undo()
    assert kept() == before


def test_what_a_supervisor_did_is_not_taken_back_by_who_is_none_any_more(ready):
    supervisor = ready.as_person(Access("林一", "supervisor")).session()
    supervisor.correct(DOC, "city", "海州")
    with pytest.raises(AccessError):
        ready.as_person(Access("林一", "coder")).session().undo()
    assert ready.document(DOC).city == "海州"
    supervisor.undo()
    with pytest.raises(AccessError):
        ready.as_person(Access("林一", "coder")).session().redo()
    assert ready.document(DOC).city == "云州"


STUDY_ACTS: dict[str, Callable[[Study], object]] = {
    "add": lambda study: study.add("没有"),
    "code": lambda study: study.code(),
    "revise": lambda study: study.revise(
        study.try_codebook(parse_codebook(YAML.replace('"1"', '"2"')))
    ),
    "assign": lambda study: study.assign("新", ["林一"], units=1),
    "copy_to": lambda study: study.copy_to("没有.db"),
}


@pytest.mark.parametrize("act", STUDY_ACTS)
@pytest.mark.parametrize("role", ["reader", "coder"])
def test_what_changes_a_whole_study_is_for_supervisors(study, act, role):
    before = study.history_lines()
    with pytest.raises(AccessError):
        STUDY_ACTS[act](study.as_person(Access("林一", role)))
    assert study.history_lines() == before


def test_nobody_acts_under_anothers_name(study):
    lin = study.as_person(Access("林一", "supervisor"))
    with pytest.raises(AccessError, match="may not act as 周二"):
        lin.session("周二")
    revision = lin.try_codebook(parse_codebook(YAML.replace('"1"', '"2"')))
    with pytest.raises(AccessError, match="may not act as 周二"):
        lin.revise(revision, person="周二")
    with pytest.raises(AccessError, match="may not act as 周二"):
        lin.assign("试", ["周二"], units=1, assigned_by="周二")
    with pytest.raises(ProjectError):
        study.session()  # whoever holds the file has a name to give


def test_a_supervisor_gives_a_task_to_others_under_the_own_name(study):
    lin = study.as_person(Access("林一", "supervisor"))
    lin.assign("试", ["周二", "王三"], units=2)
    (act, *_) = study.history()[0]
    assert (act.person, act.verb) == ("林一", "assign")


def test_after_an_act_the_next_answer_counts_it(study):
    before = study.ask("frequency", coder="reviewed").frame.set_index("code")["references"]
    lin = study.as_person(Access("林一", "coder"))
    warm = lin.ask("frequency", coder="reviewed").frame.set_index("code")["references"]
    assert warm.equals(before)
    with study.session("周二") as session:
        session.reject(study.codings(DOC, coder=RULES)[0])
    for one in (study, lin):  # in whichever study it was warm
        after = one.ask("frequency", coder="reviewed").frame.set_index("code")["references"]
        assert int(before.sum() - after.sum()) > 0


def test_a_frame_that_was_given_out_is_not_the_one_that_is_kept(study):
    frame = study.documents()
    frame["city"] = "改了"
    assert set(study.documents()["city"]) == {"云州", "溪州"}


def test_what_cannot_be_done_is_told_in_both_languages_and_changes_nothing(ready):
    before = ready.history_lines()
    with ready.session("林一") as session:
        for do in (
            lambda: session.uncode(DOC, 0, 4, WARN),
            lambda: session.code(DOC, 5, 999, WARN),
            lambda: session.code(DOC, 5, 9, "stage/none"),
            lambda: session.judge("没有", DOC, 1, []),
            lambda: session.correct("没有.txt", "city", "海州"),
            lambda: session.set_case(DOC, 9, 5, "city", "海州"),
        ):
            with pytest.raises(WenmaError) as error:
                do()
            assert error.value.said("zh") != error.value.said("en")
    assert ready.history_lines() == before
