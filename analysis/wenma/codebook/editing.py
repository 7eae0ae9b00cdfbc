"""The tree of a codebook changed in its YAML: codes renamed, moved, merged, added, removed.

Each function takes the text and gives it back changed, with comments and layout kept, and
with what became of every path, so that what people coded can follow.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from textwrap import dedent, indent
from typing import Literal, NamedTuple

import yaml

from wenma.codebook.next_version import next_version
from wenma.codebook.tree import PALETTE
from wenma.codebook.yaml_file import parse_codebook
from wenma.codebook.yaml_lists import append_item, drop_settled_near_misses, free_id, merge_list
from wenma.codebook.yaml_nodes import (
    YamlLine,
    YamlNode,
    YamlPart,
    end_of_node,
    list_items,
    parse,
    serialize,
    text_lines,
    text_of_part,
    value_of,
)
from wenma.codebook.yaml_scales import keep_scores, products_follow
from wenma.codebook.yaml_values import (
    name_in_braces,
    plain_id,
    prose_text,
    put_value,
    quoted_text,
    says_the_same,
    set_value,
)
from wenma.errors import CodebookError
from wenma.records import Codebook
from wenma.sources.cleaning import tidied

Where = Literal["into", "before", "after"]
ShiftStep = Literal["up", "down", "in", "out"]
SentenceList = Literal["examples", "near_misses"]
Paths = Mapping[str, str]
"""Path before → path after, of what has changed; "" after for a code that is gone."""

_JOINED = ("when", "when_not", "examples", "near_misses", "rules")


class EditedCodebook(NamedTuple):
    """A codebook's text after a change, and where its codes have gone."""

    text: str
    paths: Paths


