"""A codebook's text with a sentence more among its examples or near misses, all else as it was."""

import json
import re
from typing import Literal

import yaml

from wenma.errors import CodebookError

Kind = Literal["examples", "near_misses"]


def amended(text: str, path: str, kind: Kind, sentence: str) -> str:
    """The YAML text with this sentence added to the code's examples or near misses.

    Comments, order and every other line stay as they are; the version goes up by one.
    `CodebookError` when there is no such code, or the sentence stands there already.
    """
    code = _code(text, path)
    said = json.dumps(" ".join(sentence.split()), ensure_ascii=False)
    there = _value(code, kind)
    if there is None:
        here = code.value[0][0].start_mark
        pad = " " * here.column
        line_end = text.index("\n", _end(code.value[0][1]))
        added = f"\n{pad}{kind}:\n{pad}  - {said}"
        return _next(text[:line_end] + added + text[line_end:])
    if not isinstance(there, yaml.SequenceNode):
        raise CodebookError(
            f"{kind} of {path} is no list",
            cure="Write it as a list of sentences.",
            zh=f"“{path}”的 {kind} 不是列表。请写成句子的列表。",
        )
    if json.loads(said) in [item.value for item in there.value]:
        raise CodebookError(
            f"{path} has this sentence among its {kind} already",
            cure="Nothing needs doing.",
            zh=f"“{path}”的 {kind} 中已有这句，无需再做。",
        )
    if there.flow_style or not there.value:
        close = text.rindex("]", there.start_mark.index, there.end_mark.index)
        comma = ", " if there.value else ""
        return _next(text[:close] + comma + said + text[close:])
    last = there.value[-1]
    pad = " " * there.start_mark.column
    at = _line_end(text, _end(last))
    return _next(f"{text[:at]}\n{pad}- {said}{text[at:]}")


def _code(text: str, path: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    for step in path.split("/"):
        codes = _value(node, "codes") if isinstance(node, yaml.MappingNode) else None
        found = [
            one
            for one in (codes.value if isinstance(codes, yaml.SequenceNode) else [])
            if isinstance(one, yaml.MappingNode)
            and (id := _value(one, "id")) is not None
            and id.value == step
        ]
        if not found:
            raise CodebookError(
                f"there is no code {path}",
                cure="Choose one of the codebook's.",
                zh=f"编码本中没有编码“{path}”，请另选一个。",
            )
        node = found[0]
    assert isinstance(node, yaml.MappingNode)
    return node


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _end(node: yaml.Node) -> int:
    return int(node.end_mark.index)


def _line_end(text: str, at: int) -> int:
    """The end of the line on which what ends at `at` stands."""
    # A folded text ends where the next line begins.
    while at > 0 and text[at - 1] in "\n ":
        at -= 1
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _next(text: str) -> str:
    """The text with its version one higher in the last number: 1.6 becomes 1.7."""
    found = re.search(r'^version:\s*["\']?([0-9.]*?)([0-9]+)["\']?\s*$', text, flags=re.M)
    if found is None:
        return text
    return f'{text[: found.start()]}version: "{found[1]}{int(found[2]) + 1}"{text[found.end() :]}'
