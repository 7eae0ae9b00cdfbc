"""People's work follows its words when a document changes, and is named where it cannot."""

import pytest

from tests.store.conftest import NOW, YAML, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.records import SETTLED
from wenma.store.annotations import decided_proposals, memos, settled_codes, tasks
from wenma.store.attribute_edits import case_spans
from wenma.store.coding_session import CodingSession, Settlement
from wenma.store.columns import coding_columns
from wenma.store.document_edits import Verdict, memo_on
from wenma.store.frames import codings_frame
from wenma.store.history import history
from wenma.study.task_units import shared_tasks

DOC, OTHER = "甲.txt", "甲.txt:1"
OLD = "一、任务\n加强预警和救援。\n储备物资。\n开展演练。"
NEW = "一、任务\n总体要求。\n加强预警和救援。\n开展演练。"
WARN, RESCUE = "stage/resist", "stage/absorb"


def at(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.fixture
def worked_on(project, keep):
    """A document with people's work of every kind on a sentence that stays and one that goes."""
    keep(make_document(text=OLD))
    keep(make_document(OTHER, text=OLD))
    lin, zhou = CodingSession(project, "林一"), CodingSession(project, "周二")
    for words in ("加强预警和救援。", "储备物资。"):
        start, end = at(OLD, words)
        lin.code(DOC, start, end, WARN, now=NOW)
        lin.decide([Verdict(DOC, start, end, RESCUE, "rules:small@1", "rejected")], now=NOW)
        lin.note(memo_on(DOC, (start, end, WARN)), f"关于{words}", now=NOW)
        zhou.set_case(DOC, start, end, "city", "溪州", now=NOW)
    lin.note(memo_on(OTHER, (5, 13, WARN)), "别的文件", now=NOW)
    lin.note(f"document:{DOC}", "整份", now=NOW)
    lin.assign("试编", ["林一", "周二"], [(DOC, 1), (DOC, 2), (DOC, 3)], now=NOW)
    for unit, codes in ((1, [RESCUE]), (2, [RESCUE]), (3, [])):
        zhou.judge("试编", DOC, unit, codes, now=NOW)
    zhou.settle([Settlement(DOC, 1, [WARN]), Settlement(DOC, 2, [])], "商定", now=NOW)
    return project


@pytest.fixture
def changed(worked_on, keep):
    keep(make_document(text=NEW), fingerprint="g")
    return worked_on


def test_what_stands_on_words_that_stay_goes_where_they_are(changed):
    start, end = at(NEW, "加强预警和救援。")
    mine = [one for one in changed.codings(DOC, coder="林一")]
    assert [(one.start, one.end, one.unit, one.code) for one in mine] == [(start, end, 2, WARN)]
    assert decided_proposals(changed, person="林一") == {(DOC, start, end, RESCUE): "rejected"}
    about = {key: text for key, _, text, _ in memos(changed)}
    assert about[memo_on(DOC, (start, end, WARN))] == "关于加强预警和救援。"
    assert about[f"document:{DOC}"] == "整份"
    assert about[memo_on(OTHER, (5, 13, WARN))] == "别的文件"
    assert [(one.start, one.end, one.value) for one in case_spans(changed)] == [
        (start, end, "溪州")
    ]


def test_answers_to_tasks_and_what_was_settled_go_with_their_units(changed):
    theirs = {(one.person, one.unit): bool(one.done) for one in tasks(changed)}
    assert theirs == {
        ("林一", 2): False, ("林一", 3): False, ("周二", 2): True, ("周二", 3): True,
    }  # fmt: skip
    assert shared_tasks(changed, ["周二"]) == {"试编": {(DOC, 2), (DOC, 3)}}
    assert settled_codes(changed) == {(DOC, 2): [WARN]}
    assert [one.code for one in changed.codings(DOC, coder=SETTLED)] == [WARN]


def test_what_stood_on_words_that_went_is_named_with_them(changed):
    lost = changed.unplaced()
    assert {one.words for one in lost} == {"储备物资。"} and {one.document for one in lost} == {DOC}
    assert sorted((one.table, one.person) for one in lost) == [
        ("assignment", "周二"), ("assignment", "林一"), ("case_span", "周二"), ("coding", "周二"),
        ("coding", "林一"), ("memo", "周二"), ("memo", "林一"), ("verdict", "林一"),
    ]  # fmt: skip
    (memo,) = [one for one in lost if one.table == "memo" and one.person == "林一"]
    assert memo.row["text"] == "关于储备物资。"


def test_columns_and_frames_say_the_same_after_it(changed):
    asked = coding_columns(changed, ["林一", "周二", "rules:small@1"])
    frame = codings_frame(changed, coder=["林一", "周二", "rules:small@1"])
    assert asked.start.tolist() == frame["start"].tolist()
    assert [NEW[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)
            if frame["document"][0] == DOC][:2] == ["加强预警和救援。"] * 2  # fmt: skip


def test_an_act_on_what_has_moved_since_cannot_be_undone(changed):
    before = [*changed.codings(DOC, coder="林一")]
    lin = CodingSession(changed, "林一")
    with pytest.raises(ProjectError, match="was changed by somebody else meanwhile"):
        lin.undo(now=NOW)  # the task, of which a unit is gone
    assert changed.codings(DOC, coder="林一") == before
    assert history(changed)[0][0].verb == "follow"


def test_two_marks_that_change_places_are_not_taken_for_each_other_by_undo(project, keep):
    keep(make_document(text="一、任务\n加强预警。\n储备物资。"))
    lin = CodingSession(project, "林一")
    lin.code(DOC, 5, 10, WARN, now=NOW)
    lin.code(DOC, 11, 16, WARN, now=NOW)
    keep(make_document(text="一、任务\n储备物资。\n加强预警。"), fingerprint="g")
    assert len(project.codings(DOC, coder="林一")) == 2
    with pytest.raises(ProjectError, match="changed by somebody else"):
        lin.undo(now=NOW)
    assert len(project.codings(DOC, coder="林一")) == 2


def test_new_work_on_a_changed_document_can_be_undone(changed):
    zhou = CodingSession(changed, "周二")
    zhou.code(DOC, *at(NEW, "总体"), WARN, now=NOW)
    assert zhou.undo(now=NOW).verb == "code"


def test_a_file_read_again_with_the_same_result_leaves_all_as_it_is(worked_on, keep):
    keep(make_document(text=OLD), codebook=parse_codebook(YAML.replace('"1"', '"2"')))
    acts = len(history(worked_on)[0])
    keep(make_document(text=OLD), fingerprint="g")
    assert len(history(worked_on)[0]) == acts and not worked_on.unplaced()
    assert worked_on.coders()["rules:small@2"] == 3  # the other version's codings stay too
