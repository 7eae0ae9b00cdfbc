"""Codings without the units that carry a code: boilerplate, long lists, what a study sets aside."""

import pandas as pd

from wenma.errors import QueryError
from wenma.queries.table import nearest
from wenma.records import han


def exclude_codings(
    codings: pd.DataFrame, code: str, *, codes: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, int]:
    """The codings of all other units, and how many units went.

    A unit goes with everything it is coded with when it carries `code` or a
    code under it; of free spans, which are in no unit, only the very span that
    carries it. Counts per document, such as its countable characters, are taken
    off by `exclude_counts`. QueryError when the codebook has no such code.

    >>> codings = pd.DataFrame({
    ...     "document": ["a", "a", "a"], "unit": [0, 0, 1],
    ...     "code": ["stage/resist", "form/boilerplate", "stage/resist"],
    ... })
    >>> kept, units = exclude_codings(codings, "form/boilerplate")
    >>> kept["unit"].tolist(), units
    ([1], 1)
    """
    gone = _carriers(codings, code, codes)
    return codings[~_places(codings).isin(gone)], len(gone)


def exclude_counts(
    documents: pd.DataFrame,
    codings: pd.DataFrame,
    code: str,
    *,
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The documents with the units that carry `code` taken off their counts.

    Units, countable Han and characters are what rates divide by: without this, leaving
    sentences out would lower every rate of what is left. Paragraphs and sections stay.

    >>> documents = pd.DataFrame({"document": ["a"], "units": [9], "countable": [100],
    ...     "characters": [120], "headings": [1], "heading_han": [5], "heading_characters": [6]})
    >>> codings = pd.DataFrame({"document": ["a", "a"], "unit": [0, 0], "kind": ["body"] * 2,
    ...     "code": ["form", "stage"], "excerpt": ["坚持底线思维。"] * 2})
    >>> exclude_counts(documents, codings, "form")[["units", "countable"]].values.tolist()
    [[8, 94]]
    """
    if not {"excerpt", "kind"} <= {*codings}:
        return documents
    gone = _carriers(codings, code, codes)
    rows = codings[_places(codings).isin(gone) & (codings["unit"] >= 0).to_numpy()]
    rows = rows.assign(size=rows["excerpt"].str.len()).sort_values("size")
    rows = rows.drop_duplicates(["document", "unit"], keep="last")
    heading = rows["kind"] == "heading"
    counts = documents.set_index("document")
    for inside, names in (
        (~heading, ("units", "countable", "characters")),
        (heading, ("headings", "heading_han", "heading_characters")),
    ):
        some = rows[inside]
        texts = [str(text) for text in some["excerpt"]]
        measures = ([1] * len(texts), [han(text) for text in texts], [len(text) for text in texts])
        for name, numbers in zip(names, measures, strict=True):
            if name in counts:
                values = pd.Series(numbers, some.index, dtype="int64")
                less = values.groupby(some["document"]).sum().reindex(counts.index, fill_value=0)
                counts[name] = counts[name] - less.astype(counts[name].dtype)
    return counts.reset_index()[[*documents.columns]]


def exclude_units(
    units: pd.DataFrame, codings: pd.DataFrame, code: str, *, codes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The sentences themselves without those that carry `code` or a code under it.

    >>> codings = pd.DataFrame({"document": ["a"], "unit": [0], "code": ["form/boilerplate"]})
    >>> units = pd.DataFrame({"document": ["a", "a"], "unit": [0, 1], "text": ["甲。", "乙。"]})
    >>> exclude_units(units, codings, "form")["text"].tolist()
    ['乙。']
    """
    gone = _carriers(codings, code, codes)
    return units[~_places(units).isin(gone)]


def _places(rows: pd.DataFrame) -> pd.MultiIndex:
    """What stands or falls together: a unit of a document, or a free span by itself."""
    free = rows["unit"].to_numpy() < 0
    spans = [
        rows[name].where(free, -1) if name in rows and free.any() else pd.Series(-1, rows.index)
        for name in ("start", "end")
    ]
    return pd.MultiIndex.from_arrays([rows["document"], rows["unit"], *spans])


def _carriers(codings: pd.DataFrame, code: str, codes: pd.DataFrame | None) -> pd.MultiIndex:
    """The places that carry the code or one under it."""
    known = list(dict.fromkeys((codings if codes is None else codes)["code"].astype(str)))
    if not any(path == code or path.startswith(f"{code}/") for path in known):
        raise QueryError(
            f'there is no code "{code}" to leave out',
            cure=nearest(code, known),
            zh=f"没有可略去的编码“{code}”。",
        )
    names = codings["code"].astype(str)
    carries = (names == code) | names.str.startswith(f"{code}/")
    return _places(codings)[carries.to_numpy()].unique()