def rename_code(
    text: str,
    path: str,
    *,
    id: str | None = None,
    zh: str | None = None,
    en: str | None = None,
    version: str | None = None,
) -> EditedCodebook:
    """The code under another id, or with other names. An index that counts it follows."""

    def change(root: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        if id is not None and id != code.id:
            siblings = _parent(root, code).codes
            _free(id, siblings)
            if code in root.codes:
                _in_index(root, code.id, id)
            put_value(code, "id", plain_id(id))
        name = code.part("name")
        if name is not None and (zh is not None or en is not None):
            old = {key.value: value.value for key, value in value_of(name).value}
            new = {"zh": old.get("zh", "") if zh is None else zh.strip()}
            if english := old.get("en", "") if en is None else en.strip():
                new["en"] = english
            if new != old:
                put_value(code, "name", name_in_braces(new))

    return _changed(text, change, version)


def move_code(
    text: str, path: str, to: str, *, where: Where = "into", version: str | None = None
) -> EditedCodebook:
    """The code with all under it, last among the codes of `to` ("" is the top), or beside `to`."""

    def change(root: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        _not_within(path, to)
        beside = None if where == "into" else _found(found, to)
        parent = _parent(root, beside) if beside else _found(found, to) if to else root
        old = _parent(root, code)
        if parent is not old:
            _free(code.id, parent.codes)
        _take_out(old, code)
        at = len(parent.codes)
        if beside is not None:
            at = parent.codes.index(beside) + (where == "after")
        _take_in(parent, code, at)

    return _changed(text, change, version)


def shift_code(
    text: str, path: str, step: ShiftStep, *, version: str | None = None
) -> EditedCodebook:
    """The code one place up or down among its siblings, under the one above it, or out after its
    parent."""
    root = parse(text)
    code = _found(dict(root.walk()), path)
    parent, above = _parent(root, code), path.rpartition("/")[0]
    here = parent.codes.index(code)
    beside = {"up": here - 1, "in": here - 1, "down": here + 1}.get(step, -1)
    if step == "out" and above:
        return move_code(text, path, above, where="after", version=version)
    if not 0 <= beside < len(parent.codes):
        raise CodebookError(
            f"{path} cannot go further there",
            cure="Move it another way.",
            zh=f"“{path}”不能再往那边移，请换个方向。",
        )
    to = f"{above}/{parent.codes[beside].id}" if above else parent.codes[beside].id
    where: Where = "before" if step == "up" else "after" if step == "down" else "into"
    return move_code(text, path, to, where=where, version=version)


def merge_code(text: str, path: str, into: str, *, version: str | None = None) -> EditedCodebook:
    """The code's rules, sentences and codes given to another, which keeps its name and definition.

    Ids that both have get a number; a sentence both have stands once, and one that was an
    example of either is no near miss of the two.
    """

    def change(root: YamlNode, found: dict[str, YamlNode]) -> None:
        code, target = _found(found, path), _found(found, into)
        _not_within(path, into)
        _take_out(_parent(root, code), code)
        for key in _JOINED:
            merge_list(code, target, key)
        drop_settled_near_misses(target)
        taken = {one.id for one in target.codes}
        for child in code.codes:
            if child.id in taken:
                put_value(child, "id", plain_id(free_id(child.id, taken)))
            taken.add(child.id)
            _take_in(target, child, len(target.codes))

    return _changed(text, change, version, gone={path: into})


def add_code(
    text: str, *, id: str, zh: str, en: str = "", under: str = "", version: str | None = None
) -> EditedCodebook:
    """A new code, the last of those under `under` ("" is the top)."""

    def change(root: YamlNode, found: dict[str, YamlNode]) -> None:
        parent = _found(found, under) if under else root
        _free(id, parent.codes)
        given = {"zh": zh.strip(), **({"en": en.strip()} if en.strip() else {})}
        code = YamlNode(
            [YamlPart("id", [YamlLine(0, "id: x")]), YamlPart("name", [YamlLine(0, "name: x")])]
        )
        put_value(code, "id", plain_id(id))
        put_value(code, "name", name_in_braces(given))
        _take_in(parent, code, len(parent.codes))

    return _changed(text, change, version)


def remove_code(text: str, path: str, *, version: str | None = None) -> EditedCodebook:
    """The codebook without the code and all under it."""

    def change(root: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        if root.codes == [code]:
            raise CodebookError(
                f"{path} is the only code",
                cure="Add another first.",
                zh="只剩这一个编码，请先新建。",
            )
        _take_out(_parent(root, code), code)

    return _changed(text, change, version)


def define_code(
    text: str,
    path: str,
    *,
    definition: str | None = None,
    when: Sequence[str] | None = None,
    when_not: Sequence[str] | None = None,
    examples: Sequence[str] | None = None,
    near_misses: Sequence[str] | None = None,
    version: str | None = None,
) -> EditedCodebook:
    """The code with another definition, or other lists of when to use it and of sentences."""
    given = {
        "definition": definition,
        "when": when,
        "when_not": when_not,
        "examples": examples,
        "near_misses": near_misses,
    }

    def change(_: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        was = next(one for one in cached_codebook(text).codes if one.path == path)
        for key, new in given.items():
            if new is None or says_the_same(new, getattr(was, key)):
                continue
            if isinstance(new, str):
                set_value(code, key, prose_text(new.strip()) if new.strip() else "")
            else:
                lines = [one.strip() for one in new if one.strip()]
                set_value(code, key, "".join(f"\n  - {quoted_text(one)}" for one in lines))

    return _changed(text, change, version)


def add_sentence(
    text: str, path: str, kind: SentenceList, sentence: str, *, version: str | None = None
) -> EditedCodebook:
    """The code with this sentence more among its examples or near misses."""

    def change(_: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        said = " ".join(sentence.split())
        was = next(one for one in cached_codebook(text).codes if one.path == path)
        if tidied(said) in getattr(was, kind):
            raise CodebookError(
                f"{path} has this sentence among its {kind} already",
                cure="Nothing needs doing.",
                zh=f"“{path}”的 {kind} 中已有这句，无需再做。",
            )
        there = code.part(kind)
        if there is None:
            put_value(code, kind, f"\n  - {quoted_text(said)}")
        else:
            append_item(there, quoted_text(said))

    return _changed(text, change, version)


def write_rules(text: str, path: str, rules: str, *, version: str | None = None) -> EditedCodebook:
    """The code with other rules, written as the YAML list under its `rules:`."""

    def change(_: YamlNode, found: dict[str, YamlNode]) -> None:
        code = _found(found, path)
        new = dedent(rules.replace("\r\n", "\n").expandtabs(2)).strip("\n")
        if not new.strip():
            code.parts[:] = [one for one in code.parts if one.key != "rules"]
        elif new.lstrip()[0] not in "-#[":
            raise CodebookError(
                f"the rules of {path} are no list",
                cure="Begin each rule with '- id: NAME'.",
                zh=f"“{path}”的规则不是列表：每条规则以“- id: 名称”开头。",
            )
        else:
            put_value(code, "rules", "\n" + indent(new, "  "))

    return _changed(text, change, version)


def written_rules(text: str, path: str) -> str:
    """A code's rules as they are written, for `write_rules`."""
    part = _found(dict(parse(text).walk()), path).part("rules")
    if part is None:
        return ""
    return "\n".join(text_of_part(YamlPart("", item)) for item in list_items(part))


def same_written_rules(text: str, path: str, rules: str) -> bool:
    """Are these the code's rules as they are written?"""
    return rules.replace("\r\n", "\n").strip() == written_rules(text, path).strip()


def follow_paths(first: Paths, then: Paths) -> dict[str, str]:
    """Two changes as one: where the paths before the first have gone after the second.

    >>> follow_paths({"a": "b", "a/x": "b/x"}, {"b/x": "c"})
    {'a': 'b', 'a/x': 'c'}
    """
    both = {old: then.get(new, new) if new else "" for old, new in first.items()}
    arrived = set(first.values())
    both |= {o: n for o, n in then.items() if o not in first and o not in arrived}
    return {old: new for old, new in both.items() if old != new}


@lru_cache(maxsize=8)
def cached_codebook(text: str) -> Codebook:
    """The codebook in the text; of a text just read, the one read then."""
    return parse_codebook(text)


def _changed(
    text: str,
    change: Callable[[YamlNode, dict[str, YamlNode]], None],
    version: str | None,
    *,
    gone: Mapping[str, str] | None = None,
) -> EditedCodebook:
    """The text after a change of its nodes; `gone` are codes whose codings go to another."""
    old = cached_codebook(text)
    root = parse(text)
    found = dict(root.walk())
    change(root, found)
    _keep_colours(root, {id(tree_node): path for path, tree_node in found.items()}, old)
    keep_scores(root)
    new = {id(tree_node): path for path, tree_node in root.walk()}
    paths = {path: new.get(id(tree_node), "") for path, tree_node in found.items()}
    paths |= {path: new[id(found[into])] for path, into in (gone or {}).items()}
    products_follow(root, paths)
    put_value(root, "version", _as_written(root, version or next_version(old.version)))
    after = serialize(root)
    cached_codebook(after)
    return EditedCodebook(after, {old: new for old, new in paths.items() if old != new})


def _keep_colours(root: YamlNode, paths: Mapping[int, str], old: Codebook) -> None:
    """A code that names no colour has that of its place: elsewhere it would change."""
    before = {code.path: code.colour for code in old.codes}
    for place, (_, tree_node) in enumerate(root.walk()):
        had = before.get(paths.get(id(tree_node), ""))
        if had and tree_node.part("colour") is None and had != PALETTE[place % len(PALETTE)]:
            put_value(tree_node, "colour", quoted_text(had))


def _as_written(root: YamlNode, version: str) -> str:
    """The version in the quotes it had; in double ones where YAML would read a number."""
    part = root.part("version")
    style = getattr(value_of(part), "style", None) if part else '"'
    if style == "'":
        return f"'{version}'"
    return version if not style and yaml.safe_load(version) == version else quoted_text(version)


# -- the tree ----------------------------------------------------------------------------------


def _found(found: Mapping[str, YamlNode], path: str) -> YamlNode:
    if path not in found:
        raise CodebookError(
            f"there is no code {path!r}",
            cure="Choose one of the codebook's.",
            zh=f"编码本中没有编码“{path}”，请另选一个。",
        )
    return found[path]


def _parent(root: YamlNode, code: YamlNode) -> YamlNode:
    everyone = [root, *(tree_node for _, tree_node in root.walk())]
    return next(one for one in everyone if any(child is code for child in one.codes))


def _not_within(path: str, to: str) -> None:
    if to == path:
        raise CodebookError(
            f"{path} cannot go into itself", cure="Choose another code.", zh="不能并入或移到自身。"
        )
    if to.startswith(f"{path}/"):
        raise CodebookError(
            f"{to} lies under {path}",
            cure="Move it out from there first.",
            zh=f"“{to}”在“{path}”之下：请先把它移出。",
        )


def _free(id: str, siblings: Sequence[YamlNode]) -> None:
    if any(one.id == id for one in siblings):
        raise CodebookError(
            f"there is a code {id!r} in that place already",
            cure="Choose another id, or merge the two.",
            zh=f"该处已有编码“{id}”：请换一个 id，或将两者合并。",
        )


def _take_out(parent: YamlNode, code: YamlNode) -> None:
    parent.codes[:] = [one for one in parent.codes if one is not code]
    if not parent.codes:
        parent.parts[:] = [one for one in parent.parts if one.key != "codes"]


def _take_in(parent: YamlNode, code: YamlNode, at: int) -> None:
    if parent.part("codes") is None:
        parent.parts.append(YamlPart("codes", [YamlLine(0, "codes:")]))
    parent.codes.insert(at, code)


def _in_index(root: YamlNode, id: str, new: str) -> None:
    """The id of a dimension where the index of the codebook names it."""
    part = root.part("index")
    if part is None:
        return
    text, marks = text_of_part(part), []
    for key, value in value_of(part).value:
        if key.value in ("variables", "constant", "surface"):
            marks += [one for one in value.value if one.value == id]
    for one in sorted(marks, key=lambda one: one.start_mark.index, reverse=True):
        text = text[: one.start_mark.index] + plain_id(new) + text[end_of_node(one) :]
    part.lines = text_lines(text)
