"""A YAML file becomes a codebook, or one line that says what to mend and where."""

import difflib
import hashlib
from pathlib import Path

import yaml
from pydantic import ValidationError

from wenma.codebook.schema import KEPT_TEXT, CodebookShape
from wenma.codebook.schema_mistakes import explained
from wenma.codebook.tree import build
from wenma.codebook.yaml_places import YamlPlaces
from wenma.codebook.yaml_sound import (
    composed,
    constructed,
    refuse_unseen,
    refuse_unseen_values,
)
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
    return _parsed(text, file, context=None)


def parse_kept_codebook(text: str, *, file: str | Path) -> Codebook:
    """The codebook a project or a pack keeps; one that was accepted once is accepted still."""
    return _parsed(text, file, context=KEPT_TEXT)


def _parsed(text: str, file: str | Path, *, context: str | None) -> Codebook:
    root = _composed(text, file, kept=context == KEPT_TEXT)
    places = YamlPlaces(text, root)
    data = constructed(text, root, file)
    try:
        shape = CodebookShape.model_validate(data, context=context)
    except ValidationError as error:
        raise explained(error, places, file) from None
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return build(shape, lines=places.line, file=file, text=text, fingerprint=fingerprint)


def _yaml_beside(path: Path) -> list[str]:
    return [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []


def _composed(text: str, file: str | Path, *, kept: bool) -> yaml.Node:
    """The file's nodes, checked for what YAML itself lets pass silently."""
    if not kept:
        refuse_unseen(text, file)
    root = composed(text, file)
    if not isinstance(root, yaml.MappingNode):
        raise CodebookError(
            "is no codebook: it should begin with 'codebook: NAME'",
            file=file,
            cure="See docs/codebook.md for a small one to start from.",
            zh="不是编码本：应以“codebook: 名称”开头，见 docs/codebook.md。",
        )
    if not kept and "\\" in text:
        refuse_unseen_values(root, file)
    _no_twins(root, file)
    return root


def _no_twins(node: yaml.Node, file: str | Path) -> None:
    """A key written twice: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise CodebookError(
                    "a list stands where a key should",
                    file=file,
                    place=f"line {line}",
                    cure="Write one word before the colon.",
                    zh="键的位置上是列表。冒号前请写一个词。",
                )
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
