"""A person codes, reviews and takes back; the history and the store say the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.conftest import NOW, YAML, cut, make_document
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.records import SETTLED
from wenma.store import schema
from wenma.store.annotations import blind_to, decided_proposals, memos, settled_units, tasks
from wenma.store.attribute_edits import Case, Correction
from wenma.store.coding_session import CodingSession, Settlement
from wenma.store.document_edits import Verdict, memo_on
from wenma.store.history import history, history_lines
from wenma.store.keyed_rows import KEYS, PEOPLES, VALUES
from wenma.store.project import Project

LATER = "2026-11-25T09:00:00+00:00"
BOOK = parse_codebook(YAML)
WARN, RESCUE = "stage/resist", "stage/absorb"
# Versions of the codebook are put to use by runs too, outside of acts.
DOC = "甲.txt"  # 一、任务 / 加强预警和救援。/ 储备物资。


@pytest.fixture
def desk(project, keep) -> CodingSession:
    keep(make_document())
    return CodingSession(project, "林")


CHANGED = (*PEOPLES, "attribute", "case_span")


def state(project: Project) -> dict[str, list[tuple]]:
    """All people have put into the project, as rows."""
    found = {}
    for name in CHANGED:
        table = getattr(schema, name)
        query = table.select()
        if name == "attribute":
            query = query.where(table.c.stated == "")
        if name == "coding":
            query = query.where(table.c.coder.not_like("rules:%"))
        columns = (*KEYS[name], *VALUES[name])
        rows = [tuple(row._mapping[column] for column in columns) for row in project.rows(query)]
        found[name] = sorted(rows, key=repr)
    return found


def mine(desk: CodingSession) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.code) for one in desk.project.codings(DOC, coder=desk.person)]


def test_a_coding_stands_on_its_characters_and_in_its_unit(desk):
    desk.code(DOC, 7, 9, WARN, now=NOW)
    (one,) = desk.project.codings(DOC, coder="林")
    assert make_document().text[one.start : one.end] == "预警"
    assert (one.unit, one.evidence) == (1, ())
    desk.code(DOC, 7, 17, RESCUE, now=NOW)
    assert [one.unit for one in desk.project.codings(DOC, coder="林")] == [1, -1]


def test_rules_codings_are_never_touched(desk):
    before = desk.project.codings(DOC, coder="rules:small@1")
    desk.code(DOC, 7, 9, WARN, now=NOW)
    desk.uncode(DOC, 7, 9, WARN, now=NOW)
    with pytest.raises(ProjectError, match="you have no coding"):
        desk.uncode(DOC, before[0].start, before[0].end, before[0].code, now=NOW)
    assert desk.project.codings(DOC, coder="rules:small@1") == before


def test_recode_extend_split_merge_and_the_way_back(desk):
    desk.code(DOC, 5, 9, WARN, now=NOW)
    desk.recode(DOC, 5, 9, WARN, RESCUE, now=NOW)
    desk.extend(DOC, 5, 9, RESCUE, 5, 13, now=NOW)
    desk.split(DOC, 5, 13, RESCUE, 9, now=NOW)
    assert mine(desk) == [(5, 9, RESCUE), (9, 13, RESCUE)]
    desk.merge(DOC, [(5, 9), (9, 13)], RESCUE, now=NOW)
    assert mine(desk) == [(5, 13, RESCUE)]
    seen = []
    while desk.undo(now=LATER):
        seen.append(mine(desk))
    assert seen == [
        [(5, 9, RESCUE), (9, 13, RESCUE)],
        [(5, 13, RESCUE)],
        [(5, 9, RESCUE)],
        [(5, 9, WARN)],
        [],
    ]
    while desk.redo(now=LATER):
        pass
    assert mine(desk) == [(5, 13, RESCUE)]


def test_accepting_makes_it_ones_own_and_rejecting_says_why(desk):
    proposals = desk.project.codings(DOC, coder="rules:small@1")
    first, second = proposals[0], proposals[1]
    desk.decide(
        [
            Verdict(*_of(first), verdict="accepted"),
            Verdict(*_of(second), verdict="rejected", reason="只是套语", instead=(10, 12, WARN)),
        ],
        now=NOW,
    )
    assert mine(desk) == [(first.start, first.end, first.code), (10, 12, WARN)]
    assert decided_proposals(desk.project, person="林", document=DOC) == {
        (DOC, first.start, first.end, first.code): "accepted",
        (DOC, second.start, second.end, second.code): "rejected",
    }
    assert decided_proposals(desk.project, person="周") == {}
    desk.decide([Verdict(*_of(first), verdict="rejected")], now=NOW)  # thought better of it
    assert mine(desk) == [(10, 12, WARN)]
    desk.undo(now=LATER)
    desk.undo(now=LATER)
    assert (mine(desk), decided_proposals(desk.project, person="林")) == ([], {})


def test_a_verdict_outlives_the_version_of_the_rules(desk, keep):
    first = desk.project.codings(DOC, coder="rules:small@1")[0]
    desk.decide([Verdict(*_of(first), verdict="accepted")], now=NOW)
    keep(make_document(), codebook=parse_codebook(YAML.replace('"1"', '"2"')))
    assert decided_proposals(desk.project, person="林")[DOC, first.start, first.end, first.code]
    assert mine(desk) == [(first.start, first.end, first.code)]


def test_many_at_once_are_all_or_nothing(desk):
    proposals = desk.project.codings(DOC, coder="rules:small@1")
    good = [Verdict(*_of(one), verdict="accepted") for one in proposals]
    bad = Verdict(DOC, 0, 10_000, WARN, "rules:small@1", "accepted")
    before = state(desk.project)
    with pytest.raises(ProjectError, match="is no span"):
        desk.decide([*good, bad], now=NOW)
    assert state(desk.project) == before
    assert history(desk.project) == ([], set())


def test_who_undoes_what_another_has_changed_is_told(desk):
    """In two tabs of one person: the second sees that the first changed it."""
    desk.code(DOC, 7, 9, WARN, now=NOW)
    other_tab = CodingSession(desk.project, "林")
    other_tab.uncode(DOC, 7, 9, WARN, now=NOW)
    with pytest.raises(ProjectError, match="you have no coding"):
        desk.recode(DOC, 7, 9, WARN, RESCUE, now=NOW)
    assert mine(desk) == []


def test_each_takes_back_only_what_is_theirs(desk):
    other = CodingSession(desk.project, "周")
    desk.code(DOC, 7, 9, WARN, now=NOW)
    other.code(DOC, 7, 9, WARN, now=NOW)
    assert desk.undo(now=LATER).verb == "code"
    assert desk.undo(now=LATER) is None
    assert [one.coder for one in desk.project.codings(DOC, coder="周")] == ["周"]


def test_undo_lives_through_closing_the_file(tmp_path):
    where = tmp_path / "p.db"
    with Project.open(where, create=True) as project:
        _fill(project)
        CodingSession(project, "林").code(DOC, 7, 9, WARN, now=NOW)
    with Project.open(where) as project:
        assert CodingSession(project, "林").undo(now=LATER)
        assert project.codings(DOC, coder="林") == []


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda desk: desk.code(DOC, 3, 3, WARN, now=NOW), "is no span"),
        (lambda desk: desk.code(DOC, -1, 3, WARN, now=NOW), "is no span"),
        (lambda desk: desk.code(DOC, 0, 999, WARN, now=NOW), "is no span"),
        (lambda desk: desk.code("丙.txt", 0, 2, WARN, now=NOW), "has no document"),
        (lambda desk: desk.code(DOC, 0, 2, "stage/nothing", now=NOW), "has no code"),
        (lambda desk: desk.split(DOC, 0, 2, WARN, 2, now=NOW), "cannot be split"),
        (lambda desk: desk.merge(DOC, [(0, 2)], WARN, now=NOW), "cannot be merged"),
        (lambda desk: desk.note("moon", "?", now=NOW), "can have no memo"),
        (lambda desk: desk.note("project", "长" * 100_001, now=NOW), "at most 100,000"),
        (lambda desk: desk.decide([], now=NOW), "nothing to decide"),
        (lambda desk: CodingSession(desk.project, " "), "has no name"),
        (lambda desk: CodingSession(desk.project, "rules:x@1"), "no person's name"),
        (lambda desk: CodingSession(desk.project, "reviewed"), "no person's name"),
        (lambda desk: CodingSession(desk.project, SETTLED), "no person's name"),
        (lambda desk: CodingSession(desk.project, "名" * 10_000), "at most 60"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk, act, message):
    before = state(desk.project)
    with pytest.raises(ProjectError, match=message):
        act(desk)
    assert state(desk.project) == before


def test_a_span_coded_twice_alike_is_refused(desk):
    desk.code(DOC, 7, 9, WARN, now=NOW)
    with pytest.raises(ProjectError, match="already"):
        desk.code(DOC, 7, 9, WARN, now=NOW)


def test_memos_are_kept_changed_and_taken_away(desk):
    desk.note(f"document:{DOC}", "<script>存疑</script>", now=NOW)
    desk.note(f"document:{DOC}", "不再存疑", now=LATER)
    assert memos(desk.project) == [(f"document:{DOC}", "林", "不再存疑", LATER)]
    desk.note(f"document:{DOC}", "", now=LATER)
    assert memos(desk.project) == []
    desk.undo(now=LATER)
    assert memos(desk.project)[0][2] == "不再存疑"


def noted(desk: CodingSession) -> dict[tuple[int, int, str], str]:
    """What is written on one's codings; every memo must be on one of them."""
    found = {about: text for about, who, text, _ in memos(desk.project) if who == desk.person}
    on = {place: found.pop(memo_on(DOC, place), "") for place in mine(desk)}
    assert not found
    return on


