"""Where two coders differ, unit by unit: what each gave that the other did not."""

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
    mine = codings[codings["coder"].isin((first, second)) & (codings["unit"] >= 0)]
    if under:
        names = mine["code"].astype(str)
        mine = mine[(names == under) | names.str.startswith(f"{under}/")]
    given: dict[tuple[str, str, int], set[str]] = {}
    for who, document, unit, code in mine[["coder", "document", "unit", "code"]].itertuples(
        index=False, name=None
    ):
        given.setdefault((who, document, unit), set()).add(code)
    rows = []
    for document, unit, text in units[["document", "unit", "text"]].itertuples(
        index=False, name=None
    ):
        one, other = (given.get((who, document, unit), set()) for who in (first, second))
        if one != other:
            parts = (one & other, one - other, other - one)
            rows.append((document, unit, text, *("; ".join(sorted(part)) for part in parts)))
    return pd.DataFrame(rows, columns=list(COLUMNS))
