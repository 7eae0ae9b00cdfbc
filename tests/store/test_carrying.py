"""A new version of a codebook takes people's work with it, whole, and gives it back on undo."""

import pytest

from tests.store.conftest import NOW, YAML, make_document
from wenma.cli.main import main
from wenma.codebook.editing import (
    cached_codebook,
    follow_paths,
    merge_code,
    move_code,
    remove_code,
    rename_code,
)
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError
from wenma.records import SETTLED
from wenma.store.annotations import decided_proposals, memos
from wenma.store.carrying import carry_over, every_path
from wenma.store.coding_session import CodingSession, Settlement
from wenma.store.document_edits import Verdict
from wenma.store.history import history, history_lines
from wenma.store.project import Project
from wenma.store.recoding import trial

DOCUMENT = "甲.txt"
OLD, SUPERVISOR = "rules:small@1", "督导"
MEMO = f"coding:{DOCUMENT}:7:9:stage/resist"


@pytest.fixture
def coded(project, keep):
    keep(make_document())
    one, other = CodingSession(project, "林"), CodingSession(project, "周:二")
    one.code(DOCUMENT, 7, 9, "stage/resist", now=NOW)
    one.code(DOCUMENT, 10, 12, "stage/absorb", now=NOW)
    other.code(DOCUMENT, 7, 9, "stage/absorb", now=NOW)
    other.code(DOCUMENT, 7, 9, "stage/resist", now=NOW)
    one.note("code:stage/resist", "抵御的备忘", now=NOW)
    one.note("code:stage/absorb", "吸收的备忘", now=NOW)
    one.note(MEMO, "此处", now=NOW)
    for code, verdict in (("stage/resist", "rejected"), ("stage/absorb", "accepted")):
        other.decide([Verdict(DOCUMENT, 12, 14, code, OLD, verdict)], now=NOW)
    unit = next(one.number for one in project.units(DOCUMENT) if one.kind == "body")
    one.settle([Settlement(DOCUMENT, unit, ("stage/resist",))], "定", now=NOW)
    return project


def work(project):
    """All that people have, and the version in use."""
    coders = ("林", "周:二", SETTLED)
    return (
        {(who, c.start, c.end, c.code, c.unit)
         for who in coders for c in project.codings(DOCUMENT, coder=who)},
        {who: decided_proposals(project, person=who) for who in coders},
        sorted(memos(project)),
        project.codebooks()[-1].version,
    )  # fmt: skip


def carried(project, reshaped, **options):
    book = cached_codebook(reshaped.text)
    return carry_over(project, book, reshaped.paths, person=SUPERVISOR, now=lambda: NOW, **options)


def codes(project, who):
    return sorted((c.start, c.code) for c in project.codings(DOCUMENT, coder=who))


def test_a_renamed_code_takes_what_people_did_with_it(coded):
    before = work(coded)
    done = carried(coded, rename_code(YAML, "stage", id="phase"))
    assert (done.codings, done.verdicts, done.memos, done.left) == (6, 2, 3, 0)
    assert codes(coded, "林") == [(7, "phase/resist"), (10, "phase/absorb")]
    assert {c.code for c in coded.codings(DOCUMENT, coder=SETTLED)} == {"phase/resist"}
    assert {key[3] for key in decided_proposals(coded, person="周:二")} == {
        "phase/resist",
        "phase/absorb",
    }
    abouts = {about for about, *_ in memos(coded)}
    assert {"code:phase/resist", MEMO.replace("stage", "phase")} <= abouts
    assert coded.codebooks()[-1].version == "2" and coded.coders()["rules:small@2"]
    assert {c.code for c in coded.codings(DOCUMENT, coder=OLD)} == {"stage/resist", "stage/absorb"}
    after = work(coded)
    CodingSession(coded, SUPERVISOR).undo(now=NOW)
    assert work(coded) == before
    CodingSession(coded, SUPERVISOR).redo(now=NOW)
    assert work(coded) == after


def test_the_act_stands_in_the_history_with_every_row(coded):
    done = carried(coded, rename_code(YAML, "stage", id="phase"))
    (newest,), holding = history(coded, most=1)
    assert (newest.verb, newest.person) == ("revise", SUPERVISOR) and newest.id in holding
    assert newest.id == done.act.id
    assert "phase/resist" in history_lines(coded).splitlines()[-1]