def test_a_memo_follows_its_coding_wherever_it_goes_and_back(desk):
    desk.code(DOC, 5, 9, WARN, now=NOW)
    desk.note(memo_on(DOC, (5, 9, WARN)), "存疑", now=NOW)
    desk.extend(DOC, 5, 9, WARN, 5, 13, now=LATER)
    assert noted(desk) == {(5, 13, WARN): "存疑"}
    assert memos(desk.project)[0][3] == NOW  # it was not written again
    desk.recode(DOC, 5, 13, WARN, RESCUE, now=LATER)
    desk.split(DOC, 5, 13, RESCUE, 9, now=LATER)
    assert noted(desk) == {(5, 9, RESCUE): "存疑", (9, 13, RESCUE): "存疑"}
    desk.note(memo_on(DOC, (9, 13, RESCUE)), "另议", now=LATER)
    desk.merge(DOC, [(5, 9), (9, 13)], RESCUE, now=LATER)
    assert noted(desk) == {(5, 13, RESCUE): "存疑\n\n另议"}
    seen = []
    while desk.undo(now=LATER):
        seen.append(noted(desk))
    assert seen == [
        {(5, 9, RESCUE): "存疑", (9, 13, RESCUE): "另议"},
        {(5, 9, RESCUE): "存疑", (9, 13, RESCUE): "存疑"},
        {(5, 13, RESCUE): "存疑"},
        {(5, 13, WARN): "存疑"},
        {(5, 9, WARN): "存疑"},
        {(5, 9, WARN): ""},
        {},
    ]
    while desk.redo(now=LATER):
        pass
    assert noted(desk) == {(5, 13, RESCUE): "存疑\n\n另议"}


