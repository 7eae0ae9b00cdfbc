"""YAML that does what it seems to: what a file may not hold, told with its line.

YAML lets pass what no person means to write (a date that is none, a list for a key, brackets
nested without end, letters that cannot be seen); its library then raises what it likes, or ends
the process.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from wenma.errors import CodebookError

DEEPEST_BRACKETS = 60
"""The tree of codes has six levels, and none of a rule's parts has more than four."""

MOST_VALUES = 300_000
"""Ours have 10,000; as many as this take some seconds and 300 MB."""

_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in "str int float bool null map seq".split()}
_BEGINS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def refuse_unseen(text: str, file: str | Path, line: int = 1) -> None:
    """Pass text without control characters, nor such that turn a line around."""
    if found := _UNSEEN.search(text):
        sign = f"U+{ord(found[0]):04X}"
        raise CodebookError(
            f"holds {sign}, a character nobody can see",
            file=file,
            place=f"line {line + text.count(chr(10), 0, found.start())}",
            cure="Delete it: type the words around it anew.",
            zh=f"含有看不见的字符 {sign}。请删去：把前后几个字重新键入。",
        )


def refuse_unseen_values(root: yaml.Node, file: str | Path) -> None:
    """Pass nodes none of which holds such a character, also where an escape (\\x1b) makes it."""
    for node in _scalars(root):
        refuse_unseen(str(node.value), file, node.start_mark.line + 1)


def composed(text: str, file: str | Path) -> yaml.Node | None:
    """The nodes of a text of bounded depth without aliases and tags of its own."""
    try:
        _refuse_events(text, file)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise no_yaml(error, file) from None


def constructed(text: str, root: yaml.Node, file: str | Path) -> Any:
    """The values of a text; CodebookError with the line of the first that is none."""
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise no_yaml(error, file) from None
    except Exception:  # whatever a date that is none, or a number of 5,000 digits, comes to
        bad = next(filter(_fails, _scalars(root)), root)
        raise CodebookError(
            f"{_shortened(bad)!r} is no value that YAML can read",
            file=file,
            place=f"line {bad.start_mark.line + 1}",
            cure='Put it in quotes: "…".',
            zh=f"“{_shortened(bad)}”不是 YAML 能读的值。请加引号。",
        ) from None


def no_yaml(error: yaml.YAMLError, file: str | Path) -> CodebookError:
    """What YAML's own library has to say."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).split("\n")[0]
    return CodebookError(
        f"is not YAML: {what}",
        file=file,
        place=f"line {mark.line + 1}" if mark else None,
        cure="Look at the indentation, the colons and the quotes there.",
        zh=f"不是合乎规范的 YAML（{what}）。请检查该处的缩进、冒号与引号。",
    )


def _refuse_events(text: str, file: str | Path) -> None:
    # Events come one by one: the text is left before libyaml is deep in it.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        kind = type(event)
        if kind in _BEGINS:
            depth += 1
        elif kind in _ENDS:
            depth -= 1
        tag = getattr(event, "tag", None)
        if depth > DEEPEST_BRACKETS or count > MOST_VALUES or kind is yaml.AliasEvent:
            raise _refused(event, file, alias=kind is yaml.AliasEvent, deep=count <= MOST_VALUES)
        if tag and tag != "!" and tag not in _PLAIN_TAGS:
            raise CodebookError(
                f"uses a YAML tag ({tag[:60]})",
                file=file,
                place=_place(event),
                cure="Delete it, or put the word in quotes.",
                zh=f"用了 YAML 标签（{tag[:60]}）。请删去，或给该词加引号。",
            )


def _place(event: yaml.Event) -> str | None:
    mark = event.start_mark
    return f"line {mark.line + 1}" if mark else None


def _refused(event: yaml.Event, file: str | Path, *, alias: bool, deep: bool) -> CodebookError:
    if alias:
        return CodebookError(
            "uses a YAML alias (*)",
            file=file,
            place=_place(event),
            cure="Write the list out: a codebook is read by people.",
            zh="用了 YAML 别名（*）。编码本是给人看的，请把内容写全。",
        )
    if deep:
        return CodebookError(
            f"nests deeper than {DEEPEST_BRACKETS} levels",
            file=file,
            place=_place(event),
            cure="Look for brackets or dashes that are too many.",
            zh=f"嵌套超过 {DEEPEST_BRACKETS} 层。请检查多余的括号或短横。",
        )
    return CodebookError(
        f"holds more than {MOST_VALUES:,} words and lists",
        file=file,
        cure="Split it: a codebook is read by people.",
        zh=f"词与列表多于 {MOST_VALUES:,} 个。编码本是给人看的，请拆分。",
    )


def _scalars(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    coming = [root]
    while coming:
        node = coming.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            coming += [one for pair in reversed(node.value) for one in reversed(pair)]
        else:
            coming += reversed(node.value)


def _fails(node: yaml.ScalarNode) -> bool:
    try:
        yaml.constructor.SafeConstructor().construct_object(node)
    except Exception:  # a number of 5,000 digits, a date in month 13: whatever it comes to
        return True
    return False


def _shortened(node: yaml.Node) -> str:
    value = str(node.value)
    return value if len(value) <= 60 else f"{value[:60]}…"
