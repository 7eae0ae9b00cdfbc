"""How a value is written into a codebook's YAML, whatever it holds."""

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from wenma.codebook.schema import CodeShape
from wenma.codebook.yaml_nodes import (
    YamlNode,
    YamlPart,
    end_of_node,
    text_lines,
    text_of_part,
    value_of,
)

_ORDER = tuple(CodeShape.model_fields)


def says_the_same(new: str | Sequence[str], old: str | Sequence[str]) -> bool:
    """Do both say the same, spaces around it apart?"""
    if isinstance(new, str) or isinstance(old, str):
        return str(new).strip() == old
    return [one.strip() for one in new if one.strip()] == [one.strip() for one in old]


def set_value(code: YamlNode, key: str, value: str) -> None:
    """Write a key's value, make the key, or take it away with its value."""
    if value:
        put_value(code, key, value)
    else:
        code.parts[:] = [one for one in code.parts if one.key != key]


def put_value(tree_node: YamlNode, key: str, value: str) -> None:
    """Another value in the place of the old; a comment behind it stays."""
    between = "" if value[:1] == "\n" else " "
    part = tree_node.part(key)
    if part is None:
        insert_part(tree_node, YamlPart(key, text_lines(f"{key}:{between}{value}")))
        return
    text, node = text_of_part(part), value_of(part)
    begin = text.index(":", text.index(key)) + 1
    end = max(begin, end_of_node(node))
    while end > begin and text[end - 1].isspace():
        end -= 1
    rest = text[end:].rstrip()
    if "\n" in value and rest.strip():  # a comment would become part of a text of several lines
        part.above = [*part.above, *text_lines(rest.strip())]
        rest = ""
    part.lines = text_lines(text[:begin] + between + value + rest)


def insert_part(tree_node: YamlNode, part: YamlPart) -> None:
    """A new key at its usual place among the others."""
    rank = _ORDER.index(part.key) if part.key in _ORDER else 0
    at = next(
        (
            n
            for n, one in enumerate(tree_node.parts)
            if one.key in _ORDER and _ORDER.index(one.key) > rank
        ),
        len(tree_node.parts),
    )
    tree_node.parts.insert(at, part)


def plain_id(word: str) -> str:
    """An id as it stands, in quotes where YAML would read a number or a yes."""
    safe = re.fullmatch(r"\w[\w-]*", word) and yaml.safe_load(word) == word
    return word if safe else quoted_text(word)


def name_in_braces(given: Mapping[str, str]) -> str:
    """A name in its languages, in braces."""
    return "{" + ", ".join(f"{key}: {_word(one)}" for key, one in given.items()) + "}"


def _word(text: str) -> str:
    easy = re.fullmatch(r"\w([\w ·、（）()-]*[\w）)])?", text) and yaml.safe_load(text) == text
    return text if easy else quoted_text(text)


def quoted_text(text: str) -> str:
    """In double quotes, on one line, whatever it holds."""
    said = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        said,
    )


def prose_text(text: str) -> str:
    """A text of several lines as lines; any other in quotes."""
    lines = text.split("\n")
    # Space at the end of a line would not be seen, nor survive an editor.
    plainly = text.replace("\n", "").isprintable() and all(one == one.rstrip() for one in lines)
    if len(lines) == 1 or not plainly or text != text.strip():
        return quoted_text(text)
    return "|-\n" + "\n".join(f"  {one}" if one else "" for one in lines)
