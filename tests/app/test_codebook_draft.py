"""A codebook changed on the page: by form, by YAML, tried, and saved as a new version."""

import json
import shutil
from pathlib import Path

import pytest

from tests.app.conftest import NOW, tree_of
from wenma.codebook.editing import cached_codebook, rename_code
from wenma.codebook.wording_warnings import wording_warnings
from wenma.codebook.yaml_file import parse_codebook
from wenma.sources.listings.listing import entries
from wenma.store.annotations import rejected_by_people
from wenma.store.carrying import carry_over
from wenma.store.coding_session import CodingSession
from wenma.store.document_edits import Verdict
from wenma.store.history import history
from wenma.store.project import Project
from wenma.study.coding_run import code_entries

CODE, WHO = "stage/absorb", "督导"
TOLD = ("draft-told", "draft-wrong")


@pytest.fixture
def mine(sample: Path, tmp_path: Path) -> Path:
    with Project.open(sample):
        return Path(shutil.copy(sample, tmp_path / "mine.db"))


@pytest.fixture
def at_work(opened, mine):
    """The page with the codebook to be changed: ``at_work(by="yaml")``."""

    def run(**address: str):
        values = {"language": "zh", "code": CODE, "change": "yes", "person": WHO, **address}
        return opened("codebook", project=mine, **values)

    return run


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    return app.run()


def field(app, label):
    return next(one for one in (*app.text_input, *app.text_area) if one.label == label)


def edited(app, old: str, new: str):
    area = field(app, "草稿（YAML）")
    assert old in area.value
    area.set_value(area.value.replace(old, new, 1))
    return app.run()


def told(app) -> str:
    """What the page says of the draft."""
    said = [one.proto for one in app.get("bidi_component") if one.proto.id.endswith(TOLD)]
    return " ".join(text for one in said for _, text in json.loads(one.json)["lines"])


def paths(app) -> list[str]:
    return [row["path"] for row in tree_of(app)["rows"]]


def version(file: Path) -> str:
    with Project.open(file) as project:
        return project.codebooks()[-1].version


def test_a_changed_rule_is_tried_then_saved_as_a_new_version(at_work, mine):
    app = at_work(by="yaml")
    assert not app.exception
    with Project.open(mine) as project:
        old = project.codebooks()[-1]
    number = old.version.rpartition(".")[2]
    newer = f"{old.version.rpartition('.')[0]}.{int(number) + 1}"
    app = edited(app, f'version: "{old.version}"', f'version: "{newer}"')
    app = edited(app, "应急指挥, 指挥调度, ", "指挥调度, ")
    app = press(app, "试用")
    tried = app.session_state["codebook tried"]
    assert tried.gone[CODE] >= 1 and not tried.added
    assert version(mine) == old.version  # a trial writes nothing
    app = press(app, "存为新版本并重编")
    assert not app.exception
    assert version(mine) == newer
    with Project.open(mine) as project:
        kept = project.coders()
    assert kept[old.coder] - kept[f"rules:resilience@{newer}"] == sum(tried.gone.values())


def test_a_draft_that_cannot_be_is_told_and_nothing_is_written(at_work, mine):
    app = edited(at_work(by="yaml"), "codes:", "cods:")
    app = press(app, "存为新版本并重编")
    assert not app.exception
    assert "缺“codes”" in told(app)
    press(app, "放弃草稿")
    app = edited(at_work(by="yaml"), "应急指挥, 指挥调度, ", "指挥调度, ")
    app = press(app, "存为新版本并重编")  # the version is the same
    assert "version" in told(app)
    with Project.open(mine) as project:
        assert len(project.codebooks()) == 1


def test_what_was_rejected_is_offered_as_a_near_miss(at_work, mine):
    with Project.open(mine) as project:
        document = project.document_ids()[0]
        one = next(c for c in project.codings(document) if c.code == CODE)
        verdict = Verdict(document, one.start, one.end, one.code, one.coder, "rejected")
        CodingSession(project, "林一").decide([verdict], now=NOW)
        (sentence,) = rejected_by_people(project, CODE, most=5)
        assert sentence == project.document(document).text[one.start : one.end]
    app = at_work(by="yaml")
    offered = [table.value for table in app.dataframe if list(table.value) == ["sentence"]]
    assert [list(table["sentence"]) for table in offered] == [[sentence]]