def test_a_split_taken_together_again_has_its_memo_once(desk):
    desk.code(DOC, 5, 13, WARN, now=NOW)
    desk.note(memo_on(DOC, (5, 13, WARN)), "存疑", now=NOW)
    desk.split(DOC, 5, 13, WARN, 9, now=NOW)
    desk.merge(DOC, [(5, 9), (9, 13)], WARN, now=LATER)
    assert noted(desk) == {(5, 13, WARN): "存疑"}


def test_what_is_merged_into_a_coding_around_it_leaves_that_with_both_memos(desk):
    for span, text in (((5, 13), "外"), ((7, 9), "内")):
        desk.code(DOC, *span, WARN, now=NOW)
        desk.note(memo_on(DOC, (*span, WARN)), text, now=NOW)
    desk.merge(DOC, [(7, 9), (5, 13)], WARN, now=NOW)
    assert noted(desk) == {(5, 13, WARN): "外\n\n内"}
    desk.undo(now=LATER)
    assert noted(desk) == {(5, 13, WARN): "外", (7, 9, WARN): "内"}


def test_a_memo_already_there_is_kept_and_others_memos_stay_theirs(desk):
    other = CodingSession(desk.project, "周")
    desk.code(DOC, 5, 9, WARN, now=NOW)
    desk.note(memo_on(DOC, (5, 9, WARN)), "新", now=NOW)
    desk.note(memo_on(DOC, (5, 13, WARN)), "旧", now=NOW)
    other.note(memo_on(DOC, (5, 9, WARN)), "周写的", now=NOW)
    desk.extend(DOC, 5, 9, WARN, 5, 13, now=LATER)
    assert noted(desk) == {(5, 13, WARN): "旧\n\n新"}
    assert (memo_on(DOC, (5, 9, WARN)), "周", "周写的", NOW) in memos(desk.project)
    assert other.undo(now=LATER).verb == "note"  # which needs the memo to be where it was


