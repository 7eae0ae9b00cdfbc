"""Which code one coder gave where the other gave another."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

NONE = ""
"""Stands for no code of those that are looked at."""


def confusion(
    codings: pd.DataFrame,
    units: pd.DataFrame,
    first: str,
    second: str,
    *,
    codes: Sequence[str],
) -> pd.DataFrame:
    """Units by the code of the first coder (rows) and of the second (columns).

    `codings` has `document`, `unit`, `code`, `coder`, `units` the units that are compared.
    On the diagonal are codes both gave. Of a unit with several codes what both gave is
    counted there, and only what is left over is crossed: a code of the one with each of the
    other's, or with `NONE` where the other has none left. A unit without any such code
    of either stands at `NONE` by `NONE`. A code under one of `codes` counts as that one.

    >>> codings = pd.DataFrame({
    ...     "document": ["a"] * 4, "unit": [0, 0, 1, 1], "code": ["x", "x", "x", "y"],
    ...     "coder": ["甲", "乙", "甲", "乙"],
    ... })
    >>> units = pd.DataFrame({"document": ["a"] * 3, "unit": [0, 1, 2]})
    >>> confusion(codings, units, "甲", "乙", codes=["x", "y"]).values.tolist()
    [[1, 1, 0], [0, 0, 0], [0, 0, 1]]
    """
    named = [*codes, NONE]
    at = {code: number for number, code in enumerate(named)}
    given: dict[tuple[str, str, int], set[int]] = {}
    own = codings[codings["coder"].isin((first, second)) & (codings["unit"] >= 0)]
    columns = own[["coder", "document", "unit", "code"]]
    for who, document, unit, code in columns.itertuples(index=False, name=None):
        above = next((one for one in codes if code == one or code.startswith(f"{one}/")), None)
        if above is not None:
            given.setdefault((who, document, unit), set()).add(at[above])
    counts = np.zeros((len(named), len(named)), dtype=np.int64)
    nothing = {at[NONE]}
    for document, unit in units[["document", "unit"]].itertuples(index=False, name=None):
        a, b = (given.get((who, document, unit), set()) for who in (first, second))
        for code in a & b:
            counts[code, code] += 1
        if a != b or not a:
            for row in a - b or nothing:
                for column in b - a or nothing:
                    counts[row, column] += 1
    return pd.DataFrame(counts, index=named, columns=named)
