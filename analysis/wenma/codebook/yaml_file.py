"""A YAML file becomes a codebook, or one line that says what to mend and where."""

import difflib
import hashlib
import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from wenma.codebook.schema import (
    CodebookShape,
    CodeShape,
    GradeShape,
    IndexShape,
    RuleShape,
    Scope,
)
from wenma.codebook.tree import build
from wenma.errors import CodebookError
from wenma.records import Codebook

_LARGEST = 5_000_000  # bytes; a codebook is read by people


def load_codebook(path: str | Path) -> Codebook:
    """Read a codebook; `CodebookError` names file, line and cure."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        near = difflib.get_close_matches(path.name, _yaml_beside(path), n=1)
        cure = f"Did you mean {near[0]}?" if near else "Check the path."
        raise CodebookError(
            "there is no such codebook",
            file=path,
            cure=cure,
            zh=f"没有这个编码本。{f'是否想写 {near[0]}？' if near else '请检查路径。'}",
        ) from None
    except OSError as error:
        raise CodebookError(
            f"cannot be read ({error.strerror})",
            file=path,
            cure="Name a YAML file.",
            zh=f"无法读取（{error.strerror}）。请写一个 YAML 文件。",
        ) from None
    if len(data) > _LARGEST:
        raise CodebookError(
            "is larger than 5 MB",
            file=path,
            cure="A codebook is a text file people read.",
            zh="大于 5 MB。编码本是给人看的文本文件。",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(
            "is not UTF-8 text",
            file=path,
            cure="Save it as UTF-8 in your editor.",
            zh="不是 UTF-8 文本。请在编辑器中另存为 UTF-8。",
        ) from None
    return parse_codebook(text, file=path)


def parse_codebook(text: str, *, file: str | Path = "codebook") -> Codebook:
    """The codebook written in `text`; `file` is what errors call it."""
    root = _composed(text, file)
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
        shape = CodebookShape.model_validate(data)
    except ValidationError as error:
        raise _explained(error, root, file) from None
    except yaml.YAMLError as error:
        raise _no_yaml(error, file) from None
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    lines = _Lines(root)
    return build(shape, lines=lines.line, file=file, text=text, fingerprint=fingerprint)


def _yaml_beside(path: Path) -> list[str]:
    return [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []


class _Lines:
    """The line on which a part of the file begins, by its way down from the top."""

    def __init__(self, root: yaml.Node) -> None:
        self._root = root

    def line(self, way: tuple[int | str, ...]) -> int:
        node = self._root
        line = node.start_mark.line + 1
        for step in way:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == step:
                        node, line = value, key.start_mark.line + 1
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    break
                node = node.value[step]
                line = node.start_mark.line + 1
            # Other steps are pydantic's own (which member of a union): they are no place.
        return line


def _composed(text: str, file: str | Path) -> yaml.Node:
    """The file's nodes, checked for what YAML itself lets pass silently."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                raise CodebookError(
                    "uses a YAML alias (*)",
                    file=file,
                    place=f"line {mark.line + 1}" if mark else None,
                    cure="Write the list out: a codebook is read by people.",
                    zh="用了 YAML 别名（*）。编码本是给人看的，请把内容写全。",
                )
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise _no_yaml(error, file) from None
    if not isinstance(root, yaml.MappingNode):
        raise CodebookError(
            "is no codebook: it should begin with 'codebook: NAME'",
            file=file,
            cure="See docs/codebook.md for a small one to start from.",
            zh="不是编码本：应以“codebook: 名称”开头，见 docs/codebook.md。",
        )
    _no_twins(root, file)
    return root


def _no_yaml(error: yaml.YAMLError, file: str | Path) -> CodebookError:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).split("\n")[0]
    return CodebookError(
        f"is not YAML: {what}",
        file=file,
        place=f"line {mark.line + 1}" if mark else None,
        cure="Look at the indentation, the colons and the quotes there.",
        zh=f"不是合乎规范的 YAML（{what}）。请检查该处的缩进、冒号与引号。",
    )