@pytest.mark.parametrize("role", ["reader", "coder", "supervisor"])
def test_only_a_supervisor_saves_and_a_reader_changes_nothing(at_work, mine, monkeypatch, role):
    from wenma.app import person
    from wenma.study.access import SignIn

    signing = SignIn(required=True, roles={"zhou@x": (role,)})
    monkeypatch.setattr(person, "sign_in", lambda: signing)
    monkeypatch.setattr(person, "_known", lambda _: "zhou@x")
    app = at_work()
    if role == "reader":
        assert not [one for one in app.button if one.label == "上移"]
        assert not tree_of(app)["may"]
        assert [one.value for one in app.info] == ["只有督导可以改编码本。"]
        return
    app = press(press(app, "上移"), "存为新版本并重编")
    with Project.open(mine) as project:
        assert len(project.codebooks()) == (2 if role == "supervisor" else 1)
    if role == "coder":
        assert "督导" in told(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("by", ["form", "yaml"])
def test_the_page_opens_for_a_change_in_both_languages(at_work, language, by):
    app = at_work(language=language, by=by)
    assert not app.exception
    assert tree_of(app)["may"] and tree_of(app)["chosen"] == CODE


def test_a_code_is_renamed_by_form_and_peoples_codings_go_along(at_work, mine):
    with Project.open(mine) as project:
        document = project.document_ids()[0]
        CodingSession(project, "林一").code(document, 5, 9, CODE, now=NOW)
        before = project.codebooks()[-1]
    app = at_work()
    field(app, "中文名").set_value("承受")
    field(app, "id").set_value("endure")
    field(app, "定义").set_value("受得住。")
    app = press(app, "写入草稿")
    assert "stage/endure" in paths(app) and CODE not in paths(app)
    row = next(one for one in tree_of(app)["rows"] if one["path"] == "stage/endure")
    assert (row["name"], row["mark"], tree_of(app)["chosen"]) == ("承受", "移", "stage/endure")
    app = press(app, "试用")
    assert not app.session_state["codebook tried"].gone
    app = press(app, "存为新版本并重编")
    assert not app.exception and "1 项" in told(app)
    with Project.open(mine) as project:
        new = project.codebooks()[-1]
        code = next(o for o in parse_codebook(new.text).codes if o.path == "stage/endure")
        assert (code.zh, code.definition) == ("承受", "受得住。")
        assert [o.code for o in project.codings(document, coder="林一")] == ["stage/endure"]
        assert project.coders()[before.coder] == project.coders()[new.coder]
        (newest,), _ = history(project, most=1)
        assert (newest.verb, newest.person) == ("revise", WHO)
    app = press(app, "撤销")
    assert version(mine) == before.version
    with Project.open(mine) as project:
        assert [o.code for o in project.codings(document, coder="林一")] == [CODE]
    assert CODE in paths(app)
    app = press(app, "重做")
    assert version(mine) == new.version and "stage/endure" in paths(app)


def test_every_step_of_a_draft_can_be_taken_back_and_done_again(at_work):
    app = at_work()
    first = paths(app)
    app = press(app, "上移")
    up = paths(app)
    assert up.index(CODE) == first.index(CODE) - 1
    app = press(app, "移出")
    assert "absorb" in paths(app)
    app = press(press(app, "撤销"), "撤销")
    assert paths(app) == first
    app = press(app, "重做")
    assert paths(app) == up
    app = press(app, "放弃草稿")
    assert paths(app) == first


def test_a_code_is_made_merged_and_removed_by_form(at_work):
    app = at_work()
    field(app, "新编码的中文名").set_value("预案")
    next(one for one in app.text_input if one.label == "id" and not one.value).set_value("plans")
    app = press(app, "新建下级")
    assert "stage/absorb/plans" in paths(app)
    assert tree_of(app)["chosen"] == "stage/absorb/plans"
    app = press(app, "删除这个编码")
    assert "stage/absorb/plans" not in paths(app) and tree_of(app)["chosen"] == CODE
    next(one for one in app.selectbox if one.label == "并入哪个编码").set_value("stage/resist")
    app = press(app.run(), "合并")
    assert CODE not in paths(app) and tree_of(app)["chosen"] == "stage/resist"


def test_what_cannot_be_is_refused_in_the_language_of_the_page(at_work):
    for language, said, button in (("zh", "太长", "写入草稿"), ("en", "too long", "Put into")):
        app = at_work(language=language)
        label = "中文名" if language == "zh" else "Name in Chinese"
        field(app, label).set_value("名" * 10_000)
        next(one for one in app.button if one.label.startswith(button)).click()
        app = app.run()
        assert not app.exception and CODE in paths(app)
        assert said in told(app)


def test_a_draft_on_a_version_that_is_no_longer_in_use_is_not_saved(at_work, mine):
    app = press(at_work(), "上移")
    with Project.open(mine) as project:
        book = project.codebooks()[-1]
        other = rename_code(book.text, CODE, id="other", version="9")
        carry_over(project, cached_codebook(other.text), other.paths, person="王", now=lambda: NOW)
    press(app, "存为新版本并重编")
    assert version(mine) == "9"
    app = at_work(coder=book.coder)
    assert any("rules:resilience@9" in one.value for one in app.info)
    assert not [one for one in app.button if one.label == "上移"]


def test_a_new_version_takes_a_number_nobody_has_used(at_work, mine):
    app = press(press(at_work(), "上移"), "存为新版本并重编")
    first = version(mine)
    app = press(press(app, "撤销"), "下移")
    press(app, "存为新版本并重编")
    assert version(mine) != first
    with Project.open(mine) as project:
        assert len(project.codebooks()) == 3


def test_a_person_without_a_name_is_asked_for_one(at_work, mine):
    app = press(press(at_work(person=""), "上移"), "存为新版本并重编")
    assert "姓名" in told(app)
    with Project.open(mine) as project:
        assert len(project.codebooks()) == 1


def test_a_draft_is_there_again_when_the_browser_was_closed(at_work, mine):
    app = press(press(at_work(), "上移"), "移出")
    drafted = paths(app)
    again = at_work()  # another session
    assert paths(again) == drafted
    back = press(press(again, "撤销"), "撤销")
    assert paths(back) != drafted and CODE in paths(back)
    assert paths(press(at_work(), "重做")) != paths(back)
    press(at_work(), "放弃草稿")
    assert paths(at_work()) == paths(back)
    assert paths(at_work(person="周二")) == paths(back)


def test_what_was_drafted_without_a_name_follows_what_was_kept_under_it(at_work):
    kept = paths(press(at_work(), "上移"))
    nameless = press(at_work(person=""), "移出")
    drafted = paths(nameless)
    named = next(one for one in nameless.text_input if one.label == "编码者姓名")
    app = named.set_value(WHO).run()
    assert paths(app) == drafted
    assert paths(press(app, "撤销")) != drafted
    again = at_work()
    while paths(again) != kept:  # nothing of it was written over
        again = press(again, "撤销")


def test_a_window_left_behind_does_not_write_over_another(at_work):
    behind, ahead = at_work(), at_work()
    kept = paths(press(ahead, "移出"))
    app = press(behind, "上移")
    assert "另一个窗口" in told(app)
    assert paths(at_work()) == kept


FLAT = """\
codebook: flat
version: "1"
name: {zh: 平}
codes:
  - {id: south, name: {zh: 南亚}, rules: [{id: names, terms: [印度]}]}
  - {id: islands, name: {zh: 海岛}, rules: [{id: names, terms: [印度尼西亚]}]}
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_flat_codebook_is_shown_changed_and_saved_and_its_warnings_are_those_of_check(
    opened, tmp_path, language
):
    (tmp_path / "甲.txt").write_text("与印度尼西亚合作。\n", encoding="utf-8")
    file = tmp_path / "flat.db"
    with Project.open(file, create=True) as project:
        book = parse_codebook(FLAT)
        code_entries(project, entries([tmp_path / "甲.txt"]).entries, book, now=lambda: NOW)
    given = {"language": language, "code": "islands", "change": "yes", "person": WHO, "by": "form"}
    app = opened("codebook", project=file, **given)
    assert not app.exception
    (table,) = [one.value for one in app.dataframe if "warning" in one.value]
    (warning,) = wording_warnings(book)
    assert list(table["warning"]) == [warning.zh if language == "zh" else warning.why]
    app = press(app, "上移" if language == "zh" else "Up")
    assert not app.exception and paths(app) == ["islands", "south"]
    app = press(app, "存为新版本并重编" if language == "zh" else "Save as new version")
    assert not app.exception and version(file) == "2"
