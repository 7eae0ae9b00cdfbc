"""A part of a study: only some cities, plans, kinds of document."""

from collections.abc import Mapping, Sequence

import pandas as pd

from wenma.errors import QueryError
from wenma.queries.dataset import plain
from wenma.queries.table import nearest

SELECTABLE = ("city", "plan", "period", "document", "kind", "level", "year")
"""Columns of the documents by which some of them can be chosen."""


def filter_documents(documents: pd.DataFrame, wanted: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The documents of which each named column holds one of the values given for it.

    QueryError for a column by which nothing is chosen, and for a value no document has.

    >>> documents = pd.DataFrame({"document": ["a", "b", "c"], "city": ["上海", "广州", "成都"]})
    >>> filter_documents(documents, {"city": ["上海", "成都"]})["document"].tolist()
    ['a', 'c']
    """
    kept = documents
    for column, values in wanted.items():
        if column not in SELECTABLE or column not in documents:
            raise QueryError(
                f'documents cannot be chosen by "{column}"',
                cure=nearest(column, SELECTABLE),
                zh=f"文件不能按“{column}”挑选。",
            )
        known = plain(documents[column])
        for value in values:
            if not (known == value).any():
                raise QueryError(
                    f'no document has the {column} "{value}"',
                    cure=nearest(value, known.unique()),
                    zh=f"没有文件的 {column} 是“{value}”。",
                )
        kept = kept[plain(kept[column]).isin(list(values))]
    if not len(kept):
        raise QueryError(
            "no document is all of that",
            cure="Leave out one of the conditions",
            zh="没有文件同时合乎这些条件，请去掉一个。",
        )
    return kept.reset_index(drop=True)


def of_documents(frame: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of these documents: their codings, or their units."""
    return frame[frame["document"].isin(documents["document"])].reset_index(drop=True)
