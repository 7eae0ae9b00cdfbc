"""Where two coders differ, unit by unit, and where they do not."""

from collections.abc import Iterator

import pandas as pd

COLUMNS = ("document", "unit", "text", "both", "first", "second")


def disagreements(
    codings: pd.DataFrame, units: pd.DataFrame, first: str, second: str, *, under: str = ""
) -> pd.DataFrame:
    """Units on which two coders do not have the same codes, in the order of the text.

    `codings` has `document`, `unit`, `code`, `coder`; `units` the units that are compared,
    with `document`, `unit`, `text`. `both`, `first` and `second` are codes joined by "; ".
    `under` looks at one code and the codes under it only. Free spans are in no unit, and
    not looked at.

    >>> codings = pd.DataFrame({
    ...     "document": ["a"] * 3, "unit": [0, 0, 1], "code": ["x", "x", "y"],
    ...     "coder": ["甲", "乙", "甲"],
    ... })
    >>> units = pd.DataFrame({"document": ["a", "a"], "unit": [0, 1], "text": ["一。", "二。"]})
    >>> disagreements(codings, units, "甲", "乙")[["unit", "first", "second"]].values.tolist()
    [[1, 'y', '']]
    """
    rows = [
        (document, unit, text, *("; ".join(sorted(one)) for one in (a & b, a - b, b - a)))
        for document, unit, text, a, b in _compared(codings, units, first, second, under)
        if a != b
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def agreements(
    codings: pd.DataFrame, units: pd.DataFrame, first: str, second: str, *, empty: bool = False
) -> list[tuple[str, int, tuple[str, ...]]]:
    """Units on which two coders have the very same codes: document, unit, codes.

    With `empty` those to which neither gave any, too: of units both were asked about, that
    is an answer.

    >>> codings = pd.DataFrame({
    ...     "document": ["a"] * 3, "unit": [0, 0, 1], "code": ["x", "x", "y"],
    ...     "coder": ["甲", "乙", "甲"],
    ... })
    >>> units = pd.DataFrame({"document": ["a"] * 3, "unit": [0, 1, 2], "text": ["一", "二", "三"]})
    >>> agreements(codings, units, "甲", "乙", empty=True)
    [('a', 0, ('x',)), ('a', 2, ())]
    """
    return [
        (document, unit, tuple(sorted(a)))
        for document, unit, _, a, b in _compared(codings, units, first, second, "")
        if a == b and (a or empty)
    ]


def _compared(
    codings: pd.DataFrame, units: pd.DataFrame, first: str, second: str, under: str
) -> Iterator[tuple[str, int, str, set[str], set[str]]]:
    """Each unit with what the one and the other gave it."""
    mine = codings[codings["coder"].isin((first, second)) & (codings["unit"] >= 0)]
    if under:
        names = mine["code"].astype(str)
        mine = mine[(names == under) | names.str.startswith(f"{under}/")]
    given: dict[tuple[str, str, int], set[str]] = {}
    for who, document, unit, code in mine[["coder", "document", "unit", "code"]].itertuples(
        index=False, name=None
    ):
        given.setdefault((who, document, unit), set()).add(code)
    for document, unit, text in units[["document", "unit", "text"]].itertuples(
        index=False, name=None
    ):
        one, other = (given.get((who, document, unit), set()) for who in (first, second))
        yield document, unit, text, one, other