def test_memos_too_long_together_are_refused_and_nothing_moves(desk):
    for span in ((5, 9), (9, 13)):
        desk.code(DOC, *span, WARN, now=NOW)
        desk.note(memo_on(DOC, (*span, WARN)), str(span) + "长" * 60_000, now=NOW)
    before = state(desk.project)
    with pytest.raises(ProjectError, match="together have more than 100,000"):
        desk.merge(DOC, [(5, 9), (9, 13)], WARN, now=LATER)
    assert state(desk.project) == before


def test_the_history_says_who_did_what_when_and_is_only_added_to(desk):
    desk.code(DOC, 7, 9, WARN, now=NOW)
    desk.undo(now=LATER)
    acts, holding = history(desk.project)
    assert [(act.person, act.kind, act.verb, act.at) for act in acts] == [
        ("林", "undo", "code", LATER),
        ("林", "do", "code", NOW),
    ]
    assert holding == set()
    lines = [json.loads(line) for line in history_lines(desk.project).splitlines()]
    assert lines[0]["edits"][0]["key"] == [DOC, "林", 7, 9, WARN]
    assert lines[1]["of"] == lines[0]["number"]


def test_people_keep_their_words_when_the_units_change(desk, codebook):
    desk.code(DOC, 7, 9, WARN, now=NOW)
    document = make_document()
    halves = [unit._replace(number=unit.number + 1) for unit in cut(document)]
    desk.project.keep(
        document, halves, [], codebook=codebook, unit_size="clause", fingerprint="f",
        position=0, now=NOW,
    )  # fmt: skip
    assert [one.unit for one in desk.project.codings(DOC, coder="林")] == [2]


def test_a_task_gives_each_the_same_units_blind_until_both_are_done(desk):
    units = [(DOC, 1), (DOC, 2)]
    other = CodingSession(desk.project, "周")
    desk.assign("试编码", ["林", "周"], units, now=NOW)
    assert [(one.document, one.unit) for one in tasks(desk.project, person="周")] == units
    assert blind_to(desk.project, "林") == {"周"} and blind_to(desk.project, "王") == set()
    desk.judge("试编码", DOC, 1, [WARN, RESCUE], now=NOW)
    desk.judge("试编码", DOC, 1, [RESCUE], now=NOW)  # thought better of it
    desk.judge("试编码", DOC, 2, [], now=NOW)  # nothing is an answer too
    assert [one.code for one in desk.project.codings(DOC, coder="林")] == [RESCUE]
    assert [bool(one.done) for one in tasks(desk.project, person="林")] == [True, True]
    assert blind_to(desk.project, "林") == {"周"}
    other.judge("试编码", DOC, 1, [WARN], now=NOW)
    other.judge("试编码", DOC, 2, [], now=NOW)
    assert blind_to(desk.project, "林") == set()
    other.undo(now=LATER)
    assert blind_to(desk.project, "林") == {"周"}


