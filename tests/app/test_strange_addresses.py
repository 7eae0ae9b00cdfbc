"""An address may say anything: a page is shown, with a line on what was not understood."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from wenma.app.address import KEPT, sensible
from wenma.app.main import PAGES

STRANGE = (
    "9" * 400, "-1", "1e9", "９", "0x10", "1.5", "[[[", "[1]", '{"code": 5}', '{"code": {"a": 1}}',
    '{"units": 1}', '{"within": []}', '{"window": "?"}', '{"by": "os"}', "{" * 3000, "NaN", "null",
    "__class__", "../../etc/passwd", "甲\x00乙", "\x1b[31m", "x" * 100_000, "<script>",
    "rules:", "%00", "${x}", "{0.__class__}", "no/such",
)  # fmt: skip
# Every name any page reads from the address: `test_no_name_is_left_out` says so.
NAMES = (
    *KEPT, "and", "artefact", "dimension", "picture", "at", "by",
    "change", "change_by", "code", "columns", "confused", "confusion",
    "differing", "document", "excerpts", "hidden", "in", "left", "measure", "nvivo", "of", "on",
    "one", "order", "original", "other", "own", "pattern", "regex", "reviewed", "rows", "shows",
    "size", "sort", "stance", "task", "undecided", "where", "whose", "window",
)  # fmt: skip


def opened_at(opened, page: str, **address: object) -> AppTest:
    app = opened(page, **address)
    assert not app.exception, (page, address, app.exception)
    assert [one.value for one in app.header], (page, address)
    return app


def passed_over(app: AppTest) -> str:
    """The line on what was not understood; "" where there is none."""
    drawn = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    lines = [text for one in drawn for _, text in one.get("lines", ())]
    return next((text for text in lines if "没有读懂" in text), "")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_shown_whatever_the_address_says(opened, page):
    names = sorted(set(NAMES) - {"person", "language"})
    for turn in (0, 11, 23):  # each name says three of them, and each is said by some name
        said = {name: STRANGE[(n + turn) % len(STRANGE)] for n, name in enumerate(names)}
        assert passed_over(opened_at(opened, page, **said)), page


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("reader", "at", "9" * 400),
        ("reader", "at", "-1"),
        ("reader", "at", "1e9"),
        ("reader", "hidden", "no/such"),
        ("reader", "document", "no.txt"),
        ("reader", "whose", "__class__"),
        ("overview", "excerpts", "[[["),
        ("overview", "excerpts", '{"code":5}'),
        ("documents", "excerpts", '{"document":["a"]}'),
        ("overview", "city", "无此市"),
        ("overview", "headings", "maybe"),
        ("overview", "language", "fr"),
        ("overview", "coder", "nobody"),
        ("frequencies", "by", "__class__"),
        ("cooccurrence", "measure", "x" * 5000),
        ("review", "reviewed", "stage\x00"),
        ("review", "person", "林" * 5000),
        ("search", "pattern", "\x00"),
    ],
)
def test_what_was_not_understood_is_named(opened, page, name, value):
    line = passed_over(opened_at(opened, page, **{name: value}))
    assert f"{name}=" in line and len(line) < 200


def test_an_address_that_is_understood_says_nothing(opened, study):
    city, document = study.documents()["city"].iloc[0], study.documents()["document"].iloc[0]
    for page, address in (
        ("overview", {"city": city, "excerpts": '{"code":"stage","also":["layer"]}'}),
        ("reader", {"document": document, "at": "12", "hidden": "stage/resist"}),
        ("frequencies", {"by": "plan", "headings": "yes", "language": "zh"}),
    ):
        assert passed_over(opened_at(opened, page, **address)) == ""


def test_of_a_thing_said_twice_the_last_holds_and_the_first_is_named():
    assert sensible(["7", "9"], str.isdecimal) == (["9"], ["7"])
    assert sensible(["9", "9"], str.isdecimal) == (["9"], [])
    assert sensible(["7", "9"], str.isdecimal, several=True) == (["7", "9"], [])


def test_no_name_is_left_out():
    import ast

    import wenma

    readers = {"one", "several", "number_said", "tick", "select", "switch", "pick", "written"}
    found = set()
    for file in (Path(wenma.__file__).parent / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("address"), attr)) if attr in readers:
                    place = 0 if attr in ("one", "several", "number_said") else 1
                    if isinstance(node.args[place], ast.Constant):
                        found.add(node.args[place].value)
    assert found <= set(NAMES)
