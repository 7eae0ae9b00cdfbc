"""Who shares an unfinished task is shown nobody else's work by any way out of a study."""

import inspect
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.store.conftest import NOW
from tests.study.conftest import RULES, acting, spans, verdict
from wenma.errors import AccessError, WenmaError
from wenma.queries.table import queries, query
from wenma.records import Bilingual
from wenma.store.coding_session import CodingSession, Settlement
from wenma.study.access import Access
from wenma.study.choice import Choice
from wenma.study.remembering import SLOW
from wenma.study.study import Study

ASIDE = "stage/absorb"
SECRET = "周二的想法"
LIN = Access("林一", "coder")


@pytest.fixture
def shared(study: Study) -> Study:
    """周二 has done her half of a task, decided, noted and been settled; 林一 has done nothing."""
    task = [("甲.txt", 1), ("甲.txt", 2)]
    acting(study, "主管").assign("试", ["林一", "周二"], task, now=NOW)
    zhou = acting(study, "周二")
    for document, unit in task:
        zhou.judge("试", document, unit, [ASIDE], now=NOW)
    (first, *_) = spans(study, "乙.txt")
    zhou.decide([verdict("乙.txt", *first, "rejected")], now=NOW)
    zhou.note("document:甲.txt", SECRET, now=NOW)
    acting(study, "主管").settle([Settlement("甲.txt", 1, [ASIDE])], SECRET, now=NOW)
    acting(study, "王三").code("乙.txt", 14, 19, "stage/resist", now=NOW)
    return study


@pytest.fixture
def blind(shared: Study) -> Study:
    return shared.as_person(LIN)


def test_who_is_blind_is_told_whose_work_is_hidden(blind):
    assert blind.hidden == {"周二", "定稿"}
    assert "周二" not in blind.coders() and "定稿" not in blind.coders()
    assert {"王三", "reviewed", "decided", RULES} <= set(blind.coders())


@pytest.mark.parametrize("coder", ["周二", "定稿", ["王三", "周二"]])
def test_no_question_is_answered_by_who_is_hidden(blind, coder):
    for one in queries():
        with pytest.raises(AccessError) as error:
            blind.ask(one.name, coder=coder)
        assert "任务" in error.value.said("zh")
    with pytest.raises(AccessError):
        blind.ask("agreement", coders=["周二", RULES])
    with pytest.raises(AccessError):
        blind.figure("frequency_bars", coder=coder)
    with pytest.raises(AccessError):
        blind.claim("抵御 > 吸收", coder=coder)


@pytest.mark.parametrize("coder", ["reviewed", "decided"])
def test_reviewed_and_decided_are_as_if_who_is_hidden_had_done_nothing(shared, blind, coder):
    def seen(study: Study) -> list[list[object]]:
        table = study.ask("excerpts", coder=coder)
        return [*table.frame.astype(str).values.tolist(), [table.basis.get("decided")]]

    for_lin = seen(blind)
    assert for_lin != seen(shared)
    assert "周二" not in str(for_lin)
    for act in shared.history()[0]:
        if act.person == "周二":
            CodingSession(shared.project, "周二").undo(now=NOW)
    CodingSession(shared.project, "主管").undo(now=NOW)
    assert seen(blind) == for_lin == seen(shared)


def test_the_codings_of_a_document_are_not_shown(shared, blind):
    assert shared.codings("甲.txt", coder="周二")
    for coder in ("周二", "定稿"):
        with pytest.raises(AccessError):
            blind.codings("甲.txt", coder=coder)


def test_a_choice_made_by_hand_opens_nothing(shared, blind):
    choice, apart, _ = shared.choose(query("frequency"), "周二", None, None, {})
    assert isinstance(choice, Choice) and not apart
    with pytest.raises(AccessError):
        blind.dataset(choice)
    with pytest.raises(AccessError):
        blind.choice(coder="周二")


def test_an_answer_remembered_for_another_is_not_given(shared, blind):
    """robustness of `reviewed` differs by what is hidden; it is remembered for each."""
    asked = {
        "agreement": {"resamples": 0, "coders": [RULES, "王三"]},
        "robustness": {"coder": "reviewed", "of": ["stage"]},
        "reuse": {"coder": "reviewed"},
    }
    assert {*asked} == {*SLOW}
    for name, options in asked.items():
        first = shared.ask(name, **options)
        seen = blind.ask(name, **options)
        fresh = shared.as_person(LIN).ask(name, **options)
        assert seen.frame.equals(fresh.frame)
        assert ("周二" in str(first.basis)) == (name == "robustness")
        assert "周二" not in str([seen.basis, seen.notes, seen.frame.to_dict()])


def test_history_holds_neither_their_acts_nor_acts_on_their_work(shared, blind):
    acts, _ = blind.history()
    assert {one.person for one in acts} == {"主管", "王三"}
    assert [one.verb for one in acts] == ["code", "assign"]
    assert [one.verb for one in blind.history(most=1)[0]] == ["code"]
    lines = blind.history_lines()
    assert SECRET not in lines and '"settle"' not in lines and '"judge"' not in lines
    assert SECRET in shared.history_lines()


