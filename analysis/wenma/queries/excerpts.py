"""The passages behind a number."""

from collections.abc import Sequence
from typing import Annotated, get_args

import numpy as np
import pandas as pd

from wenma.errors import QueryError
from wenma.queries.case_filter import Conditions, filter_cases
from wenma.queries.dataset import Dataset, Mask
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By, as_text
from wenma.queries.table import Table, nearest
from wenma.queries.windows import Window, checked_window, window_membership
from wenma.records import UnitKind
from wenma.statistics.arrays import Integers

_PLACE = (
    "document", "city", "plan", "period", "section", "page", "line", "unit", "kind", "role",
)  # fmt: skip
_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
_JOINED = ("coder", "rule", "evidence")


def excerpts(
    data: Dataset,
    *,
    by: By = None,
    headings: bool = False,
    code: Annotated[str | None, "only passages with this code"] = None,
    also: Annotated[Sequence[str], "only in units that carry this code, or all of these, too"] = (),
    children: Annotated[bool, "a code stands for the codes under it too"] = True,
    where: Annotated[Conditions | None, ""] = None,
    document: Annotated[str | None, "only this document"] = None,
    kind: Annotated[str | None, "only in body, table or heading"] = None,
    rule: Annotated[str | None, "only where this rule fired"] = None,
    under: Annotated[str | None, "only under a heading that holds these words, as 4.4"] = None,
    window: Annotated[Window, "inside what `also` counts as together"] = "unit",
    within: Annotated[str | int, "units off that `also` may stand"] = 0,
) -> Table:
    """The passages behind a number, in the order of the text.

    One row for each passage (the same characters of the same document), with
    its codes, coders, rules and evidence joined by "; ". Without filters, all;
    with `by`, sorted by that first.
    Only the codings that pass the filters are named in a row. With `also`,
    passages count as n11 and the matrix do: in units, free spans left out; with
    another `window`, or `within` so many units, those together there.
    `kind="heading"` counts headings whatever `headings` says. An unknown code,
    city or rule is a QueryError that names the nearest one.
    """
    span, off = checked_window(window, within)
    beside = [also] if isinstance(also, str) else list(also or ())
    if under is not None:
        data = data.under(under)
    grouped = data.where(where or {}).grouped(
        "excerpts", by=by, headings=headings or kind == "heading"
    )
    kept = np.ones(len(grouped.code), dtype=bool)
    if document is not None:
        kept &= filter_cases(grouped.cases, {"document": document})[grouped.case]
    if kind is not None:
        _known("kind", kind, _KINDS)
        kept &= grouped.details["kind"].to_numpy() == kind
    if code is not None:
        kept &= np.isin(grouped.code, _codes(grouped, code, children=children))
    for other in beside:
        kept &= _beside(grouped, _codes(grouped, other, children=children), span, off)
    if rule is not None:
        kept &= _fired(grouped, rule)
    frame = _passages(grouped, np.flatnonzero(kept))
    with_codes = {"code": code, "also": "; ".join(beside) or None}
    stated = {name: _said(value) for name, value in (where or {}).items()}
    filters = {
        **with_codes,
        **stated,
        "document": document,
        "kind": kind,
        "rule": rule,
        "under": under,
    }
    filters |= {"window": window if window != "unit" else None, "within": str(off) if off else None}
    said = {name: value for name, value in filters.items() if value is not None}
    return grouped.table(
        {str(column): values.to_numpy() for column, values in frame.items()},
        basis=said if children else {**said, "children": "apart"},
    )


def _passages(grouped: Grouped, rows: Integers) -> pd.DataFrame:
    """One row for each passage, sorted by group, document and place."""
    codings = grouped.data.details(grouped.position[rows])
    passage = grouped.passage[rows]
    frame = pd.DataFrame(
        {
            column: codings[column].array
            for column in (*_PLACE, "start", "end", "excerpt")
            if column in codings
        }
    )
    for column in ("city", "plan", "period"):
        if column in grouped.cases:
            frame[column] = grouped.stated(column)[rows]
    texts = {"codes": codings["code"].astype(str).to_numpy(dtype=object)}
    texts |= {c: as_text(codings[c]).to_numpy(dtype=object) for c in _JOINED if c in codings}
    order = np.lexsort(
        (grouped.end[rows], grouped.start[rows], grouped.document[rows], grouped.group[rows])
    )
    _, first = np.unique(passage[order], return_index=True)
    first = order[np.sort(first)]
    twice = np.bincount(passage, minlength=1)[passage] > 1
    for column, words in texts.items():
        joined = words.copy()
        for numbers in _together(passage, np.flatnonzero(twice)):
            parts = (part for n in numbers for part in words[n].split("; ") if part)
            joined[numbers] = "; ".join(dict.fromkeys(parts))
        frame[column] = joined
    return frame.iloc[first].reset_index(drop=True)


def _together(passage: Integers, rows: Integers) -> list[Integers]:
    """Rows of the same passage, gathered."""
    order = rows[np.argsort(passage[rows], kind="stable")]
    cuts = np.flatnonzero(np.diff(passage[order])) + 1
    return np.split(order, cuts) if len(order) else []


def _codes(grouped: Grouped, path: str, *, children: bool) -> list[int]:
    return grouped.tree.below(path) if children else grouped.tree.below(path)[:1]


def _beside(grouped: Grouped, codes: list[int], window: Window, off: int) -> Mask:
    """Which codings stand in a unit (or wider window) that carries one of these codes."""
    position, place = window_membership(grouped, window, off)
    near = np.isin(place, place[np.isin(grouped.code[position], codes)])
    beside = np.zeros(len(grouped.code), dtype=bool)
    beside[position[near]] = True
    return beside


def _fired(grouped: Grouped, rule: str) -> Mask:
    of_each = grouped.words("rules")
    fired = {joined: joined.split("; ") for joined in set(grouped.data.columns.rule_lists)}
    _known("rule", rule, sorted({part for parts in fired.values() for part in parts if part}))
    return np.array([rule in fired.get(joined, ()) for joined in of_each], dtype=bool)


def _said(value: str | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else ", ".join(map(str, value))


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        raise QueryError(
            f'there is no {what} "{name}"',
            cure=nearest(name, names),
            zh=f"没有“{name}”（{what}）。",
        )
