"""Review by keyboard, two tabs at once, settling and near misses, in a real browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.app.conftest import NOW, serving
from tests.app.shared_task import do_task
from tests.app.test_browser import TABLE, Window
from wenma.records import SETTLED
from wenma.store.annotations import decided_proposals
from wenma.store.coding_session import CodingSession
from wenma.store.document_edits import Verdict
from wenma.store.history import history
from wenma.store.project import Project

WHO, CODE = "林一", "stage/recover"
FIRST_ROW = 52
"""Pixels from the top of a table to the middle of its first row."""


@pytest.fixture(scope="module")
def worked(sample: Path, tmp_path_factory) -> Path:
    """The sample with a task two people have done, once differently, and a rejected proposal."""
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path_factory.mktemp("work") / "work.db"))
    do_task(file)
    with Project.open(file) as project:
        document = project.document_ids()[0]
        one = next(c for c in project.codings(document) if c.code == "stage/absorb" and c.evidence)
        verdict = Verdict(document, one.start, one.end, one.code, one.coder, "rejected")
        CodingSession(project, "周二").decide([verdict], now=NOW)
    return file


@pytest.fixture(scope="module")
def address(worked: Path, tmp_path_factory) -> Iterator[str]:
    with serving(worked, tmp_path_factory.mktemp("serving")) as where:
        yield where


@pytest.fixture
def tab(chromium, address):
    pages = []

    def opened(page: str, **values: str) -> Window:
        pages.append(chromium.new_page(viewport={"width": 1280, "height": 900}))
        window = Window(pages[-1], address)
        window.go(f"{page}?{urlencode({'language': 'zh', 'person': WHO, **values})}")
        return window

    yield opened
    for page in pages:
        page.close()


def had(file: Path) -> list[str]:
    with Project.open(file) as project:
        return list(decided_proposals(project, person=WHO).values())


def press(window: Window, key: str) -> None:
    window.page.mouse.click(640, 12)  # nowhere: no field has the focus
    window.page.keyboard.press(key)
    window.rest()


def choose_row(window: Window, table: int) -> None:
    """Tick the first row of a table."""
    place = window.page.locator(TABLE).nth(table)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    window.page.mouse.click(box["x"] + 18, box["y"] + FIRST_ROW)
    window.rest()


def test_three_keys_review_and_a_fourth_takes_back(tab, worked):
    window = tab("review", reviewed=CODE)
    first = window.page.locator(".passage .body").first.text_content()
    press(window, "a")
    assert had(worked) == ["accepted"]
    assert window.page.locator(".passage .body").first.text_content() != first
    press(window, "d")
    assert sorted(had(worked)) == ["accepted", "rejected"]
    press(window, "e")  # another code in its place
    assert sorted(had(worked)) == ["accepted", "rejected", "rejected"]
    with Project.open(worked) as project:
        every = [c.code for id in project.document_ids() for c in project.codings(id, coder=WHO)]
        assert len(every) == 2 and every.count(CODE) == 1
    for left in (2, 1, 0):
        press(window, "z")
        assert len(had(worked)) == left
    assert window.page.locator(".passage .body").first.text_content() == first


def test_of_two_tabs_the_second_goes_on_from_what_the_first_did(tab, worked):
    one, other = tab("review", reviewed=CODE), tab("review", reviewed=CODE)
    same = one.page.locator(".passage .body").first.text_content()
    assert other.page.locator(".passage .body").first.text_content() == same
    press(one, "a")
    press(other, "a")  # on a page that shows what is decided already
    press(other, "a")
    with Project.open(worked) as project:
        own = [c for id in project.document_ids() for c in project.codings(id, coder=WHO)]
        assert len(own) == len({(c.document, c.start, c.end, c.code) for c in own}) == 2
        assert len(had(worked)) == 2
    for _ in range(3):
        press(other, "z")
    assert had(worked) == []


def struck(window: Window, *keys: str) -> None:
    """Keys without a wait between them, as fast as they come."""
    window.page.mouse.click(640, 12)
    for key in keys:
        window.page.keyboard.press(key)
    window.rest()


def verbs(file: Path) -> list[str]:
    """What this person has done, the first first."""
    with Project.open(file) as project:
        return [f"{one.kind} {one.verb}" for one in history(project)[0][::-1] if one.person == WHO]


def taken_back(window: Window, worked: Path) -> None:
    """Leave the file as it was found."""
    while had(worked):
        press(window, "z")


def test_a_key_struck_while_the_page_works_changes_nothing(tab, worked):
    window, before = tab("review", reviewed=CODE), len(verbs(worked))
    for keys in ("ad", "aaaaaa", "dadada", "sa", "ea"):
        known, done = had(worked), len(verbs(worked))
        struck(window, *keys)
        new = verbs(worked)[done:]
        # The first key has decided on what was on the screen, and no key has on the same again.
        first = {"a": ["do accept"], "d": ["do reject"], "e": ["do reject"], "s": []}[keys[0]]
        assert new[: len(first)] == first
        assert len(had(worked)) == len(known) + len(new)
        if keys in ("ad", "aaaaaa"):
            assert "do reject" not in new
    taken_back(window, worked)
    assert len(verbs(worked)) % 2 == before % 2


def test_what_is_taken_back_at_once_is_what_was_just_done(tab, worked):
    window, before = tab("review", reviewed=CODE), len(verbs(worked))
    first = window.page.locator(".passage .body").first.text_content()
    struck(window, "a", "z")
    assert verbs(worked)[before:] == ["do accept", "undo accept"]
    assert had(worked) == []
    assert window.page.locator(".passage .body").first.text_content() == first


def test_a_button_clicked_twice_decides_once(tab, worked):
    window, before = tab("review", reviewed=CODE), len(verbs(worked))
    button = window.page.get_by_role("button", name="接受", exact=True)
    button.dblclick()
    window.rest()
    assert verbs(worked)[before:] == ["do accept"]
    taken_back(window, worked)


def test_the_reason_goes_with_the_proposal_it_was_written_for(tab, worked):
    window = tab("review", reviewed=CODE)
    window.page.get_by_label("拒绝的理由").fill("只是套语")
    window.page.get_by_role("button", name="拒绝", exact=True).click()
    window.rest()
    with Project.open(worked) as project:
        (newest,), _ = history(project, most=1)
    assert [one.after["reason"] for one in newest.edits if one.table == "verdict"] == ["只是套语"]
    assert window.page.get_by_label("拒绝的理由").input_value() == ""
    taken_back(window, worked)


def test_a_unit_saved_twice_at_once_does_not_save_the_next_one_unseen(tab, worked):
    with Project.open(worked) as project:
        document = project.document_ids()[1]
        body = [one.number for one in project.units(document) if one.kind == "body"][:3]
        CodingSession(project, "周二").assign("再试", [WHO], [(document, n) for n in body], now=NOW)
    window = tab("tasks", task="再试")
    window.page.get_by_role("button", name="保存，下一处").wait_for()
    before = len(verbs(worked))
    struck(window, "Control+Enter", "Control+Enter", "Control+Enter")
    assert verbs(worked)[before:] == ["do judge"]
    struck(window, "z", "z")
    assert verbs(worked)[before:] == ["do judge", "undo judge"]


def test_a_difference_is_settled_on_the_page(tab, worked):
    window = tab("reliability", one="周二", other="王三")
    choose_row(window, 1)
    window.page.get_by_label("理由").fill("按定义")
    window.page.keyboard.press("Enter")
    window.rest()
    window.page.get_by_role("button", name="定稿", exact=True).click()
    window.rest()
    with Project.open(worked) as project:
        id = project.document_ids()[0]
        settled = {one.code for one in project.codings(id, coder=SETTLED)}
        assert settled == {"stage/resist", "stage/absorb"}
        (newest,), _ = history(project, most=1)
        assert (newest.verb, newest.person) == ("settle", WHO)


def test_a_rejected_sentence_becomes_a_near_miss_of_the_draft(tab):
    window = tab("codebook", code="stage/absorb", change="yes", by="yaml")
    draft = window.page.locator("textarea")
    expect(draft).to_have_value(re.compile("version:"))
    before = draft.input_value()
    choose_row(window, 0)  # what is offered
    expect(draft).not_to_have_value(before)
    after = draft.input_value()
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    (line,) = (
        set(after.splitlines())
        - set(before.splitlines())
        - {after.splitlines()[0]}
        - {line for line in after.splitlines() if line.startswith("version:")}
    )
    assert line.strip().startswith('- "')
