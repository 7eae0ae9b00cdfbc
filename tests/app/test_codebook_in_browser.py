"""The tree of the codebook dragged, renamed, merged, saved and taken back in a real browser."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.app.conftest import NOW, serving
from tests.app.test_browser import Window
from wenma.codebook.yaml_file import parse_codebook
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project

WHO, CODER = "督导", "林一"
CODES = ("stage/absorb", "stage/recover", "layer/technology")


@pytest.fixture
def worked(sample: Path, tmp_path: Path) -> Path:
    """The sample with a coding by a person under each of three codes."""
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path / "work.db"))
    with Project.open(file) as project:
        desk = CodingSession(project, CODER)
        for number, code in enumerate(CODES):
            desk.code(project.document_ids()[0], number, 9, code, now=NOW)
    return file


@pytest.fixture
def window(chromium, worked, tmp_path):
    with serving(worked, tmp_path) as where:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        window = Window(page, where)
        values = {"language": "zh", "person": WHO, "code": "stage/absorb", "change": "yes"}
        window.go(f"codebook?{urlencode(values)}")
        yield window
        page.close()


def row(window, name: str):
    return window.page.locator(".tree .row").filter(has=window.page.get_by_text(name, exact=True))


def drag(window, name: str, to: str, share: float) -> None:
    """Drag a code by the mouse to a place within another's row, 0 its top and 1 its bottom."""
    one, other = row(window, name).bounding_box(), row(window, to).bounding_box()
    mouse = window.page.mouse
    mouse.move(one["x"] + 60, one["y"] + one["height"] / 2)
    mouse.down()
    mouse.move(one["x"] + 64, one["y"] + one["height"], steps=3)
    mouse.move(other["x"] + 90, other["y"] + share * other["height"], steps=6)
    mouse.up()
    window.rest()


def ids(window) -> list[str]:
    return window.page.locator(".tree .row .id").all_text_contents()


def press(window, label: str) -> None:
    window.page.get_by_role("button", name=label, exact=True).click()
    window.rest()


def coded(file: Path) -> list[str]:
    """Codes of the person, in the order of their codings, and the version in use."""
    with Project.open(file) as project:
        mine = sorted(project.codings(project.document_ids()[0], coder=CODER))
        return [project.codebooks()[-1].version, *(one.code for one in sorted(mine))]


def test_dragged_renamed_merged_saved_and_taken_back(window, worked):
    before, first = coded(worked), ids(window)
    assert sorted(before[1:]) == sorted(CODES)
    drag(window, "吸收", "制度", 0.1)
    now = ids(window)
    assert now.index("absorb") == now.index("institution") - 1
    assert row(window, "吸收").locator(".mark").text_content() == "移"
    # Onto a code is under it; a code cannot go under its own child.
    drag(window, "治理层面", "吸收", 0.5)
    assert ids(window) == now

    row(window, "恢复").click()
    window.rest()
    window.page.get_by_label("中文名", exact=True).fill("复原")
    window.page.get_by_label("id", exact=True).first.fill("restore")
    press(window, "写入草稿")
    assert "restore" in ids(window) and row(window, "复原").count() == 1

    row(window, "技术").click()
    window.rest()
    window.page.get_by_role("combobox", name="并入哪个编码").click()
    window.page.keyboard.type("主体")
    window.page.keyboard.press("Enter")
    window.rest()
    press(window, "合并")
    assert "technology" not in ids(window)
    assert "chosen" in row(window, "主体").get_attribute("class")

    press(window, "试用")
    assert window.page.get_by_text("试用结果").count() == 1
    assert coded(worked) == before  # nothing is written before it is saved
    press(window, "存为新版本并重编")
    number, *codes = coded(worked)
    assert number != before[0]
    assert sorted(codes) == ["layer/absorb", "layer/actor", "stage/restore"]
    assert window.page.get_by_text("已随编码移到新路径").count() == 1
    with Project.open(worked) as project:
        old, new = (parse_codebook(book.text) for book in project.codebooks())
        rules = [sorted(r.terms for c in book.codes for r in c.rules) for book in (old, new)]
        assert rules[0] == rules[1]
        assert project.coders()[old.coder]

    press(window, "撤销")
    assert coded(worked) == before and ids(window) == first
    press(window, "重做")
    assert coded(worked) == [number, *codes]


def test_the_keyboard_moves_a_code_and_undo_takes_it_back(window):
    first = ids(window)
    row(window, "恢复").click()
    window.rest()
    keys = window.page.keyboard
    keys.press("ArrowUp")
    keys.press("Enter")
    window.rest()
    assert "chosen" in row(window, "吸收").get_attribute("class")
    for _ in range(2):  # two struck one after the other, each counts
        keys.press("Alt+ArrowDown")
    window.rest()
    now = ids(window)
    assert now.index("absorb") == first.index("absorb") + 2
    keys.press("Alt+ArrowLeft")
    window.rest()
    now = ids(window)
    assert now.index("absorb") == now.index("layer") - 1
    assert row(window, "吸收").get_attribute("aria-level") == "1"
    for _ in range(3):
        press(window, "撤销")
    assert ids(window) == first


def test_a_code_folds_its_codes_away_and_leads_to_its_meaning(window):
    every = len(ids(window))
    row(window, "韧性环节").locator(".fold").click()
    assert len(ids(window)) == every - 4
    row(window, "韧性环节").locator(".fold").click()
    row(window, "制度").click()
    window.rest()
    assert window.page.get_by_label("id", exact=True).first.input_value() == "institution"
    assert "code=layer%2Finstitution" in window.page.url
