"""A codebook's YAML taken apart into its codes and put together again, comments and layout kept."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import yaml

from wenma.errors import CodebookError


class YamlLine(NamedTuple):
    """A line of the file, `indent` columns right of what it belongs to; without `body`, blank."""

    indent: int
    body: str


@dataclass
class Flow:
    """How something in brackets was written, for as long as it still says `made`."""

    lines: list[YamlLine]
    made: list[str]


@dataclass
class YamlPart:
    """One key of a mapping with its value as it is written, and the comments above it."""

    key: str
    lines: list[YamlLine]
    above: list[YamlLine] = field(default_factory=list)
    flow: Flow | None = None


@dataclass(eq=False)
class YamlNode:
    """A code (or the whole file) as it is written, and the codes under it.

    Not frozen, unlike the records of the house: nodes are made of a text, pushed about and
    written out again inside one function. `step` are the columns from its dash to its keys,
    `inset` those from its keys to the dashes of its codes.
    """

    parts: list[YamlPart]
    codes: list["YamlNode"] = field(default_factory=list)
    above: list[YamlLine] = field(default_factory=list)
    step: int = 2
    inset: int = 2
    below: list[YamlLine] = field(default_factory=list)
    flow: Flow | None = None

    def part(self, key: str) -> YamlPart | None:
        """What stands under this key."""
        return next((one for one in self.parts if one.key == key), None)

    @property
    def id(self) -> str:
        """The code's id; "" of the whole file."""
        part = self.part("id")
        return str(value_of(part).value) if part else ""

    def walk(self, parent: str = "") -> Iterator[tuple[str, "YamlNode"]]:
        """Path and node of every code under this one, in order."""
        for code in self.codes:
            path = f"{parent}/{code.id}" if parent else code.id
            yield path, code
            yield from code.walk(path)


def parse(text: str) -> YamlNode:
    """The file as a tree of nodes; `serialize` makes the same text of them."""
    return _Reader(text.removeprefix("\ufeff").replace("\r\n", "\n")).root()


def serialize(root: YamlNode) -> str:
    """The text of the nodes, each at the indentation of its place in the tree."""
    out: list[str] = []
    _write(root, 0, out)
    _put(root.below, 0, out)
    return "\n".join(out)


def text_of_part(part: YamlPart) -> str:
    """A part's lines as a text of its own."""
    out: list[str] = []
    _put(part.lines, 0, out)
    return "\n".join(out)


def value_of(part: YamlPart) -> yaml.Node:
    """The node of a part's value, its marks counted in `text_of_part`."""
    value: yaml.Node = first_inner(text_of_part(part))[1]
    return value


def first_inner(text: str) -> Any:
    """The first node within the one that is the whole text: key and value, or an item."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode | yaml.SequenceNode) or not node.value:
        raise unknown_layout(text[:20])
    return node.value[0]


def text_lines(text: str) -> list[YamlLine]:
    """A text as lines."""
    return [_line(one, 0) for one in text.split("\n")]


def list_items(part: YamlPart) -> list[list[YamlLine]]:
    """The items of a list as lines: comments above it, then what begins with its dash."""
    text, value = text_of_part(part), value_of(part)
    if not isinstance(value, yaml.SequenceNode):
        raise unknown_layout(part.key)
    if value.flow_style:
        return [_dashed(text[one.start_mark.index : end_of_node(one)]) for one in value.value]
    reader = _Reader(text)
    reader.at = 1  # behind the key: a comment above the first item is the item's
    found = []
    column = reader.column_of(value.start_mark.index)
    for one in value.value:
        last = reader.last_line(one)
        found.append([_line(raw, column) for raw in reader.lines[reader.at : last + 1]])
        reader.at = last + 1
    return found


def list_part(
    key: str, written: Sequence[Sequence[YamlLine]], header: YamlLine | None = None
) -> YamlPart:
    """A part that is a list of these items, one below the other."""
    lines = [header or YamlLine(0, f"{key}:")]
    for item in written:
        lines += [YamlLine(one.indent + 2, one.body) for one in item]
    return YamlPart(key, lines)


def end_of_node(node: yaml.Node) -> int:
    """Where what a node says ends; the end mark of a block lies behind the comments after it."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        if not node.value:
            break
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _dashed(raw: str) -> list[YamlLine]:
    """An item of a list in brackets, as one with a dash."""
    first, *rest = raw.split("\n")
    return [
        YamlLine(0, f"- {first.rstrip()}"),
        *(YamlLine(4, one.strip()) for one in rest if one.strip()),
    ]


def _line(raw: str, column: int) -> YamlLine:
    body = raw.lstrip(" ")
    return YamlLine(len(raw) - len(body) - column, body) if body.strip() else YamlLine(0, "")


def _put(lines: Sequence[YamlLine], column: int, out: list[str]) -> None:
    out += [" " * max(0, column + one.indent) + one.body if one.body else "" for one in lines]


def _write(tree_node: YamlNode, column: int, out: list[str]) -> None:
    """The parts of a node whose keys stand at `column`; its dash is left to the caller."""
    for part in tree_node.parts:
        _put(part.above, column, out)
        if part.key != "codes":
            _put(part.lines, column, out)
        elif part.flow and part.flow.made == _made(tree_node.codes):
            _put(part.flow.lines, column, out)
        else:
            _put(part.lines, column, out)
            for code in tree_node.codes:
                _put(code.above, column + tree_node.inset, out)
                _code(code, column + tree_node.inset, out)


