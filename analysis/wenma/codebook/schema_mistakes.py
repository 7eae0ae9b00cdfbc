"""What the schema found wrong with a file, in the words of someone who writes codebooks."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from wenma.codebook.schema import (
    MISTAKE,
    SEPARATORS,
    CodebookShape,
    CodeShape,
    GradeShape,
    IndexShape,
    ProductShape,
    RuleShape,
    Scope,
)
from wenma.codebook.yaml_places import YamlPlaces
from wenma.errors import CodebookError


class Mistake(NamedTuple):
    """A mistake: the problem, what to do about it, and both in Chinese."""

    problem: str
    cure: str
    zh: str


_SHAPES = (CodebookShape, CodeShape, RuleShape, Scope, IndexShape, ProductShape, GradeShape)
_KEYS = sorted({key for shape in _SHAPES for key in shape.model_fields})
_SENTENCES = ("examples", "near_misses", "when", "when_not")
# How a part that has keys of its own is written; … stands for the value that was found there.
_WITH_KEYS = {
    "name": "name: {zh: …}",
    "near": "near: {first: […], second: [救援], within: 12}",
    "scope": "scope: {rules: [{id: about, terms: […]}]}",
    "index": "index: {variables: [x1, x2], grades: [{name: {zh: 合格}, at_least: 0}]}",
    "rules": "- {id: words, terms: […]}",
    "codes": "- {id: one, name: {zh: …}}",
    "products": "- {id: strength, name: {zh: …}, factors: [[force], [goals, measures]]}",
    "grades": "- {name: {zh: …}, at_least: 0}",
    "tokens": "- [{TEXT: …}]",
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "bool_type": ("true or false", "true 或 false"),
    "int_type": ("a whole number", "整数"),
    "float_type": ("a number", "数"),
}


def explained(error: ValidationError, places: YamlPlaces, file: str | Path) -> CodebookError:
    """The first mistake of a file with its line and cure, and how many more there are."""
    first = error.errors(include_url=False)[0]
    way = tuple(first["loc"])
    written = places.written(way)
    problem, cure, zh = _mistake(first, written if len(written) <= 500 else f"{written[:60]}…")
    if more := error.error_count() - 1:
        cure = f"{cure} {more} more {'mistakes follow' if more > 1 else 'mistake follows'}".strip()
        zh = f"{zh}后面还有 {more} 处错误。"
    place = f"line {places.line(way)}"
    return CodebookError(problem, file=file, place=place, cure=cure or None, zh=zh)


def _mistake(first: Any, written: str) -> Mistake:
    way, value, limits = first["loc"], first.get("input"), first.get("ctx", {})
    key = next((step for step in reversed(way) if isinstance(step, str)), "")
    item = way[-1] + 1 if way and isinstance(way[-1], int) else 0
    what = f"item {item} of {key!r}" if item else f"{key!r}"
    ding = f"“{key}”的第 {item} 项" if item else f"“{key}”"
    match first["type"]:
        case kind if kind == MISTAKE:
            said = limits["problem"].replace("{what}", what)
            return Mistake(said, limits["cure"], limits["zh"].replace("{what}", ding))
        case "too_short" | "string_too_short":
            return _empty(what, ding)
        case _ if value is None and first["type"] not in ("missing", "extra_forbidden"):
            return _empty(what, ding)
        case "extra_forbidden":
            return _unknown_key(key)
        case "missing":
            return _missing(key, way, value)
        case "string_type":
            return _no_text(what, ding, value, written)
        case "list_type" | "tuple_type":
            return _no_list(key, what, ding, value, written)
        case "model_type" | "model_attributes_type" | "dict_type":
            return _without_keys(key, what, ding, value, written)
        case "bool_type" | "int_type" | "float_type" as kind:
            en, zh = _KINDS[kind]
            return Mistake(
                f"{what} should be {en}, and is {written!r}",
                "Write it without quotes." if isinstance(value, str) and _reads(value) else "",
                f"{ding}应是{zh}，现为“{written}”。",
            )
        case "literal_error":
            return _not_among(what, ding, value, str(limits.get("expected", "")))
        case "string_pattern_mismatch" if key == "colour":
            return Mistake(
                f"{what} cannot be {value!r}",
                "Write a colour as '#1b6ca8'.",
                f"颜色不能是 {value!r}。请写成 '#1b6ca8' 的样子。",
            )
        case "string_pattern_mismatch" if key == "version":
            return Mistake(
                f"{what} cannot be {value[:60]!r}",
                "Use letters, digits, and . + - _ only.",
                f"{ding}不能是 {value[:60]!r}。只用字母、数字与 . + - _。",
            )
        case "string_pattern_mismatch":
            return Mistake(
                f"{what} cannot be {value[:60]!r}",
                "Use letters, digits, - and _ only.",
                f"{ding}不能是 {value[:60]!r}。只用字母（汉字亦可）、数字、- 与 _。",
            )
        case "too_long" | "string_too_long":
            most = limits.get("max_length", "")
            return Mistake(
                f"{what} is too long",
                "Split it or shorten it.",
                f"{ding}太长（至多 {most}）。请拆开或缩短。",
            )
        case "less_than_equal" | "greater_than_equal":
            side, zh = ("most", "至多") if "le" in limits else ("least", "至少")
            limit = limits.get("le", limits.get("ge"))
            return Mistake(
                f"{what} cannot be {written}",
                f"It is at {side} {limit}.",
                f"{ding}不能是 {written}，{zh} {limit}。",
            )
        case _:
            return Mistake(
                f"{what} cannot be {written[:60]!r}",
                "See docs/codebook.md for what may stand there.",
                f"{ding}不能是“{written[:60]}”。可用的写法见 docs/codebook.md。",
            )


def _empty(what: str, ding: str) -> Mistake:
    return Mistake(f"{what} is empty", "Fill it or delete it.", f"{ding}是空的。请填写，或删去。")


def _unknown_key(key: str) -> Mistake:
    near = difflib.get_close_matches(key, [one for one in _KEYS if one != key], n=1)
    return Mistake(
        f"{key!r} is not a key that may stand here",
        f"Did you mean {near[0]!r}?" if near else "See docs/codebook.md for the keys.",
        f"此处不能有“{key}”。"
        + (f"是否想写“{near[0]}”？" if near else "可用的键见 docs/codebook.md。"),
    )


def _missing(key: str, way: tuple[int | str, ...], value: Any) -> Mistake:
    if key == "zh" and isinstance(value, dict) and len(way) > 1:
        written = ", ".join(["zh: …", *(f"{k}: {_flow(v)}" for k, v in value.items())])
        return Mistake(
            "the name has no 'zh', its Chinese form",
            f"Write it as: {way[-2]}: {{{written}}}.",
            f"名称缺“zh”（中文名）。请写成 {way[-2]}: {{{written}}}。",
        )
    return Mistake(
        f"{key!r} is missing", f"Add '{key}:' there.", f"缺“{key}”。请在该处补上“{key}:”。"
    )


def _no_text(what: str, ding: str, value: Any, written: str) -> Mistake:
    if isinstance(value, list):
        return Mistake(
            f"{what} should be one text, and is a list",
            "Write it without brackets and dashes.",
            f"{ding}应是一段文字，现为列表。请去掉方括号与短横。",
        )
    kind, zh = "keys and values, for the colon in it", "键与值（因其中有冒号）"
    if not isinstance(value, dict):
        kind = "true or false" if isinstance(value, bool) else _kind(value)
        zh = {"a number": "数", "a date": "日期"}.get(kind, kind)
    quoted = '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Mistake(
        f"{what} should be text, and YAML reads {written} as {kind}",
        f"Put it in quotes: {quoted}.",
        f"{ding}应是文字，而 YAML 把 {written} 读成{zh}。请加引号：{quoted}。",
    )


def _kind(value: Any) -> str:
    return "a number" if isinstance(value, int | float) else "a date"


def _no_list(key: str, what: str, ding: str, value: Any, written: str) -> Mistake:
    if isinstance(value, dict):
        return Mistake(
            f"{what} should be a list",
            "Begin each of its items with '- '.",
            f"{ding}应是列表。请在每一项前加“- ”。",
        )
    words = [written]
    if key not in _SENTENCES:
        words = [one for one in re.split(f"[{SEPARATORS}]", written) if one.strip()] or words
    cure = f"{key}: [{', '.join(_flow(one.strip()) for one in words)}]"
    if key in ("rules", "codes"):
        cure = _WITH_KEYS[key].replace("…", _flow(written))
    return Mistake(
        f"{what} should be a list, and is {written[:60]!r}",
        f"Write it as: {cure}.",
        f"{ding}应是列表，现为“{written[:60]}”。请写成 {cure}。",
    )


def _without_keys(key: str, what: str, ding: str, value: Any, written: str) -> Mistake:
    listed = isinstance(value, list)
    found, zh = ("a list", "列表") if listed else (repr(written[:60]), f"“{written[:60]}”")
    cure = _WITH_KEYS.get(key, "")
    if not listed:
        cure = cure.replace("…", _flow(written), 1)
    return Mistake(
        f"{what} should have keys of its own, and is {found}",
        f"Write it as: {cure}." if cure else "See docs/codebook.md for its keys.",
        f"{ding}之下应有自己的键，现为{zh}。"
        + (f"请写成 {cure}。" if cure else "可用的键见 docs/codebook.md。"),
    )


def _not_among(what: str, ding: str, value: Any, expected: str) -> Mistake:
    near = difflib.get_close_matches(str(value), re.findall(r"'(\w+)'", expected), n=1)
    among = expected.replace(" or ", "、").replace(", ", "、")
    return Mistake(
        f"{what} cannot be {value!r}",
        f"Did you mean {near[0]!r}?" if near else f"It is one of {expected}.",
        f"{ding}不能是 {value!r}。" + (f"是否想写“{near[0]}”？" if near else f"可以是 {among}。"),
    )


def _reads(value: str) -> bool:
    """Would it be a number or a yes without its quotes?"""
    return not isinstance(yaml.safe_load(value), str) if re.fullmatch(r"[\w.]+", value) else False


def _flow(value: Any) -> str:
    """A value as it may stand between brackets."""
    line = yaml.safe_dump([value], allow_unicode=True, default_flow_style=True, width=10**6)
    return line.strip()[1:-1]
