"""Whatever the rooms of the codebook refuse, they refuse in Chinese too."""

import ast
from pathlib import Path

import pytest

import wenma
from wenma import errors

HOUSE = Path(wenma.__file__).parent
FILES = sorted(path for room in ("codebook", "coding") for path in (HOUSE / room).glob("*.py"))
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.WenmaError)
} | {"mistake"}


def calls(tree: ast.AST) -> list[ast.Call]:
    """Where an error of the house is made; `mistake` makes those of the schema."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in KINDS
    ]


def without_chinese(text: str) -> list[int]:
    """Lines on which an error is made without `zh`, or with an empty one."""
    lines = []
    for call in calls(ast.parse(text)):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        zh = given.get("zh")
        if zh is None or (isinstance(zh, ast.Constant) and not zh.value):
            lines.append(call.lineno)
    return lines


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_error_is_given_in_chinese(file):
    assert without_chinese(file.read_text(encoding="utf-8")) == []


def test_an_error_without_chinese_would_be_found():
    assert without_chinese("raise CodebookError('no', cure='Do.')") == [1]
    assert without_chinese("raise errors.LexiconError('no', zh='')") == [1]
    assert without_chinese("raise mistake('no', cure='Do.', zh='不行。')") == []
    made = [call for file in FILES for call in calls(ast.parse(file.read_text("utf-8")))]
    assert len(made) > 20


def test_nothing_in_the_schema_is_refused_by_a_plain_value_error():
    for file in FILES:
        names = {
            n.id for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Name)
        }
        assert "ValueError" not in names, file