def test_two_codes_that_become_one_are_one_coding_one_verdict_one_memo(coded):
    before = work(coded)
    done = carried(coded, merge_code(YAML, "stage/absorb", "stage/resist"))
    assert codes(coded, "周:二") == [(7, "stage/resist"), (12, "stage/resist")]
    assert decided_proposals(coded, person="周:二") == {
        (DOCUMENT, 12, 14, "stage/resist"): "accepted"
    }
    texts = {about: text for about, _, text, _ in memos(coded)}
    assert set(texts["code:stage/resist"].split("\n\n")) == {"抵御的备忘", "吸收的备忘"}
    assert "code:stage/absorb" not in texts and done.left == 0
    CodingSession(coded, SUPERVISOR).undo(now=NOW)
    assert work(coded) == before


def test_two_codes_that_change_places_do_not_meet(coded):
    one = rename_code(YAML, "stage/resist", id="x")
    two = rename_code(one.text, "stage/absorb", id="resist")
    three = rename_code(two.text, "stage/x", id="absorb", version="2")
    paths = follow_paths(follow_paths(one.paths, two.paths), three.paths)
    assert paths == {"stage/resist": "stage/absorb", "stage/absorb": "stage/resist"}
    before = work(coded)
    carry_over(coded, cached_codebook(three.text), paths, person=SUPERVISOR, now=lambda: NOW)
    assert codes(coded, "林") == [(7, "stage/absorb"), (10, "stage/resist")]
    CodingSession(coded, SUPERVISOR).undo(now=NOW)
    assert work(coded) == before


def test_codings_of_a_code_that_is_gone_stay_as_they_were(coded):
    done = carried(coded, remove_code(YAML, "stage/absorb"))
    assert done.left == 2 + 1  # of two people, one accepted
    assert (10, "stage/absorb") in codes(coded, "林")


def test_what_is_stopped_halfway_has_changed_nothing_for_people(coded):
    before = work(coded)

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carried(coded, rename_code(YAML, "stage", id="phase"), seen=stop)
    assert work(coded) == before
    assert carried(coded, rename_code(YAML, "stage", id="phase")).codings == 6


def test_of_two_who_save_at_once_the_second_is_told(coded):
    def meanwhile(_: str) -> None:
        other = rename_code(YAML, "stage", id="step", version="1.5")
        carry_over(coded, cached_codebook(other.text), other.paths, person="王", now=lambda: NOW)

    with pytest.raises(ProjectError, match="meanwhile") as refused:
        carried(coded, rename_code(YAML, "stage", id="phase"), seen=meanwhile)
    assert "刷新" in refused.value.said("zh")
    assert codes(coded, "林") == [(7, "step/resist"), (10, "step/absorb")]


def test_a_version_that_is_taken_by_another_text_is_refused(coded):
    carried(coded, rename_code(YAML, "stage", id="phase"))
    with pytest.raises(ProjectError, match="version of its own"):
        carried(coded, rename_code(YAML, "stage", id="other"))
    with pytest.raises(ProjectError, match="no name"):
        new = rename_code(YAML, "stage", id="p", version="3")
        carry_over(coded, cached_codebook(new.text), new.paths, person=" ", now=lambda: NOW)
    with pytest.raises(ProjectError, match="has no code"):
        book = cached_codebook(rename_code(YAML, "stage", id="p", version="3").text)
        carry_over(coded, book, {"stage": "q"}, person="林", now=lambda: NOW)


def test_a_trial_of_a_renamed_code_changes_nothing(coded):
    new = move_code(YAML, "stage/absorb", "")
    result = trial(coded, cached_codebook(new.text), against=OLD, paths=new.paths)
    assert not result.added and not result.gone and result.kept["absorb"] == 2
    result = trial(coded, cached_codebook(new.text), against=OLD)
    assert result.added["absorb"] == result.gone["stage/absorb"] == 2


def test_a_path_takes_those_under_it_with_it():
    old, new = parse_codebook(YAML), cached_codebook(rename_code(YAML, "stage", id="phase").text)
    assert every_path({"stage": "phase"}, old, new) == {
        "stage": "phase", "stage/resist": "phase/resist", "stage/absorb": "phase/absorb"
    }  # fmt: skip
    with pytest.raises(ProjectError, match="Did you mean phase"):
        every_path({"stage": "phas"}, old, new)


def test_the_command_line_carries_over_too(coded, where, tmp_path, capsys):
    file = tmp_path / "newer.yaml"
    file.write_text(rename_code(YAML, "stage", id="phase").text, encoding="utf-8")
    command = ["recode", where, "--codebook", str(file), "--carry", "stage=phase"]
    assert main(command) == 2 and "--person" in capsys.readouterr().err
    assert main([*command, "--try"]) == 0
    assert "no coding changes" in capsys.readouterr().out
    assert main([*command, "--person", SUPERVISOR]) == 0
    assert "carried over: 6 codings, 2 verdicts and 3 memos" in capsys.readouterr().out
    with Project.open(where) as project:
        assert codes(project, "林") == [(7, "phase/resist"), (10, "phase/absorb")]