def test_a_pack_and_a_report_and_figures_hold_nothing_of_theirs(shared, blind, tmp_path: Path):
    told = blind.export(tmp_path / "包.zip")
    assert "周二" not in told["people"] and told["hidden"] == ["周二", "定稿"]
    with zipfile.ZipFile(tmp_path / "包.zip") as pack:
        inside = {name: pack.read(name) for name in pack.namelist()}
    with zipfile.ZipFile(BytesIO(inside.pop("project.qdpx"))) as refi:
        inside |= {f"qdpx {name}": refi.read(name) for name in refi.namelist()}
    assert blind.export(tmp_path / "研究.qdpx")["hidden"] == ["周二", "定稿"]
    with zipfile.ZipFile(tmp_path / "研究.qdpx") as refi:
        inside["alone"] = refi.read("project.qde")
    members = {name: content.decode() for name, content in inside.items()}
    assert "王三" in members["alone"] and "王三" in members["codings_by_people.csv"]
    rows = [json.loads(line) for line in members["people.jsonl"].splitlines()]
    assert {"王三", "主管"} >= {one.get("person", one.get("coder", "王三")) for one in rows}
    blind.report(tmp_path / "报告.html")
    members["report"] = (tmp_path / "报告.html").read_text(encoding="utf-8")
    for name, text in members.items():
        assert "周二" not in text and SECRET not in text and "定稿" not in text, name
    shared.export(tmp_path / "全.zip")
    with zipfile.ZipFile(tmp_path / "全.zip") as pack:
        assert SECRET in pack.read("people.jsonl").decode()


def test_a_copy_of_all_is_not_for_who_must_not_see_all(shared, tmp_path: Path):
    supervisor = shared.as_person(Access("林一", "supervisor"))
    with pytest.raises(AccessError):
        supervisor.copy_to(tmp_path / "副本.db")
    assert not (tmp_path / "副本.db").exists()
    assert shared.copy_to(tmp_path / "副本.db")[1]["coding"] > 0


def test_blindness_begins_with_the_task_and_ends_with_it_while_the_study_is_open(shared, blind):
    assert "周二" in blind.hidden
    for unit in (1, 2):
        acting(shared, "林一").judge("试", "甲.txt", unit, [ASIDE], now=NOW)
    assert blind.hidden == frozenset()
    assert blind.ask("agreement", coders=["林一", "周二"], resamples=0).basis["coders"]
    acting(shared, "主管").assign("再试", ["林一", "周二"], [("丙.txt", 1)], now=NOW)
    with pytest.raises(AccessError):
        blind.ask("frequency", coder="周二")


def test_who_has_no_name_sees_nobodys_part_of_an_unfinished_task(shared):
    nameless = shared.as_person(Access("", "supervisor"))
    assert {"林一", "周二"} <= nameless.hidden
    assert shared.hidden == frozenset()  # who holds the file itself


def test_every_way_into_a_study_is_closed_to_who_has_no_role(shared, tmp_path: Path):
    nobody = Access("林一", None, Bilingual(zh="缘由", en="why"))
    with pytest.raises(AccessError) as error:
        shared.as_person(nobody)
    assert error.value.said("zh") == "缘由"
    with pytest.raises(AccessError):
        Study(shared.project, nobody)
    with pytest.raises(AccessError):
        Study.open(tmp_path / "nothing.db", access=nobody)


READS = {
    "documents", "find_cases", "document_ids", "document", "units", "where", "attributes",
    "choose", "coders", "close", "forget", "given", "open", "create", "name", "as_person",
    "try_codebook", "session", "codebook", "codebooks", "cases", "guesses", "region_corrections",
    "damages", "change_token", "page_picture",
}  # fmt: skip
"""What tells of documents, codes and rules only, or is tested elsewhere."""
TESTED = {
    "ask", "claim", "codings", "dataset", "hidden", "figure", "report", "export", "history",
    "history_lines", "copy_to", "choice",
}  # fmt: skip
ACTS = {"add", "code", "revise", "assign"}
"""Need a role, and show nothing (tests/study/test_session.py)."""


def test_every_public_way_out_of_a_study_is_one_of_those_tested():
    public = {name for name in vars(Study) if not name.startswith("_")}
    fields = {name for name in inspect.signature(Study).parameters if not name.startswith("_")}
    assert public - fields == (READS | TESTED | ACTS) - fields


def test_what_is_open_to_the_blind_names_nobody(blind):
    assert "周二" not in str(blind.documents().to_dict())
    assert "周二" not in str(blind.attributes()) + str(blind.document("甲.txt"))
    assert "周二" not in str(blind.codebook()) + str(blind.codebooks()) + str(blind.cases())
    assert "周二" not in str(blind.guesses()) + str(blind.damages()) + str(blind.change_token())
    with pytest.raises(WenmaError) as error:
        blind.ask("frequency", coder="无此人")
    assert "周二" not in str(error.value)