def test_a_task_is_refused_whole(desk):
    desk.assign("一", ["林"], [(DOC, 1)], now=NOW)
    with pytest.raises(ProjectError, match="there is a task '一' already"):
        desk.assign("一", ["周"], [(DOC, 1)], now=NOW)
    with pytest.raises(ProjectError, match="no person's name"):
        desk.assign("二", ["周", "rules:small@1"], [(DOC, 1)], now=NOW)
    with pytest.raises(ProjectError, match="no part of your task"):
        desk.judge("一", DOC, 2, [], now=NOW)
    assert {one.task for one in tasks(desk.project)} == {"一"}


def test_what_is_settled_is_a_coding_of_its_own_with_a_note(desk):
    desk.settle([Settlement(DOC, 1, [WARN])], "按定义", now=NOW)
    assert [one.code for one in desk.project.codings(DOC, coder=SETTLED)] == [WARN]
    desk.settle([Settlement(DOC, 1, [])], "", now=LATER)
    assert desk.project.codings(DOC, coder=SETTLED) == []
    assert memos(desk.project) == [(f"unit:{DOC}:1", "林", "—", LATER)]
    desk.undo(now=LATER)
    assert memos(desk.project)[0][2] == "按定义"
    assert [one.code for one in desk.project.codings(DOC, coder=SETTLED)] == [WARN]


def test_many_units_are_settled_in_one_act_and_taken_back_in_one(desk, keep):
    keep(make_document("乙.txt"))
    desk.settle([Settlement(DOC, 1, [WARN])], "按定义", now=NOW)
    before = state(desk.project)
    units = [
        Settlement(DOC, 1, [RESCUE]),
        Settlement("乙.txt", 2, [WARN, RESCUE]),
        Settlement(DOC, 2, []),
    ]
    desk.settle(units, "两人一致", now=LATER)
    assert [one.code for one in desk.project.codings(DOC, coder=SETTLED)] == [RESCUE]
    assert {one.code for one in desk.project.codings("乙.txt", coder=SETTLED)} == {WARN, RESCUE}
    assert settled_units(desk.project) == {(DOC, 1), (DOC, 2), ("乙.txt", 2)}
    assert len(history(desk.project)[0]) == 2
    after = state(desk.project)
    desk.undo(now=LATER)
    assert state(desk.project) == before and settled_units(desk.project) == {(DOC, 1)}
    desk.redo(now=LATER)
    assert state(desk.project) == after
    with pytest.raises(ProjectError, match="has no unit 99"):
        desk.settle([Settlement(DOC, 2, [WARN]), Settlement("乙.txt", 99, [])], "", now=LATER)
    with pytest.raises(ProjectError, match="nothing to settle"):
        desk.settle([], "", now=LATER)
    assert state(desk.project) == after


def test_many_of_one_document_are_as_many_one_by_one(project, keep):
    """Beyond a few, rows are read and changed together; what comes of it is the same."""
    keep(make_document(text="一、任务\n" + "\n".join(["加强预警和救援。"] * 30)))
    found = project.codings(DOC, coder="rules:small@1")
    verdicts = [
        Verdict(*_of(one), "rejected" if at % 3 else "accepted", "", None if at % 2 else
                (one.start - 1, one.end, one.code))
        for at, one in enumerate(found)
    ]  # fmt: skip
    assert len(found) > 50
    one, other = CodingSession(project, "林"), CodingSession(project, "周")
    for desk in (one, other):  # some are there already
        for coding in found[::4]:
            desk.code(DOC, coding.start, coding.end, coding.code, now=NOW)
    one.decide(verdicts, now=NOW)
    for verdict in verdicts:
        other.decide([verdict], now=NOW)
    assert mine(one) == mine(other) and len(mine(one)) > 20
    assert decided_proposals(project, person="林") == decided_proposals(project, person="周")
    one.undo(now=LATER)
    assert len(mine(one)) == len(found[::4]) and decided_proposals(project, person="林") == {}
    one.redo(now=LATER)
    assert mine(one) == mine(other)


