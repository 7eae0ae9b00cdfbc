"""Codings without the units that carry a code: boilerplate, long lists, what a study sets aside."""

import pandas as pd

from analysis.errors import QueryError
from analysis.queries.table import nearest


def leave_out(
    codings: pd.DataFrame, code: str, *, codes: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, int]:
    """The codings of all other units, and how many units went.

    A unit goes with everything it is coded with when it carries `code` or a
    code under it. Counts per document, such as its countable characters, stay
    what they are. QueryError when the codebook has no such code.

    >>> codings = pd.DataFrame({
    ...     "document": ["a", "a", "a"], "unit": [0, 0, 1],
    ...     "code": ["stage/resist", "form/boilerplate", "stage/resist"],
    ... })
    >>> kept, units = leave_out(codings, "form/boilerplate")
    >>> kept["unit"].tolist(), units
    ([1], 1)
    """
    known = list(dict.fromkeys((codings if codes is None else codes)["code"].astype(str)))
    if not any(path == code or path.startswith(f"{code}/") for path in known):
        raise QueryError(f'there is no code "{code}" to leave out', cure=nearest(code, known))
    names = codings["code"].astype(str)
    carries = (names == code) | names.str.startswith(f"{code}/")
    units = pd.MultiIndex.from_frame(codings[["document", "unit"]])
    gone = units[carries.to_numpy()].unique()
    return codings[~units.isin(gone)], len(gone)
