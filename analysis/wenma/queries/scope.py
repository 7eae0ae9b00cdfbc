"""Where a code can stand: most codes only in units that are about the codebook's subject."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wenma.queries.code_tree import CodeTree
from wenma.records import Evidence
from wenma.statistics.arrays import Integers
from wenma.store.columns import CodingColumns

if TYPE_CHECKING:
    from wenma.queries.dataset import Dataset

IN_SCOPE = "(in scope)"
"""The code that every unit in scope has, where units in scope are counted like codings."""


def with_scope(data: "Dataset") -> "Dataset":
    """The same codings, and one of the code `IN_SCOPE` for each unit in scope.

    Wherever somebody has put a code that stands in scope alone, the unit is in scope.
    """
    scope, c = data.scope, data.columns
    if scope is None or data.codes is None:
        return data
    bound = np.array([path not in data.everywhere for path in c.paths], dtype=bool)
    own = np.flatnonzero(bound[c.code] & (c.unit >= 0))
    more = len(scope) + len(own)
    nothing = np.zeros(more, dtype=np.int32)

    def both(name: str) -> Integers:
        here = getattr(c, name)
        return np.concatenate([here, getattr(scope, name), here[own]])

    places = {
        name: both(name)
        for name in ("document", "unit", "start", "end", "section", "paragraph", "ordinal")
    }
    columns = CodingColumns(
        **places,
        heading=np.concatenate([c.heading, scope.heading, c.heading[own]]),
        coder=np.concatenate([c.coder, nothing]),
        code=np.concatenate([c.code, nothing + len(c.paths)]),
        anchor=np.concatenate([c.anchor, scope.start, c.anchor[own]]),
        rules=np.concatenate([c.rules, nothing]),
        documents=c.documents,
        coders=c.coders,
        paths=(*c.paths, IN_SCOPE),
        rule_lists=c.rule_lists or ("",),
    )
    rows = np.concatenate([np.arange(len(data)), np.full(more, -1)])
    codes = pd.concat([data.codes, pd.DataFrame({"code": [IN_SCOPE]})], ignore_index=True)
    return replace(
        data, columns=columns, codes=codes, rows=rows, load_words=_words(data), load_scope=None
    )


def anywhere(tree: CodeTree, everywhere: tuple[str, ...]) -> NDArray[np.bool_]:
    """Of each code, whether it can stand outside the scope: itself, or all the codes under it.

    >>> anywhere(CodeTree(("stance", "stance/done", "stage")), ("stance/done",)).tolist()
    [True, True, False]
    """
    bound = {tree.paths[code] for code in tree.lowest} - set(everywhere)
    return np.array(
        [
            path in everywhere or not any(f"{one}/".startswith(f"{path}/") for one in bound)
            for path in tree.paths
        ],
        dtype=bool,
    )


def _words(
    data: "Dataset",
) -> Callable[[Integers], tuple[list[str], Callable[[], list[tuple[Evidence, ...]]]]]:
    """Evidence of the codings that are some; a unit in scope has none."""

    def load(rows: Integers) -> tuple[list[str], Callable[[], list[tuple[Evidence, ...]]]]:
        def evidence() -> list[tuple[Evidence, ...]]:
            found = iter(data.evidence(rows[rows >= 0]) or [() for _ in range(len(rows))])
            return [next(found) if row >= 0 else () for row in rows.tolist()]

        return ["" for _ in range(len(rows))], evidence

    return load
