"""What the names of a claim mean: which code, in which documents, on each side."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.case_filter import filter_cases
from wenma.queries.claim_text import ClaimText, Order
from wenma.queries.code_names import resolve_code
from wenma.queries.grouping import as_text, attributes, checked_attributes, listing_order
from wenma.queries.table import Note, nearest

EVERYTHING = ("全部", "所有", "all")
"""What stands for all documents."""

_WELL_KNOWN = ("city", "period", "year", "plan", "level", "kind", "document")
"""Attributes as they are looked for names, before others."""


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """One side of a claim: a code, and the documents by their attributes; `name` as it was said."""

    name: str
    code: str
    where: tuple[tuple[str, str], ...] = ()

    def of(self, cases: pd.DataFrame) -> NDArray[np.bool_]:
        """Which of the cases are this side's."""
        kept = np.ones(len(cases), dtype=bool)
        for attribute, value in self.where:
            kept &= as_text(cases[attribute]).to_numpy(dtype=object) == value
        return kept


@dataclass(frozen=True, slots=True)
class ClaimedOrder:
    """The sides of a claim and the order they are claimed to stand in."""

    sentence: str
    sides: tuple[ClaimSide, ...]
    order: Order

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of sides that are compared, of which the order speaks."""
        if self.order in ("most", "least"):
            return [(0, other) for other in range(1, len(self.sides))]
        return [(at, at + 1) for at in range(len(self.sides) - 1)]

    @property
    def sign(self) -> int:
        """1 where the first of a pair is claimed to be more, −1 where less."""
        return 1 if self.order in (">", "most") else -1

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the sides, each once."""
        return tuple(dict.fromkeys(side.code for side in self.sides))

    @property
    def one_group(self) -> bool:
        """Are all sides of the same documents?"""
        return len({side.where for side in self.sides}) == 1


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A code, or a condition on the documents; neither is all documents."""

    code: str = ""
    where: tuple[str, str] | None = None


def claimed_order(
    text: ClaimText, cases: pd.DataFrame, codes: pd.DataFrame, *, by: str | Sequence[str] = ()
) -> ClaimedOrder:
    """The sides of a sentence, its names looked up among codes and values of attributes.

    A name that is a value of several attributes, and not of the same cases, is that of `by`.
    QueryError for a name that means nothing or two things, and for a side with no code or two.
    """
    named = _Names(cases, codes, checked_attributes(cases, by))
    inside = [one for side in text.sides for one in side]
    topic = [named.meaning(one, apart=inside) for one in text.topic]
    told = [[*topic, *(named.meaning(one, beside=inside) for one in side)] for side in text.sides]
    sides = [
        _side(text, " · ".join(side), meanings)
        for side, meanings in zip(text.sides, told, strict=True)
    ]
    if text.order in ("most", "least"):
        sides += _others(text, told[0][-1], sides[0], cases, codes)
    for at, one in enumerate(sides):
        if any((one.code, one.where) == (other.code, other.where) for other in sides[:at]):
            raise QueryError(
                f'"{text.sentence}" compares {one.name} with itself',
                cure="Name two that differ",
                zh=f"“{text.sentence}”将{one.name}与自身比较，请写两个不同的。",
            )
    return ClaimedOrder(text.sentence, tuple(sides), text.order)


def _side(text: ClaimText, name: str, meanings: Sequence[_Meaning]) -> ClaimSide:
    found = [one.code for one in meanings if one.code]
    if len(found) != 1:
        many = "no code" if not found else f"{len(found)} codes ({', '.join(found)})"
        zh = "没有编码" if not found else f"有 {len(found)} 个编码（{'、'.join(found)}）"
        raise QueryError(
            f'"{text.sentence}" names {many} for {name}',
            cure="Each side is of one code: CODE: GROUP > GROUP, or GROUP: CODE > CODE",
            zh=f"“{text.sentence}”中{name}一侧{zh}；每侧须有一个编码："
            "“编码: 组 > 组”或“组: 编码 > 编码”。",
        )
    where: dict[str, str] = {}
    for one in meanings:
        if one.where is None:
            continue
        attribute, value = one.where
        if where.setdefault(attribute, value) != value:
            raise QueryError(
                f"no document is both: {attribute} {where[attribute]} and {value}",
                cure="Leave out one of them",
                zh=f"没有文件的 {attribute} 既是{where[attribute]}又是{value}，请去掉一个。",
            )
    return ClaimSide(name, found[0], tuple(sorted(where.items())))


def _others(
    text: ClaimText, last: _Meaning, side: ClaimSide, cases: pd.DataFrame, codes: pd.DataFrame
) -> list[ClaimSide]:
    """What a side that is the most or the least is compared with: all others of its kind."""
    if last.code:
        above = last.code.rpartition("/")[0]
        paths = codes["code"].astype(str)
        beside = [one for one in paths if one.rpartition("/")[0] == above and one != last.code]
        names = dict(zip(paths, codes["zh"].astype(str), strict=True))
        found = [ClaimSide(names[one] or one, one, side.where) for one in beside]
    elif last.where:
        attribute, value = last.where
        rest = tuple(one for one in side.where if one[0] != attribute)
        kept = ClaimSide("", side.code, rest).of(cases)
        values = listing_order(as_text(cases[attribute][kept]).tolist())
        found = [
            ClaimSide(one, side.code, tuple(sorted((*rest, (attribute, one)))))
            for one in values
            if one.strip() and one != value
        ]
    else:
        found = []
    if not found:
        raise QueryError(
            f'"{text.sentence}" has nothing to be compared with',
            cure="Name a code with others beside it, or a group with others",
            zh=f"“{text.sentence}”没有可比较的对象。",
        )
    return found


class _Names:
    """What names mean among these cases and codes."""

    def __init__(self, cases: pd.DataFrame, codes: pd.DataFrame, by: tuple[str, ...]) -> None:
        self.cases, self.codes, self.by = cases, codes, by
        self._values: dict[str, set[str]] = {}
        known = attributes(cases)
        first = [one for one in (*by, *_WELL_KNOWN) if one in known]
        self.attributes = list(dict.fromkeys([*first, *known]))

    def meaning(
        self, name: str, *, beside: Sequence[str] = (), apart: Sequence[str] = ()
    ) -> _Meaning:
        """The code or the condition a name stands for.

        `beside` it stand names of its kind, `apart` from it, behind the colon, of the other.
        """
        attribute, sign, value = (one.strip() for one in name.partition("="))
        if sign and attribute and value:
            checked_attributes(self.cases, attribute)
            filter_cases(self.cases, {attribute: value})  # says which values there are
            return _Meaning(where=(attribute, self.spelt(attribute, value)))
        code, found = self.code(name), self.conditions(name)
        if name.lower() in EVERYTHING and not code and not found:
            return _Meaning()
        if code and found:
            raise QueryError(
                f'"{name}" is a code and a value of {found[0][0]}',
                cure=f"Write {code} or {found[0][0]}={found[0][1]}",
                zh=f"“{name}”既是编码又是 {found[0][0]} 的值。"
                f"请写 {code} 或 {found[0][0]}={found[0][1]}。",
            )
        if code:
            return _Meaning(code)
        if found:
            return _Meaning(where=self.only_one(name, found))
        raise self.unknown(name, [one for one in beside if one != name], apart)

    def code(self, name: str) -> str:
        """The path of the code that is called so exactly, "" for none."""
        if name in set(self.codes["code"].astype(str)):
            return name
        called = {*self.codes["zh"].astype(str), *self.codes["en"].astype(str).str.lower()}
        return resolve_code(name, self.codes) if {name, name.lower()} & called else ""

    def conditions(self, name: str) -> list[tuple[str, str]]:
        """The attributes that have such a value, with the value as the cases spell it."""
        found = ((one, self.spelt(one, name)) for one in self.attributes)
        return [(attribute, value) for attribute, value in found if value]

    def spelt(self, attribute: str, name: str) -> str:
        """A value of an attribute as the cases spell it, "" where none of them has it."""
        if attribute not in self._values:
            self._values[attribute] = set(as_text(self.cases[attribute]))
        if name in self._values[attribute]:
            return name
        try:
            kept = filter_cases(self.cases, {attribute: name}) if attribute == "city" else ()
        except QueryError:
            return ""
        return str(as_text(self.cases[attribute][kept]).iloc[0]) if len(kept) else ""

    def only_one(self, name: str, found: list[tuple[str, str]]) -> tuple[str, str]:
        """The attribute that is meant of those with such a value."""
        if found[0][0] in self.by:
            return found[0]
        sets = {ClaimSide("", "", (one,)).of(self.cases).tobytes() for one in found}
        if len(sets) > 1:
            named = [attribute for attribute, _ in found]
            raise QueryError(
                f'"{name}" is a value of {" and of ".join(named)}, of different documents',
                cure=f"Write {named[0]}={name}, or add --by {named[0]}",
                zh=f"“{name}”是 {'、'.join(named)} 的值，所指文件不同。"
                f"请写 {named[0]}={name}，或加 --by {named[0]}。",
            )
        return found[0]

    def unknown(self, name: str, beside: Sequence[str], apart: Sequence[str]) -> QueryError:
        """The error for a name that means nothing: what there is, by what stands beside it."""
        is_code = any(map(self.code, beside)) or any(map(self.conditions, apart))
        groups = [some[0][0] for one in beside if (some := self.conditions(one))]
        called = [one for one in self.codes["zh"].astype(str) if one]
        called = called or [*self.codes["code"].astype(str)]
        if is_code and not groups:
            what, wen, known = "code", "编码", called
        else:
            first = next(iter([*groups, *self.by, *self.attributes]), "document")
            what, wen = first, f" {first} "
            known = [one for one in listing_order(as_text(self.cases[first])) if one.strip()]
            if not groups and not any(map(self.code, apart)):
                what, wen, known = f"code and no {first}", f"编码或 {first} ", [*called, *known]
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        cure = (
            Note(f'Did you mean "{near[0]}"?', zh=f"是否想写“{near[0]}”？")
            if near
            else nearest(name, known)
        )
        return QueryError(f"no {what} {name}", cure=cure, zh=f"没有{wen}“{name}”。")