def test_a_verdict_twice_in_one_act_is_the_later_one_and_can_be_taken_back(desk):
    one = desk.project.codings(DOC, coder="rules:small@1")[0]
    before = state(desk.project)
    with pytest.raises(ProjectError):
        desk.decide([Verdict(*_of(one), "accepted"), Verdict(*_of(one), "rejected")], now=NOW)
    assert state(desk.project) == before


def _of(one) -> tuple[str, int, int, str, str]:
    return one.document, one.start, one.end, one.code, one.coder


def _fill(project: Project) -> None:
    from wenma.coding.coder import Coder

    document = make_document()
    units = cut(document)
    project.keep_codebook(BOOK, now=NOW)
    project.keep(
        document, units, Coder(BOOK).code(document, units), codebook=BOOK,
        unit_size="sentence", fingerprint="f", position=0, now=NOW,
    )  # fmt: skip


SPANS = st.tuples(st.integers(0, 16), st.integers(1, 18))
CODES = st.sampled_from([WARN, RESCUE])
NUMBERS = st.integers(0, 2)
ON_SPANS = ("code", "uncode", "recode", "extend", "split", "merge", "memo")
ON_NUMBERS = (
    "accept", "reject", "instead", "many", "note", "judge", "settle", "correct", "correct_all",
    "set_case", "remove_case", "remove_cases", "undo", "redo",
)  # fmt: skip
ACTS = st.one_of(
    st.tuples(st.sampled_from(ON_SPANS), SPANS, CODES),
    st.tuples(st.sampled_from(ON_NUMBERS), NUMBERS, CODES),
)


def _do(desk: CodingSession, act: tuple) -> None:
    """One act, of one's own codings where it needs one; nothing where there is none."""
    verb, where, code = act
    other = RESCUE if code == WARN else WARN
    if verb == "code":
        desk.code(DOC, *where, code, now=NOW)
    elif verb in ON_SPANS:
        own = desk.project.codings(DOC, coder=desk.person)
        if own:
            _change(desk, verb, own, where, other)
    elif verb in ("accept", "reject", "instead", "many"):
        found = desk.project.codings(DOC, coder="rules:small@1")
        verdict = "accepted" if verb in ("accept", "many") else "rejected"
        instead = (5, 9 + where, other) if verb == "instead" else None
        some = found if verb == "many" else [found[where]]
        desk.decide([Verdict(*_of(one), verdict, "", instead) for one in some], now=NOW)
    elif verb == "note":
        desk.note(f"code:{code}", "记" * where, now=NOW)
    elif verb == "judge":
        desk.judge("试", DOC, where, [code, other][:where], now=NOW)
    elif verb == "settle" and desk.person == "林":
        # What two settle is one row for both: the first could not take theirs back.
        some = [Settlement(DOC, unit, [code][:where]) for unit in range(where + 1)]
        desk.settle(some, "", now=NOW)
    elif verb == "correct":
        desk.correct(DOC, f"{desk.person}的人口", "8" * where, now=NOW)
    elif verb == "set_case":
        desk.set_case(DOC, 5, 9 + where, f"{desk.person}的城市", code, now=NOW)
    elif verb == "remove_case":
        desk.remove_case(DOC, 5, 9 + where, f"{desk.person}的城市", now=NOW)
    elif verb == "correct_all":
        names = [f"{desk.person}的{one}" for one in ("人口", "面积")]
        desk.correct_all([Correction(DOC, name, "9" * where) for name in names], now=NOW)
    elif verb == "remove_cases":
        case = Case(DOC, 5, 9 + where, f"{desk.person}的城市", code)
        desk.remove_cases([case], now=NOW)
    elif verb == "undo":
        desk.undo(now=NOW)
    elif verb == "redo":
        desk.redo(now=NOW)


def _change(desk: CodingSession, verb: str, own: list, where: tuple[int, int], other: str) -> None:
    one = own[where[0] % len(own)]
    place = (one.start, one.end, one.code)
    if verb == "uncode":
        desk.uncode(DOC, *place, now=NOW)
    elif verb == "recode":
        desk.recode(DOC, *place, other, now=NOW)
    elif verb == "extend":
        desk.extend(DOC, *place, *where, now=NOW)
    elif verb == "split":
        desk.split(DOC, *place, one.start + 1, now=NOW)
    elif verb == "merge":
        alike = [(c.start, c.end) for c in own if c.code == one.code]
        desk.merge(DOC, alike, one.code, now=NOW)
    elif verb == "memo":
        desk.note(memo_on(DOC, place), f"{where}", now=NOW)