def _no_twins(node: yaml.Node, file: str | Path) -> None:
    """A key written twice: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise CodebookError(
                    f"{key.value!r} stands twice, first in line {seen[key.value]}",
                    file=file,
                    place=f"line {line}",
                    cure="Join the two.",
                    zh=f"“{key.value}”出现了两次，先见于第 {seen[key.value]} 行。请合为一处。",
                )
            seen[key.value] = line
            _no_twins(value, file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _no_twins(item, file)


_SHAPES = (CodebookShape, CodeShape, RuleShape, Scope, IndexShape, GradeShape)
_KEYS = sorted({key for shape in _SHAPES for key in shape.model_fields})


def _explained(error: ValidationError, root: yaml.Node, file: str | Path) -> CodebookError:
    """The first mistake of a file, in the words of someone who writes codebooks."""
    first = error.errors(include_url=False)[0]
    way = tuple(step for step in first["loc"])
    line = _Lines(root).line(way)
    last = next((step for step in reversed(way) if isinstance(step, str)), "")
    value: Any = first.get("input")
    cure = ""
    match first["type"]:
        case "extra_forbidden":
            problem = f"{last!r} is not a key that may stand here"
            zh = f"此处不能有“{last}”"
            near = difflib.get_close_matches(last, [key for key in _KEYS if key != last], n=1)
            cure = f"Did you mean {near[0]!r}?" if near else "See docs/codebook.md for the keys."
            zh += f"。是否想写“{near[0]}”？" if near else "。可用的键见 docs/codebook.md。"
        case "missing":
            problem = f"{last!r} is missing"
            cure = f"Add '{last}:' there."
            zh = f"缺“{last}”。请在该处补上“{last}:”。"
        case "string_type":
            problem = f"{last!r} should be text, and YAML reads {value!r}"
            zh = f"“{last}”应是文字，YAML 却读成 {value!r}。"
            if not isinstance(value, list | dict):
                cure, zh = f'Put it in quotes: "{value}".', f'{zh}请加引号："{value}"。'
        case "literal_error":
            expected = str(first.get("ctx", {}).get("expected", ""))
            problem = f"{last!r} cannot be {value!r}"
            near = difflib.get_close_matches(str(value), re.findall(r"'(\w+)'", expected), n=1)
            cure = f"Did you mean {near[0]!r}?" if near else f"It is one of {expected}."
            among = expected.replace(" or ", "、").replace(", ", "、")
            zh = f"“{last}”不能是 {value!r}。" + (
                f"是否想写“{near[0]}”？" if near else f"可以是 {among}。"
            )
        case "value_error":
            said = str(first["msg"]).removeprefix("Value error, ")
            problem, zh = f"{_called(value)}{said}", ""
        case "string_pattern_mismatch" if last == "colour":
            problem = f"{last!r} cannot be {value!r}"
            cure = "Write a colour as '#1b6ca8'."
            zh = f"颜色不能是 {value!r}。请写成 '#1b6ca8' 的样子。"
        case "string_pattern_mismatch":
            problem = f"{last!r} cannot be {str(value)[:60]!r}"
            cure = "Use letters, digits, - and _ only."
            zh = f"“{last}”不能是 {str(value)[:60]!r}。只用字母（汉字亦可）、数字、- 与 _。"
        case "too_short" | "string_too_short":
            problem, cure = f"{last!r} is empty", "Fill it or delete it."
            zh = f"“{last}”是空的。请填写，或删去。"
        case "too_long" | "string_too_long":
            problem, cure = f"{last!r} is too long", "Split it or shorten it."
            most = first.get("ctx", {}).get("max_length", "")
            zh = f"“{last}”太长（至多 {most}）。请拆开或缩短。"
        case "less_than_equal" | "greater_than_equal":
            limits = first.get("ctx", {})
            limit = limits.get("le", limits.get("ge"))
            side = "most" if "le" in limits else "least"
            problem, cure = f"{last!r} cannot be {value!r}", f"It is at {side} {limit}."
            zh = f"“{last}”不能是 {value!r}，{'至多' if side == 'most' else '至少'} {limit}。"
        case _:
            problem, zh = f"{last!r}: {first['msg'][0].lower()}{first['msg'][1:]}", ""
    more = error.error_count() - 1
    if more:
        cure = f"{cure} {more} more {'mistakes follow' if more > 1 else 'mistake follows'}".strip()
        zh = f"{zh}后面还有 {more} 处错误。" if zh else ""
    return CodebookError(problem, file=file, place=f"line {line}", cure=cure or None, zh=zh)


def _called(value: Any) -> str:
    return f"rule {value['id']!r} " if isinstance(value, dict) and "id" in value else ""
