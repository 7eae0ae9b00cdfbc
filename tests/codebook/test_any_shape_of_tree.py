"""Flat, shallow, deep, with codes that only hold others: every tree is a codebook."""

import pytest

from wenma.codebook.editing import (
    add_code,
    add_sentence,
    define_code,
    merge_code,
    move_code,
    remove_code,
    rename_code,
    shift_code,
)
from wenma.codebook.versions import compare_versions
from wenma.codebook.wording_warnings import wording_warnings
from wenma.codebook.yaml_file import parse_codebook
from wenma.coding.coder import Coder
from wenma.coding.examples import code_sentence, failing_examples
from wenma.errors import CodebookError

HEAD = 'codebook: t\nversion: "1"\nname: {zh: 试}\ncodes:\n'


def leaf(id: str, term: str, indent: int = 2) -> str:
    pad = " " * indent
    return (
        f"{pad}- id: {id}\n{pad}  name: {{zh: {id}}}\n{pad}  examples: [加强{term}。]\n"
        f"{pad}  rules: [{{id: r, terms: [{term}]}}]\n"
    )


def nested(depth: int) -> str:
    rows = [
        f"{'    ' * n}  - id: c{n}\n{'    ' * n}    name: {{zh: c{n}}}\n{'    ' * n}    codes:\n"
        for n in range(depth - 1)
    ]
    first, second = (
        leaf(*one, indent=4 * (depth - 1) + 2) for one in (("x", "预警"), ("y", "救援"))
    )
    return HEAD + "".join(rows) + first + second


TREES = {
    "flat": HEAD + leaf("x", "预警") + leaf("y", "救援"),
    "one level": nested(2),
    "deep": nested(6),
    "several dimensions": HEAD
    + "".join(f"  - id: d{n}\n    name: {{zh: d{n}}}\n    codes:\n" + leaf(i, t, 6)
              for n, (i, t) in enumerate([("x", "预警"), ("y", "救援")])),
    "codes without rules": HEAD + "  - {id: hollow, name: {zh: 空}}\n" + leaf("x", "预警")
    + leaf("y", "救援"),
}  # fmt: skip


@pytest.fixture(params=TREES, ids=str)
def text(request) -> str:
    return TREES[request.param]


def path_of(text: str, id: str) -> str:
    return next(one.path for one in parse_codebook(text).codes if one.path.endswith(id))


def test_it_is_loaded_checked_and_codes(text):
    book = parse_codebook(text)
    assert list(failing_examples(book)) == [] and wording_warnings(book) == []
    coded = code_sentence(Coder(book), "预警与救援。")
    assert [one.code for one in coded] == [path_of(text, "x"), path_of(text, "y")]


def test_every_act_of_the_editor_can_be_done(text):
    x, y = path_of(text, "x"), path_of(text, "y")
    acts = [
        rename_code(text, x, id="z", zh="新"),
        define_code(text, x, definition="甲"),
        add_sentence(text, x, "near_misses", "预警机。"),
        add_code(text, id="new", zh="新"),
        remove_code(text, y),
        merge_code(text, y, x),
        move_code(text, y, x, where="before"),
        shift_code(text, y, "up") if x.rpartition("/")[0] == y.rpartition("/")[0] else None,
    ]
    for act in filter(None, acts):
        new = parse_codebook(act.text)
        assert new.version == "2"
        assert compare_versions(parse_codebook(text), new, paths=act.paths)


def test_a_seventh_level_is_refused_and_a_sixth_is_not():
    assert parse_codebook(nested(6)).codes[-1].depth == 6
    with pytest.raises(CodebookError, match="nest deeper than 6"):
        parse_codebook(nested(7))


@pytest.mark.parametrize("name", TREES)
def test_a_term_inside_one_of_a_rival_code_is_told_wherever_the_two_stand(name):
    text = TREES[name].replace("救援", "预警机")
    (warning,) = wording_warnings(parse_codebook(text))
    assert warning.kind == "inside another code's term"
    told_one_by_one = name != "several dimensions"
    assert bool(warning.rule) == told_one_by_one
    assert "预警机" in warning.why
    assert warning.why.startswith("预警 stands inside 预警机") == told_one_by_one