def test_the_acts_tried_below_are_all_a_desk_can_do(desk):
    """Each does something where it can; one that only raised would prove nothing."""
    desk.assign("试", ["林"], [(DOC, 0), (DOC, 1), (DOC, 2)], now=NOW)
    done = set()
    for verb, where in (
        ("code", (5, 9)), ("extend", (5, 13)), ("memo", (0, 1)), ("split", (0, 1)),
        ("merge", (0, 1)), ("recode", (0, 1)), ("uncode", (0, 1)), ("accept", 0), ("many", 0),
        ("reject", 1), ("instead", 2), ("note", 1), ("judge", 1), ("settle", 1),
        ("correct", 1), ("correct_all", 1), ("set_case", 1), ("remove_case", 1), ("set_case", 1),
        ("remove_cases", 1),
    ):  # fmt: skip
        known = len(history(desk.project)[0])
        _do(desk, (verb, where, WARN))
        assert len(history(desk.project)[0]) == known + 1, verb
        done.add(verb)
    assert done | {"undo", "redo"} == {*ON_SPANS, *ON_NUMBERS}
    able = {name for name, one in vars(CodingSession).items() if callable(one) and name[0] != "_"}
    tried = {act.verb for act in history(desk.project)[0]} | {"undo", "redo"}
    # The acts of `decide` are called accept and reject; `next_back` only looks; `set_cases`
    # is what `set_case` is made of; acts on several are called like the act on one.
    several = {"set_cases", "correct_all", "remove_cases"}
    assert able - tried == {"decide", "next_back"} | several


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["林", "周"]), ACTS), max_size=30))
def test_any_sequence_of_acts_and_undos_leaves_the_store_as_the_history_says(steps):
    with Project.in_memory() as project:
        _fill(project)
        CodingSession(project, "王").assign(
            "试", ["林", "周"], [(DOC, 0), (DOC, 1), (DOC, 2)], now=NOW
        )
        start, dump = state(project), whole(project)
        desks = {name: CodingSession(project, name) for name in ("林", "周")}
        for name, act in steps:
            before, known = state(project), len(history(project)[0])
            try:
                _do(desks[name], act)
            except ProjectError:
                assert (state(project), len(history(project)[0])) == (before, known)
        assert state(project) == told_by_history(project)
        # All of it can be taken back, to the very rows there were; and be done again.
        for desk in desks.values():
            while desk.undo(now=LATER):
                pass
        assert state(project) == start and whole(project) == dump
        for desk in desks.values():
            taken_back = 0
            while desk.redo(now=LATER):
                taken_back += 1
            for _ in range(taken_back):
                desk.undo(now=LATER)
        assert state(project) == start
        assert state(project) == told_by_history(project)


def told_by_history(project: Project) -> dict[str, list[tuple]]:
    """What the acts say, read from the first to the last; each edit follows from those before."""
    rows: dict[str, dict[tuple, dict | None]] = {name: {} for name in CHANGED}
    for one in reversed(history(project)[0]):
        for edit in one.edits:
            assert rows[edit.table].get(edit.key) == edit.before
            rows[edit.table][edit.key] = edit.after
    return {
        name: sorted(
            (
                (*key, *(row.get(column) for column in VALUES[name]))
                for key, row in rows[name].items()
                if row is not None
            ),
            key=repr,
        )
        for name in CHANGED
    }


def whole(project: Project) -> dict[str, list[tuple]]:
    """Every row of every table but the acts, without the numbers rows are given."""
    found = {}
    for table in schema.tables.sorted_tables:
        # An attribute keeps its place among the columns, once it has been seen.
        if table is not schema.act and table is not schema.attribute_name:
            columns = [one for one in table.c if (table.name, one.name) != ("coding", "id")]
            found[table.name] = sorted(map(tuple, project.rows(select(*columns))), key=repr)
    return found