def _code(code: YamlNode, dash: int, out: list[str]) -> None:
    """A code with its dash."""
    if code.flow and code.flow.made == _made([code], bare=True):
        _put(code.flow.lines, dash, out)
        return
    _put(code.parts[0].above, dash, out)
    begin = len(out)
    first = replace(code.parts[0], above=[])
    _write(replace(code, parts=[first, *code.parts[1:]]), dash + code.step, out)
    out[begin] = f"{' ' * dash}-{' ' * (code.step - 1)}{out[begin].lstrip(' ')}"


def _made(codes: Sequence[YamlNode], *, bare: bool = False) -> list[str]:
    """These codes as they are written key by key."""
    out: list[str] = []
    for code in codes:
        _code(replace(code, flow=None) if bare else code, 0, out)
    return out


class _Reader:
    """Takes a text line by line; `at` is the first line nobody has taken yet."""

    def __init__(self, text: str) -> None:
        self.text, self.lines, self.at = text, text.split("\n"), 0
        # The marks of YAML count lines that end in other ways too: only their index is used.
        self.breaks = [at for at, sign in enumerate(text) if sign == "\n"]

    def root(self) -> YamlNode:
        node = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise unknown_layout("codebook")
        if node.flow_style:
            tree_node = self._flowing(node)
        else:
            tree_node = self._mapping(node, self.column_of(node.start_mark.index))
            tree_node.below = [_line(raw, 0) for raw in self.lines[self.at :]]
        return tree_node

    def line_of(self, index: int) -> int:
        return bisect_left(self.breaks, index)

    def column_of(self, index: int) -> int:
        line = self.line_of(index)
        return index - (self.breaks[line - 1] + 1 if line else 0)

    def last_line(self, node: yaml.Node) -> int:
        start, end = node.start_mark.index, end_of_node(node)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.line_of(max(start, end - 1))

    def _taken(self, until: int, column: int) -> list[YamlLine]:
        lines = [_line(raw, column) for raw in self.lines[self.at : until]]
        self.at = max(self.at, until)
        return lines

    def _mapping(self, node: yaml.MappingNode, column: int) -> YamlNode:
        tree_node = YamlNode([])
        for key, value in node.value:
            start = self.line_of(key.start_mark.index)
            part = YamlPart(str(key.value), [], self._taken(start, column))
            tree_node.parts.append(part)
            if part.key != "codes" or not isinstance(value, yaml.SequenceNode):
                part.lines = self._taken(max(start, self.last_line(value)) + 1, column)
            elif value.flow_style:
                written = self._taken(self.last_line(value) + 1, column)
                part.lines = [YamlLine(0, "codes:")]
                tree_node.codes = [self._flowing(one) for one in value.value]
                part.flow = Flow(written, _made(tree_node.codes))
            else:
                part.lines = self._taken(start + 1, column)
                dash = self.column_of(value.start_mark.index)
                tree_node.inset = dash - column
                tree_node.codes = [self._item(one, dash) for one in value.value]
            if part.key == "codes" and not tree_node.codes:
                tree_node.parts.pop()
        return tree_node

    def _item(self, node: yaml.Node, dash: int) -> YamlNode:
        start = self.line_of(node.start_mark.index)
        column = self.column_of(node.start_mark.index)
        above = self._taken(start, dash)
        raw = self.lines[start]
        if raw[:column].strip() == "-":
            self.lines[start] = raw.replace("-", " ", 1)
        elif not raw[:column].strip() and (alone := _dash_alone(above)) is not None:
            above[alone] = YamlLine(above[alone].indent, above[alone].body[1:].strip())
        else:
            raise unknown_layout("codes")
        if not isinstance(node, yaml.MappingNode):
            raise unknown_layout("codes")
        if node.flow_style:
            end = self.last_line(node)
            after = self.text[
                end_of_node(node) : self.breaks[end] if end < len(self.breaks) else None
            ]
            written = self._taken(end + 1, dash)
            written[0] = YamlLine(0, f"-{' ' * (column - dash - 1)}{written[0].body}")
            tree_node = self._flowing(node)
            if after.strip():
                first = tree_node.parts[0].lines
                first[0] = YamlLine(0, f"{first[0].body}  {after.strip()}")
            tree_node.flow = Flow(written, _made([tree_node]))
        else:
            tree_node = self._mapping(node, column)
            tree_node.step = column - dash
        tree_node.above = above
        return tree_node

    def _flowing(self, node: yaml.Node) -> YamlNode:
        """A code in braces becomes one with a line for each key."""
        if not isinstance(node, yaml.MappingNode):
            raise unknown_layout("codes")
        tree_node = YamlNode([])
        for key, value in node.value:
            if key.value == "codes" and isinstance(value, yaml.SequenceNode):
                tree_node.codes = [self._flowing(one) for one in value.value]
                if tree_node.codes:
                    tree_node.parts.append(YamlPart("codes", [YamlLine(0, "codes:")]))
                continue
            raw = self.text[value.start_mark.index : end_of_node(value)].rstrip()
            first, *rest = raw.split("\n")
            lines = [YamlLine(0, f"{key.value}: {first.rstrip()}")]
            lines += [YamlLine(4, one.strip()) for one in rest if one.strip()]
            tree_node.parts.append(YamlPart(str(key.value), lines))
        return tree_node


def _dash_alone(above: Sequence[YamlLine]) -> int | None:
    """The line with nothing but the dash of what follows, or a comment behind it."""
    return next(
        (
            n
            for n, one in reversed([*enumerate(above)])
            if one.body == "-" or one.body.startswith("- #")
        ),
        None,
    )


def unknown_layout(key: str) -> CodebookError:
    """What is raised where something is written in a way this editor does not change."""
    return CodebookError(
        f"{key!r} is written in a way that cannot be changed here",
        cure="Change it in the YAML.",
        zh=f"“{key}” 的写法不能在此修改，请直接改 YAML。",
    )
