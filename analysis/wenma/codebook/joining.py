"""Lists of one code added to those of another, each item as it was written."""

import json
from collections.abc import Iterable, Sequence

import yaml

from wenma.codebook.spelling import insert, plain
from wenma.codebook.yaml_nodes import (
    Line,
    Part,
    YamlNode,
    end_of,
    inner,
    items,
    lined,
    listing,
    text_of_part,
)


def join(code: YamlNode, target: YamlNode, key: str) -> None:
    """What the code has in this list, added to the target's."""
    given, there = code.part(key), target.part(key)
    if given is None:
        return
    mine = items(there) if there else []
    known = {_said(one) for one in mine}
    taken = {_rule(one) for one in mine} if key == "rules" else set()
    for item in items(given):
        if key == "rules":
            if _said(item) not in known and (id := _rule(item)) in taken:
                item = _with_id(item, another(id, taken))
            taken.add(_rule(item))
        if _said(item) not in known:
            mine.append(item)
    block = there is not None and there.lines[0].body.split("#")[0].strip() == f"{key}:"
    new = listing(key, mine, there.lines[0] if there and block else None)
    if there is None:
        insert(target, new)
    else:
        there.lines = new.lines


def settle(code: YamlNode) -> None:
    """A sentence that has become an example of the code is no near miss of it any more."""
    examples, near = code.part("examples"), code.part("near_misses")
    if examples is None or near is None:
        return
    said = {_said(one) for one in items(examples)}
    every = items(near)
    kept = [one for one in every if _said(one) not in said]
    if not kept:
        code.parts.remove(near)
    elif len(kept) < len(every):
        near.lines = listing("near_misses", kept).lines


def _node(item: Sequence[Line]) -> tuple[str, yaml.Node]:
    text = text_of_part(Part("", list(item)))
    return text, inner(text)


def _said(item: Sequence[Line]) -> str:
    """What an item says, however it is laid out."""
    text, _ = _node(item)
    return json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), ensure_ascii=False, default=str)


def _id_of(item: Sequence[Line]) -> tuple[str, yaml.Node]:
    text, node = _node(item)
    return text, next(value for key, value in node.value if key.value == "id")


def _rule(item: Sequence[Line]) -> str:
    return str(_id_of(item)[1].value)


def _with_id(item: Sequence[Line], id: str) -> list[Line]:
    text, node = _id_of(item)
    return lined(text[: node.start_mark.index] + plain(id) + text[end_of(node) :])


def another(id: str, taken: Iterable[str]) -> str:
    """The id with the first number that makes it one of its own."""
    used, number = set(taken), 2
    while f"{id}-{number}" in used:
        number += 1
    return f"{id}-{number}"
