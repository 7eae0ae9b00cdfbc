"""The passages behind a number."""

from collections.abc import Sequence
from typing import Annotated, Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.errors import QueryError
from wenma.queries.dataset import Dataset, Integers, below_heading, dataset, plain
from wenma.queries.table import By, Table, nearest
from wenma.queries.windows import CUT, Window, checked_window, window_membership
from wenma.records import UnitKind

Mask = NDArray[np.bool_]

_PLACE = (
    "document", "city", "plan", "period", "section", "page", "line", "unit", "kind", "role",
)  # fmt: skip
_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
_JOINED = ("coder", "rule", "evidence")


def excerpts(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    by: By | None = None,
    headings: bool = False,
    code: Annotated[str | None, "only passages with this code"] = None,
    also: Annotated[Sequence[str], "only in units that carry this code, or all of these, too"] = (),
    children: Annotated[bool, "a code stands for the codes under it too"] = True,
    city: Annotated[str | None, "only this city"] = None,
    plan: Annotated[str | None, "only this plan"] = None,
    period: Annotated[str | None, "only this period"] = None,
    document: Annotated[str | None, "only this document"] = None,
    kind: Annotated[str | None, "only in body, table or heading"] = None,
    rule: Annotated[str | None, "only where this rule fired"] = None,
    under: Annotated[str | None, "only under a heading that holds these words, as 4.4"] = None,
    window: Annotated[Window, "inside what `also` counts as together"] = "unit",
    within: Annotated[str | int, "units off that `also` may stand"] = 0,
    units: Annotated[pd.DataFrame | None, "window", CUT] = None,
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
        codings = codings[below_heading(codings, under)]
    asked = dataset(
        "excerpts",
        codings,
        documents=documents,
        codes=codes,
        by=by,
        headings=headings or kind == "heading",
        units=units,
    )
    kept = np.ones(len(asked.codings), dtype=bool)
    wanted = {"city": city, "plan": plan, "period": period, "document": document}
    for column, name in wanted.items():
        if name is not None:
            kept &= _is(asked, column, name, codings, documents)
    if kind is not None:
        _known("kind", kind, _KINDS)
        kept &= asked.codings["kind"].to_numpy() == kind
    if code is not None:
        kept &= np.isin(asked.code, _codes(asked, code, children=children))
    for other in beside:
        kept &= _beside(asked, _codes(asked, other, children=children), span, off)
    if rule is not None:
        kept &= _fired(asked.codings["rule"], rule, codings["rule"])
    frame = _passages(asked, np.flatnonzero(kept))
    with_codes = {"code": code, "also": "; ".join(beside) or None}
    filters = {**with_codes, **wanted, "kind": kind, "rule": rule, "under": under}
    filters |= {"window": window if window != "unit" else None, "within": str(off) if off else None}
    said = {name: value for name, value in filters.items() if value is not None}
    return asked.table(
        {str(column): values.to_numpy() for column, values in frame.items()},
        basis=said if children else {**said, "children": "apart"},
    )


def _passages(asked: Dataset, rows: Integers) -> pd.DataFrame:
    """One row for each passage, sorted by group, document and place."""
    codings = asked.codings.iloc[rows]
    passage = asked.passage[rows]
    frame = pd.DataFrame(
        {
            column: codings[column].array
            for column in (*_PLACE, "start", "end", "excerpt")
            if column in codings
        }
    )
    for column in ("city", "plan", "period"):
        if column in codings or (asked.documents is not None and column in asked.documents):
            frame[column] = asked.stated(column).to_numpy(dtype=object)[rows]
    texts = {"codes": codings["code"].astype(str).to_numpy(dtype=object)}
    texts |= {c: plain(codings[c]).to_numpy(dtype=object) for c in _JOINED if c in codings}
    order = np.lexsort((codings["end"], codings["start"], asked.document[rows], asked.group[rows]))
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


def _codes(asked: Dataset, path: str, *, children: bool) -> list[int]:
    return asked.tree.below(path) if children else asked.tree.below(path)[:1]


def _beside(asked: Dataset, codes: list[int], window: Window, off: int) -> Mask:
    """Which codings stand in a unit (or wider window) that carries one of these codes."""
    position, place = window_membership(asked, window, off)
    near = np.isin(place, place[np.isin(asked.code[position], codes)])
    beside = np.zeros(len(asked.codings), dtype=bool)
    beside[position[near]] = True
    return beside


def _is(
    asked: Dataset,
    column: str,
    name: str,
    codings: pd.DataFrame,
    documents: pd.DataFrame | None,
) -> Mask:
    source = documents if documents is not None and column in documents else codings
    _known(column, name, pd.unique(plain(source[column])).tolist())
    return np.array(asked.stated(column).to_numpy(dtype=object) == name, dtype=bool)


def _fired(rules: "pd.Series[Any]", rule: str, every: "pd.Series[Any]") -> Mask:
    known = {part for joined in pd.unique(plain(every)) for part in joined.split("; ") if part}
    _known("rule", rule, sorted(known))
    return np.array([rule in joined.split("; ") for joined in plain(rules)], dtype=bool)


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        raise QueryError(
            f'there is no {what} "{name}"',
            cure=nearest(name, names),
            zh=f"没有“{name}”（{what}）。",
        )
