"""Lists of a code grow by an item, or by those of another code, each as it was written."""

import json
from collections.abc import Iterable, Sequence

import yaml

from wenma.codebook.yaml_nodes import (
    YamlLine,
    YamlNode,
    YamlPart,
    end_of_node,
    first_inner,
    list_items,
    list_part,
    text_lines,
    text_of_part,
    unknown_layout,
    value_of,
)
from wenma.codebook.yaml_values import insert_part, plain_id


def append_item(part: YamlPart, written: str) -> None:
    """One item more at the end of a list, whether in brackets or one below the other."""
    text, value = text_of_part(part), value_of(part)
    if not isinstance(value, yaml.SequenceNode):
        raise unknown_layout(part.key)
    if not value.flow_style:
        part.lines = [*part.lines, YamlLine(_column(text, value.start_mark.index), f"- {written}")]
    elif value.value:
        end = end_of_node(value.value[-1])
        part.lines = text_lines(f"{text[:end]}, {written}{text[end:]}")
    else:
        start = value.start_mark.index + 1
        part.lines = text_lines(text[:start] + written + text[start:])


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def merge_list(code: YamlNode, target: YamlNode, key: str) -> None:
    """What the code has in this list, added to the target's."""
    given, there = code.part(key), target.part(key)
    if given is None:
        return
    mine = list_items(there) if there else []
    known = {_said(one) for one in mine}
    taken = {_rule(one) for one in mine} if key == "rules" else set()
    for item in list_items(given):
        if key == "rules":
            if _said(item) not in known and (id := _rule(item)) in taken:
                item = _with_id(item, free_id(id, taken))
            taken.add(_rule(item))
        if _said(item) not in known:
            mine.append(item)
    block = there is not None and there.lines[0].body.split("#")[0].strip() == f"{key}:"
    new = list_part(key, mine, there.lines[0] if there and block else None)
    if there is None:
        insert_part(target, new)
    else:
        there.lines = new.lines


def drop_settled_near_misses(code: YamlNode) -> None:
    """A sentence that has become an example of the code is no near miss of it any more."""
    examples, near = code.part("examples"), code.part("near_misses")
    if examples is None or near is None:
        return
    said = {_said(one) for one in list_items(examples)}
    every = list_items(near)
    kept = [one for one in every if _said(one) not in said]
    if not kept:
        code.parts.remove(near)
    elif len(kept) < len(every):
        near.lines = list_part("near_misses", kept).lines


def _node(item: Sequence[YamlLine]) -> tuple[str, yaml.Node]:
    text = text_of_part(YamlPart("", list(item)))
    return text, first_inner(text)


def _said(item: Sequence[YamlLine]) -> str:
    """What an item says, however it is laid out."""
    text, _ = _node(item)
    return json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), ensure_ascii=False, default=str)


def _id_of(item: Sequence[YamlLine]) -> tuple[str, yaml.Node]:
    text, node = _node(item)
    return text, next(value for key, value in node.value if key.value == "id")


def _rule(item: Sequence[YamlLine]) -> str:
    return str(_id_of(item)[1].value)


def _with_id(item: Sequence[YamlLine], id: str) -> list[YamlLine]:
    text, node = _id_of(item)
    return text_lines(text[: node.start_mark.index] + plain_id(id) + text[end_of_node(node) :])


def free_id(id: str, taken: Iterable[str]) -> str:
    """The id with the first number that makes it one of its own."""
    used, number = set(taken), 2
    while f"{id}-{number}" in used:
        number += 1
    return f"{id}-{number}"
